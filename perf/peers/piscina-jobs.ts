/** What Piscina's workers run as peers: a job that does nothing, and one of a server's mix (perf/server-mix.ts). */
import { setTimeout as sleep } from 'node:timers/promises';

export const nothing = (value: number): number => value;

/** Some 50 us of arithmetic, the same in every peer. */
export function compute(rounds: number): number {
  let sum = 0;
  for (let i = 0; i < rounds; i++) sum = (sum * 31 + i) % 1_000_003;
  return sum;
}

export async function mixed({ rounds, delay }: { readonly rounds: number; readonly delay: number }): Promise<number> {
  await sleep(delay);
  const sum = compute(rounds);
  await sleep(delay);
  return sum;
}
