// A function of the library or the host is one value however often it is mentioned: Map keys, Set members, comparisons.
declare function delay(ms: number, value: string): Promise<string>;
const formatters = new Map<(value: never) => unknown, string>([[String, 'text'], [Number, 'number'], [Boolean, 'truth']]);
const pick = (strict: boolean) => (strict ? Number.isInteger : Number.isFinite);

export async function main() {
  console.log(console.log === console.log, console.warn === console.error, Math.max === Math.max, Object.keys === Object.keys);
  console.log(formatters.get(String), formatters.get(Number), formatters.get(Boolean), formatters.size);
  console.log(pick(true) === Number.isInteger, pick(false) === pick(false), pick(true) === pick(false));
  const hooks = new Set<unknown>([parseInt, parseInt, JSON.stringify, JSON.stringify, delay, delay]);
  console.log(hooks.size, hooks.has(delay), hooks.has(parseFloat));
  const seen = new WeakSet<object>();
  seen.add(Math.floor);
  console.log(seen.has(Math.floor), seen.has(Math.ceil), Math.floor.name, parseInt.length, Math.max.length);
  console.log(['1', ' 2 ', 'x', ''].map(Number), [0, 1, '', 'a', null].map(Boolean), [1, null, true].map(String));
  const { max, min } = Math;
  const { isArray } = Array;
  console.log(max(1, 2), min(1, 2), isArray([]), max === Math.max);
  return [await delay(1, 'late'), typeof delay, (0, Math.sign)(-3)];
}
