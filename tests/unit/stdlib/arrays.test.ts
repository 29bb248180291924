/* eslint-disable no-sparse-arrays */
import { describe, expect, test } from '@jest/globals';
import * as callbacks from '../../../jit/stdlib/array-callbacks.js';
import * as copies from '../../../jit/stdlib/array-copy.js';
import * as edits from '../../../jit/stdlib/array-edit.js';
import * as joins from '../../../jit/stdlib/array-join.js';
import * as searches from '../../../jit/stdlib/array-search.js';
import * as sorts from '../../../jit/stdlib/array-sort.js';
import * as statics from '../../../jit/stdlib/array-statics.js';
import { array_get, array_length, array_push } from '../../../jit/stdlib/arrays.js';
import { boxObject, isNumber, unboxRef, type val } from '../../../jit/stdlib/intrinsics.js';
import { list_from_iterable } from '../../../jit/stdlib/iteration.js';
import { UNDEFINED } from '../../../jit/abi.js';
import { createRig, type Rig } from './rig.js';

/** How the front end hands over the arguments behind self: boxed one by one, as doubles, or in one array. */
type Passing = 'values' | 'double' | 'rest' | 'value+rest';
interface Method {
  readonly func: (...args: never[]) => unknown;
  readonly passing: Passing;
  readonly gives: 'val' | 'ref' | 'f64' | 'bool' | 'void' | 'str';
}
const method = (func: (...args: never[]) => unknown, gives: Method['gives'], passing: Passing = 'values'): Method => ({ func, passing, gives });

const METHODS: Readonly<Record<string, Method>> = {
  push: method(edits.Array_push, 'f64', 'rest'), pop: method(edits.Array_pop, 'val'), shift: method(edits.Array_shift, 'val'),
  unshift: method(edits.Array_unshift, 'f64', 'rest'), splice: method(edits.Array_splice, 'ref', 'value+rest'),
  reverse: method(edits.Array_reverse, 'ref'), fill: method(edits.Array_fill, 'ref'), copyWithin: method(edits.Array_copyWithin, 'ref'),
  slice: method(copies.Array_slice, 'ref'), concat: method(copies.Array_concat, 'ref', 'rest'), flat: method(copies.Array_flat, 'ref'),
  flatMap: method(copies.Array_flatMap, 'ref'), toReversed: method(copies.Array_toReversed, 'ref'),
  toSpliced: method(copies.Array_toSpliced, 'ref', 'value+rest'), with: method(copies.Array_with, 'ref', 'double'),
  join: method(joins.Array_join, 'str'), indexOf: method(searches.Array_indexOf, 'f64'), lastIndexOf: method(searches.Array_lastIndexOf, 'f64'),
  includes: method(searches.Array_includes, 'bool'), at: method(searches.Array_at, 'val', 'double'), sort: method(sorts.Array_sort, 'ref'),
  toSorted: method(sorts.Array_toSorted, 'ref'), forEach: method(callbacks.Array_forEach, 'void'), map: method(callbacks.Array_map, 'ref'),
  filter: method(callbacks.Array_filter, 'ref'), some: method(callbacks.Array_some, 'bool'), every: method(callbacks.Array_every, 'bool'),
  find: method(callbacks.Array_find, 'val'), findIndex: method(callbacks.Array_findIndex, 'f64'), findLast: method(callbacks.Array_findLast, 'val'),
  findLastIndex: method(callbacks.Array_findLastIndex, 'f64'), reduce: method(callbacks.Array_reduce, 'val', 'value+rest'),
  reduceRight: method(callbacks.Array_reduceRight, 'val', 'value+rest'),
};

function pass(rig: Rig, passing: Passing, args: readonly unknown[]): unknown[] {
  const boxed = args.map((arg) => rig.box(arg));
  switch (passing) {
    case 'values': return [0, 1, 2].map((i) => boxed[i] ?? UNDEFINED);
    case 'double': return args.length === 0 ? [NaN] : [args[0], ...boxed.slice(1)];
    case 'rest': return [rig.array(boxed)];
    case 'value+rest': return [boxed[0] ?? UNDEFINED, rig.array(boxed.slice(1))];
  }
}

