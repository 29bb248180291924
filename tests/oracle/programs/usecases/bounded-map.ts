declare function delay<T>(ms: number, value: T): Promise<T>;
type Mapper<T, R> = (item: T, index: number) => Promise<R> | R;
async function pMap<T, R>(items: Iterable<T>, mapper: Mapper<T, R>, { concurrency = Infinity, stopOnError = true }: { concurrency?: number; stopOnError?: boolean } = {}): Promise<R[]> {
  if (!(Number.isSafeInteger(concurrency) || concurrency === Infinity) || concurrency < 1) {
    throw new TypeError(`Expected \`concurrency\` to be an integer from 1 and up or \`Infinity\`, got \`${concurrency}\` (${typeof concurrency})`);
  }
  return new Promise<R[]>((resolve, reject) => {
    const result: R[] = [];
    const errors: unknown[] = [];
    const iterator = items[Symbol.iterator]();
    let isRejected = false;
    let isIterableDone = false;
    let resolvingCount = 0;
    let currentIndex = 0;
    const next = (): void => {
      if (isRejected) return;
      const nextItem = iterator.next();
      const index = currentIndex++;
      if (nextItem.done) {
        isIterableDone = true;
        if (resolvingCount === 0) {
          if (!stopOnError && errors.length > 0) reject(new AggregateError(errors, `${errors.length} failed`));
          else resolve(result);
        }
        return;
      }
      resolvingCount++;
      (async () => {
        try {
          result[index] = await mapper(nextItem.value, index);
          resolvingCount--;
          next();
        } catch (error) {
          if (stopOnError) { isRejected = true; reject(error); }
          else { errors.push(error); resolvingCount--; next(); }
        }
      })();
    };
    for (let i = 0; i < concurrency; i++) {
      next();
      if (isIterableDone) break;
    }
  });
}
export async function main() {
  let running = 0, peak = 0;
  const doubled = await pMap(new Set([5, 3, 9, 1, 7]), async (n, i) => {
    peak = Math.max(peak, ++running);
    await delay(n * 2, null);
    running--;
    return `${i}:${n * 2}`;
  }, { concurrency: 2 });
  const failures = await pMap([1, 2, 3, 4], (n) => { if (n % 2) throw new RangeError(`odd ${n}`); return n; }, { stopOnError: false }).catch((e: unknown) => e);
  const bad = await pMap([1], (n) => n, { concurrency: 0.5 }).catch((e: Error) => e.message);
  console.log(failures instanceof AggregateError && failures.errors.map(String));
  return { doubled, peak, bad, ordered: await pMap('abc', (c) => c.toUpperCase()) };
}
