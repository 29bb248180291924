declare function flaky(key: string, failures: number): Promise<string>;
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
async function retry<T>(f: (attempt: number) => Promise<T>, times: number, base = 1): Promise<T> {
  let last: unknown;
  for (let attempt = 1; attempt <= times; attempt++) {
    try { return await f(attempt); }
    catch (e) { last = e; console.log(`attempt ${attempt}: ${(e as Error).message}`); await sleep(base * 2 ** attempt); }
  }
  throw new Error('gave up', { cause: last });
}
export async function main() {
  console.log(await retry(() => flaky('retry-a', 2), 5));
  try { await retry(() => flaky('retry-b', 10), 3); } catch (e) { console.log((e as Error).message, ((e as Error).cause as Error).message); }
  return 'done';
}
