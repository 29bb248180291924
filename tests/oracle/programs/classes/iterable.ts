class Range implements Iterable<number> {
  constructor(readonly from: number, readonly to: number, readonly step = 1) {}
  *[Symbol.iterator](): Generator<number> {
    for (let at = this.from; at < this.to; at += this.step) yield at;
  }
  get length(): number {
    return Math.ceil((this.to - this.from) / this.step);
  }
  static *naturals(): Generator<number> {
    for (let n = 0; ; n++) yield n;
  }
}

class Pages {
  #fetched = 0;
  constructor(private readonly count: number) {}
  async *[Symbol.asyncIterator](): AsyncGenerator<string[]> {
    for (let page = 0; page < this.count; page++) {
      await Promise.resolve();
      this.#fetched++;
      yield [`${page}a`, `${page}b`];
    }
  }
  get fetched(): number {
    return this.#fetched;
  }
}

class Bag {
  private readonly items: string[] = ['x', 'y'];
  [Symbol.iterator](): Iterator<string> {
    let index = 0;
    return { next: () => (index < this.items.length ? { done: false, value: this.items[index++]! } : { done: true, value: undefined }) };
  }
}

export async function main() {
  const range = new Range(0, 10, 3);
  const firsts: number[] = [];
  for (const n of Range.naturals()) {
    if (n > 3) break;
    firsts.push(n);
  }
  const pages = new Pages(3);
  const rows: string[] = [];
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length >= 4) break;
  }
  console.log(range, new Bag());
  return [[...range], range.length, Array.from(range, (n) => n * 2), firsts, rows, pages.fetched, [...new Bag()].join(), Object.keys(new Bag())];
}
