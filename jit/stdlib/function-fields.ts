/**
 * Own properties of functions: `debounced.cancel = …`.
 *
 * A function has none at first and the shape that all closures share. The first property gives it a shape of its own,
 * whose `parent` is an object that holds the properties. A class keeps its static properties in such an object from the start.
 */
import { CLASS_CLOSURE, CLOSURE, FUNCTION_FLAGS, FUNCTION_INFO, KIND, OBJECT_HEADER, SHAPE, kindShape } from '../abi.js';
import { alloc_object } from './heap.js';
import { addressOf, load32, loadRef, loadVal, store32, storeRef, unboxRef, type bool, type ref } from './intrinsics.js';
import { flag_of_name, new_shape, root_shape } from './shapes.js';
import { field_set } from './fields.js';
import type { str, val } from './intrinsics.js';

/** Whether a closure is a class. */
export function is_class(closure: ref): bool {
  return (load32(loadRef(closure, CLOSURE.info), FUNCTION_INFO.flags) & FUNCTION_FLAGS.class) !== 0;
}

/** The object with the own properties of a function, or 0. */
export function function_fields(closure: ref): ref {
  if (is_class(closure)) return unboxRef(loadVal(closure, CLOSURE.captures + CLASS_CLOSURE.statics * 8));
  const shape: ref = loadRef(closure, OBJECT_HEADER.shape);
  return addressOf(shape) === kindShape(KIND.closure) ? 0 : loadRef(shape, SHAPE.parent);
}

/** Sets an own property of a function that is no class. */
export function function_field_set(closure: ref, name: str, v: val): void {
  let fields: ref = function_fields(closure);
  if (fields === 0) {
    fields = alloc_object(root_shape(KIND.object, 0, 2, 0));
    const shape: ref = new_shape(KIND.closure, 0, 0, 0);
    storeRef(shape, SHAPE.parent, fields);
    storeRef(closure, OBJECT_HEADER.shape, shape);
  }
  field_set(fields, name, v);
  const shape: ref = loadRef(closure, OBJECT_HEADER.shape);
  store32(shape, SHAPE.flags, load32(shape, SHAPE.flags) | flag_of_name(name));
}