/** Runs a guest method: outcome, then what the array is afterwards. */
function runOurs(name: string, start: readonly unknown[], args: readonly unknown[], rig = createRig({ memoryBytes: 2 << 20 })): unknown[] {
  const self = unboxRef(rig.box(start));
  const { func, passing, gives } = METHODS[name]!; // the names come from the table
  const result = attempt(() => rig.guest(() => {
    const raw = (func as (...all: unknown[]) => unknown)(self, ...pass(rig, passing, args)); // the table says how it is called
    if (gives === 'val') return rig.unbox(raw as val);
    if (gives === 'ref') return raw === self ? 'self' : rig.unbox(boxObject(raw as number));
    return gives === 'str' ? rig.text(raw as number) : raw; // results as the table says
  }));
  return [result, rig.unbox(boxObject(self))];
}

function runTheirs(name: string, start: readonly unknown[], args: readonly unknown[]): unknown[] {
  const self = start.slice();
  const result = attempt(() => {
    const value = (self as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(...args); // any method of Array
    return value === self ? 'self' : value;
  });
  return [result, self];
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
}

const even = (x: number): boolean => x % 2 === 0;
const arrays: readonly (readonly unknown[])[] = [[], [1], [3, 1, 2], [1, , 3, , 5], ['b', 'a', 'ä', '10', '9'], [10, 9, 1, undefined, null, NaN, -0], [[1, [2, [3]]], 4, [], [, 5]], Array.from({ length: 100 }, (_, i) => (i * 37) % 101)];
const calls: readonly (readonly [string, ...unknown[]])[] = [
  ['push'], ['push', 1], ['push', 1, undefined, 'x', [2]], ['pop'], ['shift'], ['unshift'], ['unshift', 7, 8], ['reverse'], ['toReversed'],
  ['splice', 0], ['splice', 1], ['splice', 1, 1], ['splice', 0, 0, 'i'], ['splice', -2, 1, 'i', 'j', 'k'], ['splice', 1, undefined], ['splice', 99, 1, 'end'], ['splice', 0, 99],
  ['toSpliced', 1, 1], ['toSpliced', 0, 0, 'i'], ['toSpliced', -2, 1, 'i', 'j'], ['toSpliced', 1],
  ['fill', 0], ['fill', 'x', 1], ['fill', null, 1, -1], ['fill', 0, 5, 2], ['copyWithin', 0, 1], ['copyWithin', 1, 0], ['copyWithin', -1, 0, 2], ['copyWithin', 1, 0, -1],
  ['slice'], ['slice', 1], ['slice', -2], ['slice', 1, -1], ['slice', 3, 1], ['slice', NaN, Infinity], ['slice', 1.7, 2.9],
  ['concat'], ['concat', 1, [2, , 3], [[4]]], ['flat'], ['flat', 0], ['flat', 2], ['flat', Infinity], ['flat', -1],
  ['with', 0, 'w'], ['with', -1, 'w'], ['with', 99, 'w'], ['at', 0], ['at', -1], ['at', 99], ['at', 1.9], ['at', NaN],
  ['join'], ['join', '-'], ['join', ''], ['join', null], ['indexOf', 3], ['indexOf', undefined], ['indexOf', NaN], ['indexOf', 1, 1], ['indexOf', 0], ['indexOf', 1, -1],
  ['lastIndexOf', 3], ['lastIndexOf', 1, -2], ['lastIndexOf', 1, 0], ['lastIndexOf', 'a'], ['includes', 3], ['includes', undefined], ['includes', NaN], ['includes', 0], ['includes', 1, 1],
  ['sort'], ['toSorted'], ['sort', (a: number, b: number) => a - b], ['sort', (a: number, b: number) => b - a], ['sort', () => 0], ['sort', 5], ['toSorted', null],
  ['map', (x: unknown, i: number) => [x, i]], ['map', 5], ['filter', (x: unknown) => x !== 1], ['filter', even], ['forEach', () => 1], ['forEach', undefined],
  ['some', even], ['every', even], ['some', () => false], ['every', () => true], ['find', even], ['findIndex', even], ['findLast', even], ['findLastIndex', even],
  ['find', (x: unknown) => x === undefined], ['findIndex', (x: unknown) => x === undefined], ['find', null], ['findLast', 'no'], ['find', {}], ['some', []],
  ['reduce', (a: string, b: unknown) => `${a}|${String(b)}`, ''], ['reduce', (a: unknown, b: unknown, i: number) => [a, b, i]], ['reduce', (a: unknown) => a, undefined],
  ['reduceRight', (a: string, b: unknown, i: number) => `${a}|${String(b)}${i}`, 'x'], ['reduceRight', (a: unknown, b: unknown) => [a, b]], ['reduce', 1],
  ['flatMap', (x: unknown) => [x, [x]]], ['flatMap', (x: unknown) => x], ['flatMap', 1], ['map', (x: number) => { if (x === 3) throw new RangeError('three'); return x; }],
];

describe('array methods give V8\'s result and leave V8\'s array', () => {
  test.each(calls.map((call) => [call[0], call.slice(1), call] as const))('%s(%p)', (name, args) => {
    const rig = createRig({ memoryBytes: 2 << 20 });
    for (const start of arrays) expect(runOurs(name, start, args, rig)).toStrictEqual(runTheirs(name, start, args));
  });

  test.each(calls.map((call) => [call[0], call.slice(1)] as const))('%s(%p) on a frozen array', (name, args) => {
    const rig = createRig({ memoryBytes: 2 << 20 });
    for (const start of [[], [1], [2, 1, 3]]) {
      const self = unboxRef(rig.box(Object.freeze([...start])));
      const { func, passing } = METHODS[name]!; // as above
      const ours = attempt(() => { rig.guest(() => (func as (...all: unknown[]) => unknown)(self, ...pass(rig, passing, args))); return 'done'; });
      const frozen = Object.freeze([...start]);
      const theirs = attempt(() => { (frozen as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(...args); return 'done'; });
      expect([start, ours]).toEqual([start, theirs]);
      expect(rig.unbox(boxObject(self))).toEqual(start);
    }
  });
});

describe('callbacks', () => {
  test('get element, index, array and the given this', () => {
    const rig = createRig();
    const seen: unknown[] = [];
    callbacks.Array_forEach(unboxRef(rig.box(['a', 'b'])), rig.closureOfValues((args, self) => {
      seen.push([...args, self].map((arg) => rig.unbox(arg)));
      return UNDEFINED;
    }), rig.box('this'));
    expect(seen).toEqual([['a', 0, ['a', 'b'], 'this'], ['b', 1, ['a', 'b'], 'this']]);
  });

  test('may change the array: the first length counts, elements are read in their turn', () => {
    const rig = createRig();
    const a = unboxRef(rig.box([1, 2, 3]));
    const seen: unknown[] = [];
    const grow = rig.closureOfValues((args) => {
      seen.push(rig.unbox(args[0]!)); // forEach passes three
      array_push(a, rig.box(9));
      if (seen.length === 1) edits.Array_splice(a, rig.box(1), rig.array([rig.box(1)]));
      return UNDEFINED;
    });
    callbacks.Array_forEach(a, grow, UNDEFINED);
    expect(seen).toEqual([1, 3, 9]);
    expect(array_length(a)).toBe(5);
  });
});

describe('sort', () => {
  test.each([2, 3, 5, 17, 32, 63])('calls the comparator as V8 does, for %i elements', (count) => {
    for (const make of [(i: number) => (i * 7919) % 101, (i: number) => i, (i: number) => -i, (i: number) => i % 3]) {
      const start = Array.from({ length: count }, (_, i) => make(i));
      const trace = (log: string[]) => (a: number, b: number): number => { log.push(`${a},${b}`); return a - b; };
      const [ours, theirs]: [string[], string[]] = [[], []];
      expect(runOurs('sort', start, [trace(ours)])).toEqual(runTheirs('sort', start, [trace(theirs)]));
      expect(ours).toEqual(theirs);
    }
  });

  test.each([64, 65, 100, 127, 128, 1000, 3001])('is stable for %i elements', (count) => {
    const rig = createRig();
    const start = Array.from({ length: count }, (_, i) => ({ key: (i * 7919) % 13, at: i }));
    const sorted = sorts.Array_sort(unboxRef(rig.box(start)), rig.closure((a: { key: number }, b: { key: number }) => a.key - b.key));
    expect(rig.unbox(boxObject(sorted))).toEqual([...start].sort((a, b) => a.key - b.key));
  });

  test('by text for 1,000 mixed values', () => {
    const start = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? (i * 7919) % 1009 : `t${i % 50}`));
    expect(runOurs('sort', start, [])).toEqual(runTheirs('sort', start, []));
  });

  test('leaves the array alone when the comparator throws', () => {
    expect(runOurs('sort', [3, 2, 1], [() => { throw new Error('stop'); }])).toEqual(['Error: stop', [3, 2, 1]]);
  });
});

