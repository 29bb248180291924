/**
 * A fuzzer: an arbitrary of cases and a check that throws on the first that is wrong. `npm run fuzz` and the tests run them
 * by one function, `fuzz`; a planted bug is the same check with one of its tools made wrong.
 */
import fc from 'fast-check';
import { turn } from './host.js';

export interface Fuzzer<Case = never> {
  readonly name: string;
  /** What is compared with what. */
  readonly doc: string;
  readonly cases: fc.Arbitrary<Case>;
  /** Throws, or rejects, for a case that is wrong. `seen` counts what ran: `seen('v8')`. */
  check(each: Case, seen: (engine: string) => void): void | Promise<void>;
  /** The case as a person can run it. */
  show(each: Case): string;
  /** Gives back what checks hold: jits, threads. */
  close?(): Promise<void>;
}

export interface FuzzReport {
  readonly cases: number;
  readonly cpuSeconds: number;
  /** Programs run, by engine. */
  readonly engines: ReadonlyMap<string, number>;
  /** The reduced case, and what it fails with. */
  readonly failure?: { readonly shown: string; readonly error: string; readonly seed: number; readonly path: string };
}

export interface FuzzOptions {
  readonly seed: number;
  /** Cases to run at most. */
  readonly cases?: number;
  readonly milliseconds?: number;
  /** Take the first failure as it is. */
  readonly reduce?: boolean;
}

const MANY = 1_000_000;
/** Reducing a case that takes long must end, too. */
const SHRINK_MS = 60_000;

/** Runs cases until one fails, there were enough, or time is up. */
export async function fuzz<Case>(fuzzer: Fuzzer<Case>, { seed, cases = MANY, milliseconds, reduce = true }: FuzzOptions): Promise<FuzzReport> {
  const engines = new Map<string, number>();
  const seen = (engine: string): void => void engines.set(engine, (engines.get(engine) ?? 0) + 1);
  const before = process.cpuUsage();
  let count = 0;
  let failedAt = Infinity;
  const property = fc.asyncProperty(fuzzer.cases, async (each) => {
    if (performance.now() - failedAt > SHRINK_MS) return; // accepted: what was reduced so far stands
    count++;
    // Whatever waits for the garbage collector, or for a turn, gets one.
    await turn();
    try {
      await fuzzer.check(each, seen);
    } catch (error) {
      failedAt = Math.min(failedAt, performance.now());
      throw error;
    }
  });
  const details = await fc.check(property, { seed, numRuns: cases, endOnFailure: !reduce, ...(milliseconds !== undefined && { interruptAfterTimeLimit: milliseconds }) });
  const { user, system } = process.cpuUsage(before);
  const report = { cases: count, cpuSeconds: (user + system) / 1e6, engines };
  const [reduced] = details.counterexample ?? [];
  if (!details.failed || reduced === undefined) return report;
  const { errorInstance, counterexamplePath } = details;
  const error = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { ...report, failure: { shown: fuzzer.show(reduced), error, seed, path: counterexamplePath ?? '' } };
}

/** One line a family: how much ran where. */
export function summary(name: string, { cases, cpuSeconds, engines }: FuzzReport): string {
  const rate = cpuSeconds > 0 ? Math.round((cases / cpuSeconds) * 60) : 0;
  const where = [...engines].map(([engine, count]) => `${engine} ${count}`).join(', ');
  return `${name}: ${cases} cases, ${rate} per CPU-minute; programs run: ${where || 'none'}`;
}
