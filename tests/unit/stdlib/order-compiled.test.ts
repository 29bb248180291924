/**
 * The order of random programs, compiled and run: what the library alone shows in order.test.ts, here with the compiler's
 * own frames, dispatches and inline awaits. Timers are left out, since they run on the real clock.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, type Jit } from '../../../index.js';
import { DEFERRED_COUNT, orderProgram } from './order-programs.js';

const PROGRAMS = Number(process.env['ORDER_COMPILED'] ?? 12);
const FIRST_SEED = Number(process.env['ORDER_SEED'] ?? 500);

const PRELUDE = `
function log(text: string): void { console.log(text); }
function S(v: any): string {
  if (v instanceof Error) return v.message;
  if (Array.isArray(v)) return '[' + v.map(S).join() + ']';
  if (typeof v !== 'object' || v === null) return String(v);
  return v.status === undefined ? 'object' : v.status[0] + S(v.status === 'fulfilled' ? v.value : v.reason);
}
function later(callback: () => void, ms: number): void {}
function deferred(): { p: Promise<any>; res: any; rej: any } {
  let res: any;
  let rej: any;
  const p = new Promise<any>((a, b) => { res = a; rej = b; });
  p.catch(() => {});
  return { p, res, rej };
}
${Array.from({ length: DEFERRED_COUNT }, (_, i) => `const d${i} = deferred();`).join('\n')}
`;
const MAIN = `export async function main(): Promise<void> { f0().then((v: any) => log('RES:' + S(v)), (e: any) => log('REJ:' + S(e))); }`;

async function compiled(jit: Jit, typed: string): Promise<string[]> {
  const program = await jit.compile(PRELUDE + typed.replaceAll('setTimeout(', 'later(') + MAIN, { filename: 'order.ts', host: {} });
  const logs: string[] = [];
  const run = program.start('main', [], { onLog: (_, text) => void logs.push(text) });
  // Rejections that nobody handles are part of the programs.
  const finished = run.finished.catch(() => undefined);
  await run.result;
  await finished;
  return logs;
}

describe('order of compiled random programs', () => {
  let jit: Jit;
  let expected: (string[] | null)[];
  beforeAll(async () => {
    const script = fileURLToPath(new URL('./order-native.js', import.meta.url));
    const args = [script, String(FIRST_SEED), String(PROGRAMS), 'no timers'];
    expected = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 }));
    jit = await createJit({ executor: 'inline' });
  });
  afterAll(() => jit.close());

  test.each(Array.from({ length: PROGRAMS }, (_, i) => [FIRST_SEED + i] as const))('seed %i', async (seed) => {
    const trace = expected[seed - FIRST_SEED];
    if (trace === null || trace === undefined) return;
    expect((await compiled(jit, orderProgram(seed).typed)).join(' ')).toBe(trace.join(' '));
  });
});
