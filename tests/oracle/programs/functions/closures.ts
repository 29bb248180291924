export async function main() {
  const fs: (() => number)[] = [];
  for (let i = 0; i < 3; i++) fs.push(() => i * 10);
  for (let i = 0; i < 3; i++) { fs.push(() => i); i += 0; }
  let shared = 0;
  const inc = () => { shared++; return shared; };
  const add = (n: number) => { shared += n; };
  inc(); add(5); inc();
  let text = '';
  ['a', 'b', 'c'].forEach((x) => { text += x; });
  const compose = <A, B, C>(f: (a: A) => B, g: (b: B) => C) => (a: A): C => g(f(a));
  const curry = (a: number) => (b: number) => (c: number) => a + b * c;
  console.log(fs.map((f) => f()), shared, text, compose((x: number) => x + 1, String)(4), curry(1)(2)(3));
  function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
  const memo: Record<number, number> = {};
  const fast = (n: number): number => memo[n] ?? (memo[n] = n < 2 ? n : fast(n - 1) + fast(n - 2));
  return [fib(15), fast(50)];
}
