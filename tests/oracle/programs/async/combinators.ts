declare function delay<T>(ms: number, value: T): Promise<T>;
declare function fail(message: string): Promise<never>;
const timeout = <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`timed out after ${ms}`)), ms); });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
};
const mapSeries = async <A, B>(xs: readonly A[], f: (a: A, i: number) => Promise<B>): Promise<B[]> => {
  const out: B[] = [];
  for (const [i, x] of xs.entries()) out.push(await f(x, i));
  return out;
};
const props = async <T extends Record<string, unknown>>(o: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> => {
  const pairs = await Promise.all(Object.entries(o).map(async ([k, v]) => [k, await v] as const));
  return Object.fromEntries(pairs) as { [K in keyof T]: Awaited<T[K]> };
};
export async function main() {
  console.log(await Promise.all([]), await Promise.allSettled([]), await Promise.all([1, Promise.resolve('two'), delay(1, 3), { then: 4 }]));
  console.log(await timeout(200, delay(1, 'quick')), await timeout(2, delay(60, 'slow')).catch((e) => e.message));
  console.log(await mapSeries(['x', 'y'], async (s, i) => delay(2 - i, s + i)), await props({ a: delay(2, 1), b: 'plain', c: Promise.resolve([1]) }));
  console.log(await Promise.any([fail('one'), delay(3, 'any'), delay(40, 'later')]));
  try { await Promise.any([fail('one'), Promise.reject(2)]); } catch (e) {
    const { name, message, errors } = e as AggregateError;
    console.log(name, message, errors.map((x: unknown) => (x instanceof Error ? x.message : x)), e instanceof AggregateError);
  }
  try { await Promise.any([]); } catch (e) { console.log(String(e)); }
  const first = await Promise.race([delay(30, 'slow'), delay(1, 'fast'), new Promise<string>(() => {})]);
  const order: string[] = [];
  await Promise.all([3, 1, 2].map(async (n) => { await delay(n * 12, n); order.push(`n${n}`); }));
  const chained = await Promise.resolve(1).then((x) => x + 1).then((x) => { if (x === 2) throw x; return x; }).catch((x: number) => x * 10).finally(() => 'ignored');
  const nested = await Promise.resolve(Promise.resolve(Promise.resolve('deep')));
  const thenless = await (Promise.resolve(5).then(null, null) as Promise<number>);
  const replaced = await Promise.resolve('kept').finally(async () => { await fail('from finally'); }).catch((e) => (e as Error).message);
  return { first, order, chained, nested, thenless, replaced };
}
