/**
 * How string methods reach regular expressions: by the entry that the object brings along, so that a program without
 * regular expressions links no engine.
 */
import { KIND, REGEXP, UNDEFINED } from '../abi.js';
import { boxString, callClosure, load32, unboxRef, type bool, type i32, type str, type val } from './intrinsics.js';
import { kind_of } from './kinds.js';

/** What is asked for, in place of an argument count. */
export const REGEXP_TASK = { replace: 0, replaceAll: 1, split: 2, next: 3 } as const;

export function is_regexp(v: val): bool {
  return kind_of(v) === KIND.regexp;
}

export function ask_regexp(regexp: val, task: i32, s: str, a: val): val {
  return callClosure(load32(unboxRef(regexp), REGEXP.func), unboxRef(regexp), boxString(s), task, a, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}
