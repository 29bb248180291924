/** What is the Wasmtime engine's own: what it refuses, and what must not reach the binding. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJit } from '../../../index.js';
import { compile } from '../../../jit/compile.js';
import { imageOf } from '../../../jit/engines/own-arena.js';
import { withOwnMemory } from '../../../jit/engines/own-memory.js';
import { loadWasmtime } from '../../../jit/engines/wasmtime-binding.js';

const SOURCE = 'export async function main() { return [1, 2].map((x) => x + 1).join(); }';
const PAGES = 256;

describe('modules for Wasmtime', () => {
  const artifact = compile(SOURCE, { filename: 'small.ts' });
  const made = withOwnMemory(artifact.wasm, PAGES, imageOf(artifact.data, PAGES));

  test('are valid, import nothing, and export functions alone', () => {
    const module = new WebAssembly.Module(made.wasm);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    expect(WebAssembly.Module.exports(module).filter(({ kind }) => kind !== 'function')).toEqual([]);
  });

  test('hold the code of the program byte for byte', () => {
    const code = Buffer.from(artifact.wasm).subarray(artifact.sourceMap[0]?.offset, artifact.sourceMap.at(-1)?.offset);
    const from = (artifact.sourceMap[0]?.offset ?? 0) + made.codeShift;
    expect(code.length).toBeGreaterThan(50);
    expect(Buffer.from(made.wasm).subarray(from, from + code.length).equals(code)).toBe(true);
  });

  test.each([
    ['that are not valid', made.wasm.slice(0, -40), 0, 'not valid'],
    ['with a function too long for Cranelift', made.wasm, 2 ** 20, 'takes functions of up to'],
  ])('%s are kept from the binding', (_what, wasm, longestBody, message) => {
    expect(() => loadWasmtime().instantiate(wasm, PAGES, longestBody, 0)).toThrow(message);
  });

  test('with static data beyond the memory are refused', () => {
    expect(() => imageOf({ bytes: new Uint8Array(PAGES * 65536), align: 8, relocations: [] }, PAGES)).toThrow('does not fit');
  });
});

test('a pool and sessions are refused', async () => {
  await expect(createJit({ engine: 'wasmtime' })).rejects.toMatchObject({ code: 'OPTION', message: expect.stringContaining("executors 'inline' and 'sim'") });
  const jit = await createJit({ engine: 'wasmtime', executor: 'inline' });
  expect(() => jit.session()).toThrow('no sessions');
  await jit.close();
});

test('without the optional package there is a clear error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brolga-test-'));
  try {
    const hook = join(folder, 'hook.cjs');
    writeFileSync(hook, `const Module = require('node:module'); const resolve = Module._resolveFilename;
      Module._resolveFilename = function (name, ...rest) { if (name === 'wasmtime') throw new Error("Cannot find module 'wasmtime'"); return resolve.call(this, name, ...rest); };`);
    const program = join(folder, 'p.ts');
    writeFileSync(program, SOURCE);
    const cli = join(process.cwd(), 'dist', 'cli', 'main.js');
    const args = ['--require', hook, cli, 'run', program, '--engine', 'wasmtime', '--executor', 'inline', '--json'];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'OPTION', message: expect.stringContaining('npm install wasmtime@0.0.2') } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
