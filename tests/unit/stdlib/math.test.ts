import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as exact from '../../../jit/stdlib/math.js';
import * as exponential from '../../../jit/stdlib/math-exponential.js';
import * as inverse from '../../../jit/stdlib/math-inverse.js';
import * as logarithm from '../../../jit/stdlib/math-logarithm.js';
import * as power from '../../../jit/stdlib/math-power.js';
import * as trigonometry from '../../../jit/stdlib/math-trigonometry.js';
import { DOUBLES } from './outcomes.js';
import { createRig, type Rig } from './rig.js';

const FUNCTIONS = { ...exact, ...exponential, ...inverse, ...logarithm, ...power, ...trigonometry } as unknown as Readonly<
  Record<string, (...args: number[]) => number>
>; // the ones asked for below take doubles
const V8 = Math as unknown as Readonly<Record<string, (...args: number[]) => number>>; // as above

const ONE_ARGUMENT = [
  'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh',
  'atanh', 'cbrt', 'abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'sqrt', 'fround', 'clz32',
];

/** Where the algorithms change their ways: multiples of pi/2 and their neighbours, powers of two, large arguments. */
const EDGES: readonly number[] = [
  ...DOUBLES,
  ...Array.from({ length: 60 }, (_, n) => n * Math.PI / 2),
  ...Array.from({ length: 60 }, (_, n) => n * Math.PI / 2 * (1 + 2 ** -(n % 52))),
  ...Array.from({ length: 100 }, (_, n) => 1.37 ** n * 1e5),
  ...Array.from({ length: 60 }, (_, n) => 2 ** (n * 35 - 1040)),
  2 ** 19 * Math.PI / 2, 6381956970095103 * 2 ** 797, 0.6744, 0.67434, 0.975, 1.1875, 2.4375, 2 ** -27, 2 ** -28, 2 ** -54, 2 ** 28, 0.3465, 1.0397,
];
const double = fc.oneof(
  fc.double(), fc.double({ min: -1, max: 1 }), fc.double({ min: -20, max: 20 }), fc.double({ min: -1e7, max: 1e7 }), fc.constantFrom(...EDGES),
);

function expectEqualBits(name: string, args: readonly number[], ours: number, theirs: number): void {
  if (!Object.is(ours, theirs)) expect({ name, args, ours }).toEqual({ name, args, ours: theirs });
}

describe('Math', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig({ memoryBytes: 64 << 20 });
  });

  test.each(ONE_ARGUMENT)('%s gives the bits that V8 gives', (name) => {
    const check = (x: number): void => expectEqualBits(name, [x], FUNCTIONS[`Math$${name}`]!(x), V8[name]!(x)); // both have every name
    for (const x of EDGES) {
      check(x);
      check(-x);
    }
    fc.assert(fc.property(double, check), { numRuns: 300 });
  });

  test.each([
    ['pow', power.Math$pow, Math.pow], ['atan2', inverse.Math$atan2, Math.atan2], ['imul', exact.Math$imul, Math.imul],
    ['%', exact.number_remainder, (x: number, y: number) => x % y],
  ] as const)('%s of two numbers gives the bits that V8 gives', (name, ours, theirs) => {
    const check = (x: number, y: number): void => expectEqualBits(name, [x, y], ours(x, y), theirs(x, y));
    for (const x of DOUBLES) for (const y of DOUBLES) check(x, y);
    check(-4.28603442874507e301, -4.2860344287450693e301);
    fc.assert(fc.property(double, double, check), { numRuns: 600 });
    fc.assert(fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -400, max: 400 }), check), { numRuns: 300 });
  });

  test('max, min and hypot take any number of arguments', () => {
    const list = (items: readonly number[]): number => rig.array(items.map((item) => rig.box(item)));
    fc.assert(fc.property(fc.array(double, { maxLength: 5 }), (items) => {
      expectEqualBits('max', items, exact.Math$max(list(items)), Math.max(...items));
      expectEqualBits('min', items, exact.Math$min(list(items)), Math.min(...items));
      expectEqualBits('hypot', items, exact.Math$hypot(list(items)), Math.hypot(...items));
    }), { numRuns: 400 });
  });

  test('random numbers lie in [0, 1), spread, and do not repeat soon', () => {
    const drawn = Array.from({ length: 2000 }, () => exact.Math$random());
    expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(new Set(drawn).size).toBe(drawn.length);
    const counts = Array.from({ length: 10 }, (_, i) => drawn.filter((x) => Math.floor(x * 10) === i).length);
    expect(counts.every((count) => count > 120 && count < 280)).toBe(true);
  });
});
