/** Objects with [Symbol.iterator]: ranges, closing on every way out, destructuring, and what enumerates keys. */
interface Range extends Iterable<number> {
  readonly from: number;
  readonly to: number;
}

const range = (from: number, to: number): Range => ({
  from,
  to,
  *[Symbol.iterator]() {
    for (let i = from; i <= to; i++) yield i;
  },
});

function closable(name: string, limit: number): Iterable<number> {
  return {
    [Symbol.iterator](): Iterator<number> {
      let at = 0;
      return {
        next: () => (at < limit ? { value: ++at, done: false } : { value: undefined, done: true }),
        return: (value) => {
          console.log('closed', name, at);
          return { value, done: true };
        },
      };
    },
  };
}

function search(): string {
  for (const a of closable('outer', 3)) {
    for (const b of closable('inner', 3)) {
      if (b === 2 && a === 1) break;
      if (a === 2) return `${a}${b}`;
    }
  }
  return 'none';
}

export function main(): unknown {
  const r = range(2, 5);
  console.log([...r], Math.max(...r), Array.from(r, (n) => n * n), new Set(r).size);
  console.log(Object.keys(r), JSON.stringify(r), { ...r }.to);
  const [a, , b, ...rest] = range(1, 6);
  console.log(a, b, rest);
  console.log(search());
  try {
    for (const n of closable('thrown', 5)) if (n === 3) throw new Error(`at ${n}`);
  } catch (error) {
    console.log(String(error));
  }
  const [first] = closable('pattern', 4);
  const [x, y, z = 'default'] = closable('exhausted', 2);
  console.log(first, x, y, z);
  outer: for (const i of [1, 2]) {
    for (const n of closable(`labelled ${i}`, 5)) {
      if (n === 2) continue outer;
      if (i === 2) break outer;
    }
  }
  try {
    const [p = fail()] = closable('default fails', 0);
    console.log(p);
  } catch (error) {
    console.log(String(error));
  }
  try {
    const [p, q = fail()] = {
      *[Symbol.iterator]() {
        try {
          yield 1;
          yield undefined;
          yield 3;
        } finally {
          console.log('generator closed');
        }
      },
    } as Iterable<number | undefined>;
    console.log(p, q);
  } catch (error) {
    console.log(String(error));
  }
  const it = r[Symbol.iterator]();
  console.log(it.next(), it.next());
  const words = new Map([["k", 1]]);
  return [...words];
}

function fail(): number {
  throw new RangeError('no default');
}
