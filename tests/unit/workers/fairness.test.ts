/** Nobody holds a thread for long: slices, stretches, and tasks that are always ready beside others (SEEDS row 48). */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createJit, type Jit } from '../../../index.js';

const SPINS = `
export async function spin() { try { for (;;); } catch { return 'caught'; } finally { console.log('finally'); } }
export async function sum(n: number) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }
export async function turns(n: number) { let s = 0; for (let i = 0; i < n; i++) { s += i; await null; } return s; }
export async function busy(rounds: number) {
  let s = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 10_000; i++) s += i;
    await null;
  }
  return s;
}
declare function ask(n: number): Promise<number>;
export async function asks(n: number) { let s = 0; for (let i = 0; i < n; i++) s += await ask(i); return s; }
export async function sleeps() { await new Promise<void>((resolve) => setTimeout(resolve, 5)); return 'slept'; }
`;

const open: Jit[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((jit) => jit.close()));
});

async function compile(executor: 'pool' | 'inline') {
  const jit = await createJit({ executor, workers: 1, limits: { arenaMiB: 64, tasks: 1000 } });
  open.push(jit);
  return jit.compile(SPINS, { host: { ask: async (n: number) => n } });
}

describe.each([['pool'], ['inline']] as const)('on %s', (executor) => {
  test('a stretch that is too long ends its task, uncatchably, without finally', async () => {
    const program = await compile(executor);
    const logs: string[] = [];
    const failure = await program.call('spin', [], { stretchFuel: 500_000, onLog: (_level, text) => void logs.push(text) }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'FUEL_EXHAUSTED', limit: 'stretchFuel', value: 500_000 });
    expect(String(failure)).toContain('call(…, { stretchFuel })');
    expect(logs).toEqual([]);
  });

  test('a stretch below the limit, and any number of them with awaits between, go on', async () => {
    const program = await compile(executor);
    expect(await program.call('sum', [1_000], { stretchFuel: 500_000 })).toBe(499_500);
    // Some two million units of work in all.
    expect(await program.call('busy', [200], { stretchFuel: 500_000 })).toBe(200 * 49_995_000);
  });

  test('a stretch shorter than a slice begins where the slice ends', async () => {
    const program = await compile(executor);
    expect(await program.call('spin', [], { stretchFuel: 1_000 }).catch((error: unknown) => error)).toMatchObject({ code: 'FUEL_EXHAUSTED', limit: 'stretchFuel' });
    expect(await program.call('turns', [50_000], { stretchFuel: 1_000 })).toBe(1_249_975_000);
  });

  test('48: a task that is always ready starves neither tasks, nor timers, nor host calls', async () => {
    const program = await compile(executor);
    const controller = new AbortController();
    const spinner = program.call('turns', [1e15], { signal: controller.signal, fuel: 1e12 }).catch((error: { code: unknown }) => error.code);
    const others = await Promise.all([program.call('turns', [3]), program.call('sleeps'), program.call('asks', [50])]);
    expect(others).toEqual([3, 'slept', 1225]);
    controller.abort();
    expect(await spinner).toBe('CANCELLED');
  });
});
