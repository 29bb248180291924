/**
 * Enumeration of own properties in the language's order: index names ascending, then the others as they were added.
 */
import { ABSENT, KIND, NULL, OBJECT, OBJECT_HEADER, SHAPE, TAG, UNDEFINED, ARRAY } from '../abi.js';
import { array_get, array_length, array_push, array_raw } from './arrays.js';
import { sort_numbers } from './array-sort.js';
import { error_hides, type_error } from './errors.js';
import { field_at, field_get } from './fields.js';
import { charge } from './fuel.js';
import { function_fields } from './function-fields.js';
import { next_live, table_key } from './hash-table.js';
import { alloc_array } from './heap.js';
import { boxObject, boxRef, boxString, isObject, isString, load32, loadRef, str, unboxF64, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { NO_INDEX, box_index, index_of_double, index_of_name, is_private_name, is_symbol_name, key_of_index } from './keys.js';
import { has_fields, kind_at, kind_of } from './kinds.js';
import { has_special, is_enumerable } from './special-properties.js';
import { shape_key } from './shapes.js';
import { string_length } from './strings.js';

/** The names of the own enumerable properties, in an array. */
export function own_keys(o: val): ref {
  if (isString(o)) return index_keys(string_length(unboxRef(o)));
  if (!isObject(o)) {
    if (o === UNDEFINED || o === NULL) throw type_error(str('Cannot convert undefined or null to object'));
    return alloc_array(0);
  }
  const object: ref = unboxRef(o);
  const kind: i32 = kind_at(object);
  if (kind === KIND.array) return array_keys(object);
  if (kind === KIND.closure && function_fields(object) !== 0) return own_keys(boxObject(function_fields(object)));
  if (!has_fields(kind)) return alloc_array(0);
  const names: ref = enumerable_names(object, spelled_names(field_names(object), false));
  if (kind === KIND.error) return visible_names(object, names);
  return has_index_names(names) ? ordered_names(names) : names;
}

function index_keys(count: i32): ref {
  const keys: ref = alloc_array(count);
  charge(count);
  for (let i: i32 = 0; i < count; i++) array_push(keys, key_of_index(i));
  return keys;
}

function array_keys(a: ref): ref {
  const count: i32 = array_length(a);
  const keys: ref = alloc_array(count);
  charge(count);
  for (let i: i32 = 0; i < count; i++) {
    if (array_raw(a, i) !== ABSENT) array_push(keys, key_of_index(i));
  }
  const extra: ref = loadRef(a, ARRAY.extra);
  if (extra !== 0) {
    const names: ref = own_keys(boxObject(extra));
    for (let i: i32 = 0; i < array_length(names); i++) array_push(keys, array_get(names, i));
  }
  return keys;
}

function slot_names(object: ref): ref {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const count: i32 = load32(shape, SHAPE.keyCount);
  const names: ref = alloc_array(count);
  charge(count);
  for (let i: i32 = 0; i < count; i++) {
    if (field_at(object, shape, i) !== ABSENT && !is_private_name(shape_key(shape, i))) array_push(names, boxString(shape_key(shape, i)));
  }
  return names;
}

function dictionary_names(object: ref): ref {
  const table: ref = loadRef(object, OBJECT.overflow);
  const names: ref = alloc_array(8);
  for (let entry: i32 = next_live(table, 0); entry >= 0; entry = next_live(table, entry + 1)) {
    charge(1);
    if (!is_private_name(unboxRef(table_key(table, entry)))) array_push(names, table_key(table, entry));
  }
  return names;
}

/** The names of all own properties of an object with fields, symbols among them, but for private ones. */
export function field_names(object: ref): ref {
  return kind_at(object) === KIND.dictionary ? dictionary_names(object) : slot_names(object);
}

/** Those that stand for symbols, or those that do not. */
export function spelled_names(names: ref, symbols: bool): ref {
  const count: i32 = array_length(names);
  let i: i32 = 0;
  while (i < count && is_symbol_name(unboxRef(array_get(names, i))) === symbols) i = i + 1;
  if (i === count) return names;
  const spelled: ref = alloc_array(count);
  for (let at: i32 = 0; at < count; at++) {
    if (is_symbol_name(unboxRef(array_get(names, at))) === symbols) array_push(spelled, array_get(names, at));
  }
  return spelled;
}

/** The names of all own properties of an object with fields that are no symbols, hidden ones too, in the language's order. */
export function all_names(object: ref): ref {
  const names: ref = spelled_names(field_names(object), false);
  return has_index_names(names) ? ordered_names(names) : names;
}

/** The keys of own enumerable properties under symbols, in an array of symbols. */
export function own_symbols(o: val): ref {
  const kind: i32 = kind_of(o);
  if (isObject(o) && kind === KIND.closure && function_fields(unboxRef(o)) !== 0) return own_symbols(boxObject(function_fields(unboxRef(o))));
  if (!isObject(o) || !has_fields(kind)) return alloc_array(0);
  const names: ref = enumerable_names(unboxRef(o), spelled_names(field_names(unboxRef(o)), true));
  const symbols: ref = alloc_array(array_length(names));
  for (let i: i32 = 0; i < array_length(names); i++) array_push(symbols, boxRef(TAG.symbol, unboxRef(array_get(names, i))));
  return symbols;
}

function enumerable_names(object: ref, names: ref): ref {
  if (!has_special(object)) return names;
  const shown: ref = alloc_array(array_length(names));
  for (let i: i32 = 0; i < array_length(names); i++) {
    if (is_enumerable(field_get(object, unboxRef(array_get(names, i))))) array_push(shown, array_get(names, i));
  }
  return shown;
}

function visible_names(error: ref, names: ref): ref {
  const visible: ref = alloc_array(array_length(names));
  for (let i: i32 = 0; i < array_length(names); i++) {
    if (!error_hides(error, unboxRef(array_get(names, i)))) array_push(visible, array_get(names, i));
  }
  return visible;
}

function has_index_names(names: ref): bool {
  for (let i: i32 = 0; i < array_length(names); i++) {
    if (index_of_name(unboxRef(array_get(names, i))) !== NO_INDEX) return true;
  }
  return false;
}

/** Index names first, by number. */
function ordered_names(names: ref): ref {
  const count: i32 = array_length(names);
  charge(count * 2);
  const indices: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) {
    const index: i32 = index_of_name(unboxRef(array_get(names, i)));
    if (index !== NO_INDEX) array_push(indices, box_index(index));
  }
  sort_numbers(indices);
  const ordered: ref = alloc_array(count);
  for (let i: i32 = 0; i < array_length(indices); i++) array_push(ordered, key_of_index(index_of_double(unboxF64(array_get(indices, i)))));
  for (let i: i32 = 0; i < count; i++) {
    if (index_of_name(unboxRef(array_get(names, i))) === NO_INDEX) array_push(ordered, array_get(names, i));
  }
  return ordered;
}
