const log: string[] = [];
function deferred<T>() { let resolve!: (v: T | PromiseLike<T>) => void, reject!: (e: unknown) => void; const promise = new Promise<T>((a, b) => { resolve = a; reject = b; }); return { promise, resolve, reject }; }
export async function main() {
  const d = deferred<string>();
  const t1 = (async () => { log.push('t1 wait'); const v = await d.promise; log.push(`t1 ${v}`); await null; log.push('t1 end'); })();
  const t2 = d.promise.then((v) => { log.push(`t2 ${v}`); throw new Error('t2'); }).catch((e: Error) => { log.push(`t2c ${e.message}`); return 'rec'; }).finally(() => { log.push('t2f'); });
  const t3 = (async () => { try { log.push(await Promise.race([d.promise, new Promise<string>((r) => setTimeout(r, 50, 'to'))])); } finally { log.push('t3 fin'); } })();
  const d2 = deferred<number>(); d2.resolve(Promise.resolve(7)); d2.promise.then((v) => log.push(`d2 ${v}`)); d2.resolve(8);
  const d3 = deferred<number>(); d3.resolve({ then(a: (n: number) => void, b: (e: unknown) => void) { log.push('d3 then'); a(1); b(2); a(3); } } as PromiseLike<number>); d3.promise.then((v) => log.push(`d3 ${v}`));
  const self = deferred<unknown>(); self.resolve(self.promise); self.promise.catch((e: Error) => log.push(`self ${e.constructor === TypeError} ${e.message}`));
  const bad = deferred<unknown>(); bad.resolve({ get then(): never { throw new Error('getter'); } }); bad.promise.catch((e: Error) => log.push(`bad ${e.message}`));
  const late = Promise.reject(new Error('late')); 
  setTimeout(() => { log.push('timer'); d.resolve('go'); log.push('resolved'); Promise.resolve().then(() => log.push('after resolve')); }, 1);
  await late.catch(() => log.push('late handled'));
  await Promise.all([t1, t2, t3]);
  const chain = Promise.resolve(1).then((x) => x + 1).then((x) => Promise.resolve(x * 2)).then((x) => { if (x === 4) throw x; return x; }).then(() => 'no', (x: number) => `rejected ${x}`).then(null as any).then(undefined, () => 'never').finally(() => 'ignored');
  log.push(String(await chain));
  const fin = await Promise.resolve('kept').finally(async () => { await null; log.push('async finally'); return 'dropped'; }); log.push(fin);
  const fe = await Promise.resolve('x').finally(() => { throw new Error('from finally'); }).catch((e: Error) => e.message); log.push(fe);
  return log;
}
