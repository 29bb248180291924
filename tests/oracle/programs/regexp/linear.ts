// Patterns whose number of ways grows exponentially with the text, on texts on which a backtracking matcher takes long.
const TRAPS: readonly (readonly [RegExp, string])[] = [
  [/^(a+)+$/, 'a'.repeat(22) + '!'],
  [/^(a|a?)+$/, 'a'.repeat(18) + '!'],
  [/(x+x+)+y/, 'x'.repeat(20)],
  [/^(?:[^"\\]|\\.|\\\\)*"$/, '\\\\'.repeat(14)],
  [/(a*)*b/, 'a'.repeat(20)],
  [/^(([a-z])+.)+[A-Z]([a-z])+$/, 'a'.repeat(22)],
  [/\s+$/, ' '.repeat(400) + 'x'],
  [/(?:a?){12}a{12}/, 'a'.repeat(12)],
  [/^(\d+)*\.(\d+)*$/, '1'.repeat(18)],
];

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[a-z']+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

export async function main() {
  for (const [pattern, text] of TRAPS) console.log(pattern, pattern.test(text));
  const text = "It was the best of times, it was the worst of times; it wasn't dull.\n".repeat(20);
  const counts = [...wordCounts(text)].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  console.log(counts.slice(0, 5), text.match(/\bwas\b/g)?.length, text.replace(/[^;]/g, '').length, text.split(/[.;,]\s*/).length);
  const log = Array.from({ length: 50 }, (_, i) => `${i % 3 ? 'INFO' : 'ERROR'} [svc-${i % 4}] took ${i * 7}ms`).join('\n');
  const slow = [...log.matchAll(/^(?<level>\w+) \[(?<service>[^\]]+)\] took (?<ms>\d+)ms$/gm)].filter(({ groups }) => Number(groups?.['ms']) > 300);
  console.log(slow.map(({ groups, index }) => `${groups?.['level']} ${groups?.['service']} ${index}`));
  return counts.length;
}
