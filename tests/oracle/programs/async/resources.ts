declare function delay<T>(ms: number, v: T): Promise<T>;
declare function fail(m: string): Promise<never>;
const log: string[] = [];
async function withResource<T>(name: string, use: (r: { name: string; closed: boolean }) => Promise<T>): Promise<T> {
  const r = { name, closed: false };
  try { return await use(r); } catch (e) { log.push(`${name} error ${(e as Error).message}`); throw e; } finally { await delay(1, 0); r.closed = true; log.push(`${name} closed`); }
}
const debounce = <A extends unknown[]>(f: (...a: A) => void, ms: number) => { let t: ReturnType<typeof setTimeout> | undefined; return (...a: A) => { clearTimeout(t); t = setTimeout(() => f(...a), ms); }; };
const throttle = <A extends unknown[]>(f: (...a: A) => void, n: number) => { let calls = 0; return (...a: A) => { if (calls++ % n === 0) f(...a); }; };
export async function main() {
  const r = await withResource('outer', async (o) => withResource('inner', async (i) => { log.push(`${o.closed} ${i.closed}`); return [o, i]; }));
  log.push(JSON.stringify(r));
  await withResource('bad', () => fail('boom')).catch(() => log.push('caught'));
  const d = debounce((x: number) => log.push(`debounced ${x}`), 20); d(1); d(2); d(3); await delay(200, 0);
  const t = throttle((x: number) => log.push(`throttled ${x}`), 2); [1, 2, 3].forEach(t);
  const results = await Promise.all([1, 2, 3].map(async (n) => { try { if (n === 2) throw new Error(`n${n}`); return await delay(n * 30, n); } catch (e) { return (e as Error).message; } finally { log.push(`f${n}`); } }));
  for (let i = 0; i < 3; i++) { setTimeout(() => log.push(`t${i}`), (3 - i) * 30); } await delay(250, 0);
  let n = 0; const poll = async (): Promise<number> => { n++; if (n < 4) { await delay(1, 0); return poll(); } return n; }; log.push(`poll ${await poll()}`);
  const e = await fail('x').catch((err: Error) => err); log.push(`${e instanceof Error} ${e.message} ${Object.keys(e).length}`);
  const race = await Promise.race([delay(300, "slow"), delay(1, "fast")]);
  console.log(log.join('\n')); return { results, race };
}
