declare function delay<T>(ms: number, value: T): Promise<T>;
async function mapLimit<T, R>(items: readonly T[], limit: number, f: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0, running = 0, peak = 0;
  async function worker(): Promise<void> {
    while (next < items.length) {
      const i = next++;
      running++;
      peak = Math.max(peak, running);
      results[i] = await f(items[i]!, i);
      running--;
    }
  }
  await Promise.all(Array.from({ length: limit }, worker));
  console.log('peak', peak);
  return results;
}
export async function main() {
  const items = Array.from({ length: 20 }, (_, i) => i);
  return await mapLimit(items, 4, async (x) => { await delay(1 + (x % 3), null); return x * x; });
}
