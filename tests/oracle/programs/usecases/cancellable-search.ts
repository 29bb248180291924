// A search box's back end: each new query cancels the one before, results are streamed, a deadline covers the whole.
interface Hit { readonly id: number; readonly title: string }
const TITLES = ['crane', 'cranberry', 'heron', 'stork', 'crab', 'egret', 'crow', 'cricket'];

async function* pages(query: string, signal: AbortSignal): AsyncGenerator<Hit[]> {
  const found = TITLES.map((title, id) => ({ id, title })).filter(({ title }) => title.startsWith(query));
  for (let at = 0; at < found.length; at += 2) {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, 30);
      signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
    });
    yield found.slice(at, at + 2);
  }
}

class Search {
  #current: AbortController | null = null;
  readonly events: string[] = [];
  async query(text: string, deadline: AbortSignal): Promise<Hit[]> {
    this.#current?.abort(new DOMException(`superseded by ${text}`, 'AbortError'));
    const controller = (this.#current = new AbortController());
    const signal = AbortSignal.any([controller.signal, deadline]);
    const hits: Hit[] = [];
    try {
      for await (const page of pages(text, signal)) { hits.push(...page); this.events.push(`${text}: +${page.length}`); }
      return hits;
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
      this.events.push(`${text}: ${error.message}`);
      return [];
    } finally {
      if (this.#current === controller) this.#current = null;
    }
  }
}

export async function main() {
  const search = new Search();
  const forever = new AbortController().signal;
  const first = search.query('c', forever);
  const second = search.query('cr', forever);
  const third = search.query('cra', forever);
  const results = await Promise.all([first, second, third]);
  console.log(results.map((hits) => hits.map(({ title }) => title)), search.events, search);
  const late = new AbortController();
  setTimeout(() => late.abort(new Error('too slow')), 45);
  const failed = await search.query('c', late.signal).catch((error: unknown) => (error instanceof Error ? error.message : 'none'));
  console.log(failed, late.signal, late);
  console.log([1, 2].values(), 'ab'[Symbol.iterator](), new WeakMap(), new WeakSet([search]), (function* () { yield 1; })());
  return search.events;
}
