function memoize<A extends readonly unknown[], R>(f: (...args: A) => R): { call: (...args: A) => R; hits: () => number } {
  const cache = new Map<string, R>();
  let hits = 0;
  const memo = (...args: A): R => {
    const key = JSON.stringify(args);
    if (cache.has(key)) { hits++; return cache.get(key)!; }
    const value = f(...args);
    cache.set(key, value);
    return value;
  };
  return { call: memo, hits: () => hits };
}
function once<T>(f: () => T): () => T {
  let done = false, value: T;
  return () => { if (!done) { value = f(); done = true; } return value!; };
}
type Listener<T> = (value: T) => void;
function emitter<Events extends Record<string, unknown>>() {
  const listeners: { [K in keyof Events]?: Listener<Events[K]>[] } = {};
  return {
    on<K extends keyof Events>(name: K, f: Listener<Events[K]>) {
      (listeners[name] ??= []).push(f);
      return () => { listeners[name] = listeners[name]?.filter((x) => x !== f); };
    },
    emit<K extends keyof Events>(name: K, value: Events[K]) { for (const f of listeners[name] ?? []) f(value); return listeners[name]?.length ?? 0; },
  };
}
export async function main() {
  const slow = memoize((a: number, b: number) => a ** b);
  console.log(slow.call(2, 3), slow.call(2, 3), slow.call(3, 2), slow.hits());
  let runs = 0;
  const init = once(() => ({ id: ++runs }));
  console.log(init() === init(), runs);
  const bus = emitter<{ msg: string; n: number }>();
  const log: unknown[] = [];
  const off = bus.on('msg', (m) => log.push(m));
  bus.on('msg', (m) => log.push(m.length));
  console.log(bus.emit('msg', 'hey'), off(), bus.emit('msg', 'again'), bus.emit('n', 1), log);
  return 1;
}
