/** `brolga run`, `check` and `explain` as a user calls them: a process, its output, its exit code. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brolga-cli-'));
  file(
    'host.mjs',
    `export const echo = async (value) => value;
     export const never = () => new Promise(() => {});
     setInterval(() => {}, 1000); // a handle that would keep the process alive`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function brolga(args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { timeout: 60_000 });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

/** Runs a program with `--json` and gives the parsed last line. */
async function json(name: string, text: string, ...flags: string[]): Promise<{ code: number | null; line: Record<string, unknown> }> {
  const { code, out } = await brolga(['run', file(name, text), '--json', '--host', join(folder, 'host.mjs'), ...flags]);
  return { code, line: JSON.parse(out.trim().split('\n').at(-1) ?? '') };
}

const DECLARED = 'declare function echo<T>(value: T): Promise<T>; declare function never(): Promise<number>;\n';

describe('run --json', () => {
  test('prints value and logs, and ends though the host holds handles', async () => {
    const text = `${DECLARED}export async function main(a: number, b: string) { console.log('sum', a); console.error({ b }); return [await echo(a), b]; }`;
    const { code, line } = await json('value.ts', text, '--args', '[1, "x"]');
    expect({ code, line }).toEqual({ code: 0, line: { ok: true, value: [1, 'x'], logs: ['sum 1', "{ b: 'x' }"] } });
  });

  test('leaves the key out for undefined', async () => {
    const { line } = await json('undefined.ts', 'export async function main() {}');
    expect(line).toEqual({ ok: true, logs: [] });
  });

  test('takes the value of the last expression where there is no main', async () => {
    const { line } = await json('expression.ts', `${DECLARED}const x = await echo(20);\nx * 2 + 2;`);
    expect(line).toEqual({ ok: true, value: 42, logs: [] });
  });

  test('an error of the program has its place', async () => {
    const { code, line } = await json('throws.ts', 'export async function main() {\n  throw new RangeError("no");\n}');
    expect(code).toBe(1);
    expect(line).toMatchObject({ ok: false, error: { name: 'RangeError', message: 'no', line: 2, column: 3 }, logs: [] });
  });

  test('--call chooses the function', async () => {
    const { line } = await json('call.ts', 'export function twice(x: number) { return x * 2; }', '--call', 'twice', '--args', '[21]');
    expect(line).toEqual({ ok: true, value: 42, logs: [] });
  });
});

describe('limits end a program with their code', () => {
  test.each([
    ['FUEL_EXHAUSTED', 'while (true) {}', ['--fuel', '1000000']],
    ['FUEL_EXHAUSTED', 'await echo(1); while (true) {}', ['--fuel', '1000000']],
    ['MEMORY_LIMIT', 'const a: number[] = []; while (true) a.push(1);', ['--memory', '4']],
    ['STACK_LIMIT', 'const f = (n: number): number => f(n + 1) + 1; f(0);', []],
    ['STACK_LIMIT', 'const f = async (n: number): Promise<number> => (await f(n + 1)) + 1; await f(0);', []],
    ['DEADLOCK', 'await new Promise(() => {});', []],
    ['TIMEOUT', 'await never();', ['--timeout', '200']],
  ])('%s: %s', async (code, body, flags) => {
    const { line } = await json('limit.ts', `${DECLARED}export async function main() { ${body} }`, ...flags);
    expect(line).toMatchObject({ ok: false, error: { code } });
  });
});

test('--executor sim --seed: an hour in no time, and the same again', async () => {
  const text = `const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    export async function main() { const start = Date.now(); await wait(3_600_000); return [Date.now() - start, Math.random()]; }`;
  const flags = ['--executor', 'sim', '--timeout', '7200000', '--seed'];
  const first = await json('hour.ts', text, ...flags, '7');
  const values = first.line['value'];
  expect(values).toEqual([3_600_000, expect.any(Number)]);
  expect((await json('hour.ts', text, ...flags, '7')).line['value']).toEqual(values);
  expect((await json('hour.ts', text, ...flags, '8')).line['value']).not.toEqual(values);
});

test.each(['pool', 'inline'])('8,000 nested calls, sync and async, on %s', async (executor) => {
  const text = `function f(n: number): number { return n === 0 ? 0 : f(n - 1) + 1; }
    async function g(n: number): Promise<number> { return n === 0 ? 0 : (await g(n - 1)) + 1; }
    export async function main() { return [f(8000), await g(8000)]; }`;
  const { line } = await json('deep.ts', text, '--executor', executor);
  expect(line).toEqual({ ok: true, value: [8000, 8000], logs: [] });
});

