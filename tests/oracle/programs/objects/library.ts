function show(label: string, f: () => unknown): void {
  try { console.log(label, f()); } catch (e) { const x = e as Error; console.log(label, 'threw', x.name, x.message); }
}
interface Opt { a?: number; b?: string; c?: { d: number } }
export async function main(): Promise<unknown> {
  const o: Record<string, number> = { b: 1, a: 2 };
  o['z'] = 3; o['10'] = 4; o['9'] = 5; delete o['a']; o['a'] = 6;
  show('order', () => [Object.keys(o), Object.values(o), Object.entries(o)]);
  show('in', () => ['a' in o, 'q' in o, Object.hasOwn(o, 'b'), o.hasOwnProperty('zz')]);
  show('spread', () => ({ ...o, b: 9, q: 1 }));
  show('assign', () => Object.assign({ x: 1 }, { y: 2 }, null, { x: 3 }));
  show('fromEntries', () => Object.fromEntries([['a', 1], ['b', 2]]));
  const opt: Opt = {};
  show('opt', () => [opt.a, opt.c?.d, Object.keys(opt)]);
  opt.b = 'x'; opt.a = 1;
  show('opt', () => [opt, Object.keys(opt)]);
  delete opt.b;
  show('opt', () => [opt, Object.keys(opt)]);
  opt.b = 'again';
  show('opt', () => [opt, Object.keys(opt), JSON.stringify(opt)]);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1000; i++) counts['k' + (i % 137)] = (counts['k' + (i % 137)] ?? 0) + 1;
  show('counts', () => [Object.keys(counts).length, counts['k5'], counts['k136'], counts['nope']]);
  for (let i = 0; i < 100; i++) delete counts['k' + i];
  show('counts', () => [Object.keys(counts).length, Object.keys(counts)[0], counts['k5']]);
  show('rest', () => { const { b, ...rest } = o; return [b, rest]; });
  show('default', () => { const { a = 1, b: { c = 2 } = { c: 3 } } = {} as { a?: number; b?: { c?: number } }; return [a, c]; });
  show('for in', () => { const ks: string[] = []; for (const k in o) ks.push(k); return ks; });
  show('freeze', () => { const f = Object.freeze({ a: 1 }) as { a: number }; f.a = 2; return f; });
  show('frozen', () => [Object.isFrozen(Object.freeze({})), Object.isFrozen({ a: 1 })]);
  show('undef', () => (undefined as unknown as { x: number }).x);
  show('null set', () => { (null as unknown as { x: number }).x = 1; });
  show('nofn', () => (o as unknown as { go: () => void }).go());
  const e = Object.assign(new TypeError('bad'), { code: 7 });
  show('error', () => [e.name, e.message, e.code, String(e), Object.keys(e), e instanceof Error, e instanceof TypeError, { ...e }]);
  show('cause', () => { const c = new Error('outer', { cause: e }); return [(c.cause as Error).message, c.name]; });
  show('types', () => [typeof 1, typeof 'a', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof (() => 1)]);
  const d: any = JSON.parse('{"list":[1,2,{"x":"y"}],"n":null}');
  show('any', () => [d.list.length, d.list[2].x, d.n, d.missing, d.list.map((x: any) => typeof x)]);
  show('any err', () => d.missing.foo);
  show('any err2', () => d.list.nope());
  show('eq', () => [(NaN as number) === (o["nan"] as number), 'a' === 'a', Object.is(NaN, NaN), Object.is(0, -0)]);
  show('add', () => [1 + '2', '3' + 4 + 5, `${[1, [2, 3]]}`, String({}), String([null]), [] + '']);
  show('loose', () => [null == undefined, (1 as unknown) == '1', (0 as unknown) == '']);
  show('compare', () => ['a' < 'b', 'B' < 'a', '10' < '9', 10 > 9]);
  return 'done';
}
