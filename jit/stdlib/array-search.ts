/**
 * Search by value: `indexOf`, `lastIndexOf`, `includes`, and access by relative index.
 */
import { ABSENT, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_raw, relative_index } from './arrays.js';
import { charge } from './fuel.js';
import { toF64, toI32, trunc, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { same_value_zero, strict_equals, to_number } from './operators.js';

/** The first index of an element that is strictly equal, or -1. */
export function array_index_of(a: ref, v: val): i32 {
  return index_from(a, v, 0);
}

function index_from(a: ref, v: val, from: i32): i32 {
  charge(array_length(a) >> 1);
  for (let i: i32 = from; i < array_length(a); i++) {
    const item: val = array_raw(a, i);
    if (item !== ABSENT && strict_equals(item, v)) return i;
  }
  return -1;
}

export function Array_indexOf(self: ref, v: val, from: val): f64 {
  return toF64(index_from(self, v, relative_index(from, array_length(self), 0)));
}

export function Array_lastIndexOf(self: ref, v: val, from: val): f64 {
  const length: i32 = array_length(self);
  const start: f64 = from === UNDEFINED ? toF64(length - 1) : trunc(to_number(from));
  let last: i32 = length - 1;
  if (start !== start) last = 0;
  else if (start < 0) last = toI32(start + toF64(length));
  else if (start < toF64(length)) last = toI32(start);
  charge(length >> 1);
  for (let i: i32 = last; i >= 0; i--) {
    const item: val = array_raw(self, i);
    if (item !== ABSENT && strict_equals(item, v)) return toF64(i);
  }
  return -1;
}

export function Array_includes(self: ref, v: val, from: val): bool {
  const length: i32 = array_length(self);
  charge(length >> 1);
  for (let i: i32 = relative_index(from, length, 0); i < length; i++) {
    if (same_value_zero(array_get(self, i), v)) return true;
  }
  return false;
}

export function Array_at(self: ref, index: f64): val {
  const at: f64 = index !== index ? 0 : trunc(index);
  const i: f64 = at < 0 ? at + toF64(array_length(self)) : at;
  return i < 0 || i >= toF64(array_length(self)) ? UNDEFINED : array_get(self, toI32(i));
}
