/** Generators as sources of identifiers: closures over counters, objects with generator methods, `this` in them. */
function* ids(prefix: string, start = 1): Generator<string, never, boolean | undefined> {
  let at = start;
  for (;;) {
    const reset = yield `${prefix}-${String(at).padStart(3, '0')}`;
    at = reset ? start : at + 1;
  }
}

const store = {
  items: ['pen', 'ink', 'pad'],
  prices: new Map([['pen', 2], ['ink', 7.5]]),
  *names(this: { items: string[] }) {
    for (const item of this.items) yield item.toUpperCase();
  },
  *[Symbol.iterator]() {
    yield* this.items.entries();
  },
  *priced(): Generator<[string, number | undefined]> {
    const lookup = (name: string): number | undefined => this.prices.get(name);
    for (const item of this.items) yield [item, lookup(item)];
  },
};

function makeCounters(): { up: () => number; all: () => IterableIterator<number> } {
  let count = 0;
  return {
    up: () => ++count,
    all: function* () {
      while (count < 5) {
        yield count;
        count++;
      }
    },
  };
}

export async function main(): Promise<unknown> {
  const order = ids('ord');
  const item = ids('item', 40);
  const next = (): string => order.next().value;
  const made = [next(), next(), item.next().value, next(), order.next(true).value, item.next(false).value];
  console.log(made);
  console.log([...store.names()], [...store], Object.fromEntries(store.priced()));
  const counters = makeCounters();
  counters.up();
  const seen: number[] = [];
  for (const n of counters.all()) {
    seen.push(n);
    if (n === 2) counters.up();
  }
  const generators = [ids('a'), ids('b')];
  const mixed = generators.flatMap((g) => [g.next().value, g.next().value]);
  const pick = async (g: Generator<string, never, boolean | undefined>): Promise<string> => {
    const value = g.next().value;
    await null;
    return value + g.next().value;
  };
  const both = await Promise.all([pick(order), pick(order), pick(item)]);
  return { seen, mixed, both };
}
