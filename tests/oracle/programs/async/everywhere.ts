declare function echo<T>(value: T): Promise<T>;
const id = async <T>(x: T): Promise<T> => x;
export async function main() {
  const a = (await echo(1)) + (await id(2)) * (await echo(3));
  const o = { x: await echo('x'), [await id('key')]: await echo([await id(1), await echo(2)]) };
  const cond = (await echo(true)) ? await id('yes') : await id('no');
  const t = `${await echo('t')}-${await id(5)}`;
  if ((await echo(3)) > (await id(2))) console.log('if');
  let n = 0;
  while ((await echo(n)) < 3) n++;
  for (let i = await id(0); i < (await echo(2)); i += await id(1)) console.log('for', i);
  do { n--; } while (await echo(n > 0));
  switch (await echo('b')) { case await id('a'): console.log('a'); break; case await id('b'): console.log('b'); break; default: console.log('none'); }
  const and = (await echo(0)) && (await echo(1));
  const or = (await echo('')) || (await echo('or'));
  const nn = (await echo<null | number>(null)) ?? (await echo(7));
  const arr = [...(await echo([1, 2])), await echo(3)];
  const { p, q = await echo('dq') } = await echo({ p: 1 } as { p: number; q?: string });
  arr[await id(0)] = await echo(100);
  arr[1] += await echo(5);
  const f = (...xs: number[]) => xs.join('+');
  try { throw await echo('thrown'); } catch (e) { console.log(e); }
  const neg = -(await echo(4)), not = !(await echo(true)), ty = typeof (await echo('s'));
  return { a, o, cond, t, n, and, or, nn, arr, p, q, call: f(await echo(1), await id(2)), neg, not, ty };
}
