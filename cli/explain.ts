/** `brolga explain`: shows what a program compiles to; `--emit` chooses the stage, `--passes` what is done on the way. */
import { CompileError } from '../jit/errors.js';
import { EMITS, explainModule, explainProgram } from '../jit/explain.js';
import { LEVEL_NAMES, OPTIMIZATION_NAMES, type OptimizationName, type Tuning } from '../jit/pipeline.js';
import { choiceFlag, namesFlag, UsageError, type CommandLine, type Options } from './options.js';
import { isWasm, PROGRAM_ENDINGS, readDeclarations, readProgram } from './source.js';

export async function explain({ positionals, options }: CommandLine): Promise<number> {
  const program = await readProgram(positionals, PROGRAM_ENDINGS);
  const declarations = await readDeclarations(options);
  const emit = choiceFlag(options.emit, 'emit', EMITS);
  const times = new PassTimes();
  const level = choiceFlag(options.level, 'level', LEVEL_NAMES) ?? 'speed';
  const tuning: Tuning = { level, passes: { ...optimizationsOf(options), onPass: times.note } };
  try {
    const { filename, text } = program;
    const listing = isWasm(program)
      ? explainModule(program.bytes ?? text, { filename, asyncImports: namesFlag(options), ...tuning }, emit ?? 'states')
      : explainProgram(text, { filename, ...tuning, ...(declarations !== undefined && { declarations }) }, emit ?? 'states');
    if (options['time-passes']) process.stdout.write(`${times.table()}\n`);
    if (options['time-passes'] && emit === undefined) return 0;
    process.stdout.write(listing.kind === 'bytes' ? listing.bytes : `${listing.text.trimEnd()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** `--passes a,b`; nothing behind the sign is no optimization at all. */
function optimizationsOf({ passes }: Options): { optimizations?: readonly OptimizationName[] } {
  if (passes === undefined) return {};
  const names = passes.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const optimizations = names.map((name) => {
    const found = OPTIMIZATION_NAMES.find((known) => known === name);
    if (found === undefined) throw new UsageError(`--passes takes names out of ${OPTIMIZATION_NAMES.join(', ')}, not ${JSON.stringify(name)}`);
    return found;
  });
  return { optimizations };
}

/** What each pass took, in the order of its first run. */
class PassTimes {
  readonly #rows = new Map<string, { runs: number; milliseconds: number }>();

  readonly note = (name: string, milliseconds: number): void => {
    const row = this.#rows.get(name) ?? { runs: 0, milliseconds: 0 };
    this.#rows.set(name, { runs: row.runs + 1, milliseconds: row.milliseconds + milliseconds });
  };

  table(): string {
    const rows = [...this.#rows].map(([name, { runs, milliseconds }]) => `${name.padEnd(16)}${String(runs).padStart(4)}${milliseconds.toFixed(2).padStart(10)}`);
    return [`${'pass'.padEnd(16)}runs        ms`, ...rows].join('\n');
  }
}
