declare function echo<T>(value: T): Promise<T>;
const texts = ['the cat sat on the mat', 'the dog ate the cat food', 'a mat is a mat'];
async function count(text: string): Promise<Record<string, number>> {
  const words = (await echo(text)).split(' ');
  return words.reduce<Record<string, number>>((acc, w) => ({ ...acc, [w]: (acc[w] ?? 0) + 1 }), {});
}
export async function main() {
  const maps = await Promise.all(texts.map(count));
  const merged: Record<string, number> = {};
  for (const m of maps) for (const [w, n] of Object.entries(m)) merged[w] = (merged[w] ?? 0) + n;
  return Object.entries(merged).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 4);
}
