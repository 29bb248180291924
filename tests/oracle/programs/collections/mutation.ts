/** Collections that change while they are walked; holes; odd arguments. */
export async function main() {
  const m = new Map<any, any>([['a', 1], ['b', 2], ['c', 3]]);
  const seen: any[] = [];
  for (const [k, v] of m) {
    seen.push(k + v);
    if (k === 'a') {
      m.delete('b');
      m.set('d', 4);
    }
    if (k === 'd' && m.size < 6) {
      m.delete('d');
      m.set('d', m.size + 10);
    }
    if (seen.length > 8)
      break;
  }
  console.log(seen, m);
  const s = new Set([1, 2, 3]);
  const ss: number[] = [];
  for (const x of s) {
    ss.push(x);
    s.delete(x);
    if (x < 6)
      s.add(x + 3);
  }
  console.log(ss, s);
  m.clear();
  const it = m.entries();
  m.set('z', 1);
  console.log(it.next(), it.next());
  m.set('y', 1);
  console.log(it.next());
  const me = new Map([[NaN, 'nan'], [0, 'zero']]);
  console.log(me.get(NaN), me.get(-0), me.has(0), [...me.keys()], me.set(-0, 'neg').get(0), Object.is([...me.keys()][1], 0));
  m.forEach((v, k, mm) => { console.log(k, v, mm === m); if (m.size < 4)
    m.set(k + 'x', v); });
  const arr = [1, 2, 3, 4, 5];
  const out: number[] = [];
  for (const x of arr) {
    out.push(x);
    if (x === 2)
      arr.push(6);
    if (x === 3)
      arr.shift();
  }
  console.log(out, arr);
  arr.forEach((x, i) => { if (i === 0)
    arr.pop(); if (i === 1)
    arr[2] = 99; out.push(x); });
  console.log(out, arr);
  console.log([1, 2, 3].map((x, i, a) => (a.push(x), a.length)), [3, 1, 2].reduce((a, b, i, all) => a + b * i + all.length), [1, 2, 3, 4].filter((x, i, a) => { a[i + 1] = 10; return x > 1; }));
  const holes: any[] = [1, , 3, undefined, , 6];
  console.log(holes.map((x) => x), holes.filter(() => true), holes.forEach(() => 0), holes.reduce((a, b) => a + b, ''), holes.length, 1 in holes, Object.keys(holes), holes.indexOf(undefined), holes.includes(undefined), holes.findIndex((x) => x === undefined), holes.join('-'), [...holes], holes.flat(), holes.slice(0, 2), holes.concat([, 7]), holes.reverse(), holes.sort(), JSON.stringify(holes), holes.every((x) => x), holes.entries().next(), holes.at(-1), holes.toSorted(), holes.with(1, 'w'), holes.lastIndexOf(undefined), holes.fill(0, 1, 2), Object.entries(holes), delete holes[0], holes);
  const big: any[] = [];
  big[5] = 1;
  big.length = 3;
  console.log(big, big.length);
  big.length = 0;
  big[2] = 'x';
  console.log(big, big.push('p'), big.unshift('u', 'v'), big, big.splice(1, 2, 'a', 'b', 'c'), big);
  const people = Array.from({ length: 30 }, (_, i) => ({ n: i, k: (i * 7) % 3 }));
  console.log(people.sort((a, b) => a.k - b.k).map((p) => p.n).join());
  try {
    [3, 1, 2].sort(() => { throw new Error('cmp'); });
  }
  catch (e: any) {
    console.log(e.message);
  }
  console.log([3, 1, 2].sort(() => NaN), [3, 1, 2].sort((a, b) => (a < b) as any), [10, 9, 1, 'b', undefined, 'a', null, , -1].sort(), [true, false, 'x', {}, []].sort(), ['é', 'z', 'a', 'Z', 'ä'].sort(), [2, 1].toSorted((a, b) => b - a), [5, 25, 100].sort());
  console.log([1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity), [[1], [2]].flatMap((x) => [x, x]), [1, 2, 3].copyWithin(0, 1), [1, 2, 3].fill(7, -1), [1, 2, 3, 2].lastIndexOf(2), [1, 2, 3].indexOf(2, -1), [NaN].includes(NaN), [NaN].indexOf(NaN), [1, 2, 3].at(-4), [1, 2, 3].slice(-2), [1, 2, 3].slice(1, -1), [1, 2, 3].splice(-1), [1, 2, 3].with(-1, 9), [1, 2, 3].toSpliced(1, 1, 8, 9), [1, 2, 3].findLast((x) => x < 3), Array.of(7), Array(3).length, Array.from('añ😀b'), Array.from({ length: 2, 0: 'x', 1: 'y' } as any), Array.from(new Map([[1, 2]])), Array.isArray([]), [1, 2, 3].join(undefined), [null, undefined, [1, [2]]].join(';'), [1, 2, 3] + '', [1, 2].concat(3, [4], [[5]] as any), [3, 2, 1].reduceRight((a, b) => a * 10 + b));
  try {
    ([] as any[]).reduce((a: any) => a);
  }
  catch (e: any) {
    console.log(e.message);
  }
  try {
    [1, 2].with(5, 0);
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  try {
    new Array(1.5);
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  try {
    [].length = -1;
  }
  catch (e: any) {
    console.log(e.name, e.message);
  }
  console.log(Object.entries({ b: 1, 2: 'x', a: 2, 1: 'y' }), Object.assign({ a: 1 }, null, { b: 2 }, 'xy' as any), Object.fromEntries(new Map([['k', 1]])), { ...('hi' as any), ...[9], ...(null as any) });
  const w = new WeakMap();
  const key = {};
  w.set(key, 1);
  console.log(w.get(key), w.has({}), w.delete(key), w.has(key));
  try {
    w.set(1 as any, 1);
  }
  catch (e: any) {
    console.log(e.message);
  }
  const fr = Object.freeze({ a: { b: 1 }, l: [1] });
  fr.a.b = 2;
  try {
    (fr as any).a = 1;
  }
  catch (e: any) {
    console.log(e.message);
  }
  console.log(fr, Object.isFrozen(fr), Object.isFrozen(fr.l), Object.isSealed(Object.seal({})), Object.isExtensible(Object.preventExtensions({})));
  const objs = { z: 1, a: 2, 10: 3, 9: 4, '-1': 5, '01': 6 } as any;
  delete objs.z;
  objs.z = 7;
  console.log(objs, Object.keys(objs), JSON.stringify(objs));
  for (const k in objs) {
    if (k === '9') {
      delete objs.a;
      objs.late = 1;
    }
    console.log(k);
  }
  for (const k in [7, , 8])
    console.log(k);
  for (const k in 'ab' as any)
    console.log(k);
  for (const k in null as any)
    console.log(k);
}
