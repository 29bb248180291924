/** Flags of regular expressions as text. */
import { REGEXP_FLAGS } from '../abi.js';
import { str, type i32 } from './intrinsics.js';
import { string_concat, string_empty } from './strings.js';

function with_flag(text: str, flags: i32, flag: i32, letter: str): str {
  return (flags & flag) === 0 ? text : string_concat(text, letter);
}

/** The letters of a set of flags, in their order. */
export function flags_text(flags: i32): str {
  let text: str = with_flag(string_empty(), flags, REGEXP_FLAGS.hasIndices, str('d'));
  text = with_flag(text, flags, REGEXP_FLAGS.global, str('g'));
  text = with_flag(text, flags, REGEXP_FLAGS.ignoreCase, str('i'));
  text = with_flag(text, flags, REGEXP_FLAGS.multiline, str('m'));
  text = with_flag(text, flags, REGEXP_FLAGS.dotAll, str('s'));
  text = with_flag(text, flags, REGEXP_FLAGS.unicode, str('u'));
  return with_flag(text, flags, REGEXP_FLAGS.sticky, str('y'));
}

/** The flag of a letter, or 0. */
export function flag_of_letter(unit: i32): i32 {
  switch (unit) {
    case 100:
      return REGEXP_FLAGS.hasIndices;
    case 103:
      return REGEXP_FLAGS.global;
    case 105:
      return REGEXP_FLAGS.ignoreCase;
    case 109:
      return REGEXP_FLAGS.multiline;
    case 115:
      return REGEXP_FLAGS.dotAll;
    case 117:
      return REGEXP_FLAGS.unicode;
    case 121:
      return REGEXP_FLAGS.sticky;
    default:
      return 0;
  }
}
