/** Every limit, and every way a host function can misbehave: the defined outcome of each, on every executor. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, LIMITS, type CallOptions, type Jit, type LimitName, type Program } from '../../../index.js';

const SOURCE = `
declare function ask(x: unknown): Promise<number>;
interface Nest { inner: Nest | null }
const guarded = async (run: () => Promise<unknown>) => { try { return await run(); } catch { return 'caught'; } };
export const spin = () => guarded(async () => { for (;;) await null; });
export const stretch = () => guarded(async () => { for (;;); });
export const hoard = () => guarded(async () => { const all: number[][] = []; for (;;) all.push(new Array<number>(1000).fill(1)); });
const down = (n: number): number => n + down(n + 1);
export const recurse = () => guarded(async () => down(0));
export const sleep = () => guarded(() => new Promise<void>((resolve) => setTimeout(resolve, 1_000_000)));
export const flood = () => guarded(() => Promise.all(Array.from({ length: 20 }, (_, i) => ask(i))));
export const chatter = () => guarded(async () => { for (;;) console.log('x'.repeat(1000)); });
export const sends = () => guarded(() => ask('x'.repeat(5000)));
export const gives = async () => 'x'.repeat(5000);
export const takes = async (text: string) => text.length;
export const nests = async () => { let nest: Nest = { inner: null }; for (let i = 0; i < 50; i++) nest = { inner: nest }; return nest; };
export const cleans = async () => { try { await spin(); } finally { for (;;) await null; } };
export const asks = async () => { try { return await ask(1); } catch (e) { return e instanceof Error ? e.name + ': ' + e.message : 'threw ' + String(e); } };
export const plain = async () => ask(1);
`;

interface Row {
  readonly call: string;
  readonly args?: readonly unknown[];
  readonly value: number;
  readonly code: string;
  /** Options beside the limit itself. */
  readonly beside?: CallOptions;
}

/** How each limit that a call can set is reached. `code`: none of them can be caught by the guest. */
const CALL_LIMITS: Partial<Record<LimitName, readonly Row[]>> = {
  fuel: [{ call: 'spin', value: 500_000, code: 'FUEL_EXHAUSTED' }],
  stretchFuel: [{ call: 'stretch', value: 500_000, code: 'FUEL_EXHAUSTED' }],
  memoryMiB: [{ call: 'hoard', value: 2, code: 'MEMORY_LIMIT' }],
  timeoutMs: [
    { call: 'sleep', value: 30, code: 'TIMEOUT' },
    { call: 'spin', value: 30, code: 'TIMEOUT', beside: { fuel: 1e12 } },
  ],
  hostCalls: [{ call: 'flood', value: 10, code: 'HOST_CALL_LIMIT' }],
  logBytes: [{ call: 'chatter', value: 5000, code: 'LOG_LIMIT' }],
  payloadBytes: [
    { call: 'sends', value: 1000, code: 'PAYLOAD_LIMIT' },
    { call: 'gives', value: 1000, code: 'PAYLOAD_LIMIT' },
    { call: 'takes', args: ['x'.repeat(5000)], value: 1000, code: 'PAYLOAD_LIMIT' },
  ],
};

/** Tested elsewhere, by name: tests/unit/workers (cancelGraceMs, collectEvery, tasks, arenaMiB), below, or no ending of a task. */
const ELSEWHERE: readonly LimitName[] = ['cancelGraceMs', 'collectEvery', 'tasks', 'arenaMiB', 'sliceFuel', 'sourceBytes', 'stackKiB', 'inlineStackKiB', 'payloadDepth'];

test('no limit is forgotten', () => {
  expect([...Object.keys(CALL_LIMITS), ...ELSEWHERE].sort()).toEqual(Object.keys(LIMITS).sort());
});

const rows = Object.entries(CALL_LIMITS).flatMap(([limit, each]) => each.map((row) => ({ limit, ...row })));
const executors = [['pool'], ['inline'], ['sim']] as const;

