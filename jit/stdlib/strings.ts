/**
 * Strings: the four kinds, access to their units, concatenation, substrings, comparison.
 *
 *   flat one   {hash, length, bytes…}          flat two   {hash, length, 16-bit units…}
 *   rope       {hash, length, left, right}     slice      {hash, length, base, start}
 *
 * Needs: the allocator. Promises JavaScript's meaning in UTF-16 units, whatever the kinds of the operands are.
 * S1: the base of a slice is flat. S2: a rope has no cached hash: its hash word is scratch of the flattening.
 * S3: META.wide on a rope says that some leaf is two-byte; a rope without it flattens to one byte per unit.
 * S4: lengths never exceed MAX_STRING_LENGTH.
 */
import { ARENA, KIND, META, OBJECT_HEADER, STRING, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { alloc } from './heap.js';
import { range_error } from './errors.js';
import {
  copyBytes, elementAddress, load16, load32, load64, load8, loadRef, refAt, store16, store32, store64, store8, storeRef, str,
} from './intrinsics.js';
import type { bool, i32, ref } from './intrinsics.js';
import { flatten_rope } from './string-flatten.js';

/** 2^29 - 24, as in V8. */
export const MAX_STRING_LENGTH = 536870888;
/** Results of a concatenation shorter than this are copied, not linked. */
export const LEAST_ROPE = 32;
/** Up to so many bytes are copied word by word. */
const MOST_WORDWISE = 40;
/** Substrings shorter than this are copied, not shared. */
export const LEAST_SLICE = 32;

// Kinds ---------------------------------------------------------------------------------------------------------------

export function string_is_rope(s: str): bool {
  return load32(s, OBJECT_HEADER.shape) === kindShape(KIND.rope);
}

export function string_is_slice(s: str): bool {
  return load32(s, OBJECT_HEADER.shape) === kindShape(KIND.slice);
}

/** Whether a flat string has one byte per unit. */
export function flat_is_one(flat: ref): bool {
  return load32(flat, OBJECT_HEADER.shape) === kindShape(KIND.stringOne);
}

/** Whether the string may hold units above 255. */
export function string_is_wide(s: str): bool {
  const shape: i32 = load32(s, OBJECT_HEADER.shape);
  if (shape === kindShape(KIND.stringOne)) return false;
  if (shape === kindShape(KIND.stringTwo)) return true;
  if (shape === kindShape(KIND.rope)) return (load32(s, OBJECT_HEADER.meta) & META.wide) !== 0;
  return !flat_is_one(loadRef(s, STRING.base));
}

export function string_length(s: str): i32 {
  return load32(s, STRING.length);
}

// Making --------------------------------------------------------------------------------------------------------------

function flat_bytes(unitBytes: i32): i32 {
  const size: i32 = (STRING.units + unitBytes + 7) & ~7;
  return size < STRING.bytes ? STRING.bytes : size;
}

/** A flat string of `length` units of one byte, to be filled by the caller before anyone else sees it; S4 is his concern. */
export function flat_new_one(length: i32): str {
  const made: ref = alloc(flat_bytes(length), refAt(kindShape(KIND.stringOne)));
  store32(made, STRING.hash, 0);
  store32(made, STRING.length, length);
  return made;
}

/** As flat_new_one, with two bytes per unit. */
export function flat_new_two(length: i32): str {
  const made: ref = alloc(flat_bytes(length * 2), refAt(kindShape(KIND.stringTwo)));
  store32(made, STRING.hash, 0);
  store32(made, STRING.length, length);
  return made;
}

/** As flat_new_one, for a length that may be too great. */
export function string_new_one(length: i32): str {
  require_length(length);
  return flat_new_one(length);
}

/** As flat_new_two, for a length that may be too great. */
export function string_new_two(length: i32): str {
  require_length(length);
  return flat_new_two(length);
}

function require_length(length: i32): void {
  if (length > MAX_STRING_LENGTH) throw range_error(str('Invalid string length'));
}

export function string_empty(): str {
  return refAt(ARENA.emptyString);
}

/** The string of one unit. */
export function string_of_unit(unit: i32): str {
  if (unit < 256) return refAt(ARENA.unitStrings + unit * ARENA.unitStringBytes);
  const made: str = flat_new_two(1);
  store16(made, STRING.units, unit);
  return made;
}

/** The string of one code point. */
export function string_of_code_point(point: i32): str {
  if (point < 65536) return string_of_unit(point);
  const made: str = flat_new_two(2);
  store16(made, STRING.units, 55296 + ((point - 65536) >> 10));
  store16(made, STRING.units + 2, 56320 + ((point - 65536) & 1023));
  return made;
}

// Units ---------------------------------------------------------------------------------------------------------------

/** The flat string that holds the units; a rope is flattened first. The string's units start at string_start. */
export function string_base(s: str): ref {
  if (string_is_rope(s)) flatten_rope(s);
  if (string_is_slice(s)) return loadRef(s, STRING.base);
  return s;
}

/** Where in string_base the string starts; call string_base first. */
export function string_start(s: str): i32 {
  if (string_is_slice(s)) return load32(s, STRING.start);
  return 0;
}

/** Unit `index` of a flat string. */
export function flat_unit(flat: ref, index: i32): i32 {
  if (flat_is_one(flat)) return load8(elementAddress(flat, index, STRING.units), 0);
  return load16(elementAddress(flat, index * 2, STRING.units), 0);
}

/** Writes a unit of a flat string that is being made. */
export function flat_set(flat: ref, index: i32, unit: i32): void {
  if (flat_is_one(flat)) store8(elementAddress(flat, index, STRING.units), 0, unit);
  else store16(elementAddress(flat, index * 2, STRING.units), 0, unit);
}

/** The unit at `index`, which must be in range. Flat strings are read without a call: text is mostly read unit by unit. */
export function string_unit(s: str, index: i32): i32 {
  const shape: i32 = load32(s, OBJECT_HEADER.shape);
  if (shape === kindShape(KIND.stringOne)) return load8(elementAddress(s, index, STRING.units), 0);
  if (shape === kindShape(KIND.stringTwo)) return load16(elementAddress(s, index << 1, STRING.units), 0);
  const base: ref = string_base(s);
  return flat_unit(base, load32(s, STRING.start) + index);
}

/** The string of the unit at `index`, which must be in range. */
export function string_char(s: str, index: i32): str {
  if (load32(s, OBJECT_HEADER.shape) === kindShape(KIND.stringOne)) {
    return refAt(ARENA.unitStrings + load8(elementAddress(s, index, STRING.units), 0) * ARENA.unitStringBytes);
  }
  return string_of_unit(string_unit(s, index));
}

/** Copies bytes that do not overlap; few of them by words, which is faster than a bulk operation. */
function copy_bytes(to: i32, from: i32, count: i32): void {
  if (count > MOST_WORDWISE) {
    copyBytes(to, from, count);
    return;
  }
  const words: i32 = count & ~7;
  for (let i: i32 = 0; i < words; i += 8) store64(to + i, 0, load64(from + i, 0));
  for (let i: i32 = words; i < count; i++) store8(to + i, 0, load8(from + i, 0));
}

/** Copies units between flat strings; from two to one byte only where all units fit. */
export function copy_units(to: ref, toIndex: i32, from: ref, fromIndex: i32, count: i32): void {
  const one: bool = flat_is_one(from);
  if (one === flat_is_one(to)) {
    const shift: i32 = one ? 0 : 1;
    copy_bytes(elementAddress(to, toIndex << shift, STRING.units), elementAddress(from, fromIndex << shift, STRING.units), count << shift);
    return;
  }
  for (let i: i32 = 0; i < count; i++) flat_set(to, toIndex + i, flat_unit(from, fromIndex + i));
}

/** Copies a whole string that is no rope into a flat one. */
export function copy_string(to: ref, toIndex: i32, from: str): void {
  copy_units(to, toIndex, string_base(from), string_start(from), string_length(from));
}

// Concatenation and substrings ----------------------------------------------------------------------------------------

export function string_concat(a: str, b: str): str {
  const leftLength: i32 = string_length(a);
  const rightLength: i32 = string_length(b);
  if (leftLength === 0) return b;
  if (rightLength === 0) return a;
  const length: i32 = leftLength + rightLength;
  require_length(length);
  const wide: bool = string_is_wide(a) || string_is_wide(b);
  if (length < LEAST_ROPE) {
    if (!wide && flat_is_one(a) && flat_is_one(b)) {
      const short: str = flat_new_one(length);
      copy_bytes(elementAddress(short, 0, STRING.units), elementAddress(a, 0, STRING.units), leftLength);
      copy_bytes(elementAddress(short, leftLength, STRING.units), elementAddress(b, 0, STRING.units), rightLength);
      return short;
    }
    const flat: str = wide ? flat_new_two(length) : flat_new_one(length);
    copy_string(flat, 0, a);
    copy_string(flat, leftLength, b);
    return flat;
  }
  const rope: ref = alloc(STRING.bytes, refAt(kindShape(KIND.rope)));
  if (wide) store32(rope, OBJECT_HEADER.meta, load32(rope, OBJECT_HEADER.meta) | META.wide);
  store32(rope, STRING.hash, 0);
  store32(rope, STRING.length, length);
  storeRef(rope, STRING.left, a);
  storeRef(rope, STRING.right, b);
  return rope;
}

/** Whether `count` units of a flat string from `start` on are all below 256. */
export function units_fit_one(flat: ref, start: i32, count: i32): bool {
  if (flat_is_one(flat)) return true;
  for (let i: i32 = 0; i < count; i++) {
    if (load16(elementAddress(flat, (start + i) * 2, STRING.units), 0) > 255) return false;
  }
  return true;
}

/** A flat copy of units of a flat string, as narrow as they allow. */
export function copy_flat(flat: ref, start: i32, count: i32): str {
  const made: str = units_fit_one(flat, start, count) ? flat_new_one(count) : flat_new_two(count);
  copy_units(made, 0, flat, start, count);
  return made;
}

/** Units `start` to `end` (exclusive); 0 <= start, end <= length. */
export function string_part(s: str, start: i32, end: i32): str {
  const count: i32 = end - start;
  if (count <= 0) return string_empty();
  if (count === string_length(s)) return s;
  const base: ref = string_base(s);
  const first: i32 = string_start(s) + start;
  if (count === 1) return string_of_unit(flat_unit(base, first));
  if (count < LEAST_SLICE) return copy_flat(base, first, count);
  const slice: ref = alloc(STRING.bytes, refAt(kindShape(KIND.slice)));
  store32(slice, STRING.hash, 0);
  store32(slice, STRING.length, count);
  storeRef(slice, STRING.base, base);
  store32(slice, STRING.start, first);
  return slice;
}

// Comparison ----------------------------------------------------------------------------------------------------------

/** Whether `count` units of two flat strings are equal; not metered. */
export function units_equal(a: ref, aStart: i32, b: ref, bStart: i32, count: i32): bool {
  const one: bool = flat_is_one(a);
  if (one !== flat_is_one(b)) {
    for (let i: i32 = 0; i < count; i++) {
      if (flat_unit(a, aStart + i) !== flat_unit(b, bStart + i)) return false;
    }
    return true;
  }
  const shift: i32 = one ? 0 : 1;
  const bytes: i32 = count << shift;
  const words: i32 = bytes & ~3;
  const left: i32 = aStart << shift;
  const right: i32 = bStart << shift;
  for (let i: i32 = 0; i < words; i += 4) {
    if (load32(elementAddress(a, left + i, STRING.units), 0) !== load32(elementAddress(b, right + i, STRING.units), 0)) {
      return false;
    }
  }
  for (let i: i32 = words; i < bytes; i++) {
    if (load8(elementAddress(a, left + i, STRING.units), 0) !== load8(elementAddress(b, right + i, STRING.units), 0)) {
      return false;
    }
  }
  return true;
}

export function string_equals(a: str, b: str): bool {
  if (a === b) return true;
  const length: i32 = load32(a, STRING.length);
  if (length !== load32(b, STRING.length)) return false;
  if (length === 0) return true;
  const shape: i32 = load32(a, OBJECT_HEADER.shape);
  if (shape === kindShape(KIND.stringOne) && shape === load32(b, OBJECT_HEADER.shape)) {
    if (load8(a, STRING.units) !== load8(b, STRING.units)) return false;
    if (length === 1) return true;
  }
  return long_equals(a, b, length);
}

/** Whether strings of the same length are equal. */
function long_equals(a: str, b: str, length: i32): bool {
  const left: ref = string_base(a);
  const right: ref = string_base(b);
  const leftHash: i32 = load32(a, STRING.hash);
  const rightHash: i32 = load32(b, STRING.hash);
  if (leftHash !== 0 && rightHash !== 0 && leftHash !== rightHash) return false;
  charge(length >> 4);
  return units_equal(left, string_start(a), right, string_start(b), length);
}

/** Order by UTF-16 units: -1, 0 or 1. */
export function string_compare(a: str, b: str): i32 {
  if (a === b) return 0;
  const left: ref = string_base(a);
  const right: ref = string_base(b);
  const leftStart: i32 = string_start(a);
  const rightStart: i32 = string_start(b);
  const leftLength: i32 = string_length(a);
  const rightLength: i32 = string_length(b);
  const common: i32 = leftLength < rightLength ? leftLength : rightLength;
  for (let i: i32 = 0; i < common; i++) {
    const difference: i32 = flat_unit(left, leftStart + i) - flat_unit(right, rightStart + i);
    if (difference !== 0) {
      charge(i >> 2);
      return difference < 0 ? -1 : 1;
    }
  }
  charge(common >> 2);
  if (leftLength === rightLength) return 0;
  return leftLength < rightLength ? -1 : 1;
}
