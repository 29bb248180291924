import { beforeAll, describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import type { Artifact } from '../../../jit/artifact.js';
import type { CallOptions } from '../../../executor/call.js';
import { systemClock } from '../../../executor/clock.js';
import { BrolgaError, CancelledError, GuestError } from '../../../executor/errors.js';
import type { HostImplementation } from '../../../executor/host-calls.js';
import { InlineExecutor } from '../../../executor/inline.js';
import { DEFAULT_LIMITS, type Limits } from '../../../executor/limits.js';
import { ENTRY, jsonCodec, testEngine, watArtifact } from './wat-guest.js';

let artifact: Artifact;
beforeAll(async () => {
  artifact = await watArtifact();
});

function makeExecutor(limits: Partial<Limits> = {}) {
  const all = { ...DEFAULT_LIMITS, arenaMiB: 32, tasks: 20_000, fuel: 1_000_000, timeoutMs: 5_000, ...limits };
  const executor = new InlineExecutor({ limits: all, image: () => undefined, codec: jsonCodec, clock: systemClock, drawFrame: () => 'frame' }, testEngine);
  return {
    executor,
    start(entry: number, args: unknown[], options: Partial<CallOptions> = {}, host: HostImplementation = async () => null) {
      return executor.start(executor.load(artifact, [host]), entry, args, { limits: { ...all, ...options.limits }, ...options });
    },
  };
}

const codeOf = (error: unknown): unknown => (error instanceof BrolgaError ? error.code : error);
const failure = async (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'resolved', codeOf);

describe('the inline executor', () => {
  test('publishes what main resolved to', async () => {
    expect(await makeExecutor().start(ENTRY.echo, [1, 'two']).result).toEqual([1, 'two']);
  });

  test('calls host functions with decoded arguments in a later macrotask', async () => {
    const order: string[] = [];
    const { start } = makeExecutor();
    const run = start(ENTRY.host, [20, 22], {}, async (...args: number[]) => {
      order.push('host');
      return args.reduce((a, b) => a + b);
    });
    setImmediate(() => order.push('immediate'));
    expect(await run.result).toBe(42);
    expect(order).toEqual(['immediate', 'host']);
  });

  test.each([
    ['rejects', async () => Promise.reject(new Error('no'))],
    ['throws', () => { throw new Error('no'); }],
  ] as const)('a host function that %s rejects the guest promise', async (_how, host) => {
    expect(await makeExecutor().start(ENTRY.host, [], {}, host).result).toEqual({ $rejected: 'no' });
  });

  test('a guest error keeps name, fields and place', async () => {
    const error = await makeExecutor().start(ENTRY.fail, [{ $error: 'boom' }]).result.then(() => undefined, (each: unknown) => each);
    expect(error).toBeInstanceOf(GuestError);
    expect(error).toMatchObject({ name: 'RangeError', message: 'boom', own: 7, line: 2, column: 2, frame: 'frame' });
    expect((error as Error).stack).toBe('RangeError: boom\n    at main (guest.ts:2:2)');
  });

  test('10,000 tasks sleep at once', async () => {
    const { executor, start } = makeExecutor();
    const runs = Array.from({ length: 10_000 }, (_, i) => start(ENTRY.sleep, [i]));
    const results = await Promise.all(runs.map((run) => run.result));
    expect(new Set(results)).toEqual(new Set(['fired']));
    expect(executor.stats()).toMatchObject({ tasksStarted: 10_000, tasksEnded: 10_000, tasksLive: 0, timers: 10_000 });
  });

  test('slices take turns', async () => {
    const { start } = makeExecutor();
    const order: string[] = [];
    await Promise.all([
      start(ENTRY.ready, ['long']).result.then(() => order.push('long')),
      start(ENTRY.echo, ['short']).result.then(() => order.push('short')),
    ]);
    expect(order).toEqual(['short', 'long']);
  });

  test('logs go out in order before the end', async () => {
    const logs: string[] = [];
    const run = makeExecutor().start(ENTRY.log, ['hello'], { onLog: (level, text) => void logs.push(`${level} ${text}`) });
    expect(await failure(run.result)).toBe('DEADLOCK');
    expect(logs).toEqual(['error ["hello"]']);
  });

  test.each([
    ['spin', 'FUEL_EXHAUSTED'],
    ['deadlock', 'DEADLOCK'],
    ['unreachable', 'TRAP'],
    ['recurse', 'STACK_LIMIT'],
    ['memory', 'MEMORY_LIMIT'],
  ] as const)('%s ends this task alone with %s', async (entry, code) => {
    const { start } = makeExecutor();
    const other = start(ENTRY.sleep, ['other']);
    expect(await failure(start(ENTRY[entry], []).result)).toBe(code);
    expect(await other.result).toBe('fired');
  });

  test('a trap tells its place in the source', async () => {
    const error = await makeExecutor().start(ENTRY.unreachable, []).result.catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'TRAP', file: 'guest.ts', line: 2 });
  });

  test('a limit error names limit, value, use and option', async () => {
    const error = await makeExecutor({ memoryMiB: 64 }).start(ENTRY.memory, []).result.catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'MEMORY_LIMIT', limit: 'memoryMiB', value: 64, used: 66.76 });
    expect((error as Error).message).toContain('createJit({ limits: { memoryMiB } })');
  });

  test('a host call that never answers ends with TIMEOUT', async () => {
    const { executor, start } = makeExecutor({ timeoutMs: 20 });
    expect(await failure(start(ENTRY.host, [], {}, () => new Promise(() => undefined)).result)).toBe('TIMEOUT');
    await executor.close({ drain: true });
    expect(executor.stats().tasksLive).toBe(0);
  });

  test('an outcome after the end is dropped and counted', async () => {
    const { executor, start } = makeExecutor({ timeoutMs: 20 });
    let answer: (value: unknown) => void = () => undefined;
    const run = start(ENTRY.host, [], {}, () => new Promise((resolve) => (answer = resolve)));
    expect(await failure(run.result)).toBe('TIMEOUT');
    await run.finished;
    answer(1);
    await new Promise(setImmediate);
    expect(executor.stats()).toMatchObject({ completionsDropped: 1, tasksLive: 0 });
  });

  test('H1: a host promise that answers twice answers once', async () => {
    const twice = Object.assign(Promise.resolve(), {
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        resolve('first');
        resolve('second');
        reject(new Error('third'));
      },
    });
    const { executor, start } = makeExecutor();
    const run = start(ENTRY.host, [], {}, () => twice);
    expect(await run.result).toBe('first');
    await run.finished;
    expect(executor.stats()).toMatchObject({ hostCallsInFlight: 0, completionsDropped: 2, tasksLive: 0 });
  });

  test.each([
    ['a then that cannot be read', { get then(): unknown { throw new Error('trap'); } }],
    ['a then that throws', { then() { throw new Error('trap'); } }],
    ['a promise whose constructor throws', Object.defineProperty(Promise.resolve(1), 'constructor', { get() { throw new Error('trap'); } })],
    ['a promise whose own then throws', Object.assign(Promise.resolve(1), { then() { throw new Error('trap'); } })],
  ])('H2: %s rejects the guest promise', async (_what, given) => {
    const { executor, start } = makeExecutor();
    expect(await start(ENTRY.host, [], {}, () => given).result).toEqual({ $rejected: 'trap' });
    expect(executor.stats()).toMatchObject({ hostCallsInFlight: 0, completionsDropped: 0 });
  });

  test('a signal cancels; its reason is the cause', async () => {
    const controller = new AbortController();
    const run = makeExecutor().start(ENTRY.sleepLong, [], { signal: controller.signal });
    setImmediate(() => controller.abort('why'));
    const error = await run.result.catch((each: unknown) => each);
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ code: 'CANCELLED', cause: 'why' });
  });

  test('one signal serves many calls, and each stops listening at its end', async () => {
    const { signal } = new AbortController();
    const warnings: unknown[] = [];
    const warn = (warning: unknown): void => void warnings.push(warning);
    process.on('warning', warn);
    const { start } = makeExecutor();
    await Promise.all(Array.from({ length: 50 }, () => start(ENTRY.echo, [], { signal }).result));
    await new Promise(setImmediate);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a task that outlives its result is finished later', async () => {
    const { executor, start } = makeExecutor();
    const run = start(ENTRY.sleep, ['x']);
    await run.result;
    await run.finished;
    expect(executor.stats().tasksLive).toBe(0);
  });

  test('an unhandled rejection before the result fails the task with it', async () => {
    const error = await makeExecutor().start(ENTRY.unhandled, [{ $error: 'lost' }]).result.catch((each: unknown) => each);
    expect(error).toMatchObject({ name: 'RangeError', message: 'lost' });
  });

  test('close refuses new calls and fails running ones with CLOSED', async () => {
    const { executor, start } = makeExecutor();
    const run = start(ENTRY.sleepLong, []);
    const result = failure(run.result);
    await executor.close();
    expect(await result).toBe('CLOSED');
    expect(() => start(ENTRY.echo, [])).toThrow('the jit is closed');
  });
});
