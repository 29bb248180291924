/** The words of V8 for what cannot be destructured, iterated, called or converted. */
const t = (f: () => unknown): void => {
  try {
    console.log('ok', f());
  } catch (e: any) {
    console.log(e.name, e.message);
  }
};

export async function main() {
  const o: any = { z: undefined, n: null, a: {} };
  const u: any = undefined;
  function gu(): any {
    return undefined;
  }
  let y: any;
  let q: any;
  t(() => { const { z: { y } } = o; });
  t(() => { const { z: { y } } = { z: undefined } as any; });
  t(() => { const { a: { b: { c } } } = o; });
  t(() => { const { z: { y } = null } = o; });
  t(() => { const [{ y }] = [undefined] as any; });
  t(() => { const [[y]] = [undefined] as any; });
  t(() => { const { y } = o.z; });
  t(() => { const { y } = u; });
  t(() => { const {} = u; });
  t(() => { const { ...y } = u; });
  t(() => { const { ['k' + 1]: y } = u; });
  t(() => { ({ y } = u); });
  t(() => { ({ z: { y } } = o); });
  t(() => { ({ z: { y: q } } = o); });
  t(() => { [{ y }] = [null] as any; });
  t(() => { (({ y }: any) => y)(u); });
  t(() => { (({ z: { y } }: any) => y)(o); });
  t(() => { (([{ y }]: any) => y)([]); });
  t(() => { for (const { y } of [null] as any); });
  t(() => { for (const [y] of [null] as any); });
  t(() => { const { 'a-b': y } = u; });
  t(() => { const { 0: y } = u; });
  t(() => { const { n: { y } } = o; });
  t(() => { const [y] = u; });
  t(() => { const [y] = o; });
  t(() => { const [y] = o.z; });
  t(() => { const [y] = 5 as any; });
  t(() => { [y] = null as any; });
  t(() => { (([y]: any) => y)(u); });
  t(() => { (([y]: any) => y)({}); });
  t(() => { const [...y] = u; });
  t(() => { [...u]; });
  t(() => { [...o.z] });
  t(() => { [...({} as any)] });
  t(() => { Math.max(...u) });
  t(() => { Math.max(...(5 as any)) });
  t(() => { new Map(5 as any) });
  t(() => { new Map([1] as any) });
  t(() => { new Set(5 as any) });
  t(() => { for (const x of 5 as any); });
  t(() => { for (const x of o.z); });
  t(() => { for (const x of {} as any); });
  t(() => { Array.from(null as any) });
  t(() => {Object.entries(null as any)});
  t(() => { Object.fromEntries(5 as any) });
  t(() => { Object.fromEntries([5] as any) });
  t(() => { new Promise(undefined as any) });
  t(() => { o.z.y });
  t(() => { o.z.y = 1 });
  t(() => { o.z['y'] });
  t(() => { o.z[0] = 1 });
  t(() => { o.z() });
  t(() => { o.q.r() });
  t(() => { o.a.r() });
  t(() => { o['z']() });
  t(() => { o?.a.b.c });
  t(() => { ([] as any[]).reduce((a) => a) });
  t(() => { 'x'.repeat(-1) });
  t(() => { (1.5).toFixed(101) });
  t(() => { (1).toString(1) });
  t(() => { new Array(-1) });
  t(() => { JSON.parse('{') });
  t(() => { JSON.parse('') });
  t(() => { JSON.parse('[1,]') });
  t(() => { o.map((x: any) => x) });
  t(() => { [1].map(5 as any) });
  t(() => { [1].sort(5 as any) });
  t(() => { [1, 2].forEach(undefined as any) });
  t(() => { [3, 1].sort(null as any) });
  t(() => { new Map().forEach(1 as any) });
  t(() => { decodeURIComponent('%') });
  t(() => { delete o.z.k; });
  t(() => { o.z.k++; });
  t(() => { y(); });
  t(() => { o.a.b.c(); });
  t(() => { (Object.freeze([1]) as any).push(2) });
  t(() => { ('abc' as any).length = 1 });
  t(() => { const c: any = {} as any; c.c = c; JSON.stringify(c) });
  t(() => { const c: any = { a: [] }; c.a.push(c); JSON.stringify(c) });
  t(() => { new Date(NaN).toISOString() });
  t(() => { const [y] = o.a; });
  t(() => { const [y] = {} as any; });
  t(() => { const [y] = o['z']; });
  t(() => { const [y] = (0, u); });
  t(() => { const { y } = o['z']; });
  t(() => { ({ a: { y } } = { a: null } as any); });
  t(() => { [[y]] = [null] as any; });
  t(() => { ([y] = u); });
  t(() => { ([y] = o.z); });
  t(() => { for (const [a, { y }] of [[1]] as any); });
  t(() => { for (const { z: { y } } of [o]); });
  t(() => { const { y = 1 } = u; });
  t(() => { const { y: { z } = u } = {} as any; });
  t(() => { const { y: z } = u; });
  t(() => { const { y: { z } } = u; });
  t(() => { const { y: [z] } = u; });
  t(() => { const [y] = null as any; });
  t(() => { const [y] = undefined as any; });
  t(() => { const { y = 1 } = null as any; });
  t(() => { for (const { y = 1 } of [null] as any); });
  t(() => (({ y }: any) => y)(null));
  t(() => (({ y = 1 }: any) => y)(null));
  t(() => (({ y }: any = null) => y)());
  t(() => [{ a: 1 }, null].map(({ a }: any) => a));
  t(() => [null].map(([a]: any) => a));
  t(() => {
    try {
      throw null;
    } catch ({ y }: any) {
      q = y;
    }
  });
  t(() => console.log(...({} as any)));
  return [y, q];
}
