const isThenable = (v: any): v is PromiseLike<unknown> => v != null && typeof v.then === 'function';
const isFunction = (v: unknown): v is (...args: any[]) => unknown => typeof v === 'function';
const hasLength = (v: unknown): v is { length: number } => typeof (v as { length?: unknown })?.length === 'number';
export async function main() {
  console.log([Promise.resolve(1), { then() {} }, { then: 5 }, 5, null, 'text'].map(isThenable), isFunction(isThenable), isFunction({}), ['a', [1], {}, null].map(hasLength));
  const data: Record<string, any> = { list: [1, 2], text: 'str', map: new Map(), number: 5.5, flag: true, plain: { x: 1 }, own: { toString: () => 'own', slice: () => 'mine' }, date: new Date(0), none: null, f: (a: number) => a };
  for (const [key, value] of Object.entries(data)) {
    if (value === null) continue;
    console.log(key, typeof value.map, typeof value.slice, typeof value?.get, typeof value?.toFixed, typeof value.own?.x, key === 'f' ? 'f' : value.toString(), value.hasOwnProperty('x'), typeof value.valueOf());
  }
  console.log(typeof data.none?.then, typeof data.nope?.then?.x, data.own.slice(1), data.text.slice(1), data.number.toString(2), data.plain.toLocaleString());
  try { typeof data.none.then; } catch (e) { console.log(String(e)); }
  try { data.none.toString(); } catch (e) { console.log(String(e)); }
  try { data.plain.nothing(); } catch (e) { console.log(String(e)); }
  const resolved = await Promise.all([1, Promise.resolve(2), { then: (f: (n: number) => void) => f(3) }].map((v: any) => (typeof v.then === 'function' ? v : Promise.resolve(v))));
  const typed: string | Promise<string> = Math.abs(-1) > 0 ? Promise.resolve('p') : 's';
  return { resolved, typed: typeof (typed as PromiseLike<string>).then };
}
