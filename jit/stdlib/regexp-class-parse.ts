/** Character classes in brackets. */
import { REGEXP_FLAGS } from '../abi.js';
import { charge } from './fuel.js';
import { str, type bool, type i32, type ref } from './intrinsics.js';
import { add_range, has_flag, peek, ranges_clear, skip, take_unit } from './regexp-builder.js';
import { emit_set } from './regexp-characters.js';
import { pattern_error } from './regexp-errors.js';
import { character_escape, next_point } from './regexp-escapes.js';
import { unsupported_property } from './regexp-properties.js';
import { add_characters, add_class } from './regexp-sets.js';

const BRACKET = 93;
const DASH = 45;
/** What a part of a class is that is no character but a class itself. */
const A_CLASS = -1;

/** Whether a unit behind a backslash names a class: d D s S w W. */
export function names_class(unit: i32): bool {
  const small: i32 = unit | 32;
  return small === 100 || small === 115 || small === 119;
}

/** Whether `\p` or `\P` with this letter names a property. */
export function names_property(b: ref, unit: i32): bool {
  return (unit | 32) === 112 && has_flag(b, REGEXP_FLAGS.unicode) === 1;
}

/** A class, behind its opening bracket. */
export function parse_class(b: ref): void {
  const inverted: bool = take_unit(b, 94) === 1;
  ranges_clear(b);
  while (peek(b, 0) !== BRACKET) {
    charge(1);
    require_more(b);
    parse_range(b);
  }
  skip(b, 1);
  emit_set(b, inverted);
}

function require_more(b: ref): void {
  if (peek(b, 0) < 0) throw pattern_error(b, str('Unterminated character class'));
}

/** A character, a class, or a range of characters. */
function parse_range(b: ref): void {
  const first: i32 = parse_part(b);
  if (peek(b, 0) !== DASH || peek(b, 1) === BRACKET) {
    add_part(b, first);
    return;
  }
  skip(b, 1);
  require_more(b);
  const last: i32 = parse_part(b);
  if (first === A_CLASS || last === A_CLASS) {
    if (has_flag(b, REGEXP_FLAGS.unicode) === 1) throw pattern_error(b, str('Invalid character class'));
    add_part(b, first);
    add_range(b, DASH, DASH);
    add_part(b, last);
    return;
  }
  if (first > last) throw pattern_error(b, str('Range out of order in character class'));
  add_characters(b, first, last);
}

function add_part(b: ref, part: i32): void {
  if (part !== A_CLASS) add_characters(b, part, part);
}

function parse_part(b: ref): i32 {
  if (peek(b, 0) !== 92) return next_point(b);
  skip(b, 1);
  const unit: i32 = peek(b, 0);
  if (names_class(unit)) {
    skip(b, 1);
    add_class(b, unit);
    return A_CLASS;
  }
  if (names_property(b, unit)) throw unsupported_property(b);
  if (unit === 98) {
    skip(b, 1);
    return 8;
  }
  return character_escape(b, true);
}
