interface P { name: string; age: number; city?: string }
export async function main() {
  const people: P[] = [{ name: 'Ann', age: 30, city: 'Oslo' }, { name: 'bob', age: 25 }, { name: 'Cy', age: 30, city: 'Rome' }, { name: 'dee', age: 41, city: 'Oslo' }];
  const by = <T,>(...keys: ((t: T) => string | number)[]) => (a: T, b: T) => { for (const k of keys) { const x = k(a), y = k(b); if (x < y) return -1; if (x > y) return 1; } return 0; };
  const sorted = people.toSorted(by((p) => -p.age, (p) => p.name.toLowerCase())).map((p) => p.name);
  const index = new Map(people.map((p, i) => [p.name, i] as const));
  const cities = [...new Set(people.flatMap((p) => p.city ?? []))];
  const grid = Array.from({ length: 3 }, (_, r) => Array<number>(3).fill(0).map((_, c) => r * 3 + c));
  const transpose = grid[0]!.map((_, c) => grid.map((row) => row[c]!));
  const chunk = <T,>(a: T[], n: number): T[][] => a.length ? [a.slice(0, n), ...chunk(a.slice(n), n)] : [];
  const partition = <T,>(a: T[], f: (t: T) => boolean): [T[], T[]] => a.reduce<[T[], T[]]>(([y, n], t) => (f(t) ? [[...y, t], n] : [y, [...n, t]]), [[], []]);
  const nums = [5, 1, 10, 2, -3];
  const removed = nums.splice(1, 2, 7, 8, 9);
  const stats = nums.reduce((s, n) => ({ min: Math.min(s.min, n), max: Math.max(s.max, n), sum: s.sum + n }), { min: Infinity, max: -Infinity, sum: 0 });
  const deep = [1, [2, [3, [4, [5]]]]];
  const range = (n: number) => [...Array(n).keys()];
  const zip = <A, B>(a: A[], b: B[]) => a.map((x, i) => [x, b[i]] as const);
  console.log(people, grid, [, 1, , 2], [undefined, null], Array(3), [1.0, -0, NaN], ['it\'s', "q\"", `b\`t`], [[[[1]]]], range(120));
  return { sorted, index: [...index], cities, transpose, chunks: chunk(range(7), 3), part: partition(range(6), (n) => n % 3 === 0), nums, removed, stats, flat: deep.flat(Infinity), last: people.findLast((p) => p.age === 30)?.name, lastI: nums.findLastIndex((n) => n > 7), some: nums.some((n) => n < 0), every: nums.every(Number.isInteger), inc: [NaN].includes(NaN), io: [NaN].indexOf(NaN), sort: [3, 20, 100].sort(), withh: nums.with(-1, 99), rev: nums.toReversed(), cw: [1, 2, 3, 4, 5].copyWithin(0, 3), join: [null, undefined, [1, [2]], {}].join(';'), zip: zip([1, 2], ['a']), ent: [...['x', 'y'].entries()], concat: [1].concat([2], 3, [[4]] as any), of: Array.of(7, 8), obj: Object.entries({ b: 1, a: 2, 1: 'x', 0: 'y' }) };
}
