import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { string_flatten } from '../../../jit/stdlib/string-flatten.js';
import { string_hash } from '../../../jit/stdlib/string-hash.js';
import {
  MAX_STRING_LENGTH, string_base, string_char, string_compare, string_concat, string_equals, string_is_rope, string_is_slice,
  string_length, string_of_code_point, string_part, string_unit,
} from '../../../jit/stdlib/strings.js';
import { text_add, text_add_unit, text_finish, text_new } from '../../../jit/stdlib/text.js';
import { createRig, type Rig } from './rig.js';

/** A string built by steps, on both sides: [ours, JavaScript's]. */
type Pair = readonly [number, string];

const step = fc.record({
  kind: fc.constantFrom('literal', 'concat', 'part', 'flatten', 'unit' as const),
  a: fc.nat(1000), b: fc.nat(1000), from: fc.nat(200), count: fc.nat(120),
  text: fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 })),
});

function build(rig: Rig, steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Pair[] {
  const made: Pair[] = [[rig.string(''), ''], [rig.string('seed of the strings'), 'seed of the strings']];
  for (const { kind, a, b, from, count, text } of steps) {
    const [ours, js] = made[a % made.length]!; // the list is not empty
    const [other, otherJs] = made[b % made.length]!; // as above
    if (js.length + otherJs.length > 4000) continue;
    const start = Math.min(from, js.length);
    const end = Math.min(start + count, js.length);
    if (kind === 'literal') made.push([rig.string(text), text]);
    if (kind === 'concat') made.push([string_concat(ours, other), js + otherJs]);
    if (kind === 'part') made.push([string_part(ours, start, end), js.slice(start, end)]);
    if (kind === 'flatten') made.push([string_flatten(ours), js]);
    if (kind === 'unit' && from < js.length) {
      expect(string_unit(ours, from)).toBe(js.charCodeAt(from));
      made.push([string_char(ours, from), js.charAt(from)]);
    }
  }
  return made;
}

const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash === 0 ? 1 : hash;
};

describe('strings of all kinds', () => {
  test('behave as JavaScript strings, however they were made', () => {
    const rig = createRig({ memoryBytes: 128 << 20 });
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const made = build(rig, steps);
      for (const [ours, js] of made) {
        expect(string_length(ours)).toBe(js.length);
        expect(rig.text(ours)).toBe(js);
        expect(string_hash(ours)).toBe(fnv1a(js));
      }
      for (let i = 1; i < made.length; i++) {
        const [[a, x], [b, y]] = [made[i - 1]!, made[i]!]; // both indices are in range
        expect(string_equals(a, b)).toBe(x === y);
        expect(string_compare(a, b)).toBe(x < y ? -1 : x > y ? 1 : 0);
      }
    }), { numRuns: 60 });
  });

  test('long concatenations are ropes until their units are read, then slices', () => {
    const rig = createRig();
    const rope = string_concat(rig.string('x'.repeat(40)), rig.string('é'.repeat(3)));
    expect(string_is_rope(rope)).toBe(true);
    expect(string_unit(rope, 40)).toBe(0xe9);
    expect(string_is_slice(rope)).toBe(true);
    expect(string_base(rope)).toBe(string_flatten(rope));
  });

  test('a rope a hundred thousand deep, on either side, flattens without recursion', () => {
    const rig = createRig({ memoryBytes: 128 << 20 });
    const letter = rig.string('ab');
    let left = rig.string('');
    let right = rig.string('');
    for (let i = 0; i < 100_000; i++) {
      left = string_concat(left, letter);
      right = string_concat(letter, right);
    }
    expect(rig.text(string_flatten(left))).toBe('ab'.repeat(100_000));
    expect(string_equals(left, right)).toBe(true);
  });

  test('one rope may occur in another many times', () => {
    const rig = createRig();
    let s = string_concat(rig.string('0123456789012345678901234567890123'), rig.string('日'));
    for (let i = 0; i < 8; i++) s = string_concat(s, s);
    const js = '0123456789012345678901234567890123日'.repeat(256);
    expect(rig.text(string_flatten(s))).toBe(js);
  });

  test('the greatest length is that of V8', () => {
    const rig = createRig();
    let s = rig.string('x'.repeat(64));
    while (string_length(s) * 2 <= MAX_STRING_LENGTH) s = string_concat(s, s);
    expect(() => rig.guest(() => string_concat(s, s))).toThrow('Invalid string length');
  });

  test('code points beyond the units become pairs', () => {
    const rig = createRig();
    for (const point of [0, 65, 255, 256, 0xd800, 0xffff, 0x10000, 0x1f600, 0x10ffff]) {
      expect(rig.text(string_of_code_point(point))).toBe(String.fromCodePoint(point));
    }
  });
});

test('text that grows unit by unit and string by string, one byte and two', () => {
  const rig = createRig({ memoryBytes: 64 << 20 });
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))), (parts) => {
    let text = text_new(0);
    for (const part of parts) {
      text = text_add(text, rig.string(part));
      text = text_add_unit(text, part.length);
    }
    expect(rig.text(text_finish(text))).toBe(parts.map((part) => part + String.fromCharCode(part.length)).join(''));
  }), { numRuns: 60 });
});
