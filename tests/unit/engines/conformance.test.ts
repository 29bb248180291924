/**
 * What every engine promises, by one suite: the bare `Engine` interface over a small lowered module, and whole programs
 * on the inline executor. A row of ENGINES is all that a further engine needs here.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, type Jit, type Program } from '../../../index.js';
import type { Engine, MessageBlocks } from '../../../executor/engine.js';
import { parseModule } from '../../../ir/parse.js';
import { ABI_VERSION, BLOCK, HEADER, TRAP } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { createInterpreterEngine } from '../../../jit/engines/interpreter.js';
import { createV8Engine } from '../../../jit/engines/v8.js';
import { createWasmtimeEngine } from '../../../jit/engines/wasmtime.js';
import { ENGINE_NAMES, type EngineName } from '../../../workers/engines.js';
import { SMALL_MODULE } from './small-module.js';

const ENGINES: Readonly<Record<EngineName, () => Engine>> = { v8: createV8Engine, interpreter: createInterpreterEngine, wasmtime: createWasmtimeEngine };

function smallArtifact(): Artifact {
  const { module, diagnostics } = parseModule(SMALL_MODULE);
  expect(diagnostics).toEqual([]);
  const { wasm, data } = emitModule(module);
  return {
    abiVersion: ABI_VERSION, wasm, data: { bytes: data.bytes, align: data.align, relocations: data.relocations }, topLevel: -1,
    exports: [], hostFunctions: [], plans: [], sites: [], sourceMap: [], frames: [], sources: [], lowered: module,
  };
}

const PAGES = 64;
const HEADER_ADDRESS = 4096 + BLOCK.header;
const DATA_ADDRESS = 2048;
/** The module sends no messages. */
const NO_BLOCKS: MessageBlocks = { alloc: () => 0, free: () => undefined };

describe.each(ENGINE_NAMES)('the interface of engine %s', (name) => {
  const start = () => {
    const artifact = smallArtifact();
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
    const view = new DataView(memory.buffer);
    new Uint8Array(memory.buffer).set(artifact.data.bytes, DATA_ADDRESS);
    const engine = ENGINES[name]();
    return { instance: engine.instantiate(artifact, memory, DATA_ADDRESS, NO_BLOCKS), engine, view };
  };

  test('has its name', () => expect(start().engine.name).toBe(name));

  test('polls with the header of the task, with static data where it was put', () => {
    const { instance, view } = start();
    view.setInt32(HEADER_ADDRESS + HEADER.slice, 4, true);
    expect(instance.poll(HEADER_ADDRESS)).toBe(1);
    expect(view.getInt32(HEADER_ADDRESS + HEADER.trapDetail, true)).toBe(12);
  });

  test('leaves the code of a trap in the header', () => {
    const { instance, view } = start();
    view.setInt32(HEADER_ADDRESS + HEADER.slice, 6, true);
    expect(() => instance.poll(HEADER_ADDRESS)).toThrow();
    expect(view.getInt32(HEADER_ADDRESS + HEADER.trapCode, true)).toBe(TRAP.fuel);
  });
});

const PROGRAM = `
declare function later(n: number): Promise<number>;
declare function echo(text: string): Promise<string>;

export async function fib(n: number): Promise<number> {
  if (n < 2) return await later(n);
  const [a, b] = await Promise.all([fib(n - 1), fib(n - 2)]);
  return a + b;
}
export async function all(n: number) {
  return await Promise.all(Array.from({ length: n }, async (_, i) => (await later(i)) * 2));
}
export async function big(units: number) {
  const text = 'a\\u00e9'.repeat(units / 2) + '\\u4e2d';
  const back = await echo(text);
  console.log(back.length, back === text);
  return back;
}
export async function order() {
  const seen: string[] = [];
  const sleep = (ms: number, name: string) => new Promise<void>((resolve) => setTimeout(() => { seen.push(name); resolve(); }, ms));
  await Promise.all([sleep(30, 'c'), sleep(1, 'a'), sleep(15, 'b'), Promise.resolve().then(() => seen.push('now'))]);
  return seen;
}
export async function spin() { for (;;) ; }
export async function grow() { const kept: number[][] = []; for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => i)); }
function deep(n: number): number { return 1 + deep(n + 1); }
export async function dive() { return deep(0); }
export async function fail(): Promise<void> { await later(1); throw new RangeError('no'); }
export async function stuck() { await new Promise<void>(() => {}); }
export async function wait() { try { await new Promise<void>((resolve) => setTimeout(resolve, 60_000)); } finally { console.log('unwound'); } }
export async function fill(n: number) { const kept = Array.from({ length: n }, (_, i) => (i + 'x').repeat(50_000)); await later(0); return kept.map((text) => text.length).length; }
export async function numbers(xs: number[]) { return xs.map((x) => [x * 1.1, x / 3, Math.sqrt(x), x | 0, x >>> 1, -x, Math.fround(x), x % 7, Math.sin(x)]); }
`;

