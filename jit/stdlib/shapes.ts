/**
 * Shapes made at run time: the tree of transitions from a root shape by adding one name at a time.
 *
 * Root shapes differ by kind, class and inline capacity; the child of a static shape is a shape of this task. All shapes
 * made here stand in one open-addressing table per task, ROOT.transitions: a SLOTS object, slot 0 their count, then a
 * power of two of places. A child is found by its parent and its last key, a root by what makes it differ.
 *
 *   keys of   {a}   {a, b}   {a, b, c}   lie in one BLOB   | a | b | c | - |   while each is the first child
 *
 * S5: an object's inline capacity never changes, so a child has its parent's. S6: keys of shapes are flat strings.
 */
import { BLOB, KIND, ROOT, SHAPE, SHAPE_BITS, SHAPE_FLAGS, SLOTS, STRING, UNDEFINED, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { alloc, alloc_blob, alloc_slots, slots_fill, slots_get, slots_set } from './heap.js';
import {
  addressOf, boxF64, boxObject, copyBytes, imul, load32, loadRef, refAt, store32, storeRef, str, toF64, toI32, unboxF64, unboxRef,
  type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { is_symbol_name, key_equals } from './keys.js';
import { root_get, root_set } from './kinds.js';
import { LOOKUP_MISS, lookup_get, lookup_put } from './lookups.js';
import { string_flatten } from './string-flatten.js';
import { string_hash } from './string-hash.js';
import { string_length } from './strings.js';

/** Shapes of up to so many keys are searched by pointer before anything else. */
const FEW_KEYS = 8;

/** The slot of a name among the keys of a shape, or -1. */
export function shape_find(shape: ref, name: str): i32 {
  const count: i32 = load32(shape, SHAPE.keyCount);
  if (count === 0) return -1;
  if (count <= FEW_KEYS) {
    const slot: i32 = find_pointer(shape, name, count);
    if (slot >= 0) return slot;
  }
  const known: i32 = lookup_get(shape, name);
  if (known !== LOOKUP_MISS) return known;
  const found: i32 = find_text(shape, name, count);
  lookup_put(shape, name, found);
  return found;
}

function find_pointer(shape: ref, name: str, count: i32): i32 {
  const keys: i32 = load32(shape, SHAPE.keys);
  for (let i: i32 = 0; i < count; i++) {
    if (load32(keys + i * 4, 0) === addressOf(name)) return i;
  }
  return -1;
}

/** Keys are flat, so their hash stands in them as soon as it was computed. */
function find_text(shape: ref, name: str, count: i32): i32 {
  const keys: i32 = load32(shape, SHAPE.keys);
  const hash: i32 = string_hash(name);
  for (let i: i32 = 0; i < count; i++) {
    const key: str = loadRef(keys + i * 4, 0);
    const keyHash: i32 = load32(key, STRING.hash);
    if ((keyHash === hash || keyHash === 0) && key_equals(key, name)) return i;
  }
  return -1;
}

/** The name of slot `i`. */
export function shape_key(shape: ref, i: i32): str {
  return loadRef(load32(shape, SHAPE.keys) + i * 4, 0);
}

/** The shape of an object without properties. `flags` are those that its class brings. */
export function root_shape(kind: i32, descriptor: ref, inlineCapacity: i32, flags: i32): ref {
  const hash: i32 = root_hash(kind, descriptor, inlineCapacity);
  const table: ref = transition_table();
  let place: i32 = first_place(table, hash);
  let entry: val = slots_get(table, place);
  while (entry !== UNDEFINED) {
    const known: ref = unboxRef(entry);
    if (is_root(known, kind, descriptor, inlineCapacity)) return known;
    place = next_place(table, place);
    entry = slots_get(table, place);
  }
  return register_shape(new_shape(kind, descriptor, inlineCapacity, flags));
}

/** The shape that an object of `parent` gets with one more property. */
export function shape_child(parent: ref, name: str): ref {
  const hash: i32 = child_hash(parent, name);
  const table: ref = transition_table();
  let place: i32 = first_place(table, hash);
  let entry: val = slots_get(table, place);
  while (entry !== UNDEFINED) {
    const known: ref = unboxRef(entry);
    if (loadRef(known, SHAPE.parent) === parent && key_equals(last_key(known), name)) return known;
    place = next_place(table, place);
    entry = slots_get(table, place);
  }
  return register_shape(extended_shape(parent, string_flatten(name)));
}

/** The SHAPE_FLAGS or SHAPE_BITS bit of a name, or 0. */
export function flag_of_name(name: str): i32 {
  const length: i32 = string_length(name);
  if (length === 4 && key_equals(name, str('then'))) return SHAPE_FLAGS.then;
  if (length === 6 && key_equals(name, str('toJSON'))) return SHAPE_FLAGS.toJSON;
  if (length === 7 && key_equals(name, str('valueOf'))) return SHAPE_FLAGS.valueOf;
  if (length === 8 && key_equals(name, str('toString'))) return SHAPE_FLAGS.toString;
  if (is_symbol_name(name) && key_equals(name, str('\0@@Symbol.toPrimitive'))) return SHAPE_BITS.toPrimitive;
  return 0;
}

/** A shape of an object's own, outside the table: for dictionaries, which change its flags in place. */
export function new_shape(kind: i32, descriptor: ref, inlineCapacity: i32, flags: i32): ref {
  const shape: ref = alloc(SHAPE.bytes, refAt(kindShape(KIND.shape)));
  store32(shape, SHAPE.kind, kind);
  store32(shape, SHAPE.flags, flags);
  store32(shape, SHAPE.inlineCapacity, inlineCapacity);
  storeRef(shape, SHAPE.class, descriptor);
  return shape;
}

// Inside --------------------------------------------------------------------------------------------------------------

function is_root(shape: ref, kind: i32, descriptor: ref, inlineCapacity: i32): bool {
  if (load32(shape, SHAPE.keyCount) !== 0 || load32(shape, SHAPE.kind) !== kind) return false;
  return loadRef(shape, SHAPE.class) === descriptor && load32(shape, SHAPE.inlineCapacity) === inlineCapacity;
}

/** The name that made this child of its parent. */
function last_key(shape: ref): str {
  return shape_key(shape, load32(shape, SHAPE.keyCount) - 1);
}

function extended_shape(parent: ref, name: str): ref {
  const count: i32 = load32(parent, SHAPE.keyCount);
  const shape: ref = new_shape(
    load32(parent, SHAPE.kind),
    loadRef(parent, SHAPE.class),
    load32(parent, SHAPE.inlineCapacity),
    load32(parent, SHAPE.flags) | flag_of_name(name),
  );
  let keys: i32 = load32(parent, SHAPE.keys);
  let capacity: i32 = load32(parent, SHAPE.keyCapacity);
  if (count >= capacity || load32(keys + count * 4, 0) !== 0) {
    capacity = count < 4 ? 4 : count * 2;
    const blob: ref = alloc_blob(capacity * 4);
    const fresh: i32 = addressOf(blob) + BLOB.data;
    copyBytes(fresh, keys, count * 4);
    keys = fresh;
  }
  storeRef(keys + count * 4, 0, name);
  store32(shape, SHAPE.keyCount, count + 1);
  store32(shape, SHAPE.keys, keys);
  store32(shape, SHAPE.keyCapacity, capacity);
  storeRef(shape, SHAPE.parent, parent);
  return shape;
}

// The table -----------------------------------------------------------------------------------------------------------

function transition_table(): ref {
  const known: val = root_get(ROOT.transitions);
  if (known !== UNDEFINED) return unboxRef(known);
  return new_transition_table(16);
}

function new_transition_table(places: i32): ref {
  const table: ref = alloc_slots(1 + places);
  slots_fill(table, 1, 1 + places, UNDEFINED);
  slots_set(table, 0, boxF64(0));
  root_set(ROOT.transitions, boxObject(table));
  return table;
}

function first_place(table: ref, hash: i32): i32 {
  return 1 + (hash & (load32(table, SLOTS.length) - 2));
}

function next_place(table: ref, place: i32): i32 {
  return place + 1 === load32(table, SLOTS.length) ? 1 : place + 1;
}

/** Puts a new shape into the table, which stays at most half full. */
function register_shape(shape: ref): ref {
  let table: ref = transition_table();
  const count: i32 = toI32(unboxF64(slots_get(table, 0))) + 1;
  if (count * 2 > load32(table, SLOTS.length)) table = grown_table(table);
  place_shape(table, shape);
  slots_set(table, 0, boxF64(toF64(count)));
  return shape;
}

function grown_table(old: ref): ref {
  const length: i32 = load32(old, SLOTS.length);
  charge(length);
  const table: ref = new_transition_table((length - 1) * 2);
  for (let i: i32 = 1; i < length; i++) {
    const entry: val = slots_get(old, i);
    if (entry !== UNDEFINED) place_shape(table, unboxRef(entry));
  }
  return table;
}

function place_shape(table: ref, shape: ref): void {
  let place: i32 = first_place(table, hash_of_shape(shape));
  while (slots_get(table, place) !== UNDEFINED) place = next_place(table, place);
  slots_set(table, place, boxObject(shape));
}

function hash_of_shape(shape: ref): i32 {
  const parent: ref = loadRef(shape, SHAPE.parent);
  if (parent !== 0) return child_hash(parent, last_key(shape));
  return root_hash(load32(shape, SHAPE.kind), loadRef(shape, SHAPE.class), load32(shape, SHAPE.inlineCapacity));
}

function child_hash(parent: ref, name: str): i32 {
  return mixed_words(addressOf(parent), string_hash(name));
}

function root_hash(kind: i32, descriptor: ref, inlineCapacity: i32): i32 {
  return mixed_words(addressOf(descriptor), imul(kind, 4099) ^ inlineCapacity);
}

function mixed_words(a: i32, b: i32): i32 {
  const mixed: i32 = imul(imul(a, -1640531527) ^ b, -2048144789);
  return mixed ^ (mixed >> 15);
}
