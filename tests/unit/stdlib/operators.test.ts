/* eslint-disable eqeqeq */
import { describe, expect, test } from '@jest/globals';
import { add, compare, loose_equals, same_value, same_value_zero, strict_equals, to_boolean, to_int32, to_number, to_string, type_of } from '../../../jit/stdlib/operators.js';
import { createRig } from './rig.js';

// V8 is the oracle; `any` operands are what the language allows, hence the casts below.
type Loose = number;
const samples: readonly unknown[] = [
  undefined, null, true, false, 0, -0, 1, -1, 1.5, NaN, Infinity, -Infinity, 1e21, 2 ** 31, 123456789, '', '0', '1', ' 12 ', 'abc', 'NaN',
  'ä', '\u0416', '1e3', '0x10', 'true', 'undefined', [], [1], [1, [2, 3]], [null, undefined], ['1'], {}, { a: 1 }, new Error('x'), new TypeError('y'), new RangeError(''),
];
const pairs = samples.flatMap((a) => samples.map((b) => [a, b] as const));

describe('conversions agree with V8', () => {
  test.each(samples.map((sample) => [sample]))('of %p', (sample) => {
    const rig = createRig();
    const v = rig.box(sample);
    expect(to_boolean(v)).toBe(Boolean(sample));
    expect(to_number(v)).toBe(Number(sample));
    expect(rig.text(to_string(v))).toBe(String(sample));
    expect(rig.text(type_of(v))).toBe(typeof sample);
  });

  test('a function is a function', () => {
    const rig = createRig();
    expect(rig.text(type_of(rig.closure(() => 1)))).toBe('function');
  });

  test.each([[0], [-0], [1.9], [-1.9], [2 ** 31], [2 ** 32], [-(2 ** 31) - 1], [2 ** 32 + 5.5], [1e15 + 7], [-1e15 - 7], [2 ** 53 + 2], [2 ** 63], [-(2 ** 63)], [2 ** 64 + 2 ** 20], [2 ** 80 + 2 ** 28], [2 ** 84], [1e300], [NaN], [Infinity], [-Infinity], [-(2 ** 70) - 2 ** 20], [6.02e23]])(
    'ToInt32 of %p', (x) => { expect(to_int32(x)).toBe(x | 0); });
});

describe('binary operators agree with V8', () => {
  test('on all pairs of samples', () => {
    const rig = createRig();
    for (const [a, b] of pairs) {
      const x = rig.box(a);
      const right = Object.is(a, b) ? x : rig.box(b);
      const where = `${String(a)} (${typeof a}) and ${String(b)} (${typeof b})`;
      expect([where, rig.unbox(add(x, right))]).toEqual([where, (a as Loose) + (b as Loose)]);
      expect([where, strict_equals(x, right)]).toEqual([where, a === b]);
      expect([where, loose_equals(x, right)]).toEqual([where, a == b]);
      expect([where, same_value(x, right)]).toEqual([where, Object.is(a, b)]);
      expect([where, same_value_zero(x, right)]).toEqual([where, [a].includes(b)]);
      const order = (a as Loose) < (b as Loose) ? -1 : (a as Loose) > (b as Loose) ? 1 : (a as Loose) <= (b as Loose) ? 0 : 2;
      expect([where, compare(x, right)]).toEqual([where, order]);
    }
  });

  test('objects with valueOf and toString of their own are converted by them', () => {
    const rig = createRig();
    const money = rig.object({ valueOf: rig.closure(() => 42), toString: rig.closure(() => 'money') }, { flags: 2 | 8 });
    const v = (0xfffan << 48n) | BigInt(money);
    expect(to_number(v)).toBe(42);
    expect(rig.text(to_string(v))).toBe('money');
    expect(rig.unbox(add(v, rig.box('!')))).toBe('42!');
    expect(compare(v, rig.box(43))).toBe(-1);
  });
});
