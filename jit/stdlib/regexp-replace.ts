/** `replace` and `replaceAll` with a regular expression. */
import { KIND, REGEXP, REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push } from './arrays.js';
import { call_list } from './call-list.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, boxString, isObject, loadRef, str, toF64, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { kind_of } from './kinds.js';
import { to_string } from './operators.js';
import { capture, exec_state, group_count, match_end, match_start, named_groups, regexp_has, set_last_index } from './regexp-exec.js';
import { next_state } from './regexp-iterate.js';
import { string_base, string_length, string_part, string_start, string_unit } from './strings.js';
import { text_add, text_add_unit, text_add_units, text_finish, text_new } from './text.js';

const DOLLAR = 36;

/** States of all matches that are to be replaced: all are found before anything is called. */
function find_all(regexp: ref, s: str): ref {
  const states: ref = alloc_array(4);
  if (!regexp_has(regexp, REGEXP_FLAGS.global)) {
    const only: ref = exec_state(regexp, s);
    if (only !== 0) array_push(states, boxObject(only));
    return states;
  }
  set_last_index(regexp, 0);
  let state: ref = next_state(regexp, s);
  while (state !== 0) {
    charge(1);
    array_push(states, boxObject(state));
    state = next_state(regexp, s);
  }
  return states;
}

export function regexp_replace(regexp: ref, s: str, replacement: val, all: bool): str {
  if (all && !regexp_has(regexp, REGEXP_FLAGS.global)) throw type_error(str('String.prototype.replaceAll called with a non-global RegExp argument'));
  const template: str = kind_of(replacement) === KIND.closure ? 0 : to_string(replacement);
  const states: ref = find_all(regexp, s);
  const count: i32 = array_length(states);
  if (count === 0) return s;
  let text: ref = text_new(string_length(s));
  let done: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const state: ref = unboxRef(array_get(states, i));
    text = add_part(text, s, done, match_start(state, s));
    text = template === 0 ? text_add(text, call_replacer(regexp, s, state, replacement)) : add_template(text, template, regexp, s, state);
    done = match_end(state, s);
  }
  return text_finish(add_part(text, s, done, string_length(s)));
}

function add_part(text: ref, s: str, from: i32, to: i32): ref {
  return text_add_units(text, string_base(s), string_start(s) + from, to - from);
}

/** What a function gives for (match, groups…, index, string, named groups). */
function call_replacer(regexp: ref, s: str, state: ref, replacer: val): str {
  const groups: i32 = group_count(regexp);
  const args: ref = alloc_array(groups + 4);
  for (let group: i32 = 0; group <= groups; group++) array_push(args, capture(state, s, group));
  const named: val = named_groups(regexp, args);
  array_push(args, boxF64(toF64(match_start(state, s))));
  array_push(args, boxString(s));
  if (isObject(named)) array_push(args, named);
  return to_string(call_list(replacer, UNDEFINED, args));
}

// Templates -----------------------------------------------------------------------------------------------------------

function unit_at(s: str, i: i32): i32 {
  return i < string_length(s) ? string_unit(s, i) : -1;
}

function is_digit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

/** Adds a template in which `$$`, `$&`, `` $` ``, `$'`, `$1` and `$<name>` stand for parts. */
function add_template(text: ref, template: str, regexp: ref, s: str, state: ref): ref {
  const length: i32 = string_length(template);
  charge(length >> 1);
  let to: ref = text;
  let i: i32 = 0;
  while (i < length) {
    const next: i32 = string_unit(template, i) === DOLLAR ? unit_at(template, i + 1) : -1;
    let taken: i32 = 2;
    if (next === DOLLAR) to = text_add_unit(to, DOLLAR);
    else if (next === 38) to = add_part(to, s, match_start(state, s), match_end(state, s));
    else if (next === 96) to = add_part(to, s, 0, match_start(state, s));
    else if (next === 39) to = add_part(to, s, match_end(state, s), string_length(s));
    else if (is_digit(next) && group_digits(template, i, regexp) !== 0) {
      taken = group_digits(template, i, regexp);
      to = add_capture(to, s, state, taken === 2 ? next - 48 : (next - 48) * 10 + string_unit(template, i + 2) - 48);
    } else if (next === 60 && name_end(template, i, regexp) > 0) {
      const end: i32 = name_end(template, i, regexp);
      to = add_named(to, string_part(template, i + 2, end), regexp, s, state);
      taken = end + 1 - i;
    } else {
      to = text_add_unit(to, string_unit(template, i));
      taken = 1;
    }
    i += taken;
  }
  return to;
}

/** Units of a `$1` or `$12` at `i` that names a group, or 0. */
function group_digits(template: str, i: i32, regexp: ref): i32 {
  const groups: i32 = group_count(regexp);
  const first: i32 = string_unit(template, i + 1) - 48;
  const second: i32 = unit_at(template, i + 2);
  if (is_digit(second)) {
    const both: i32 = first * 10 + second - 48;
    if (both >= 1 && both <= groups) return 3;
  }
  return first >= 1 && first <= groups ? 2 : 0;
}

function add_capture(text: ref, s: str, state: ref, group: i32): ref {
  const captured: val = capture(state, s, group);
  return captured === UNDEFINED ? text : text_add(text, unboxRef(captured));
}

/** Where the name of a `$<name>` at `i` ends; 0 where it stands for itself. */
function name_end(template: str, i: i32, regexp: ref): i32 {
  if (!has_names(regexp)) return 0;
  for (let at: i32 = i + 2; at < string_length(template); at++) {
    if (string_unit(template, at) === 62) return at;
  }
  return 0;
}

function has_names(regexp: ref): bool {
  const names: ref = loadRef(regexp, REGEXP.names);
  for (let group: i32 = 1; group < array_length(names); group++) {
    if (array_get(names, group) !== UNDEFINED) return true;
  }
  return false;
}

function add_named(text: ref, name: str, regexp: ref, s: str, state: ref): ref {
  const names: ref = loadRef(regexp, REGEXP.names);
  for (let group: i32 = 1; group < array_length(names); group++) {
    const known: val = array_get(names, group);
    if (known !== UNDEFINED && key_equals(unboxRef(known), name)) return add_capture(text, s, state, group);
  }
  return text;
}
