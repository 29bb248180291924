const log: string[] = [];
const inner = async (name: string, depth: number): Promise<string> => {
  log.push(`${name}${depth} in`);
  if (depth > 0) { const r = await inner(name, depth - 1); log.push(`${name}${depth} got ${r}`); return r + depth; }
  return name;
};
const viaReturn = async (name: string): Promise<string> => { await null; return inner(name, 1); };
const viaThen = (name: string): Promise<string> => Promise.resolve(name).then((n) => inner(n, 0)).then((r) => { log.push(`then ${r}`); return r; });
const thrower = async (name: string): Promise<never> => { await null; log.push(`${name} throws`); throw new Error(name); };
const tick = async (name: string, n: number) => { for (let i = 0; i < n; i++) { log.push(`${name}.${i}`); await i; } };
export async function main() {
  tick('t', 6);
  const work = [inner('a', 2), viaReturn('b'), viaThen('c'), thrower('d').catch((e) => { log.push('caught'); return String(e); }), (async () => await thrower('e'))().catch(() => 'e')];
  log.push('started');
  const p = new Promise<string>((resolve) => { log.push('executor'); resolve(inner('f', 0)); log.push('after resolve'); });
  p.then((v) => log.push(`p ${v}`));
  const all = Promise.all(work).then((r) => { log.push('all'); return r; });
  const race = Promise.race([viaReturn('g'), null, viaThen('h')]).then((r) => log.push(`race ${r}`));
  const any = Promise.any([thrower('i'), Promise.resolve('j')]).then((r) => log.push(`any ${r}`));
  const settled = Promise.allSettled([thrower('k'), 1]).then(() => log.push('settled'));
  await race; log.push('after race');
  await any; await settled;
  const result = await all;
  const then = { then(f: (v: string) => void) { log.push('thenable'); f('from thenable'); } };
  log.push(await (then as unknown as Promise<string>));
  log.push(await (async () => then as unknown as Promise<string>)());
  console.log(log.join('\n'));
  return result;
}
