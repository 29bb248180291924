/**
 * Sorting: stable, of a copy, written back at the end, so that a comparator that throws or changes the array does no harm.
 *
 * Runs of up to MIN_RUN elements are found or made by binary insertion, then merged pairwise. V8's sort, after Tim Peters'
 * listsort, makes the very same calls of the comparator for up to 63 elements: one run.
 */
import { ABSENT, ARRAY, NULL, SLOTS, UNDEFINED } from '../abi.js';
import { array_length, array_put_hole, array_raw, array_set } from './arrays.js';
import { call_two } from './calls.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxObject, boxString, copyBytes, elementAddress, isString, loadRef, str, unboxF64, unboxRef, type bool, type i32, type ref,
  type val,
} from './intrinsics.js';
import { list_from_iterable } from './iteration.js';
import { is_callable } from './promise-core.js';
import { to_number, to_string } from './operators.js';
import { string_compare } from './strings.js';

const MIN_RUN = 63;

/** In place of a comparator: numbers ascending. */
const BY_NUMBER = NULL;

export function Array_sort(self: ref, comparator: val): ref {
  require_comparator(comparator);
  const length: i32 = array_length(self);
  if (length < 2) return self;
  const items: ref = alloc_slots(length);
  let count: i32 = 0;
  let absent: i32 = 0;
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v === ABSENT) absent = absent + 1;
    else if (v !== UNDEFINED) {
      slots_set(items, count, v);
      count = count + 1;
    }
  }
  charge(length);
  sort_items(items, count, comparator);
  write_sorted(self, items, count, length - absent, length);
  return self;
}

export function Array_toSorted(self: ref, comparator: val): ref {
  require_comparator(comparator);
  return Array_sort(list_from_iterable(boxObject(self)), comparator);
}

/** Sorts an array of numbers ascending. */
export function sort_numbers(a: ref): void {
  if (array_length(a) > 1) sort_range(loadRef(a, ARRAY.data), array_length(a), BY_NUMBER);
}

function require_comparator(comparator: val): void {
  if (comparator === UNDEFINED || is_callable(comparator)) return;
  throw type_error(str('The comparison function must be either a function or undefined'));
}

/** Writes the sorted values, then the undefined ones; holes come last. The comparator may have changed the array. */
function write_sorted(a: ref, items: ref, count: i32, defined: i32, length: i32): void {
  for (let i: i32 = 0; i < count; i++) array_set(a, i, slots_get(items, i));
  for (let i: i32 = count; i < defined; i++) array_set(a, i, UNDEFINED);
  for (let i: i32 = defined; i < length && i < array_length(a); i++) array_put_hole(a, i);
}

/** Sorts values none of which is undefined; without a comparator by their texts. */
function sort_items(items: ref, count: i32, comparator: val): void {
  if (count < 2) return;
  if (comparator !== UNDEFINED || all_strings(items, count)) {
    sort_range(items, count, comparator);
    return;
  }
  // Texts are made once per value: {text, value} pairs are sorted in their place.
  for (let i: i32 = 0; i < count; i++) slots_set(items, i, text_pair(slots_get(items, i)));
  sort_range(items, count, UNDEFINED);
  for (let i: i32 = 0; i < count; i++) slots_set(items, i, slots_get(unboxRef(slots_get(items, i)), 1));
}

function all_strings(items: ref, count: i32): bool {
  for (let i: i32 = 0; i < count; i++) {
    if (!isString(slots_get(items, i))) return false;
  }
  return true;
}

function text_pair(v: val): val {
  const text: str = to_string(v);
  const pair: ref = alloc_slots(2);
  slots_set(pair, 0, boxString(text));
  slots_set(pair, 1, v);
  return boxObject(pair);
}

/** Whether `a` comes before `b`. */
function precedes(a: val, b: val, comparator: val): bool {
  if (comparator === UNDEFINED) return string_compare(text_of(a), text_of(b)) < 0;
  if (comparator === BY_NUMBER) return unboxF64(a) < unboxF64(b);
  return to_number(call_two(comparator, UNDEFINED, a, b)) < 0;
}

