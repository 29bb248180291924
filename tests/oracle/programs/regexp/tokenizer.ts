type Token = { kind: 'number' | 'name' | 'operator' | 'string'; text: string; at: number };

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<name>[A-Za-z_$][\w$]*)|(?<string>"(?:[^"\\]|\\.)*")|(?<operator>\*\*|[-+*/%()=<>!]=?|,))/iy;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match?.groups) throw new SyntaxError(`unexpected ${JSON.stringify(source[from])} at ${from}`);
    for (const [kind, text] of Object.entries(match.groups)) {
      if (text !== undefined) tokens.push({ kind: kind as Token['kind'], text, at: match.index });
    }
  }
  return tokens;
}

function* lines(text: string): Generator<[number, string]> {
  const line = /^.*$/gm;
  let number = 0;
  for (const match of text.matchAll(line)) yield [++number, match[0]];
}

export async function main() {
  for (const source of ['price * 1.5e3 - tax(2, "a\\"b")', 'x **= 2', 'a >= 10 ? 1 : 2']) {
    try {
      console.log(source, tokenize(source));
    } catch (error) {
      console.log(String(error), TOKEN.lastIndex);
    }
  }
  for (const [number, line] of lines('first\n\nthird line\n')) console.log(number, line, line.split(/\s+/), line.search(/\s/));
  const sticky = /o/y;
  console.log(sticky.test('foo'), sticky.lastIndex);
  sticky.lastIndex = 1;
  console.log(sticky.test('foo'), sticky.lastIndex, sticky.test('foo'), sticky.lastIndex, sticky.test('foo'), sticky.lastIndex);
  const global = /(\d)(\w)?/g;
  let match: RegExpExecArray | null;
  while ((match = global.exec('1a-2-3c')) !== null) console.log(match, match.length, global.lastIndex);
  console.log(global.lastIndex, 'a1b2'.replace(/\d/y, '#'), 'a1b2'.match(/[a-z](?=\d)/gy));
  return tokenize('f(1)').map(({ kind, text }) => `${kind}:${text}`).join(' ');
}
