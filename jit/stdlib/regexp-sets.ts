/**
 * Sets of characters: made from ranges when a pattern is compiled, asked when it is matched.
 *
 *   | a bit per unit below 256: 8 words | count | (first, last)… in order |
 *
 * Under the flag i a set holds what its members fold to, and is asked for what the text folds to.
 */
import { BLOB, REGEXP_FLAGS } from '../abi.js';
import { charge } from './fuel.js';
import { elementAddress, load32, store32, type bool, type i32, type ref } from './intrinsics.js';
import { NUMBER, add_range, push_range, builder_ranges, builder_sets, has_flag, number_of, set_number, set_open } from './regexp-builder.js';
import { fold_point, fold_unit } from './regexp-case.js';

const BITMAP_BYTES = 32;
const LAST_POINT = 0x10ffff;
const LAST_UNIT = 0xffff;

// Classes -------------------------------------------------------------------------------------------------------------

function add_digits(b: ref): void {
  push_range(b, 48, 57);
}

function add_words(b: ref): void {
  push_range(b, 48, 57);
  push_range(b, 65, 90);
  push_range(b, 95, 95);
  push_range(b, 97, 122);
  if (folds_points(b) === 0) return;
  push_range(b, 0x17f, 0x17f);
  push_range(b, 0x212a, 0x212a);
}

function add_spaces(b: ref): void {
  push_range(b, 9, 13);
  push_range(b, 32, 32);
  push_range(b, 160, 160);
  push_range(b, 5760, 5760);
  push_range(b, 8192, 8202);
  push_range(b, 8232, 8233);
  push_range(b, 8239, 8239);
  push_range(b, 8287, 8287);
  push_range(b, 12288, 12288);
  push_range(b, 65279, 65279);
}

/** 1 under the flags i and u together. */
function folds_points(b: ref): i32 {
  return has_flag(b, REGEXP_FLAGS.ignoreCase) & has_flag(b, REGEXP_FLAGS.unicode);
}

/** Adds `\d`, `\w`, `\s` or, by their capitals, what is in none of them; `letter` is a unit. */
export function add_class(b: ref, letter: i32): void {
  const from: i32 = number_of(b, NUMBER.rangeBytes);
  const small: i32 = letter | 32;
  if (small === 100) add_digits(b);
  else if (small === 119) add_words(b);
  else add_spaces(b);
  if (letter === small) return;
  complement(b, from);
}

/** Replaces the ranges from byte `from` on, which are in order, by what they leave out. */
function complement(b: ref, from: i32): void {
  const end: i32 = number_of(b, NUMBER.rangeBytes);
  let next: i32 = 0;
  for (let at: i32 = from; at < end; at += 8) {
    push_range(b, next, range_word(b, at) - 1);
    next = range_word(b, at + 4) + 1;
  }
  push_range(b, next, LAST_POINT);
  const added: i32 = number_of(b, NUMBER.rangeBytes) - end;
  for (let i: i32 = 0; i < added; i += 4) set_range_word(b, from + i, range_word(b, end + i));
  set_number(b, NUMBER.rangeBytes, from + added);
}

function range_word(b: ref, at: i32): i32 {
  return load32(elementAddress(builder_ranges(b), at, BLOB.data), 0);
}

function set_range_word(b: ref, at: i32, word: i32): void {
  store32(elementAddress(builder_ranges(b), at, BLOB.data), 0, word);
}

// Making --------------------------------------------------------------------------------------------------------------

/**
 * Adds characters as the pattern names them, and under the flag i what they fold to. Classes need no such addition: what
 * is in one folds into it, what is in none does not.
 */
export function add_characters(b: ref, first: i32, last: i32): void {
  add_range(b, first, last);
  if (has_flag(b, REGEXP_FLAGS.ignoreCase) === 0) return;
  const points: bool = has_flag(b, REGEXP_FLAGS.unicode) === 1;
  // Nothing folds beyond the first two planes.
  const most: i32 = points ? 0x1ffff : LAST_UNIT;
  const end: i32 = last < most ? last : most;
  for (let point: i32 = first; point <= end; point++) {
    if ((point & 63) === 0) charge(64);
    const folded: i32 = points ? fold_point(point) : fold_unit(point);
    if (folded !== point) add_range(b, folded, folded);
  }
}

/** Sorts the ranges by insertion: sets are short, or in order already. */
function sort_ranges(b: ref): void {
  const end: i32 = number_of(b, NUMBER.rangeBytes);
  for (let at: i32 = 8; at < end; at += 8) {
    const first: i32 = range_word(b, at);
    const last: i32 = range_word(b, at + 4);
    let to: i32 = at;
    while (to > 0 && range_word(b, to - 8) > first) {
      set_range_word(b, to, range_word(b, to - 8));
      set_range_word(b, to + 4, range_word(b, to - 4));
      to -= 8;
    }
    charge((at - to) >> 3);
    set_range_word(b, to, first);
    set_range_word(b, to + 4, last);
  }
}

/** Joins ranges, in order, that overlap or touch. */
function merge_ranges(b: ref): void {
  const end: i32 = number_of(b, NUMBER.rangeBytes);
  if (end === 0) return;
  let to: i32 = 0;
  for (let at: i32 = 8; at < end; at += 8) {
    if (range_word(b, at) <= range_word(b, to + 4) + 1) {
      if (range_word(b, at + 4) > range_word(b, to + 4)) set_range_word(b, to + 4, range_word(b, at + 4));
    } else {
      to += 8;
      set_range_word(b, to, range_word(b, at));
      set_range_word(b, to + 4, range_word(b, at + 4));
    }
  }
  set_number(b, NUMBER.rangeBytes, to + 8);
}

/** Closes the set that is being made; gives its place among the sets. */
export function set_close(b: ref, inverted: bool): i32 {
  sort_ranges(b);
  merge_ranges(b);
  if (inverted) complement(b, 0);
  const bytes: i32 = number_of(b, NUMBER.rangeBytes);
  const place: i32 = set_open(b, BITMAP_BYTES + 4 + bytes);
  const set: i32 = elementAddress(builder_sets(b), place, BLOB.data);
  store32(set, BITMAP_BYTES, bytes >> 3);
  for (let at: i32 = 0; at < bytes; at += 8) {
    const first: i32 = range_word(b, at);
    const last: i32 = range_word(b, at + 4);
    store32(set + at, BITMAP_BYTES + 4, first);
    store32(set + at, BITMAP_BYTES + 8, last);
    for (let unit: i32 = first; unit <= last && unit < 256; unit++) {
      const word: i32 = set + ((unit >> 5) << 2);
      store32(word, 0, load32(word, 0) | (1 << (unit & 31)));
    }
  }
  return place;
}

// Asking --------------------------------------------------------------------------------------------------------------

/** Whether the set at this offset of an object has a character. */
export function set_has(object: ref, offset: i32, point: i32): bool {
  if (point < 256) return ((load32(elementAddress(object, offset + ((point >> 5) << 2), 0), 0) >> (point & 31)) & 1) !== 0;
  let low: i32 = 0;
  let high: i32 = load32(elementAddress(object, offset, BITMAP_BYTES), 0) - 1;
  while (low <= high) {
    const middle: i32 = (low + high) >> 1;
    const range: i32 = elementAddress(object, offset + (middle << 3), BITMAP_BYTES + 4);
    if (point < load32(range, 0)) high = middle - 1;
    else if (point > load32(range, 4)) low = middle + 1;
    else return true;
  }
  return false;
}
