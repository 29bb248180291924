/**
 * A host whose calls are settled one at a time, in an order drawn from a seed, each once the program waits: so two lanes
 * that make the same calls get the same answers at the same places, and nothing hangs on the machine's speed.
 */

/** A small generator of numbers: xorshift. */
export function generator(seed: number): (limit: number) => number {
  let state = (seed | 0) || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

export interface SeededHost {
  readonly functions: { ask(n: number): Promise<number>; name(text: string): Promise<string> };
  /** What was called, in order. */
  readonly calls: readonly string[];
  /** Settles one of the calls that wait; false when none does. */
  settleOne(): boolean;
}

const REJECTED = 3;

export function seededHost(seed: number): SeededHost {
  const random = generator(seed);
  const calls: string[] = [];
  const waiting: (() => void)[] = [];
  const later = <T>(text: string, settle: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> => {
    calls.push(text);
    return new Promise((resolve, reject) => void waiting.push(() => settle(resolve, reject)));
  };
  return {
    functions: {
      ask: (n) => later(`ask ${Object.is(n, -0) ? '-0' : n}`, (resolve, reject) => (Math.abs(n) % 7 === REJECTED ? reject(new RangeError(`host ${n}`)) : resolve(n * 2))),
      name: (text) => later(`name ${text}`, (resolve) => resolve(`<${text.slice(0, 10)}>`)),
    },
    calls,
    settleOne() {
      const [chosen] = waiting.splice(waiting.length === 0 ? 0 : random(waiting.length), 1);
      chosen?.();
      return chosen !== undefined;
    },
  };
}

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
