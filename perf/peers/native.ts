/** The same programs by what JavaScript has: async functions, and a trampoline over generators. */

async function strand(n: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += i;
    await null;
  }
  return sum;
}

/** Two async functions that take turns. */
export const nativeTwo = (n: number): Promise<number[]> => Promise.all([strand(n), strand(n)]);

/** One async function whose awaits are of plain values. */
export const nativeReady = (n: number): Promise<number> => strand(n);

async function level(depth: number): Promise<number> {
  if (depth > 1) return (await level(depth - 1)) + 1;
  await null;
  return 1;
}

/** `n` times: a chain of async calls, `depth` deep, whose innermost suspends; beside a strand that keeps the queue busy. */
export async function nativeChain(n: number, depth: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += await level(depth);
  return sum;
}

function* generatorStrand(n: number): Generator<undefined, number, undefined> {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += i;
    yield;
  }
  return sum;
}

/** Two generators in a FIFO. */
export function generatorTwo(n: number): number {
  const queue = [generatorStrand(n), generatorStrand(n)];
  let sum = 0;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const step = next.next();
    if (step.done) sum += step.value;
    else queue.push(next);
  }
  return sum;
}