const host = { later: async (n: number) => n, echo: async (text: string) => text };

describe.each(ENGINE_NAMES)('programs on engine %s', (engine) => {
  let jit: Jit;
  let program: Program;
  beforeAll(async () => {
    jit = await createJit({ executor: 'inline', engine, limits: { arenaMiB: 16 } });
    program = await jit.compile(PROGRAM, { host });
  });
  afterAll(() => jit.close());

  test('host calls are answered between polls, many at once', async () => {
    expect(await program.call('fib', [9])).toBe(34);
    expect(await program.call('all', [500])).toEqual(Array.from({ length: 500 }, (_, i) => i * 2));
  });

  test('values larger than a chunk cross both ways, logs too', async () => {
    const logs: string[] = [];
    const text = `${'aé'.repeat(50_000)}中`;
    expect(await program.call('big', [100_000], { onLog: (_level, line) => void logs.push(line) })).toBe(text);
    expect(logs).toEqual(['100001 true']);
  });

  test('timers and microtasks keep their order', async () => {
    expect(await program.call('order')).toEqual(['now', 'a', 'b', 'c']);
  });

  test.each([
    ['spin', { fuel: 1_000_000 }, 'FUEL_EXHAUSTED'],
    ['grow', { memoryMiB: 1 }, 'MEMORY_LIMIT'],
    ['dive', {}, 'STACK_LIMIT'],
    ['stuck', {}, 'DEADLOCK'],
  ] as const)('%s ends with its own code, and what else the program runs goes on', async (name, limits, code) => {
    const other = program.call('all', [50]);
    await expect(program.call(name, [], limits)).rejects.toMatchObject({ code });
    expect(await other).toHaveLength(50);
    expect(await program.call('fib', [5])).toBe(5);
  });

  test('an error has name, message and stack of the program', async () => {
    await expect(program.call('fail')).rejects.toMatchObject({ name: 'RangeError', message: 'no', stack: expect.stringContaining('at fail') });
  });

  test('a cancelled task unwinds', async () => {
    const logs: string[] = [];
    const abort = new AbortController();
    const run = program.start('wait', [], { signal: abort.signal, onLog: (_level, line) => void logs.push(line) });
    setImmediate(() => abort.abort());
    await expect(run.result).rejects.toMatchObject({ code: 'CANCELLED' });
    await run.finished;
    expect(logs).toEqual(['unwound']);
  });

  test('the memory of tasks that ended serves the next: 25 tasks of a megabyte in 16', async () => {
    for (let round = 0; round < 25; round++) expect(await program.call('fill', [10])).toBe(10);
  });

  test('doubles are the same to the last bit', async () => {
    const xs = [0, -0, 1, -1, 0.1, 1e21, 5e-324, 2 ** 53, -(2 ** 31) - 1, 1 / 3, NaN, Infinity, -Infinity, 123456.789];
    const expected = xs.map((x) => [x * 1.1, x / 3, Math.sqrt(x), x | 0, x >>> 1, -x, Math.fround(x), x % 7, Math.sin(x)]);
    expect(await program.call('numbers', [xs])).toEqual(expected);
  });
});
