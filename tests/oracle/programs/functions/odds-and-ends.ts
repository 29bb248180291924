interface A { type: 'a'; n: number } interface B { type: 'b'; s: string }
type Deep<T> = { [K in keyof T]?: T[K] extends object ? Deep<T[K]> : T[K] };
const config = { host: 'h', port: 1, tags: ['x', 'y'], nested: { on: true } } as const;
type Key = keyof typeof config;
const keys = Object.keys(config) as Key[];
let counter = 0;
const id = () => `id${++counter}`;
export async function main() {
  for (const k of keys) { const v = config[k]; console.log(k, typeof v === 'object' ? ('length' in v ? v.length : v.on) : v); }
  let x: string | number | null = null as string | number | null;
  x ??= 5; x ||= 6; x &&= 'now'; console.log(x);
  const o: { a?: { b?: { c?: number }[] } } = {};
  o.a ??= {}; (o.a.b ??= []).push({ c: 1 }); o.a.b[0]!.c! += 5; o.a.b[1] = { ...o.a.b[0], c: 9 }; console.log(o, o?.a?.b?.[1]?.c, o.a?.b?.[7]?.c ?? 'none', delete o.a.b);
  const { a: { b: [first = { c: 0 }] = [] } = {}, ...rest } = o; console.log(first, rest);
  let i = 0; const arr = [10, 20, 30]; arr[i++] = arr[i++]! + i; arr[i] = i--; console.log(arr, i);
  let s = ''; for (const [k, { v = k, ...more }] of Object.entries({ p: { v: 'q', z: 1 }, r: { z: 2 } as { v?: string; z: number } })) s += `${k}${v}${JSON.stringify(more)};`;
  console.log(s, id(), id());
  var f = function (this: { n: number }, k: number) { return this.n + k; }; const holder = { n: 5, f }; console.log(f.call({ n: 1 }, 2), holder.f(1));
  const tuple: [string, number, ...boolean[]] = ['t', 1, true, false]; const [t0, ...tr] = tuple; console.log(t0, tr, tuple.length);
  [i, counter] = [counter, i]; ({ s } = { s: 'reassigned' }); console.log(i, counter, s);
  const objs = [{ k: 'b', n: 2 }, { k: 'a', n: 2 }, { k: 'c', n: 1 }]; objs.sort((p, q) => p.n - q.n || (p.k < q.k ? -1 : 1)); console.log(objs.map(({ k }) => k).join(''));
  const u: A | B = JSON.parse('{"type":"b","s":"z"}'); console.log(u.type === 'a' ? u.n : u.s);
  const fns = Array.from({ length: 3 }, (_, n) => () => n * n), later: (() => number)[] = []; for (var vi = 0; vi < 3; vi++) later.push(() => vi); console.log(fns.map((g) => g()), later.map((g) => g()));
  console.log(((a, b = a, ...c) => [a, b, c])(1), (({ a, b: { c = 3 } = {} }: any) => [a, c])({ a: 1 }), ([, y]: number[]) => y);
  console.log([..."ab"].entries().next().value, Array.from(new Map([[1, 2]]).values()), Math.max(...new Set([1, 9])), [...Array(3).keys()]);
  const big = Array.from({ length: 1000 }, (_, n) => (n * 7919) % 1009); const sorted = [...big].sort((p, q) => q - p); console.log(sorted[0], sorted[999], new Set(big).size, big.sort()[5]);
  label: for (const p of 'abc') { for (const q of 'xyz') { if (q === 'y') continue label; if (p === 'c') break label; console.log(p + q); } }
  if (((counter as unknown) as string) === 'no') return; else console.log('else');
  const partial: Deep<typeof config> = { nested: {} }; console.log(partial, { ...config, ...partial });
  switch (true) { case i > 100: console.log('big'); break; case i > 0: console.log('pos'); default: console.log('fall'); }
  try { (null as any)(); } catch ({ message }: any) { console.log(message); }
  const r: Record<string, () => void> = { go() { console.log('went', this === r); } }; r['go']!(); r.go?.(); r.nope?.();
  do { if (i-- > 0) continue; break; } while (true);
  console.log(typeof null, typeof undefined, typeof (() => 1), void 0, (1, 2), String() + Number(), +true, -'3', +[] as any, [] + ({} as any), [1, 2] + '', `${[1, [2, 3]]}`, `${{}}`);
  return { keys, date: new Date(86400000).toISOString().slice(0, 10), nested: [[1, [2]], { a: [{}] }] };
}
