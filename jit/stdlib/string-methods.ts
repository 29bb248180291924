/** Methods of strings that give units or parts. Searching, case, replacing have files of their own. */
import { KIND, OBJECT_HEADER, STRING, UNDEFINED, kindShape } from '../abi.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import {
  boxF64, boxString, elementAddress, load32, load8, ltu, str, toF64, toI32, trunc, type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { to_number, to_string } from './operators.js';
import { clamp_index, relative_place } from './string-search.js';
import { concat_all } from './string-static.js';
import {
  MAX_STRING_LENGTH, copy_units, flat_unit, string_base, string_concat, string_empty, string_is_wide, string_length, flat_new_one,
  flat_new_two, string_char, string_of_code_point, string_of_unit, string_part, string_start, string_unit,
} from './strings.js';
import { skip_white, skip_white_back } from './white-space.js';

export function String_get_length(self: str): f64 {
  return toF64(string_length(self));
}

export function String_toString(self: str): str {
  return self;
}

export function String_valueOf(self: str): str {
  return self;
}

// Units ---------------------------------------------------------------------------------------------------------------

/** The index that a position argument means, or -1 when it is out of range. */
function unit_index(position: f64, length: i32): i32 {
  const at: i32 = toI32(position);
  return ltu(at, length) ? at : -1;
}

export function String_at(self: str, index: f64): val {
  const whole: f64 = trunc(index);
  const length: i32 = string_length(self);
  const at: i32 = unit_index(whole < 0 ? whole + toF64(length) : whole, length);
  return at < 0 ? UNDEFINED : boxString(string_of_unit(string_unit(self, at)));
}

export function String_charAt(self: str, position: f64): str {
  const at: i32 = unit_index(position, string_length(self));
  return at < 0 ? string_empty() : string_char(self, at);
}

export function String_charCodeAt(self: str, position: f64): f64 {
  // Conversion saturates, so that what is out of range stays out of range; NaN gives 0.
  const at: i32 = toI32(position);
  if (!ltu(at, load32(self, STRING.length))) return NaN;
  if (load32(self, OBJECT_HEADER.shape) === kindShape(KIND.stringOne)) return toF64(load8(elementAddress(self, at, STRING.units), 0));
  return toF64(string_unit(self, at));
}

export function String_codePointAt(self: str, position: f64): val {
  const at: i32 = unit_index(position, string_length(self));
  return at < 0 ? UNDEFINED : boxF64(toF64(string_code_point_at(self, at)));
}

/** The code point at `index` (in range); a lone surrogate is itself. It takes string_code_point_units of it. */
export function string_code_point_at(s: str, index: i32): i32 {
  const flat: ref = string_base(s);
  const at: i32 = string_start(s) + index;
  const unit: i32 = flat_unit(flat, at);
  if (unit < 55296 || unit > 56319 || index + 1 >= string_length(s)) return unit;
  const low: i32 = flat_unit(flat, at + 1);
  return low < 56320 || low > 57343 ? unit : 65536 + ((unit - 55296) << 10) + (low - 56320);
}

/** Units of a code point: 1 or 2. */
export function string_code_point_units(point: i32): i32 {
  return point > 65535 ? 2 : 1;
}

/** The code point at `index` as a string: what iteration gives. */
export function string_code_point(s: str, index: i32): str {
  return string_of_code_point(string_code_point_at(s, index));
}

// Parts ---------------------------------------------------------------------------------------------------------------

function end_of(end: val, length: i32): f64 {
  return end === UNDEFINED ? toF64(length) : to_number(end);
}

function start_of(start: val): f64 {
  return start === UNDEFINED ? 0 : to_number(start);
}

export function String_slice(self: str, start: val, end: val): str {
  const length: i32 = string_length(self);
  const from: i32 = relative_place(start_of(start), length);
  const to: i32 = relative_place(end_of(end, length), length);
  return string_part(self, from, to);
}

export function String_substring(self: str, start: val, end: val): str {
  const length: i32 = string_length(self);
  const a: i32 = clamp_index(start_of(start), length);
  const b: i32 = clamp_index(end_of(end, length), length);
  return a < b ? string_part(self, a, b) : string_part(self, b, a);
}

