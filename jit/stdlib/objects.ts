/**
 * The library's `Object`, and plain objects made at run time.
 */
import { KIND, META, NULL, OBJECT_HEADER, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push } from './arrays.js';
import { copy_properties } from './copy.js';
import { describe_value } from './describe.js';
import { get_element, set_element } from './elements.js';
import { type_error } from './errors.js';
import { alloc_array, alloc_object } from './heap.js';
import { boxF64, boxObject, boxString, classOf, isObject, isString, load32, store32, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { array_extend, iterator_close, iterator_next, iterator_open, iterator_value } from './iteration.js';
import { kind_of } from './kinds.js';
import { same_value } from './operators.js';
import { all_names, own_keys } from './own-keys.js';
import { has_own } from './properties.js';
import { root_shape } from './shapes.js';
import { string_concat } from './strings.js';

/** Inline slots of objects whose properties come at run time. */
const NEW_OBJECT_SLOTS = 4;

/** An empty plain object. */
export function object_new(): ref {
  return alloc_object(root_shape(KIND.object, 0, NEW_OBJECT_SLOTS, 0));
}

/** An empty object that inherits nothing: what it prints as is the name of its class. */
export function bare_object_new(): ref {
  return alloc_object(root_shape(KIND.object, classOf('[Object: null prototype]'), NEW_OBJECT_SLOTS, 0));
}

/** An array of two elements, such as an entry of a map. */
export function pair_new(a: val, b: val): ref {
  const pair: ref = alloc_array(2);
  array_push(pair, a);
  array_push(pair, b);
  return pair;
}

export function Object$keys(o: val): ref {
  return own_keys(o);
}

export function Object$values(o: val): ref {
  const keys: ref = own_keys(o);
  const values: ref = alloc_array(array_length(keys));
  for (let i: i32 = 0; i < array_length(keys); i++) array_push(values, get_element(o, array_get(keys, i)));
  return values;
}

export function Object$entries(o: val): ref {
  const keys: ref = own_keys(o);
  const entries: ref = alloc_array(array_length(keys));
  for (let i: i32 = 0; i < array_length(keys); i++) {
    const key: val = array_get(keys, i);
    array_push(entries, boxObject(pair_new(key, get_element(o, key))));
  }
  return entries;
}

export function Object$fromEntries(iterable: val): ref {
  const made: ref = object_new();
  if (iterable === UNDEFINED || iterable === NULL) throw type_error(string_concat(describe_value(iterable), str(' is not iterable')));
  const it: ref = iterator_open(iterable);
  while (iterator_next(it)) {
    const entry: val = iterator_value(it);
    if (!isObject(entry)) {
      iterator_close(it);
      throw not_an_entry(entry);
    }
    set_element(boxObject(made), get_element(entry, boxF64(0)), get_element(entry, boxF64(1)));
  }
  return made;
}

/** For whoever takes entries from an iterable. */
export function not_an_entry(v: val): val {
  return type_error(string_concat(string_concat(str('Iterator value '), describe_value(v)), str(' is not an entry object')));
}

export function Object$assign(target: val, rest: ref): val {
  if (target === UNDEFINED || target === NULL) throw type_error(str('Cannot convert undefined or null to object'));
  const count: i32 = rest === 0 ? 0 : array_length(rest);
  for (let i: i32 = 0; i < count; i++) copy_properties(target, array_get(rest, i));
  return target;
}

export function Object$is(a: val, b: val): bool {
  return same_value(a, b);
}

export function Object$hasOwn(o: val, key: val): bool {
  if (o === UNDEFINED || o === NULL) throw type_error(str('Cannot convert undefined or null to object'));
  return has_own(o, key);
}

/** Own names, hidden ones too. */
export function Object$getOwnPropertyNames(o: val): ref {
  const kind: i32 = kind_of(o);
  const names: ref = kind === KIND.object || kind === KIND.dictionary ? all_names(unboxRef(o)) : own_keys(o);
  if (kind === KIND.array || isString(o)) array_push(names, boxString(str('length')));
  if (kind !== KIND.error) return names;
  const all: ref = alloc_array(4);
  if (has_own(o, boxString(str('message')))) array_push(all, boxString(str('message')));
  if (has_own(o, boxString(str('cause')))) array_push(all, boxString(str('cause')));
  array_extend(all, boxObject(names));
  return all;
}

/** `Object.create(null)`: other prototypes are refused by the types. */
export function Object$create(prototype: val): ref {
  if (prototype !== NULL) throw type_error(str('Object prototype may only be an Object or null: brolga has null alone'));
  return bare_object_new();
}

// Frozen, sealed, closed ----------------------------------------------------------------------------------------------

export function freeze(o: val): void {
  add_meta(o, META.frozen | META.sealed | META.notExtensible);
}

export function Object$freeze(o: val): val {
  freeze(o);
  return o;
}

export function Object$seal(o: val): val {
  add_meta(o, META.sealed | META.notExtensible);
  return o;
}

export function Object$preventExtensions(o: val): val {
  add_meta(o, META.notExtensible);
  return o;
}

export function Object$isFrozen(o: val): bool {
  return !isObject(o) || has_meta(o, META.frozen) || (has_meta(o, META.notExtensible) && is_empty(o));
}

export function Object$isSealed(o: val): bool {
  return !isObject(o) || has_meta(o, META.sealed) || (has_meta(o, META.notExtensible) && is_empty(o));
}

export function Object$isExtensible(o: val): bool {
  return isObject(o) && !has_meta(o, META.notExtensible);
}

function add_meta(o: val, bits: i32): void {
  if (!isObject(o)) return;
  const object: ref = unboxRef(o);
  store32(object, OBJECT_HEADER.meta, load32(object, OBJECT_HEADER.meta) | bits);
}

function has_meta(o: val, bit: i32): bool {
  return (load32(unboxRef(o), OBJECT_HEADER.meta) & bit) !== 0;
}

function is_empty(o: val): bool {
  return array_length(own_keys(o)) === 0 && kind_of(o) !== KIND.array;
}
