/**
 * Characters of regular expressions: the one that stands for all cases of a character under the flag i, and classes.
 *
 * Without the flag u cases meet in their upper case of one unit, which for units above 127 is none below 128; with it in
 * Unicode's simple folding. Both agree with V8 for every code point that has cases.
 */
import { lower_plane1, lower_table, upper_plane1, upper_table } from './case-tables.js';
import type { bool, i32 } from './intrinsics.js';
import { map_unit } from './string-case.js';

/** Canonicalize of the language for a unit, without the flag u. */
export function fold_unit(unit: i32): i32 {
  if (unit < 128) return unit >= 97 && unit <= 122 ? unit - 32 : unit;
  const upper: i32 = map_unit(upper_table(), unit);
  return upper < 128 ? unit : upper;
}

/** Canonicalize of the language for a code point, with the flag u. */
export function fold_point(point: i32): i32 {
  if (point < 128) return point >= 65 && point <= 90 ? point + 32 : point;
  if (point > 65535) {
    if (point > 131071) return point;
    return map_unit(lower_plane1(), map_unit(upper_plane1(), point - 65536)) + 65536;
  }
  // Where folding is not the lower case of the upper case: dotless i, two letters of Greek, and the ligature st.
  if (point === 0x131) return point;
  if (point === 0x1fd3) return 0x390;
  if (point === 0x1fe3) return 0x3b0;
  if (point === 0xfb05) return 0xfb06;
  return map_unit(lower_table(), map_unit(upper_table(), point));
}

export function is_line_end(unit: i32): bool {
  return unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029;
}

/** What `\w` matches; `wide` adds what folds to such under the flags i and u. */
export function is_word(point: i32, wide: bool): bool {
  if (point < 128) return (point >= 97 && point <= 122) || (point >= 65 && point <= 90) || (point >= 48 && point <= 57) || point === 95;
  return wide && (point === 0x17f || point === 0x212a);
}
