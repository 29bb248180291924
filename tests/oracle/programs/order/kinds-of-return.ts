const log: string[] = [];
const l = (s: string) => { log.push(s); };
async function f(n: string, depth: number): Promise<string> { l(`${n}>${depth}`); if (depth > 0) { await f(n, depth - 1); l(`${n}<${depth}`); } return n + depth; }
class Thenable { constructor(private v: string, private sync = true) {} then<R>(ok: (v: string) => R) { l(`then ${this.v}`); if (this.sync) ok(this.v); else Promise.resolve().then(() => ok(this.v)); } }
async function ret(kind: number): Promise<unknown> { switch (kind) { case 0: return 'v'; case 1: return Promise.resolve('p'); case 2: return new Thenable('t') as unknown; case 3: return f('r', 0); case 4: return await f('ra', 1); case 5: throw await f('th', 0); default: return (async () => { await null; return 'inner'; })(); } }
export async function main() {
  const ps = [0, 1, 2, 3, 4, 5, 6].map((k) => ret(k).then((v) => l(`ret${k}=${v}`), (e) => l(`ret${k}!${e}`)));
  const a = f('a', 3), b = f('b', 2);
  queueMicrotask(() => l('qm1'));
  Promise.resolve().then(() => l('p1')).then(() => l('p2')).then(() => l('p3')).then(() => l('p4')).then(() => l('p5'));
  l('sync end');
  await a; l('a done'); await b; l('b done');
  await Promise.all(ps);
  await new Thenable('x', false); l('thenable awaited');
  const r = await Promise.race([new Promise((_) => {}), ret(6), ret(0)]); l(`race ${r}`);
  const s = await Promise.allSettled([ret(5), ret(2), 3]); l(JSON.stringify(s));
  await Promise.any([ret(5), ret(1)]).then((v) => l(`any ${v}`));
  return log;
}
