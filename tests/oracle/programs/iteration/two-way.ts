/** Values, errors and returns sent into a generator, with finally on every way out. */
function* conversation(name: string): Generator<string, string, number> {
  let sum = 0;
  try {
    for (let round = 1; round <= 4; round++) {
      try {
        const got = yield `${name} ${round}: ${sum}`;
        console.log('got', got);
        sum += got;
      } catch (error) {
        console.log('caught', (error as Error).message);
        sum = -1;
      }
    }
    return `sum ${sum}`;
  } finally {
    console.log('finally', name, sum);
  }
}

function* stubborn(): Generator<string, string, unknown> {
  try {
    yield 'a';
  } finally {
    const seen = yield 'cleaning';
    console.log('cleaned with', seen);
  }
  return 'unreachable';
}

function* overriding(): Generator<number, string, unknown> {
  try {
    yield 1;
    return 'normal';
  } finally {
    return 'overridden';
  }
}

function* withDefault(a: number, b = a * 2): Generator<number> {
  console.log('starts', a, b);
  yield a + b;
}

export async function main(): Promise<void> {
  const c = conversation('c');
  console.log(c.next(99), c.next(1), c.next(2), c.throw(new Error('no')), c.next(5), c.next(6));
  const d = conversation('d');
  console.log(d.next(), d.return('early'), d.next(), d.return('again'));
  const fresh = conversation('fresh');
  console.log(fresh.return('never began'), fresh.next());
  const failing = conversation('failing');
  try {
    failing.throw(new RangeError('at start'));
  } catch (error) {
    console.log(String(error), failing.next());
  }
  const s = stubborn();
  console.log(s.next(), s.return('r'), s.next('x'), s.next());
  const o = overriding();
  console.log(o.next(), o.return('asked'), o.next());
  const p = overriding();
  console.log(p.next());
  console.log(p.throw(new Error('swallowed')));
  const w = withDefault(2);
  console.log('made');
  console.log([...w], [...w]);
  console.log(c, typeof c, String(c), Object.keys(c), JSON.stringify(c), conversation);
  console.log(c[Symbol.iterator]() === c);
}
