/** Random numbers that a seed decides: mulberry32, small and good enough to choose among interleavings. */
export interface Seeded {
  /** From 0 to 1, without 1. */
  next(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
}

export function seeded(seed: number): Seeded {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (count) => Math.floor(next() * count) };
}
