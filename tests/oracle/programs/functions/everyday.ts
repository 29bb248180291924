/** Enums, overloads, closures, accessors, detached methods, evaluation order. */
enum Color {
  Red,
  Green = 5,
  Blue,
  Alpha = Green | 8
}
enum Dir {
  Up = 'UP',
  Down = 'DOWN'
}
const enum CE {
  A = 1,
  B = A << 2,
  C = 3
}
enum Mixed {
  A,
  B = 'b',
  C = 3
}
type Shape = {
  kind: 'c';
  r: number;
} | {
  kind: 's';
  s: number;
};
const area = (s: Shape): number => { switch (s.kind) {
  case 'c': return s.r;
  case 's': {
    const { s: side } = s;
    return side * side;
  }
  default: {
    const never: never = s;
    return never;
  }
} };
function over(a: string): string;
function over(a: number, b?: number): number;
function over(a: any, b: any = 2): any { return typeof a === 'string' ? a + b : a * b; }
function gen<T extends {
  id: number;
}, K extends keyof T>(xs: T[], k: K): T[K][] { return xs.map((x) => x[k]); }
const curry = (a: number) => (b: number) => (c: number) => a + b * c;
const compose = <A, B, C>(f: (a: A) => B, g: (b: B) => C) => (a: A): C => g(f(a));
function fact(n: number): number { return n <= 1 ? 1 : n * fact(n - 1); }
const even = (n: number): boolean => (n === 0 ? true : odd(n - 1)), odd = (n: number): boolean => (n === 0 ? false : even(n - 1));
function defaults(a = 1, b = a + 1, c = () => a + b, ...r: number[]) { a = 10; return [a, b, c(), r, defaults.length]; }
function counter() { let c = 0; return { inc: () => ++c, dec: () => --c, get: () => c, reset(v = 0) { c = v; return this; } }; }
function memo<A extends unknown[], R>(fn: (...a: A) => R): (...a: A) => R { const cache = new Map<string, R>(); return (...a) => { const k = JSON.stringify(a); if (!cache.has(k))
  cache.set(k, fn(...a)); return cache.get(k)!; }; }
export async function main() {
  console.log(Color, Color.Red, Color[5], Color.Alpha, Color['Blue'], Dir, Dir.Up, CE.B, CE.C, Mixed, Mixed[0], Object.keys(Color), Object.values(Dir), (Color as any)['nope']);
  console.log(area({ kind: 'c', r: 2 }), area({ kind: 's', s: 3 }), over('x'), over(3), over(3, 4), gen([{ id: 1, n: 'a' }], 'n'), curry(1)(2)(3), compose((x: number) => x + 1, String)(4), fact(20), even(101), defaults(), defaults(2, undefined, undefined, 3, 4));
  const c = counter();
  c.inc();
  c.inc();
  c.dec();
  console.log(c.get(), c.reset(7).get());
  let calls = 0;
  const m = memo((a: number, b: number) => { calls++; return a + b; });
  console.log(m(1, 2), m(1, 2), m(2, 1), calls);
  try {
    console.log((() => { const q = (): number => z; const r = q(); let z = 1; return r; })());
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  try {
    (() => { const fcc = () => cc; console.log(fcc()); const cc = 1; })();
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  const o: any = { a: 1, get b() { return this.a * 2; }, set b(v) { this.a = v; }, m() { return this.a; }, nested: { f() { return this; } } };
  o.b = 21;
  console.log(o.b, o.m(), o, o.nested.f() === o.nested);
  const { m: detached } = o;
  try {
    console.log(detached.call({ a: 'called' }), detached.apply({ a: 'applied' }, []), detached.bind({ a: 'bound' })(), o?.['m']?.(), (o.m)());
    detached();
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  function Fn(this: any, ...a: any[]) { return [this?.v, a.length]; }
  console.log(Fn.call({ v: 1 }, 1, 2), Fn.apply({ v: 2 }, [1]), Fn.bind({ v: 3 }, 1, 2)(3), Fn.length, Fn.name, Fn.bind(null).name);
  let i = 0;
  const arr: number[] = [];
  arr[i++] = i++;
  arr[i] = i = 5;
  console.log(arr, i, i++ + ++i, i-- - --i, (-i) ** 2);
}
