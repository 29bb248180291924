/** String methods with arguments that nobody means to pass. */
export async function main() {
  const s = 'Hello, Wörld 😀!';
  const f = (g: () => any) => { try {
    return g();
  }
  catch (e: any) {
    return e.name + ':' + e.message;
  } };
  const ix = [undefined, null, NaN, -1, 0, 1, 2.9, 7, 100, Infinity, -Infinity, '2', 'x', true] as any[];
  for (const i of ix)
    console.log(i, f(() => s.slice(i)), f(() => s.substring(i, 5)), f(() => s.substr(i, 3)), f(() => s.at(i)), f(() => s.charAt(i)), f(() => s.charCodeAt(i)), f(() => s.codePointAt(i)), f(() => s.indexOf('l', i)), f(() => s.lastIndexOf('l', i)), f(() => s.includes('o', i)), f(() => s.startsWith('l', i)), f(() => s.endsWith('l', i)), f(() => 'ab'.repeat(i === Infinity || i === 100 ? 2 : i)), f(() => 'ab'.padStart(i === Infinity ? 9 : i, 'xyz').slice(0, 12)), f(() => 'ab'.padEnd(i === Infinity ? 9 : i, '').slice(0, 12)), f(() => s.split('l', i)), f(() => s.indexOf(i)), f(() => s.concat(i)), f(() => 'a1b'.replace(i, 'R')), f(() => 'x,y'.split(i)), f(() => String.fromCharCode(i)), f(() => String.fromCodePoint(i)), f(() => [1, 2, 3].at(i)), f(() => [1, 2, 3].slice(i)), f(() => [1, 2, 3].indexOf(3, i)), f(() => (5.678).toFixed(i)), f(() => (5.678).toString(i)), f(() => [1, 2, 3, 4].splice(i, 1)), f(() => [1, 2, 3].includes(3, i)), f(() => [1, 2, 3].fill(0, i)));
  console.log('a-b-c'.split('-', 2), ''.split(''), ''.split(','), 'abc'.split(''), '😀a'.split(''), 'abc'.split('abc'), 'a,b,'.split(','), 'aXbX'.replace('X', '$&$&'), 'aXb'.replace('X', "$`|$'|$$|$1"), 'aXbXc'.replaceAll('X', (m, i: any, all: any) => `[${m}${i}${all.length}]`), 'abc'.replaceAll('', '-'), 'aaa'.replaceAll('aa', 'b'), 'x'.replace('y', () => 'never'), 'abcabc'.lastIndexOf('abc'), 'abc'.indexOf(''), 'abc'.lastIndexOf(''), 'abc'.indexOf('', 10));
  console.log('  \t\n x \u00a0\ufeff'.trim().length, ' a '.trimStart() + '|', ' a '.trimEnd() + '|', 'ABC'.toLowerCase(), 'straße'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase(), 'ǆ'.toUpperCase(), 'é'.normalize('NFC') === 'é', 'a'.localeCompare('b'), 'a'.localeCompare('A'), 'é'.localeCompare('f'), ['b', 'a', 'C', 'A'].sort((x, y) => x.localeCompare(y)), 'abc' < 'abd', 'a' < 'B', '10' < '9', [...'a\ud83d😀'].map((c) => c.length), 'z'.codePointAt(5), 'abc'[1], ('abc' as any)['length'], ('abc' as any)[-1], ('abc' as any)['1'], 'abc'.length);
  console.log(`a${1}${null}${undefined}${[1, 2]}${{}}${true}${-0}`.slice(0, 40), 'a\
b', 'tab\tq\x41\u0042\u{43}', 'quote\'s "d" `t`', JSON.stringify('\u2028\ud800"\\/\b\f\n\r\t\u0001é😀'), encodeURIComponent('a b&ü😀/?'), decodeURIComponent('%F0%9F%98%80%20'), encodeURI('http://x/ü?a=b c#d'), decodeURI('%41%2F'));
}
