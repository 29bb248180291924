export async function main() {
  const o: Record<string, number> = { b: 1, 2: 2, a: 3, 1: 4, '-1': 5, '01': 6, '1.5': 7 };
  o['0'] = 8; o.z = 9; delete o.b; o.b = 10;
  console.log(Object.keys(o), Object.values(o), Object.entries(o).length, o);
  for (const k in o) if (o[k]! > 5) console.log(k, o[k]);
  console.log(JSON.stringify(o), 'b' in o, 'y' in o, Object.hasOwn(o, 'q'), o.hasOwnProperty('a'));
  const { a, ['1']: one, missing = 'none', ...rest } = o as Record<string, number> & { missing?: string };
  console.log(a, one, missing, rest);
  const key = 'dyn' + 'amic';
  const made = { [key]: 1, [`${key}2`]: 2, [1 + 1]: 3, 'quoted key': 4, nested: { [key]: { deep: true } } };
  console.log(made, made.nested[key], Object.keys(made));
  const spread = { ...made, nested: null, ...{ late: 1 }, ...(Math.abs(-1) > 2 && { never: 1 }), ...(undefined as { no?: number } | undefined), ...[7, 8] };
  console.log(spread);
  const counts: { [word: string]: number } = Object.create(null);
  for (const w of ['constructor', 'toString', '__proto__x', 'constructor']) counts[w] = (counts[w] ?? 0) + 1;
  console.log({ ...counts }, Object.entries(counts));
  const frozen = Object.freeze({ x: 1, inner: { y: 2 } });
  try { (frozen as { x: number }).x = 5; } catch (e) { console.log(String(e)); }
  frozen.inner.y = 3;
  return [frozen, Object.isFrozen(frozen), Object.isFrozen(frozen.inner), Object.fromEntries(new Map([['m', 1]]))];
}
