/** Another object of a regular expression, for copies: nothing of the engine is needed. */
import { KIND, REGEXP, kindShape } from '../abi.js';
import { alloc } from './heap.js';
import { boxF64, load32, loadRef, refAt, store32, storeRef, storeVal, type i32, type ref, type str } from './intrinsics.js';

/** A regular expression of these parts; `func` carries out what string methods ask for. */
export function regexp_of(source: str, flags: i32, program: ref, names: ref, func: i32): ref {
  const made: ref = alloc(REGEXP.bytes, refAt(kindShape(KIND.regexp)));
  store32(made, REGEXP.flags, flags);
  storeRef(made, REGEXP.program, program);
  storeRef(made, REGEXP.source, source);
  storeRef(made, REGEXP.names, names);
  storeVal(made, REGEXP.lastIndex, boxF64(0));
  store32(made, REGEXP.func, func);
  return made;
}

/** Another object of the same expression, to search from the start. */
export function regexp_again(regexp: ref): ref {
  return regexp_of(
    loadRef(regexp, REGEXP.source), load32(regexp, REGEXP.flags), loadRef(regexp, REGEXP.program), loadRef(regexp, REGEXP.names),
    load32(regexp, REGEXP.func),
  );
}
