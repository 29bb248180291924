/**
 * `brolga run`: compiles a program, calls its `main` (or takes the value of its last expression), prints the outcome.
 *
 * Waits for background work as Node does; what fails there after main's result is a warning. Ctrl-C cancels the task.
 * Exit code 0 or 1; 2 for mistakes in the call, which `--json` reports on its line, with exit code 1.
 */
import { isMainThread } from 'node:worker_threads';
import { createJit, type Jit, type LogLevel } from '../index.js';
import { ENGINE_NAMES } from '../workers/engines.js';
import { EXECUTORS } from '../workers/jit.js';
import { isIrText, runIr } from './ir-text.js';
import { INLINE_STACK_KIB, onInterrupt } from './own-thread.js';
import { LEVEL_NAMES } from '../jit/pipeline.js';
import { argumentsFlag, choiceFlag, namesFlag, numberFlag, UsageError, type CommandLine, type Options } from './options.js';
import { failureLine, printedError, printedValue, successLine } from './outcome.js';
import { isWasm, loadHost, readDeclarations, readProgram, SOURCE_ENDINGS } from './source.js';
import { jsonResult, wasmArguments } from './wasm-values.js';

export async function run(line: CommandLine): Promise<number> {
  try {
    return await runProgram(line);
  } catch (error) {
    if (!line.options.json || !(error instanceof UsageError)) throw error;
    process.stderr.write(`brolga: ${error.message}\n`);
    return jsonReport([]).failure(Object.assign(error, { code: 'USAGE', name: 'UsageError' }));
  }
}

async function runProgram({ positionals, options }: CommandLine): Promise<number> {
  const args = argumentsFlag(options);
  const program = await readProgram(positionals, SOURCE_ENDINGS);
  if (isIrText(program)) return runIr(program, options);
  const host = await loadHost(options);
  const declarations = await readDeclarations(options);
  const logs: string[] = [];
  const report = options.json ? jsonReport(logs) : textReport();
  let jit: Jit | undefined;
  try {
    jit = await createJit(jitOptions(options));
    const level = choiceFlag(options.level, 'level', LEVEL_NAMES) ?? 'speed';
    const compiled = await jit.compile(program.bytes ?? program.text, { filename: program.filename, host, level, asyncImports: namesFlag(options), ...(declarations !== undefined && { declarations }) });
    const name = options.call ?? (compiled.exports.includes('main') ? 'main' : undefined);
    if (name !== undefined && !compiled.exports.includes(name)) {
      throw new UsageError(`${program.filename} has no exported function ${name}; it exports ${compiled.exports.join(', ') || 'nothing'}`);
    }
    const abort = new AbortController();
    const stopListening = onInterrupt(() => abort.abort());
    const task = compiled.start(name, isWasm(program) ? wasmArguments(compiled, name, args) : args, { onLog: report.log, signal: abort.signal });
    const outcome = await task.result.then((value) => () => report.success(isWasm(program) && options.json ? jsonResult(value) : value), (error: unknown) => () => report.failure(error));
    await task.finished.catch((error: unknown) => void process.stderr.write(`warning: background work failed: ${printedError(error)}\n`));
    stopListening();
    return outcome();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return report.failure(error);
  } finally {
    await jit?.close();
  }
}

/** What the flags say about the jit. */
export function jitOptions(options: Options) {
  const workers = numberFlag(options, 'workers');
  const fuel = numberFlag(options, 'fuel');
  const memoryMiB = numberFlag(options, 'memory');
  const timeoutMs = numberFlag(options, 'timeout');
  const seed = numberFlag(options, 'seed');
  return {
    executor: choiceFlag(options.executor, 'executor', EXECUTORS) ?? 'pool',
    // Nothing else waits for this thread.
    compiler: 'inline',
    engine: choiceFlag(options.engine, 'engine', ENGINE_NAMES) ?? 'v8',
    ...(workers !== undefined && { workers }),
    ...(seed !== undefined && { simulation: { seed } }),
    limits: {
      ...(!isMainThread && { inlineStackKiB: INLINE_STACK_KIB }),
      ...(fuel !== undefined && { fuel }),
      ...(memoryMiB !== undefined && { memoryMiB }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    },
  } as const;
}

interface Report {
  log(level: LogLevel, text: string): void;
  success(value: unknown): number;
  failure(error: unknown): number;
}

/** One line at the end, and nothing else on standard output. */
function jsonReport(logs: string[]): Report {
  const line = (text: string, code: number): number => {
    process.stdout.write(`${text}\n`);
    return code;
  };
  const failure = (error: unknown): number => line(failureLine(error, logs), 1);
  return {
    log: (_level, text) => void logs.push(text),
    failure,
    success(value) {
      try {
        return line(successLine(value, logs), 0);
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** Logs as they happen, then the value or the error. */
function textReport(): Report {
  return {
    log: (level, text) => void (level === 'error' || level === 'warn' ? process.stderr : process.stdout).write(`${text}\n`),
    success(value) {
      const text = printedValue(value);
      if (text !== undefined) process.stdout.write(`${text}\n`);
      return 0;
    },
    failure(error) {
      process.stderr.write(`${printedError(error)}\n`);
      return 1;
    },
  };
}
