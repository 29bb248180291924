const capitalize = (word: string): string => word.replace(/^./, (first) => first.toUpperCase());
const camel = (name: string): string => name.toLowerCase().replace(/[-_\s]+(\w)?/g, (_, letter?: string) => letter?.toUpperCase() ?? '');
const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
const grouped = (value: number): string => value.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const redact = (text: string): string => text.replace(/\b(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{4})\b/g, '****-****-****-$4');
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

function render(template: string, data: Record<string, unknown>): string {
  return template.replace(/\{\{\s*([\w.]+)(?:\s*\|\s*(\w+))?\s*\}\}/g, (whole: string, path: string, filter: string | undefined, at: number) => {
    const value = path.split('.').reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], data);
    if (value === undefined) return `${whole}@${at}`;
    return filter === 'upper' ? String(value).toUpperCase() : String(value);
  });
}

export async function main() {
  console.log(capitalize('hello'), capitalize(''), camel('some-long_name here '), camel('TRAILING-'), snake('someLongName2Go'), slug('  Hello, World! 2nd  '));
  console.log([0, 12, 1234, 1234567.891, -1234567].map(grouped), redact('card 1234-5678 9012-3456, id 12345'));
  console.log(escapeHtml('<a href="x">R&D</a>'), 'x'.replace(/x/, '$$ $& $` $\' $1 $<n>'));
  console.log(render('Hi {{ user.name | upper }}, {{user.age}} {{ missing.deep }}!', { user: { name: 'ann', age: 30 } }));
  console.log('2024-03-09'.replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/, '$<d>.$<m>.$<y> $<none>|$0|$3|$4|$10|$01'));
  console.log('abc'.replace(/(?<x>b)/, (...args: unknown[]) => JSON.stringify(args)), 'aaa'.replace(/a/g, (_, index: number) => String(index)));
  console.log('a,b;c'.replaceAll(/[,;]/g, ' '), 'abc'.replace(/(z)?b/, '[$1]'), 'aXbxc'.split(/x/i), 'a1b2c3'.split(/(\d)/), 'abc'.split(/(?:)/, 2));
  console.log(''.split(/x/), ''.split(/(?:)/), 'one  two'.split(/ /), 'A<B>bold</B>'.split(/<(\/)?([^<>]+)>/), 'test'.split(/(?=s)/));
  console.log('x-y'.replace(/-/, () => '$&'), 'tel: 555'.replace(/\D/g, ''), 'aaa'.replace(/a*?/g, '-'), 'abc'.replace(/x*/g, '-'), '😀b'.replace(/(?:)/gu, '.'));
  const counter = /a/g;
  console.log('aaa'.replace(counter, () => String(counter.test('a'))), counter.lastIndex);
  try {
    console.log('a'.replaceAll(/a/, 'b'));
  } catch (error) {
    console.log(String(error));
  }
  return ['first_name', 'LAST NAME'].map(camel);
}
