declare function delay<T>(ms: number, value: T): Promise<T>;
export async function main() {
  console.log(await Promise.all([1, delay(5, 2), Promise.resolve(3)]), await Promise.all([]));
  console.log(await Promise.race([delay(200, 'slow'), delay(2, 'fast')]), await Promise.any([Promise.reject(new Error('x')), delay(1, 'any')]));
  try { await Promise.any([Promise.reject(1), Promise.reject(2)]); } catch (e) { console.log((e as AggregateError).errors, (e as Error).message, (e as Error).name); }
  try { await Promise.all([delay(1, 1), Promise.reject(new Error('all'))]); } catch (e) { console.log((e as Error).message); }
  const p = new Promise<number>((resolve, reject) => { setTimeout(() => resolve(42), 3); setTimeout(() => reject(new Error('late')), 6); });
  console.log(await p);
  const thrower = new Promise<number>(() => { throw new Error('in executor'); });
  console.log(await thrower.catch((e) => (e as Error).message));
  const chained = Promise.resolve(1).then((x) => x + 1).then((x) => { throw new Error(`at ${x}`); }).catch((e) => (e as Error).message).finally(() => console.log('fin'));
  console.log(await chained);
  return "end";
}
