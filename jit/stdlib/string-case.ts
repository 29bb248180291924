/**
 * toUpperCase and toLowerCase after Unicode's default mappings, the final sigma included; no locales.
 *
 * One-byte strings are mapped in place unless they hold one of the three letters whose upper case needs two bytes or two
 * units; the rest goes through the tables of case-tables.ts.
 */
import { STRING } from '../abi.js';
import { cased_table, ignorable_table, lower_plane1, lower_table, upper_plane1, upper_special, upper_table } from './case-tables.js';
import { charge } from './fuel.js';
import { elementAddress, load16, load8, store8, type bool, type i32, type ref, type str } from './intrinsics.js';
import { string_code_point_at } from './string-methods.js';
import {
  copy_units, flat_is_one, string_base, string_length, flat_new_one, string_of_code_point, string_start, string_unit,
} from './strings.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

const SIGMA = 931;
const FINAL_SIGMA = 962;
const DOTTED_I = 304;
/** Combining dot above. */
const DOT_ABOVE = 775;

// Tables --------------------------------------------------------------------------------------------------------------

function cell(table: str, i: i32): i32 {
  return load16(elementAddress(table, i * 2, STRING.units), 0);
}

/** The last row of `width` units whose first unit is at most `unit`, as an index of units, or -1. */
function find_row(table: str, width: i32, unit: i32): i32 {
  let low: i32 = 0;
  let high: i32 = ((string_length(table) / width) | 0) - 1;
  while (low <= high) {
    const middle: i32 = (low + high) >> 1;
    if (cell(table, middle * width) <= unit) low = middle + 1;
    else high = middle - 1;
  }
  return high * width;
}

/** What a mapping table makes of a unit; itself if nothing. */
export function map_unit(table: str, unit: i32): i32 {
  const row: i32 = find_row(table, 4, unit);
  if (row < 0 || unit > cell(table, row + 1)) return unit;
  const step: i32 = cell(table, row + 2);
  if ((step & 2) !== 0 && ((unit - cell(table, row)) & 1) !== 0) return unit;
  const distance: i32 = cell(table, row + 3);
  return step > 15 ? unit - distance : unit + distance;
}

function has_property(table: str, unit: i32): bool {
  const row: i32 = find_row(table, 2, unit);
  return row >= 0 && unit <= cell(table, row + 1);
}

// One-byte strings ----------------------------------------------------------------------------------------------------

/** Lower case of a Latin-1 unit. */
function lower_one(unit: i32): i32 {
  if (unit >= 65 && unit <= 90) return unit + 32;
  return unit >= 192 && unit <= 222 && unit !== 215 ? unit + 32 : unit;
}

/** Upper case of a Latin-1 unit, or -1 where it is no Latin-1 unit. */
function upper_one(unit: i32): i32 {
  if (unit < 181) return unit >= 97 && unit <= 122 ? unit - 32 : unit;
  if (unit === 181 || unit === 223 || unit === 255) return -1;
  return unit >= 224 && unit !== 247 ? unit - 32 : unit;
}

function map_one(unit: i32, upper: bool): i32 {
  return upper ? upper_one(unit) : lower_one(unit);
}

/** First index in [from, length) of a flat one-byte string's part whose unit changes, or `length`. */
function first_change(flat: ref, start: i32, length: i32, upper: bool): i32 {
  for (let i: i32 = 0; i < length; i++) {
    const unit: i32 = load8(elementAddress(flat, start + i, STRING.units), 0);
    if (map_one(unit, upper) !== unit) return i;
  }
  return length;
}

/** The mapped string, or 0 when the result is no one-byte string of the same length. */
function convert_one(s: str, flat: ref, upper: bool): str {
  const length: i32 = string_length(s);
  const start: i32 = string_start(s);
  const first: i32 = first_change(flat, start, length, upper);
  if (first === length) return s;
  const made: str = flat_new_one(length);
  copy_units(made, 0, flat, start, first);
  for (let i: i32 = first; i < length; i++) {
    const mapped: i32 = map_one(load8(elementAddress(flat, start + i, STRING.units), 0), upper);
    if (mapped < 0) return 0;
    store8(elementAddress(made, i, STRING.units), 0, mapped);
  }
  return made;
}

// All strings ---------------------------------------------------------------------------------------------------------

function add_upper(text: ref, point: i32): ref {
  if (point > 65535) {
    const mapped: i32 = map_unit(upper_plane1(), point - 65536);
    return text_add(text, string_of_code_point(point > 131071 ? point : mapped + 65536));
  }
  const special: str = upper_special();
  const row: i32 = find_row(special, 4, point);
  if (row < 0 || cell(special, row) !== point) return text_add_unit(text, map_unit(upper_table(), point));
  let to: ref = text_add_unit(text, cell(special, row + 1));
  to = text_add_unit(to, cell(special, row + 2));
  return cell(special, row + 3) === 0 ? to : text_add_unit(to, cell(special, row + 3));
}

/** Whether a cased letter stands next to `index` in one direction, behind any number of ignorable units. */
function cased_beside(s: str, index: i32, step: i32): bool {
  let i: i32 = index + step;
  while (i >= 0 && i < string_length(s)) {
    const unit: i32 = string_unit(s, i);
    if (!has_property(ignorable_table(), unit)) return has_property(cased_table(), unit);
    charge(1);
    i = i + step;
  }
  return false;
}

function add_lower(text: ref, s: str, index: i32, point: i32): ref {
  if (point > 65535) {
    const mapped: i32 = map_unit(lower_plane1(), point - 65536);
    return text_add(text, string_of_code_point(point > 131071 ? point : mapped + 65536));
  }
  if (point === DOTTED_I) return text_add_unit(text_add_unit(text, 105), DOT_ABOVE);
  if (point === SIGMA && cased_beside(s, index, -1) && !cased_beside(s, index, 1)) return text_add_unit(text, FINAL_SIGMA);
  return text_add_unit(text, map_unit(lower_table(), point));
}

function convert(s: str, upper: bool): str {
  const flat: ref = string_base(s);
  const length: i32 = string_length(s);
  if (flat_is_one(flat)) {
    charge(length >> 1);
    const made: str = convert_one(s, flat, upper);
    if (made !== 0) return made;
  }
  charge(length * 4);
  let text: ref = text_new(length);
  let i: i32 = 0;
  while (i < length) {
    const point: i32 = string_code_point_at(s, i);
    text = upper ? add_upper(text, point) : add_lower(text, s, i, point);
    i = point > 65535 ? i + 2 : i + 1;
  }
  return text_finish(text);
}

export function String_toUpperCase(self: str): str {
  return convert(self, true);
}

export function String_toLowerCase(self: str): str {
  return convert(self, false);
}

/** Without a locale argument, or with one whose rules are the default ones. */
export function String_toLocaleUpperCase(self: str): str {
  return convert(self, true);
}

export function String_toLocaleLowerCase(self: str): str {
  return convert(self, false);
}
