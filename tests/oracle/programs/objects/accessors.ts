// Accessors in object literals, spread, copied, logged and stringified; properties defined one by one.
interface Temp { celsius: number; fahrenheit: number; readonly kelvin: number }
function temperature(start: number): Temp {
  let c = start;
  return {
    get celsius() { return c; },
    set celsius(v: number) { c = v; },
    get fahrenheit() { return c * 9 / 5 + 32; },
    set fahrenheit(v) { c = (v - 32) * 5 / 9; },
    get kelvin() { return c + 273.15; },
  };
}
const store = <S extends object>(initial: S) => {
  let state = initial;
  const listeners = new Set<(s: S) => void>();
  return {
    name: 'store',
    get state() { return state; },
    set state(next: S) { state = next; for (const l of listeners) l(next); },
    subscribe(l: (s: S) => void) { listeners.add(l); return () => listeners.delete(l); },
    get size() { return listeners.size; },
  };
};
const lazy = {
  _v: 0,
  get value() { if (this._v === 0) this._v = 41 + 1; return this._v; },
  set value(n: number) { this._v = n * 2; },
  nested: { get deep() { return { a: { b: { c: 1 } } }; } },
};
export async function main() {
  const t = temperature(100);
  console.log(t, t.celsius, t.fahrenheit, t.kelvin);
  t.fahrenheit = 32;
  console.log(t.celsius, Object.keys(t), JSON.stringify(t), { ...t }, Object.entries(t));
  try { (t as { kelvin: number }).kelvin = 3; } catch (e) { console.log((e as Error).name, (e as Error).message); }
  const s = store({ n: 1 });
  const seen: number[] = [];
  const off = s.subscribe((x) => { seen.push(x.n); });
  s.state = { n: 2 };
  s.state = { n: s.state.n + 1 };
  off();
  console.log(s, seen, s.size, s.state);
  console.log(lazy.value, lazy, lazy.nested);
  lazy.value = 4;
  lazy.value += 1;
  lazy.value++;
  console.log(lazy.value, 'value' in lazy, Object.hasOwn(lazy, 'value'));
  const { value, ...rest } = lazy;
  console.log(value, rest);
  const copy = Object.assign({}, lazy);
  copy.value = 7;
  console.log(copy, structuredClone({ a: temperature(1) }));
  const key = 'dyn' + 1;
  const dyn = { get [key]() { return 'got'; }, [key + 'm']() { return 1; }, [`a${1}`]: () => 2, async *[key + 'g']() { yield 1; } };
  console.log(dyn, (dyn as Record<string, unknown>)[key]);
  // defineProperty
  const target: Record<string, unknown> = { plain: 1 };
  Object.defineProperty(target, 'hidden', { value: 42 });
  Object.defineProperty(target, 'ro', { value: 'x', enumerable: true });
  Object.defineProperty(target, 'calc', { get() { return (this as Record<string, number>).plain! + 1; }, enumerable: true, configurable: true });
  console.log(target, Object.keys(target), target.hidden, JSON.stringify(target), target.calc);
  try { target.ro = 'y'; } catch (e) { console.log((e as Error).message); }
  try { target.hidden = 'y'; } catch (e) { console.log((e as Error).message); }
  try { delete target.ro; } catch (e) { console.log((e as Error).message); }
  try { Object.defineProperty(target, 'ro', { value: 'z' }); } catch (e) { console.log((e as Error).message); }
  try { target.calc = 1; } catch (e) { console.log((e as Error).message); }
  Object.defineProperty(target, 'calc', { value: 9 });
  console.log(Object.getOwnPropertyDescriptor(target, 'calc'), Object.getOwnPropertyDescriptor(target, 'hidden'), Object.getOwnPropertyDescriptor(target, 'plain'), Object.getOwnPropertyDescriptor(target, 'none'));
  console.log(Object.getOwnPropertyDescriptor(t, 'celsius'), Object.getOwnPropertyNames(target));
  class User { constructor(readonly name: string, secret: string) { Object.defineProperty(this, 'secret', { value: secret, enumerable: false }); } }
  const u = new User('ann', 's3');
  console.log(u, JSON.stringify(u), (u as unknown as { secret: string }).secret);
  class MyError extends Error { constructor(m: string) { super(m); Object.defineProperty(this, 'code', { value: 'E_X', enumerable: false, writable: true }); Object.defineProperty(this, 'when', { get: () => 5, enumerable: true }); } }
  const e = new MyError('boom') as MyError & { code: string; when: number };
  e.code = 'E_Y';
  console.log(e.code, e.when, String(e), Object.keys(e), e.message);
  Object.defineProperties(target, { p: { value: 1, enumerable: true }, q: { get: () => 2 } });
  console.log(target);
  const fz = Object.freeze({ get now() { return 5; }, set now(v) { seen.push(v); }, k: 1 });
  (fz as { now: number }).now = 99;
  console.log(fz.now, seen, Object.isFrozen(fz));
  try { (fz as { k: number }).k = 2; } catch (err) { console.log((err as Error).message); }
  const proto = Object.create(null);
  proto.x = 1;
  return [JSON.stringify({ get a() { return [1, { get b() { return 2; } }]; } }), t.kelvin];
}
