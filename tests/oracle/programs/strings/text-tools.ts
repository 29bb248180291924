export async function main() {
  const csv = 'id,name,"quoted, value"\r\n1,Ann,"say ""hi"""\r\n2,Bob,plain';
  const parse = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].slice(0, -1).map((m) => (m[1]!.startsWith('"') ? m[1]!.slice(1, -1).replaceAll('""', '"') : m[1]!));
  const rows = csv.split(/\r?\n/).map(parse);
  const words = 'The quick brown fox — naïve café, 日本語 👩‍👩‍👧'.split(' ');
  const title = (s: string) => s.replace(/\b\w/g, (c) => c.toUpperCase());
  const wrap = (s: string, n: number) => s.match(new RegExp(`.{1,${n}}`, 'gs')) ?? [];
  const kebab = (s: string) => s.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[\s_]+/g, '-').toLowerCase();
  const url = 'https://user:pw@example.com:8080/a/b?x=1&y=two%20words&x=3#frag';
  const q = Object.fromEntries([...url.matchAll(/[?&]([^=&#]+)=([^&#]*)/g)].map(([, k, v]) => [k!, decodeURIComponent(v!)]));
  return { rows, lens: words.map((w) => [w.length, [...w].length]), t: title('hello big world'), w: wrap('abcdefgh', 3), k: ['helloWorld', 'Some Name_here', 'XMLHttp'].map(kebab), q, pad: '7'.padStart(3, '0') + '|' + 'ab'.padEnd(5, '.-') + '|', at: 'hello'.at(-2), cmp: ['b', 'a', 'C', 'ä'].sort(), loc: ['b', 'a', 'C', 'ä'].sort((a, b) => a.localeCompare(b)), idx: ['abcabc'.lastIndexOf('b'), 'abc'.search(/c/)], codes: [...'a☕'].map((c) => c.codePointAt(0)!.toString(16)), trim: '\t x \n'.trim(), rep: '=-'.repeat(3), norm: 'é' === 'e\u0301'.normalize('NFC'), split: 'a1b2c3'.split(/(\d)/), raw: String.raw`\n${1}` };
}
