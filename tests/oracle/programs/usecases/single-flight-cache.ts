declare function delay<T>(ms: number, value: T): Promise<T>;
interface CacheOptions<K, V> { max: number; ttlMs: number; now?: () => number; onEvict?: (key: K, value: V, reason: 'size' | 'ttl' | 'delete') => void }
class Cache<K, V> {
  readonly #entries = new Map<K, { value: V; expires: number }>();
  readonly #loading = new Map<K, Promise<V>>();
  hits = 0; misses = 0;
  constructor(private readonly options: CacheOptions<K, V>) {}
  private get now(): number { return (this.options.now ?? Date.now)(); }
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expires <= this.now) { this.#remove(key, 'ttl'); this.misses++; return undefined; }
    if (!entry) { this.misses++; return; }
    this.hits++;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expires: this.now + this.options.ttlMs });
    while (this.#entries.size > this.options.max) {
      const { value: oldest, done } = this.#entries.keys().next();
      if (done) break;
      this.#remove(oldest, 'size');
    }
  }
  async load(key: K, loader: (key: K) => Promise<V>): Promise<V> {
    const cached = this.get(key);
    if (cached !== undefined) return cached;
    let pending = this.#loading.get(key);
    if (!pending) {
      pending = loader(key).then((v) => { this.set(key, v); return v; }).finally(() => this.#loading.delete(key));
      this.#loading.set(key, pending);
    }
    return pending;
  }
  #remove(key: K, reason: 'size' | 'ttl' | 'delete'): void {
    const entry = this.#entries.get(key)!;
    this.#entries.delete(key);
    this.options.onEvict?.(key, entry.value, reason);
  }
  toJSON() { return { hits: this.hits, misses: this.misses, keys: [...this.#entries.keys()] }; }
}
export async function main() {
  let now = 0, loads = 0;
  const evicted: string[] = [];
  const cache = new Cache<string, { n: number }>({ max: 2, ttlMs: 100, now: () => now, onEvict: (k, v, r) => evicted.push(`${k}=${v.n}:${r}`) });
  const load = (k: string) => cache.load(k, async (key) => { loads++; if (key === 'bad') throw new Error('no such key'); return delay(2, { n: key.length }); });
  const all = await Promise.all(['a', 'bb', 'a', 'bb', 'a'].map(load));
  await load('ccc'); await load('a');
  now = 150; await load('ccc');
  const bad = await Promise.allSettled([load('bad'), load('bad')]);
  console.log(JSON.stringify(cache), JSON.stringify({ cache }, null, 1));
  return { same: all[0] === all[2], loads, evicted, bad: bad.map((b) => b.status) };
}
