class TokenBucket {
  #tokens: number;
  #updated: number;
  readonly #queue: Array<() => void> = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  constructor(private readonly capacity: number, private readonly refillMs: number, private readonly now: () => number = Date.now) {
    this.#tokens = capacity;
    this.#updated = now();
  }
  get available(): number { return Math.floor(this.#tokens); }
  tryTake(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
  async take(): Promise<void> {
    if (this.#queue.length === 0 && this.tryTake()) return;
    return new Promise<void>((resolve) => { this.#queue.push(resolve); this.#arm(); });
  }
  #refill(): void {
    const now = this.now();
    this.#tokens = Math.min(this.capacity, this.#tokens + (now - this.#updated) / this.refillMs);
    this.#updated = now;
  }
  #arm(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tokens = Math.min(this.capacity, this.#tokens + 1);
      const next = this.#queue.shift();
      if (next) { this.#tokens--; next(); }
      if (this.#queue.length > 0) this.#arm();
    }, this.refillMs);
  }
}
export async function main() {
  let clock = 0;
  const bucket = new TokenBucket(2, 10, () => clock);
  const order: number[] = [];
  const sync = [bucket.tryTake(), bucket.tryTake(), bucket.tryTake()];
  clock += 25;
  sync.push(bucket.tryTake(), bucket.tryTake(), bucket.tryTake());
  await Promise.all([1, 2, 3].map(async (n) => { await bucket.take(); order.push(n); }));
  return { sync, order, left: bucket.available };
}
