/**
 * Members of classes: methods, getters and setters in static descriptors, searched from the class up its parents.
 */
import { ABSENT, CLASS, KIND, METHOD, OBJECT_HEADER, ROOT, SHAPE, UNDEFINED } from '../abi.js';
import { table_get, table_new, table_set } from './hash-table.js';
import { alloc_closure, alloc_object } from './heap.js';
import { boxF64, boxObject, callClosure, load32, loadRef, toF64, toF64u, unboxRef, type bool, type i32, type ref, type str, type val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { root_get, root_set } from './kinds.js';
import { root_shape } from './shapes.js';

/** Values of METHOD.kind. `shared`: the closure is the one that the function has wherever it is written out. */
export const MEMBER = { method: 0, getter: 1, setter: 2, shared: 3 } as const;

/** Address of the METHOD that an object of this shape has under a name, or 0; a setter only when asked for one. */
export function find_member(shape: ref, name: str, setter: bool): i32 {
  return find_in_class(loadRef(shape, SHAPE.class), name, setter);
}

/** As find_member, from a descriptor on. A class with only one half of an accessor hides the other half of its parents. */
export function find_in_class(first: ref, name: str, setter: bool): i32 {
  let descriptor: ref = first;
  let shadowed: bool = false;
  while (descriptor !== 0) {
    const end: i32 = load32(descriptor, CLASS.methods) + load32(descriptor, CLASS.methodCount) * METHOD.bytes;
    for (let member: i32 = load32(descriptor, CLASS.methods); member < end; member = member + METHOD.bytes) {
      if (!key_equals(loadRef(member, METHOD.name), name)) continue;
      if ((load32(member, METHOD.kind) === MEMBER.setter) === setter) return member;
      shadowed = true;
    }
    if (shadowed) return 0;
    descriptor = loadRef(descriptor, CLASS.parent);
  }
  return 0;
}

/** What reading a member gives: a method as a closure, or a getter's result. ABSENT when the class lacks the name. */
export function member_get(object: val, name: str): val {
  const member: i32 = find_member(loadRef(unboxRef(object), OBJECT_HEADER.shape), name, false);
  return member === 0 ? ABSENT : member_read(member, object);
}

/** What a member gives for a receiver. */
export function member_read(member: i32, self: val): val {
  const closure: val = member_closure(member);
  if (load32(member, METHOD.kind) !== MEMBER.getter) return closure;
  return callClosure(load32(member, METHOD.func), unboxRef(closure), self, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** Whether a METHOD (or 0) is a getter. */
export function member_is_getter(member: i32): bool {
  return member !== 0 && load32(member, METHOD.kind) === MEMBER.getter;
}

/** Calls a setter. */
export function member_set(object: val, member: i32, v: val): void {
  callClosure(load32(member, METHOD.func), unboxRef(member_closure(member)), object, 1, v, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** The one closure of a member in this task, so that a method read twice is one function. */
export function member_closure(member: i32): val {
  const own: ref = loadRef(member, METHOD.closure);
  if (own !== 0) return boxObject(own);
  if (load32(member, METHOD.kind) === MEMBER.shared) return function_value(load32(member, METHOD.func), loadRef(member, METHOD.info));
  return interned_function(boxF64(toF64u(member)), load32(member, METHOD.func), loadRef(member, METHOD.info));
}

/** The one closure of a function of the library or the host in this task, by its table index. */
export function function_value(func: i32, info: ref): val {
  return interned_function(boxF64(-1 - toF64(func)), func, info);
}

/** The one object of a class that the library has as a value, like `console`. */
export function namespace_value(descriptor: ref): val {
  const key: val = boxF64(toF64u(descriptor));
  const known: val = table_get(interned_table(), key);
  if (known !== ABSENT) return known;
  const made: val = boxObject(alloc_object(root_shape(KIND.object, descriptor, 0, 0)));
  table_set(interned_table(), key, made);
  return made;
}

/** Keys are addresses of members and of descriptors, and negative numbers for functions that are no members. */
export function interned_table(): ref {
  if (root_get(ROOT.interned) === UNDEFINED) root_set(ROOT.interned, boxObject(table_new(KIND.map)));
  return unboxRef(root_get(ROOT.interned));
}

export function interned_function(key: val, func: i32, info: ref): val {
  const table: ref = interned_table();
  const known: val = table_get(table, key);
  if (known !== ABSENT) return known;
  const made: val = boxObject(alloc_closure(func, info, 0));
  table_set(table, key, made);
  return made;
}
