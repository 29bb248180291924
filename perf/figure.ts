/**
 * What every performance figure is made of: variants run in turn, round by round, and a row that compares them.
 *
 * Ratios only mean something inside one run: all variants of a figure take part in every round, and the row gives the
 * median over rounds of brolga's time divided by the peer's in the same round.
 */
import Benchmark from 'benchmark';

export interface Variant {
  readonly name: string;
  /** Does the whole work once; may be asynchronous. */
  run(): unknown;
  /** Operations in one run: times are given per operation. */
  readonly operations: number;
}

export interface Row {
  readonly figure: string;
  readonly what: string;
  /** With its unit: ns, us, ms, bytes or per second. */
  readonly brolga: string;
  readonly peer: string;
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}

export interface Figure {
  readonly id: string;
  readonly title: string;
  measure(progress: (text: string) => void): Promise<Row[]>;
}

export const ROUNDS = 5;

/** Median of numbers, the mean of the middle two for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('the median of nothing');
  return (low + high) / 2;
}

/** Seconds that one run of a variant takes, by benchmark.js over at least three samples. */
function secondsPerRun(variant: Variant): Promise<number> {
  return new Promise((resolve, reject) => {
    const benchmark = new Benchmark(
      variant.name,
      async (deferred: { resolve(): void }) => {
        try {
          await variant.run();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        deferred.resolve();
      },
      { defer: true, minSamples: 3, maxTime: 0.3, initCount: 1 },
    );
    benchmark.on('complete', () => resolve(benchmark.stats.mean));
    benchmark.run({ async: true });
  });
}

/** Nanoseconds per operation of each variant in each round: `result.get(name)[round]`. */
export async function rounds(variants: readonly Variant[], progress: (text: string) => void): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const variant of variants) {
      progress(`round ${round} of ${ROUNDS}: ${variant.name}`);
      times.get(variant.name)?.push(((await secondsPerRun(variant)) * 1e9) / variant.operations);
    }
  }
  return times;
}

export interface Comparison {
  readonly figure: string;
  readonly what: string;
  readonly brolga: string;
  readonly peer: string;
  /** The ratio brolga / peer that the goal allows. */
  readonly atMost: number;
}

/** A row per comparison, from the rounds' times. */
export function compare(times: ReadonlyMap<string, readonly number[]>, comparisons: readonly Comparison[]): Row[] {
  return comparisons.map(({ figure, what, brolga, peer, atMost }) => {
    const ours = times.get(brolga) ?? [];
    const theirs = times.get(peer) ?? [];
    const ratio = median(ours.map((value, round) => value / (theirs[round] ?? NaN)));
    return { figure, what, brolga: time(median(ours)), peer: `${peer} ${time(median(theirs))}`, ratio, goal: `<= ${atMost}`, met: ratio <= atMost };
  });
}

export const time = (ns: number): string =>
  ns < 1000 ? `${ns.toPrecision(3)} ns` : ns < 1e6 ? `${(ns / 1000).toPrecision(3)} us` : `${(ns / 1e6).toPrecision(3)} ms`;
