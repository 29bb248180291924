/** `signal.onabort = …`, apart from abort.ts so that programs without signals do not link those. */
import { ABORT, NULL, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push } from './arrays.js';
import { alloc_array } from './heap.js';
import { boxObject, isObject, loadVal, storeVal, unboxRef, type i32, type ref, type val } from './intrinsics.js';

/** Undefined among the listeners stands for the handler, where it was first set. */
export function signal_set_handler(signal: ref, v: val): void {
  storeVal(signal, ABORT.onabort, isObject(v) ? v : NULL);
  if (loadVal(signal, ABORT.listeners) === UNDEFINED) {
    const made: val = boxObject(alloc_array(2));
    storeVal(signal, ABORT.listeners, made);
  }
  const list: ref = unboxRef(loadVal(signal, ABORT.listeners));
  for (let i: i32 = 0; i < array_length(list); i++) {
    if (array_get(list, i) === UNDEFINED) return;
  }
  array_push(list, UNDEFINED);
}
