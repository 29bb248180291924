async function* chunks(text: string, size: number): AsyncGenerator<string> { for (let i = 0; i < text.length; i += size) { await null; yield text.slice(i, i + size); } }
async function* lines(source: AsyncIterable<string>): AsyncGenerator<string> {
  let buffer = '';
  for await (const chunk of source) {
    buffer += chunk;
    const parts = buffer.split('\n');
    buffer = parts.pop() ?? '';
    yield* parts;
  }
  if (buffer !== '') yield buffer;
}
async function* parse<T>(source: AsyncIterable<string>, onError: (line: string, error: SyntaxError) => void): AsyncGenerator<T> {
  for await (const line of source) {
    if (!line.trim()) continue;
    try { yield JSON.parse(line) as T; } catch (e) { if (e instanceof SyntaxError) onError(line, e); else throw e; }
  }
}
interface Event { type: 'view' | 'click' | 'buy'; user: string; amount?: number; at: string }
export async function main() {
  const text = ['{"type":"view","user":"ann","at":"2024-01-01T00:00:00Z"}', '', '{"type":"buy","user":"bob","amount":12.5,"at":"2024-01-02T10:00:00Z"}', '{broken', '{"type":"buy","user":"ann","amount":7.25,"at":"2024-01-02T11:30:00+02:00"}', '{"type":"click","user":"zoë ☕","at":"2024-02-30"}'].join('\n');
  const stats = new Map<Event['type'], { count: number; users: Set<string> }>();
  let revenue = 0, bad = 0;
  const days: string[] = [];
  for await (const event of parse<Event>(lines(chunks(text, 17)), (line) => { bad++; console.warn('skipped', line); })) {
    const entry = stats.get(event.type) ?? { count: 0, users: new Set<string>() };
    entry.count++;
    entry.users.add(event.user);
    stats.set(event.type, entry);
    revenue += event.amount ?? 0;
    const date = new Date(event.at);
    days.push(Number.isNaN(date.getTime()) ? 'invalid' : date.toISOString().slice(0, 10));
  }
  console.log(stats);
  return { revenue: revenue.toFixed(2), bad, days, stats: Object.fromEntries([...stats].map(([type, { count, users }]) => [type, { count, users: [...users].sort() }])) };
}
