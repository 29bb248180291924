/** The command line as a process: what it prints, and its exit codes. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

function brolga(args: readonly string[], input = ''): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, ...args], { input, encoding: 'utf8' });
  return { stdout, stderr, status };
}

const PROGRAM = 'console.log("hello"); export async function main(n: number) { await null; return n + 1; }';

describe('brolga run', () => {
  test.each([['pool'], ['inline']])('takes a program from standard input on %s', (executor) => {
    expect(brolga(['run', '-', '--json', '--executor', executor, '--args', '[41]'], PROGRAM)).toEqual({
      stdout: '{"ok":true,"value":42,"logs":["hello"]}\n', stderr: '', status: 0,
    });
  });

  test('without --json prints logs and the value', () => {
    expect(brolga(['run', '-', '--args', '[1]'], PROGRAM)).toEqual({ stdout: 'hello\n2\n', stderr: '', status: 0 });
  });

  test('tells a type error with its number and place, exit code 1', () => {
    const { stdout, status } = brolga(['run', '-', '--json'], 'export const n: number = "x";');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'TYPE', line: 1, column: 14, frame: expect.stringContaining('^') } });
    expect(status).toBe(1);
  });
});

describe('IR text', () => {
  const TEXT = `
func sum(i32, i64) -> i64 {
block0(v0: i32, v1: i64):
  v2 = i64.extend_i32_s v0
  v3 = i64.add v2, v1
  return v3
}
func divide(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
  v2 = i32.div_s v0, v1
  return v2
}
`;
  const withFile = (text: string, run: (file: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'brolga-ir-'));
    try {
      writeFileSync(join(folder, 'a.bir'), text);
      run(join(folder, 'a.bir'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('runs by the interpreter: results and traps', () => {
    withFile(TEXT, (file) => {
      expect(brolga(['run', file, '--call', 'sum', '--args', '[-2, "9007199254740993"]'])).toEqual({ stdout: '9007199254740991\n', stderr: '', status: 0 });
      expect(brolga(['run', file, '--call', 'divide', '--args', '[7, 2]', '--json']).stdout).toBe('{"ok":true,"value":[3],"logs":[]}\n');
      expect(brolga(['run', file, '--call', 'divide', '--args', '[7, 0]'])).toMatchObject({ stderr: expect.stringContaining('integer divide by zero'), status: 1 });
      expect(brolga(['run', file])).toMatchObject({ stderr: expect.stringContaining('choose with --call from sum, divide'), status: 2 });
    });
  });

  test('is parsed and verified by check, with the numbers of what is wrong', () => {
    withFile(TEXT, (file) => expect(brolga(['check', file])).toMatchObject({ stdout: expect.stringContaining('no errors'), status: 0 }));
    withFile(TEXT.replace('return v3', 'return v0'), (file) => expect(brolga(['check', file])).toMatchObject({ stderr: expect.stringContaining('V13'), status: 1 }));
    withFile(TEXT.replace('i64.add', 'i64.sum'), (file) => expect(brolga(['check', file])).toMatchObject({ stderr: expect.stringContaining('a.bir:5:'), status: 1 }));
  });
});

describe('a mistake in the command', () => {
  test.each([
    [['fly'], 'there is no subcommand "fly"'],
    [['run'], 'which file?'],
    [['run', '-', '--args', '{}'], '--args takes a JSON array'],
    [['run', '-', '--executor', 'gpu'], '--executor takes pool, inline, sim, not "gpu"'],
    [['run', '-', '--workers', '0'], '--workers takes a positive number'],
    [['run', '-', '--call', 'missing'], 'has no exported function missing; it exports main'],
    [['explain', '-', '--passes', 'fold,magic'], '--passes takes names out of inline, fold'],
    [['run', '-', '--level', 'fast'], '--level takes none, speed, not "fast"'],
    [['explain', '-', '--emit', 'prose'], '--emit takes states, svg, ir'],
  ])('%j is told, exit code 2', (args, message) => {
    const { stdout, stderr, status } = brolga(args, PROGRAM);
    expect(stderr).toContain(message);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });
});

describe('brolga', () => {
  test('--help names every subcommand and every choice of a flag', () => {
    const { stdout, status } = brolga(['--help']);
    for (const text of ['brolga run FILE', 'brolga check FILE', 'brolga explain FILE', 'brolga doctor', 'pool|inline', 'v8|interpreter']) expect(stdout).toContain(text);
    expect(status).toBe(0);
  });

  test('doctor finds nothing wrong where the tests run', () => {
    expect(brolga(['doctor'])).toMatchObject({ stdout: expect.not.stringContaining('BAD'), status: 0 });
  });
});
