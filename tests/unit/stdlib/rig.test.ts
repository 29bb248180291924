import { describe, expect, test } from '@jest/globals';
import { ARENA, KIND, SHAPE, STRING, THREAD, UNDEFINED, kindShape } from '../../../jit/abi.js';
import { callClosure, load32, loadRef, unboxRef } from '../../../jit/stdlib/intrinsics.js';
import { CLOSURE } from '../../../jit/abi.js';
import { createRig } from './rig.js';

describe('the rig', () => {
  const values: readonly unknown[] = [
    undefined, null, true, false, 0, -0, 1.5, NaN, -Infinity, '', 'a', 'plain', 'wide \u0416', '\ud83d\ude00', [], [1, 'x', null],
    // A hole stays a hole.
    [1, , 3], // eslint-disable-line no-sparse-arrays
    {}, { a: 1, b: { c: [true] } },
  ];
  test.each(values.map((value) => [value]))('gives %p back as it took it', (value) => {
    const rig = createRig();
    expect(rig.unbox(rig.box(value))).toStrictEqual(value);
  });

  test('keeps cycles', () => {
    const rig = createRig();
    const ring: { self?: unknown } = {};
    ring.self = ring;
    const back = rig.unbox(rig.box(ring)) as { self: unknown }; // what it was given
    expect(back.self).toBe(back);
  });

  test('keeps errors with name, message and own fields', () => {
    const rig = createRig();
    const back = rig.unbox(rig.box(Object.assign(new TypeError('no'), { code: 7 })));
    expect(back).toMatchObject({ name: 'TypeError', message: 'no', code: 7 });
  });

  test('runs a JavaScript function as a guest closure, errors included', () => {
    const rig = createRig();
    const call = (f: bigint, ...args: bigint[]): bigint =>
      callClosure(load32(unboxRef(f), CLOSURE.func), unboxRef(f), UNDEFINED, args.length, args[0] ?? UNDEFINED, args[1] ?? UNDEFINED, UNDEFINED, UNDEFINED, 0);
    expect(rig.unbox(call(rig.closure((a: number, b: number) => a + b), rig.box(2), rig.box(3)))).toBe(5);
    const fail = rig.closure(() => { throw new RangeError('far'); });
    expect(() => rig.guest(() => call(fail))).toThrow('far');
  });
});

describe('the arena image', () => {
  test('has a shape per kind, itself of kind shape', () => {
    createRig();
    for (const kind of Object.values(KIND)) {
      expect(load32(kindShape(kind), SHAPE.kind)).toBe(kind);
      expect(loadRef(kindShape(kind), 0)).toBe(kindShape(KIND.shape));
    }
  });

  test('has the strings of one unit, the empty string, and a thread record', () => {
    const rig = createRig();
    expect(rig.text(ARENA.unitStrings + 65 * ARENA.unitStringBytes)).toBe('A');
    expect(rig.text(ARENA.unitStrings + 255 * ARENA.unitStringBytes)).toBe('\u00ff');
    expect(load32(ARENA.emptyString, STRING.length)).toBe(0);
    expect(load32(ARENA.threadRecords, THREAD.owner)).toBe(1);
    expect(load32(ARENA.threadRecords, THREAD.chunkCount)).toBe(1024);
  });
});
