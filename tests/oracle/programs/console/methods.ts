class Point {
  constructor(readonly x: number, readonly y: number) {}
}
async function step(name: string): Promise<void> {
  console.group(`step ${name}`);
  console.count('steps');
  await null;
  console.info('one\ntwo');
  console.groupEnd();
}
export async function main(): Promise<void> {
  console.table([{ id: 1, name: 'ann' }, { id: 2, name: 'bob', tags: ['x', 'y'] }]);
  console.table([[1, 2], [3]]);
  console.table(new Map([['a', 1], ['b', 2]]));
  console.table(new Set(['p', 'q']));
  console.table({ first: new Point(1, -0), second: { x: 0.5 } }, ['x']);
  console.table('no table');
  console.dir({ a: { b: { c: { d: 1 } } } });
  console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
  console.dir({ a: { b: { c: { d: { e: [new Point(1, 2)] } } } } }, { depth: null });
  console.dir('text');
  console.assert(1 + 1 === 2, 'never shown');
  console.assert(false, 'shown %s', 'once', { a: 1 });
  console.assert(false);
  console.count();
  console.count('x');
  console.count();
  console.countReset();
  console.count();
  console.count(undefined);
  await step('a');
  console.group();
  console.groupCollapsed('inner', { deep: { er: [1, 2, { x: 1 }] } });
  console.warn('careful\n  twice');
  console.dirxml({ a: 1 }, [2]);
  console.table([1]);
  console.groupEnd();
  console.error('still in');
  console.groupEnd();
  console.groupEnd();
  console.log('out');
  console.timeLog('unknown');
  console.timeEnd('unknown');
  const open = console.group;
  const count = console.count;
  open('by value');
  count('v');
  [1, 2].forEach(console.log);
  console.groupEnd();
}