describe.each(executors)('limits on %s', (executor) => {
  let jit: Jit;
  let program: Program;
  beforeAll(async () => {
    jit = await createJit({ executor, workers: 1, limits: { arenaMiB: 64, tasks: 40, payloadDepth: 20, sourceBytes: 100_000 } });
    program = await jit.compile(SOURCE, { host: { ask: async () => 1 } });
  });
  afterAll(() => jit.close());

  test.each(rows)('$limit ends $call with $code, value and option told, others unharmed', async ({ limit, call, args = [], value, code, beside }) => {
    const other = program.call('asks');
    const failure: unknown = await program.call(call, args, { ...beside, [limit]: value, onLog: () => undefined }).then((result) => ({ result }), (error: unknown) => error);
    expect(failure).toMatchObject({ code, limit, value, option: expect.stringContaining(`{ ${limit} }`) });
    expect(failure).toHaveProperty('used', expect.any(Number));
    expect(await other).toBe(1);
  });

  test('stack: endless recursion ends with STACK_LIMIT', async () => {
    const limit = executor === 'pool' ? 'stackKiB' : 'inlineStackKiB';
    await expect(program.call('recurse')).rejects.toMatchObject({ code: 'STACK_LIMIT', limit });
  });

  test('payloadDepth: a result nested too deep is PAYLOAD_LIMIT or HOST_TYPE, never a crash', async () => {
    const failure: unknown = await program.call('takes', [{ a: Array.from({ length: 30 }).reduce<unknown>((inner) => [inner], 1) }]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'PAYLOAD_LIMIT', limit: 'payloadDepth', value: 20 });
  });

  test('sourceBytes: a longer source is refused', async () => {
    await expect(jit.compile(`// ${'x'.repeat(100_000)}`)).rejects.toMatchObject({ code: 'SOURCE_LIMIT', limit: 'sourceBytes', value: 100_000 });
  });

  test('tasks: one too many is refused, and starts nothing; there is room again afterwards', async () => {
    const controller = new AbortController();
    const held = Array.from({ length: 40 }, () => program.call('sleep', [], { signal: controller.signal, timeoutMs: Infinity }).catch(() => undefined));
    await expect(program.call('asks')).rejects.toMatchObject({ code: 'TASK_LIMIT', limit: 'tasks', value: 40 });
    controller.abort();
    await Promise.all(held);
    while (jit.stats().tasksLive > 0) await new Promise(setImmediate);
    expect(await program.call('asks')).toBe(1);
  });

  test('cancelGraceMs: a finally that never ends is ended', async () => {
    const controller = new AbortController();
    await program.call('asks');
    const run = program.start('cleans', [], { signal: controller.signal, cancelGraceMs: 30, fuel: 1e12, timeoutMs: 1e6 });
    setImmediate(() => controller.abort('enough'));
    await expect(run.result).rejects.toMatchObject({ code: 'CANCELLED', cause: 'enough' });
    await run.finished.catch(() => undefined);
    expect(jit.stats().tasksLive).toBe(0);
  });
});

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const trap = (): never => {
  throw new Error('trap');
};

/** What a host function does, and what a guest that catches it sees. */
const MISBEHAVIOURS: readonly (readonly [what: string, host: () => unknown, seen: string])[] = [
  ['rejects', () => Promise.reject(new RangeError('no')), 'RangeError: no'],
  ['rejects with no error', () => Promise.reject('plain'), 'threw plain'],
  ['throws at once', () => trap(), 'Error: trap'],
  ['gives the wrong type', () => 'text', 'HostTypeError: result of ask: expected number, received "text"'],
  ['gives a function', () => () => 1, 'HostTypeError: result of ask: expected number, received a function'],
  ['gives a cycle', () => cyclic, 'HostTypeError: result of ask: expected number, received an object (Object)'],
  ['gives a proxy that throws', () => new Proxy(() => 1, { has: trap }), 'Error: trap'],
  ['gives a thenable that throws', () => ({ then: trap }), 'Error: trap'],
  ['rejects with an error that cannot be read', () => Promise.reject(Object.defineProperty(new Error('x'), 'message', { get: trap })), 'Error: '],
];

describe.each(executors)('a host function on %s', (executor) => {
  let jit: Jit;
  beforeAll(async () => {
    jit = await createJit({ executor, workers: 1, limits: { arenaMiB: 64, tasks: 40 } });
  });
  afterAll(() => jit.close());
  const load = (ask: () => unknown): Promise<Program> => jit.compile(SOURCE, { host: { ask } });

  test.each(MISBEHAVIOURS)('that %s', async (_what, host, seen) => {
    const program = await load(host);
    expect(String(await program.call('asks'))).toContain(seen);
    await expect(program.call('plain')).rejects.toBeDefined();
    expect(jit.stats()).toMatchObject({ hostCallsInFlight: 0 });
  });

  test('that gives something huge: the guest sees PAYLOAD_LIMIT', async () => {
    const program = await jit.compile(`declare function text(): Promise<string>;
      export async function main() { try { return (await text()).length; } catch (e) { return e instanceof Error ? e.name : 'odd'; } }`, { host: { text: () => 'x'.repeat(2 ** 20) } });
    expect(await program.call('main', [], { payloadBytes: 100_000 })).toBe('PayloadLimitError');
  });

  test('that answers after the task was cancelled: dropped and counted', async () => {
    let answer: (value: number) => void = () => undefined;
    let asked: () => void = () => undefined;
    const called = new Promise<void>((resolve) => (asked = resolve));
    const program = await load(() => {
      asked();
      return new Promise<number>((resolve) => (answer = resolve));
    });
    const controller = new AbortController();
    const run = program.start('plain', [], { signal: controller.signal });
    await called;
    const before = jit.stats().completionsDropped;
    controller.abort('enough');
    await expect(run.result).rejects.toMatchObject({ code: 'CANCELLED' });
    await run.finished.catch(() => undefined);
    answer(1);
    while (jit.stats().hostCallsInFlight > 0) await new Promise(setImmediate);
    expect(jit.stats().completionsDropped).toBe(before + 1);
  });
});
