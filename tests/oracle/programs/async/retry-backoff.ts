declare function flaky(key: string, failures: number): Promise<string>;
declare function fail(message: string): Promise<never>;
interface RetryOptions { readonly attempts?: number; readonly baseMs?: number; readonly shouldRetry?: (error: unknown, attempt: number) => boolean; onRetry?(error: Error, attempt: number, waitMs: number): void }
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
async function retry<T>(work: (attempt: number) => Promise<T>, { attempts = 3, baseMs = 1, shouldRetry = () => true, onRetry }: RetryOptions = {}): Promise<T> {
  let last: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      last = error;
      if (attempt === attempts || !shouldRetry(error, attempt)) break;
      const wait = baseMs * 2 ** (attempt - 1);
      onRetry?.(error as Error, attempt, wait);
      await sleep(wait);
    }
  }
  throw new Error(`gave up`, { cause: last });
}
export async function main() {
  const notes: string[] = [];
  const options: RetryOptions = { attempts: 4, onRetry: (e, n, ms) => notes.push(`${n}: ${e.message} wait ${ms}`) };
  console.log(await retry(() => flaky('backoff-a', 2), options), notes);
  console.log(await retry((n) => (n < 2 ? Promise.reject(new Error('sync')) : Promise.resolve(n)), options));
  try { await retry(() => fail('always')); } catch (e) { console.log((e as Error).message, ((e as Error).cause as Error).message); }
  try { await retry(() => fail('fatal'), { shouldRetry: (e) => !(e instanceof Error && e.message === 'fatal') }); } catch (e) { console.log(String(e)); }
  const many = await Promise.allSettled(['p', 'q', 'r'].map((k, i) => retry(() => flaky(`backoff-${k}`, i * 2), { attempts: 3 })));
  return many.map((m) => (m.status === 'fulfilled' ? m.value : `${m.reason}`));
}