describe('statics', () => {
  const from = (source: unknown, mapper?: unknown): unknown[] => {
    const rig = createRig();
    return [attempt(() => rig.guest(() => rig.unbox(boxObject(statics.Array$from(rig.box(source), rig.box(mapper), UNDEFINED)))))];
  };
  // Array.from takes anything.
  const arrayFrom = Array.from as (source: unknown, mapper?: unknown) => unknown[];
  test.each([['abc'], ['a\ud83d\ude00b\ud800'], [[1, , 3]], [{ length: 3 }], [{ length: 2, 0: 'x', 1: 'y' }], [5], [{}], [null], [undefined], [{ length: -1 }], [true]])('Array.from(%p)', (source) => {
    expect(from(source)).toStrictEqual([attempt(() => arrayFrom(source))]);
    expect(from(source, (x: unknown, i: number) => [x, i])).toStrictEqual([attempt(() => arrayFrom(source, (x: unknown, i: number) => [x, i]))]);
  });

  test.each([[[]], [[3]], [[3, 4]], [['3']], [[-1]], [[1.5]], [[2 ** 32]]])('new Array(...%p)', (args) => {
    const rig = createRig();
    const ours = attempt(() => rig.guest(() => rig.unbox(boxObject(statics.Array$new(unboxRef(rig.box(args)))))));
    expect(ours).toStrictEqual(attempt(() => new Array(...(args as unknown[])))); // constructor arguments
  });

  test('isArray and of', () => {
    const rig = createRig();
    expect(statics.Array$isArray(rig.box([]))).toBe(true);
    expect(statics.Array$isArray(rig.box({ length: 0 }))).toBe(false);
    expect(rig.unbox(boxObject(statics.Array$of(unboxRef(rig.box([7, 8])))))).toEqual([7, 8]);
  });

  test('keys, values, entries', () => {
    const rig = createRig();
    const a = unboxRef(rig.box(['x', , 'y']));
    const list = (it: number): unknown => rig.unbox(boxObject(list_from_iterable(boxObject(it))));
    expect(list(statics.Array_keys(a))).toEqual([0, 1, 2]);
    expect(list(statics.Array_values(a))).toStrictEqual(['x', undefined, 'y']);
    expect(list(statics.Array_entries(a))).toEqual([[0, 'x'], [1, undefined], [2, 'y']]);
  });
});

