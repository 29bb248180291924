/**
 * Array methods that call a function per element. The length is taken once, elements are read when their turn comes; the
 * older methods skip holes, the `find` family sees them as undefined.
 */
import { ABSENT, CLOSURE, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_of_holes, array_push, array_raw, array_set } from './arrays.js';
import { call_element, require_callable } from './calls.js';
import { type_error } from './errors.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, callClosure, load32, str, toF64, unboxRef, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { to_boolean } from './operators.js';

export function Array_forEach(self: ref, callback: val, thisArg: val): void {
  require_callable(callback);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT) call_element(callback, thisArg, v, i, self);
  }
}

export function Array_map(self: ref, callback: val, thisArg: val): ref {
  require_callable(callback);
  const length: i32 = array_length(self);
  const mapped: ref = array_of_holes(length);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT) array_set(mapped, i, call_element(callback, thisArg, v, i, self));
  }
  return mapped;
}

export function Array_filter(self: ref, callback: val, thisArg: val): ref {
  require_callable(callback);
  const length: i32 = array_length(self);
  const kept: ref = alloc_array(4);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT && to_boolean(call_element(callback, thisArg, v, i, self))) array_push(kept, v);
  }
  return kept;
}

export function Array_some(self: ref, callback: val, thisArg: val): bool {
  require_callable(callback);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT && to_boolean(call_element(callback, thisArg, v, i, self))) return true;
  }
  return false;
}

export function Array_every(self: ref, callback: val, thisArg: val): bool {
  require_callable(callback);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT && !to_boolean(call_element(callback, thisArg, v, i, self))) return false;
  }
  return true;
}

// The find family -----------------------------------------------------------------------------------------------------

export function Array_find(self: ref, callback: val, thisArg: val): val {
  require_callable(callback);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_get(self, i);
    if (to_boolean(call_element(callback, thisArg, v, i, self))) return v;
  }
  return UNDEFINED;
}

export function Array_findIndex(self: ref, callback: val, thisArg: val): f64 {
  require_callable(callback);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    if (to_boolean(call_element(callback, thisArg, array_get(self, i), i, self))) return toF64(i);
  }
  return -1;
}

export function Array_findLast(self: ref, callback: val, thisArg: val): val {
  require_callable(callback);
  for (let i: i32 = array_length(self) - 1; i >= 0; i--) {
    const v: val = array_get(self, i);
    if (to_boolean(call_element(callback, thisArg, v, i, self))) return v;
  }
  return UNDEFINED;
}

export function Array_findLastIndex(self: ref, callback: val, thisArg: val): f64 {
  require_callable(callback);
  for (let i: i32 = array_length(self) - 1; i >= 0; i--) {
    if (to_boolean(call_element(callback, thisArg, array_get(self, i), i, self))) return toF64(i);
  }
  return -1;
}

// Folds ---------------------------------------------------------------------------------------------------------------

/** `rest` has the initial value, if one was given. */
export function Array_reduce(self: ref, callback: val, rest: ref): val {
  require_callable(callback);
  const length: i32 = array_length(self);
  let i: i32 = 0;
  let total: val = array_raw_of_rest(rest);
  if (total === ABSENT) {
    while (i < length && array_raw(self, i) === ABSENT) i++;
    if (i >= length) throw type_error(str('Reduce of empty array with no initial value'));
    total = array_raw(self, i);
    i++;
  }
  for (; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT) total = call_fold(callback, total, v, i, self);
  }
  return total;
}

export function Array_reduceRight(self: ref, callback: val, rest: ref): val {
  require_callable(callback);
  let i: i32 = array_length(self) - 1;
  let total: val = array_raw_of_rest(rest);
  if (total === ABSENT) {
    while (i >= 0 && array_raw(self, i) === ABSENT) i--;
    if (i < 0) throw type_error(str('Reduce of empty array with no initial value'));
    total = array_raw(self, i);
    i--;
  }
  for (; i >= 0; i--) {
    const v: val = array_raw(self, i);
    if (v !== ABSENT) total = call_fold(callback, total, v, i, self);
  }
  return total;
}

/** The first of the further arguments, ABSENT when none was given. */
function array_raw_of_rest(rest: ref): val {
  return rest === 0 ? ABSENT : array_raw(rest, 0);
}

function call_fold(callback: val, total: val, v: val, i: i32, array: ref): val {
  const closure: ref = unboxRef(callback);
  return callClosure(load32(closure, CLOSURE.func), closure, UNDEFINED, 4, total, v, boxF64(toF64(i)), boxObject(array), 0);
}
