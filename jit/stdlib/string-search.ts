/** Searching in strings: indexOf and its relatives. Plain comparison at every place, sped up by the first unit. */
import { STRING, UNDEFINED } from '../abi.js';
import { charge } from './fuel.js';
import { elementAddress, load8, toF64, toI32, trunc, type bool, type f64, type i32, type ref, type str, type val } from './intrinsics.js';
import { to_number } from './operators.js';
import { flat_is_one, flat_unit, string_base, string_length, string_start, units_equal } from './strings.js';

/** ToIntegerOrInfinity, kept within [0, length]. */
export function clamp_index(x: f64, length: i32): i32 {
  if (!(x > 0)) return 0;
  return x >= toF64(length) ? length : toI32(x);
}

/** An index that counts from the end when negative, kept within [0, length]. */
export function relative_place(x: f64, length: i32): i32 {
  if (!(x < 0)) return clamp_index(x, length);
  return clamp_index(trunc(x) + toF64(length), length);
}

/** An optional position argument. */
export function position_of(v: val, length: i32): i32 {
  return v === UNDEFINED ? 0 : clamp_index(to_number(v), length);
}

/** First place from `from` on, up to `last`, where `unit` stands in a flat string, or -1; places are of the flat string. */
function find_unit(flat: ref, from: i32, last: i32, unit: i32): i32 {
  if (flat_is_one(flat)) {
    for (let at: i32 = from; at <= last; at++) {
      if (load8(elementAddress(flat, at, STRING.units), 0) === unit) return at;
    }
    return -1;
  }
  for (let at: i32 = from; at <= last; at++) {
    if (flat_unit(flat, at) === unit) return at;
  }
  return -1;
}

/** First index >= from where `pattern` stands in `s`, or -1. */
export function string_find(s: str, pattern: str, from: i32): i32 {
  const flat: ref = string_base(s);
  const start: i32 = string_start(s);
  const needle: ref = string_base(pattern);
  const needleStart: i32 = string_start(pattern);
  const count: i32 = string_length(pattern);
  const last: i32 = start + string_length(s) - count;
  if (count === 0) return from <= string_length(s) ? from : -1;
  const first: i32 = flat_unit(needle, needleStart);
  let at: i32 = find_unit(flat, start + from, last, first);
  let paid: i32 = start + from;
  while (at >= 0) {
    charge(((at - paid) >> 2) + (count >> 4) + 1);
    paid = at;
    if (units_equal(flat, at, needle, needleStart, count)) return at - start;
    at = find_unit(flat, at + 1, last, first);
  }
  if (last > paid) charge((last - paid) >> 2);
  return -1;
}

/** Whether `pattern` stands in `s` at `at`. */
export function string_has_at(s: str, pattern: str, at: i32): bool {
  const count: i32 = string_length(pattern);
  if (at < 0 || at + count > string_length(s)) return false;
  const flat: ref = string_base(s);
  const needle: ref = string_base(pattern);
  charge(count >> 4);
  return units_equal(flat, string_start(s) + at, needle, string_start(pattern), count);
}

export function String_indexOf(self: str, search: str, position: val): f64 {
  return toF64(string_find(self, search, position_of(position, string_length(self))));
}

export function String_includes(self: str, search: str, position: val): bool {
  return string_find(self, search, position_of(position, string_length(self))) >= 0;
}

export function String_startsWith(self: str, search: str, position: val): bool {
  return string_has_at(self, search, position_of(position, string_length(self)));
}

export function String_endsWith(self: str, search: str, endPosition: val): bool {
  const length: i32 = string_length(self);
  const end: i32 = endPosition === UNDEFINED ? length : clamp_index(to_number(endPosition), length);
  return string_has_at(self, search, end - string_length(search));
}

export function String_lastIndexOf(self: str, search: str, position: val): f64 {
  const limit: i32 = string_length(self) - string_length(search);
  if (limit < 0) return -1;
  const asked: f64 = to_number(position);
  let at: i32 = asked !== asked ? limit : clamp_index(asked, limit);
  while (at >= 0) {
    if (string_has_at(self, search, at)) return toF64(at);
    charge(1);
    at--;
  }
  return -1;
}
