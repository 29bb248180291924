/** WebAssembly modules on the command line: a process, its output, its exit code. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from '../../../jit/webassembly/assemble.js';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../../../examples/', import.meta.url));
const DOUBLE = '(module (func (export "double") (param i64) (result i64 i32) (i64.add (local.get 0) (local.get 0)) (i32.const -1)))';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brolga-wat-'));
  for (const name of ['fib.wat', 'fib-host.mjs']) copyFileSync(join(EXAMPLE, name), join(folder, name));
  writeFileSync(join(folder, 'double.wasm'), assemble('double.wat', DOUBLE));
  writeFileSync(join(folder, 'wrong.wat'), '(module\n  (func (result i32)\n    (i64.const 1)))');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const brolga = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder, timeout: 60_000 }, (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });
const lastLine = (out: string): unknown => JSON.parse(out.trim().split('\n').at(-1) ?? '');

describe('a WebAssembly module', () => {
  test('runs, its imports bound to the exports of the host module', async () => {
    const { code, out } = await brolga('run', 'fib.wat', '--host', 'fib-host.mjs', '--call', 'fib', '--args', '[12]', '--json');
    expect({ code, line: lastLine(out) }).toEqual({ code: 0, line: { ok: true, value: 144, logs: [] } });
  });

  test('in binary runs too; i64 is digits in JSON, several results are an array', async () => {
    const { out } = await brolga('run', 'double.wasm', '--call', 'double', '--args', '["-4611686018427387904"]', '--json');
    expect(lastLine(out)).toEqual({ ok: true, value: ['-9223372036854775808', -1], logs: [] });
  });

  test('takes no fraction as i64', async () => {
    const { code, out } = await brolga('run', 'double.wasm', '--call', 'double', '--args', '[1.5]', '--json');
    expect({ code, line: lastLine(out) }).toMatchObject({ code: 1, line: { ok: false, error: { code: 'USAGE' } } });
  });

  test('that is wrong is told with its place', async () => {
    const { code, err } = await brolga('check', 'wrong.wat');
    expect(code).toBe(1);
    expect(err).toContain('wrong.wat:3:6 TYPE');
    const { out } = await brolga('run', 'wrong.wat', '--json');
    expect(lastLine(out)).toMatchObject({ ok: false, error: { code: 'TYPE', line: 3, column: 6 } });
  });

  test('is explained as programs are', async () => {
    const { out } = await brolga('explain', 'fib.wat');
    expect(out).toContain('fib: 3 awaits');
    expect(out).toContain('keeps instance, n');
  });
});
