/** What every executor must do alike, with one artifact for all (SEEDS rows 22, 46, 47), and what only `sim` can show. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, type Artifact, type Jit, type JitOptions } from '../../../index.js';

const SOURCE = `
declare function ask(n: number): Promise<number>;
declare function refuse(why: string): Promise<string>;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function sum(items: number[]) { let s = 0; for (const item of items) s += await ask(item); return s; }
export async function caught() { try { return await refuse('no'); } catch (e) { return e instanceof Error ? e.message : 'odd'; } }
export async function fails(): Promise<number> { await wait(1); throw new RangeError('out'); }
export async function timers() {
  const seen: number[] = [];
  await Promise.all([30, 10, 20].map(async (ms) => { await wait(ms); seen.push(ms); }));
  return seen;
}
export async function stuck() { await new Promise<void>(() => {}); }
export async function forever() { for (;;) await wait(60_000); }
export async function spin() { for (;;); }
export async function cleans() { try { await wait(3_600_000); } finally { console.log('cleaned'); } }
export async function background() { void wait(20).then(() => console.log('later')); return 'first'; }
export async function unhandled() { void Promise.reject(new Error('nobody')); await wait(20); return 1; }
export async function logs() { console.log('a', { b: 1 }); await wait(1); console.error('c'); }
export async function random() { return Math.random(); }
export async function hour() { const start = Date.now(); await wait(3_600_000); return Date.now() - start; }
export async function race() {
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4, 5].map(async (n) => { order.push(await ask(n)); }));
  return order.join('');
}
`;

const HOST = {
  ask: async (n: number) => n,
  refuse: async (why: string) => {
    throw new Error(why);
  },
};

let artifact: Artifact;
let compiler: Jit;
const open: Jit[] = [];
beforeAll(async () => {
  compiler = await createJit({ executor: 'inline' });
  ({ artifact } = await compiler.compile(SOURCE, { host: HOST }));
});
afterAll(() => compiler.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map((jit) => jit.close()));
});

async function load(options: JitOptions, host: Record<string, (...args: never[]) => unknown> = HOST) {
  const jit = await createJit({ workers: 2, ...options, limits: { arenaMiB: 64, tasks: 2000, ...options.limits } });
  open.push(jit);
  return { jit, program: jit.load(artifact, { host }) };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : error);
const failure = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'resolved', codeOf);

describe.each([['pool'], ['inline'], ['sim']] as const)('%s', (executor) => {
  test('22: runs what any other executor runs, host calls in order', async () => {
    const { program } = await load({ executor });
    expect(await program.call('sum', [[1, 2, 3]])).toBe(6);
    expect(await program.call('caught')).toBe('no');
    expect(await program.call('timers')).toEqual([10, 20, 30]);
  });

  test('46, 47: hundreds of tasks each get their own outcomes', async () => {
    const { jit, program } = await load({ executor });
    const sums = await Promise.all(Array.from({ length: 300 }, (_, i) => program.call('sum', [[i, i]])));
    expect(sums).toEqual(Array.from({ length: 300 }, (_, i) => 2 * i));
    expect(jit.stats()).toMatchObject({ tasksStarted: 300, tasksLive: 0, tasksFailed: 0, hostCalls: 600, hostCallsInFlight: 0 });
  });

  test.each([
    ['stuck', 'DEADLOCK', {}],
    ['spin', 'FUEL_EXHAUSTED', { fuel: 100_000 }],
    ['forever', 'TIMEOUT', { timeoutMs: 50 }],
  ] as const)('%s ends with %s', async (name, code, limits) => {
    const { program } = await load({ executor });
    expect(await failure(program.call(name, [], limits))).toBe(code);
  });

  test('a thrown error arrives with its class and place', async () => {
    const { program } = await load({ executor });
    expect(await program.call('fails').catch((error: unknown) => error)).toMatchObject({ name: 'RangeError', message: 'out', line: 7 });
  });

  test('24: a cancelled task runs its finally once', async () => {
    const { jit, program } = await load({ executor });
    const controller = new AbortController();
    const lines: string[] = [];
    const run = program.start('cleans', [], { signal: controller.signal, timeoutMs: Infinity, onLog: (_level, text) => void lines.push(text) });
    controller.abort('enough');
    expect(await failure(run.result)).toBe('CANCELLED');
    await run.finished.catch(() => undefined);
    expect(lines.length).toBeLessThanOrEqual(1);
    expect(jit.stats()).toMatchObject({ tasksLive: 0, tasksFailed: 1 });
  });

  test('43: background work goes on after the result, and its end is told', async () => {
    const { program } = await load({ executor });
    const lines: string[] = [];
    const run = program.start('background', [], { onLog: (_level, text) => void lines.push(text) });
    expect(await run.result).toBe('first');
    await run.finished;
    expect(lines).toEqual(['later']);
  });

  test('a rejection that nobody handles fails the task with it', async () => {
    const { program } = await load({ executor });
    await expect(program.call('unhandled')).rejects.toMatchObject({ message: 'nobody' });
  });

  test('logs come in order, formatted, before the result', async () => {
    const { program } = await load({ executor });
    const lines: string[] = [];
    await program.call('logs', [], { onLog: (level, text) => void lines.push(`${level} ${text}`) });
    expect(lines).toEqual(['log a { b: 1 }', 'error c']);
  });

  test('a host function that never answers ends with TIMEOUT; what comes later is dropped', async () => {
    let answer: (value: number) => void = () => undefined;
    const { jit, program } = await load({ executor }, { ...HOST, ask: () => new Promise<number>((resolve) => (answer = resolve)) });
    // A thread that has yet to start would not have called before the deadline.
    await program.call('random');
    const run = program.start('sum', [[1]], { timeoutMs: 60 });
    expect(await failure(run.result)).toBe('TIMEOUT');
    await run.finished.catch(() => undefined);
    answer(1);
    while (jit.stats().hostCallsInFlight > 0) await new Promise(setImmediate);
    expect(jit.stats()).toMatchObject({ completionsDropped: 1, tasksLive: 0 });
  });

  test('close fails what runs with CLOSED; with drain it lets it end', async () => {
    const { jit, program } = await load({ executor, limits: { timeoutMs: 2 ** 53 - 1 } });
    const run = failure(program.call('timers'));
    await jit.close({ drain: true });
    expect(await run).toBe('resolved');
    const other = await load({ executor });
    const cut = failure(other.program.call('stuck'));
    await other.jit.close();
    expect(['CLOSED', 'DEADLOCK']).toContain(await cut);
    expect(await failure(other.program.call('timers'))).toBe('CLOSED');
  });
});

describe('only sim', () => {
  test('21: an hour passes in no time', async () => {
    const { program } = await load({ executor: 'sim', limits: { timeoutMs: 4_000_000 } });
    expect(await program.call('hour')).toBeGreaterThanOrEqual(3_600_000);
  });

  test('deadlines are virtual: the hour is too long for 30 s', async () => {
    const { program } = await load({ executor: 'sim' });
    expect(await failure(program.call('hour'))).toBe('TIMEOUT');
  });

  /** All that a run shows, with host functions that answer after real times of chance. */
  async function history(seed: number): Promise<string> {
    const called: number[] = [];
    const slow = async (n: number): Promise<number> => {
      called.push(n);
      for (let turns = Math.floor(Math.random() * 5); turns > 0; turns--) await new Promise(setImmediate);
      return n;
    };
    const { jit, program } = await load({ executor: 'sim', simulation: { seed } }, { ...HOST, ask: slow });
    const ends: string[] = [];
    const runs = Array.from({ length: 6 }, async (_, i) => void ends.push(`${i}:${String(await program.call(i % 2 === 0 ? 'race' : 'random'))}`));
    await Promise.all(runs);
    const { polls, parks, ...rest } = jit.stats();
    return JSON.stringify({ ends, called, polls, timers: rest.timers });
  }

  test('76: the same seed replays exactly, whatever the host functions really take', async () => {
    const first = await history(5);
    for (let again = 0; again < 5; again++) expect(await history(5)).toBe(first);
  });

  test('seeds differ in what chance decides', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 8; seed++) {
      const { program } = await load({ executor: 'sim', simulation: { seed } });
      orders.add(String(await program.call('race')));
    }
    expect(orders.size).toBeGreaterThan(3);
  });

  test('latency may be given by name', async () => {
    const { program } = await load({ executor: 'sim', simulation: { latency: (_name, [n]) => 100 - Number(n) } });
    expect(await program.call('race')).toBe('54321');
  });

  test('a seed must be a whole number', async () => {
    await expect(createJit({ executor: 'sim', simulation: { seed: 0.5 } })).rejects.toMatchObject({ code: 'OPTION' });
  });
});
