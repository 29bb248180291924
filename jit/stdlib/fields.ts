/**
 * Own named properties of objects with fields (kinds object, error, dictionary): slots by shape, or entries of a table.
 * No checks of frozenness, no classes, no setters: that is properties.ts.
 *
 *   slot i of the shape's keys:  i < inlineCapacity ? object.slots[i] : overflow.data[i - inlineCapacity]
 *
 * F1: an object whose property was deleted, or that got more than MAX_LATE_KEYS in its overflow, is a dictionary from
 * then on; so is an instance of a class whose fields are not set in the order of its shape. Deletion would otherwise leave a place that a property added again must not take. Errors stay shaped.
 */
import { ABSENT, KIND, OBJECT, OBJECT_HEADER, SHAPE, SHAPE_BITS, SLOTS, UNDEFINED, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { table_add, table_delete, table_find, table_get, table_new, table_set_value } from './hash-table.js';
import { alloc, alloc_slots } from './heap.js';
import {
  addressOf, boxString, copyBytes, elementAddress, load32, loadRef, loadVal, refAt, store32, storeRef, storeVal, type bool, type i32, type ref, type str, type val,
} from './intrinsics.js';
import { flag_of_name, new_shape, root_shape, shape_child, shape_find, shape_key } from './shapes.js';
import { string_flatten } from './string-flatten.js';

/** Properties beyond the inline slots before an object becomes a dictionary. */
const MAX_LATE_KEYS = 64;

/** The own property `name`, or ABSENT. */
export function field_get(object: ref, name: str): val {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (load32(shape, SHAPE.kind) === KIND.dictionary) return table_get(loadRef(object, OBJECT.overflow), boxString(name));
  const slot: i32 = shape_find(shape, name);
  return slot < 0 ? ABSENT : field_at(object, shape, slot);
}

/** The value in a slot, ABSENT when the property is missing. */
export function field_at(object: ref, shape: ref, slot: i32): val {
  const inline: i32 = load32(shape, SHAPE.inlineCapacity);
  if (slot < inline) return loadVal(elementAddress(object, slot << 3, OBJECT.slots), 0);
  return loadVal(elementAddress(loadRef(object, OBJECT.overflow), (slot - inline) << 3, SLOTS.data), 0);
}

/** Writes the own property `name` if it exists; whether it does. */
export function field_replace(object: ref, name: str, v: val): bool {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (load32(shape, SHAPE.kind) === KIND.dictionary) {
    const table: ref = loadRef(object, OBJECT.overflow);
    const entry: i32 = table_find(table, boxString(name));
    if (entry >= 0) table_set_value(table, entry, v);
    return entry >= 0;
  }
  const slot: i32 = shape_find(shape, name);
  if (slot < 0 || field_at(object, shape, slot) === ABSENT) return false;
  field_put(object, shape, slot, v);
  return true;
}

/** Adds the own property `name`, which is missing. */
export function field_append(object: ref, name: str, v: val): void {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (load32(shape, SHAPE.kind) === KIND.dictionary) {
    dictionary_add(object, name, v);
    return;
  }
  const slot: i32 = shape_find(shape, name);
  if (slot < 0) field_add(object, shape, name, v);
  else if (slot > 0 && load32(shape, SHAPE.kind) !== KIND.error && field_at(object, shape, slot - 1) === ABSENT) {
    become_dictionary(object);
    dictionary_add(object, name, v);
  } else field_put(object, shape, slot, v);
}

/** Writes the own property `name`, adding it at the end when it is missing. */
export function field_set(object: ref, name: str, v: val): void {
  if (!field_replace(object, name, v)) field_append(object, name, v);
}

export function field_put(object: ref, shape: ref, slot: i32, v: val): void {
  const inline: i32 = load32(shape, SHAPE.inlineCapacity);
  if (slot < inline) storeVal(elementAddress(object, slot << 3, OBJECT.slots), 0, v);
  else storeVal(elementAddress(loadRef(object, OBJECT.overflow), (slot - inline) << 3, SLOTS.data), 0, v);
}

/** Adds a property whose name the shape lacks. */
export function field_add(object: ref, shape: ref, name: str, v: val): void {
  const inline: i32 = load32(shape, SHAPE.inlineCapacity);
  const late: i32 = load32(shape, SHAPE.keyCount) - inline;
  if (late >= MAX_LATE_KEYS && load32(shape, SHAPE.kind) !== KIND.error) {
    become_dictionary(object);
    dictionary_add(object, name, v);
    return;
  }
  const child: ref = shape_child(shape, name);
  if (late >= 0) reserve_overflow(object, late + 1);
  storeRef(object, OBJECT_HEADER.shape, child);
  field_put(object, child, load32(shape, SHAPE.keyCount), v);
}

/** Deletes the own property `name`. */
export function field_delete(object: ref, name: str): void {
  const kind: i32 = load32(loadRef(object, OBJECT_HEADER.shape), SHAPE.kind);
  if (kind !== KIND.dictionary && field_get(object, name) === ABSENT) return;
  if (kind === KIND.error) {
    remove_slot(object, name);
    return;
  }
  if (kind !== KIND.dictionary) become_dictionary(object);
  table_delete(loadRef(object, OBJECT.overflow), boxString(name));
}

function reserve_overflow(object: ref, count: i32): void {
  const old: ref = loadRef(object, OBJECT.overflow);
  const capacity: i32 = old === 0 ? 0 : load32(old, SLOTS.length);
  if (count <= capacity) return;
  const grown: ref = alloc_slots(capacity < 4 ? 4 : capacity * 2);
  if (old !== 0) copyBytes(elementAddress(grown, 0, SLOTS.data), elementAddress(old, 0, SLOTS.data), capacity << 3);
  storeRef(object, OBJECT.overflow, grown);
}

/** Moves all properties into a table; the inline slots stay behind, unused. */
function become_dictionary(object: ref): void {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const count: i32 = load32(shape, SHAPE.keyCount);
  const inline: i32 = load32(shape, SHAPE.inlineCapacity);
  charge(count * 2);
  const table: ref = table_new(KIND.map);
  for (let i: i32 = 0; i < count; i++) {
    const v: val = field_at(object, shape, i);
    if (v !== ABSENT) table_add(table, boxString(shape_key(shape, i)), v);
  }
  const own: ref = new_shape(KIND.dictionary, loadRef(shape, SHAPE.class), inline, load32(shape, SHAPE.flags));
  storeRef(object, OBJECT_HEADER.shape, own);
  storeRef(object, OBJECT.overflow, table);
  for (let i: i32 = 0; i < inline; i++) storeVal(elementAddress(object, i << 3, OBJECT.slots), 0, UNDEFINED);
}

function dictionary_add(object: ref, name: str, v: val): void {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const flag: i32 = flag_of_name(name);
  if (flag !== 0) store32(shape, SHAPE.flags, load32(shape, SHAPE.flags) | flag);
  table_add(loadRef(object, OBJECT.overflow), boxString(string_flatten(name)), v);
}

/** Rebuilds a shaped object without one property. */
function remove_slot(object: ref, name: str): void {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const count: i32 = load32(shape, SHAPE.keyCount);
  const gone: i32 = shape_find(shape, name);
  let to: ref = root_shape(load32(shape, SHAPE.kind), loadRef(shape, SHAPE.class), load32(shape, SHAPE.inlineCapacity), load32(shape, SHAPE.flags));
  for (let i: i32 = 0; i < count; i++) {
    if (i !== gone) to = shape_child(to, shape_key(shape, i));
  }
  for (let i: i32 = gone; i < count - 1; i++) field_put(object, shape, i, field_at(object, shape, i + 1));
  storeRef(object, OBJECT_HEADER.shape, to);
  if ((load32(shape, SHAPE.flags) & SHAPE_BITS.special) !== 0) fields_mark(object);
}

/** Marks an object as one whose slots may hold a PROPERTY, by a shape of its own: F1 makes most of them dictionaries. */
export function fields_mark(object: ref): void {
  const known: ref = loadRef(object, OBJECT_HEADER.shape);
  if ((load32(known, SHAPE.flags) & SHAPE_BITS.special) !== 0) return;
  if (load32(known, SHAPE.kind) === KIND.object) become_dictionary(object);
  if (load32(known, SHAPE.kind) === KIND.error) {
    const own: ref = alloc(SHAPE.bytes, refAt(kindShape(KIND.shape)));
    copyBytes(addressOf(own) + SHAPE.kind, addressOf(known) + SHAPE.kind, SHAPE.bytes - SHAPE.kind);
    storeRef(object, OBJECT_HEADER.shape, own);
  }
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  store32(shape, SHAPE.flags, load32(shape, SHAPE.flags) | SHAPE_BITS.special);
}
