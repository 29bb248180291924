/** How the console breaks lines, nests, groups and abbreviates. */
class P {
  constructor(public x = 1, private y = [1, 2]) { }
  get sum() { return this.x; }
  static s = 1;
  m() { }
}
class E2 extends Error {
  constructor(m: string, public info = { a: 1 }) { super(m); this.name = 'E2'; }
}
class Empty {
}
export async function main() {
  console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], { a: [[[{}]]] }, { a: { b: { c: {} } } }, { a: { b: { c: [] } } });
  console.log([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7], Array.from({ length: 27 }, (_, i) => i * 37), Array.from({ length: 120 }, (_, i) => i));
  console.log(Array.from({ length: 30 }, (_, i) => 'item' + i), Array.from({ length: 101 }, (_, i) => 'x'.repeat(i % 5)));
  console.log(['a'.repeat(70), 'b'.repeat(20)], ['a'.repeat(100)], { s: 'x'.repeat(200) }, ['line1\nline2', "it's", 'say "hi"', `both ' "`, 'all \' " `', '\t\u0001\u007f\u{1F600}é\\']);
  console.log('top\nlevel', 'str', ['s'], "q'q", ["q'q"], { "it's": 1, 'a-b': 2, valid_id: 3, 4: 5, '': 6, 'ü': 7, $x: 8 });
  console.log(-0, [-0], 0, NaN, [NaN, Infinity, -Infinity], 1e21, 1e-7, 123456789012345680000, 0.1 + 0.2, [undefined, null, true], undefined, null);
  console.log([, 1, , , 2, ,], [,], new Array(3));
  console.log(new Map<any, any>([['a', 1], [{ k: 1 }, [2]], [new Map([[1, 2]]), new Set(['x'])]]), new Set<any>([1, 'a', { b: 2 }, [3]]), new Map(), new Set());
  console.log({ m: new Map([['k', { d: { e: { f: 1 } } }]]), s: new Set([[1, [2, [3, [4]]]]]) });
  console.log(() => 1, function named() { }, async () => { }, async function an() { }, function* g() { }, async function* ag() { }, class {
  }, P, class Q extends P {
  }, Empty, E2);
  console.log([() => 1, function named() { }, P, class Q extends P {
    }], { f() { }, g: () => { }, async h() { }, *i() { }, c: P });
  console.log(new P(), [new P()], new Empty(), [new Empty()], new (class extends P {
    z = { q: new Empty() };
  })());
  const c: any = { name: 'c', arr: [] };
  c.self = c;
  c.arr.push(c, { c });
  console.log(c);
  const a2: any = [1];
  a2.push(a2);
  console.log(a2);
  const mm: any = new Map();
  mm.set('m', mm);
  console.log(mm);
  const ss: any = new Set();
  ss.add(ss);
  console.log(ss);
  console.log(Promise.resolve(5), Promise.reject(new Error('x')).catch(() => 1), new Promise(() => { }), [Promise.resolve({ a: 1 })], (async () => 'v')());
  console.log(new Date(0), [new Date(86400000)], { d: new Date(NaN) });
  console.log('%s is %d years and %i, %f, %j %o %O %% %c styled', 'Bob', 42.5, 42.9, '3.5', { a: 1 }, [1], { b: { c: { d: {} } } }, 'css', 'extra', { e: 1 });
  console.log('%s %s %s %s', null, undefined, { a: { b: 1 } }, [1, [2]], -0);
  console.log('%d %i', '0x10', 'abc', '%s');
  console.log('100%', 5);
  console.log('%s', 'a'.repeat(3), 1);
  console.log({ a: 1, b: 'two', c: [3, 4], d: { e: 5 } }, { long1: 'aaaaaaaaaaaaaaaaaaaa', long2: 'bbbbbbbbbbbbbbbbbbbbbbbb', long3: 'cccccccccccccc' });
  for (let n = 55; n < 80; n++)
    console.log({ k: 'v'.repeat(n) }, ['v'.repeat(n)], { a: 'v'.repeat(n - 20), b: 1 });
  for (let n = 18; n < 30; n++)
    console.log([{ a: 'x'.repeat(n), b: 'y'.repeat(n) }], [['x'.repeat(n), 'y'.repeat(n)]]);
  console.log({ u: undefined, n: null, nested: { u: undefined } }, [[], {}, [[]], [{}], { a: [] }]);
  console.log(true, [true, false], new Array(200).fill(0), 'x'.repeat(20000).length);
  console.log([['a', 1], ['b', 2]], [[1, 2, [3, 4, [5, [6]]]]], [{ a: { b: { c: {} } } }]);
  console.log([1.5, 2.25, -3, 100, 1e10, 0.001, 7], [true, false, null, undefined, 'a', 1, {}, []], ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'f', 'gg', 'hhh', 'i']);
  console.log(Array.from({ length: 10 }, (_, i) => ({ id: i, name: 'n' + i })), Array.from({ length: 8 }, (_, i) => [i, i * i]));
  console.log(new Map(Array.from({ length: 5 }, (_, i) => ['key' + i, { v: i, w: 'x'.repeat(i * 4) }])), new Set(Array.from({ length: 110 }, (_, i) => i)));
  console.log(Object.fromEntries(Array.from({ length: 30 }, (_, i) => ['k' + i, i])));
  console.log(1, [[1, [2, [3, [4, [5]]]]]], { f: { g: { h: { i: { j: 1 } } } } });
  console.log();
  console.log('');
  console.log(' ');
  console.log([], {});
  console.log(['']);
  console.error('e', { a: 1 });
  console.info('i');
  console.warn('w');
  console.debug('d');
  console.log(new P().m, new P().sum);
}
