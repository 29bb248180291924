declare function delay<T>(ms: number, value: T): Promise<T>;
class TimeoutError extends Error { override name = 'TimeoutError'; }
function withTimeout<T>(promise: Promise<T>, ms: number, message = `timed out after ${ms} ms`): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const timeout = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new TimeoutError(message)), ms); });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
async function hedged<T>(attempts: Array<() => Promise<T>>, staggerMs: number): Promise<{ value: T; winner: number }> {
  let resolve!: (result: { value: T; winner: number }) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<{ value: T; winner: number }>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  const errors: unknown[] = [];
  let started = 0;
  const start = (i: number) => {
    started++;
    attempts[i]!().then((value) => resolve({ value, winner: i }), (e) => { errors.push(e); if (errors.length === attempts.length) reject(new AggregateError(errors)); });
  };
  void (async () => { for (let i = 0; i < attempts.length; i++) { start(i); await delay(staggerMs, 0); } })();
  const result = await promise;
  console.log(`started ${started}`);
  return result;
}
export async function main() {
  const fast = await withTimeout(delay(1, 'fast'), 200);
  const slow = await withTimeout(delay(300, 'slow'), 20).catch((e: unknown) => e instanceof TimeoutError ? `${e.name}: ${e.message}` : 'other');
  const hedge = await hedged([() => delay(250, 'primary'), () => delay(5, 'backup')], 30);
  const any = await Promise.any([Promise.reject(new Error('x')), delay(5, 'any')]);
  const none = await Promise.any([Promise.reject(new Error('x')), Promise.reject(1)]).catch((e: AggregateError) => [e.constructor.name, e.message, e.errors.length]);
  return { fast, slow, hedge, any, none };
}
