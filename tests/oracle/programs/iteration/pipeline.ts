/** Lazy pipelines: map, filter, take, chunk, zip over generators, with each stage logging what it does. */
function* map<T, U>(items: Iterable<T>, f: (item: T, index: number) => U): Generator<U> {
  let index = 0;
  for (const item of items) yield f(item, index++);
}

function* filter<T, S extends T>(items: Iterable<T>, keep: (item: T) => item is S): Generator<S> {
  for (const item of items) if (keep(item)) yield item;
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return;
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken >= count) return;
  }
}

function* chunk<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function* zip<A, B>(left: Iterable<A>, right: Iterable<B>): Generator<[A, B]> {
  const a = left[Symbol.iterator]();
  const b = right[Symbol.iterator]();
  try {
    for (;;) {
      const [x, y] = [a.next(), b.next()];
      if (x.done || y.done) return;
      yield [x.value, y.value];
    }
  } finally {
    a.return?.();
    b.return?.();
  }
}

function* naturals(name: string): Generator<number> {
  try {
    for (let n = 1; ; n++) {
      console.log(`${name} makes ${n}`);
      yield n;
    }
  } finally {
    console.log(`${name} is closed`);
  }
}

const isEven = (n: number): n is number => n % 2 === 0;

export function main(): unknown {
  const squares = map(filter(naturals('squares'), isEven), (n, i) => ({ n, square: n * n, i }));
  const three = [...take(squares, 3)];
  const chunks = Array.from(chunk(take(naturals('chunks'), 5), 2));
  const zipped = [...take(zip(naturals('left'), 'abcdef'), 3)];
  const short = [...zip(naturals('long'), ['x', 'y'])];
  const sum = [...take(naturals('sum'), 4)].reduce((a, b) => a + b, 0);
  const entries = Object.fromEntries(map(['k', 'l'], (key, index): [string, number] => [key, index]));
  return { three, chunks, zipped, short, sum, entries, map: new Map(zip('ab', [1, 2])) };
}
