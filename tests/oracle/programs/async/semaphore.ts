declare function delay(ms: number, value: number): Promise<number>;
function semaphore(limit: number) {
  let free = limit;
  const waiting: (() => void)[] = [];
  const acquire = (): Promise<void> | void => {
    if (free > 0) { free--; return; }
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const release = (): void => { const next = waiting.shift(); if (next) next(); else free++; };
  return async <T>(task: () => Promise<T>): Promise<T> => {
    await acquire();
    try { return await task(); } finally { release(); }
  };
}
function mutex() {
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(critical: () => Promise<T>): Promise<T> => {
    const run = tail.then(critical, critical);
    tail = run.catch(() => undefined);
    return run;
  };
}
export async function main() {
  const limited = semaphore(2);
  let active = 0, peak = 0;
  const results = await Promise.all([1, 2, 3, 4, 5].map((n) => limited(async () => {
    peak = Math.max(peak, ++active);
    try { return await delay(n % 2, n * n); } finally { active--; }
  })));
  const lock = mutex();
  let balance = 100;
  const withdraw = (amount: number) => lock(async () => {
    const before = balance;
    await delay(1, 0);
    if (before < amount) throw new RangeError(`only ${before}`);
    balance = before - amount;
    return balance;
  });
  const settled = await Promise.allSettled([withdraw(30), withdraw(50), withdraw(40), withdraw(20)]);
  console.log(settled.map((s) => (s.status === 'fulfilled' ? s.value : String(s.reason))));
  const failures = await Promise.allSettled([limited(async () => { throw new Error('task'); }), limited(() => Promise.resolve('ok'))]);
  return { results, peak, active, balance, statuses: failures.map((f) => f.status) };
}
