export async function main() {
  console.log('a.b.c'.replace('.', '-'), 'a.b.c'.replaceAll('.', '-'), 'abc'.replace('b', (m) => m.toUpperCase() + '!'), 'x'.replace('x', '$&$&'));
  const text = 'the quick brown fox jumps over the lazy dog the end';
  const counts: Record<string, number> = {};
  for (const word of text.split(' ')) counts[word] = (counts[word] ?? 0) + 1;
  console.log(counts);
  const title = text.split(' ').map((w) => w[0]!.toUpperCase() + w.slice(1)).join(' ');
  return [title, Object.entries(counts).filter(([, n]) => n > 1)];
}
