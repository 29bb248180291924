/** What iterating wrongly throws, in V8's words, and errors that pass through generators. */
function* once(): Generator<number> {
  yield 1;
  throw new RangeError('second step');
}

function attempt(name: string, run: () => unknown): void {
  try {
    console.log(name, run());
  } catch (error) {
    console.log(name, String(error));
  }
}

const lie = <T>(value: unknown): T => value as T;

export async function main(): Promise<void> {
  attempt('spread', () => [...once()]);
  attempt('loop', () => {
    const seen: number[] = [];
    for (const n of once()) seen.push(n);
    return seen;
  });
  attempt('pattern', () => {
    const [a, b] = once();
    return [a, b];
  });
  attempt('one', () => {
    const [a] = once();
    return a;
  });
  const g = once();
  attempt('first', () => g.next());
  attempt('second', () => g.next());
  attempt('third', () => g.next());
  function* self(): Generator<unknown> {
    yield 'before';
    yield me.next();
  }
  const me: Generator<unknown> = self();
  attempt('running', () => [me.next(), me.next()]);
  attempt('after', () => me.next());
  const bad = { [Symbol.iterator]: () => lie<Iterator<number>>(5) };
  attempt('not an iterator', () => [...bad]);
  const worse = { [Symbol.iterator]: () => ({ next: () => lie<IteratorResult<number>>(7) }) };
  attempt('not a result', () => [...worse]);
  const closing = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: 1, done: false }),
      return: () => lie<IteratorResult<number>>(undefined),
    }),
  };
  attempt('bad return', () => {
    for (const n of closing) if (n) break;
    return 'left';
  });
  attempt('error before bad return', () => {
    for (const n of closing) throw new Error(`body ${n}`);
    return 'left';
  });
  const throwing = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: 1, done: false }),
      return: (): IteratorResult<number> => {
        throw new TypeError('return throws');
      },
    }),
  };
  attempt('throwing return', () => {
    for (const n of throwing) if (n) break;
    return 'left';
  });
  attempt('throwing return, with an error', () => {
    for (const n of throwing) throw new Error(`body ${n}`);
    return 'left';
  });
  attempt('throwing return in a pattern', () => {
    const [a] = throwing;
    return a;
  });
  for (const value of [undefined, null, 5, {}]) attempt('not iterable', () => [...lie<number[]>(value)].length);
  try {
    for await (const n of lie<number[]>(5)) console.log(n);
  } catch (error) {
    console.log(String(error));
  }
  try {
    for await (const n of { [Symbol.asyncIterator]: () => ({ next: async () => lie<IteratorResult<number>>(3) }) }) console.log(n);
  } catch (error) {
    console.log(String(error));
  }
}
