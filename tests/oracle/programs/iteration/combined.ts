/** Generators in each other, in classes and in loops that are left early; async ones merged. */
function* inner(): Generator<any, any, any> { const r: any[] = []; try {
  for (let i = 0; i < 3; i++)
    r.push(yield { i });
}
catch (e) {
  r.push(e);
  yield 'c';
}
finally {
  r.push('f');
} return r; }
const noThrow = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { console.log('closed'); return {} as any; } }) };
function* dele(): Generator<any, any, any> { try {
  yield* noThrow as any;
}
catch (e: any) {
  console.log(e.name, e.message);
  yield 'after';
} }
class Tree<T> {
  constructor(public v: T, public l?: Tree<T>, public r?: Tree<T>) { }
  *[Symbol.iterator](): Generator<T> { if (this.l)
    yield* this.l; yield this.v; if (this.r)
    yield* this.r; }
  async *walk(d = 0): AsyncGenerator<[
    T,
    number
  ]> { yield [this.v, d]; for (const c of [this.l, this.r])
    if (c)
      yield* c.walk(d + 1); }
}
function* fib() { let [a, b] = [0, 1]; while (true) {
  yield a;
  [a, b] = [b, a + b];
} }
function* zip<A, B>(x: Iterable<A>, y: Iterable<B>): Generator<[
  A,
  B
]> { const i = x[Symbol.iterator](), j = y[Symbol.iterator](); try {
  for (;;) {
    const a = i.next(), b = j.next();
    if (a.done || b.done)
      return;
    yield [a.value, b.value];
  }
}
finally {
  i.return?.();
  j.return?.();
} }
async function* chunk<T>(src: AsyncIterable<T> | Iterable<T>, n: number) { let buf: T[] = []; for await (const x of src) {
  buf.push(x);
  if (buf.length === n) {
    yield buf;
    buf = [];
  }
} if (buf.length)
  yield buf; }
async function* merge(...gs: AsyncGenerator<any>[]) { const pend = new Map(gs.map((g, i) => [i, g.next().then((r) => ({ i, r }))])); while (pend.size) {
  const { i, r } = await Promise.race(pend.values());
  if (r.done)
    pend.delete(i);
  else {
    yield r.value;
    pend.set(i, gs[i]!.next().then((r) => ({ i, r })));
  }
} }
async function* ticks(n: string, k: number) { try {
  for (let i = 0; i < k; i++) {
    await null;
    yield n + i;
  }
}
finally {
  console.log('done', n);
} }
export async function main() {
  const d = dele();
  console.log(d.next());
  console.log(d.throw(new Error('q')), d.next());
  const t = new Tree(4, new Tree(2, new Tree(1), new Tree(3)), new Tree(6));
  console.log([...t], Math.max(...t));
  for await (const x of t.walk())
    console.log(x);
  for (const x of t) {
    if (x > 2)
      break;
  }
  for (const [a, b] of zip(fib(), ['x', 'y', 'z']))
    console.log(a, b);
  for await (const c of chunk([1, 2, 3, 4, 5], 2))
    console.log(c);
  for await (const c of chunk(ticks('q', 3), 2))
    console.log(c);
  const ms: any[] = [];
  for await (const x of merge(ticks('a', 3), ticks('b', 2)))
    ms.push(x);
  console.log(ms.join());
  const [x, , y = 'd', ...z] = fib2();
  console.log(x, y, z);
  function* fib2() { yield 1; yield 2; yield undefined; yield 4; yield 5; }
  const log: string[] = [];
  function* lazy() { for (const k of ['a', 'b', 'c']) {
    log.push('y' + k);
    yield k;
  } }
  const { length } = [...lazy()];
  const [p = log.push('def')] = lazy() as any;
  console.log(length, p, log.join());
  const g = ticks('g', 5);
  console.log(await Promise.all([g.next(), g.next(), g.return('r' as any), g.next()]));
  const g3 = ticks('h', 2);
  await g3.next();
  try {
    await g3.throw(new Error('thr'));
  }
  catch (e: any) {
    console.log(e.message);
  }
  console.log(await g3.next());
  async function* err() { try {
    yield 1;
    throw new Error('ae');
  }
  catch (e: any) {
    yield e.message;
  }
  finally {
    yield 'fin';
  } }
  for await (const v of err())
    console.log(v);
  const it = { async *[Symbol.asyncIterator]() { yield* [1, 2]; yield* ticks('k', 1); } };
  for await (const v of it)
    console.log(v);
  const m = new Map(Object.entries({ a: 1, b: 2 }));
  const it2 = m[Symbol.iterator]();
  it2.next();
  console.log([...it2], [...m.entries()].map(([k, v]) => k + v), [...m.keys()].join(), Array.from(m.values(), (v) => v * 2), new Map([...m].filter(([, v]) => v > 1)), [...[1, 2].entries()], [...'hé😀'].length, [...new Set('hello')].join(''));
  const gen = (function* (this: any): Generator<any, any, any> { const r: any[] = []; while (r.length < 3)
    r.push(yield r.length); return r; }).call({}) as Generator<any, any, any>;
  console.log(gen.next('x'), gen.next('a'), gen.next('b'), gen.next('c'), gen.next('d'));
  const args = (function* (...a: any[]) { yield a.length; yield* a; })(1, 2);
  console.log([...args]);
  function* early() { try {
    yield 1;
    yield 2;
  }
  finally {
    console.log('cleanup');
  } }
  for (const v of early()) {
    if (v === 1)
      break;
  }
  try {
    for (const v of early())
      throw new Error('e' + v);
  }
  catch (e: any) {
    console.log(e.message);
  }
  lab: for (const a of early()) {
    for (const b of early()) {
      if (b === 1)
        continue lab;
    }
  }
  const fn = () => { for (const v of early())
    return v; };
  console.log(fn());
  const [only] = early();
  console.log(only);
  const ob = { *g() { yield this.v; }, v: 5 };
  console.log([...ob.g()]);
}