describe('join', () => {
  test('cuts rings', () => {
    const rig = createRig();
    const ring: unknown[] = [1, 2];
    ring.push(ring, [ring, 3]);
    expect(rig.text(joins.Array_join(unboxRef(rig.box(ring)), UNDEFINED))).toBe(ring.join());
  });

  test('goes on after an element that cannot be converted', () => {
    const rig = createRig();
    const bad = boxObject(rig.object({ toString: rig.closure(() => { throw new Error('no text'); }) }, { flags: 2 }));
    const a = rig.array([bad]);
    expect(() => rig.guest(() => joins.Array_join(a, UNDEFINED))).toThrow('no text');
    expect(() => rig.guest(() => joins.Array_join(a, UNDEFINED))).toThrow('no text');
    expect(rig.text(joins.Array_join(rig.array([rig.box(1)]), UNDEFINED))).toBe('1');
  });
});

test('10,000 pushes and shifts keep a queue', () => {
  const rig = createRig();
  const a = rig.array([]);
  for (let i = 0; i < 10_000; i++) {
    array_push(a, rig.box(i));
    if (i % 2 === 1) edits.Array_shift(a);
  }
  expect(array_length(a)).toBe(5000);
  const first = array_get(a, 0);
  expect(isNumber(first) && rig.unbox(first)).toBe(5000);
});
