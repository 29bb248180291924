/** An infinite generator, taken from by loops, destructuring and a counter of steps. */
function* fibonacci(): Generator<number> {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, a + b];
  }
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left <= 0) return;
  for (const item of items) {
    yield item;
    if (--left <= 0) return;
  }
}

export async function main(): Promise<unknown> {
  const [first, second, , fourth] = fibonacci();
  const small: number[] = [];
  for (const n of fibonacci()) {
    if (n > 100) break;
    if (n % 2 === 0) continue;
    small.push(n);
  }
  const g = fibonacci();
  console.log(g.next(), g.next(), g.next());
  console.log(g.return(7), g.next());
  console.log([...take(fibonacci(), 12)], Array.from(take(fibonacci(), 5), (n) => n * 10));
  console.log(Math.max(...take(fibonacci(), 20)), new Set(take(fibonacci(), 4)));
  return { first, second, fourth, small };
}
