/**
 * normalize(): NFC and NFD of Latin text with its combining marks, of punctuation, of Chinese and of most emoji; NFKC and NFKD of
 * ASCII. Other text ends in a TypeError with number BR2102: it needs tables that are not in the library.
 *
 * As Unicode says it: letters are taken apart, marks behind a letter are put in the order of their classes, and for NFC
 * letters and marks are put together again where no mark of the same class stands between.
 */
import { UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set } from './arrays.js';
import { range_error, type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxF64, str, toF64, toI32, unboxF64, type bool, type i32, type ref, type val } from './intrinsics.js';
import { mark_class_table, letter_table } from './normal-tables.js';
import { to_string } from './operators.js';
import { flat_unit, string_base, string_equals, string_length, string_start, string_unit } from './strings.js';
import { text_add_unit, text_finish, text_new } from './text.js';

const FIRST_MARK = 0x300;
const LAST_MARK = 0x36f;
const USUAL_CLASS = 230;
const ROW = 3;

function all_below(s: str, bound: i32): bool {
  const flat: ref = string_base(s);
  const start: i32 = string_start(s);
  const length: i32 = string_length(s);
  charge(length >> 2);
  for (let i: i32 = 0; i < length; i++) {
    if (flat_unit(flat, start + i) >= bound) return false;
  }
  return true;
}

function between(unit: i32, first: i32, last: i32): bool {
  return unit >= first && unit <= last;
}

/** Whether the tables say all there is to say of a unit. Surrogates are those of U+1F000 to U+1FBFF. */
function is_known(unit: i32): bool {
  if (unit < 0x250 || between(unit, 0x1e00, 0x1eff)) return true;
  if (between(unit, FIRST_MARK, LAST_MARK)) return !between(unit, 0x340, 0x344) || unit === 0x342;
  return between(unit, 0x2010, 0x2027) || between(unit, 0x20a0, 0x20bf) || between(unit, 0x4e00, 0x9fff) || between(unit, 0xd83c, 0xd83e) || between(unit, 0xdc00, 0xdfff);
}

function is_mark(unit: i32): bool {
  return between(unit, FIRST_MARK, LAST_MARK);
}

/** Combining class; 0 of what is no mark. */
function class_of_unit(unit: i32): i32 {
  if (!is_mark(unit)) return 0;
  const table: str = mark_class_table();
  const length: i32 = string_length(table);
  for (let at: i32 = 0; at < length && string_unit(table, at) <= unit; at = at + ROW) {
    if (unit <= string_unit(table, at + 1)) return string_unit(table, at + 2);
  }
  return USUAL_CLASS;
}

/** Place of a letter in the table, or -1. */
function row_of(table: str, letter: i32): i32 {
  let low: i32 = 0;
  let high: i32 = (string_length(table) / ROW) | 0;
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    const found: i32 = string_unit(table, middle * ROW);
    if (found === letter) return middle * ROW;
    if (found < letter) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function unit_at(units: ref, i: i32): i32 {
  return toI32(unboxF64(array_get(units, i)));
}

function set_unit(units: ref, i: i32, unit: i32): void {
  array_set(units, i, boxF64(toF64(unit)));
}

/** Appends what a unit is made of, as far as it goes. */
function take_apart(units: ref, unit: i32): void {
  const table: str = letter_table();
  const row: i32 = unit < 0xc0 || is_mark(unit) ? -1 : row_of(table, unit);
  if (row < 0) {
    push_in_order(units, unit);
    return;
  }
  take_apart(units, string_unit(table, row + 1));
  push_in_order(units, string_unit(table, row + 2));
}

/** Appends a unit; a mark goes before marks of a greater class. */
function push_in_order(units: ref, unit: i32): void {
  array_push(units, boxF64(toF64(unit)));
  const own: i32 = class_of_unit(unit);
  if (own === 0) return;
  for (let i: i32 = array_length(units) - 1; i > 0 && class_of_unit(unit_at(units, i - 1)) > own; i--) {
    charge(1);
    set_unit(units, i, unit_at(units, i - 1));
    set_unit(units, i - 1, unit);
  }
}

/** The letter that two units make, or 0. */
function together(base: i32, mark: i32): i32 {
  const table: str = letter_table();
  const length: i32 = string_length(table);
  charge(length >> 4);
  for (let at: i32 = 0; at < length; at = at + ROW) {
    if (string_unit(table, at + 1) === base && string_unit(table, at + 2) === mark) return string_unit(table, at);
  }
  return 0;
}

/** Puts letters and marks together, in place; gives how many units are left. */
function put_together(units: ref): i32 {
  const count: i32 = array_length(units);
  let kept: i32 = 0;
  let starter: i32 = -1;
  let last_class: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const unit: i32 = unit_at(units, i);
    const own: i32 = class_of_unit(unit);
    // Blocked by a mark between that is of the same class.
    const open: bool = starter >= 0 && own !== 0 && (kept === starter + 1 || last_class < own);
    const made: i32 = open ? together(unit_at(units, starter), unit) : 0;
    if (made !== 0) {
      set_unit(units, starter, made);
      continue;
    }
    if (own === 0) starter = kept;
    last_class = own;
    set_unit(units, kept, unit);
    kept = kept + 1;
  }
  return kept;
}

function normalized(self: str, composed: bool): str {
  const length: i32 = string_length(self);
  const units: ref = alloc_array(length);
  for (let i: i32 = 0; i < length; i++) {
    const unit: i32 = string_unit(self, i);
    charge(4);
    if (!is_known(unit)) throw beyond();
    take_apart(units, unit);
  }
  const count: i32 = composed ? put_together(units) : array_length(units);
  let text: ref = text_new(count);
  for (let i: i32 = 0; i < count; i++) text = text_add_unit(text, unit_at(units, i));
  return text_finish(text);
}

function beyond(): val {
  return type_error(str('BR2102: normalize is limited to Latin text, and in the forms NFKC and NFKD to ASCII'));
}

export function String_normalize(self: str, form: val): str {
  const name: str = form === UNDEFINED ? str('NFC') : to_string(form);
  const composed: bool = string_equals(name, str('NFC'));
  const canonical: bool = composed || string_equals(name, str('NFD'));
  if (!canonical && !string_equals(name, str('NFKC')) && !string_equals(name, str('NFKD'))) {
    throw range_error(str('The normalization form should be one of NFC, NFD, NFKC, NFKD.'));
  }
  if (all_below(self, composed ? FIRST_MARK : 128)) return self;
  if (!canonical) throw beyond();
  return normalized(self, composed);
}
