export async function main() {
  const out: string[] = [];
  outer: for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) {
      if (j === 3) continue outer;
      if (i === 3) break outer;
      out.push(`${i}${j}`);
    }
  }
  let n = 0;
  do { n += 3; } while (n < 10);
  while (true) { if (n-- < 5) break; }
  const grade = (x: number) => { switch (true) { case x > 90: return 'A'; case x > 80: return 'B'; default: return 'C'; } };
  const fall = (x: number) => { const r: string[] = []; switch (x) { case 1: r.push('1'); case 2: r.push('2'); break; case 3: r.push('3'); default: r.push('d'); } return r.join(); };
  let i = 0;
  const post = i++ + i++ * 2, pre = ++i + ++i;
  console.log(out.join(' '), n, grade(95), grade(85), grade(5), fall(1), fall(2), fall(3), fall(4), post, pre);
  const t = n > 0 ? 'pos' : n < 0 ? 'neg' : 'zero';
  const none = (): string | null => null;
  let and = n - n && 5, or = and || 'x', nn = none() ?? 'd';
  let x: number | null = null;
  x ??= 4; x &&= x + 1; x ||= 9;
  return [t, and, or, nn, x, void 0, typeof x, typeof 'a', typeof null, typeof undefined, typeof main, !n, !!out.length];
}
