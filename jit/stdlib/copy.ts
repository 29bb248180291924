/**
 * Copies of own properties from one object to another: spread and `Object.assign`.
 */
import { ABSENT, KIND, NULL, OBJECT_HEADER, SHAPE, UNDEFINED } from '../abi.js';
import { array_get, array_length } from './arrays.js';
import { array_index_of } from './array-search.js';
import { get_element } from './elements.js';
import { field_at, field_set } from './fields.js';
import { charge } from './fuel.js';
import { isObject, load32, loadRef, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { NO_INDEX, index_of_name, is_private_name, is_symbol_name } from './keys.js';
import { kind_of } from './kinds.js';
import { own_keys, own_symbols } from './own-keys.js';
import { meta_is_closed, set_property } from './properties.js';
import { shape_key } from './shapes.js';

/** Sets what `from` has as own enumerable properties on `to`; undefined and null have none. */
export function copy_properties(to: val, from: val): void {
  if (from === UNDEFINED || from === NULL) return;
  if (is_plain(to) && kind_of(from) === KIND.object && !has_index_key(loadRef(unboxRef(from), OBJECT_HEADER.shape))) {
    copy_slots(unboxRef(to), unboxRef(from));
    return;
  }
  const keys: ref = own_keys(from);
  for (let i: i32 = 0; i < array_length(keys); i++) {
    const key: val = array_get(keys, i);
    set_property(to, unboxRef(key), get_element(from, key));
  }
  copy_symbols(to, from, 0);
}

/** As copy_properties, without the names in the array `except`: the rest of a destructuring. */
export function copy_rest(to: val, from: val, except: ref): void {
  const keys: ref = own_keys(from);
  for (let i: i32 = 0; i < array_length(keys); i++) {
    const key: val = array_get(keys, i);
    if (array_index_of(except, key) < 0) set_property(to, unboxRef(key), get_element(from, key));
  }
  copy_symbols(to, from, except);
}

/** Symbols come after the names; `except` may be 0. */
function copy_symbols(to: val, from: val, except: ref): void {
  const symbols: ref = own_symbols(from);
  for (let i: i32 = 0; i < array_length(symbols); i++) {
    const key: val = array_get(symbols, i);
    if (except === 0 || array_index_of(except, key) < 0) set_property(to, unboxRef(key), get_element(from, key));
  }
}

/** Whether setting a property is nothing more than adding a field. */
function is_plain(v: val): bool {
  if (!isObject(v) || kind_of(v) !== KIND.object) return false;
  const object: ref = unboxRef(v);
  return !meta_is_closed(load32(object, OBJECT_HEADER.meta)) && loadRef(loadRef(object, OBJECT_HEADER.shape), SHAPE.class) === 0;
}

function has_index_key(shape: ref): bool {
  const count: i32 = load32(shape, SHAPE.keyCount);
  for (let i: i32 = 0; i < count; i++) {
    if (index_of_name(shape_key(shape, i)) !== NO_INDEX) return true;
  }
  return false;
}

function copy_slots(to: ref, from: ref): void {
  const shape: ref = loadRef(from, OBJECT_HEADER.shape);
  const count: i32 = load32(shape, SHAPE.keyCount);
  charge(count * 2);
  for (let i: i32 = 0; i < count; i++) {
    const v: val = field_at(from, shape, i);
    if (v !== ABSENT && !is_private_name(shape_key(shape, i)) && !is_symbol_name(shape_key(shape, i))) field_set(to, shape_key(shape, i), v);
  }
  for (let i: i32 = 0; i < count; i++) {
    if (is_symbol_name(shape_key(shape, i)) && field_at(from, shape, i) !== ABSENT) field_set(to, shape_key(shape, i), field_at(from, shape, i));
  }
}