describe('without --json', () => {
  test('logs go to standard output and error, then comes the value', async () => {
    const path = file('plain.ts', "export async function main() { console.log('a'); console.warn('b'); return { n: 1 }; }");
    expect(await brolga(['run', path])).toEqual({ code: 0, out: 'a\n{ n: 1 }\n', err: 'b\n' });
  });
});

describe('mistakes', () => {
  test('a type error shows number, message and place', async () => {
    const path = file('type.ts', 'export async function main() {\n  const n: number = "x";\n}');
    const { code, err } = await brolga(['check', path]);
    expect(code).toBe(1);
    expect(err).toContain(`${path}:2:9 TYPE TS2322: Type 'string' is not assignable to type 'number'.`);
    expect(err).toContain('> 2 |   const n: number = "x";\n    |         ^');
  });

  test.each([
    [['run', 'nowhere.ts'], 'cannot read nowhere.ts'],
    [['run', 'x.ts', '--args', '{'], '--args is not JSON'],
    [['run', 'x.ts', '--args', '1'], '--args takes a JSON array'],
    [['fly'], 'there is no subcommand "fly"'],
    [['run', '--wings'], "'--wings'"],
  ])('%j', async (args, message) => {
    const { code, err } = await brolga(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('with --json they stand on the line', async () => {
    const { code, line } = await json('mistake.ts', 'export async function main() {}', '--args', '{');
    expect(code).toBe(1);
    expect(line).toMatchObject({ ok: false, error: { code: 'USAGE', name: 'UsageError' }, logs: [] });
  });

  test("a code of the program's own is not taken for one of ours", async () => {
    const path = file('coded.ts', "export async function main() { throw Object.assign(new RangeError('no'), { code: 'E_NO' }); }");
    expect((await brolga(['run', path])).err).toContain('Uncaught RangeError: no\n    at main');
  });

  test('an import is refused', async () => {
    const { line } = await json('import.ts', "import fs from 'node:fs';\nexport async function main() { return fs; }");
    expect(line).toMatchObject({ ok: false, error: { code: 'UNSUPPORTED', line: 1 } });
  });
});

describe('explain', () => {
  const text = `${DECLARED}async function one() { await echo(1); }
    export async function main() { for (let i = 0; i < 3; i++) { await one(); await echo(i); } }`;

  test('the text of the module shows the dispatch of each function that can suspend', async () => {
    const { out } = await brolga(['explain', file('states.ts', text), '--emit', 'wat']);
    for (const name of ['one', 'main']) {
      const from = out.indexOf(`(func $u$${name}$resume `);
      expect(out.slice(from, out.indexOf('\n  (func ', from + 1))).toContain('br_table');
    }
    expect(out.match(/\(import /g)).toHaveLength(1);
  });

  test('the states are drawn with their lines', async () => {
    const { out } = await brolga(['explain', file('states.ts', text)]);
    expect(out).toContain('main: 2 awaits');
    expect(out).toContain('state 1   line 3: await one();');
    expect(out).toMatch(/keeps i\s+│ value ──▶ 2   error ──▶ throw/);
    expect(out).toMatch(/keeps i\s+│ value ──▶ 1, return   error ──▶ throw/);
  });

  test('passes go by name, and their times are told', async () => {
    const name = file('states.ts', text);
    const folded = await brolga(['explain', name, '--passes', 'fold', '--time-passes', '--emit', 'lowered']);
    expect(folded.out).toMatch(/^pass +runs +ms\nfold +\d+ +\d/);
    expect(folded.out).toMatch(/\nlower-async +1 /);
    expect(folded.out).not.toContain('\ngvn ');
  });

  test('or as one picture', async () => {
    const { out } = await brolga(['explain', file('states.ts', text), '--emit', 'svg']);
    expect(out).toMatch(/^<svg [^]*<\/svg>\n$/);
    // Three boxes of `one`'s machine and its state, and four and two of main's.
    expect(out.match(/<rect class="box/g)).toHaveLength(3 + 1 + 3 + 2);
    expect(out).toContain('1   line 3: await one();');
    expect(out).toContain('stroke-dasharray');
  });
});
