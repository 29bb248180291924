/**
 * What stands behind a backslash: characters, classes, references. Without the flag u much is let through for the sake of
 * old patterns, as the language's Annex B has it.
 */
import { REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { array_get } from './arrays.js';
import { str, unboxRef, type bool, type i32, type ref } from './intrinsics.js';
import { key_equals } from './keys.js';
import { NUMBER, builder_names, builder_source, has_flag, number_of, peek, set_number, skip } from './regexp-builder.js';
import { pattern_error } from './regexp-errors.js';
import { string_part } from './strings.js';

const MAX_GROUPS = 65535;

function hex_digit(unit: i32): i32 {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const small: i32 = unit | 32;
  return small >= 97 && small <= 102 ? small - 87 : -1;
}

export function is_digit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

function is_octal(unit: i32): bool {
  return unit >= 48 && unit <= 55;
}

function is_letter(unit: i32): bool {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}

/** The value of `count` hexadecimal digits `ahead` of the place of reading, or -1. */
function hex_value(b: ref, ahead: i32, count: i32): i32 {
  let value: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const digit: i32 = hex_digit(peek(b, ahead + i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** The next character of the pattern, a code point under the flag u. */
export function next_point(b: ref): i32 {
  const unit: i32 = peek(b, 0);
  skip(b, 1);
  if (has_flag(b, REGEXP_FLAGS.unicode) === 0 || (unit & 0xfc00) !== 0xd800) return unit;
  const low: i32 = peek(b, 0);
  if ((low & 0xfc00) !== 0xdc00) return unit;
  skip(b, 1);
  return ((unit - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}

/** `\u{…}`, behind the brace; -1 if it is none. */
function braced_value(b: ref): i32 {
  let value: i32 = 0;
  let count: i32 = 1;
  while (hex_digit(peek(b, count)) >= 0) {
    value = value * 16 + hex_digit(peek(b, count));
    if (value > 0x10ffff) return -1;
    count++;
  }
  if (count === 1 || peek(b, count) !== 125) return -1;
  skip(b, count + 1);
  return value;
}

/** What follows `\u`; the letter itself where that is let through. */
function unicode_escape(b: ref): i32 {
  const unicode: bool = has_flag(b, REGEXP_FLAGS.unicode) === 1;
  if (unicode && peek(b, 0) === 123) {
    const braced: i32 = braced_value(b);
    if (braced < 0) throw pattern_error(b, str('Invalid Unicode escape'));
    return braced;
  }
  const value: i32 = hex_value(b, 0, 4);
  if (value < 0) {
    if (unicode) throw pattern_error(b, str('Invalid Unicode escape'));
    return 117;
  }
  skip(b, 4);
  if (!unicode || (value & 0xfc00) !== 0xd800 || peek(b, 0) !== 92 || peek(b, 1) !== 117) return value;
  const low: i32 = hex_value(b, 2, 4);
  if ((low & 0xfc00) !== 0xdc00 || low < 0) return value;
  skip(b, 6);
  return ((value - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}

/** An octal number of up to three digits, at most 255. */
function octal_escape(b: ref): i32 {
  let value: i32 = peek(b, 0) - 48;
  skip(b, 1);
  if (!is_octal(peek(b, 0))) return value;
  value = value * 8 + peek(b, 0) - 48;
  skip(b, 1);
  if (value >= 32 || !is_octal(peek(b, 0))) return value;
  value = value * 8 + peek(b, 0) - 48;
  skip(b, 1);
  return value;
}

function control_character(unit: i32): i32 {
  switch (unit) {
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    case 118:
      return 11;
    default:
      return -1;
  }
}

function is_syntax_character(unit: i32): bool {
  // ^ $ \ . * + ? ( ) [ ] { } | /
  return unit === 36 || (unit >= 40 && unit <= 43) || unit === 46 || unit === 47 || unit === 63 || (unit >= 91 && unit <= 94) || (unit >= 123 && unit <= 125);
}

/** The character of an escape; the place of reading is behind the backslash. */
export function character_escape(b: ref, inClass: bool): i32 {
  const unit: i32 = peek(b, 0);
  const unicode: bool = has_flag(b, REGEXP_FLAGS.unicode) === 1;
  if (unit < 0) throw pattern_error(b, str('\\ at end of pattern'));
  const control: i32 = control_character(unit);
  if (control >= 0) {
    skip(b, 1);
    return control;
  }
  if (unit === 99) return letter_escape(b, inClass, unicode);
  if (unit === 48 && unicode) {
    if (is_digit(peek(b, 1))) throw pattern_error(b, inClass ? str('Invalid class escape') : str('Invalid decimal escape'));
    skip(b, 1);
    return 0;
  }
  if (is_octal(unit) && !unicode) return octal_escape(b);
  if (unit === 120) {
    const value: i32 = hex_value(b, 1, 2);
    if (value < 0 && unicode) throw pattern_error(b, str('Invalid escape'));
    skip(b, value < 0 ? 1 : 3);
    return value < 0 ? 120 : value;
  }
  if (unit === 117) {
    skip(b, 1);
    return unicode_escape(b);
  }
  return identity_escape(b, inClass, unicode);
}

function letter_escape(b: ref, inClass: bool, unicode: bool): i32 {
  const letter: i32 = peek(b, 1);
  const control: bool = is_letter(letter) || (inClass && !unicode && (is_digit(letter) || letter === 95));
  if (control) {
    skip(b, 2);
    return letter & 31;
  }
  if (unicode) throw pattern_error(b, str('Invalid Unicode escape'));
  return 92;
}

function identity_escape(b: ref, inClass: bool, unicode: bool): i32 {
  const unit: i32 = peek(b, 0);
  if (unicode && !is_syntax_character(unit) && !(inClass && unit === 45)) {
    throw pattern_error(b, inClass && is_digit(unit) ? str('Invalid class escape') : str('Invalid escape'));
  }
  if (unit === 107 && number_of(b, NUMBER.named) === 1) throw pattern_error(b, str('Invalid escape'));
  skip(b, 1);
  return unit;
}

// References ----------------------------------------------------------------------------------------------------------

/** The group that a decimal escape means, passed over; or 0 where it means none and nothing was read. */
export function group_of_number(b: ref): i32 {
  let value: i32 = 0;
  let count: i32 = 0;
  while (is_digit(peek(b, count))) {
    value = value * 10 + peek(b, count) - 48;
    if (value > MAX_GROUPS) return 0;
    count++;
  }
  if (value > number_of(b, NUMBER.allGroups)) return 0;
  skip(b, count);
  return value;
}

function is_name_unit(unit: i32, first: bool): bool {
  return is_letter(unit) || unit === 36 || unit === 95 || unit > 127 || (!first && is_digit(unit));
}

/** A group's name up to the closing bracket, passed over; 0 if it is none. */
export function read_name(b: ref): str {
  const from: i32 = number_of(b, NUMBER.at);
  let count: i32 = 0;
  while (is_name_unit(peek(b, count), count === 0)) count++;
  if (count === 0 || peek(b, count) !== 62) return 0;
  set_number(b, NUMBER.at, from + count + 1);
  return string_part(builder_source(b), from, from + count);
}

/** The first group of a name, at most `last`, or 0. */
export function group_of_name(b: ref, name: str, last: i32): i32 {
  const names: ref = builder_names(b);
  for (let group: i32 = 1; group <= last; group++) {
    if (array_get(names, group) !== UNDEFINED && key_equals(unboxRef(array_get(names, group)), name)) return group;
  }
  return 0;
}
