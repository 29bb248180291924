/**
 * localeCompare in the order of the root collation, which is that of V8's default locale, for ASCII and the accented
 * letters of Latin-1. Three levels: letters and signs first, then accents, then case with small letters first.
 *
 * Other characters end in a TypeError with number BR2101: their order needs tables that are not in the library.
 */
import { STRING } from '../abi.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { elementAddress, load8, str, type bool, type f64, type i32, type ref } from './intrinsics.js';
import { flat_unit, string_base, string_length, string_start } from './strings.js';

/** Rank of each ASCII character, 0 for those that do not count. */
function ranks(): str {
  return str(
    '\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x0c\x10\x1c\x26\x1d\x1b\x0f\x11\x12\x18\x20\x09\x08\x0e\x19\x27\x28\x29\x2a\x2b\x2c\x2d\x2e\x2f\x30\x0b\x0a\x21\x22\x23\x0d\x17\x31\x32\x33\x34\x35\x36\x37\x38\x39\x3a\x3b\x3c\x3d\x3e\x3f\x40\x41\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x13\x1a\x14\x1f\x07\x1e\x31\x32\x33\x34\x35\x36\x37\x38\x39\x3a\x3b\x3c\x3d\x3e\x3f\x40\x41\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x15\x24\x16\x25\x00',
  );
}

/** Letters 192 to 255 without their accents; ? for those that are none of a letter and an accent. */
function bases(): str {
  return str('AAAAAA?CEEEEIIII?NOOOOO?OUUUUY??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y');
}

/** Rank of the accent of letters 192 to 255, as a digit. */
function accents(): str {
  return str('2136540721352135062136508213510021365407213521350621365082135105');
}

function cell(table: str, i: i32): i32 {
  return load8(elementAddress(table, i, STRING.units), 0);
}

/** The character without its accent. */
function base_of(unit: i32): i32 {
  if (unit < 128) return unit;
  const base: i32 = unit >= 192 && unit < 256 ? cell(bases(), unit - 192) : 63;
  if (base === 63) throw type_error(str('BR2101: localeCompare is limited to ASCII and accented letters of Latin-1'));
  return base;
}

function accent_of(unit: i32): i32 {
  return unit < 192 ? 48 : cell(accents(), unit - 192);
}

function is_capital(base: i32): bool {
  return base >= 65 && base <= 90;
}

/** Difference of two characters: of first level times 10000, of second times 100, of third. */
function difference(a: i32, b: i32): i32 {
  if (a === b) return 0;
  const left: i32 = base_of(a);
  const right: i32 = base_of(b);
  const first: i32 = cell(ranks(), left) - cell(ranks(), right);
  if (first !== 0) return first * 10000;
  const second: i32 = accent_of(a) - accent_of(b);
  if (second !== 0) return second * 100;
  return (is_capital(left) ? 1 : 0) - (is_capital(right) ? 1 : 0);
}

/** The first place in [from, to) that counts, or `to`. */
function next_counting(flat: ref, from: i32, to: i32): i32 {
  let at: i32 = from;
  while (at < to && cell(ranks(), base_of(flat_unit(flat, at))) === 0) at++;
  return at;
}

function sign(x: i32): f64 {
  if (x === 0) return 0;
  return x < 0 ? -1 : 1;
}

/** The more important of two differences; the earlier one of equal level. */
function weightier(first: i32, second: i32): i32 {
  if (first === 0) return second;
  const size: i32 = first < 0 ? -first : first;
  const other: i32 = second < 0 ? -second : second;
  return size < 100 && other >= 100 ? second : first;
}

export function String_localeCompare(self: str, that: str): f64 {
  const a: ref = string_base(self);
  const b: ref = string_base(that);
  const aEnd: i32 = string_start(self) + string_length(self);
  const bEnd: i32 = string_start(that) + string_length(that);
  let i: i32 = next_counting(a, string_start(self), aEnd);
  let j: i32 = next_counting(b, string_start(that), bEnd);
  let found: i32 = 0;
  while (i < aEnd && j < bEnd) {
    charge(1);
    const step: i32 = difference(flat_unit(a, i), flat_unit(b, j));
    if (step >= 10000 || step <= -10000) return sign(step);
    found = weightier(found, step);
    i = next_counting(a, i + 1, aEnd);
    j = next_counting(b, j + 1, bEnd);
  }
  if (i < aEnd) return 1;
  return j < bEnd ? -1 : sign(found);
}
