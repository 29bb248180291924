function show(label: string, f: () => unknown): void {
  try { console.log(label, f()); } catch (e) { const x = e as Error; console.log(label, 'threw', x.name, x.message); }
}
export async function main(): Promise<unknown> {
  show('clone', () => { const a: any = { x: [1, { y: 2 }], m: new Map([[1, 2]]), s: new Set(['q']) }; a.self = a; const b = structuredClone(a); return [b, b.self === b, b.x !== a.x]; });
  show('uri', () => [encodeURIComponent('a b&ü€\u{1F600}'), decodeURIComponent('%E2%82%AC+%20'), encodeURI('http://x.y/ö?q=a b')]);
  show('uri', () => decodeURIComponent('%zz'));
  show('date', () => { const d = new Date(86400000); const e = new Date(0); return [+d, (d as unknown as number) - (e as unknown as number), d > e, d.toISOString(), JSON.stringify({ d })]; });
  show('callback', () => [1, 2, 3].map((x) => { if (x === 2) throw new RangeError('two'); return x; }));
  show('finally', () => { const log: string[] = []; try { [1].forEach(() => { throw new Error('in'); }); } catch (e) { log.push((e as Error).message); } finally { log.push('fin'); } return log; });
  show('sort throws', () => [3, 1, 2].sort(() => { throw new Error('cmp'); }));
  show('nested', () => [[3, 1], [2]].map((x) => x.slice().sort()).flat().reduce((a, b) => a + b, 0));
  show('group', () => [1, 2, 3, 4].reduce<Record<string, number[]>>((g, x) => { (g[x % 2 ? 'odd' : 'even'] ??= []).push(x); return g; }, {}));
  show('tuple', () => { const t: [number, string] = [1, 'a']; const [n, s] = t; return `${n}${s}`; });
  show('map of obj', () => { const m = new Map<string, { n: number }>(); m.set('a', { n: 1 }); m.get('a')!.n++; return [...m.values()]; });
  show('memo', () => { const memo = new Map<number, number>(); const fib = (n: number): number => { if (n < 2) return n; const k = memo.get(n); if (k !== undefined) return k; const v = fib(n - 1) + fib(n - 2); memo.set(n, v); return v; }; return fib(80); });
  show('holes', () => { const a = new Array<number>(3); a[1] = 5; return [a.length, a.map((x) => x * 2), a.filter(() => true), a.indexOf(undefined as unknown as number), a.includes(undefined as unknown as number), Object.keys(a), a]; });
  show('str keys', () => { const o: Record<string, number> = {}; for (const c of 'hello world') o[c] = (o[c] ?? 0) + 1; return o; });
  show('opt chain', () => { const o: { a?: { b?: number[] } } = {}; return [o.a?.b?.[0], o.a?.b?.length ?? 'none']; });
  show('strings', () => ['a,b,,c'.split(','), 'abc'.at(-1), [...'añb'], 'x'.repeat(3), 'abc'.includes('b')]);
  show('json', () => JSON.stringify([1, 'a', null, { b: [undefined, () => 1] }], null, 2));
  show('err', () => { const e = new Error('m', { cause: { why: 1 } }); return [e.cause, String(e), e instanceof TypeError]; });
  show('agg', () => Object.keys(new TypeError('x')));
  show('any call', () => { const o: any = { f: 5 }; return o.f(); });
  show('any null', () => { const o: any = null; return o.x.y; });
  show('weird add', () => { const a: any = [1, 2], b: any = { q: 1 }; return [a + b, b + 1, a - 1, a * 2, (b as any) * 1]; });
  const big = Array.from({ length: 200 }, (_, i) => ({ id: i, tag: `t${i % 7}` }));
  show('chain', () => big.filter((x) => x.id % 3 === 0).map((x) => x.tag).sort().slice(0, 10).join('|'));
  return big.length;
}
