interface Debounced<A extends any[]> { (...args: A): void; cancel(): void; flush(): void; readonly pending: boolean }
function debounce<A extends any[]>(fn: (...args: A) => void, ms: number): Debounced<A> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: A | undefined;
  const run = () => { timer = undefined; const args = last!; last = undefined; fn(...args); };
  const debounced = (...args: A): void => { last = args; clearTimeout(timer); timer = setTimeout(run, ms); };
  return Object.assign(debounced, {
    cancel() { clearTimeout(timer); timer = undefined; },
    flush() { if (timer !== undefined) { clearTimeout(timer); run(); } },
    get pending() { return timer !== undefined; },
  });
}
function throttle<T extends (...args: any[]) => void>(fn: T, ms: number): T {
  let waiting = false;
  let trailing: Parameters<T> | null = null;
  return ((...args: Parameters<T>) => {
    if (waiting) { trailing = args; return; }
    fn(...args);
    waiting = true;
    setTimeout(() => { waiting = false; if (trailing) { const t = trailing; trailing = null; fn(...t); } }, ms);
  }) as T;
}
function memoize<A, R>(fn: (arg: A) => R): ((arg: A) => R) & { cache: Map<A, R> } {
  const cache = new Map<A, R>();
  const memo = (arg: A): R => { if (!cache.has(arg)) cache.set(arg, fn(arg)); return cache.get(arg)!; };
  memo.cache = cache;
  return memo;
}
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
export async function main() {
  const seen: string[] = [];
  const d = debounce((a: string, n: number) => seen.push(a + n), 20);
  d('a', 1); d('b', 2);
  await sleep(60);
  d('c', 3); d.flush(); d('d', 4); d.cancel();
  await sleep(60);
  const t = throttle((x: number) => { seen.push(`t${x}`); }, 30);
  t(1); t(2); t(3);
  await sleep(80);
  let computed = 0;
  const square = memoize((n: number) => { computed++; return n * n; });
  return { seen, squares: [square(4), square(4), square(5)], computed, keys: [...square.cache.keys()] };
}
