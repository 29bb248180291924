class PriorityQueue<T> implements Iterable<T> {
  private heap: { priority: number; sequence: number; value: T }[] = [];
  private sequence = 0;
  constructor(private readonly compare: (a: number, b: number) => number = (a, b) => a - b) {}
  get size() { return this.heap.length; }
  push(value: T, priority: number): this {
    this.heap.push({ priority, sequence: this.sequence++, value });
    let i = this.heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.before(parent, i)) break;
      [this.heap[parent], this.heap[i]] = [this.heap[i]!, this.heap[parent]!];
      i = parent;
    }
    return this;
  }
  pop(): T | undefined {
    if (this.heap.length === 0) return undefined;
    const top = this.heap[0]!;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      let i = 0;
      for (;;) {
        let best = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < this.heap.length && this.before(child, best)) best = child;
        if (best === i) break;
        [this.heap[best], this.heap[i]] = [this.heap[i]!, this.heap[best]!];
        i = best;
      }
    }
    return top.value;
  }
  private before(i: number, j: number): boolean {
    const a = this.heap[i]!, b = this.heap[j]!;
    return (this.compare(a.priority, b.priority) || a.sequence - b.sequence) < 0;
  }
  *[Symbol.iterator](): Iterator<T> { for (let v = this.pop(); v !== undefined; v = this.pop()) yield v; }
}
interface Job { name: string; deadline: number; run(): Promise<string> }
export async function main() {
  const queue = new PriorityQueue<Job>();
  const job = (name: string, deadline: number): Job => ({ name, deadline, run: async () => `${name}@${deadline}` });
  for (const [n, d] of [['c', 3], ['a', 1], ['b', 2], ['a2', 1], ['z', 0]] as const) { const j = job(n, d); queue.push(j, j.deadline); }
  const results: string[] = [];
  const workers = Array.from({ length: 2 }, async (_, id) => { for (const j of queue) results.push(`${id}:${await j.run()}`); });
  await Promise.all(workers);
  const max = new PriorityQueue<number>((a, b) => b - a);
  for (let i = 0, x = 7; i < 12; i++, x = (x * 31 + 11) % 101) max.push(x, x);
  return { results, sorted: [...max], empty: max.size };
}
