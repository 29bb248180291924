/** Async streams: batching by size, merging by arrival, a queue with back pressure, cancellation by return. */
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function* every<T>(ms: number, items: readonly T[], name = ''): AsyncGenerator<T, void, undefined> {
  try {
    for (const item of items) {
      await wait(ms);
      yield item;
    }
  } finally {
    if (name) console.log(`${name} ends`);
  }
}

async function* batched<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of source) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length) yield batch;
}

async function* merged<T>(...sources: AsyncGenerator<T, void, undefined>[]): AsyncGenerator<T> {
  const next = (index: number): Promise<{ index: number; result: IteratorResult<T, void> }> =>
    sources[index]!.next().then((result) => ({ index, result }));
  const waiting = new Map(sources.map((_, index) => [index, next(index)]));
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values());
      if (result.done) waiting.delete(index);
      else {
        waiting.set(index, next(index));
        yield result.value;
      }
    }
  } finally {
    for (const index of waiting.keys()) sources[index]!.return();
  }
}

function channel<T>(): { push(item: T): void; close(): void; items: AsyncGenerator<T> } {
  const queue: T[] = [];
  let closed = false;
  let wake: () => void = () => {};
  async function* items(): AsyncGenerator<T> {
    for (;;) {
      while (queue.length > 0) yield queue.shift()!;
      if (closed) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    push: (item) => {
      queue.push(item);
      wake();
    },
    close: () => {
      closed = true;
      wake();
    },
    items: items(),
  };
}

export async function main(): Promise<unknown> {
  const batches: number[][] = [];
  for await (const batch of batched(every(2, [1, 2, 3, 4, 5], 'batched'), 2)) batches.push(batch);
  const merge: string[] = [];
  for await (const item of merged(every(100, ['a1', 'a2', 'a3'], 'a'), every(250, ['b1', 'b2'], 'b'))) merge.push(item);
  const cut: number[] = [];
  for await (const item of merged(every(80, [1, 2, 3], 'left'), every(120, [10, 20, 30], 'right'))) {
    cut.push(item);
    if (item === 10) break;
  }
  await wait(150);
  const { push, close, items } = channel<string>();
  const received: string[] = [];
  const consumer = (async () => {
    for await (const item of items) {
      received.push(item);
      console.log('received', item);
    }
    return 'drained';
  })();
  push('x');
  push('y');
  await wait(5);
  push('z');
  close();
  return { batches, merge, cut, received, end: await consumer };
}
