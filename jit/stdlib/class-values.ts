/**
 * Classes as values: closures whose first captures are the object that holds the static properties, and the address of
 * the class's descriptor (as a number: a descriptor is no heap object). CLASS_CLOSURE says where.
 */
import { ABSENT, CLASS_CLOSURE, CLOSURE, KIND, OBJECT_HEADER, ROOT, SHAPE, UNDEFINED } from '../abi.js';
import { is_class } from './function-fields.js';
import { table_get, table_new, table_set } from './hash-table.js';
import {
  addressOf, boxF64, boxObject, f64ToI64, isObject, loadRef, loadVal, refAt, toF64u, unboxF64, unboxRef, wrap,
  type bool, type ref, type val,
} from './intrinsics.js';
import { kind_at, root_get, root_set } from './kinds.js';

export function is_class_value(v: val): bool {
  return isObject(v) && kind_at(unboxRef(v)) === KIND.closure && is_class(unboxRef(v));
}

/** The object with a class's static properties, whose own class has the static methods. */
export function class_statics(closure: ref): val {
  return loadVal(closure, CLOSURE.captures + CLASS_CLOSURE.statics * 8);
}

export function class_descriptor(closure: ref): ref {
  return refAt(wrap(f64ToI64(unboxF64(loadVal(closure, CLOSURE.captures + CLASS_CLOSURE.descriptor * 8)))));
}

/** Address of a descriptor as a class keeps it. */
export function descriptor_value(descriptor: ref): val {
  return boxF64(toF64u(addressOf(descriptor)));
}

/** Notes the class of a descriptor, for `constructor` and for static properties that are inherited. */
export function class_register(closure: ref, descriptor: ref): void {
  table_set(class_table(), descriptor_value(descriptor), boxObject(closure));
}

/** The class of a descriptor; ABSENT for those of the library. */
export function class_of_descriptor(descriptor: ref): val {
  return table_get(class_table(), descriptor_value(descriptor));
}

/** The class whose `new` made an instance. */
export function class_of_instance(v: val): val {
  const found: val = class_of_descriptor(loadRef(loadRef(unboxRef(v), OBJECT_HEADER.shape), SHAPE.class));
  return found === ABSENT ? UNDEFINED : found;
}

/** Classes by the address of their descriptor, and what descriptors made at run time hold. */
export function class_table(): ref {
  if (root_get(ROOT.classes) === UNDEFINED) root_set(ROOT.classes, boxObject(table_new(KIND.map)));
  return unboxRef(root_get(ROOT.classes));
}
