/** Regular expressions as text, and their read-only properties. */
import { REGEXP, REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { boxBool, boxString, load32, loadRef, loadVal, str, type bool, type i32, type ref, type val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { flags_text } from './regexp-flags.js';
import { string_concat, string_length, string_unit } from './strings.js';
import { text_add, text_add_unit, text_cut, text_finish, text_length, text_new } from './text.js';

/** `/source/flags`. */
export function regexp_text(regexp: ref): str {
  const head: str = string_concat(string_concat(str('/'), loadRef(regexp, REGEXP.source)), str('/'));
  return string_concat(head, flags_text(load32(regexp, REGEXP.flags)));
}

function add_escaped(text: ref, unit: i32): ref {
  if (unit === 10) return text_add(text, str('\\n'));
  if (unit === 13) return text_add(text, str('\\r'));
  if (unit === 0x2028) return text_add(text, str('\\u2028'));
  return text_add(text, str('\\u2029'));
}

function is_break(unit: i32): bool {
  return unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029;
}

/** A pattern as `source` shows it: such that it could stand between slashes. */
export function source_text(pattern: str): str {
  const length: i32 = string_length(pattern);
  if (length === 0) return str('(?:)');
  let text: ref = 0;
  let inClass: bool = false;
  let escaped: bool = false;
  for (let i: i32 = 0; i < length; i++) {
    const unit: i32 = string_unit(pattern, i);
    const slash: bool = unit === 47 && !inClass && !escaped;
    if ((slash || is_break(unit)) && text === 0) text = copy_before(pattern, i);
    if (text !== 0) {
      // A line break behind a backslash takes its place.
      if (is_break(unit)) text = add_escaped(escaped ? without_last(text) : text, unit);
      else text = text_add_unit(slash ? text_add_unit(text, 92) : text, unit);
    }
    if (!escaped && unit === 91) inClass = true;
    else if (!escaped && unit === 93) inClass = false;
    escaped = unit === 92 && !escaped;
  }
  return text === 0 ? pattern : text_finish(text);
}

function without_last(text: ref): ref {
  text_cut(text, text_length(text) - 1);
  return text;
}

function copy_before(pattern: str, end: i32): ref {
  let text: ref = text_new(end + 16);
  for (let i: i32 = 0; i < end; i++) text = text_add_unit(text, string_unit(pattern, i));
  return text;
}

function flag_value(flags: i32, flag: i32): val {
  return boxBool((flags & flag) !== 0);
}

/** A property of a regular expression; undefined if it has none of the name. */
export function regexp_get(regexp: ref, name: str): val {
  const flags: i32 = load32(regexp, REGEXP.flags);
  if (key_equals(name, str('lastIndex'))) return loadVal(regexp, REGEXP.lastIndex);
  if (key_equals(name, str('source'))) return boxString(loadRef(regexp, REGEXP.source));
  if (key_equals(name, str('flags'))) return boxString(flags_text(flags));
  if (key_equals(name, str('global'))) return flag_value(flags, REGEXP_FLAGS.global);
  if (key_equals(name, str('ignoreCase'))) return flag_value(flags, REGEXP_FLAGS.ignoreCase);
  if (key_equals(name, str('multiline'))) return flag_value(flags, REGEXP_FLAGS.multiline);
  if (key_equals(name, str('sticky'))) return flag_value(flags, REGEXP_FLAGS.sticky);
  if (key_equals(name, str('unicode'))) return flag_value(flags, REGEXP_FLAGS.unicode);
  if (key_equals(name, str('dotAll'))) return flag_value(flags, REGEXP_FLAGS.dotAll);
  if (key_equals(name, str('hasIndices'))) return flag_value(flags, REGEXP_FLAGS.hasIndices);
  if (key_equals(name, str('unicodeSets'))) return flag_value(flags, 0);
  return UNDEFINED;
}
