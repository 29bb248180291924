/**
 * `Array` itself: construction, `from`, `of`, `isArray`, and the iterators of arrays.
 */
import { KIND, NULL, UNDEFINED } from '../abi.js';
import { array_length, array_push, array_raw, array_set, array_set_length } from './arrays.js';
import { call_two, require_callable } from './calls.js';
import { get_element } from './elements.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, caught, isNumber, isObject, isString, str, toF64, trunc, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { iterator_close, iterator_new, iterator_next, iterator_open, iterator_value, list_from_iterable, not_iterable } from './iteration.js';
import { ITERATION } from './iterations.js';
import { kind_of } from './kinds.js';
import { to_number } from './operators.js';
import { get_property } from './properties.js';

/** `new Array(...rest)`: one number is a length. */
export function Array$new(rest: ref): ref {
  if (rest === 0) return alloc_array(0);
  if (array_length(rest) !== 1 || !isNumber(array_raw(rest, 0))) return list_from_iterable(boxObject(rest));
  const made: ref = alloc_array(0);
  array_set_length(made, array_raw(rest, 0));
  return made;
}

export function Array$of(rest: ref): ref {
  return rest === 0 ? alloc_array(0) : list_from_iterable(boxObject(rest));
}

export function Array$isArray(v: val): bool {
  return kind_of(v) === KIND.array;
}

/** From an iterable, else from what has a `length`; `mapper` gets value and index. */
export function Array$from(source: val, mapper: val, thisArg: val): ref {
  if (source === UNDEFINED || source === NULL) throw not_iterable(source);
  if (mapper !== UNDEFINED) require_callable(mapper);
  if (!is_iterable(source)) return from_array_like(source, mapper, thisArg);
  if (mapper === UNDEFINED) return list_from_iterable(source);
  const made: ref = alloc_array(4);
  const it: ref = iterator_open(source);
  let i: i32 = 0;
  while (iterator_next(it)) {
    array_push(made, mapped_item(it, mapper, thisArg, i));
    i = i + 1;
  }
  return made;
}

/** The mapped value of a step; when the mapper throws, the iterator is closed first. */
function mapped_item(it: ref, mapper: val, thisArg: val, i: i32): val {
  try {
    return call_two(mapper, thisArg, iterator_value(it), boxF64(toF64(i)));
  } catch (error) {
    const thrown: val = caught(error);
    iterator_close(it);
    throw thrown;
  }
}

function from_array_like(source: val, mapper: val, thisArg: val): ref {
  const x: f64 = trunc(to_number(get_property(source, str('length'))));
  const made: ref = alloc_array(0);
  if (!(x > 0)) return made;
  array_set_length(made, boxF64(x));
  const length: i32 = array_length(made);
  charge(length);
  for (let i: i32 = 0; i < length; i++) {
    const index: val = boxF64(toF64(i));
    const v: val = get_element(source, index);
    array_set(made, i, mapper === UNDEFINED ? v : call_two(mapper, thisArg, v, index));
  }
  return made;
}

function is_iterable(v: val): bool {
  if (isString(v)) return true;
  if (!isObject(v)) return false;
  const kind: i32 = kind_of(v);
  if (kind === KIND.array || kind === KIND.map || kind === KIND.set || kind === KIND.iterator || kind === KIND.generator) return true;
  return get_property(v, str('\0@@Symbol.iterator')) !== UNDEFINED;
}

export function Array_values(self: ref): ref {
  return iterator_new(ITERATION.arrayValues, boxObject(self));
}

export function Array_keys(self: ref): ref {
  return iterator_new(ITERATION.arrayKeys, boxObject(self));
}

export function Array_entries(self: ref): ref {
  return iterator_new(ITERATION.arrayEntries, boxObject(self));
}
