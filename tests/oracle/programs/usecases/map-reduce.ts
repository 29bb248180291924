declare function delay<T>(ms: number, value: T): Promise<T>;
const texts: Record<string, string> = {
  one: 'It was the best of times, it was the worst of times,',
  two: 'it was the age of wisdom; it was the age of foolishness...',
  three: "It's the season of Light — it was the season of Darkness!",
};
type Counts = Map<string, number>;
const tokenize = (text: string): string[] => text.toLowerCase().split(/[^a-z']+/).filter(Boolean);
const count = (words: Iterable<string>): Counts => { const c: Counts = new Map(); for (const w of words) c.set(w, (c.get(w) ?? 0) + 1); return c; };
const merge = (a: Counts, b: Counts): Counts => { for (const [k, v] of b) a.set(k, (a.get(k) ?? 0) + v); return a; };
export async function main(top = 5) {
  const parts = await Promise.all(Object.entries(texts).map(async ([name, text], i) => ({ name, counts: count(tokenize(await delay(3 - i, text))) })));
  const total = parts.map((p) => p.counts).reduce(merge, new Map());
  const ranked = [...total.entries()].sort(([wa, a], [wb, b]) => b - a || wa.localeCompare(wb)).slice(0, top);
  const longest = [...total.keys()].reduce((a, b) => (b.length > a.length ? b : a), '');
  console.table(ranked.map(([word, n]) => ({ word, n })));
  return { ranked, longest, unique: total.size, byLetter: Object.fromEntries(["a", "w"].map((l) => [l, [...total.keys()].filter((w) => w.startsWith(l))])) };
}
