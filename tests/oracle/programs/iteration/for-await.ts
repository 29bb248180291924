/** for await over async generators, sync iterables of promises, and guest iterators of both kinds. */
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function* slow(count: number): AsyncGenerator<number> {
  try {
    for (let i = 0; i < count; i++) {
      await wait(5);
      yield i;
    }
  } finally {
    console.log('slow closed');
  }
}

const counted = (limit: number) => ({
  [Symbol.asyncIterator]() {
    let at = 0;
    return {
      async next(): Promise<IteratorResult<number>> {
        at++;
        return at > limit ? { value: undefined, done: true } : { value: at, done: false };
      },
      async return(): Promise<IteratorResult<number>> {
        console.log('counted closed at', at);
        return { value: undefined, done: true };
      },
    };
  },
});

function* promises(): Generator<Promise<string> | string> {
  try {
    yield wait(3).then(() => 'late');
    yield 'plain';
    yield Promise.reject(new Error('third'));
    yield 'never';
  } finally {
    console.log('sync closed');
  }
}

async function find(limit: number): Promise<string> {
  outer: for await (const a of slow(4)) {
    for await (const b of counted(5)) {
      if (a * b === limit) return `${a} * ${b}`;
      if (b > 3) continue outer;
    }
  }
  return 'none';
}

export async function main(): Promise<unknown> {
  const seen: unknown[] = [];
  for await (const n of slow(3)) seen.push(n);
  for await (const n of counted(3)) seen.push(n);
  for await (const [i, v] of [Promise.resolve([1, 'x'] as const), [2, 'y'] as const]) seen.push(`${i}${v}`);
  try {
    for await (const text of promises()) seen.push(text);
  } catch (error) {
    seen.push((error as Error).message);
  }
  for await (const p of promises()) {
    seen.push(p);
    if (p === 'plain') break;
  }
  console.log(await find(6), await find(100));
  try {
    for await (const n of counted(9)) {
      if (n === 2) throw new TypeError(`stop at ${n}`);
    }
  } catch (error) {
    seen.push(String(error));
  }
  for await (const c of 'añ') seen.push(c);
  for await (const [k, v] of new Map([['k', 1]])) seen.push(k, v);
  return seen;
}
