/**
 * Own properties that are more than a value: accessors, and properties that are not writable, enumerable and configurable.
 * Their slot holds a PROPERTY; the shape of the object says that it has such slots (SHAPE_BITS.special).
 *
 * D1: what is read from a slot of an object so marked passes property_read before a program sees it.
 */
import { CLOSURE, KIND, OBJECT_HEADER, PROPERTY, PROPERTY_FLAGS, SHAPE, SHAPE_BITS, UNDEFINED, kindShape } from '../abi.js';
import { fields_mark, field_set } from './fields.js';
import { alloc } from './heap.js';
import {
  boxObject, callClosure, isObject, load32, loadRef, loadVal, refAt, store32, storeVal, unboxRef, type bool, type i32, type ref, type str, type val,
} from './intrinsics.js';
import { kind_at } from './kinds.js';

/** Whether some slot of an object with fields holds a PROPERTY. */
export function has_special(object: ref): bool {
  return (load32(loadRef(object, OBJECT_HEADER.shape), SHAPE.flags) & SHAPE_BITS.special) !== 0;
}

/** The PROPERTY that a slot holds, or 0. */
export function property_in(slot: val): ref {
  return isObject(slot) && kind_at(unboxRef(slot)) === KIND.property ? unboxRef(slot) : 0;
}

export function property_flags(property: ref): i32 {
  return load32(property, PROPERTY.flags);
}

export function is_accessor(property: ref): bool {
  return (property_flags(property) & PROPERTY_FLAGS.accessor) !== 0;
}

export function is_enumerable(slot: val): bool {
  const property: ref = property_in(slot);
  return property === 0 || (property_flags(property) & PROPERTY_FLAGS.enumerable) !== 0;
}

export function property_new(flags: i32, getter: val, setter: val): ref {
  const property: ref = alloc(PROPERTY.bytes, refAt(kindShape(KIND.property)));
  store32(property, PROPERTY.flags, flags);
  storeVal(property, PROPERTY.getter, getter);
  storeVal(property, PROPERTY.setter, setter);
  return property;
}

/** What reading a slot gives. */
export function property_read(slot: val, self: val): val {
  const property: ref = property_in(slot);
  if (property === 0) return slot;
  const getter: val = loadVal(property, PROPERTY.getter);
  if (!is_accessor(property) || getter === UNDEFINED) return getter;
  return callClosure(load32(unboxRef(getter), CLOSURE.func), unboxRef(getter), self, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** Calls the setter of an accessor that has one. */
export function property_call_setter(property: ref, self: val, v: val): void {
  const setter: ref = unboxRef(loadVal(property, PROPERTY.setter));
  callClosure(load32(setter, CLOSURE.func), setter, self, 1, v, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** Puts a PROPERTY into the slot of a name, which is added at the end when it is missing. */
export function property_put(object: ref, name: str, property: ref): void {
  fields_mark(object);
  field_set(object, name, boxObject(property));
}
