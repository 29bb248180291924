/** String methods that always search with a regular expression: what is none becomes one. */
import { ITERATOR, KIND, NULL, REGEXP, REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { array_push } from './arrays.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxObject, boxString, loadRef, loadVal, storeVal, str, toF64, unboxRef, type f64, type i32, type ref, type val } from './intrinsics.js';
import { iterator_new } from './iteration.js';
import { ITERATION } from './iterations.js';
import { kind_of } from './kinds.js';
import { to_string } from './operators.js';
import { regexp_again } from './regexp-again.js';
import { capture, exec_state, match_array, match_start, regexp_has, set_last_index } from './regexp-exec.js';
import { next_state } from './regexp-iterate.js';
import { regexp_match } from './regexp-match.js';
import { regexp_new } from './regexp.js';

/** The pattern itself, or one made of its text. */
function regexp_of_value(pattern: val, flags: i32): ref {
  if (kind_of(pattern) === KIND.regexp) return unboxRef(pattern);
  return regexp_new(pattern === UNDEFINED ? str('') : to_string(pattern), flags);
}

/** The first match as `exec` gives it; under the flag g the texts of all matches, or null. */
export function String_match(self: str, pattern: val): val {
  const regexp: ref = regexp_of_value(pattern, 0);
  if (!regexp_has(regexp, REGEXP_FLAGS.global)) return match_array(regexp, self, exec_state(regexp, self));
  set_last_index(regexp, 0);
  let state: ref = next_state(regexp, self);
  if (state === 0) return NULL;
  const found: ref = alloc_array(4);
  while (state !== 0) {
    charge(1);
    array_push(found, capture(state, self, 0));
    state = next_state(regexp, self);
  }
  return boxObject(found);
}

/** Walks over the matches with an expression of its own, from where the given one stands. */
export function String_matchAll(self: str, pattern: val): ref {
  const regexp: ref = regexp_of_value(pattern, REGEXP_FLAGS.global);
  if (!regexp_has(regexp, REGEXP_FLAGS.global)) throw type_error(str('String.prototype.matchAll called with a non-global RegExp argument'));
  const own: ref = regexp_again(regexp);
  storeVal(own, REGEXP.lastIndex, loadVal(regexp, REGEXP.lastIndex));
  const it: ref = iterator_new(ITERATION.matches, boxObject(own));
  storeVal(it, ITERATOR.state, boxString(self));
  return it;
}

export function String_search(self: str, pattern: val): f64 {
  const regexp: ref = regexp_of_value(pattern, 0);
  const state: ref = regexp_match(loadRef(regexp, REGEXP.program), self, 0, regexp_has(regexp, REGEXP_FLAGS.sticky));
  return state === 0 ? -1 : toF64(match_start(state, self));
}
