// Symbols as keys and values: branded fields, registries, enumerations, conversions.
const kId = Symbol('id');
const kMake = Symbol('make');
const kSecret: unique symbol = Symbol.for('secret');
interface Tagged { [kId]: number; name: string }
const tag = (name: string, id: number): Tagged => ({ name, [kId]: id });
class Money {
  static readonly [kMake] = (n: number) => new Money(n);
  readonly [kSecret] = 'hush';
  constructor(readonly cents: number) {}
  [Symbol.toPrimitive](hint: string): string | number { return hint === 'string' ? `$${(this.cents / 100).toFixed(2)}` : hint === 'number' ? this.cents : `default:${this.cents}`; }
  get [kId](): number { return this.cents * 10; }
  set [kId](v: number) { (this as { cents: number }).cents = v; }
  [`plain${1 + 1}`](): string { return 'computed method'; }
  static [Symbol.hasInstance](v: unknown): boolean { return typeof v === 'object' && v !== null && 'cents' in v; }
}
const names = { A: 'alpha', B: 'beta' } as const;
class Events { [names.A]() { return 'A'; } get [names.B]() { return 'B'; } static [names.A] = 5; }
class Range {
  readonly [Symbol.toStringTag] = 'Range';
  constructor(readonly from: number, readonly to: number) {}
  *[Symbol.iterator]() { for (let i = this.from; i <= this.to; i++) yield i; }
}
function mixin(key: symbol, label: string) { return class { [key]() { return label; } static [label] = key; }; }
const isIterable = (v: unknown): v is Iterable<unknown> => v != null && typeof (v as Iterable<unknown>)[Symbol.iterator] === 'function';
export async function main() {
  const a = tag('a', 1);
  console.log(a, a[kId], JSON.stringify(a), Object.keys(a), { ...a }, Object.getOwnPropertySymbols(a));
  console.log(kId.toString(), kId.description, typeof kId, String(kId), Symbol('x') === Symbol('x'), Symbol.for('q') === Symbol.for('q'), Symbol().description);
  const m = Money[kMake](1250);
  console.log(`${m}`, +m, m + '', m[kSecret], m[kId]);
  m[kId] = 5;
  console.log(m.cents, m, Money, (m as unknown as Record<string, () => string>)['plain2']!());
  console.log(m instanceof Money, ({ cents: 1 }) instanceof Money, [] instanceof Money);
  const ev = new Events();
  console.log(ev, ev[names.A](), ev[names.B], Events, Events[names.A]);
  const r = new Range(1, 3);
  console.log(r, [...r], String(r), `${r}`);
  const k1 = Symbol('one');
  const M = mixin(k1, 'uno'); const N = mixin(Symbol(), 'dos');
  console.log((new M() as unknown as Record<symbol, () => string>)[k1]!(), M, N, new M());
  console.log([[1], 'x', new Map(), new Set(), r, 5, null, undefined, { a: 1 }, (function* () {})()].map(isIterable));
  console.log(Symbol.iterator in r, kId in a, kId in { b: 1 }, Symbol.iterator in [1]);
  const reg = new Map<symbol, string>([[kId, 'id'], [Symbol.for('z'), 'zz']]);
  console.log(reg, reg.get(kId), reg.get(Symbol.for('z')), reg.has(Symbol('id')), new Set([kId, kId, kMake]));
  const Status = { Open: Symbol('open'), Closed: Symbol('closed') } as const;
  const label = (s: symbol) => { switch (s) { case Status.Open: return 'o'; case Status.Closed: return 'c'; default: return '?'; } };
  console.log(label(Status.Open), label(Status.Closed), label(Symbol('open')), Status);
  const o: Record<symbol | string, unknown> = { z: 1, [kId]: 2, a: 3 };
  o[kMake] = 4; o.b = 5;
  const { [kId]: got, ...others } = o;
  delete o[kMake];
  console.log(got, others, o, Object.assign({}, o));
  try { `${kId as unknown as string}`; } catch (e) { console.log((e as Error).message); }
  try { Number(kId as unknown as string); } catch (e) { console.log((e as Error).message); }
  try { (undefined as unknown as Record<symbol, number>)[kId]; } catch (e) { console.log((e as Error).message); }
  try { (Object.freeze({ [kId]: 1 }) as Record<symbol, number>)[kId] = 2; } catch (e) { console.log((e as Error).message); }
  const price = { amount: 5, [Symbol.toPrimitive]: (hint: string) => hint === 'number' ? 5 : 'five' };
  console.log(+price, `${price}`, (price as any) + 1, (price as any) * 2, price);
  console.log({ [Symbol.toStringTag]: 'Custom', a: 1 }, String({ [Symbol.toStringTag]: 'Custom' }), Boolean(kId), [kId, Symbol()], { f: { [kId]: { deep: { er: 1 } } } });
  const fnWithSym = Object.assign(() => 1, { [kId]: 5 });
  console.log(fnWithSym, fnWithSym[kId]);
  const obj2 = { [kId]: () => 1, [Symbol('m')]() { return 2; }, get [Symbol('g')]() { return 3; } };
  console.log(obj2, obj2[kId].name);
  console.log(structuredClone({ x: 1, [kId]: 2 }));
  const emptyTag = { *[Symbol.iterator]() { yield 1; yield 2; } };
  return [[...emptyTag], typeof Symbol.for('a'), kSecret.description];
}
