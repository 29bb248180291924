import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Artifact } from '../../../jit/artifact.js';
import type { CallOptions } from '../../../executor/call.js';
import { systemClock } from '../../../executor/clock.js';
import { BrolgaError } from '../../../executor/errors.js';
import type { HostImplementation } from '../../../executor/host-calls.js';
import { attachControl, slotAt } from '../../../executor/layout.js';
import { DEFAULT_LIMITS, type Limits } from '../../../executor/limits.js';
import { isParked } from '../../../executor/park.js';
import { sleep } from '../../../executor/sync.js';
import { PoolExecutor } from '../../../workers/pool.js';
import { Threads } from '../../../workers/threads.js';
import { ENTRY, jsonCodec, watArtifact } from '../executor/wat-guest.js';

const guestModule = new URL('../executor/wat-guest.js', import.meta.url).href;
let artifact: Artifact;
beforeAll(async () => {
  artifact = await watArtifact();
});

const open: PoolExecutor[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function makePool(limits: Partial<Limits> = {}, workers = 2, engine = 'createTestEngine') {
  const all = { ...DEFAULT_LIMITS, arenaMiB: 64, tasks: 50_000, timeoutMs: 10_000, ...limits };
  const pool = new PoolExecutor({
    limits: all,
    workers,
    image: () => undefined,
    codec: jsonCodec,
    clock: systemClock,
    drawFrame: () => '',
    engine: { module: guestModule, name: engine },
    codecSource: { module: guestModule, name: 'createJsonCodec' },
  });
  open.push(pool);
  const programs = new Map<HostImplementation, ReturnType<PoolExecutor['load']>>();
  const none: HostImplementation = async () => null;
  return {
    pool,
    start(entry: number, args: unknown[], options: Partial<CallOptions> = {}, host: HostImplementation = none) {
      const program = programs.get(host) ?? pool.load(artifact, [host]);
      programs.set(host, program);
      return pool.start(program, entry, args, { limits: { ...all, ...options.limits }, ...options });
    },
  };
}

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => 'resolved', (error: unknown) => (error instanceof BrolgaError ? error.code : error));

