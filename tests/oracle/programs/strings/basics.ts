export async function main() {
  const s = 'Hello, wörld 🌍!';
  console.log(s, s.length, s[0], s[99], s.charAt(1), s.charCodeAt(7), s.codePointAt(13), s.at(-1));
  console.log(s.slice(0, 5), s.slice(-3), s.slice(3, -3), s.substring(5, 2), s.indexOf('o'), s.lastIndexOf('o'), s.indexOf('zzz'));
  console.log(s.includes('wör'), s.startsWith('Hell'), s.endsWith('!'), s.toUpperCase(), s.toLowerCase());
  console.log('a-b-c'.split('-'), 'abc'.split(''), 'a,b,,c'.split(',', 2), ''.split(','), ''.split(''));
  console.log('  x y '.trim() + '|', 'ab'.repeat(3), '5'.padStart(3, '0'), '5'.padEnd(3) + '|');
  console.log('a' < 'b', 'a' < 'B', 'abc' < 'abd', 'Z' < 'a', '10' < '9');
  let joined = '';
  for (const c of s) joined += `[${c}]`;
  return joined;
}
