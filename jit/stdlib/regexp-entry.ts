/** What string methods and iterators ask of a regular expression (regexp-dispatch.ts), as the entry of a closure. */
import { boxObject, boxString, unboxRef, type i32, type ref, type str, type val } from './intrinsics.js';
import { next_match } from './regexp-iterate.js';
import { REGEXP_TASK } from './regexp-dispatch.js';
import { regexp_replace } from './regexp-replace.js';
import { regexp_split } from './regexp-split.js';

export function regexp_entry(regexp: ref, text: val, task: i32, a: val, _b: val, _c: val, _d: val, _rest: ref): val {
  const s: str = unboxRef(text);
  if (task === REGEXP_TASK.next) return next_match(regexp, s);
  if (task === REGEXP_TASK.split) return boxObject(regexp_split(regexp, s, a));
  return boxString(regexp_replace(regexp, s, a, task === REGEXP_TASK.replaceAll));
}
