/**
 * What compiled guest code does around calls and elements beyond the plain operations: callees that may be no functions,
 * rest parameters, calls of async functions that are not awaited, elements by doubles.
 */
import { ASYNC, CLOSURE, KIND, NULL, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_part, array_push, array_put_hole, array_set } from './arrays.js';
import { promise_of } from './await.js';
import { call_list } from './call-list.js';
import { get_element, set_element } from './elements.js';
import { call_not_function } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import {
  boxF64, boxObject, callClosure, isObject, isString, load32, str, toF64, toI32, unboxRef, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { iterator_close, iterator_next, iterator_open, iterator_value, list_from_iterable } from './iteration.js';
import { kind_at, kind_of } from './kinds.js';
import { own_keys } from './own-keys.js';
import { check_number } from './guest-checks.js';
import { get_property } from './properties.js';
import { string_length } from './strings.js';

/** Calls a value; `name` is the callee's text, for the TypeError of what is no function. */
export function call_checked(callee: val, self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref, name: str): val {
  if (!isObject(callee) || kind_at(unboxRef(callee)) !== KIND.closure) throw call_not_function(name);
  const closure: ref = unboxRef(callee);
  return callClosure(load32(closure, CLOSURE.func), closure, self, argc, a0, a1, a2, a3, rest);
}

/** As call_checked, with the arguments in an array. */
export function call_list_checked(callee: val, self: val, list: ref, name: str): val {
  if (!isObject(callee) || kind_at(unboxRef(callee)) !== KIND.closure) throw call_not_function(name);
  return call_list(callee, self, list);
}

/** Argument `i` of those behind the fourth. */
export function argument_at(rest: ref, i: i32): val {
  return rest === 0 ? UNDEFINED : array_get(rest, i);
}

/** A new array of the arguments from `from` on. */
export function rest_arguments(from: i32, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref): ref {
  const list: ref = alloc_array(argc > from ? argc - from : 0);
  for (let i: i32 = from; i < argc; i++) {
    array_push(list, i === 0 ? a0 : i === 1 ? a1 : i === 2 ? a2 : i === 3 ? a3 : array_get(rest, i - 4));
  }
  return list;
}

/** The promise of a call of an async body, by its results: the frame itself while it is pending. */
export function promise_from_call(v: val, status: i32): val {
  return status === ASYNC.pending ? v : boxObject(promise_of(v, status));
}

/** `o[x]` with a number as key. */
export function element_get(o: val, x: f64): val {
  const i: i32 = toI32(x);
  if (toF64(i) === x && isObject(o) && kind_at(unboxRef(o)) === KIND.array) return array_get(unboxRef(o), i);
  return get_element(o, boxF64(x));
}

/** `o[x] = v` with a number as key. */
export function element_set(o: val, x: f64, v: val): void {
  const i: i32 = toI32(x);
  if (i >= 0 && toF64(i) === x && isObject(o) && kind_at(unboxRef(o)) === KIND.array) array_set(unboxRef(o), i, v);
  else set_element(o, boxF64(x), v);
}

/** `o.length` of what is a string or an array to the checker. */
export function length_of(o: val): f64 {
  if (isObject(o) && kind_at(unboxRef(o)) === KIND.array) return toF64(array_length(unboxRef(o)));
  if (isString(o)) return toF64(string_length(unboxRef(o)));
  return check_number(get_property(o, str('length')));
}

/** An array with the values of an iterable; an array is taken as it is. */
export function iterable_array(v: val): ref {
  return kind_of(v) === KIND.array ? unboxRef(v) : list_from_iterable(v);
}

/** An array with at least the first `count` values of an iterable, which is closed then; with all if `count` is negative. */
export function iterable_prefix(v: val, count: i32): ref {
  if (count < 0 || kind_of(v) === KIND.array) return iterable_array(v);
  const list: ref = alloc_array(count);
  const it: ref = iterator_open(v);
  for (let i: i32 = 0; i < count; i++) {
    if (!iterator_next(it)) return list;
    array_push(list, iterator_value(it));
  }
  iterator_close(it);
  return list;
}

/** An array with the values that an iterator has left. */
export function iterator_rest(it: ref): ref {
  const list: ref = alloc_array(4);
  while (iterator_next(it)) {
    charge(1);
    array_push(list, iterator_value(it));
  }
  return list;
}

export function array_item(list: ref, i: i32): val {
  return array_get(list, i);
}

/** A new array of the elements from `from` on. */
export function array_part_from(list: ref, from: i32, length: i32): ref {
  return array_part(list, from < length ? from : length, length);
}

export function array_push_hole(list: ref): void {
  array_push(list, UNDEFINED);
  array_put_hole(list, array_length(list) - 1);
}

/** Names for a for...in loop; nothing has none. */
export function for_in_keys(v: val): ref {
  return v === UNDEFINED || v === NULL ? alloc_array(0) : own_keys(v);
}
