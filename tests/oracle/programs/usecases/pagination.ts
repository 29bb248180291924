interface Page<T> { items: T[]; next?: number }
interface Item { readonly id: number; readonly label: string }
declare function delay<T>(ms: number, value: T): Promise<T>;
const fetchPage = async (cursor = 0, size = 4): Promise<Page<Item>> => {
  const items = Array.from({ length: Math.min(size, 10 - cursor) }, (_, i): Item => ({ id: cursor + i, label: `item-${(cursor + i).toString().padStart(3, '0')}` }));
  const next = cursor + size;
  return delay(1, next < 10 ? { items, next } : { items });
};
async function* paginate<T>(fetch: (cursor?: number) => Promise<Page<T>>): AsyncGenerator<T, number, void> {
  let cursor: number | undefined;
  let pages = 0;
  try {
    do {
      const page = await fetch(cursor);
      pages++;
      yield* page.items;
      cursor = page.next;
    } while (cursor !== undefined);
    return pages;
  } finally {
    console.log(`closed after ${pages} pages`);
  }
}
async function* take<T>(source: AsyncIterable<T>, n: number): AsyncGenerator<T> {
  if (n <= 0) return;
  for await (const value of source) {
    yield value;
    if (--n === 0) return;
  }
}
async function toArray<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of source) all.push(value);
  return all;
}
export async function main() {
  const firstFive = await toArray(take(paginate(fetchPage), 5));
  const labels: string[] = [];
  for await (const { id, label } of paginate(fetchPage)) {
    if (id % 3 === 0) continue;
    labels.push(label);
  }
  const it = paginate(fetchPage);
  let step = await it.next();
  while (!step.done) step = await it.next();
  return { firstFive: firstFive.map(({ id }) => id), labels, pages: step.value };
}
