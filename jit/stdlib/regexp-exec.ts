/**
 * One search: where it starts and what it leaves in `lastIndex`, and what it found as the array that `exec` gives.
 */
import { ARRAY, NULL, REGEXP, REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { array_get, array_push } from './arrays.js';
import { field_set } from './fields.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, boxString, load32, loadRef, loadVal, storeRef, storeVal, str, toF64, trunc, toI32, unboxRef, isNumber, unboxF64 } from './intrinsics.js';
import type { bool, f64, i32, ref, val } from './intrinsics.js';
import { bare_object_new, object_new } from './objects.js';
import { to_number } from './operators.js';
import { PROGRAM } from './regexp-code.js';
import { slot_get } from './regexp-machine.js';
import { regexp_match } from './regexp-match.js';
import { string_length, string_part, string_start } from './strings.js';

export function regexp_has(regexp: ref, flag: i32): bool {
  return (load32(regexp, REGEXP.flags) & flag) !== 0;
}

export function group_count(regexp: ref): i32 {
  return load32(loadRef(regexp, REGEXP.program), PROGRAM.groups);
}

export function set_last_index(regexp: ref, index: i32): void {
  storeVal(regexp, REGEXP.lastIndex, boxF64(toF64(index)));
}

/** `lastIndex` as a length; one beyond all strings stands for those that are too great. */
export function last_index(regexp: ref): i32 {
  const v: val = loadVal(regexp, REGEXP.lastIndex);
  const x: f64 = isNumber(v) ? unboxF64(v) : to_number(v);
  if (!(x > 0)) return 0;
  return toI32(trunc(x));
}

/** The state of the match that `exec` would find, or 0; `lastIndex` is brought up to date. */
export function exec_state(regexp: ref, s: str): ref {
  const moves: bool = regexp_has(regexp, REGEXP_FLAGS.global | REGEXP_FLAGS.sticky);
  const asked: i32 = last_index(regexp);
  const from: i32 = moves ? asked : 0;
  const found: ref = from > string_length(s) ? 0 : regexp_match(loadRef(regexp, REGEXP.program), s, from, regexp_has(regexp, REGEXP_FLAGS.sticky));
  if (moves) set_last_index(regexp, found === 0 ? 0 : match_end(found, s));
  return found;
}

/** Where a match starts in the string. */
export function match_start(state: ref, s: str): i32 {
  return slot_get(state, 0) - string_start(s);
}

export function match_end(state: ref, s: str): i32 {
  return slot_get(state, 1) - string_start(s);
}

/** What a group captured, or undefined. */
export function capture(state: ref, s: str, group: i32): val {
  const from: i32 = slot_get(state, group * 2);
  const to: i32 = slot_get(state, group * 2 + 1);
  if (from < 0 || to < 0) return UNDEFINED;
  const start: i32 = string_start(s);
  return boxString(string_part(s, from - start, to - start));
}

/** The array of a match, or null. */
export function match_array(regexp: ref, s: str, state: ref): val {
  if (state === 0) return NULL;
  const groups: i32 = group_count(regexp);
  const made: ref = alloc_array(groups + 1);
  for (let group: i32 = 0; group <= groups; group++) array_push(made, capture(state, s, group));
  const extra: ref = object_new();
  storeRef(made, ARRAY.extra, extra);
  field_set(extra, str('index'), boxF64(toF64(match_start(state, s))));
  field_set(extra, str('input'), boxString(s));
  field_set(extra, str('groups'), named_groups(regexp, made));
  if (regexp_has(regexp, REGEXP_FLAGS.hasIndices)) field_set(extra, str('indices'), boxObject(indices_array(regexp, s, state)));
  return boxObject(made);
}

/** An object with the items of the array under the names of their groups, or undefined if no group has a name. */
export function named_groups(regexp: ref, items: ref): val {
  const names: ref = loadRef(regexp, REGEXP.names);
  let made: ref = 0;
  for (let group: i32 = 1; group <= group_count(regexp); group++) {
    const name: val = array_get(names, group);
    if (name === UNDEFINED) continue;
    if (made === 0) made = bare_object_new();
    field_set(made, unboxRef(name), array_get(items, group));
  }
  return made === 0 ? UNDEFINED : boxObject(made);
}

/** Under the flag d: where each group starts and ends. */
function indices_array(regexp: ref, s: str, state: ref): ref {
  const groups: i32 = group_count(regexp);
  const made: ref = alloc_array(groups + 1);
  const start: i32 = string_start(s);
  for (let group: i32 = 0; group <= groups; group++) {
    const from: i32 = slot_get(state, group * 2);
    const to: i32 = slot_get(state, group * 2 + 1);
    if (from < 0 || to < 0) {
      array_push(made, UNDEFINED);
      continue;
    }
    const pair: ref = alloc_array(2);
    array_push(pair, boxF64(toF64(from - start)));
    array_push(pair, boxF64(toF64(to - start)));
    array_push(made, boxObject(pair));
  }
  const extra: ref = object_new();
  storeRef(made, ARRAY.extra, extra);
  field_set(extra, str('groups'), named_groups(regexp, made));
  return made;
}
