/** Classes as they are written: brands, chains, singletons, templates, visitors, errors. */
const t = (f: () => any) => { try {
  console.log(f());
}
catch (e: any) {
  console.log(e.name, e.message);
} };
class A {
  v = 1;
  constructor(f?: (self: any) => void) { f?.(this); }
}
function make(n: number) { class L {
  static n = n;
  id = n;
  static c = 0;
  constructor() { L.c++; }
  is(o: any) { return o instanceof L; }
  #p = n;
  static has(o: any) { return #p in o; }
  get p() { return this.#p; }
  static readP(o: any) { return o.#p; }
} return L; }
class Chain {
  #v: number[] = [];
  add(n: number) { this.#v.push(n); return this; }
  get sum() { return this.#v.reduce((a, b) => a + b, 0); }
  static #count = 0;
  static create() { Chain.#count++; return new this(); }
  static get count() { return this.#count; }
  #m(x: number) { return x * this.#v.length; }
  callM(x: number) { return this.#m(x); }
  get #g() { return 'g'; }
  set #g(v: string) { this.#v.push(v.length); }
  useG() { this.#g = 'abc'; return this.#g; }
  inc() { this.#v[0]!++; this.#v[0]! += 2; return this.#v[0]; }
}
class Sub extends Chain {
  override add(n: number) { return super.add(n * 10); }
  override get sum() { return super.sum + 1; }
}
class Acc {
  static #inst: Acc | null = null;
  static get instance() { return (this.#inst ??= new Acc()); }
  _x = 0;
  get x() { return this._x; }
  set x(v) { console.log('set', v); this._x = v; }
}
class Ov extends Acc {
  override get x() { return super.x + 100; }
  override set x(v) { super.x = v * 2; }
  bump() { super.x = 7; this.x++; this.x += 5; return [this._x, this.x, super.x]; }
}
abstract class Tmpl {
  run() { return [this.a(), this.b]; }
  protected abstract a(): string;
  protected get b() { return 'base'; }
  static create<T extends Tmpl>(this: new () => T) { return new this(); }
}
class Impl extends Tmpl {
  protected a() { return 'impl'; }
  protected override get b() { return super.b + '!'; }
}
class Stack<T> {
  private items: T[] = [];
  push(...x: T[]) { this.items.push(...x); return this.items.length; }
  pop(): T | undefined { return this.items.pop(); }
  get size() { return this.items.length; }
  *[Symbol.iterator]() { yield* this.items; }
  static from<U>(xs: Iterable<U>) { const s = new Stack<U>(); for (const x of xs)
    s.push(x); return s; }
}
interface Visitor<R> {
  num(n: Num): R;
  add(a: Add): R;
}
abstract class Expr {
  abstract accept<R>(v: Visitor<R>): R;
}
class Num extends Expr {
  constructor(readonly n: number) { super(); }
  accept<R>(v: Visitor<R>) { return v.num(this); }
}
class Add extends Expr {
  constructor(readonly l: Expr, readonly r: Expr) { super(); }
  accept<R>(v: Visitor<R>): R { return v.add(this); }
}
class HttpError extends Error {
  static notFound(w: string) { return new HttpError(404, w); }
  constructor(readonly status: number, m: string, opts?: ErrorOptions) { super(m, opts); this.name = 'HttpError'; }
  get isClient() { return this.status < 500; }
  override toString() { return `[${this.status}] ${this.message}`; }
}
export async function main() {
  const L1 = make(1), L2 = make(2);
  const l1 = new L1(), l2 = new L2();
  new L1();
  console.log(L1 === L2, l1.is(l1), l1.is(l2), l2 instanceof L1, L1.c, L2.c, L1.n, L2.n, L1.has(l1), L1.has(l2), l1.p, l2.p, l1, l2, L1.name);
  t(() => L1.readP(l2));
  t(() => L2.readP(l2));
  const ch = Chain.create().add(1).add(2);
  console.log(ch.sum, ch.callM(3), ch.useG(), ch.inc(), ch, Chain.count);
  t(() => Sub.create());
  t(() => (Sub as any).count);
  const s = new Sub();
  console.log(s.add(1).add(2).sum, s instanceof Chain, Acc.instance === Acc.instance);
  const ov = new Ov();
  console.log(ov.bump(), ov);
  t(() => Object.keys(ov));
  t(() => JSON.stringify(ov));
  console.log(Impl.create().run(), new Impl());
  const st = Stack.from('abc');
  console.log(st.push('d', 'e'), st.pop(), st.size, [...st], st);
  const v: Visitor<string> = { num: (n) => String(n.n), add: (a) => `(${a.l.accept(v)} + ${a.r.accept(v)})` };
  console.log(new Add(new Num(1), new Add(new Num(2), new Num(3))).accept(v));
  const he = HttpError.notFound('x');
  console.log(he.isClient, String(he), `${he}`, he.status, he instanceof HttpError, Object.keys(he), JSON.stringify(he));
}
