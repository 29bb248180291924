/**
 * Text under construction: a byte buffer that grows, for what would otherwise be many small concatenations.
 *
 *   BLOB {byteLength, data: [count i32][unit shift i32][units…]}      unit shift 0: one byte per unit, 1: two
 *
 * Every call that adds gives the buffer to go on with, for it may have moved. Metered by what is copied.
 */
import { BLOB, STRING } from '../abi.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_blob } from './heap.js';
import { copyBytes, elementAddress, load32, load8, store16, store32, store8, str, type bool, type i32, type ref } from './intrinsics.js';
import {
  MAX_STRING_LENGTH, flat_is_one, flat_unit, string_base, string_empty, string_length, flat_new_one, flat_new_two,
  string_start, units_fit_one,
} from './strings.js';

const COUNT = 16;
const SHIFT = 20;
const UNITS = 24;
/** Bytes of the buffer before the units. */
const PREFIX = 8;

/** An empty text with room for `capacity` one-byte units. */
export function text_new(capacity: i32): ref {
  return alloc_blob(PREFIX + (capacity < 16 ? 16 : capacity));
}

export function text_length(text: ref): i32 {
  return load32(text, COUNT);
}

/** A buffer with the same units, this unit shift, and room for `more` units. */
function text_move(text: ref, shift: i32, more: i32): ref {
  const count: i32 = load32(text, COUNT);
  const old: i32 = load32(text, SHIFT);
  if (count + more > MAX_STRING_LENGTH) throw range_error(str('Invalid string length'));
  charge(count >> 3);
  const room: i32 = count * 2 + more;
  const made: ref = alloc_blob(PREFIX + (room << shift));
  store32(made, COUNT, count);
  store32(made, SHIFT, shift);
  if (shift === old) {
    copyBytes(elementAddress(made, 0, UNITS), elementAddress(text, 0, UNITS), count << shift);
    return made;
  }
  for (let i: i32 = 0; i < count; i++) {
    store16(elementAddress(made, i * 2, UNITS), 0, load8(elementAddress(text, i, UNITS), 0));
  }
  return made;
}

/** The text with room for `more` units, two bytes each if `wide`. */
function text_room(text: ref, more: i32, wide: bool): ref {
  const shift: i32 = load32(text, SHIFT);
  if (wide && shift === 0) return text_move(text, 1, more);
  const bytes: i32 = PREFIX + ((load32(text, COUNT) + more) << shift);
  if (bytes > load32(text, BLOB.byteLength) || bytes < 0) return text_move(text, shift, more);
  return text;
}

export function text_add_unit(text: ref, unit: i32): ref {
  const to: ref = text_room(text, 1, unit > 255);
  const count: i32 = load32(to, COUNT);
  if (load32(to, SHIFT) === 0) store8(elementAddress(to, count, UNITS), 0, unit);
  else store16(elementAddress(to, count * 2, UNITS), 0, unit);
  store32(to, COUNT, count + 1);
  return to;
}

/** Adds `length` units of a flat string from `start` on. */
export function text_add_units(text: ref, flat: ref, start: i32, length: i32): ref {
  if (length <= 0) return text;
  charge(length >> 3);
  const one: bool = flat_is_one(flat);
  const to: ref = text_room(text, length, !one && !units_fit_one(flat, start, length));
  const count: i32 = load32(to, COUNT);
  const shift: i32 = load32(to, SHIFT);
  if (one === (shift === 0)) {
    const from: i32 = elementAddress(flat, start << shift, STRING.units);
    copyBytes(elementAddress(to, count << shift, UNITS), from, length << shift);
  } else {
    for (let i: i32 = 0; i < length; i++) {
      const unit: i32 = flat_unit(flat, start + i);
      if (shift === 0) store8(elementAddress(to, count + i, UNITS), 0, unit);
      else store16(elementAddress(to, (count + i) * 2, UNITS), 0, unit);
    }
  }
  store32(to, COUNT, count + length);
  return to;
}

export function text_add(text: ref, s: str): ref {
  const flat: ref = string_base(s);
  return text_add_units(text, flat, string_start(s), string_length(s));
}

/** Takes units off the end. */
export function text_cut(text: ref, length: i32): void {
  store32(text, COUNT, length);
}

/** The text as a string; the buffer may be used further. */
export function text_finish(text: ref): str {
  const count: i32 = load32(text, COUNT);
  const shift: i32 = load32(text, SHIFT);
  if (count === 0) return string_empty();
  charge(count >> 3);
  const made: str = shift === 0 ? flat_new_one(count) : flat_new_two(count);
  copyBytes(elementAddress(made, 0, STRING.units), elementAddress(text, 0, UNITS), count << shift);
  return made;
}
