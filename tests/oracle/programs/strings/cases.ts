const words = (text: string): string[] => {
  const out: string[] = [];
  let word = '';
  for (const c of text) {
    const lower = c.toLowerCase();
    const letter = lower !== c.toUpperCase() || (c >= '0' && c <= '9');
    if (!letter || (c !== lower && word && word.at(-1) === word.at(-1)?.toLowerCase())) { if (word) out.push(word.toLowerCase()); word = ''; }
    if (letter) word += c;
  }
  if (word) out.push(word.toLowerCase());
  return out;
};
const capitalize = <S extends string>(s: S) => `${s.charAt(0).toUpperCase()}${s.slice(1)}` as Capitalize<S>;
const camel = (s: string) => words(s).map((w, i) => (i ? capitalize(w) : w)).join('');
const snake = (s: string) => words(s).join('_');
const title = (s: string) => words(s).map(capitalize).join(' ');
const slug = (s: string) => words(s).map(encodeURIComponent).join('-');
const truncate = (s: string, n: number, tail = '…') => (s.length > n ? s.slice(0, n - tail.length).trimEnd() + tail : s);
const reverseWords = (s: string) => s.split(' ').map((w) => [...w].reverse().join('')).join(' ');
const isPalindrome = (s: string) => { const t = words(s).join(''); return t === [...t].reverse().join(''); };
const rot13 = (s: string) => [...s].map((c) => {
  const code = c.charCodeAt(0);
  const base = code >= 97 && code <= 122 ? 97 : code >= 65 && code <= 90 ? 65 : 0;
  return base ? String.fromCharCode((code - base + 13) % 26 + base) : c;
}).join('');
const runs = (s: string) => { let out = ''; for (let i = 0, j = 0; i < s.length; i = j) { while (s[j] === s[i]) j++; out += `${j - i > 1 ? j - i : ''}${s[i]}`; } return out; };
export async function main() {
  const inputs = ['hello world', 'someVariableName', 'HTTP_status-code 404', '  Éclair à la crème  ', ''];
  for (const s of inputs) console.log([camel(s), snake(s), title(s), slug(s)]);
  console.log(truncate('the quick brown fox', 10), truncate('short', 10), truncate('abcdef', 4, ''), reverseWords('abc 😀x yz'));
  console.log(isPalindrome('A man, a plan, a canal: Panama'), isPalindrome('nope'), rot13('Hello, World!'), rot13(rot13('Same')), runs('aaabccdddd'));
  const text = 'to be or not to be';
  const counts = new Map<string, number>();
  for (const c of text.replaceAll(' ', '')) counts.set(c, (counts.get(c) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 3);
}
