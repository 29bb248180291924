/** `split` with a regular expression. */
import { REGEXP, UNDEFINED } from '../abi.js';
import { array_length, array_push } from './arrays.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxString, geu, loadRef, type i32, type ref, type str, type val } from './intrinsics.js';
import { to_int32, to_number } from './operators.js';
import { capture, group_count, match_end, match_start } from './regexp-exec.js';
import { advance } from './regexp-iterate.js';
import { regexp_match } from './regexp-match.js';
import { string_length, string_part } from './strings.js';

/** Parts between matches, with what groups captured; the expression's own `lastIndex` plays no part. */
export function regexp_split(regexp: ref, s: str, limit: val): ref {
  const most: i32 = limit === UNDEFINED ? -1 : to_int32(to_number(limit));
  const parts: ref = alloc_array(4);
  const length: i32 = string_length(s);
  const program: ref = loadRef(regexp, REGEXP.program);
  if (most === 0) return parts;
  if (length === 0) {
    if (regexp_match(program, s, 0, true) === 0) array_push(parts, boxString(s));
    return parts;
  }
  let from: i32 = 0;
  let at: i32 = 0;
  while (at < length) {
    charge(1);
    const state: ref = regexp_match(program, s, at, false);
    if (state === 0 || match_start(state, s) >= length) break;
    const end: i32 = match_end(state, s);
    if (end === from) {
      at = advance(regexp, s, match_start(state, s));
      continue;
    }
    if (add_match(parts, regexp, s, state, from, most) === 1) return parts;
    from = end;
    at = end;
  }
  array_push(parts, boxString(string_part(s, from, length)));
  return parts;
}

/** Adds the part before a match and what the match captured; 1 once the limit is reached. */
function add_match(parts: ref, regexp: ref, s: str, state: ref, from: i32, most: i32): i32 {
  array_push(parts, boxString(string_part(s, from, match_start(state, s))));
  if (geu(array_length(parts), most)) return 1;
  for (let group: i32 = 1; group <= group_count(regexp); group++) {
    array_push(parts, capture(state, s, group));
    if (geu(array_length(parts), most)) return 1;
  }
  return 0;
}