describe('the pool', () => {
  test('publishes what main resolved to', async () => {
    expect(await makePool().start(ENTRY.echo, [1, 'two']).result).toEqual([1, 'two']);
  });

  test('a thread that parks before main goes on is still woken (K1)', async () => {
    const startThread = Threads.prototype.start;
    const spy = jest.spyOn(Threads.prototype, 'start').mockImplementation(function (this: Threads, slot) {
      const port = startThread.call(this, slot);
      // Looks behind the facade: what a pause of the main thread does here only by chance.
      const { workerData } = (Reflect.get(this, 'piscina') as { options: { workerData: { control: SharedArrayBuffer } } }).options;
      const { words } = attachControl(workerData.control);
      const never = new Int32Array(new SharedArrayBuffer(4));
      for (let turns = 0; turns < 2_000 && !isParked(words, slotAt(slot)); turns++) sleep(never, 0, 0, 5);
      expect(isParked(words, slotAt(slot))).toBe(true);
      return port;
    });
    try {
      const { start } = makePool();
      expect(await Promise.all([1, 2, 3].map((n) => start(ENTRY.echo, [n]).result))).toEqual([[1], [2], [3]]);
    } finally {
      spy.mockRestore();
    }
  });

  test('10,000 tasks sleep at once', async () => {
    const { pool, start } = makePool();
    const results = await Promise.all(Array.from({ length: 10_000 }, () => start(ENTRY.sleep, []).result));
    expect(new Set(results)).toEqual(new Set(['fired']));
    expect(pool.stats()).toMatchObject({ tasksStarted: 10_000, tasksEnded: 10_000, tasksLive: 0, timers: 10_000 });
  });

  test('host closures run on the main thread, many in flight', async () => {
    const { pool, start } = makePool();
    const host = async (x: number): Promise<number> => x * 2;
    const results = await Promise.all(Array.from({ length: 3_000 }, (_, i) => start(ENTRY.host, [i], {}, host).result));
    expect(results).toEqual(Array.from({ length: 3_000 }, (_, i) => i * 2));
    expect(pool.stats()).toMatchObject({ hostCalls: 3_000, hostCallsInFlight: 0, staleMessages: 0 });
  });

  test('more at once than rings hold: nothing is lost', async () => {
    const { pool, start } = makePool({}, 1);
    for (let round = 0; round < 2; round++) {
      await Promise.all(Array.from({ length: 12_000 }, () => start(ENTRY.echo, []).result));
    }
    expect(pool.stats()).toMatchObject({ tasksStarted: 24_000, tasksFailed: 0 });
  });

  test('work goes to all workers', async () => {
    const { start } = makePool({}, 2);
    await start(ENTRY.sleep, []).result;
    // One spins for ever; the other worker still answers.
    const spinning = start(ENTRY.spin, [], { limits: { ...DEFAULT_LIMITS, timeoutMs: 300 } });
    expect(await start(ENTRY.echo, ['free']).result).toEqual(['free']);
    expect(await failure(spinning.result)).toBe('TIMEOUT');
  });

  test.each([
    ['spin', 'FUEL_EXHAUSTED', { fuel: 100_000 }],
    ['spin', 'TIMEOUT', { timeoutMs: 60 }],
    ['deadlock', 'DEADLOCK', {}],
    ['unreachable', 'TRAP', {}],
    ['recurse', 'STACK_LIMIT', {}],
    ['memory', 'MEMORY_LIMIT', {}],
    ['sleepLong', 'TIMEOUT', { timeoutMs: 30 }],
  ] as const)('%s ends this task alone with %s', async (entry, code, limits) => {
    const { start } = makePool({}, 1);
    const other = start(ENTRY.sleep, []);
    expect(await failure(start(ENTRY[entry], [], { limits: { ...DEFAULT_LIMITS, ...limits } }).result)).toBe(code);
    expect(await other.result).toBe('fired');
  });

  test('12,000 nested calls fit', async () => {
    expect(await makePool({}, 1).start(ENTRY.deep, ['deep']).result).toEqual(['deep']);
  });

  test('a signal ends a task that waits, and one that spins', async () => {
    const { start } = makePool({}, 1);
    for (const entry of [ENTRY.sleepLong, ENTRY.spin]) {
      const controller = new AbortController();
      const run = start(entry, [], { signal: controller.signal, limits: { ...DEFAULT_LIMITS, cancelGraceMs: 60_000 } });
      setImmediate(() => controller.abort(new Error('enough')));
      expect(await run.result.catch((error: unknown) => error)).toMatchObject({ code: 'CANCELLED', cause: { message: 'enough' } });
    }
  });

  test('logs come formatted, in order, before the end', async () => {
    const { start } = makePool();
    const seen: string[] = [];
    const run = start(ENTRY.log, ['→'], { onLog: (level, text) => void seen.push(`${level} ${text}`) });
    seen.push(String(await failure(run.result)));
    expect(seen).toEqual(['error ["→"]', 'DEADLOCK']);
  });

  test('blocks that flow one way do not use up the arena', async () => {
    const { start } = makePool({ arenaMiB: 16 }, 1);
    const text = 'x'.repeat(900);
    for (let round = 0; round < 20; round++) {
      const runs = Array.from({ length: 500 }, () => start(ENTRY.log, [text], { onLog: () => undefined }));
      await Promise.all(runs.map((run) => failure(run.result)));
    }
    expect(await start(ENTRY.echo, ['room']).result).toEqual(['room']);
  });

  test('close fails what runs with CLOSED and refuses more', async () => {
    const { pool, start } = makePool();
    const run = failure(start(ENTRY.sleepLong, []).result);
    await pool.close();
    expect(await run).toBe('CLOSED');
    expect(() => start(ENTRY.echo, [])).toThrow('the jit is closed');
  });

  test('threads that cannot become reactors close the pool with the cause; nothing waits for them', async () => {
    const { start } = makePool({}, 2, 'createNoEngine');
    expect(await failure(start(ENTRY.echo, []).result)).toMatch(/WORKER_LOST|CLOSED/);
    const refusal = async (): Promise<unknown> => {
      for (;;) {
        try {
          await start(ENTRY.echo, []).result.catch(() => undefined);
        } catch (error) {
          return error;
        }
      }
    };
    expect(await refusal()).toMatchObject({ code: 'CLOSED', cause: 'worker threads keep ending: no engine here' });
  });

  test('close with drain lets tasks end', async () => {
    const { pool, start } = makePool();
    const run = start(ENTRY.sleep, []).result;
    await pool.close({ drain: true });
    expect(await run).toBe('fired');
  });
});
