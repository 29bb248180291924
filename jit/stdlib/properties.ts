/**
 * Property access by name on any value, with the language's errors in V8's words.
 *
 * Lookup: own fields, then members of the class, then what the library's own prototypes have as data (`length`, `size`,
 * an error's `name`, `message`, `stack`). Library methods are no properties here: the front end binds them by name.
 */
import { ABORT, ABORT_CONTROLLER, ABSENT, ARRAY, KIND, MAP, META, NULL, OBJECT_HEADER, PROPERTY, PROPERTY_FLAGS, REGEXP, SHAPE, STRING, TAG, UNDEFINED } from '../abi.js';
import { array_get, array_has, array_put_hole, array_set, array_set_length } from './arrays.js';
import { static_get, static_set } from './class-statics.js';
import { signal_set_handler } from './abort-handler.js';
import { class_of_descriptor } from './class-values.js';
import { describe_object, describe_value } from './describe.js';
import { Error_toString, error_class_name, type_error } from './errors.js';
import { field_append, field_delete, field_get, field_replace, field_set } from './fields.js';
import { function_field_set, function_fields, is_class } from './function-fields.js';
import { function_length, function_name } from './function-names.js';
import {
  boxBool, boxF64, boxObject, boxString, isObject, isString, load32, loadRef, loadVal, ltu, storeVal, str, tagOf, toF64, unboxRef, type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { NO_INDEX, index_of_key, index_of_name, is_symbol_name, key_equals, name_of_key } from './keys.js';
import { has_fields, kind_at } from './kinds.js';
import { find_in_class, find_member, member_is_getter, member_get, member_set } from './methods.js';
import { type_of } from './operators.js';
import { has_special, is_accessor, property_call_setter, property_flags, property_in, property_read } from './special-properties.js';
import { regexp_get } from './regexp-text.js';
import { string_char, string_concat, string_length } from './strings.js';
import { symbol_description, symbol_text } from './symbols.js';

// Reading -------------------------------------------------------------------------------------------------------------

export function get_property(o: val, name: str): val {
  if (isObject(o)) return get_of_object(o, name);
  if (isString(o)) return get_of_string(unboxRef(o), name);
  if (o === UNDEFINED || o === NULL) throw nothing_error(o, str('Cannot read properties of '), str(' (reading '), name);
  return tagOf(o) === TAG.symbol && key_equals(name, str('description')) ? symbol_description(unboxRef(o)) : UNDEFINED;
}

/** What an object that can have fields has by itself or from its class; absent if neither. */
export function get_field(o: val, name: str): val {
  const own: val = field_get(unboxRef(o), name);
  if (own === ABSENT) return member_get(o, name);
  return has_special(unboxRef(o)) ? property_read(own, o) : own;
}

function get_of_object(o: val, name: str): val {
  const object: ref = unboxRef(o);
  const kind: i32 = kind_at(object);
  if (has_fields(kind)) {
    const found: val = get_field(o, name);
    if (found !== ABSENT) return found;
    if (kind === KIND.error && !key_equals(name, str('constructor'))) return get_of_error(object, name);
    return class_named(object, name);
  }
  return get_of_library(object, kind, name);
}

/** `constructor` of an instance of a class of the program. */
function class_named(object: ref, name: str): val {
  const descriptor: ref = loadRef(loadRef(object, OBJECT_HEADER.shape), SHAPE.class);
  if (descriptor === 0 || !key_equals(name, str('constructor'))) return UNDEFINED;
  const found: val = class_of_descriptor(descriptor);
  return found === ABSENT ? UNDEFINED : found;
}

function get_of_error(error: ref, name: str): val {
  if (key_equals(name, str('message'))) return boxString(str(''));
  if (key_equals(name, str('name'))) return boxString(error_class_name(error));
  if (key_equals(name, str('stack'))) return boxString(Error_toString(error));
  if (key_equals(name, str('code'))) return code_of_exception(error);
  return UNDEFINED;
}

/** The legacy codes of DOMExceptions that the library makes. */
function code_of_exception(error: ref): val {
  const name: str = error_class_name(error);
  if (key_equals(name, str('AbortError'))) return boxF64(20);
  if (key_equals(name, str('TimeoutError'))) return boxF64(23);
  if (key_equals(name, str('DataCloneError'))) return boxF64(25);
  return key_equals(name, str('DOMException')) ? boxF64(0) : UNDEFINED;
}

function get_of_library(object: ref, kind: i32, name: str): val {
  switch (kind) {
    case KIND.array: {
      const index: i32 = index_of_name(name);
      if (index !== NO_INDEX) return array_get(object, index);
      if (key_equals(name, str('length'))) return boxF64(toF64(load32(object, ARRAY.length)));
      return loadRef(object, ARRAY.extra) === 0 ? UNDEFINED : get_property(boxObject(loadRef(object, ARRAY.extra)), name);
    }
    case KIND.regexp:
      return regexp_get(object, name);
    case KIND.map:
    case KIND.set:
      return key_equals(name, str('size')) ? boxF64(toF64(load32(object, MAP.size))) : UNDEFINED;
    case KIND.closure:
      return get_of_closure(object, name);
    case KIND.abortSignal:
      return get_of_signal(object, name);
    case KIND.abortController:
      return key_equals(name, str('signal')) ? loadVal(object, ABORT_CONTROLLER.signal) : UNDEFINED;
    default:
      return UNDEFINED;
  }
}

function get_of_signal(signal: ref, name: str): val {
  const reason: val = loadVal(signal, ABORT.reason);
  if (key_equals(name, str('aborted'))) return boxBool(reason !== ABSENT);
  if (key_equals(name, str('reason'))) return reason === ABSENT ? UNDEFINED : reason;
  return key_equals(name, str('onabort')) ? loadVal(signal, ABORT.onabort) : UNDEFINED;
}

function get_of_closure(closure: ref, name: str): val {
  const fields: ref = function_fields(closure);
  if (fields !== 0) {
    const found: val = is_class(closure) ? static_get(closure, name) : field_get(fields, name);
    if (found !== ABSENT) return property_read(found, boxObject(closure));
  }
  if (key_equals(name, str('name'))) return boxString(function_name(closure));
  if (key_equals(name, str('length'))) return boxF64(function_length(closure));
  return UNDEFINED;
}

function get_of_string(s: str, name: str): val {
  const index: i32 = index_of_name(name);
  if (ltu(index, string_length(s))) return boxString(string_char(s, index));
  return key_equals(name, str('length')) ? boxF64(toF64(load32(s, STRING.length))) : UNDEFINED;
}

// Writing -------------------------------------------------------------------------------------------------------------

export function set_property(o: val, name: str, v: val): void {
  if (!isObject(o)) throw set_error(o, name);
  const object: ref = unboxRef(o);
  const kind: i32 = kind_at(object);
  if (has_fields(kind)) set_of_fields(o, name, v);
  else if (kind === KIND.array) set_of_array(object, name, v);
  else if (kind === KIND.closure) set_of_closure(object, name, v);
  else if (kind === KIND.abortSignal && key_equals(name, str('onabort'))) signal_set_handler(object, v);
  else if (kind === KIND.regexp) set_of_regexp(object, name, v);
  else throw takes_none(object, name);
}

function set_of_closure(closure: ref, name: str, v: val): void {
  const known: bool = function_fields(closure) !== 0 && field_get(function_fields(closure), name) !== ABSENT;
  const meta: i32 = load32(closure, OBJECT_HEADER.meta);
  if (known && has_special(function_fields(closure)) && set_special(function_fields(closure), boxObject(closure), name, v)) return;
  if ((is_function_name(name) && !known) || (known && (meta & META.frozen) !== 0)) throw read_only(name, str("' of function '"), closure);
  if (!known && meta_is_closed(meta)) throw not_extensible(name);
  if (is_class(closure)) set_static(closure, name, v);
  else function_field_set(closure, name, v);
}

function set_of_fields(o: val, name: str, v: val): void {
  const object: ref = unboxRef(o);
  const meta: i32 = load32(object, OBJECT_HEADER.meta);
  if (has_special(object) && set_special(object, o, name, v)) return;
  if ((meta & META.frozen) === 0) {
    if (field_replace(object, name, v)) return;
  } else if (field_get(object, name) !== ABSENT) {
    throw read_only(name, str("' of object '"), object);
  }
  if (loadRef(loadRef(object, OBJECT_HEADER.shape), SHAPE.class) !== 0 && set_by_class(o, name, v)) return;
  if (meta_is_closed(meta)) throw not_extensible(name);
  field_append(object, name, v);
}

/** Sets a property whose slot holds a PROPERTY; false if it is none. `self` is what the program knows `holder` by. */
function set_special(holder: ref, self: val, name: str, v: val): bool {
  const property: ref = property_in(field_get(holder, name));
  if (property === 0) return false;
  const frozen: bool = (load32(unboxRef(self), OBJECT_HEADER.meta) & META.frozen) !== 0;
  if (is_accessor(property)) {
    if (loadVal(property, PROPERTY.setter) === UNDEFINED) throw getter_only(name, unboxRef(self));
    property_call_setter(property, self, v);
  } else if (frozen || (property_flags(property) & PROPERTY_FLAGS.writable) === 0) throw read_only(name, str("' of object '"), unboxRef(self));
  else storeVal(property, PROPERTY.getter, v);
  return true;
}

function is_function_name(name: str): bool {
  return key_equals(name, str('name')) || key_equals(name, str('length'));
}

function set_static(closure: ref, name: str, v: val): void {
  if (!static_set(closure, name, v)) throw getter_only(name, closure);
}

/** Calls the setter of a name, if the class has one; whether it does. */
function set_by_class(o: val, name: str, v: val): bool {
  const object: ref = unboxRef(o);
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const setter: i32 = find_member(shape, name, true);
  if (setter !== 0) {
    member_set(o, setter, v);
    return true;
  }
  if (member_is_getter(find_member(shape, name, false))) throw getter_only(name, object);
  return false;
}

/** `super.name = v` in members of instances: a setter of the parent is called, else the object gets the property itself. */
export function super_set(parent: ref, name: str, self: val, v: val): void {
  const setter: i32 = find_in_class(parent, name, true);
  if (setter !== 0) {
    member_set(self, setter, v);
    return;
  }
  const object: ref = unboxRef(self);
  if (member_is_getter(find_in_class(parent, name, false))) throw getter_only(name, object);
  const meta: i32 = load32(object, OBJECT_HEADER.meta);
  const known: bool = field_get(object, name) !== ABSENT;
  if (known && (meta & META.frozen) !== 0) throw read_only(name, str("' of object '"), object);
  if (!known && meta_is_closed(meta)) throw not_extensible(name);
  field_set(object, name, v);
}

function set_of_array(array: ref, name: str, v: val): void {
  const index: i32 = index_of_name(name);
  if (index !== NO_INDEX) array_set(array, index, v);
  else if (key_equals(name, str('length'))) array_set_length(array, v);
  else if (loadRef(array, ARRAY.extra) !== 0) set_property(boxObject(loadRef(array, ARRAY.extra)), name, v);
  else throw takes_none(array, name);
}

function set_of_regexp(regexp: ref, name: str, v: val): void {
  if (key_equals(name, str('lastIndex'))) storeVal(regexp, REGEXP.lastIndex, v);
  else if (regexp_get(regexp, name) !== UNDEFINED) throw getter_only(name, regexp);
  else throw takes_none(regexp, name);
}

/** Whether properties can no longer be added. */
export function meta_is_closed(meta: i32): bool {
  return (meta & (META.frozen | META.sealed | META.notExtensible)) !== 0;
}

// Presence and deletion -----------------------------------------------------------------------------------------------

/** `key in o`. */
export function has_property(o: val, key: val): bool {
  const name: str = name_of_key(key);
  if (!isObject(o)) {
    throw type_error(string_concat(quoted(str("Cannot use 'in' operator to search for '"), name, str("' in ")), describe_value(o)));
  }
  if (has_own(o, key)) return true;
  const object: ref = unboxRef(o);
  const kind: i32 = kind_at(object);
  if (!has_fields(kind)) return get_of_library(object, kind, name) !== UNDEFINED;
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (find_member(shape, name, false) !== 0 || find_member(shape, name, true) !== 0) return true;
  return kind === KIND.error && get_of_error(object, name) !== UNDEFINED;
}

/** Whether an own property of that name exists; numbers and booleans have none. */
export function has_own(o: val, key: val): bool {
  if (isString(o)) return ltu(index_of_key(key), string_length(unboxRef(o))) || key_equals(name_of_key(key), str('length'));
  if (!isObject(o)) return false;
  const object: ref = unboxRef(o);
  const kind: i32 = kind_at(object);
  if (has_fields(kind)) return field_get(object, name_of_key(key)) !== ABSENT;
  if (kind === KIND.closure) {
    const fields: ref = function_fields(object);
    return is_function_name(name_of_key(key)) || (fields !== 0 && field_get(fields, name_of_key(key)) !== ABSENT);
  }
  if (kind !== KIND.array) return false;
  const index: i32 = index_of_key(key);
  if (index !== NO_INDEX) return array_has(object, index);
  if (key_equals(name_of_key(key), str('length'))) return true;
  return loadRef(object, ARRAY.extra) !== 0 && field_get(loadRef(object, ARRAY.extra), name_of_key(key)) !== ABSENT;
}

/** `delete o[key]`; true, or a TypeError. */
export function delete_property(o: val, key: val): bool {
  if (o === UNDEFINED || o === NULL) throw type_error(str('Cannot convert undefined or null to object'));
  if (!isObject(o) || !has_own(o, key)) return true;
  const object: ref = unboxRef(o);
  const closed: bool = (load32(object, OBJECT_HEADER.meta) & (META.frozen | META.sealed)) !== 0;
  const kind: i32 = kind_at(object);
  if (has_fields(kind) && !closed && is_deletable(object, name_of_key(key))) field_delete(object, name_of_key(key));
  else if (kind === KIND.closure && !closed && !is_function_name(name_of_key(key))) field_delete(function_fields(object), name_of_key(key));
  else if (kind === KIND.array && !closed && index_of_key(key) !== NO_INDEX) array_put_hole(object, index_of_key(key));
  else throw undeletable(name_of_key(key), object);
  return true;
}

function is_deletable(object: ref, name: str): bool {
  if (!has_special(object)) return true;
  const property: ref = property_in(field_get(object, name));
  return property === 0 || (property_flags(property) & PROPERTY_FLAGS.configurable) !== 0;
}

// Errors --------------------------------------------------------------------------------------------------------------

function quoted(before: str, name: str, after: str): str {
  return string_concat(string_concat(before, is_symbol_name(name) ? symbol_text(name) : name), after);
}

/** "Cannot read properties of undefined (reading 'x')". */
function nothing_error(o: val, before: str, between: str, name: str): val {
  const head: str = quoted(before, o === NULL ? str('null') : str('undefined'), between);
  return type_error(quoted(string_concat(head, str("'")), name, str("')")));
}

export function read_only(name: str, between: str, object: ref): val {
  const head: str = quoted(str("Cannot assign to read only property '"), name, between);
  return type_error(quoted(head, describe_object(object), str("'")));
}

export function not_extensible(name: str): val {
  return type_error(quoted(str('Cannot add property '), name, str(', object is not extensible')));
}

/** A new property of an object that has a layout of its own: an array, a Map, a Date. */
function takes_none(object: ref, name: str): val {
  if (meta_is_closed(load32(object, OBJECT_HEADER.meta))) return not_extensible(name);
  return type_error(quoted(quoted(str('BR2003: the property '), name, str(' cannot be added to ')), describe_object(object), str('')));
}

function getter_only(name: str, object: ref): val {
  return type_error(quoted(quoted(str('Cannot set property '), name, str(' of ')), describe_object(object), str(' which has only a getter')));
}

export function undeletable(name: str, object: ref): val {
  return type_error(quoted(quoted(str("Cannot delete property '"), name, str("' of ")), describe_object(object), str('')));
}

/** Why a property of a value that is no object cannot be set. */
function set_error(o: val, name: str): val {
  if (o === UNDEFINED || o === NULL) return nothing_error(o, str('Cannot set properties of '), str(' (setting '), name);
  const between: str = quoted(str("' on "), type_of(o), str(" '"));
  if (isString(o) && has_own(o, boxString(name))) {
    return type_error(quoted(quoted(str("Cannot assign to read only property '"), name, str("' of string '")), unboxRef(o), str("'")));
  }
  return type_error(quoted(quoted(str("Cannot create property '"), name, between), describe_value(o), str("'")));
}
