export async function main() {
  const s = 'naïve café 日本 😀👍🏽';
  console.log(s.length, [...s].length, s.toUpperCase(), s.indexOf('日'), s.codePointAt(s.indexOf('😀')), s.at(-1)?.charCodeAt(0));
  console.log([...'a😀b'].map((c) => c.codePointAt(0)!.toString(16)), 'a😀b'.split(''), Array.from('é́x', (c) => c.length));
  console.log('\u{1F600}' === '😀', String.fromCodePoint(128512, 97),'\x41\u0042', 'é'.normalize() === 'é');
  console.log('straße'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase(), 'ǆ'.toUpperCase());
  console.log(encodeURIComponent('a b&c=é😀'), decodeURIComponent('%F0%9F%98%80%20x'), encodeURI('http://x/?q=ä b#f'));
  const sorted = ['z', 'a', 'Z', 'ä', 'A', '10', '9', ''].sort();
  console.log(sorted, ['b', 'a', 'C', 'B'].sort((x, y) => x.localeCompare(y)), 'a' < 'B', 'a' < 'b', '10' < '9', '😀' > '\uffff');
  console.log('tab\there', 'quote\'s "double"', ['it\'s', "\"q\"", 'both \' and "', 'all \' " `', 'new\nline', 'back\\slash', '\u0000\u001b\u007f\u0085']);
  console.log(JSON.stringify('\ud800 lone \u2028 \u0007'), '\ud83d\ude00'.isWellFormed(), '\ud83d'.toWellFormed());
  try { decodeURIComponent('%E0%A4%A'); } catch (e) { console.log(String(e)); }
  try { encodeURIComponent('\ud800'); } catch (e) { console.log(String(e)); }
  try { 'x'.repeat(-1); } catch (e) { console.log(String(e)); }
  return { s, key: { 'é-1': 1, 'valid_id': 2, '3d': 3, 4: 4, 'with space': 5, "quo'te": 6 } };
}
