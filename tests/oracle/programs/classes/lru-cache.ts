class LruCache<K, V> {
  readonly #entries = new Map<K, V>();
  #hits = 0;
  #misses = 0;

  constructor(private readonly capacity: number) {
    if (capacity < 1) throw new RangeError('capacity must be positive');
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) {
      this.#misses++;
      return undefined;
    }
    this.#hits += 1;
    this.#touch(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#touch(key, value);
    if (this.#entries.size > this.capacity) {
      const oldest = [...this.#entries.keys()][0]!;
      this.#entries.delete(oldest);
    }
  }

  #touch(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }

  get #ratio(): number {
    return this.#hits / (this.#hits + this.#misses);
  }

  stats() {
    return { hits: this.#hits, misses: this.#misses, ratio: this.#ratio, keys: [...this.#entries.keys()] };
  }

  static isCache(value: object): boolean {
    return #entries in value;
  }
}

export function main() {
  const cache = new LruCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  const found = ['a', 'b', 'c'].map((key) => cache.get(key));
  let refused = '';
  try {
    new LruCache(0);
  } catch (error) {
    refused = String(error);
  }
  console.log(cache);
  return [found, cache.stats(), Object.keys(cache), JSON.stringify(cache), { ...cache }, LruCache.isCache(cache), LruCache.isCache({}), refused];
}
