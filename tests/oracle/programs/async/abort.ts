// Cancellation as server code writes it: timeouts, abortable delays and retries, listeners that come and go, combined signals.
declare function delay(ms: number, value: string): Promise<string>;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => { clearTimeout(timer); reject(signal?.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener('abort', onAbort); resolve(); }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
const abortable = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason));
    work.then(resolve, reject);
  });
async function retry<T>(job: (n: number) => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let n = 1; ; n++) {
    signal.throwIfAborted();
    try { return await job(n); } catch (error) { if (n === 5) throw error; await sleep(1, signal); }
  }
}
const tell = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message} ${error instanceof DOMException} ${(error as { code?: unknown }).code}` : `threw ${String(error)}`;

class Job {
  readonly #controller = new AbortController();
  readonly log: string[] = [];
  get signal(): AbortSignal { return this.#controller.signal; }
  stop(reason?: unknown): void { this.#controller.abort(reason); }
  async run(): Promise<string> {
    try {
      for (let i = 0; ; i++) { this.log.push(`step ${i}`); await sleep(5, this.signal); if (i === 2) this.stop('enough'); }
    } catch (reason) { return `stopped: ${String(reason)}`; } finally { this.log.push('cleaned'); }
  }
}

export async function main() {
  const controller = new AbortController();
  const { signal } = controller;
  const seen: string[] = [];
  const off = (): void => { seen.push('never'); };
  signal.addEventListener('abort', function (event) { seen.push(`first ${event.type} ${event.target === signal} ${this === signal}`); });
  signal.onabort = () => { seen.push('replaced'); };
  signal.addEventListener('abort', off);
  signal.addEventListener('abort', () => { seen.push('last'); }, { once: true });
  signal.onabort = (event) => { seen.push(`on${event.type}`); };
  signal.removeEventListener('abort', off);
  console.log(signal.aborted, signal.reason, signal, controller, typeof signal.onabort);
  controller.abort();
  controller.abort('again');
  console.log(signal.aborted, tell(signal.reason), seen, signal);
  try { signal.throwIfAborted(); } catch (error) { console.log(error === signal.reason); }
  console.log(await sleep(5, signal).catch(tell), await sleep(1).then(() => 'slept'));
  const job = new Job();
  console.log(await job.run(), job.log);
  const timeout = AbortSignal.timeout(20);
  console.log(await abortable(delay(150, "slow"), timeout).catch(tell), await abortable(delay(1, 'quick'), AbortSignal.timeout(5000)));
  console.log(tell(AbortSignal.abort().reason), AbortSignal.abort(new RangeError('own')).reason instanceof RangeError, AbortSignal.abort(0).reason);
  const [a, b] = [new AbortController(), new AbortController()];
  const any = AbortSignal.any([a.signal, b.signal]);
  const nested = AbortSignal.any([any, AbortSignal.timeout(100000)]);
  any.addEventListener('abort', () => { seen.push('any'); });
  nested.addEventListener('abort', () => { seen.push(`nested ${String(nested.reason)}`); });
  b.signal.addEventListener('abort', () => { seen.push('b'); });
  b.abort('b first');
  a.abort('a later');
  console.log(seen.slice(3), any.reason, nested.reason === any.reason, AbortSignal.any([]).aborted, AbortSignal.any([AbortSignal.abort('x')]).reason);
  const limited = new AbortController();
  setTimeout(() => limited.abort(new Error("deadline")), 40);
  console.log(await retry(async (n) => { if (n < 3) throw new Error(`try ${n}`); return `ok ${n}`; }, new AbortController().signal));
  console.log(await retry(async (n) => { await sleep(15); throw new Error(`try ${n}`); }, limited.signal).catch(tell));
  const own = new DOMException('stop it', 'AbortError');
  console.log(own.name, own.message, own.code, own instanceof Error, String(own), Object.keys(own), tell(new DOMException('odd', 'OddError')), new DOMException().name);
  const race = new AbortController();
  const results = await Promise.allSettled([1, 2, 3].map(async (n) => { await sleep(n * 40, race.signal); race.abort(`won by ${n}`); return n; }));
  return [results, signal instanceof AbortSignal, controller instanceof AbortController, ({}) instanceof AbortSignal];
}
