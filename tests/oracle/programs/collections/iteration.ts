export async function main() {
  const m = new Map<unknown, unknown>([[1, 'one'], ['1', 'text'], [NaN, 'nan'], [null, 'null'], [undefined, 'undef']]);
  const key = { id: 1 };
  m.set(key, key).set(-0, 'zero').set([], []);
  console.log(m.get(NaN), m.get(0), m.get(key) === key, m.get({ id: 1 }), m.size, m.has(undefined), m);
  const s = new Set([3, 1, 3, 2]);
  for (const x of s) { if (x === 1) { s.delete(2); s.add(9); } if (x === 9) s.add(3).add(10); console.log('visit', x); }
  for (const [k, v] of m) { if (k === 1) m.delete('1'); if (typeof k === 'number') m.set(`n${k}`, v); if (m.size > 12) break; }
  console.log([...m.keys()].map(String), s, s.size);
  const entries = m.entries(), values = s.values();
  console.log(entries.next(), values.next(), values.next().value, [...values], values.next());
  const letters = new Map(Object.entries({ b: 2, a: 1 }));
  console.log([...letters].sort(), Object.fromEntries(letters), new Map([...letters].map(([k, v]) => [v, k])), new Set('hello'), [...new Set('hello')].join(''));
  const union = new Set([...s, ...[100]]), common = new Set([...s].filter((x) => union.has(x) && x > 5));
  console.log(union, common, letters.delete('zz'), letters.delete('a'), letters, letters.forEach((v, k, self) => console.log(v, k, self.size)));
  letters.clear();
  const [first, , third] = new Set(['x', 'y', 'z']);
  const [[k0, v0] = ['none', 0]] = letters;
  const index = new Map([['odd', [1, 3]], ['even', [2, 4]]]);
  console.log(first, third, k0, v0, index, typeof m, m instanceof Map, Array.from(index, ([k, v]) => k + v.length));
  const nested = new Map([['outer', new Map([['inner', new Set([[1, { deep: true }]])]])]]);
  console.log(nested, new Map(), new Set([new Set()]), [new Map([[{ a: 1 }, 'v']])], { m: new Map([['k', [1, 2]]]) });
  const weak = new WeakMap<object, number>([[key, 5]]);
  return [weak.get(key), weak.has({}), m.size, structuredClone(nested)];
}
