/** The REPL as a program whose input is piped. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

function repl(lines: readonly string[], args: readonly string[] = []): { stdout: string[]; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, ...args], { input: lines.join('\n'), encoding: 'utf8', timeout: 60_000 });
  return { stdout: stdout.split('\n').slice(0, -1), stderr, status };
}

describe('the REPL with piped input', () => {
  test('keeps what lines declare, and prints values as Node does', () => {
    const { stdout, stderr, status } = repl([
      'const x = 5', 'function f(a: number) {', '  return a * x;', '}', 'f(3)', 'f', '"text"', '{ a: [1, , 3] }', 'new Map([[1, { x }]])',
      'const text = `two', 'lines`; text.length', 'await new Promise<number>((done) => setTimeout(() => done(x), 1))',
    ]);
    expect({ stdout, stderr, status }).toEqual({
      stdout: ['15', '[Function: f]', "'text'", '{ a: [ 1, <1 empty item>, 3 ] }', 'Map(1) { 1 => { x: 5 } }', '9', '5'],
      stderr: '',
      status: 0,
    });
  });

  test('shows mistakes with their places and goes on', () => {
    const { stdout, stderr, status } = repl(['let y: string = 4', 'throw new RangeError("oops")', 'let y = "fine"', 'y']);
    expect(stdout).toEqual(["'fine'"]);
    expect(stderr).toContain('repl.ts#1:1:5 TYPE TS2322');
    expect(stderr).toContain('> 1 | let y: string = 4');
    expect(stderr).toContain('Uncaught RangeError: oops\n    at repl.ts#1:1:1');
    expect(status).toBe(1);
  });

  test('prints logs and waits for timers at the end', () => {
    // The timer may be due before the value is printed.
    expect(repl(['setTimeout(() => console.log("later"), 5); "value"']).stdout.sort()).toEqual(["'value'", 'later']);
  });

  test('knows .type, .help and .exit', () => {
    const { stdout, status } = repl(['const user = { id: 1, tags: ["a"] }', '.type user.tags', '.help', '.exit', '"not reached"']);
    expect(stdout[0]).toBe('string[]');
    expect(stdout.join('\n')).toContain('.type EXPR');
    expect(stdout.join('\n')).not.toContain('not reached');
    expect(status).toBe(0);
  });

  test('a limit ends the session, and a new one begins', () => {
    const { stdout, stderr } = repl(['const x = 1', 'while (true) {}', 'const x = 2', 'x'], ['--fuel', '1000000']);
    expect(stdout).toEqual(['2']);
    expect(stderr).toContain('FUEL_EXHAUSTED');
    expect(stderr).toContain('a new one begins');
  });

  test('calls the functions of a host module', () => {
    const folder = mkdtempSync(join(tmpdir(), 'brolga-repl-'));
    try {
      const host = join(folder, 'host.mjs');
      writeFileSync(host, 'export const getUser = async (id) => ({ id, name: `user ${id}` });');
      expect(repl(['const { name } = await getUser(7)', 'name'], ['--host', host]).stdout).toEqual(["'user 7'"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
