interface User { id: number; name: string; tags: string[]; manager: number | null }
declare function getUser(id: number): Promise<User>;
function createLoader<K extends number, V>(load: (keys: K[]) => Promise<V[]>) {
  let queue: { key: K; resolve: (v: V) => void; reject: (e: unknown) => void }[] = [];
  const cache: Record<number, Promise<V>> = {};
  async function flush() {
    const batch = queue;
    queue = [];
    console.log('batch', batch.map((b) => b.key));
    try {
      const values = await load(batch.map((b) => b.key));
      batch.forEach((b, i) => b.resolve(values[i]!));
    } catch (e) { batch.forEach((b) => b.reject(e)); }
  }
  return (key: K): Promise<V> => (cache[key] ??= new Promise<V>((resolve, reject) => {
    if (queue.length === 0) queueMicrotask(() => { void flush(); });
    queue.push({ key, resolve, reject });
  }));
}
export async function main() {
  const load = createLoader<number, User>((ids) => Promise.all(ids.map((id) => getUser(id))));
  const names = await Promise.all([1, 2, 3, 2, 1].map(async (id) => (await load(id)).name));
  const managers = await Promise.all([4, 5].map(async (id) => { const u = await load(id); return u.manager === null ? 'none' : (await load(u.manager)).name; }));
  return { names, managers };
}
