// Functions with properties of their own: debounce with cancel, memo with a cache, counters; classes with their static fields.
interface Debounced<A extends unknown[]> { (...args: A): void; cancel(): void; flush(): void; pending: boolean }
function debounce<A extends unknown[]>(fn: (...args: A) => void, ms: number): Debounced<A> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: A | undefined;
  const debounced = (...args: A): void => {
    last = args;
    debounced.pending = true;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = undefined; debounced.pending = false; fn(...args); }, ms);
  };
  debounced.pending = false;
  debounced.cancel = (): void => { clearTimeout(timer); timer = undefined; debounced.pending = false; };
  debounced.flush = (): void => { if (timer !== undefined && last) { debounced.cancel(); fn(...last); } };
  return debounced;
}
function memo<A, R>(fn: (a: A) => R): ((a: A) => R) & { cache: Map<A, R>; hits: number } {
  const cache = new Map<A, R>();
  const wrapped = (a: A): R => {
    const known = cache.get(a);
    if (known !== undefined) { result.hits++; return known; }
    const made = fn(a); cache.set(a, made); return made;
  };
  const result = Object.assign(wrapped, { cache, hits: 0 });
  return result;
}
function counter(): number { counter.calls = (counter.calls ?? 0) + 1; return counter.calls; }
counter.calls = 0 as number;
class K { static x = 1; static #hidden = 2; static readonly tags = ['a']; static m() { return K.#hidden; } }
class L extends K { static y = { deep: { deeper: { deepest: 1 } } }; }
const compose = (...fns: ((x: number) => number)[]) => fns.reduce((f, g) => function composed(x: number) { return g(f(x)); });
export async function main() {
  const seen: string[] = [];
  const d = debounce((s: string) => { seen.push(s); }, 5);
  d('a'); d('b');
  console.log(d.pending, d.name, d.length, typeof d.cancel);
  d.flush();
  console.log(seen, d.pending);
  d('c'); d.cancel();
  await new Promise<void>((r) => setTimeout(r, 20));
  d('e');
  await new Promise<void>((r) => setTimeout(r, 20));
  console.log(seen, d);
  const sq = memo((n: number) => n * n);
  sq(2); sq(2); sq(3);
  console.log(sq.hits, sq.cache, sq, Object.keys(sq), sq.name, sq.length);
  counter(); counter();
  console.log(counter.calls, counter, { ...counter }, JSON.stringify({ counter }), 'calls' in counter, Object.hasOwn(counter, 'name'));
  console.log(K, L, K.m(), [K], { L });
  console.log(console.log === console.log, Math.max === Math.max, setTimeout === setTimeout, console.log === console.error);
  const m = new Map<unknown, string>([[parseInt, 'parseInt'], [Math.min, 'min']]);
  console.log(m.get(parseInt), m.get(Math.min), m.get(Math.max));
  const fact = function self(n: number): number { return n <= 1 ? 1 : n * [n - 1].map(self)[0]!; };
  console.log(fact(6), fact.name);
  const bound = function (this: { k: number }, a: number, b: number) { return this.k + a + b; }.bind({ k: 10 }, 1);
  console.log(bound(2), bound.name, bound.length, bound);
  const named = counter.bind(null);
  console.log(named.name, named.length, named);
  try { Object.assign(counter, { name: 'x' }); } catch (e) { console.log((e as Error).name, (e as Error).message.slice(0, 40)); }
  const frozen = Object.freeze(Object.assign(() => 1, { a: 1 }));
  try { (frozen as { a: number }).a = 2; } catch (e) { console.log((e as Error).name); }
  try { (frozen as unknown as { b: number }).b = 2; } catch (e) { console.log((e as Error).message); }
  delete (counter as { calls?: number }).calls;
  console.log(counter.calls, counter);
  console.log(compose((x) => x + 1, (x) => x * 2)(5), compose((x) => x, (x) => x).name);
  let tick: (() => void) | null = null;
  const fns: (() => unknown)[] = [];
  for (let i = 0; i < 3; i++) { const f = function again() { return again; }; fns.push(f); }
  console.log(fns.map((f) => f() === f), new Set(fns.map((f) => f())).size, tick);
  const poll = async function poll(left: number): Promise<string> { if (left === 0) return 'done'; return new Promise((resolve) => setTimeout(() => resolve(poll(left - 1)), 1)); };
  console.log(await poll(3));
  const rec = Object.assign(function me(): unknown { return rec; }, { self: null as unknown });
  rec.self = rec;
  console.log(rec);
  const t = Object.assign(async () => 5, { retry: 3, nested: { a: { b: { c: 1 } } } });
  console.log([t, [t], [[t]], [[[t]]], [[[[t]]]]]);
  return [d.length, (0, counter).name];
}
