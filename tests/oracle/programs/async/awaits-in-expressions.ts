declare function echo<T>(value: T): Promise<T>;
const log: string[] = [];
const tag = async <T>(name: string, value: T): Promise<T> => { log.push(name); await null; log.push(`${name}!`); return value; };
export async function main() {
  const obj = { [await tag('key', 'k')]: await tag('value', 1), list: [await tag('e0', 0), ...(await tag('rest', [1, 2]))], async method(x: number) { return x + (await tag('m', 1)); } };
  let total = 0;
  total += await tag('add', 5);
  total = total + (await tag('l', 1)) * (await tag('r', 2)) - -(await tag('neg', 3));
  const text = `${await tag('t1', 'a')}-${await tag('t2', 'b')}`;
  const chosen = (await tag('cond', false)) ? await tag('yes', 1) : await tag('no', 2);
  const short = (await tag('and', 0)) && (await tag('never', 1));
  const fallback = (await tag('null', null)) ?? (await tag('other', 'x'));
  const called = Math.max(await tag('a', 4), await obj.method(9), await tag('c', 2));
  const maybe = null as { f(): Promise<number> } | null;
  const optional = await maybe?.f(), field = (await tag('opt', { a: { b: 1 } } as { a?: { b: number } })).a?.b;
  const [x = await tag('dx', 10), y = await tag('dy', 20)] = [undefined, 5] as (number | undefined)[];
  const { p = await tag('dp', 'p'), ...others } = await echo({ p: undefined as string | undefined, q: 1 });
  for (let i = await tag('init', 0); i < (await tag('test', 2)); i += await tag('step', 1)) total += i;
  while ((await tag('while', total)) < 20) total += 7;
  do total--; while (await tag('do', total > 18));
  switch (await tag('switch', 2)) { case await tag('case1', 1): total = -1; break; case await tag('case2', 2): total += 100; }
  if (!(await tag('if', false)) || (await tag('skipped', 1))) total += 1000;
  for (const v of await tag('of', [1, 2])) total += v + (await echo(v));
  const cells = [0, 0];
  cells[await tag('i', 1)] = await tag('v', 9);
  cells[await tag('j', 0)] += await tag('w', 3);
  const thrown = await (async () => { try { throw await tag('throw', 'err'); } catch (e) { return `${e}${await tag('caught', 1)}`; } })();
  const voided = void (await tag('void', 1)), comma = (await tag('first', 1), await tag('second', 2)), type = typeof (await tag('typeof', 's'));
  console.log(log.join(' '));
  return { list: obj.list, k: obj.k, total, text, chosen, short, fallback, called, optional, field, x, y, p, others, cells, thrown, voided, comma, type };
}
