/**
 * Well-typed lies against Node: each is worth what it is in JavaScript, or a TypeError (a check of ours that failed, or a
 * method that only objects of the claimed class have); and in a checking run beside another task nothing is touched that
 * is not the task's own.
 */
import fc from 'fast-check';
import { codeFrame } from '../../jit/diagnostics.js';
import { writeArenaImage } from '../../jit/arena-image.js';
import type { Artifact } from '../../jit/artifact.js';
import { compile } from '../../jit/compile.js';
import { systemClock } from '../../executor/clock.js';
import { InlineExecutor } from '../../executor/inline.js';
import { DEFAULT_LIMITS, resolveLimits, type Limits } from '../../executor/limits.js';
import { wireCodec } from '../../executor/wire.js';
import { createCheckedEngine, type CheckedEngine } from './checked-engine.js';
import type { Fuzzer } from './fuzzer.js';
import { writeLies } from './lies-writer.js';
import { BrolgaLanes, runInNode } from './program-lanes.js';

/** Collections make what is freed too early visible. */
const LIMITS = resolveLimits(DEFAULT_LIMITS, { arenaMiB: 64, collectEvery: 50, fuel: 500_000_000 }, 'jit');

/** A task that keeps a heap of its own while others lie. */
const BYSTANDER = `declare function ask(n: number): Promise<number>;
export async function main() { const kept = Array.from({ length: 2000 }, (_, i) => ({ i, text: 'kept ' + i })); await ask(1); return kept.length; }`;

class CheckedLane {
  private readonly engine: CheckedEngine = createCheckedEngine();
  private readonly executor = new InlineExecutor(
    { limits: LIMITS, image: writeArenaImage, codec: wireCodec, clock: systemClock, drawFrame: (file, text, start) => codeFrame({ file, text, start, length: 1 }) },
    this.engine,
  );
  private bystander: Promise<void> | undefined;

  /** Logs of main. Throws when something was touched that is not the task's own. */
  async run(source: string): Promise<string[]> {
    await (this.bystander ??= this.start(compile(BYSTANDER, { filename: 'bystander.ts', keepLowered: true })));
    const artifact = compile(source, { filename: 'lies.ts', keepLowered: true });
    const program = this.executor.load(artifact, []);
    const logs: string[] = [];
    const run = this.executor.start(program, mainOf(artifact), [], { limits: LIMITS, onLog: (_level, text) => void logs.push(text), onUnhandled: () => undefined });
    const failure = await run.result.then(() => undefined, (error: unknown) => error);
    await run.finished.catch(() => undefined);
    this.executor.unload(program);
    const violations = this.engine.take();
    if (violations.length > 0) throw new Error(`the program touched what is not its own: ${violations.join('; ')}`);
    if (failure !== undefined) throw new Error(`checked: main failed with ${String(failure)}`);
    return logs;
  }

  /** Resolves once it waits. */
  private start(artifact: Artifact): Promise<void> {
    return new Promise((resolve) => {
      const program = this.executor.load(artifact, [() => new Promise<number>(() => resolve())]);
      const limits: Limits = { ...LIMITS, timeoutMs: Number.MAX_SAFE_INTEGER };
      this.executor.start(program, mainOf(artifact), [], { limits }).result.catch(() => undefined); // ends with the executor
    });
  }

  close(): Promise<void> {
    return this.executor.close();
  }
}

const mainOf = (artifact: Artifact): number => artifact.exports.find(({ name }) => name === 'main')?.tableIndex ?? -1;

/** The text of a function differs, as docs/language.md says. */
const withoutFunctionText = (line: string): string => line.replace(/\(\) => 'called'|function [\w$]*\(\) \{ \[native code\] \}/g, 'FUNCTION');

/** Every line is Node's, or a refusal. */
function assertLines(what: string, lines: readonly string[], expected: readonly string[], source: string): void {
  if (lines.length !== expected.length) throw new Error(`${what}: ${lines.length} lines, Node has ${expected.length}: the last is ${lines.at(-1)}`);
  lines.forEach((line, index) => {
    const wanted = expected[index] ?? '';
    if (withoutFunctionText(line) === withoutFunctionText(wanted) || /^\d+ TypeError\b/.test(line)) return;
    const [label] = line.split(' ');
    throw new Error(`${what} gives ${line}\nNode gives ${wanted}\n${source.split('\n').find((each) => each.includes(`console.log(${label}, shown`)) ?? ''}`);
  });
}

const lanes = new BrolgaLanes();
let checked: CheckedLane | undefined;

export async function checkLies(tape: readonly number[], seen: (engine: string) => void): Promise<void> {
  const source = writeLies(tape);
  const node = await runInNode(source, 1);
  if (!node) return;
  seen('node');
  const { logs } = await lanes.run('v8, collecting at every allocation', source, 1);
  assertLines('V8', logs, node.logs, source);
  seen('v8, collecting at every allocation');
  assertLines('checked', await (checked ??= new CheckedLane()).run(source), node.logs, source);
  seen('checked interpreter');
}

export const liesFuzzer: Fuzzer<number[]> = {
  name: 'lies',
  doc: 'well-typed lies: Node\'s result or a TypeError, on V8 with collections; in a checking run every access is the task\'s own',
  cases: fc.noBias(fc.array(fc.nat({ max: 100_000 }), { minLength: 4, maxLength: 120, size: 'max' })),
  check: (tape, seen) => checkLies(tape, seen),
  show: (tape) => writeLies(tape),
  async close() {
    await lanes.close();
    await checked?.close();
    checked = undefined;
  },
};
