import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UNDEFINED } from '../../../jit/abi.js';
import { Number_toExponential, Number_toFixed, Number_toPrecision, Number_toString, number_to_string } from '../../../jit/stdlib/number-format.js';
import { Number_toLocaleString } from '../../../jit/stdlib/number-locale-options.js';
import * as parsing from '../../../jit/stdlib/number-parse.js';
import { DOUBLES, expectSame } from './outcomes.js';
import { createRig, type Rig } from './rig.js';

const double = fc.oneof(
  fc.double(), fc.double({ min: -1e6, max: 1e6 }), fc.integer().map((n) => n / 100), fc.maxSafeInteger(), fc.constantFrom(...DOUBLES),
);

describe('numbers as text', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig({ memoryBytes: 128 << 20 });
  });

  test('print as JavaScript prints them, and read back', () => {
    const check = (x: number): void => {
      expect(rig.text(number_to_string(x))).toBe(String(x));
      expect(parsing.string_to_number(rig.string(String(x)))).toBe(x === 0 ? 0 : x);
    };
    DOUBLES.forEach(check);
    fc.assert(fc.property(double, check), { numRuns: 500 });
  });

  test('print in every base as V8 does', () => {
    fc.assert(fc.property(double, fc.integer({ min: 2, max: 36 }), (x, radix) => {
      expect(rig.text(Number_toString(x, rig.box(radix)))).toBe(x.toString(radix));
    }), { numRuns: 300 });
    for (const radix of [1, 37, NaN, -2]) expectSame(radix, rig, () => Number_toString(1, rig.box(radix)), () => (1).toString(radix));
  });

  test('print with a given number of digits', () => {
    const check = (x: number, digits: number | undefined): void => {
      const boxed = digits === undefined ? UNDEFINED : rig.box(digits);
      expectSame(['toFixed', x, digits], rig, () => rig.text(Number_toFixed(x, boxed)), () => x.toFixed(digits));
      expectSame(['toPrecision', x, digits], rig, () => rig.text(Number_toPrecision(x, boxed)), () => x.toPrecision(digits));
      expectSame(['toExponential', x, digits], rig, () => rig.text(Number_toExponential(x, boxed)), () => x.toExponential(digits));
    };
    for (const x of DOUBLES) for (const digits of [undefined, 0, 1, 2, 5, 20, 21, 100, 101, -1, 2.9]) check(x, digits);
    fc.assert(fc.property(double, fc.nat(100), check), { numRuns: 150 });
  });

  test('print in groups of three digits', () => {
    const check = (x: number): void => expect(rig.text(Number_toLocaleString(x, UNDEFINED, UNDEFINED))).toBe(x.toLocaleString('en-US'));
    DOUBLES.forEach(check);
    fc.assert(fc.property(double, check), { numRuns: 400 });
  });
});

/** Decimals between two doubles, exactly in the middle: the hardest to round. */
function midpoint(x: number): string {
  const exponent = Math.floor(Math.log2(x));
  const places = 54 - exponent;
  const units = BigInt(x * 2 ** (52 - exponent)) * 4n + 2n;
  const digits = (units * 5n ** BigInt(places)).toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const TEXTS = [
  '', ' ', '0x10', '0xfffffffffffffffff', '0b101', '0o17', '0X1F', '-0x1', '0x', '0b2', '1e1000', '1e-1000', '-1e-400', '.5', '5.', '.', '+.5e1',
  '1e', '1e+', '  12  ', '12px', 'Infinity', '-Infinity', '+Infinity', 'infinity', '1_000', '\u00a01\ufeff', '00012', '-0', 'e5', '1e5.5', '--1',
  '1.7976931348623159e308', '1.7976931348623158e308', '2.4703282292062327e-324', '2.4703282292062328e-324', `0.${'0'.repeat(400)}1e400`,
  `1${'0'.repeat(400)}e-400`, '9007199254740993', '9007199254740993.0000000000000000000000000001', '0x20000000000001', '0x20000000000003',
  '1'.repeat(900), `0.${'1'.repeat(900)}`, '1e99999999999', '0e99999999999',
];

describe('text as numbers', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig({ memoryBytes: 128 << 20 });
  });
  const check = (text: string): void => {
    expectSame(text, rig, () => parsing.string_to_number(rig.string(text)), () => Number(text));
    expectSame(text, rig, () => parsing.global_parseFloat(rig.string(text)), () => parseFloat(text));
    for (const radix of [undefined, 10, 16, 2, 8, 36, 7, 0, 1, 37, -1, NaN]) {
      expectSame([text, radix], rig, () => parsing.global_parseInt(rig.string(text), rig.box(radix)), () => parseInt(text, radix));
    }
  };

  test('read as JavaScript reads it', () => TEXTS.forEach(check));

  test('round to the nearest double, ties to even', () => {
    fc.assert(fc.property(fc.double({ min: 1e-200, max: 1e15, noNaN: true }), (x) => {
      const middle = midpoint(x);
      for (const text of [middle, `${middle}1`, `${middle.slice(0, -1)}4`]) {
        expect(parsing.string_to_number(rig.string(text))).toBe(Number(text));
      }
    }), { numRuns: 60 });
  });

  test('read digits of any length in any base', () => {
    const digits = fc.tuple(fc.integer({ min: 2, max: 36 }), fc.array(fc.nat(35), { minLength: 1, maxLength: 40 }));
    fc.assert(fc.property(digits, ([radix, list]) => {
      const text = list.map((digit) => (digit % radix).toString(radix)).join('');
      expect(parsing.global_parseInt(rig.string(text), rig.box(radix))).toBe(parseInt(text, radix));
    }), { numRuns: 300 });
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{0,30}\.?[0-9]{0,30}(e-?[0-9]{1,3})?$/), check), { numRuns: 60 });
  });

  test('tests of numbers do not convert, the global ones do', () => {
    for (const value of [1, 1.5, NaN, Infinity, 2 ** 53, '1', null, undefined, true]) {
      const boxed = rig.box(value);
      expect(parsing.Number$isInteger(boxed)).toBe(Number.isInteger(value));
      expect(parsing.Number$isSafeInteger(boxed)).toBe(Number.isSafeInteger(value));
      expect(parsing.Number$isFinite(boxed)).toBe(Number.isFinite(value));
      expect(parsing.Number$isNaN(boxed)).toBe(Number.isNaN(value));
      expect(parsing.global_isNaN(boxed)).toBe(isNaN(Number(value)));
      expect(parsing.global_isFinite(boxed)).toBe(isFinite(Number(value)));
      expect(parsing.global_Number(boxed)).toBe(Number(value));
    }
  });
});
