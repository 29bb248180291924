const show = (pattern: RegExp, text: string): void => {
  const match = pattern.exec(text);
  console.log(pattern, JSON.stringify(text), match && [...match], match?.index);
};

export async function main() {
  show(/(z)((a+)?(b+)?(c))*/, 'zaacbbbcac');
  show(/(?:(a)|(b)|(c))+/, 'abc');
  show(/(a*)*/, 'b');
  show(/(?=(a+))a*b\1/, 'baaabac');
  show(/(.*?)a(?!(a+)b\2c)\2(.*)/, 'baaabaac');
  show(/(?<=\$)\d+(\.\d*)?/, 'cost $10.50');
  show(/(?<!\$)\b\d+/, '$10 20');
  show(/(?<=(\d+)(\d+))$/, '1053');
  show(/(\w)\1+/, 'aabbcc');
  show(/^(?:\+|-)?\d+$/m, 'x\n-12\ny');
  show(/a.c/s, 'a\nc');
  show(/a.c/, 'a\nc');
  show(/\u{1F600}|[^\u{1F600}]/u, '😀');
  show(/^.$/u, '😀');
  show(/^.$/, '😀');
  show(/[\d-x]+/, '1-x');
  show(/\bfoo\b.*?\Bbar/, 'a foo xbar');
  show(/(?<year>\d{4})(?:-(?<month>\d\d))?/, 'in 2024');
  show(/x{2,3}?y|x{4,}/, 'xxxxx');
  show(/[^]/, '\n');
  show(/[]|b/, 'ab');
  show(/\0\x41\u0042\cJ/, '\0AB\n');
  show(/é+|ß/i, 'ÉéSS');
  show(/\w+\s\S+/i, 'ſ K');
  console.log(/\u212a/i.test('k'), /\u212a/iu.test('k'), /[^x]/i.test('X'), /\W/iu.test('S'), /[\w-]/.test('-'));
  const indices = /(?<first>b)(c)?/d.exec('abd');
  console.log(indices?.indices, indices?.indices?.groups?.['first']);
  const copy = structuredClone(/a\/b/gi);
  copy.lastIndex = 3;
  console.log(copy, copy.lastIndex, [/x/, { r: /y/u }], JSON.stringify({ r: /x/g, m: 'ab'.match(/(a)(x)?/) }), `${/t/}`, /a/ + '');
  console.log(new RegExp('/').source, new RegExp('').source, new RegExp('[/]\n').source, RegExp('a', 'g').flags, new RegExp(/x/g, 'i').flags, new RegExp(/y/m).multiline);
  const match = 'k=v'.match(/(?<key>\w)=(?<value>\w)/);
  console.log(match, Object.keys(match ?? []), match?.input, 'index' in (match ?? {}), match?.groups);
  const first: unknown = /q/;
  console.log(first instanceof RegExp, typeof first, Object.keys(/a/), 'abcabc'.match(/b/g)?.length, 'a.b'.match('.'), 'abc'.search('c'), 'x'.match(/y/));
  for (const bad of ['(', '[a', 'a**', '(?<n>a)(?<n>b)', 'a{2,1}', '\\', '[b-a]', '(?<1>x)', '(?a)', ')']) {
    try {
      new RegExp(bad);
    } catch (error) {
      console.log((error as Error).name, (error as Error).message);
    }
  }
  try {
    new RegExp('a', 'gg');
  } catch (error) {
    console.log(String(error), error instanceof SyntaxError);
  }
  return [/a/g.global, /a/i.ignoreCase, /a/m.multiline, /a/s.dotAll, /a/u.unicode, /a/y.sticky, /a/d.hasIndices, /a/.lastIndex];
}
