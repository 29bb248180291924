const log: string[] = [];
async function* numbers(n: number, name: string) { log.push(`${name} start`); try { for (let i = 0; i < n; i++) { log.push(`${name} yield ${i}`); const got: unknown = yield i; if (got !== undefined) log.push(`${name} got ${got}`); } return `${name} ret`; } catch (e) { log.push(`${name} caught ${e}`); yield -1; throw new Error(`${name} rethrow`); } finally { log.push(`${name} fin`); await null; log.push(`${name} fin2`); } }
async function* merge<T>(...gens: AsyncGenerator<T>[]): AsyncGenerator<T> { const next = (g: AsyncGenerator<T>) => g.next().then((r) => ({ g, r })); const pending = new Map(gens.map((g) => [g, next(g)])); while (pending.size) { const { g, r } = await Promise.race(pending.values()); if (r.done) pending.delete(g); else { pending.set(g, next(g)); yield r.value; } } }
async function* delegate() { const r: string = yield* numbers(2, 'inner'); log.push(`delegated ${r}`); yield* [10, 20]; yield* (async function* () { yield 30; })(); }
export async function main() {
  for await (const x of merge(numbers(2, 'A'), numbers(3, 'B'))) log.push(`merged ${x}`);
  for await (const x of delegate()) { log.push(`d ${x}`); if (x === 20) break; }
  const g = numbers(5, 'G');
  const rs = [g.next(), g.next('hello'), g.throw('err'), g.next(), g.next()];
  for (const r of await Promise.allSettled(rs)) log.push(r.status === 'fulfilled' ? JSON.stringify(r.value) : `rej ${r.reason}`);
  const h = numbers(1, 'H'); log.push(JSON.stringify(await h.return('early' as never)), JSON.stringify(await h.next()));
  const k = numbers(3, 'K'); await k.next(); const [a, b] = await Promise.all([k.return('stop' as never), k.next()]); log.push(JSON.stringify([a, b]));
  async function* y() { try { yield Promise.reject(new Error('yielded rejection')); } catch (e) { log.push(`y caught ${(e as Error).message}`); yield 'recovered'; } }
  for await (const v of y()) log.push(String(v));
  const syncIter = { *[Symbol.iterator]() { try { yield Promise.resolve('s1'); yield Promise.reject(new Error('s2')); } finally { log.push('sync fin'); } } };
  try { for await (const v of syncIter) log.push(v as string); } catch (e) { log.push((e as Error).message); }
  outer: for await (const i of numbers(3, 'O')) { for await (const j of numbers(3, 'P')) { if (j === 1) continue outer; if (i === 1) break outer; } }
  return log;
}
