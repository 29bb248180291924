/** Strings in JSON: quoted, with escapes for quotes, backslashes, control characters and lone surrogates. */
import { STRING } from '../abi.js';
import { charge } from './fuel.js';
import { elementAddress, load16, load8, type bool, type i32, type ref, type str } from './intrinsics.js';
import { flat_is_one, flat_unit, string_base, string_length, string_start } from './strings.js';
import { text_add_unit, text_add_units } from './text.js';

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether a unit stands for itself wherever it stands. */
function is_plain(unit: i32): bool {
  return unit >= 32 && unit !== QUOTE && unit !== BACKSLASH;
}

/** Whether the surrogate at `at` has its other half beside it, in [from, to). */
function is_paired(flat: ref, at: i32, from: i32, to: i32): bool {
  const unit: i32 = flat_unit(flat, at);
  if (unit < 56320) return at + 1 < to && (flat_unit(flat, at + 1) & 64512) === 56320;
  return at > from && (flat_unit(flat, at - 1) & 64512) === 55296;
}

/** Letter of a short escape, or 0. */
function short_escape(unit: i32): i32 {
  switch (unit) {
    case QUOTE:
    case BACKSLASH:
      return unit;
    case 8:
      return 98;
    case 9:
      return 116;
    case 10:
      return 110;
    case 12:
      return 102;
    case 13:
      return 114;
    default:
      return 0;
  }
}

function hex_digit(value: i32): i32 {
  return value < 10 ? 48 + value : 87 + value;
}

function add_escape(text: ref, unit: i32): ref {
  let to: ref = text_add_unit(text, BACKSLASH);
  const letter: i32 = short_escape(unit);
  if (letter !== 0) return text_add_unit(to, letter);
  to = text_add_unit(to, 117);
  for (let shift: i32 = 12; shift >= 0; shift = shift - 4) to = text_add_unit(to, hex_digit((unit >> shift) & 15));
  return to;
}

/** First place in [from, to) whose unit needs an escape, or `to`; `start` is where the string begins. */
function escape_place(flat: ref, start: i32, from: i32, to: i32): i32 {
  let at: i32 = from;
  if (flat_is_one(flat)) {
    while (at < to && is_plain(load8(elementAddress(flat, at, STRING.units), 0))) at++;
    return at;
  }
  while (at < to) {
    const unit: i32 = load16(elementAddress(flat, at * 2, STRING.units), 0);
    if (!is_plain(unit)) return at;
    if (unit >= 55296 && unit <= 57343 && !is_paired(flat, at, start, to)) return at;
    at++;
  }
  return at;
}

/** Adds a string in quotes. */
export function json_add_quoted(text: ref, s: str): ref {
  const flat: ref = string_base(s);
  const from: i32 = string_start(s);
  const to: i32 = from + string_length(s);
  charge((to - from) >> 1);
  let made: ref = text_add_unit(text, QUOTE);
  let done: i32 = from;
  let at: i32 = escape_place(flat, from, from, to);
  while (at < to) {
    made = add_escape(text_add_units(made, flat, done, at - done), flat_unit(flat, at));
    done = at + 1;
    at = escape_place(flat, from, done, to);
  }
  return text_add_unit(text_add_units(made, flat, done, to - done), QUOTE);
}
