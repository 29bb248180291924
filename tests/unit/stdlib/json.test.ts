import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KIND, SHAPE_FLAGS, UNDEFINED } from '../../../jit/abi.js';
import { array_get, array_length } from '../../../jit/stdlib/arrays.js';
import { date_at } from '../../../jit/stdlib/date.js';
import { field_get } from '../../../jit/stdlib/fields.js';
import { boxObject, unboxRef, type val } from '../../../jit/stdlib/intrinsics.js';
import { JSON$parse } from '../../../jit/stdlib/json-parse.js';
import { JSON$stringify } from '../../../jit/stdlib/json-stringify.js';
import { own_keys } from '../../../jit/stdlib/own-keys.js';
import { expectSame } from './outcomes.js';
import { createRig, type Rig } from './rig.js';

/** A rig that reads dictionaries too: what JSON.parse makes of objects with many names. */
function jsonRig(): Rig {
  const rig = createRig({ memoryBytes: 256 << 20 });
  rig.onUnbox(KIND.dictionary, (object, unbox) => {
    const names = own_keys(boxObject(object));
    const fields: Record<string, unknown> = {};
    for (let i = 0; i < array_length(names); i++) {
      const name = array_get(names, i);
      Object.defineProperty(fields, String(rig.unbox(name)), {
        value: unbox(field_get(object, unboxRef(name))), enumerable: true, writable: true, configurable: true,
      });
    }
    return fields;
  });
  return rig;
}

const parsed = (rig: Rig, text: string, reviver: val = UNDEFINED): unknown => rig.unbox(JSON$parse(rig.string(text), reviver));

/** Every position where a JSON text can break, by cutting and by a wrong unit. */
const SEEDS = [
  '{"a":1,"b":[true,false,null,"x\\n\\u0041"],"c":{"d":-1.5e3,"10":1,"2":[]},"":{}}',
  '[[],{},[[]],"\\ud83d\\ude00é",0,-0,1e5,123456789012,0.1]', '"plain"', '  {"__proto__":1,"a":1,"a":2}  ',
];
const BROKEN = [
  '', ' ', '{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '[', '[1', '[1,', '[1,]', '[1 2]', '{a:1}', "{'a':1}", 'nul', 'nulx',
  'x', 'abc', '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12G4"', '"\\', '"\\u', '01', '1.', '1.e5', '-', '-x', '1e', '1e+', '+1', '.5', '1 2',
  '{} x', '[]]', 'undefined', 'NaN', 'Infinity', '[object Object]', '{"a":1 "b":2}', '{"a" 1}', '{"a":1,"b" 2}', '{"a":1,"b"', '[1,,2]', '{,}',
  '-Infinity', '[01]', 'xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '{"aaaaaaaaaaaaaaaaaaaaaaaaaa":xyz}', '[1,2,3,4,5,6,7,8,9,10,11 12 13]',
  '\u{1f600}', '"\\\u{1f600}"', '\u00a01', 'tr1e', 'f"',
];

describe('JSON.parse', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = jsonRig();
  });
  const check = (text: string): void => {
    expectSame(text, rig, () => JSON.stringify(parsed(rig, text)), () => JSON.stringify(JSON.parse(text)));
  };

  test('reads what JavaScript reads, and says the same about what it does not', () => {
    for (const text of [...SEEDS, ...BROKEN]) check(text);
    const edit = fc.record({ at: fc.nat(100), kind: fc.nat(3), unit: fc.constantFrom(...'{}[]",:\\ntrufals0123456789.eE+-x \u00e9') });
    fc.assert(fc.property(fc.constantFrom(...SEEDS), fc.array(edit, { minLength: 1, maxLength: 3 }), (seed, edits) => {
      let text = seed;
      for (const { at, kind, unit } of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + (kind < 2 ? unit : '') + text.slice(kind === 1 ? place : place + 1);
        if (kind === 3) text = text.slice(0, place);
      }
      check(text);
    }), { numRuns: 700 });
  });

  test('reads what JSON.stringify of JavaScript writes', () => {
    fc.assert(fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => check(JSON.stringify(JSON.parse(text), null, indent))), { numRuns: 300 });
  });

  test('revives from the inside out, deletes what becomes undefined', () => {
    const revivers = [
      (_: string, v: unknown) => (typeof v === 'number' ? v + 1 : v), (k: string, v: unknown) => (k === 'a' ? undefined : v),
      (_: string, v: unknown) => (Array.isArray(v) ? v.length : v), (k: string, v: unknown) => `${k}:${typeof v}`,
    ];
    for (const reviver of revivers) {
      for (const text of SEEDS) {
        expectSame([String(reviver), text], rig, () => JSON.stringify(parsed(rig, text, rig.closure(reviver))), () => JSON.stringify(JSON.parse(text, reviver)));
      }
    }
  });

  test('depth costs no native stack', () => {
    expect(() => JSON$parse(rig.string('['.repeat(100_000) + ']'.repeat(100_000)), UNDEFINED)).not.toThrow();
  });
});

