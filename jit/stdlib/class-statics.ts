/**
 * Static properties of classes: fields on the class's own object, methods and accessors in its descriptor, searched from
 * the class up its parents. `this` in static members is the class that was asked.
 */
import { ABSENT, CLASS, OBJECT_HEADER } from '../abi.js';
import { class_descriptor, class_of_descriptor, class_statics } from './class-values.js';
import { field_get, field_set } from './fields.js';
import { boxObject, loadRef, unboxRef, type bool, type i32, type ref, type str, type val } from './intrinsics.js';
import { find_member, member_is_getter, member_read, member_set } from './methods.js';
import { property_read } from './special-properties.js';

/** A static property, or ABSENT. */
export function static_get(closure: ref, name: str): val {
  return static_lookup(boxObject(closure), name, boxObject(closure));
}

/** A static property from a class on, for another `this`. */
export function static_lookup(first: val, name: str, self: val): val {
  let at: val = first;
  while (at !== ABSENT) {
    const statics: val = class_statics(unboxRef(at));
    const own: val = field_get(unboxRef(statics), name);
    if (own !== ABSENT) return property_read(own, self);
    const member: i32 = find_member(loadRef(unboxRef(statics), OBJECT_HEADER.shape), name, false);
    if (member !== 0) return member_read(member, self);
    at = parent_class(unboxRef(at));
  }
  return ABSENT;
}

/** Sets a static property: by a setter of the class or a parent, else as a field of its own. False: it has only a getter. */
export function static_set(closure: ref, name: str, v: val): bool {
  let at: val = boxObject(closure);
  while (at !== ABSENT) {
    const statics: val = class_statics(unboxRef(at));
    if (field_get(unboxRef(statics), name) !== ABSENT) break;
    const shape: ref = loadRef(unboxRef(statics), OBJECT_HEADER.shape);
    const setter: i32 = find_member(shape, name, true);
    if (setter !== 0) {
      member_set(boxObject(closure), setter, v);
      return true;
    }
    if (member_is_getter(find_member(shape, name, false))) return false;
    at = parent_class(unboxRef(at));
  }
  field_set(unboxRef(class_statics(closure)), name, v);
  return true;
}

/** The class that a class extends, if it is one of the program; else ABSENT. */
export function parent_class(closure: ref): val {
  const parent: ref = loadRef(class_descriptor(closure), CLASS.parent);
  return parent === 0 ? ABSENT : class_of_descriptor(parent);
}
