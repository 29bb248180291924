declare function flaky(key: string, failures: number): Promise<string>;
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
async function withTimeout<T>(p: Promise<T>, ms: number): Promise<T | 'timeout'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<'timeout'>((resolve) => { timer = setTimeout(() => resolve('timeout'), ms); });
  try { return await Promise.race([p, timeout]); } finally { clearTimeout(timer); }
}
async function pollUntil<T>(f: () => Promise<T>, every: number): Promise<T> {
  for (let n = 1; ; n++) {
    try { const v = await f(); console.log(`poll ${n} ok`); return v; } catch { console.log(`poll ${n} no`); await sleep(every); }
  }
}
export async function main() {
  const a = await withTimeout(pollUntil(() => flaky('poll', 3), 2), 2000);
  const b = await withTimeout(sleep(500).then(() => 'slow'), 5);
  return [a, b];
}
