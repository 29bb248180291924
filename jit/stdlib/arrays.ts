/**
 * Arrays: elements, holes, growth, length, and the checks of frozen ones.
 *
 * A1: elements from `length` on are garbage to everyone but this file. A2: a hole is ABSENT within the length; reads give
 * undefined. A3: indices are unsigned below 2^32 - 1; an array never gets a longer data than MAX_SLOTS, so writing far
 * beyond the end ends the task at its memory limit instead of making a sparse array.
 */
import { ABSENT, ARRAY, HEADER, META, OBJECT_HEADER, SLOTS, TRAP, UNDEFINED } from '../abi.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import { MAX_SLOTS, alloc_array, alloc_slots, slots_fill, slots_get, slots_set } from './heap.js';
import {
  copyBytes, elementAddress, globals, gtu, load32, loadRef, ltu, store32, storeRef, str, toF64, toI32, trap, trunc, unboxRef,
  type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { NO_INDEX, index_of_double, key_of_index } from './keys.js';
import { to_number } from './operators.js';
import { meta_is_closed, not_extensible, read_only, undeletable } from './properties.js';

export { array_extend, list_from_iterable } from './iteration.js';

export function array_length(a: ref): i32 {
  return load32(a, ARRAY.length);
}

/** The element, undefined for holes and outside. */
export function array_get(a: ref, i: i32): val {
  const v: val = array_raw(a, i);
  return v === ABSENT ? UNDEFINED : v;
}

/** The element, ABSENT for holes and outside. */
export function array_raw(a: ref, i: i32): val {
  if (!ltu(i, load32(a, ARRAY.length))) return ABSENT;
  return slots_get(loadRef(a, ARRAY.data), i);
}

export function array_has(a: ref, i: i32): bool {
  return array_raw(a, i) !== ABSENT;
}

/** `a[i] = v`. */
export function array_set(a: ref, i: i32, v: val): void {
  const meta: i32 = load32(a, OBJECT_HEADER.meta);
  if (meta_is_closed(meta)) check_set(a, i, meta);
  if (!ltu(i, load32(a, ARRAY.length))) array_grow_to(a, i);
  slots_set(loadRef(a, ARRAY.data), i, v);
}

/** Appends one element. */
export function array_push(a: ref, v: val): void {
  const length: i32 = load32(a, ARRAY.length);
  if (meta_is_closed(load32(a, OBJECT_HEADER.meta))) throw not_extensible(unboxRef(key_of_index(length)));
  array_reserve(a, length + 1);
  slots_set(loadRef(a, ARRAY.data), length, v);
  store32(a, ARRAY.length, length + 1);
}

/** Makes room for `count` elements in all. */
export function array_reserve(a: ref, count: i32): void {
  const capacity: i32 = load32(a, ARRAY.capacity);
  if (!gtu(count, capacity)) return;
  if (gtu(count, MAX_SLOTS)) {
    store32(globals.header, HEADER.trapDetail, count);
    trap(TRAP.memory);
  }
  let wanted: i32 = capacity + (capacity >> 1) + 4;
  if (wanted < count) wanted = count;
  const data: ref = alloc_slots(wanted);
  const old: ref = loadRef(a, ARRAY.data);
  if (old !== 0) {
    charge(capacity >> 3);
    copyBytes(elementAddress(data, 0, SLOTS.data), elementAddress(old, 0, SLOTS.data), load32(a, ARRAY.length) << 3);
  }
  storeRef(a, ARRAY.data, data);
  store32(a, ARRAY.capacity, wanted);
}

/** Makes `i` the last index; what comes between is holes. */
function array_grow_to(a: ref, i: i32): void {
  const length: i32 = load32(a, ARRAY.length);
  array_reserve(a, i + 1);
  slots_fill(loadRef(a, ARRAY.data), length, i + 1, ABSENT);
  store32(a, ARRAY.length, i + 1);
}

/** `a.length = v`. */
export function array_set_length(a: ref, v: val): void {
  const x: f64 = to_number(v);
  const count: i32 = index_of_double(x);
  if (count === NO_INDEX && x !== 4294967295) throw range_error(str('Invalid array length'));
  const meta: i32 = load32(a, OBJECT_HEADER.meta);
  if ((meta & META.frozen) !== 0) throw read_only(str('length'), str("' of object '"), a);
  if (ltu(load32(a, ARRAY.length), count)) array_grow_to(a, count - 1);
  else array_truncate(a, count);
}

/** Shortens an array that may be shortened. */
export function array_truncate(a: ref, count: i32): void {
  const length: i32 = load32(a, ARRAY.length);
  if (count === length) return;
  require_deletable(a, length - 1);
  // Elements behind the length would stay alive for the collector.
  slots_fill(loadRef(a, ARRAY.data), count, length, ABSENT);
  store32(a, ARRAY.length, count);
}

/** Makes an element a hole. */
export function array_put_hole(a: ref, i: i32): void {
  slots_set(loadRef(a, ARRAY.data), i, ABSENT);
}

/** An array of `count` holes. */
export function array_of_holes(count: i32): ref {
  const a: ref = alloc_array(count);
  if (count !== 0) slots_fill(loadRef(a, ARRAY.data), 0, count, ABSENT);
  store32(a, ARRAY.length, count);
  return a;
}

/** A new array with the elements [from, end), holes included; both within the length. */
export function array_part(a: ref, from: i32, end: i32): ref {
  const part: ref = alloc_array(end - from);
  if (end > from) {
    charge((end - from) >> 3);
    copyBytes(elementAddress(loadRef(part, ARRAY.data), 0, SLOTS.data), elementAddress(loadRef(a, ARRAY.data), from << 3, SLOTS.data), (end - from) << 3);
    store32(part, ARRAY.length, end - from);
  }
  return part;
}

/** Moves elements [from, from + count) to start at `to`, within the length. */
export function array_move(a: ref, to: i32, from: i32, count: i32): void {
  if (count <= 0 || to === from) return;
  charge(count >> 3);
  const data: ref = loadRef(a, ARRAY.data);
  copyBytes(elementAddress(data, to << 3, SLOTS.data), elementAddress(data, from << 3, SLOTS.data), count << 3);
}

// Frozen and sealed arrays --------------------------------------------------------------------------------------------

function check_set(a: ref, i: i32, meta: i32): void {
  if (!array_has(a, i)) throw not_extensible(unboxRef(key_of_index(i)));
  if ((meta & META.frozen) !== 0) throw read_only(unboxRef(key_of_index(i)), str("' of object '"), a);
}

/** Refuses to write element `i` of a frozen array. */
export function require_writable(a: ref, i: i32): void {
  if ((load32(a, OBJECT_HEADER.meta) & META.frozen) !== 0) throw read_only(unboxRef(key_of_index(i)), str("' of object '"), a);
}

/** Refuses to add element `i` to a closed array. */
export function require_extensible(a: ref, i: i32): void {
  if (meta_is_closed(load32(a, OBJECT_HEADER.meta))) throw not_extensible(unboxRef(key_of_index(i)));
}

/** Refuses to delete element `i` of a sealed or frozen array. */
export function require_deletable(a: ref, i: i32): void {
  if ((load32(a, OBJECT_HEADER.meta) & (META.frozen | META.sealed)) !== 0) throw undeletable(unboxRef(key_of_index(i)), a);
}

/** Refuses to write `length` of a frozen array. */
export function require_length_writable(a: ref): void {
  if ((load32(a, OBJECT_HEADER.meta) & META.frozen) !== 0) throw read_only(str('length'), str("' of object '"), a);
}

/** A relative index argument: negative counts from the end, both ends clamp; `missing` stands for undefined. */
export function relative_index(v: val, length: i32, missing: i32): i32 {
  if (v === UNDEFINED) return missing;
  const x: f64 = trunc(to_number(v));
  const size: f64 = toF64(length);
  if (x !== x) return 0;
  const index: f64 = x < 0 ? x + size : x;
  if (index <= 0) return 0;
  return index >= size ? length : toI32(index);
}
