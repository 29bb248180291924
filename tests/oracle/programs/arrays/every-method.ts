function show(label: string, f: () => unknown): void {
  try { console.log(label, f()); } catch (e) { const x = e as Error; console.log(label, 'threw', x.name, x.message); }
}
export async function main(): Promise<number> {
  const starts: (number | undefined)[][] = [[], [1], [3, 1, 2], [5, 4, 3, 2, 1, 0], [10, 9, 1, NaN, -0]];
  for (const s of starts) {
    show('push', () => { const a = s.slice(); return [a.push(7, 8), a]; });
    show('pop', () => { const a = s.slice(); return [a.pop(), a]; });
    show('shift', () => { const a = s.slice(); return [a.shift(), a]; });
    show('unshift', () => { const a = s.slice(); return [a.unshift(1, 2, 3), a]; });
    show('splice1', () => { const a = s.slice(); return [a.splice(1), a]; });
    show('splice2', () => { const a = s.slice(); return [a.splice(1, 1), a]; });
    show('splice3', () => { const a = s.slice(); return [a.splice(-2, 1, 9, 9, 9), a]; });
    show('slice', () => [s.slice(1, -1), s.slice(-2), s.slice(5)]);
    show('concat', () => s.concat([1, 2], 3, [4]));
    show('join', () => [s.join(), s.join('-'), s.join('')]);
    show('reverse', () => s.slice().reverse());
    show('indexOf', () => [s.indexOf(1), s.indexOf(NaN), s.lastIndexOf(1), s.includes(NaN), s.includes(1)]);
    show('find', () => [s.find((x) => x !== undefined && x > 1), s.findIndex((x) => x === 1), s.findLast((x) => x !== undefined && x > 1), s.findLastIndex((x) => x === 2)]);
    show('filter', () => s.filter((x) => x !== undefined && x % 2 === 0));
    show('map', () => s.map((x, i) => [x, i]));
    show('reduce', () => s.reduce((a, b) => (a ?? 0) + (b ?? 0)));
    show('reduce0', () => s.reduce((a: number, b) => a + (b ?? 0), 0));
    show('reduceRight', () => s.reduceRight((a: string, b) => a + String(b), ''));
    show('some', () => [s.some((x) => x === 1), s.every((x) => x === 1)]);
    show('sort', () => s.slice().sort());
    show('sortn', () => s.slice().sort((a, b) => (a ?? 0) - (b ?? 0)));
    show('toSorted', () => s.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
    show('flatMap', () => s.flatMap((x) => [x, x]));
    show('fill', () => s.slice().fill(0, 1, 3));
    show('at', () => [s.at(0), s.at(-1), s.at(9)]);
    show('keys', () => [...s.keys()]);
    show('entries', () => [...s.entries()]);
    show('copyWithin', () => s.slice().copyWithin(0, 1));
    show('with', () => s.with(0, 42));
    show('toSpliced', () => s.toSpliced(1, 1, 5));
    show('toReversed', () => s.toReversed());
    show('spread', () => [...s, ...s]);
    show('from', () => [Array.from(s), Array.from({ length: 3 }, (_, i) => i * i), Array.of(1, 2), Array.isArray(s)]);
  }
  const words = ['banana', 'apple', 'cherry', 'Apple', 'éclair', 'zoo', ''];
  show('sort words', () => words.slice().sort());
  show('sort by length', () => words.slice().sort((a, b) => a.length - b.length));
  show('join words', () => words.join(', '));
  show('nested flat', () => [1, [2, [3, [4]]]].flat(2));
  show('matrix', () => { const m: number[][] = []; for (let i = 0; i < 3; i++) { m.push([]); for (let j = 0; j < 3; j++) m[i]!.push(i * j); } return m; });
  const big: number[] = [];
  for (let i = 0; i < 2000; i++) big.push((i * 7919) % 2003);
  show('big', () => big.slice().sort((a, b) => a - b).slice(0, 5).concat(big.length));
  show('sum', () => big.reduce((a, b) => a + b, 0));
  const people = [{ name: 'Ann', age: 30 }, { name: 'Bob', age: 25 }, { name: 'Cy', age: 30 }];
  show('people', () => people.slice().sort((a, b) => a.age - b.age || (a.name < b.name ? 1 : -1)));
  show('group', () => { const g: Record<string, string[]> = {}; for (const p of people) (g[p.age] ??= []).push(p.name); return g; });
  show('len', () => { const a = [1, 2, 3]; a.length = 1; a[3] = 4; return [a, a.length]; });
  show('bad len', () => { const a = [1]; a.length = -1; return a; });
  show('frozen', () => { const a = Object.freeze([1, 2]) as number[]; a.push(3); return a; });
  // Versions of V8 word this one in two ways.
  show('not fn', () => { try { return [1].map(5 as unknown as (x: number) => number); } catch (e) { return (e as Error).name; } });
  show('empty reduce', () => ([] as number[]).reduce((a, b) => a + b));
  show('destructure', () => { const [a, , b = 5, ...c] = [1, 2, undefined, 4, 5]; return [a, b, c]; });
  return big.length;
}
