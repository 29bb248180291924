export async function main(): Promise<unknown> {
  const m = new Map<string | number | object, unknown>([['a', 1], [2, 'two']]);
  const k = {}; m.set(k, 'obj').set(NaN, 'nan').set(0, 'zero');
  console.log(m.size, m.get(k), m.get(NaN), m.get(-0), m.has('zz'), m.delete('a'), m.delete('a'), m);
  for (const [key, v] of m) console.log(key, v);
  m.forEach((v, key) => { console.log('each', key, v); });
  console.log([...m.keys()], [...m.values()], [...m.entries()]);
  const s = new Set([3, 1, 3, 2]); s.add(9);
  console.log(s, s.size, s.has(1), [...s].sort(), [...s].map((x) => x * 2));
  for (const x of s) console.log(x);
  const big = new Map<number, number>();
  for (let i = 0; i < 5000; i++) big.set(i * 3, i);
  for (let i = 0; i < 2500; i++) big.delete(i * 6);
  let sum = 0; for (const [a, b] of big) sum += a * b;
  console.log(big.size, sum, big.get(3), big.get(6));
  const counts = new Map<string, number>();
  for (const w of 'the quick brown the lazy dog the end'.split(' ')) counts.set(w, (counts.get(w) ?? 0) + 1);
  console.log([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
  const it = new Set(['x', 'y']).values();
  console.log(it.next(), it.next(), it.next());
  console.log(Array.from(new Map([[1, 2]])), Object.fromEntries(new Map([['q', 1]])), [...'h\u{1F600}i']);
  m.clear(); console.log(m.size, m);
  const nested = new Map([['in', new Map([['deep', new Set([1, [2, 3]])]])]]);
  console.log(nested);
  try { new Map(5 as unknown as []); } catch (e) { console.log((e as Error).message); }
  try { new Map([5] as unknown as []); } catch (e) { console.log((e as Error).message); }
  const g = Object.entries({ a: 1, b: 2 }).map(([key, v]) => `${key}=${v}`).join('&');
  const bound = ((a: number, b: number): number => a + b).bind(null, 2);
  console.log(g, bound(3), Math.max.apply(null, [1, 5, 2]));
  const ws = new WeakMap<object, number>(); ws.set(k, 5); console.log(ws.get(k), ws.has({}));
  return [g];
}
