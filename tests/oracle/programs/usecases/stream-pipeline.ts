type Transform<I, O> = (source: AsyncIterable<I>) => AsyncIterable<O>;
const map = <I, O>(fn: (x: I) => O | Promise<O>): Transform<I, O> => async function* (source) { for await (const x of source) yield fn(x); };
const filter = <I>(fn: (x: I) => boolean): Transform<I, I> => async function* (source) { for await (const x of source) if (fn(x)) yield x; };
const batch = <I>(size: number): Transform<I, I[]> => async function* (source) {
  let current: I[] = [];
  for await (const x of source) { current.push(x); if (current.length === size) { yield current; current = []; } }
  if (current.length) yield current;
};
const flatten = <I>(): Transform<Iterable<I>, I> => async function* (source) { for await (const xs of source) yield* xs; };
function pipe<A>(s: AsyncIterable<A>): AsyncIterable<A>;
function pipe<A, B>(s: AsyncIterable<A>, t1: Transform<A, B>): AsyncIterable<B>;
function pipe<A, B, C>(s: AsyncIterable<A>, t1: Transform<A, B>, t2: Transform<B, C>): AsyncIterable<C>;
function pipe<A, B, C, D>(s: AsyncIterable<A>, t1: Transform<A, B>, t2: Transform<B, C>, t3: Transform<C, D>): AsyncIterable<D>;
function pipe(source: AsyncIterable<any>, ...transforms: Transform<any, any>[]): AsyncIterable<any> { return transforms.reduce((s, t) => t(s), source); }
class Channel<T> implements AsyncIterable<T> {
  private buffer: T[] = [];
  private readers: ((r: IteratorResult<T, undefined>) => void)[] = [];
  private closed = false;
  send(value: T): void {
    if (this.closed) throw new Error('channel closed');
    const reader = this.readers.shift();
    if (reader) reader({ value, done: false }); else this.buffer.push(value);
  }
  close(): void { this.closed = true; for (const r of this.readers.splice(0)) r({ value: undefined, done: true }); }
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => {
        if (this.buffer.length > 0) return Promise.resolve({ value: this.buffer.shift()!, done: false });
        if (this.closed) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => this.readers.push(resolve));
      },
      return: async () => { console.log('reader left'); return { value: undefined, done: true }; },
    };
  }
}
export async function main() {
  const channel = new Channel<number>();
  const produce = (async () => { for (let i = 1; i <= 9; i++) { channel.send(i); if (i % 4 === 0) await new Promise((r) => setTimeout(r, 2)); } channel.close(); })();
  const out: string[] = [];
  for await (const group of pipe(channel, filter((n) => n % 3 !== 0), map(async (n) => n * n), batch(2))) out.push(group.join('+'));
  await produce;
  const second = new Channel<string>();
  'xyz'.split('').forEach((c) => second.send(c));
  for await (const c of second) { out.push(c); if (c === 'y') break; }
  const flat: number[] = [];
  for await (const n of pipe(pipe((async function* () { yield [1, 2]; yield new Set([3]); })(), flatten<number>()))) flat.push(n);
  try { second.close(); second.send('!'); } catch (e) { out.push((e as Error).message); }
  return { out, flat };
}