/** A string, or the text of a pair. */
function text_of(v: val): str {
  return isString(v) ? unboxRef(v) : unboxRef(slots_get(unboxRef(v), 0));
}

function sort_range(items: ref, count: i32, comparator: val): void {
  const run: i32 = run_length(count);
  for (let low: i32 = 0; low < count; low = low + run) {
    const high: i32 = low + run < count ? low + run : count;
    insert_all(items, low, low + natural_run(items, low, high, comparator), high, comparator);
  }
  if (run < count) merge_runs(items, count, run, comparator);
}

/** Elements per run: the whole of a short list, else about half of MIN_RUN, chosen so that merges stay balanced. */
function run_length(count: i32): i32 {
  let length: i32 = count;
  let odd: i32 = 0;
  while (length > MIN_RUN) {
    odd = odd | (length & 1);
    length = length >> 1;
  }
  return length + odd;
}

/** Length of the ascending run at `low`; a strictly descending one is turned round. */
function natural_run(items: ref, low: i32, high: i32, comparator: val): i32 {
  let end: i32 = low + 1;
  if (end === high) return 1;
  const descending: bool = precedes(slots_get(items, end), slots_get(items, low), comparator);
  end = end + 1;
  while (end < high && precedes(slots_get(items, end), slots_get(items, end - 1), comparator) === descending) end = end + 1;
  if (descending) turn_round(items, low, end - 1);
  return end - low;
}

function turn_round(items: ref, first: i32, last: i32): void {
  let low: i32 = first;
  let high: i32 = last;
  while (low < high) {
    const v: val = slots_get(items, low);
    slots_set(items, low, slots_get(items, high));
    slots_set(items, high, v);
    low = low + 1;
    high = high - 1;
  }
}

/** Inserts the elements from `start` on into the sorted [low, start). */
function insert_all(items: ref, low: i32, start: i32, high: i32, comparator: val): void {
  for (let next: i32 = start; next < high; next++) {
    const v: val = slots_get(items, next);
    let left: i32 = low;
    let right: i32 = next;
    while (left < right) {
      const middle: i32 = left + ((right - left) >> 1);
      if (precedes(v, slots_get(items, middle), comparator)) right = middle;
      else left = middle + 1;
    }
    move_slots(items, left + 1, items, left, next - left);
    slots_set(items, left, v);
  }
}

function move_slots(to: ref, toIndex: i32, from: ref, fromIndex: i32, count: i32): void {
  copyBytes(elementAddress(to, toIndex << 3, SLOTS.data), elementAddress(from, fromIndex << 3, SLOTS.data), count << 3);
}

/** Merges sorted runs of `run` elements, twice as long each time, through a second list. */
function merge_runs(items: ref, count: i32, run: i32, comparator: val): void {
  const spare: ref = alloc_slots(count);
  let from: ref = items;
  let to: ref = spare;
  for (let width: i32 = run; width < count; width = width * 2) {
    charge(count);
    for (let low: i32 = 0; low < count; low = low + width * 2) {
      const middle: i32 = low + width < count ? low + width : count;
      const high: i32 = middle + width < count ? middle + width : count;
      merge_two(to, from, low, middle, high, comparator);
    }
    const swap: ref = from;
    from = to;
    to = swap;
  }
  if (from !== items) move_slots(items, 0, from, 0, count);
}

function merge_two(to: ref, from: ref, low: i32, middle: i32, high: i32, comparator: val): void {
  let left: i32 = low;
  let right: i32 = middle;
  let at: i32 = low;
  while (left < middle && right < high) {
    const takesRight: bool = precedes(slots_get(from, right), slots_get(from, left), comparator);
    slots_set(to, at, slots_get(from, takesRight ? right : left));
    if (takesRight) right = right + 1;
    else left = left + 1;
    at = at + 1;
  }
  move_slots(to, at, from, left, middle - left);
  move_slots(to, at + (middle - left), from, right, high - right);
}
