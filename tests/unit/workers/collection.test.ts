/** Tasks that allocate far more than they may hold: in loops with awaits, in synchronous functions, at every allocation. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, type Jit, type Program } from '../../../index.js';

const SOURCE = `
interface Node { value: number; next: Node | null }
const hold = (): number[][] => Array.from({ length: 100 }, (_, i) => new Array<number>(1000).fill(i));
const total = (held: number[][]): number => held.reduce((sum, row) => sum + row.length, 0);

export function strings(rounds: number): number {
  const held = hold();
  let units = 0;
  for (let i = 0; i < rounds; i++) units += ('ab' + String(i % 10)).repeat(1000).length;
  return units + total(held);
}
export function arrays(rounds: number): number {
  const held = hold();
  let items = 0;
  for (let i = 0; i < rounds; i++) items += new Array<number>(1000).fill(i).map((x) => x + 1).length;
  return items + total(held);
}
export function objects(rounds: number): number {
  const held = hold();
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    const one = { x: i, y: 1, inner: { z: 1 } };
    const seen = new Map<string, { n: number }>([['a', { n: 1 }]]);
    const count = (): number => one.inner.z + (seen.get('a')?.n ?? 0);
    sum += count();
  }
  return sum + total(held);
}
const part = async (i: number): Promise<string> => { await null; return 'x'.repeat(1000 + (i % 7)); };
export async function awaits(rounds: number): Promise<number> {
  const held = hold();
  let units = 0;
  for (let i = 0; i < rounds; i++) {
    const [a, b] = await Promise.all([part(i), new Promise<string>((resolve) => resolve('y'.repeat(1000)))]);
    units += a.length + b.length;
  }
  return units + total(held);
}
export function list(length: number): number {
  let head: Node | null = null;
  for (let i = 0; i < length; i++) head = { value: i, next: head };
  for (let i = 0; i < 3000; i++) 'abc'.repeat(1000);
  let count = 0;
  for (let node = head; node !== null; node = node.next) count++;
  return count;
}
`;

describe('collection', () => {
  let jit: Jit;
  let program: Program;
  beforeAll(async () => {
    jit = await createJit({ executor: 'inline', limits: { memoryMiB: 16, fuel: 2 ** 40 } });
    program = await jit.compile(SOURCE);
  });
  afterAll(() => jit.close());

  test.each([
    ['strings', 340_000, 340_000 * 3000],
    ['arrays', 66_000, 66_000 * 1000],
    ['objects', 1_000_000, 2_000_000],
  ])('a synchronous function allocates a gigabyte of %s in 16 MiB', async (name, rounds, result) => {
    expect(await program.call(name, [rounds])).toBe(result + 100_000);
  });

  test('so does a loop with awaits', async () => {
    expect(await program.call('awaits', [400_000])).toBeGreaterThan(800_000_000);
  });

  test('a list of a million nodes is traced without a stack of its depth', async () => {
    expect(await program.call('list', [1_000_000], { memoryMiB: 128 })).toBe(1_000_000);
  });

  test('what is held beyond the limit still ends the task', async () => {
    await expect(program.call('list', [1_000_000])).rejects.toMatchObject({ code: 'MEMORY_LIMIT' });
  });

  test.each(['strings', 'arrays', 'objects', 'awaits'])('%s agree when every allocation collects', async (name) => {
    expect(await program.call(name, [5], { collectEvery: 1 })).toEqual(await program.call(name, [5]));
  });
});
