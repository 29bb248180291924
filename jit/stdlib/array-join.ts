/**
 * `join`, and with it the text of arrays. A ring is cut as V8 cuts it: an array that is being joined is empty within itself.
 */
import { KIND, NULL, ROOT, SLOTS, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_raw, array_truncate } from './arrays.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array, alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxObject, boxString, caught, load32, str, toF64, toI32, unboxRef, type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { kind_of, root_get, root_set } from './kinds.js';
import { to_string } from './operators.js';
import { MAX_STRING_LENGTH, copy_string, string_is_wide, string_length, string_new_one, string_new_two } from './strings.js';

export function Array_join(self: ref, separator: val): str {
  return array_join(self, separator === UNDEFINED ? str(',') : to_string(separator));
}

export function Array_toString(self: ref): str {
  return array_join(self, str(','));
}

/** The texts of the elements with `separator` between; undefined, null and holes are empty. */
export function array_join(a: ref, separator: str): str {
  const open: ref = joining();
  const depth: i32 = array_length(open);
  for (let i: i32 = 0; i < depth; i++) {
    if (array_raw(open, i) === boxObject(a)) return str('');
  }
  array_push(open, boxObject(a));
  let texts: ref = 0;
  try {
    texts = element_texts(a);
  } catch (error) {
    const thrown: val = caught(error);
    array_truncate(open, depth);
    throw thrown;
  }
  array_truncate(open, depth);
  return texts === 0 ? str('') : joined_texts(texts, separator);
}

/** The arrays that are being joined, outermost first. */
function joining(): ref {
  const known: val = root_get(ROOT.joining);
  if (known !== UNDEFINED) return unboxRef(known);
  const made: ref = alloc_array(4);
  root_set(ROOT.joining, boxObject(made));
  return made;
}

/** The text of every element, or 0 when there is none. */
function element_texts(a: ref): ref {
  const count: i32 = array_length(a);
  if (count === 0) return 0;
  charge(count);
  const texts: ref = alloc_slots(count);
  for (let i: i32 = 0; i < count; i++) {
    const v: val = array_get(a, i);
    slots_set(texts, i, boxString(element_text(v)));
  }
  return texts;
}

function element_text(v: val): str {
  if (v === UNDEFINED || v === NULL) return str('');
  // Straight to the nested array: conversion in general would take more of the native stack.
  return kind_of(v) === KIND.array ? array_join(unboxRef(v), str(',')) : to_string(v);
}

/** One flat string of all texts. */
function joined_texts(texts: ref, separator: str): str {
  const count: i32 = load32(texts, SLOTS.length);
  if (count === 1) return unboxRef(slots_get(texts, 0));
  let total: f64 = toF64(string_length(separator)) * toF64(count - 1);
  let wide: bool = string_is_wide(separator);
  for (let i: i32 = 0; i < count; i++) {
    const text: str = unboxRef(slots_get(texts, i));
    total = total + toF64(string_length(text));
    if (string_is_wide(text)) wide = true;
  }
  if (total > toF64(MAX_STRING_LENGTH)) throw range_error(str('Invalid string length'));
  const length: i32 = toI32(total);
  charge(length >> 3);
  if (length === 0) return str('');
  const flat: str = wide ? string_new_two(length) : string_new_one(length);
  let at: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    if (i > 0) at = at + append_text(flat, at, separator);
    at = at + append_text(flat, at, unboxRef(slots_get(texts, i)));
  }
  return flat;
}

/** Copies a text; gives its length. */
function append_text(flat: str, at: i32, text: str): i32 {
  copy_string(flat, at, text);
  return string_length(text);
}
