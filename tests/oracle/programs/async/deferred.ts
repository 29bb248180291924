interface Deferred<T> { readonly promise: Promise<T>; resolve(value: T | PromiseLike<T>): void; reject(reason?: unknown): void }
function defer<T>(): Deferred<T> {
  let resolve!: Deferred<T>['resolve'], reject!: Deferred<T>['reject'];
  const promise = new Promise<T>((yes, no) => { resolve = yes; reject = no; });
  return { promise, resolve, reject };
}
function channel<T>() {
  const items: T[] = [], takers: ((item: T) => void)[] = [];
  return {
    put(item: T) { const taker = takers.shift(); if (taker) taker(item); else items.push(item); },
    take: (): Promise<T> => items.length ? Promise.resolve(items.shift()!) : new Promise((resolve) => takers.push(resolve)),
  };
}
export async function main() {
  const log: string[] = [];
  const gate = defer<string>();
  const waiters = ['a', 'b'].map(async (name) => { log.push(`${name} waits`); log.push(`${name} ${await gate.promise}`); });
  gate.resolve(Promise.resolve('opened'));
  gate.resolve('ignored');
  gate.reject(new Error('ignored too'));
  await Promise.all(waiters);
  const failed = defer<number>();
  setTimeout(() => failed.reject(new Error('late')), 1);
  log.push(await failed.promise.then(String, (e) => (e as Error).message));
  const { promise, resolve } = defer<number>();
  queueMicrotask(() => resolve(7));
  log.push(`got ${await promise}`);
  console.log(log);
  const pipe = channel<number | null>();
  const producer = (async () => { for (let i = 0; i < 5; i++) { pipe.put(i); if (i % 2) await null; } pipe.put(null); })();
  const seen: number[] = [];
  for (let item = await pipe.take(); item !== null; item = await pipe.take()) seen.push(item);
  await producer;
  return seen;
}
