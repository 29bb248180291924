function groupBy<T, K extends string>(xs: readonly T[], key: (x: T) => K): Record<K, T[]> {
  const out = {} as Record<K, T[]>;
  for (const x of xs) (out[key(x)] ??= []).push(x);
  return out;
}
function first<T>(xs: readonly T[]): T | undefined { return xs[0]; }
function pair<A, B>(a: A, b: B): [A, B] { return [a, b]; }
interface Box<T> { value: T; map<U>(f: (t: T) => U): Box<U> }
const box = <T>(value: T): Box<T> => ({ value, map: (f) => box(f(value)) });
function pick<T extends object, K extends keyof T>(o: T, ...keys: K[]): Pick<T, K> {
  const out = {} as Pick<T, K>;
  for (const k of keys) out[k] = o[k];
  return out;
}
export async function main() {
  console.log(groupBy([1, 2, 3, 4, 5], (x) => (x % 2 ? 'odd' : 'even')), first(['a']), first([]), pair(1, 'x'));
  console.log(box(3).map((x) => x + 1).map((x) => `v${x}`).value);
  return pick({ a: 1, b: 'two', c: [3] }, 'a', 'c');
}
