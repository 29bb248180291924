type Fn = (...args: any[]) => unknown;
const show = (a?: unknown, b: unknown = 'B', ...rest: unknown[]) => [a, b, rest];
export async function main() {
  const any: Fn = show as Fn;
  console.log(any(), any(1), any(1, undefined, 3), any(null, null, ...[4, 5]), show.length, show.name);
  console.log(['1', '2', '3'].map(Number), ['1', '2', '3'].map((x) => parseInt(x)), ['10', '10', '10'].map(parseInt), [1, 2, 3].map(String), [0, 1, ''].filter(Boolean));
  const callbacks: ((x: number, y: number) => number)[] = [(x) => x, (_, y) => y, () => 7, (x, y) => x - y, Math.max, Math.pow];
  console.log(callbacks.map((f) => f(2, 5)), callbacks.slice(0, 4).map((f) => f.length));
  function overload(x: string): string;
  function overload(x: number, y?: number): number;
  function overload(x: string | number, y = 1): string | number { return typeof x === 'string' ? x + y : x + y; }
  console.log(overload('a'), overload(1), overload(1, 2));
  let calls = 0;
  const count = () => ++calls;
  const lazy = (a = count(), b = count() + a, { c = a + b, d: [e = c] = [] }: { c?: number; d?: number[] } = {}) => [a, b, c, e];
  console.log(lazy(), lazy(10), lazy(1, 2, { c: 3, d: [4] }), lazy(undefined, 0, { d: [undefined as any, 9] }), calls);
  const self = function fact(n: number): number { return n <= 1 ? 1 : n * fact(n - 1); };
  const bound = self.bind(null, 6);
  console.log(self(10), bound(), self.call(undefined, 4), Math.max.apply(null, [3, 9, 2]), ((a: number, b: number) => a * b).apply(null, [6, 7]));
  const partial = <A, B extends unknown[], R>(f: (a: A, ...b: B) => R, a: A) => (...b: B): R => f(a, ...b);
  const flip = <A, B, R>(f: (a: A, b: B) => R) => (b: B, a: A): R => f(a, b);
  console.log(partial((a: number, b: number, c: string) => a + b + c, 1)(2, 'z'), flip((a: string, b: number) => a.repeat(b))(3, 'ab'));
  console.log([[1, 2], [3, 4]].map(([a, b = 0]) => a! * b), Object.entries({ x: 1 }).map(([k, v], i) => k + v + i), (({ length }) => length)('four'));
  const pipe = (...fs: ((x: number) => number)[]) => (x: number) => fs.reduce((v, f) => f(v), x);
  return pipe((x) => x + 1, (x) => x * 2, Math.sqrt)(7);
}
