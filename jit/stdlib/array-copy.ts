/**
 * Array methods that make a new array from old ones.
 */
import { ABSENT, ARRAY, KIND, SLOTS, UNDEFINED } from '../abi.js';
import { Array_reverse, rest_length, splice_count } from './array-edit.js';
import { array_get, array_length, array_part, array_push, array_raw, array_reserve, relative_index } from './arrays.js';
import { call_element } from './calls.js';
import { range_error, type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array, slots_set } from './heap.js';
import {
  boxF64, boxObject, copyBytes, elementAddress, loadRef, store32, str, toF64, toI32, trunc, unboxF64, unboxRef, type f64, type i32, type ref,
  type val,
} from './intrinsics.js';
import { list_from_iterable } from './iteration.js';
import { kind_of } from './kinds.js';
import { number_to_string } from './number-format.js';
import { to_number } from './operators.js';
import { is_callable } from './promise-core.js';
import { string_concat } from './strings.js';

export function Array_slice(self: ref, start: val, end: val): ref {
  const length: i32 = array_length(self);
  const from: i32 = relative_index(start, length, 0);
  const to: i32 = relative_index(end, length, length);
  return array_part(self, from, to < from ? from : to);
}

/** Arrays among the further arguments are joined on with their holes, all else is appended. */
export function Array_concat(self: ref, rest: ref): ref {
  const made: ref = array_part(self, 0, array_length(self));
  for (let i: i32 = 0; i < rest_length(rest); i++) {
    const v: val = array_raw(rest, i);
    if (kind_of(v) === KIND.array) append_elements(made, unboxRef(v), 0, array_length(unboxRef(v)));
    else array_push(made, v);
  }
  return made;
}

/** Appends elements [first, end) of an array, holes included. */
function append_elements(to: ref, from: ref, first: i32, end: i32): void {
  const length: i32 = array_length(to);
  const count: i32 = end - first;
  if (count <= 0) return;
  charge(count >> 3);
  array_reserve(to, length + count);
  copyBytes(elementAddress(loadRef(to, ARRAY.data), length << 3, SLOTS.data), elementAddress(loadRef(from, ARRAY.data), first << 3, SLOTS.data), count << 3);
  store32(to, ARRAY.length, length + count);
}

export function Array_toReversed(self: ref): ref {
  return Array_reverse(list_from_iterable(boxObject(self)));
}

/** `rest`: the count to leave out, if one was given, then what to insert. */
export function Array_toSpliced(self: ref, start: val, rest: ref): ref {
  const list: ref = list_from_iterable(boxObject(self));
  const length: i32 = array_length(list);
  const from: i32 = relative_index(start, length, 0);
  const deleted: i32 = splice_count(rest, length - from);
  const made: ref = array_part(list, 0, from);
  append_elements(made, rest, 1, rest_length(rest));
  append_elements(made, list, from + deleted, length);
  return made;
}

export function Array_with(self: ref, index: f64, v: val): ref {
  const length: i32 = array_length(self);
  const at: f64 = index !== index ? 0 : trunc(index);
  const i: f64 = at < 0 ? at + toF64(length) : at;
  if (i < 0 || i >= toF64(length)) throw range_error(string_concat(str('Invalid index : '), number_to_string(index)));
  const made: ref = list_from_iterable(boxObject(self));
  slots_set(loadRef(made, ARRAY.data), toI32(i), v);
  return made;
}

// Flattening ----------------------------------------------------------------------------------------------------------

export function Array_flat(self: ref, depth: val): ref {
  const levels: f64 = depth === UNDEFINED ? 1 : to_number(depth);
  const made: ref = alloc_array(array_length(self));
  append_flat(made, self, levels > 1000000000 ? 1000000000 : toI32(levels));
  return made;
}

/** Appends the elements of nested arrays down to `levels`; the way back stands in a list, not on the native stack. */
function append_flat(to: ref, from: ref, levels: i32): void {
  const way: ref = alloc_array(4);
  let array: ref = from;
  let i: i32 = 0;
  let depth: i32 = 0;
  for (;;) {
    while (i >= array_length(array)) {
      if (depth === 0) return;
      i = toI32(unboxF64(pop_way(way)));
      array = unboxRef(pop_way(way));
      depth = depth - 1;
    }
    const v: val = array_raw(array, i);
    i = i + 1;
    charge(1);
    if (depth < levels && kind_of(v) === KIND.array) {
      array_push(way, boxObject(array));
      array_push(way, boxF64(toF64(i)));
      array = unboxRef(v);
      i = 0;
      depth = depth + 1;
    } else if (v !== ABSENT) {
      array_push(to, v);
    }
  }
}

function pop_way(way: ref): val {
  const last: i32 = array_length(way) - 1;
  const v: val = array_get(way, last);
  store32(way, ARRAY.length, last);
  return v;
}

export function Array_flatMap(self: ref, callback: val, thisArg: val): ref {
  if (!is_callable(callback)) throw type_error(str('flatMap mapper function is not callable'));
  const made: ref = alloc_array(4);
  const length: i32 = array_length(self);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v === ABSENT) continue;
    const part: val = call_element(callback, thisArg, v, i, self);
    if (kind_of(part) === KIND.array) append_flat(made, unboxRef(part), 0);
    else array_push(made, part);
  }
  return made;
}
