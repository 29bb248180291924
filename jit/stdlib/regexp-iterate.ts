/** All matches of a text, one after the other. */
import { REGEXP_FLAGS } from '../abi.js';
import type { i32, ref, str, val } from './intrinsics.js';
import { exec_state, last_index, match_array, match_end, match_start, regexp_has, set_last_index } from './regexp-exec.js';
import { behind_point } from './regexp-step.js';
import { string_base, string_length, string_start } from './strings.js';

/** The index behind the character at `index`, a pair of units under the flag u. */
export function advance(regexp: ref, s: str, index: i32): i32 {
  if (!regexp_has(regexp, REGEXP_FLAGS.unicode) || index >= string_length(s)) return index + 1;
  const base: ref = string_base(s);
  const start: i32 = string_start(s);
  return behind_point(base, start + index, start + string_length(s)) - start;
}

/** The state of the next match of a global expression, which goes on behind it even where it matched nothing; or 0. */
export function next_state(regexp: ref, s: str): ref {
  const state: ref = exec_state(regexp, s);
  if (state !== 0 && match_end(state, s) === match_start(state, s)) set_last_index(regexp, advance(regexp, s, last_index(regexp)));
  return state;
}

/** What an iterator of `matchAll` gives next, or null. */
export function next_match(regexp: ref, s: str): val {
  return match_array(regexp, s, next_state(regexp, s));
}
