export async function main() {
  console.log('%s|%d|%i|%f|%j|%o|%O|%c|%%|%x', 'str', '42.5', '42.9', '1.5', { a: 1 }, [1, { b: 2 }], { c: { d: { e: { f: 1 } } } }, 'css', 'extra');
  console.log('%s', null, undefined, 5, 'a'); console.log('%s %s', 'only'); console.log('100%', 5); console.log('%d', 'abc'); console.log('%s', { a: { b: { c: 1 } } }, [1, [2, [3]]]);
  console.log('%i', -0.5, '%d', -0); console.log(-0, [0, -0], '%s', 1e21, NaN);
  console.log(); console.log(''); console.log('', ''); console.log(undefined); console.log(null, true, 'text', ['text'], 1.0);
  console.log('multi\nline', ['multi\nline'], { k: 'multi\nline' });
  console.log('x'.repeat(200), ['y'.repeat(100), 'z'.repeat(20)]);
  console.log({ 'a-b': 1, aB: 2, 3: 4, '': 5, 'ü': 6, $x: 7, _y: 8, 'class': 9 });
  console.log([undefined, null, , 3], [, ,], [1, , , 4], { u: undefined, n: null });
  console.log([1.5, 'a', true, null, { x: 1 }], [['a', 1], ['b', 2]], Object.entries({ x: { y: 1 } }));
  const o: any = { name: 'o', list: [] }; o.self = o; o.list.push(o, { o }); console.log(o);
  const a: any[] = [1]; a.push(a); console.log(a); const m: any = new Map(); m.set('m', m); console.log(m);
  console.log([new Date(0)], { d: new Date(NaN) }, [true, false], [function foo() {}], [[]], [{}], {}, []);
  console.log(Array.from({ length: 101 }, () => 0), Array.from({ length: 30 }, (_, i) => ({ id: i })));
  console.log(new Set(Array.from({ length: 120 }, (_, i) => i)), Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i])));
  console.log({ a: 'x'.repeat(70), b: 'y'.repeat(10) }, { a: 1, b: 'two', c: [1, 2, 3], d: { e: { f: {} } }, g: [[1, [2, [3, [4]]]]] });
  console.info('info'); console.debug('debug'); console.warn('warn %s', 1); console.error('error', { x: 1 });
  console.log("it's", ["it's"], ['say "hi"'], ['both \' "'], ['all \' " `'], ['\t\b\u0001\u001b'], ['\u{1F600}', '\ud800']);
  console.log([0.1, 100, -5, 1e100], ['apple', 'banana', 'cherry', 'dragonfruit', 'elderberry', 'fig', 'grape', 'honeydew']);
  console.log({ arr: Array.from({ length: 10 }, (_, i) => i * 1000), s: new Set(['a']), m: new Map([['k', { v: [1, 2, { w: 3 }] }]]) });
  console.log([['x', 'y', 'z'], ['long string here', 'another long string', 'a third long one that wraps it']], [1, [2, 3], { a: [4, 5, { b: 6 }] }]);
}
