interface Row { readonly region: string; product: string; units: number; price: number; discount?: number }
const rows: Row[] = [
  { region: 'north', product: 'bolt', units: 120, price: 0.25 },
  { region: 'south', product: 'nut', units: 80, price: 0.1, discount: 0.2 },
  { region: 'north', product: 'nut', units: 45, price: 0.1 },
  { region: 'east', product: 'gear', units: 3, price: 19.99, discount: 0 },
  { region: 'south', product: 'gear', units: 7, price: 19.99 },
];
const total = ({ units, price, discount = 0.05 }: Row): number => units * price * (1 - discount);
function by<K extends keyof Row>(key: K): (a: Row, b: Row) => number {
  return (a, b) => {
    const [x, y] = [a[key], b[key]];
    if (x === y) return 0;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return x < y ? -1 : 1;
  };
}
export async function main() {
  const byRegion = rows.reduce<Record<string, { total: number; rows: Row[] }>>((groups, row) => {
    const group = (groups[row.region] ??= { total: 0, rows: [] });
    group.total += total(row);
    group.rows.push(row);
    return groups;
  }, {});
  for (const [region, { total: sum, rows: [first, ...others] }] of Object.entries(byRegion)) {
    console.log(region.padEnd(6, '.'), sum.toFixed(2).padStart(8), first?.product, others.length);
  }
  console.log(rows.toSorted(by('discount')).map((r) => `${r.region}/${r.product}`));
  console.log([...rows].sort(by('units')).map((r) => r.units), [...rows].sort((a, b) => b.price - a.price || a.units - b.units).map(({ product, units }) => [product, units]));
  const widest = Math.max(...rows.map((r) => r.product.length));
  const lines = rows.map((r, i) => `${String(i + 1).padStart(2)} ${r.product.padEnd(widest)} | ${'#'.repeat(Math.ceil(r.units / 20))}`);
  console.log(lines.join('\n'));
  return { best: rows.reduce((a, b) => (total(b) > total(a) ? b : a)), sum: rows.map(total).reduce((a, b) => a + b) };
}
