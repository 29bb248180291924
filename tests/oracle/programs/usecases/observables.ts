type Observer<T> = { next?(v: T): void; error?(e: unknown): void; complete?(): void };
type Teardown = void | (() => void);
class Observable<T> {
  constructor(private readonly subscribeFn: (o: Required<Observer<T>>) => Teardown) {}
  static of<T>(...items: T[]): Observable<T> { return new Observable((o) => { for (const i of items) o.next(i); o.complete(); }); }
  static interval(ms: number): Observable<number> { return new Observable((o) => { let n = 0; const t = setInterval(() => o.next(n++), ms); return () => clearInterval(t); }); }
  subscribe(observer: Observer<T> | ((v: T) => void)): { unsubscribe(): void; readonly closed: boolean } {
    const o: Observer<T> = typeof observer === 'function' ? { next: observer } : observer;
    let closed = false; let teardown: Teardown;
    const end = () => { if (closed) return; closed = true; if (typeof teardown === 'function') teardown(); };
    teardown = this.subscribeFn({ next: (v) => { if (!closed) o.next?.(v); }, error: (e) => { if (!closed) { o.error?.(e); end(); } }, complete: () => { if (!closed) { o.complete?.(); end(); } } });
    if (closed && typeof teardown === 'function') teardown();
    return { unsubscribe: end, get closed() { return closed; } };
  }
  pipe<A>(op: (s: Observable<T>) => Observable<A>): Observable<A>;
  pipe<A, B>(a: (s: Observable<T>) => Observable<A>, b: (s: Observable<A>) => Observable<B>): Observable<B>;
  pipe<A, B, C>(a: (s: Observable<T>) => Observable<A>, b: (s: Observable<A>) => Observable<B>, c: (s: Observable<B>) => Observable<C>): Observable<C>;
  pipe(...ops: Array<(s: Observable<any>) => Observable<any>>): Observable<any> { return ops.reduce((s, op) => op(s), this as Observable<any>); }
  async *[Symbol.asyncIterator](): AsyncIterableIterator<T> {
    const queue: T[] = []; let wake: (() => void) | null = null; let done = false; let failure: { e: unknown } | null = null;
    const sub = this.subscribe({ next: (v) => { queue.push(v); wake?.(); }, error: (e) => { failure = { e }; wake?.(); }, complete: () => { done = true; wake?.(); } });
    try { for (;;) { while (queue.length) yield queue.shift()!; if (failure) throw (failure as { e: unknown }).e; if (done) return; await new Promise<void>((r) => (wake = r)); wake = null; } }
    finally { sub.unsubscribe(); }
  }
}
const map = <A, B>(f: (a: A, i: number) => B) => (s: Observable<A>) => new Observable<B>((o) => { let i = 0; const { unsubscribe } = s.subscribe({ ...o, next: (v) => { try { o.next(f(v, i++)); } catch (e) { o.error(e); } } }); return unsubscribe; });
const take = (n: number) => <A,>(s: Observable<A>) => new Observable<A>((o) => { let left = n; const sub = s.subscribe({ next(v) { if (left-- > 0) o.next(v); if (left === 0) o.complete(); }, error: o.error, complete: o.complete }); return () => sub.unsubscribe(); });
const scan = <A, R>(f: (r: R, a: A) => R, seed: R) => (s: Observable<A>) => new Observable<R>((o) => { let acc = seed; return s.subscribe({ next: (v) => o.next((acc = f(acc, v))), error: (e) => o.error(e), complete: () => o.complete() }).unsubscribe; });
export async function main() {
  const out: unknown[] = [];
  Observable.of(1, 2, 3).pipe(map((x) => x * 10), scan((a, b) => a + b, 0)).subscribe({ next: (v) => out.push(v), complete: () => out.push('done') });
  for await (const v of Observable.interval(2).pipe(map((n) => n ** 2), take(4))) out.push(`i${v}`);
  const s = Observable.of('a', 'b').pipe(map((x, i) => { if (i === 1) throw new Error('map failed'); return x; })).subscribe({ next: (v) => out.push(v), error: (e) => out.push((e as Error).message) });
  out.push(s.closed);
  try { for await (const v of new Observable<number>((o) => { o.next(1); setTimeout(() => o.error('late'), 1); })) out.push(v); } catch (e) { out.push(['caught', e]); }
  for await (const v of Observable.interval(1)) { out.push(v); if (v >= 1) break; }
  return out;
}
