/** What must hold whatever tasks, hosts and threads do: every call settles, and everything it held comes back. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ARENA, BLOCK_CLASSES, THREAD } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import { createJitWith, type Jit } from '../../../workers/jit.js';
import type { Program } from '../../../workers/program.js';
import { ENTRY, watArtifact } from '../executor/wat-guest.js';

let artifact: Artifact;
beforeAll(async () => {
  artifact = await watArtifact();
});

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 1103515245 + 12345) >>> 0) % below;
}

const NAMES = Object.keys(ENTRY).filter((name) => name !== 'recurse');

/** Starts a task of a random kind, with random limits, perhaps aborted at a random time. */
function startAny(program: Program, random: (below: number) => number): Promise<unknown> {
  const controller = new AbortController();
  const name = NAMES[random(NAMES.length)] ?? 'echo';
  const call = program.call(name, [random(100)], {
    signal: controller.signal,
    fuel: 1 + random(100_000),
    timeoutMs: 20 + random(100),
    cancelGraceMs: random(20),
    onLog: () => undefined,
  });
  if (random(3) === 0) {
    let turns = random(5);
    const wait = (): void => void (turns-- > 0 ? setImmediate(wait) : controller.abort());
    wait();
  }
  return call.then(
    (value) => ['resolved', value],
    (error: unknown) => [error instanceof Error && 'code' in error ? error.code : 'guest', undefined],
  );
}

/** Bytes of the arena that are neither free chunks nor in a free list of a thread or of the realm. */
function bytesInUse(jit: Jit): number {
  // Looks behind the facade: no public figure counts blocks.
  const { arena, control } = Reflect.get(Reflect.get(jit, 'executor') as object, 'realm') as { arena: { words: Int32Array }; control: { words: Int32Array; workers: number } };
  const { words } = arena;
  const chunks = words[(ARENA.threadRecords + THREAD.chunkCount) >> 2] ?? 0;
  let bytes = words.subarray(ARENA.chunkOwners >> 2, (ARENA.chunkOwners >> 2) + chunks).filter((owner) => owner !== 0).length * ARENA.chunkBytes;
  const takeList = (first: number, size: number): void => {
    for (let block = first; block !== 0; block = words[block >> 2] ?? 0) bytes -= size;
  };
  BLOCK_CLASSES.forEach((size, sizeClass) => {
    for (let thread = 0; thread <= control.workers; thread++) takeList(words[(ARENA.threadRecords + thread * ARENA.threadRecordBytes + THREAD.freeLists) / 4 + sizeClass] ?? 0, size);
    if (sizeClass < 5) takeList(control.words[16 + sizeClass] ?? 0, size);
  });
  return bytes;
}

const HOST_TURNS = 4;

/** Runs `rounds` of 250 random tasks to their ends; gives what is then still in use. */
async function run(executor: 'pool' | 'inline', rounds: number): Promise<number> {
  const jit = await createJitWith({ executor, workers: 2, limits: { arenaMiB: 64, tasks: 2000 } }, async () => () => artifact);
  const random = seeded(20_261_120);
  let calls = 0;
  const host = async (): Promise<number> => {
    for (let left = calls++ % HOST_TURNS; left > 0; left--) await new Promise(setImmediate);
    if (calls % 5 === 0) throw new Error('host');
    return calls;
  };
  const program = jit.load(artifact, { host: { host } });
  await program.call('echo');
  for (let round = 0; round < rounds; round++) await Promise.all(Array.from({ length: 250 }, () => startAny(program, random)));
  await jit.close({ drain: true });
  // Host functions go on after their callers' ends; what they give is dropped.
  while (jit.stats().hostCallsInFlight > 0) await new Promise(setImmediate);
  const { tasksLive, tasksStarted } = jit.stats();
  expect([tasksLive, tasksStarted]).toEqual([0, 250 * rounds + 1]);
  return bytesInUse(jit);
}

describe.each([['pool'], ['inline']] as const)('faults on %s', (executor) => {
  test('every call settles and all memory comes back', async () => {
    expect(await run(executor, 4)).toBe(await run(executor, 0));
  });
});

describe('threads that die', () => {
  interface Inside {
    readonly threads: { readonly piscina: { readonly threads: { terminate(): Promise<number> }[] } };
    readonly mailboxes: readonly unknown[];
  }
  // No public way ends a thread.
  const inside = (jit: Jit): Inside => Reflect.get(jit, 'executor') as Inside;
  const open = (workers: number): Promise<Jit> =>
    createJitWith({ workers, limits: { arenaMiB: 64, tasks: 5000 } }, async () => () => artifact);
  const host = { host: async () => 1 };
  const code = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : error);

  test('fail their own tasks with WORKER_LOST; all others end as they would', async () => {
    const jit = await open(2);
    const program = jit.load(artifact, { host });
    await Promise.all([program.call('sleep'), program.call('sleep')]);
    const runs = Array.from({ length: 100 }, () => program.call('sleep').then(() => 'slept', code));
    await inside(jit).threads.piscina.threads[0]?.terminate();
    const outcomes = await Promise.all(runs);
    expect(outcomes.filter((each) => each === 'WORKER_LOST').length).toBe(50);
    expect(outcomes.filter((each) => each === 'slept').length).toBe(50);
    await jit.close();
  });

  test('are replaced, and what is started meanwhile runs', async () => {
    const jit = await open(1);
    const program = jit.load(artifact, { host });
    for (let round = 0; round < 3; round++) {
      expect(await program.call('echo', [round])).toEqual([round]);
      await inside(jit).threads.piscina.threads[0]?.terminate();
      const next = program.call('echo', ['next']);
      expect(await next.catch(code)).toEqual(expect.anything());
    }
    expect(jit.stats().workersLost).toBe(3);
    expect(await program.call('echo', ['at last'])).toEqual(['at last']);
    await jit.close();
  });

  test('and die again and again, close the jit with the cause', async () => {
    const jit = await open(1);
    const program = jit.load(artifact, { host });
    let refused: unknown;
    for (let round = 0; round < 10 && refused !== 'CLOSED'; round++) {
      refused = await program.call('echo', [round]).then(() => undefined, code);
      await inside(jit).threads.piscina.threads[0]?.terminate();
    }
    expect(refused).toBe('CLOSED');
    await expect(program.call('echo', [0])).rejects.toMatchObject({ code: 'CLOSED', cause: expect.stringContaining('worker threads keep ending') });
    await jit.close();
  });
});

describe('an arena that is full', () => {
  test.each([['pool'], ['inline']] as const)('fails what needs more of it on %s, and serves again when there is room', async (executor) => {
    const jit = await createJitWith({ executor, workers: 1, limits: { arenaMiB: 16, tasks: 1000 } }, async () => () => artifact);
    const big = 'x'.repeat(2 ** 20);
    const program = jit.load(artifact, { host: { host: async () => big } });
    const runs = Array.from({ length: 40 }, () => program.call('host', ['small']).then(() => 'resolved', (error: { code: unknown; limit: unknown }) => `${error.code} ${error.limit}`));
    const outcomes = new Set(await Promise.all(runs));
    expect(outcomes.has('resolved')).toBe(true);
    outcomes.delete('resolved');
    expect([...outcomes]).toEqual(outcomes.size > 0 ? ['MEMORY_LIMIT arenaMiB'] : []);
    await expect(program.call('echo', Array.from({ length: 20 }, () => big))).rejects.toMatchObject({ code: expect.stringMatching(/MEMORY_LIMIT|PAYLOAD_LIMIT/) });
    expect(await program.call('echo', [big])).toEqual([big]);
    await jit.close();
  });
});
