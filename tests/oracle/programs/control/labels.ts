export async function main() {
  const grid = [[1, 2, 3], [4, -1, 6], [7, 8, 9]];
  let found = '';
  rows: for (const [y, row] of grid.entries()) {
    for (const [x, cell] of row.entries()) {
      if (cell % 2 === 0) continue;
      if (cell === 3) continue rows;
      if (cell < 0) { found = `${x},${y}`; break rows; }
      console.log('odd', cell);
    }
    console.log('row', y);
  }
  block: {
    if (found) break block;
    console.log('not reached');
  }
  let n = 0;
  outer: do {
    n++;
    switch (n % 4) {
      case 0: break outer;
      case 1: continue outer;
      case 2: { for (;;) { if (n > 1) continue outer; } }
      default: console.log('default', n);
    }
    console.log('after switch', n);
  } while (n < 10);
  const trace: string[] = [];
  loop: for (let i = 0; i < 4; i++) {
    try {
      if (i === 1) continue;
      if (i === 3) break loop;
      trace.push(`try ${i}`);
    } finally {
      trace.push(`finally ${i}`);
    }
    trace.push(`end ${i}`);
  }
  const early = (): string => { for (const x of [1, 2, 3]) { try { if (x === 2) return `return ${x}`; } finally { trace.push(`f${x}`); } } return 'none'; };
  console.log(found, trace, early());
  const fallthrough = (x: unknown): string[] => {
    const out: string[] = [];
    switch (x) { default: out.push('default'); case 1: out.push('one'); break; case '1': out.push('text'); case NaN: out.push('nan'); case null: out.push('null'); }
    return out;
  };
  console.log([1, '1', NaN, null, 2].map(fallthrough));
  let i = 0, j = 10;
  for (; i < j; i += 2, j--) if (i === 4) continue;
  const expression = (i++, j--, i + j);
  const readLater = () => typeof later;
  const hoisted = readLater();
  var later = 5;
  return [expression, i, j, hoisted, later, void 0, n];
}
