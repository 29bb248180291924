/**
 * The scalars of JSON: strings, numbers, and the three words.
 *
 * The text lies in a flat string, from `start` to `end`. A scanner returns the place behind what it read and leaves the
 * value in slot SCAN.value of the scan, a SLOTS object that also holds the text for messages.
 */
import { FALSE, NULL, SHAPE, STRING, TRUE } from '../abi.js';
import { decimal_value } from './decimal.js';
import { alloc_slots, slots_get, slots_set } from './heap.js';
import { boxF64, boxString, elementAddress, load16, load32, load8, str, toF64, unboxRef, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { json_error_after, json_error_at, json_unexpected } from './json-errors.js';
import { shape_key } from './shapes.js';
import { copy_flat, flat_is_one, flat_unit, string_empty, string_length, string_of_unit, string_start, units_equal } from './strings.js';
import { text_add_unit, text_add_units, text_finish, text_new } from './text.js';

/** `stack`, `pairs` and `guesses` are json-parse.ts's. */
export const SCAN = { value: 0, text: 1, stack: 2, pairs: 3, guesses: 4, count: 5 } as const;

const QUOTE = 34;
const BACKSLASH = 92;

export function scan_new(text: str): ref {
  const scan: ref = alloc_slots(SCAN.count);
  slots_set(scan, SCAN.text, boxString(text));
  return scan;
}

export function scan_value(scan: ref): val {
  return slots_get(scan, SCAN.value);
}

function scan_text(scan: ref): str {
  return unboxRef(slots_get(scan, SCAN.text));
}

/** The error of an unexpected unit at a place of the flat string. */
export function scan_unexpected(scan: ref, at: i32): val {
  const text: str = scan_text(scan);
  return json_unexpected(text, at - string_start(text));
}

export function scan_error(scan: ref, what: str, at: i32): val {
  return json_error_at(what, at - string_start(scan_text(scan)));
}

/** The error of something behind the value. */
export function scan_trailing(scan: ref, at: i32): val {
  return json_error_after(at - string_start(scan_text(scan)));
}

/** The unit at a place, -1 at the end. */
export function unit_at(flat: ref, at: i32, end: i32): i32 {
  return at < end ? flat_unit(flat, at) : -1;
}

/** The first place from `from` on that is no JSON white space. */
export function skip_blank(flat: ref, from: i32, end: i32): i32 {
  let at: i32 = from;
  while (at < end) {
    const unit: i32 = flat_unit(flat, at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return at;
    at++;
  }
  return at;
}

// Words ---------------------------------------------------------------------------------------------------------------

function scan_word(scan: ref, flat: ref, at: i32, end: i32, word: str, length: i32, v: val): i32 {
  for (let i: i32 = 1; i < length; i++) {
    if (unit_at(flat, at + i, end) !== flat_unit(word, i)) throw scan_unexpected(scan, at + i);
  }
  slots_set(scan, SCAN.value, v);
  return at + length;
}

/** Any value that is neither array nor object. */
export function scan_scalar(scan: ref, flat: ref, at: i32, end: i32): i32 {
  const unit: i32 = unit_at(flat, at, end);
  if (unit === QUOTE) return scan_string(scan, flat, at + 1, end);
  if (unit === 45 || (unit >= 48 && unit <= 57)) return scan_number(scan, flat, at, end);
  if (unit === 116) return scan_word(scan, flat, at, end, str('true'), 4, TRUE);
  if (unit === 102) return scan_word(scan, flat, at, end, str('false'), 5, FALSE);
  if (unit === 110) return scan_word(scan, flat, at, end, str('null'), 4, NULL);
  throw scan_unexpected(scan, at);
}

// Strings -------------------------------------------------------------------------------------------------------------

/** First place from `from` on that is a quote, a backslash, a control character, or the end. */
function plain_end(flat: ref, from: i32, end: i32): i32 {
  let at: i32 = from;
  if (flat_is_one(flat)) {
    while (at < end) {
      const unit: i32 = load8(elementAddress(flat, at, STRING.units), 0);
      if (unit === QUOTE || unit === BACKSLASH || unit < 32) return at;
      at++;
    }
    return at;
  }
  while (at < end) {
    const unit: i32 = load16(elementAddress(flat, at * 2, STRING.units), 0);
    if (unit === QUOTE || unit === BACKSLASH || unit < 32) return at;
    at++;
  }
  return at;
}

/** A string, from behind its opening quote. */
export function scan_string(scan: ref, flat: ref, from: i32, end: i32): i32 {
  const at: i32 = plain_end(flat, from, end);
  if (unit_at(flat, at, end) !== QUOTE) return scan_escaped(scan, flat, from, at, end);
  const count: i32 = at - from;
  let s: str = 0;
  if (count === 0) s = string_empty();
  else if (count === 1) s = string_of_unit(flat_unit(flat, from));
  else s = copy_flat(flat, from, count);
  slots_set(scan, SCAN.value, boxString(s));
  return at + 1;
}

/**
 * The name of property `index`, from behind its opening quote. Objects of one list mostly have the same names: if it is
 * that of the shape guessed, the shape's own string is the value, and nothing is allocated or hashed.
 */
export function scan_name(scan: ref, flat: ref, from: i32, end: i32, guess: ref, index: i32): i32 {
  if (guess !== 0 && index < load32(guess, SHAPE.keyCount)) {
    const name: str = shape_key(guess, index);
    const to: i32 = from + string_length(name);
    if (to < end && flat_unit(flat, to) === QUOTE && units_equal(flat, from, name, 0, to - from) && is_plain_name(name)) {
      slots_set(scan, SCAN.value, boxString(name));
      return to + 1;
    }
  }
  return scan_string(scan, flat, from, end);
}

/** Whether a name stands for itself between quotes. */
function is_plain_name(name: str): bool {
  return plain_end(name, 0, string_length(name)) === string_length(name);
}

function scan_escaped(scan: ref, flat: ref, from: i32, first: i32, end: i32): i32 {
  let text: ref = text_new(first - from + 16);
  let start: i32 = from;
  let at: i32 = first;
  while (unit_at(flat, at, end) === BACKSLASH) {
    text = text_add_units(text, flat, start, at - start);
    const letter: i32 = unit_at(flat, at + 1, end);
    text = text_add_unit(text, letter === 117 ? hex_unit(scan, flat, at + 2, end) : escaped_unit(scan, letter, at + 1));
    start = letter === 117 ? at + 6 : at + 2;
    at = plain_end(flat, start, end);
  }
  if (at >= end) throw scan_error(scan, str('Unterminated string'), end);
  if (flat_unit(flat, at) !== QUOTE) throw scan_error(scan, str('Bad control character in string literal'), at);
  text = text_add_units(text, flat, start, at - start);
  slots_set(scan, SCAN.value, boxString(text_finish(text)));
  return at + 1;
}

/** What a backslash and this letter stand for. */
function escaped_unit(scan: ref, letter: i32, at: i32): i32 {
  switch (letter) {
    case 34:
    case 47:
    case 92:
      return letter;
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    case -1:
      throw scan_unexpected(scan, at);
    default:
      if (letter > 255) throw scan_unexpected(scan, at);
      throw scan_error(scan, str('Bad escaped character'), at);
  }
}

function hex_unit(scan: ref, flat: ref, from: i32, end: i32): i32 {
  let value: i32 = 0;
  for (let i: i32 = 0; i < 4; i++) {
    const digit: i32 = hex_digit(unit_at(flat, from + i, end));
    if (digit < 0) throw scan_error(scan, str('Bad Unicode escape'), from + i);
    value = value * 16 + digit;
  }
  return value;
}

function hex_digit(unit: i32): i32 {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 102) return unit - 87;
  return unit >= 65 && unit <= 70 ? unit - 55 : -1;
}

// Numbers -------------------------------------------------------------------------------------------------------------

function is_digit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

function skip_digits(flat: ref, from: i32, end: i32): i32 {
  let at: i32 = from;
  while (at < end && is_digit(flat_unit(flat, at))) at++;
  return at;
}

function scan_number(scan: ref, flat: ref, from: i32, end: i32): i32 {
  const first: i32 = flat_unit(flat, from) === 45 ? from + 1 : from;
  const leading: i32 = unit_at(flat, first, end);
  if (!is_digit(leading)) throw scan_error(scan, str('No number after minus sign'), first);
  const whole: i32 = leading === 48 ? first + 1 : skip_digits(flat, first, end);
  if (leading === 48 && is_digit(unit_at(flat, whole, end))) throw scan_error(scan, str('Unexpected number'), whole);
  const mark: i32 = unit_at(flat, whole, end);
  if (mark !== 46 && mark !== 101 && mark !== 69 && whole - first < 10 && first === from) {
    slots_set(scan, SCAN.value, boxF64(small_number(flat, from, whole)));
    return whole;
  }
  const to: i32 = exponent_end(scan, flat, fraction_end(scan, flat, whole, end), end);
  slots_set(scan, SCAN.value, boxF64(decimal_value(flat, from, to)));
  return to;
}

/** At most nine digits. */
function small_number(flat: ref, from: i32, to: i32): f64 {
  let value: i32 = 0;
  for (let at: i32 = from; at < to; at++) value = value * 10 + (flat_unit(flat, at) - 48);
  return toF64(value);
}

function fraction_end(scan: ref, flat: ref, at: i32, end: i32): i32 {
  if (unit_at(flat, at, end) !== 46) return at;
  const to: i32 = skip_digits(flat, at + 1, end);
  if (to === at + 1) throw scan_error(scan, str('Unterminated fractional number'), to);
  return to;
}

function exponent_end(scan: ref, flat: ref, at: i32, end: i32): i32 {
  const mark: i32 = unit_at(flat, at, end);
  if (mark !== 101 && mark !== 69) return at;
  const sign: i32 = unit_at(flat, at + 1, end);
  const from: i32 = sign === 43 || sign === 45 ? at + 2 : at + 1;
  const to: i32 = skip_digits(flat, from, end);
  if (to === from) throw scan_error(scan, str('Exponent part is missing a number'), to);
  return to;
}