export function String_substr(self: str, start: val, length: val): str {
  const whole: i32 = string_length(self);
  const from: i32 = relative_place(start_of(start), whole);
  const count: i32 = clamp_index(end_of(length, whole), whole - from);
  return string_part(self, from, from + count);
}

export function String_concat(self: str, rest: ref): str {
  return concat_all(self, rest);
}

export function String_trim(self: str): str {
  return trimmed(self, true, true);
}

export function String_trimStart(self: str): str {
  return trimmed(self, true, false);
}

export function String_trimEnd(self: str): str {
  return trimmed(self, false, true);
}

function trimmed(s: str, atStart: bool, atEnd: bool): str {
  const flat: ref = string_base(s);
  const begin: i32 = string_start(s);
  const end: i32 = begin + string_length(s);
  const from: i32 = atStart ? skip_white(flat, begin, end) : begin;
  const to: i32 = atEnd ? skip_white_back(flat, from, end) : end;
  charge((string_length(s) - (to - from)) >> 1);
  return string_part(s, from - begin, to - begin);
}

// Repetition ----------------------------------------------------------------------------------------------------------

export function String_repeat(self: str, count: f64): str {
  const times: f64 = trunc(count);
  if (times < 0 || times > 1.7976931348623157e308) {
    throw range_error(string_concat(str('Invalid count value: '), to_string(boxF64(count))));
  }
  const length: i32 = string_length(self);
  if (length === 0 || !(times >= 1)) return string_empty();
  if (toF64(length) * times > MAX_STRING_LENGTH) throw range_error(str('Invalid string length'));
  return repeated(self, length * toI32(times));
}

/** The units of `s`, over and over, `total` of them; total > 0. */
function repeated(s: str, total: i32): str {
  const flat: ref = string_base(s);
  const start: i32 = string_start(s);
  const length: i32 = string_length(s);
  charge(total >> 3);
  const made: str = string_is_wide(s) ? flat_new_two(total) : flat_new_one(total);
  let done: i32 = length < total ? length : total;
  copy_units(made, 0, flat, start, done);
  while (done < total) {
    const more: i32 = done < total - done ? done : total - done;
    copy_units(made, done, made, 0, more);
    done = done + more;
  }
  return made;
}

export function String_padStart(self: str, width: f64, fill: val): str {
  const pad: str = padding(self, width, fill);
  return string_concat(pad, self);
}

export function String_padEnd(self: str, width: f64, fill: val): str {
  const pad: str = padding(self, width, fill);
  return string_concat(self, pad);
}

/** What makes `s` as long as `width`. */
function padding(s: str, width: f64, fill: val): str {
  const length: i32 = string_length(s);
  const filler: str = fill === UNDEFINED ? str(' ') : to_string(fill);
  if (!(trunc(width) > toF64(length)) || string_length(filler) === 0) return string_empty();
  if (width > MAX_STRING_LENGTH) throw range_error(str('Invalid string length'));
  return repeated(filler, toI32(width) - length);
}

// Well-formedness -----------------------------------------------------------------------------------------------------

/** First unit in [from, length) that is half of no pair, or -1. */
function find_lone(s: str, from: i32): i32 {
  const flat: ref = string_base(s);
  const start: i32 = string_start(s);
  const length: i32 = string_length(s);
  let i: i32 = from;
  while (i < length) {
    const unit: i32 = flat_unit(flat, start + i);
    if (unit >= 55296 && unit <= 57343) {
      const low: i32 = unit < 56320 && i + 1 < length ? flat_unit(flat, start + i + 1) : 0;
      if (low < 56320 || low > 57343) return i;
      i++;
    }
    i++;
  }
  return -1;
}

export function String_isWellFormed(self: str): bool {
  charge(string_length(self) >> 2);
  return find_lone(self, 0) < 0;
}

export function String_toWellFormed(self: str): str {
  charge(string_length(self) >> 2);
  let lone: i32 = find_lone(self, 0);
  let made: str = self;
  let from: i32 = 0;
  if (lone < 0) return self;
  made = string_empty();
  while (lone >= 0) {
    made = string_concat(made, string_concat(string_part(self, from, lone), string_of_unit(65533)));
    from = lone + 1;
    lone = find_lone(self, from);
  }
  return string_concat(made, string_part(self, from, string_length(self)));
}
