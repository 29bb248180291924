interface Item { id: number; price: number; kind: 'a' | 'b' }
export async function main() {
  const items: Item[] = [];
  for (let i = 0; i < 10; i++) items.push({ id: i, price: i * 1.5, kind: i % 3 ? 'a' : 'b' });
  console.log(items.filter((x) => x.kind === 'b').map((x) => x.id));
  console.log(items.reduce((sum, x) => sum + x.price, 0), items.find((x) => x.price > 5), items.findIndex((x) => x.price > 50));
  console.log(items.some((x) => x.id === 3), items.every((x) => x.price >= 0));
  items.forEach((x, i, all) => { if (i === all.length - 1) console.log('last', x); });
  const byKind = items.reduce<Record<string, Item[]>>((acc, x) => { (acc[x.kind] ??= []).push(x); return acc; }, {});
  console.log(Object.keys(byKind), byKind['a']?.length, byKind['b']?.length);
  console.log([1, 2, 3].flatMap((x) => [x, x * 10]), ['b', 'a', 'c'].sort(), [3, 1, 2].sort((a, b) => b - a));
  return [1, 2, 3, 4].map((x) => x ** 2).filter((x) => x % 2 === 0);
}
