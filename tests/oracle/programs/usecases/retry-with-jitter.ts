declare function flaky(key: string, failures: number): Promise<string>;
interface RetryOptions { retries?: number; baseMs?: number; factor?: number; jitter?: (ms: number) => number; onRetry?: (error: Error, attempt: number) => void }
class RetryError extends Error {
  readonly attempts: number;
  constructor(message: string, attempts: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryError';
    this.attempts = attempts;
  }
}
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function retry<T>(operation: (attempt: number) => Promise<T>, { retries = 3, baseMs = 2, factor = 2, jitter = (ms) => ms, onRetry }: RetryOptions = {}): Promise<T> {
  let lastError: unknown;
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await operation(attempt);
    } catch (error) {
      lastError = error;
      if (attempt === retries) break;
      onRetry?.(error instanceof Error ? error : new Error(String(error)), attempt);
      await sleep(jitter(baseMs * factor ** attempt));
    }
  }
  throw new RetryError(`gave up after ${retries + 1} attempts`, retries + 1, { cause: lastError });
}
export async function main(): Promise<{ first: string; error: string; attempts: number; cause: string }> {
  const seen: string[] = [];
  const first = await retry(() => flaky('a', 2), { onRetry: (e, n) => seen.push(`${n}:${e.message}`) });
  console.log(seen);
  try {
    await retry(() => flaky('b', 100), { retries: 2, jitter: (ms) => Math.ceil(ms * 1.5) });
  } catch (e) {
    if (e instanceof RetryError) {
      return { first, error: `${e}`, attempts: e.attempts, cause: e.cause instanceof Error ? e.cause.message : 'none' };
    }
    throw e;
  }
  throw new Error('unreachable');
}
