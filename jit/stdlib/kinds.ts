/**
 * Kinds of values, and the slots of HEADER.roots. Both are read nearly everywhere; they need nothing but the allocator.
 */
import { HEADER, KIND, OBJECT_HEADER, ROOT, SHAPE, TAG, UNDEFINED } from '../abi.js';
import { alloc_slots, slots_fill, slots_get, slots_set } from './heap.js';
import { globals, load32, loadRef, storeRef, tagOf, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';

/** The KIND of a boxed pointer, 0 for every other value. */
export function kind_of(v: val): i32 {
  if (tagOf(v) < TAG.object) return 0;
  return kind_at(unboxRef(v));
}

/** The KIND of an object. */
export function kind_at(object: ref): i32 {
  return load32(loadRef(object, OBJECT_HEADER.shape), SHAPE.kind);
}

/** Kinds whose named properties are in slots by shape, or in a dictionary. */
export function has_fields(kind: i32): bool {
  return kind === KIND.object || kind === KIND.dictionary || kind === KIND.error;
}

/** Slot `i` (a ROOT constant) of the task's tables; undefined until set. */
export function root_get(i: i32): val {
  return slots_get(root_slots(), i);
}

export function root_set(i: i32, v: val): void {
  slots_set(root_slots(), i, v);
}

function root_slots(): ref {
  const known: ref = loadRef(globals.header, HEADER.roots);
  if (known !== 0) return known;
  const made: ref = alloc_slots(ROOT.count);
  slots_fill(made, 0, ROOT.count, UNDEFINED);
  storeRef(globals.header, HEADER.roots, made);
  return made;
}
