/** Classes as values: logged, kept in maps, renamed, frozen instances, events and lists. */
class R {
  static a = 1;
  static m() { }
  b = 2;
}
class E0 {
}
class Ch extends R {
  static c = { d: 1 };
}
const An = class {
};
class St {
  static #p = 1;
  static get g() { return 1; }
  static { (this as any).late = 5; }
  static late: number;
}
export async function main() {
  console.log(R, E0, Ch, An, St, [R, E0, Ch], { R, k: { R } }, new Map([[R, E0]]), new Set([Ch]));
  console.log(new R().constructor === R, (new Ch().constructor as any).name, typeof R, R.name, R.length, (R as any).nope, Object.keys(R), 'a' in R, R.hasOwnProperty('a'), Ch.a, Object.keys(Ch));
  Ch.a = 9;
  console.log(R.a, Ch.a, Ch);
  R.a++;
  (R as any)['a'] += 2;
  console.log(R.a, R);
  const o: any = { [R.name]: R };
  console.log(o, new o.R(), Object.values(o));
  const K: typeof R = Math.random() < 2 ? Ch : R;
  console.log(new K(), K.name, new K() instanceof Ch);
  const reg = new Map<string, new (...a: any[]) => any>([['r', R], ['e', E0], ['ch', Ch]]);
  for (const [k, C] of reg) {
    const x = new C(0);
    console.log(k, x instanceof C, x instanceof R, C.name, x.constructor === C);
  }
  console.log([new R(), new Ch()].map((x) => x.constructor.name), [3, 1].map(String), ['1', 'x'].map(Number), [0, 1, ''].filter(Boolean), [1, 2].map((x) => new Error(String(x)).message), Array.from([1], (x) => new R().b + x));
  class Temp {
    constructor(public c: number) { }
    get f() { return this.c * 1.8 + 32; }
    set f(v: number) { this.c = (v - 32) / 1.8; }
    static fromF(f: number) { const t = new Temp(0); t.f = f; return t; }
    [Symbol.iterator] = function* (this: Temp) { yield this.c; yield this.f; };
    equals(o: this) { return o.c === this.c; }
  }
  const tm = Temp.fromF(212);
  console.log(tm.c, tm.f, [...tm], tm.equals(new Temp(100)), { ...tm }.c, Object.entries(tm).length);
  const { f, c } = tm;
  console.log(f, c);
  class Ev {
    private ls = new Map<string, Set<(...a: any[]) => void>>();
    on(e: string, l: (...a: any[]) => void) { (this.ls.get(e) ?? this.ls.set(e, new Set()).get(e)!).add(l); return () => this.ls.get(e)?.delete(l); }
    emit(e: string, ...a: any[]) { for (const l of [...(this.ls.get(e) ?? [])])
      l(...a); return this.ls.get(e)?.size ?? 0; }
    once(e: string) { return new Promise<any>((r) => { const off = this.on(e, (v) => { off(); r(v); }); }); }
  }
  const ev = new Ev();
  const got: any[] = [];
  const off = ev.on('x', (...a) => got.push(a));
  ev.on('x', () => { off(); got.push('second'); });
  const once = ev.once('x');
  console.log(ev.emit('x', 1, 2), ev.emit('x', 3), await once, got, ev);
  class Node1<T> {
    next: Node1<T> | null = null;
    constructor(public v: T) { }
  }
  class LL<T> {
    head: Node1<T> | null = null;
    add(v: T) { const n = new Node1(v); if (!this.head)
      this.head = n;
    else {
      let c = this.head;
      while (c.next)
        c = c.next;
      c.next = n;
    } return this; }
    *[Symbol.iterator]() { for (let c = this.head; c; c = c.next)
      yield c.v; }
    reverse() { let p: Node1<T> | null = null, c = this.head; while (c)
      [c.next, p, c] = [p, c, c.next]; this.head = p; return this; }
  }
  const ll = new LL<number>().add(1).add(2).add(3);
  console.log([...ll], [...ll.reverse()], ll);
  class Money {
    constructor(readonly amt: number, readonly cur = 'EUR') { Object.freeze(this); }
    plus(o: Money) { if (o.cur !== this.cur)
      throw new TypeError(`cannot add ${o.cur} to ${this.cur}`); return new Money(this.amt + o.amt, this.cur); }
    toString() { return `${this.amt.toFixed(2)} ${this.cur}`; }
    valueOf() { return this.amt; }
  }
  const mo = new Money(1.5).plus(new Money(2));
  console.log(`${mo}`, mo + '', +mo, mo > new Money(1), String(mo), [mo].join(), JSON.stringify({ mo }), mo);
  try {
    mo.plus(new Money(1, 'USD'));
  }
  catch (e: any) {
    console.log(e.message);
  }
}
