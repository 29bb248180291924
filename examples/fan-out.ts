/** Fetches many parts with retry and a concurrency limit, and aggregates them. `npm start` runs it against a real HTTP server. */
interface Part {
  id: number;
  supplier: string;
  price: number;
  stock: number;
}

declare function getPart(id: number): Promise<Part>;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function retry<T>(operation: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === attempts) throw new Error(`gave up after ${attempts} attempts`, { cause: error });
      await pause(2 ** attempt);
    }
  }
}

async function mapLimit<T, R>(items: readonly T[], limit: number, each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await each(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  return results;
}

export async function main(count: number, limit: number) {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  let retries = 0;
  const parts = await mapLimit(ids, limit, (id) => {
    let first = true;
    return retry(() => {
      if (!first) retries++;
      first = false;
      return getPart(id);
    }, 4);
  });

  const suppliers: Record<string, { parts: number; value: number }> = {};
  for (const { supplier, price, stock } of parts) {
    const entry = (suppliers[supplier] ??= { parts: 0, value: 0 });
    entry.parts++;
    entry.value = Math.round((entry.value + price * stock) * 100) / 100;
  }
  const ranked = Object.entries(suppliers).sort(([, a], [, b]) => b.value - a.value);
  console.log(`${parts.length} parts from ${ranked.length} suppliers, ${retries} retries`);
  return { parts: parts.length, retries, best: ranked[0]?.[0], suppliers };
}
