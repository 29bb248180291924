/**
 * Array methods that change the array in place.
 */
import { ARRAY, UNDEFINED } from '../abi.js';
import {
  array_get, array_length, array_move, array_part, array_push, array_raw, array_reserve, array_truncate, relative_index,
  require_deletable, require_extensible, require_length_writable, require_writable,
} from './arrays.js';
import { charge } from './fuel.js';
import { slots_fill, slots_set } from './heap.js';
import { loadRef, store32, toF64, toI32, trunc, type f64, type i32, type ref, type val } from './intrinsics.js';
import { to_number } from './operators.js';

export function Array_push(self: ref, rest: ref): f64 {
  const count: i32 = rest_length(rest);
  if (count === 0) require_length_writable(self);
  for (let i: i32 = 0; i < count; i++) array_push(self, array_raw(rest, i));
  return toF64(array_length(self));
}

export function Array_pop(self: ref): val {
  const length: i32 = array_length(self);
  if (length === 0) {
    require_length_writable(self);
    return UNDEFINED;
  }
  const last: val = array_get(self, length - 1);
  array_truncate(self, length - 1);
  return last;
}

export function Array_shift(self: ref): val {
  const length: i32 = array_length(self);
  if (length === 0) {
    require_length_writable(self);
    return UNDEFINED;
  }
  if (length > 1) require_writable(self, 0);
  require_deletable(self, length - 1);
  const first: val = array_get(self, 0);
  array_move(self, 0, 1, length - 1);
  array_truncate(self, length - 1);
  return first;
}

export function Array_unshift(self: ref, rest: ref): f64 {
  const count: i32 = rest_length(rest);
  if (count === 0) require_length_writable(self);
  else open_gap(self, 0, 0, count);
  put_all(self, 0, rest, 0, count);
  return toF64(array_length(self));
}

/** `rest`: the count to delete, if one was given, then what to insert. */
export function Array_splice(self: ref, start: val, rest: ref): ref {
  const length: i32 = array_length(self);
  const from: i32 = relative_index(start, length, 0);
  const deleted: i32 = splice_count(rest, length - from);
  const inserted: i32 = rest_length(rest) > 1 ? rest_length(rest) - 1 : 0;
  if (deleted === 0 && inserted === 0) require_length_writable(self);
  const removed: ref = array_part(self, from, from + deleted);
  open_gap(self, from, deleted, inserted);
  put_all(self, from, rest, 1, inserted);
  return removed;
}

/** How many elements a splice deletes: all the rest when only a start was given. */
export function splice_count(rest: ref, most: i32): i32 {
  if (rest_length(rest) === 0) return most;
  const x: f64 = trunc(to_number(array_get(rest, 0)));
  if (!(x > 0)) return 0;
  return x >= toF64(most) ? most : toI32(x);
}

/** Number of further arguments. */
export function rest_length(rest: ref): i32 {
  return rest === 0 ? 0 : array_length(rest);
}

/** Replaces [at, at + deleted) by `inserted` places, to be written next. */
function open_gap(a: ref, at: i32, deleted: i32, inserted: i32): void {
  const length: i32 = array_length(a);
  const tail: i32 = length - at - deleted;
  check_gap(a, at, deleted, inserted, tail);
  if (inserted > deleted) {
    array_reserve(a, length + inserted - deleted);
    store32(a, ARRAY.length, length + inserted - deleted);
    array_move(a, at + inserted, at + deleted, tail);
    return;
  }
  array_move(a, at + inserted, at + deleted, tail);
  array_truncate(a, length + inserted - deleted);
}

/** Refuses for a closed array at the element that the language would come to first. */
function check_gap(a: ref, at: i32, deleted: i32, inserted: i32, tail: i32): void {
  const length: i32 = array_length(a);
  if (inserted > deleted) {
    if (tail > 0) require_extensible(a, length + inserted - deleted - 1);
    else if (deleted > 0) require_writable(a, at);
    require_extensible(a, at);
  } else if (inserted < deleted) {
    if (tail > 0) require_writable(a, at + inserted);
    require_deletable(a, length - 1);
  } else if (deleted > 0) {
    require_writable(a, at);
  }
}

/** Writes further arguments [first, first + count) from element `at` on. */
function put_all(a: ref, at: i32, rest: ref, first: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) slots_set(loadRef(a, ARRAY.data), at + i, array_raw(rest, first + i));
}

export function Array_reverse(self: ref): ref {
  const length: i32 = array_length(self);
  if (length > 1) require_writable(self, 0);
  charge(length >> 1);
  let low: i32 = 0;
  let high: i32 = length - 1;
  while (low < high) {
    const v: val = array_raw(self, low);
    slots_set(loadRef(self, ARRAY.data), low, array_raw(self, high));
    slots_set(loadRef(self, ARRAY.data), high, v);
    low = low + 1;
    high = high - 1;
  }
  return self;
}

export function Array_fill(self: ref, v: val, start: val, end: val): ref {
  const length: i32 = array_length(self);
  const from: i32 = relative_index(start, length, 0);
  const to: i32 = relative_index(end, length, length);
  if (from >= to) return self;
  require_writable(self, from);
  slots_fill(loadRef(self, ARRAY.data), from, to, v);
  return self;
}

export function Array_copyWithin(self: ref, target: val, start: val, end: val): ref {
  const length: i32 = array_length(self);
  const to: i32 = relative_index(target, length, 0);
  const from: i32 = relative_index(start, length, 0);
  let count: i32 = relative_index(end, length, length) - from;
  if (count > length - to) count = length - to;
  if (count <= 0) return self;
  // Overlapping ranges are copied from their end.
  require_writable(self, from < to && to < from + count ? to + count - 1 : to);
  array_move(self, to, from, count);
  return self;
}
