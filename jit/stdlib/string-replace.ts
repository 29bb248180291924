/** Replacing and splitting by a string. Regular expressions bring along what carries it out. */
import { KIND, UNDEFINED } from '../abi.js';
import { array_push } from './arrays.js';
import { call_value } from './calls.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import {
  boxF64, boxString, gtu, toF64, unboxRef, type bool, type i32, type ref, type str, type val,
} from './intrinsics.js';
import { kind_of } from './kinds.js';
import { to_int32, to_number, to_string } from './operators.js';
import { REGEXP_TASK, ask_regexp, is_regexp } from './regexp-dispatch.js';
import { string_find } from './string-search.js';
import { flat_unit, string_base, string_length, string_of_unit, string_part, string_start, string_unit } from './strings.js';
import { text_add, text_add_unit, text_add_units, text_finish, text_new } from './text.js';

const DOLLAR = 36;

/** Adds the replacement for the occurrence of `pattern` at `at`: `$$`, `$&`, `` $` `` and `$'` stand for parts. */
function add_template(text: ref, template: str, s: str, pattern: str, at: i32): ref {
  const flat: ref = string_base(template);
  const start: i32 = string_start(template);
  const length: i32 = string_length(template);
  let to: ref = text;
  for (let i: i32 = 0; i < length; i++) {
    const unit: i32 = flat_unit(flat, start + i);
    const next: i32 = unit === DOLLAR && i + 1 < length ? flat_unit(flat, start + i + 1) : 0;
    if (next === DOLLAR) to = text_add_unit(to, DOLLAR);
    else if (next === 38) to = text_add(to, pattern);
    else if (next === 96) to = text_add_units(to, string_base(s), string_start(s), at);
    else if (next === 39) to = add_behind(to, s, at + string_length(pattern));
    else to = text_add_unit(to, unit);
    if (next === DOLLAR || next === 38 || next === 96 || next === 39) i++;
  }
  charge(length >> 1);
  return to;
}

function add_behind(text: ref, s: str, from: i32): ref {
  return text_add_units(text, string_base(s), string_start(s) + from, string_length(s) - from);
}

/** Adds what replaces the occurrence at `at`: a function's result or the filled template. */
function add_replacement(text: ref, replacement: val, template: str, s: str, pattern: str, at: i32): ref {
  if (template !== 0) return add_template(text, template, s, pattern, at);
  const made: val = call_value(replacement, UNDEFINED, 3, boxString(pattern), boxF64(toF64(at)), boxString(s), UNDEFINED, 0);
  return text_add(text, to_string(made));
}

function replace_with(s: str, pattern: str, replacement: val, all: bool): str {
  const template: str = kind_of(replacement) === KIND.closure ? 0 : to_string(replacement);
  const step: i32 = string_length(pattern) > 0 ? string_length(pattern) : 1;
  let at: i32 = string_find(s, pattern, 0);
  if (at < 0) return s;
  let text: ref = text_new(string_length(s));
  let done: i32 = 0;
  while (at >= 0) {
    text = text_add_units(text, string_base(s), string_start(s) + done, at - done);
    text = add_replacement(text, replacement, template, s, pattern, at);
    done = at + string_length(pattern);
    at = all && at + step <= string_length(s) ? string_find(s, pattern, at + step) : -1;
  }
  return text_finish(add_behind(text, s, done));
}

export function String_replace(self: str, pattern: val, replacement: val): str {
  if (is_regexp(pattern)) return unboxRef(ask_regexp(pattern, REGEXP_TASK.replace, self, replacement));
  return replace_with(self, to_string(pattern), replacement, false);
}

export function String_replaceAll(self: str, pattern: val, replacement: val): str {
  if (is_regexp(pattern)) return unboxRef(ask_regexp(pattern, REGEXP_TASK.replaceAll, self, replacement));
  return replace_with(self, to_string(pattern), replacement, true);
}

export function String_split(self: str, separator: val, limit: val): ref {
  if (is_regexp(separator)) return unboxRef(ask_regexp(separator, REGEXP_TASK.split, self, limit));
  const most: i32 = limit === UNDEFINED ? -1 : to_int32(to_number(limit));
  if (separator === UNDEFINED) {
    const whole: ref = alloc_array(1);
    if (most !== 0) array_push(whole, boxString(self));
    return whole;
  }
  const mark: str = to_string(separator);
  if (string_length(mark) === 0) return split_units(self, most);
  return split_by(self, mark, most);
}

/** `most` counts unsigned. */
function split_units(s: str, most: i32): ref {
  const length: i32 = string_length(s);
  const count: i32 = gtu(length, most) ? most : length;
  charge(count);
  const parts: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) array_push(parts, boxString(string_of_unit(string_unit(s, i))));
  return parts;
}

function split_by(s: str, mark: str, most: i32): ref {
  const parts: ref = alloc_array(4);
  let count: i32 = 0;
  let from: i32 = 0;
  let at: i32 = string_find(s, mark, 0);
  while (at >= 0 && gtu(most, count)) {
    charge(1);
    array_push(parts, boxString(string_part(s, from, at)));
    count++;
    from = at + string_length(mark);
    at = string_find(s, mark, from);
  }
  if (gtu(most, count)) array_push(parts, boxString(string_part(s, from, string_length(s))));
  return parts;
}
