/** Pages of an interface as one stream: an async generator over host calls, left early, with retries. */
declare function delay(ms: number, value: number): Promise<number>;

interface Page {
  readonly items: readonly number[];
  readonly next: number | null;
}

let requests = 0;

async function fetchPage(cursor: number): Promise<Page> {
  requests++;
  const first = await delay(3, cursor * 10);
  if (cursor === 2 && requests % 2 === 1) throw new Error(`page ${cursor} failed`);
  return { items: [first, first + 1, first + 2], next: cursor < 3 ? cursor + 1 : null };
}

async function* pages(attempts = 3): AsyncGenerator<Page, number, undefined> {
  let cursor: number | null = 0;
  let fetched = 0;
  while (cursor !== null) {
    for (let attempt = 1; ; attempt++) {
      try {
        const page: Page = await fetchPage(cursor ?? 0);
        cursor = page.next;
        fetched++;
        yield page;
        break;
      } catch (error) {
        console.log('attempt', attempt, (error as Error).message);
        if (attempt === attempts) throw error;
      }
    }
  }
  return fetched;
}

async function* items(): AsyncGenerator<number, void, undefined> {
  for await (const page of pages()) yield* page.items;
}

async function firstWhere(test: (item: number) => boolean): Promise<number | undefined> {
  for await (const item of items()) if (test(item)) return item;
  return undefined;
}

export async function main(): Promise<unknown> {
  const all: number[] = [];
  for await (const item of items()) all.push(item);
  const before = requests;
  const found = await firstWhere((n) => n > 10);
  const missing = await firstWhere((n) => n > 1000);
  const p = pages();
  let fetched: number | undefined;
  for (let step = await p.next(); ; step = await p.next()) {
    if (!step.done) continue;
    fetched = step.value;
    break;
  }
  return { all, before, found, missing, fetched, requests };
}
