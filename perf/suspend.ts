/** P1, P2, P3: awaits that suspend, awaits that need not, and chains of them. */
import { createJit } from '../index.js';
import { compare, rounds, type Figure, type Row } from './figure.js';
import { handMachine } from './peers/hand-machine.js';
import { generatorTwo, nativeChain, nativeReady, nativeTwo } from './peers/native.js';

const AWAITS = 100_000;
const CHAINS = 20_000;
const DEPTH = 10;

const SOURCE = `
async function strand(n: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += i;
    await null;
  }
  return sum;
}
export async function two(n: number) { return await Promise.all([strand(n), strand(n)]); }
export async function ready(n: number) { return await strand(n); }
async function level(depth: number): Promise<number> {
  if (depth > 1) return (await level(depth - 1)) + 1;
  await null;
  return 1;
}
async function chains(n: number, depth: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += await level(depth);
  return sum;
}
async function deep(depth: number, n: number): Promise<number> {
  if (depth > 1) return (await deep(depth - 1, n)) + 1;
  for (let i = 0; i < n; i++) await null;
  return 1;
}
/** Only the innermost call is resumed, again and again. */
export async function resume(n: number, depth: number) {
  const flag = { stop: false };
  const other = spin(flag);
  const sum = await deep(depth, n);
  flag.stop = true;
  await other;
  return sum;
}
async function spin(flag: { stop: boolean }): Promise<void> { while (!flag.stop) await null; }
/** With a second strand in the queue, every innermost await suspends. */
export async function chain(n: number, depth: number) {
  const flag = { stop: false };
  const other = spin(flag);
  const sum = await chains(n, depth);
  flag.stop = true;
  await other;
  return sum;
}
`;

export const suspend: Figure = {
  id: 'suspend',
  title: 'P1 P2 P3: the cost of an await',
  async measure(progress): Promise<Row[]> {
    const jit = await createJit({ executor: 'inline', limits: { fuel: 1e15, timeoutMs: 600_000, memoryMiB: 512 } });
    try {
      const program = await jit.compile(SOURCE, { filename: 'suspend.ts' });
      const hand = await handMachine();
      const times = await rounds(
        [
          { name: 'brolga suspending', operations: 2 * AWAITS, run: () => program.call('two', [AWAITS]) },
          { name: 'hand-written machine', operations: 2 * AWAITS, run: () => hand.two(AWAITS) },
          { name: 'generators', operations: 2 * AWAITS, run: () => generatorTwo(AWAITS) },
          { name: 'native await', operations: 2 * AWAITS, run: () => nativeTwo(AWAITS) },
          { name: 'brolga ready', operations: AWAITS, run: () => program.call('ready', [AWAITS]) },
          { name: 'hand-written check', operations: AWAITS, run: () => hand.ready(AWAITS) },
          { name: 'native ready', operations: AWAITS, run: () => nativeReady(AWAITS) },
          { name: 'resume at depth 1', operations: AWAITS, run: () => program.call('resume', [AWAITS, 1]) },
          { name: 'resume at depth 10', operations: AWAITS, run: () => program.call('resume', [AWAITS, DEPTH]) },
          { name: 'brolga chain of 10', operations: CHAINS, run: () => program.call('chain', [CHAINS, DEPTH]) },
          { name: 'native chain of 10', operations: CHAINS, run: () => nativeChain(CHAINS, DEPTH) },
        ],
        progress,
      );
      return compare(times, [
        { figure: 'P1', what: 'suspending await', brolga: 'brolga suspending', peer: 'hand-written machine', atMost: 1.05 },
        { figure: 'P1', what: 'suspending await', brolga: 'brolga suspending', peer: 'generators', atMost: 1 },
        { figure: 'P1', what: 'suspending await', brolga: 'brolga suspending', peer: 'native await', atMost: 0.1 },
        { figure: 'P2', what: 'await of something ready', brolga: 'brolga ready', peer: 'hand-written check', atMost: 2 },
        { figure: 'P2', what: 'await of something ready', brolga: 'brolga ready', peer: 'native ready', atMost: 0.1 },
        { figure: 'P3', what: 'resume at depth 10', brolga: 'resume at depth 10', peer: 'resume at depth 1', atMost: 1.2 },
        { figure: 'P3', what: 'call and resume a chain of 10', brolga: 'brolga chain of 10', peer: 'native chain of 10', atMost: 0.1 },
      ]);
    } finally {
      await jit.close();
    }
  },
};
