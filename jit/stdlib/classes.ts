/**
 * What evaluating a class, `new` and `super` do at run time.
 *
 * Descriptors lie in static data. Only where a class's members capture variables, or its parent is known at run time
 * alone, each evaluation makes a descriptor of its own, which lives as long as the task.
 */
import { ABSENT, BLOB, CLASS, CLASS_FLAGS, CLOSURE, CONSTRUCT, KIND, METHOD, OBJECT, OBJECT_HEADER, SHAPE, UNDEFINED } from '../abi.js';
import { construct_with_list } from './call-list.js';
import { static_lookup } from './class-statics.js';
import { class_descriptor, class_table, is_class_value } from './class-values.js';
import { call_one } from './calls.js';
import { describe_value } from './describe.js';
import { type_error } from './errors.js';
import { field_set } from './fields.js';
import { table_set } from './hash-table.js';
import { alloc_blob, alloc_object } from './heap.js';
import {
  addressOf, boxF64, boxObject, boxString, callClosure, copyBytes, elementAddress, isObject, load32, loadRef, store32, storeRef, storeVal, str, toF64u, unboxRef,
  type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { has_fields, kind_of } from './kinds.js';
import { find_in_class, member_read } from './methods.js';
import { to_boolean } from './operators.js';
import { flag_of_name, root_shape } from './shapes.js';
import { string_flatten } from './string-flatten.js';
import { string_concat } from './strings.js';

// Instances -----------------------------------------------------------------------------------------------------------

/** An instance of a class before its constructor ran. */
export function instance_new(descriptor: ref): ref {
  const known: ref = loadRef(descriptor, CLASS.shape);
  const flags: i32 = load32(descriptor, CLASS.flags);
  if (known === 0) {
    const kind: i32 = (flags & CLASS_FLAGS.error) !== 0 ? KIND.error : KIND.object;
    return alloc_object(root_shape(kind, descriptor, flags >> CLASS_FLAGS.capacity, (flags >> CLASS_FLAGS.shapeFlags) & CLASS_FLAGS.shapeFlagsMask));
  }
  const object: ref = alloc_object(known);
  const count: i32 = load32(known, SHAPE.inlineCapacity);
  for (let i: i32 = 0; i < count; i++) storeVal(elementAddress(object, i << 3, OBJECT.slots), 0, ABSENT);
  return object;
}

/** `new callee(…)`; `name` is the callee as it stands in the source. */
export function construct(callee: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref, name: str): val {
  if (!is_class_value(callee)) throw type_error(string_concat(name, str(' is not a constructor')));
  const closure: ref = unboxRef(callee);
  const self: val = boxObject(instance_new(class_descriptor(closure)));
  callClosure(load32(closure, CLOSURE.func), closure, self, argc | CONSTRUCT, a0, a1, a2, a3, rest);
  return self;
}

/** As construct, with the arguments in an array. */
export function construct_list(callee: val, list: ref, name: str): val {
  if (!is_class_value(callee)) throw type_error(string_concat(name, str(' is not a constructor')));
  const self: val = boxObject(instance_new(class_descriptor(unboxRef(callee))));
  construct_with_list(unboxRef(callee), self, list);
  return self;
}

/** `super(…)` where the parent is known at run time alone. */
export function super_construct(parent: val, self: val, list: ref): void {
  construct_with_list(unboxRef(parent), self, list);
}

/** The number of arguments at the entry of a class; a call without `new` throws. */
export function construct_count(argc: i32, name: str): i32 {
  if ((argc & CONSTRUCT) !== 0) return argc & ~CONSTRUCT;
  throw type_error(string_concat(string_concat(str('Class constructor '), name), str(" cannot be invoked without 'new'")));
}

/** `v instanceof C`, C by its descriptor. */
export function is_instance(v: val, descriptor: ref): bool {
  if (!isObject(v) || !has_fields(kind_of(v))) return false;
  let at: ref = loadRef(loadRef(unboxRef(v), OBJECT_HEADER.shape), SHAPE.class);
  while (at !== 0) {
    if (at === descriptor) return true;
    at = loadRef(at, CLASS.parent);
  }
  return false;
}

/** `v instanceof c` for any value c. */
export function instance_of(v: val, c: val): bool {
  if (is_class_value(c)) {
    const own: val = static_lookup(c, str('\0@@Symbol.hasInstance'), c);
    if (own !== ABSENT) return to_boolean(call_one(own, c, v));
    return is_instance(v, class_descriptor(unboxRef(c)));
  }
  if (!isObject(c)) throw type_error(str("Right-hand side of 'instanceof' is not an object"));
  if (kind_of(c) !== KIND.closure) throw type_error(str("Right-hand side of 'instanceof' is not callable"));
  return false;
}

/** `super.name` in members of instances: `parent` is a descriptor. */
export function super_get(parent: ref, name: str, self: val): val {
  const member: i32 = find_in_class(parent, name, false);
  return member === 0 ? UNDEFINED : member_read(member, self);
}

/** `super.name` in static members: `parent` is a class. */
export function super_static_get(parent: val, name: str, self: val): val {
  const found: val = static_lookup(parent, name, self);
  return found === ABSENT ? UNDEFINED : found;
}

/** Adds a field to a new instance, whatever setters its class has; or to a class, if that is what is given. */
export function field_define(o: val, name: str, v: val): void {
  field_set(unboxRef(o), name, v);
}

// Evaluation ----------------------------------------------------------------------------------------------------------

/** Descriptor of the class that another extends. */
export function class_parent(v: val): ref {
  if (is_class_value(v)) return class_descriptor(unboxRef(v));
  throw type_error(string_concat(string_concat(str('Class extends value '), describe_value(v)), str(' is not a constructor or null')));
}

/** The object for static properties. */
export function class_statics_new(descriptor: ref): val {
  return boxObject(alloc_object(root_shape(KIND.object, loadRef(descriptor, CLASS.statics), 4, 0)));
}

/** A descriptor for one evaluation of a class; `parent` is a descriptor or 0. Its members have no closures yet. */
export function class_make(template: ref, parent: ref): ref {
  const made: ref = descriptor_copy(template);
  const inherited: i32 = parent === 0 ? 0 : load32(parent, CLASS.flags) & ~CLASS_FLAGS.library;
  const capacity: i32 = (inherited >> CLASS_FLAGS.capacity) << CLASS_FLAGS.capacity;
  storeRef(made, CLASS.parent, parent);
  store32(made, CLASS.flags, (load32(made, CLASS.flags) + capacity) | (inherited & 0xffff));
  storeRef(made, CLASS.shape, 0);
  storeRef(made, CLASS.statics, descriptor_copy(loadRef(template, CLASS.statics)));
  return made;
}

function descriptor_copy(template: ref): ref {
  const methods: i32 = load32(template, CLASS.methodCount) * METHOD.bytes;
  const made: ref = alloc_blob(CLASS.bytes - BLOB.data + methods);
  copyBytes(elementAddress(made, 0, BLOB.data), elementAddress(template, 0, BLOB.data), CLASS.bytes - BLOB.data);
  if (methods > 0) copyBytes(elementAddress(made, 0, CLASS.bytes), load32(template, CLASS.methods), methods);
  store32(made, CLASS.methods, elementAddress(made, 0, CLASS.bytes));
  class_keep(addressOf(made) + 1, boxObject(made));
  return made;
}

/** Gives a member its function. */
export function class_set_member(descriptor: ref, index: i32, closure: val): void {
  const member: i32 = load32(descriptor, CLASS.methods) + index * METHOD.bytes;
  storeRef(member, METHOD.closure, unboxRef(closure));
  class_keep(member, closure);
}

/** Gives a member the name that was computed for it. */
export function class_name_member(descriptor: ref, index: i32, name: str): void {
  const member: i32 = load32(descriptor, CLASS.methods) + index * METHOD.bytes;
  const flat: str = string_flatten(name);
  storeRef(member, METHOD.name, flat);
  class_keep(member + 1, boxString(flat));
  store32(descriptor, CLASS.flags, load32(descriptor, CLASS.flags) | (flag_of_name(flat) << CLASS_FLAGS.shapeFlags));
}

/** Pointers in descriptors are not traced: what they point to is held by the table of classes, under keys of no descriptor. */
function class_keep(address: i32, v: val): void {
  table_set(class_table(), boxF64(toF64u(address)), v);
}
