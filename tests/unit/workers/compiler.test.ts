/** Compiling on a thread, and the caches in front of it: what is compiled once, what a dead thread or a bad disk does. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompileError, createJit, deserializeArtifact, type Artifact } from '../../../index.js';
import { compile } from '../../../jit/compile.js';
import { compileSource } from '../../../jit/compile-source.js';
import { ArtifactCache } from '../../../workers/artifact-cache.js';
import { CompileThread } from '../../../workers/compile-thread.js';
import { Compiler } from '../../../workers/compiler.js';
import { readFromDisk, writeToDisk } from '../../../workers/disk-cache.js';

const sourceOf = (n: number): string => `export async function main() { return ${n}; }`;
const OPTIONS = { filename: 'p.ts' };
const inPlace = async () => compileSource;
const artifact: Artifact = compile(sourceOf(0), OPTIONS);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'brolga-cache-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the compile thread', () => {
  let thread: CompileThread;
  beforeAll(() => void (thread = new CompileThread()));
  afterAll(() => thread.end());

  test('leaves the event loop to others while it compiles', async () => {
    let turns = 0;
    const counting = setInterval(() => void turns++, 0);
    const made = await thread.compile(sourceOf(1), OPTIONS);
    clearInterval(counting);
    expect(made.wasm.length).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(2);
  });

  test('answers several compiles in flight, each with its own', async () => {
    const made = await Promise.all([2, 3, 4].map((n) => thread.compile(sourceOf(n), OPTIONS)));
    expect(made.map(({ sources }) => sources[0]?.text)).toEqual([2, 3, 4].map(sourceOf));
  });

  test('gives what compiling in place gives', async () => {
    expect(await thread.compile(sourceOf(0), OPTIONS)).toEqual(artifact);
  });

  test('a CompileError arrives as one, with every diagnostic', async () => {
    const source = 'const a: string = 1;\nconst b: number = "";';
    const here = (() => {
      try {
        return compile(source, OPTIONS);
      } catch (error) {
        return error;
      }
    })();
    const there = await thread.compile(source, OPTIONS).catch((error: unknown) => error);
    expect(there).toBeInstanceOf(CompileError);
    expect(there).toMatchObject({ code: 'TYPE', number: 'TS2322', line: 1 });
    expect((there as CompileError).diagnostics).toEqual((here as CompileError).diagnostics); // both asserted above
  });
});

/** A compile thread that answers with an empty artifact, and dies of some sources. */
const FRAGILE = new URL(`data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ id, source }) => {
    if (source === 'exit') process.exit(3);
    if (source === 'throw') throw new Error('bad compiler');
    if (source !== 'wait') parentPort.postMessage({ id, artifact: { source } });
  });`)}`);

describe('a compile thread that dies', () => {
  test.each([['exit', 'exit code 3'], ['throw', 'bad compiler']])('by %s fails what is in flight, and is replaced', async (source, cause) => {
    const thread = new CompileThread(FRAGILE);
    const before = thread.compile('fine', OPTIONS);
    const waiting = thread.compile('wait', OPTIONS).catch((error: unknown) => error);
    const fatal = thread.compile(source, OPTIONS).catch((error: unknown) => error);
    expect(await before).toEqual({ source: 'fine' });
    for (const error of [await waiting, await fatal]) {
      expect(error).toMatchObject({ name: 'CompilerLostError', code: 'WORKER_LOST', message: expect.stringContaining(cause) });
    }
    expect(await thread.compile('after', OPTIONS)).toEqual({ source: 'after' });
    await thread.end();
  });

  test('by being ended fails what is in flight too', async () => {
    const thread = new CompileThread(FRAGILE);
    const waiting = thread.compile('wait', OPTIONS).catch((error: unknown) => error);
    await thread.end();
    expect(await waiting).toMatchObject({ code: 'WORKER_LOST' });
  });
});

describe('the cache in memory', () => {
  test('one compile serves all who ask for the same, at once and later; other options are another program', async () => {
    let compiles = 0;
    const compiler = new Compiler(async () => (source, options) => (compiles++, compileSource(source, options)), undefined);
    const [first, second] = await Promise.all([compiler.compile(sourceOf(5), OPTIONS), compiler.compile(sourceOf(5), OPTIONS)]);
    expect(second).toBe(first);
    expect(await compiler.compile(sourceOf(5), { ...OPTIONS })).toBe(first);
    expect(await compiler.compile(sourceOf(5), { filename: 'q.ts' })).not.toBe(first);
    expect(compiles).toBe(2);
    expect(compiler.stats()).toEqual({ compiles: 2, cacheHits: 1 });
  });

  test('a compile that fails is not kept', async () => {
    const compiler = new Compiler(inPlace, undefined);
    for (let round = 1; round <= 2; round++) {
      await expect(compiler.compile('const a: string = 1;', OPTIONS)).rejects.toBeInstanceOf(CompileError);
      expect(compiler.stats().compiles).toBe(round);
    }
  });

  test('holds the latest used within its bytes', () => {
    const sized = (bytes: number): Artifact => ({ ...artifact, wasm: new Uint8Array(bytes), sources: [], sourceMap: [], sites: [] });
    const cache = new ArtifactCache(100_000);
    cache.set('a', sized(30_000));
    cache.set('b', sized(30_000));
    expect(cache.get('a')).toBeDefined();
    cache.set('c', sized(40_000)); // b is now the one used longest ago
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((each) => each !== undefined)).toEqual([true, false, true]);
    cache.set('huge', sized(200_000));
    expect([cache.get('huge'), cache.size]).toEqual([undefined, 2]);
  });

  test('programs of one artifact share its place; it stays while one of them does', async () => {
    const jit = await createJit({ executor: 'inline', limits: { arenaMiB: 16 } });
    const source = 'declare function name(): Promise<string>;\nexport async function main() { return "I am " + (await name()); }';
    const made = await Promise.all(['a', 'b'].map((text) => jit.compile(source, { host: { name: async () => text } })));
    expect(made[0]?.artifact).toBe(made[1]?.artifact);
    expect(await Promise.all(made.map((program) => program.call('main')))).toEqual(['I am a', 'I am b']);
    made[0]?.dispose();
    await expect(made[0]?.call('main')).rejects.toMatchObject({ code: 'STALE_HANDLE' });
    expect(await made[1]?.call('main')).toBe('I am b');
    // Far more than fits, were the places not given back.
    for (let round = 0; round < 2_000; round++) {
      const program = await jit.compile(source, { host: { name: async () => String(round) } });
      program.dispose();
    }
    expect(await made[1]?.call('main')).toBe('I am b');
    await jit.close();
  });
});

describe('the cache on disk', () => {
  const fresh = (name: string) => join(folder, name);

  test('serves a jit that comes later', async () => {
    const directory = fresh('later');
    const results: unknown[] = [];
    for (const compiles of [1, 0]) {
      const jit = await createJit({ executor: 'inline', cache: { directory } });
      results.push(await (await jit.compile(sourceOf(6))).call('main'));
      expect(jit.stats()).toMatchObject({ compiles, cacheHits: 1 - compiles });
      await jit.close();
      await whenWritten(directory);
    }
    expect(results).toEqual([6, 6]);
  });

  test('a damaged file is removed, and compiled again', async () => {
    const directory = fresh('damaged');
    await writeToDisk(directory, 'key', artifact);
    const file = join(directory, 'key.brolga');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await readFromDisk(directory, 'key')).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a folder that cannot be written is no mistake', async () => {
    const file = fresh('a-file');
    writeFileSync(file, '');
    expect(await writeToDisk(file, 'key', artifact)).toBe(false);
    const compiler = new Compiler(inPlace, undefined, { directory: file });
    expect((await compiler.compile(sourceOf(7), OPTIONS)).exports).toHaveLength(1);
  });

  test('a full disk leaves nothing behind', async () => {
    // The device that is always full, as the folder of what is written.
    expect(await writeToDisk('/dev/full', 'key', artifact)).toBe(false);
  });

  test('two processes that write and read at once see whole files only', async () => {
    const directory = fresh('shared');
    const script = `
      import { writeToDisk, readFromDisk } from ${JSON.stringify(new URL('../../../workers/disk-cache.js', import.meta.url).href)};
      import { compile } from ${JSON.stringify(new URL('../../../jit/compile.js', import.meta.url).href)};
      const artifact = compile(${JSON.stringify(sourceOf(0))}, { filename: 'p.ts' });
      let bad = 0;
      for (let round = 0; round < 40; round++) {
        if (!(await writeToDisk(${JSON.stringify(directory)}, 'key', artifact))) bad++;
        if (!(await readFromDisk(${JSON.stringify(directory)}, 'key'))) bad++;
      }
      process.stdout.write(String(bad));`;
    expect(await Promise.all([output(script), output(script)])).toEqual(['0', '0']);
    expect(readdirSync(directory)).toEqual(['key.brolga']);
  });

  test.each([{ memoryMiB: -1 }, { directory: '' }])('options %j are refused', async (cache) => {
    await expect(createJit({ executor: 'inline', cache })).rejects.toMatchObject({ code: 'OPTION' });
  });
});

describe('an artifact in another process', () => {
  test('runs there', async () => {
    const file = join(folder, 'program.brolga');
    const index = JSON.stringify(new URL('../../../index.js', import.meta.url).href);
    await output(`
      import { createJit, serializeArtifact } from ${index};
      import { writeFileSync } from 'node:fs';
      const jit = await createJit({ executor: 'inline' });
      const program = await jit.compile('declare function twice(n: number): Promise<number>; export async function main(n: number) { return (await twice(n)) + 1; }', { host: { twice: async (n) => 2 * n } });
      writeFileSync(${JSON.stringify(file)}, serializeArtifact(program.artifact));
      await jit.close();`);
    const jit = await createJit({ workers: 1 });
    const program = jit.load(deserializeArtifact(readFileSync(file)), { host: { twice: async (n: number) => 2 * n } });
    expect(await program.call('main', [20])).toBe(41);
    await jit.close();
  });

  test('a process ends though its compile thread lingers', async () => {
    const index = JSON.stringify(new URL('../../../index.js', import.meta.url).href);
    expect(await output(`
      import { createJit } from ${index};
      const jit = await createJit({ workers: 1 });
      const program = await jit.compile('export async function main() { return 1; }');
      process.stdout.write(String(await program.call('main')));`)).toBe('1');
  });
});

/** What a script prints, as a process of its own. */
function output(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`exit code ${code}: ${err}`))));
  });
}

/** Nobody waits for the disk but this test. */
async function whenWritten(directory: string): Promise<void> {
  for (;;) {
    try {
      if (readdirSync(directory).some((name) => name.endsWith('.brolga'))) return;
    } catch {
      // Not made yet.
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
