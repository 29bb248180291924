/**
 * One lane of brolga: runs programs under an executor and engine in this process and prints a JSON array of Outcomes.
 * Arguments: lane as JSON {executor, engine, seed, limits}; the cases come as JSON on standard input.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createJit, type CompileOptions, type JitOptions } from '../../index.js';
import { show, showError, type OracleCase, type Outcome } from './case.js';

const [laneText = '{}'] = process.argv.slice(2);
const { seed, level = 'speed', ...lane }: JitOptions & Pick<CompileOptions, 'level'> & { readonly seed?: number } = JSON.parse(laneText);
const cases: OracleCase[] = JSON.parse(readFileSync(0, 'utf8'));

async function run(oracleCase: OracleCase): Promise<Outcome> {
  const logs: string[] = [];
  const hostCalls: string[] = [];
  const namespace: Record<string, unknown> = await import(pathToFileURL(oracleCase.host).href);
  const host = Object.fromEntries(
    Object.entries(namespace).flatMap(([name, func]) => {
      if (typeof func !== 'function') return [];
      const recorded = (...args: unknown[]): unknown => {
        hostCalls.push(`${name}(${args.map(show).join(', ')})`);
        return func(...args);
      };
      return [[name, recorded] as const];
    }),
  );
  const outcome: { value?: string; error?: string } = {};
  try {
    const program = await jit.compile(readFileSync(oracleCase.file, 'utf8'), { filename: oracleCase.file, host, level });
    const run = program.start('main', [...oracleCase.args], { onLog: (level, text) => void logs.push(`${level} ${text}`) });
    await run.result.then(
      (value) => (outcome.value = show(value)),
      (error: unknown) => (outcome.error = showError(error)),
    );
    await run.finished;
  } catch (error) {
    outcome.error = showError(error);
  }
  return { name: oracleCase.name, ...outcome, logs, hostCalls };
}

/** Host functions with a delay take that long, the others no time: in virtual time the order is Node's. */
const latency = (name: string, [first]: readonly unknown[]): number => (/^(?:delay|failAfter)$/.test(name) && typeof first === 'number' ? first : 0);

const jit = await createJit({ workers: 2, ...lane, ...(seed !== undefined && { simulation: { seed, latency } }) });
const outcomes: Outcome[] = [];
for (const each of cases) outcomes.push(await run(each));
await jit.close();
process.stdout.write(JSON.stringify(outcomes));
