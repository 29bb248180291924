declare function getUser(id: number): Promise<{ id: number; name: string }>;
function cached<V>(load: (id: number) => Promise<V>, max: number) {
  const order: number[] = [], values: Record<number, V> = {}, stats = { hits: 0, misses: 0, evicted: 0 };
  return {
    stats,
    async get(id: number): Promise<V> {
      const hit = values[id];
      if (hit !== undefined) { stats.hits++; order.splice(order.indexOf(id), 1); order.push(id); return hit; }
      stats.misses++;
      const value = await load(id);
      values[id] = value;
      order.push(id);
      if (order.length > max) { delete values[order.shift()!]; stats.evicted++; }
      return value;
    },
  };
}
export async function main() {
  const cache = cached(getUser, 2);
  const names: string[] = [];
  for (const id of [1, 2, 1, 3, 2, 1, 1]) names.push((await cache.get(id)).name);
  return { names, stats: cache.stats };
}