const cycle: Record<string, unknown> = { a: 1 };
cycle['b'] = cycle;
const longCycle: Record<string, unknown> = { x: { y: { z: [1, { w: {} }] } } };
(longCycle as { x: { y: { z: [number, { w: { q?: unknown } }] } } }).x.y.z[1].w.q = longCycle['x']; // its literal is above
const cyclicArray: unknown[] = [];
cyclicArray.push({ '': cyclicArray });

describe('JSON.stringify', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = jsonRig();
  });
  const check = (value: unknown, replacer: unknown, space: unknown): void => {
    const replace = typeof replacer === 'function' ? rig.closure(replacer as () => unknown) : rig.box(replacer); // called with what it takes
    expectSame([String(replacer), space], rig,
      () => rig.unbox(JSON$stringify(rig.box(value), replace, rig.box(space))),
      () => JSON.stringify(value, replacer as null, space as number)); // any value may be passed
  };

  test('writes values as JavaScript does, with every kind of indentation', () => {
    const values = [
      undefined, null, true, -0, 1.5, NaN, Infinity, '', 'a"b\\c\n\u0007\u2028é\u{1f600}\ud800x\udc00', '\udc00\ud800', [], {}, [1, [2, [3]], { a: [] }],
      { a: 1, b: undefined, c: () => 1, d: [undefined, () => 1, NaN], e: null, 10: 1, 2: 2 }, [, 1, ,], { a: { b: { c: {} } }, d: [[], {}] }, () => 1,
      new Error('boom'), { s: 'x'.repeat(100), t: '日'.repeat(50), 'with "quotes"': 1 },
    ];
    for (const value of values) {
      for (const space of [undefined, 0, 2, 20, -1, 1.9, NaN, '--', 'abcdefghijklmnop', '']) check(value, undefined, space);
    }
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => check(value, null, space)), { numRuns: 200 });
  });

  test('replaces by a function and filters by an array', () => {
    const value = { a: 1, b: [1, { a: 'x' }], c: { a: { d: null } } };
    const replacers = [
      (_: string, v: unknown) => v, (_: string, v: unknown) => (typeof v === 'number' ? v * 2 : v), (k: string, v: unknown) => (k === 'a' ? undefined : v),
      (k: string, v: unknown) => (k === '' ? v : `${k}!`), ['a', 'c', 1, 'a'], [], [1, 'b'],
    ];
    for (const replacer of replacers) for (const space of [undefined, 2]) check(value, replacer, space);
  });

  test('names the way around a circle', () => {
    for (const value of [cycle, longCycle, cyclicArray, [[cycle]]]) check(value, undefined, undefined);
  });

  test('asks toJSON, of objects and dates', () => {
    const toJSON = rig.closure((key: string) => `for ${key}`);
    const inner = rig.object({ toJSON }, { flags: SHAPE_FLAGS.toJSON });
    const value = rig.box({});
    expect(rig.unbox(JSON$stringify(boxObject(inner), UNDEFINED, UNDEFINED))).toBe('"for "');
    expect(rig.unbox(JSON$stringify(boxObject(rig.object({ a: boxObject(inner), b: value })), UNDEFINED, UNDEFINED))).toBe('{"a":"for a","b":{}}');
    const dates = rig.array([boxObject(date_at(0)), boxObject(date_at(NaN))]);
    expect(rig.unbox(JSON$stringify(boxObject(dates), UNDEFINED, UNDEFINED))).toBe(JSON.stringify([new Date(0), new Date(NaN)]));
  });
});
