/** The command line as a process: what it prints, and its exit codes. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
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

describe('a mistake in the command', () => {
  test.each([
    [['fly'], 'there is no subcommand "fly"'],
    [['run'], 'which file?'],
    [['run', '-', '--args', '{}'], '--args takes a JSON array'],
    [['run', '-', '--executor', 'gpu'], '--executor takes pool, inline, not "gpu"'],
    [['run', '-', '--workers', '0'], '--workers takes a positive number'],
    [['run', '-', '--call', 'missing'], 'has no exported function missing; it exports main'],
    [['explain', '-', '--emit', 'prose'], '--emit takes states, ir'],
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
