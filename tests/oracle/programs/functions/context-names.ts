/** Functions and classes are named by where they stand. */
export async function main() {
  let f: any;
  f = () => 1;
  console.log(f.name);
  let g: any;
  g ??= function () { };
  console.log(g.name);
  f = class {
  };
  console.log(f.name);
  const o: any = { 'x-y': () => 1, 5: () => 2, ['c' + 1]: () => 3, ['s']: class {
    }, p: (() => 4), q: function named() { }, m() { }, async *n() { }, get z() { return 1; } };
  console.log(Object.values(o).map((v: any) => v.name), Object.keys(o).map((k) => o[k]?.name));
  class K {
    a = () => 1;
    static b = class {
    };
    #c = () => 2;
    c() { return this.#c.name; }
    ['d1'] = () => 1;
  }
  const k: any = new K();
  console.log(k.a.name, (K as any).b.name, k.c(), k.d1.name);
  const { x = () => 1, y: { z = () => 2 } = {} as any } = {} as any;
  console.log(x.name, z.name);
  const [q = () => 3] = [] as any[];
  console.log(q.name);
  let r: any;
  [r = () => 5] = [];
  console.log(r.name);
  ({ r = () => 6 } = {} as any);
  console.log(r.name);
  ({ r: r = () => 7 } = {} as any);
  console.log(r.name);
  const h = (cb = () => 8, { d = class {
  } } = {} as any) => [cb.name, d.name];
  console.log(h());
  const w = (() => 1) as () => number, v = (function () { })!, cond = true ? () => 1 : null, seq = (0, () => 1);
  console.log(w.name, v.name, cond!.name, seq.name);
  for (const fn = () => 1;;) {
    console.log(fn.name);
    break;
  }
  o.late = () => 1;
  o['late2'] = () => 2;
  console.log(o.late.name, o.late2.name, [() => 1][0]!.name, (() => { }).name, new (class {
  })().constructor.name);
}
