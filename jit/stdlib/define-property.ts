/**
 * `Object.defineProperty` and its relatives, and accessors in object literals. Where the target has no place for such a
 * property (elements of arrays, what library objects have), a TypeError says so: BR2103.
 */
import { ABSENT, KIND, META, OBJECT_HEADER, PROPERTY, PROPERTY_FLAGS, TAG, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push } from './arrays.js';
import { describe_value } from './describe.js';
import { set_element } from './elements.js';
import { type_error } from './errors.js';
import { field_get, field_set } from './fields.js';
import { function_field_set, function_fields } from './function-fields.js';
import { alloc_array } from './heap.js';
import {
  boxBool, boxObject, boxRef, isObject, load32, loadVal, str, unboxRef, type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { NO_INDEX, index_of_key, is_symbol_name, name_of_key } from './keys.js';
import { has_fields, kind_at, kind_of } from './kinds.js';
import { object_new } from './objects.js';
import { same_value, to_boolean } from './operators.js';
import { field_names, own_keys, spelled_names } from './own-keys.js';
import { get_property, has_own, has_property, meta_is_closed, set_property } from './properties.js';
import { is_accessor, property_flags, property_in, property_new, property_put } from './special-properties.js';
import { string_concat } from './strings.js';
import { symbol_text } from './symbols.js';

/** A getter or setter of an object literal; the other half under the same key stays. */
export function define_accessor(o: val, key: val, setter: bool, func: val): void {
  const object: ref = unboxRef(o);
  const name: str = name_of_key(key);
  const old: ref = property_in(field_get(object, name));
  const paired: bool = old !== 0 && is_accessor(old);
  const getter: val = !setter ? func : paired ? loadVal(old, PROPERTY.getter) : UNDEFINED;
  const other: val = setter ? func : paired ? loadVal(old, PROPERTY.setter) : UNDEFINED;
  property_put(object, name, property_new(PROPERTY_FLAGS.enumerable | PROPERTY_FLAGS.configurable | PROPERTY_FLAGS.accessor, getter, other));
}

export function Object$defineProperty(o: val, key: val, descriptor: val): val {
  if (!isObject(o)) throw type_error(str('Object.defineProperty called on non-object'));
  define(o, key, descriptor);
  return o;
}

export function Object$defineProperties(o: val, descriptors: val): val {
  if (!isObject(o)) throw type_error(str('Object.defineProperties called on non-object'));
  const keys: ref = own_keys(descriptors);
  for (let i: i32 = 0; i < array_length(keys); i++) define(o, array_get(keys, i), get_property(descriptors, unboxRef(array_get(keys, i))));
  return o;
}

export function Object$getOwnPropertyDescriptor(o: val, key: val): val {
  if (!has_own(o, key)) return UNDEFINED;
  const name: str = name_of_key(key);
  const slot: val = slot_of(o, name);
  const property: ref = property_in(slot);
  const made: val = boxObject(object_new());
  const flags: i32 = flags_of(o, slot);
  if (property !== 0 && is_accessor(property)) {
    set_property(made, str('get'), loadVal(property, PROPERTY.getter));
    set_property(made, str('set'), loadVal(property, PROPERTY.setter));
  } else {
    set_property(made, str('value'), get_property(o, name));
    set_property(made, str('writable'), boxBool((flags & PROPERTY_FLAGS.writable) !== 0));
  }
  set_property(made, str('enumerable'), boxBool((flags & PROPERTY_FLAGS.enumerable) !== 0));
  set_property(made, str('configurable'), boxBool((flags & PROPERTY_FLAGS.configurable) !== 0));
  return made;
}

/** Symbols of the own properties, enumerable or not. */
export function Object$getOwnPropertySymbols(o: val): ref {
  const symbols: ref = alloc_array(2);
  if (!isObject(o)) return symbols;
  const holder: ref = holder_of(o);
  if (holder === 0) return symbols;
  const names: ref = spelled_names(field_names(holder), true);
  for (let i: i32 = 0; i < array_length(names); i++) array_push(symbols, boxRef(TAG.symbol, unboxRef(array_get(names, i))));
  return symbols;
}

// Inside --------------------------------------------------------------------------------------------------------------

/** The object whose fields are the own properties of a value, or 0. */
function holder_of(o: val): ref {
  const object: ref = unboxRef(o);
  if (has_fields(kind_at(object))) return object;
  return kind_at(object) === KIND.closure ? function_fields(object) : 0;
}

/** What the slot of a name holds; ABSENT where there is no slot. */
function slot_of(o: val, name: str): val {
  if (!isObject(o)) return ABSENT;
  const holder: ref = holder_of(o);
  return holder === 0 ? ABSENT : field_get(holder, name);
}

/** PROPERTY_FLAGS of an own property. Names of functions, and lengths, are hidden; freezing and sealing count. */
function flags_of(o: val, slot: val): i32 {
  if (!isObject(o)) return PROPERTY_FLAGS.enumerable;
  const property: ref = property_in(slot);
  let flags: i32 = property === 0 ? PROPERTY_FLAGS.all : property_flags(property);
  if (slot === ABSENT && kind_of(o) === KIND.closure) flags = PROPERTY_FLAGS.configurable;
  const meta: i32 = load32(unboxRef(o), OBJECT_HEADER.meta);
  if ((meta & META.frozen) !== 0) flags = flags & ~PROPERTY_FLAGS.writable;
  return (meta & (META.frozen | META.sealed)) !== 0 ? flags & ~PROPERTY_FLAGS.configurable : flags;
}

function shown(name: str): str {
  return is_symbol_name(name) ? symbol_text(name) : name;
}

/** The bit of a flag after a definition: as the descriptor says, else as it was. */
function defined_flag(descriptor: val, name: str, bit: i32, old: i32): i32 {
  if (!has_property(descriptor, boxRef(TAG.string, name))) return old & bit;
  return to_boolean(get_property(descriptor, name)) ? bit : 0;
}

function accessor_part(descriptor: val, name: str, before: str): val {
  const part: val = get_property(descriptor, name);
  if (part === UNDEFINED || kind_of(part) === KIND.closure) return part;
  throw type_error(string_concat(before, string_concat(str(' must be a function: '), describe_value(part))));
}

function define(o: val, key: val, descriptor: val): void {
  if (!isObject(descriptor)) throw type_error(string_concat(str('Property description must be an object: '), describe_value(descriptor)));
  const name: str = name_of_key(key);
  const hasGet: bool = has_property(descriptor, boxRef(TAG.string, str('get')));
  const hasSet: bool = has_property(descriptor, boxRef(TAG.string, str('set')));
  const hasValue: bool = has_property(descriptor, boxRef(TAG.string, str('value')));
  const getter: val = hasGet ? accessor_part(descriptor, str('get'), str('Getter')) : UNDEFINED;
  const setter: val = hasSet ? accessor_part(descriptor, str('set'), str('Setter')) : UNDEFINED;
  if ((hasGet || hasSet) && (hasValue || has_property(descriptor, boxRef(TAG.string, str('writable'))))) {
    throw type_error(string_concat(str('Invalid property descriptor. Cannot both specify accessors and a value or writable attribute'), str('')));
  }
  const known: bool = has_own(o, key);
  const slot: val = slot_of(o, name);
  if (!known && meta_is_closed(load32(unboxRef(o), OBJECT_HEADER.meta))) {
    throw type_error(string_concat(string_concat(str('Cannot define property '), shown(name)), str(', object is not extensible')));
  }
  const old: i32 = known ? flags_of(o, slot) : 0;
  const oldProperty: ref = property_in(slot);
  const wasAccessor: bool = oldProperty !== 0 && is_accessor(oldProperty);
  let flags: i32 = defined_flag(descriptor, str('enumerable'), PROPERTY_FLAGS.enumerable, old) | defined_flag(descriptor, str('configurable'), PROPERTY_FLAGS.configurable, old);
  const becomesAccessor: bool = hasGet || hasSet || (wasAccessor && !hasValue && !has_property(descriptor, boxRef(TAG.string, str('writable'))));
  if (becomesAccessor) flags = flags | PROPERTY_FLAGS.accessor;
  else flags = flags | defined_flag(descriptor, str('writable'), PROPERTY_FLAGS.writable, wasAccessor ? 0 : old);
  const value: val = hasValue ? get_property(descriptor, str('value')) : known && !wasAccessor ? get_property(o, name) : UNDEFINED;
  if (known && (old & PROPERTY_FLAGS.configurable) === 0) {
    const same: bool = (flags & 5) === (old & 5) && becomesAccessor === wasAccessor;
    const keeps: bool = wasAccessor
      ? (!hasGet || getter === loadVal(oldProperty, PROPERTY.getter)) && (!hasSet || setter === loadVal(oldProperty, PROPERTY.setter))
      : (old & PROPERTY_FLAGS.writable) !== 0 || ((flags & PROPERTY_FLAGS.writable) === 0 && (!hasValue || same_value(value, get_property(o, name))));
    if (!same || !keeps) throw type_error(string_concat(str('Cannot redefine property: '), shown(name)));
    if ((old & PROPERTY_FLAGS.writable) === 0) return;
  }
  if (becomesAccessor) {
    const first: val = hasGet || !wasAccessor ? getter : loadVal(oldProperty, PROPERTY.getter);
    put(o, name, property_new(flags, first, hasSet || !wasAccessor ? setter : loadVal(oldProperty, PROPERTY.setter)));
  } else if (flags !== PROPERTY_FLAGS.all) put(o, name, property_new(flags, value, UNDEFINED));
  else if (has_fields(kind_of(o))) field_set(unboxRef(o), name, value);
  else if (kind_of(o) === KIND.closure && slot_of(o, name) !== ABSENT) field_set(function_fields(unboxRef(o)), name, value);
  else if (kind_of(o) === KIND.closure) function_field_set(unboxRef(o), name, value);
  else if (index_of_key(key) !== NO_INDEX) set_element(o, key, value);
  else throw no_place(name);
}

function no_place(name: str): val {
  return type_error(string_concat(string_concat(str('BR2103: the property '), shown(name)), str(' cannot be defined on this kind of object')));
}

function put(o: val, name: str, property: ref): void {
  const object: ref = unboxRef(o);
  if (kind_at(object) === KIND.closure) {
    if (function_fields(object) === 0) function_field_set(object, name, UNDEFINED);
    property_put(function_fields(object), name, property);
  } else if (has_fields(kind_at(object))) property_put(object, name, property);
  else throw no_place(name);
}
