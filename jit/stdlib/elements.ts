/**
 * Element access `o[key]` with keys of any type: indices of arrays and strings, else the name that the key spells.
 */
import { KIND, NULL, UNDEFINED } from '../abi.js';
import { array_get, array_set } from './arrays.js';
import { boxString, isObject, isString, ltu, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { NO_INDEX, index_of_key, name_of_key } from './keys.js';
import { describe_value } from './describe.js';
import { kind_at } from './kinds.js';
import { get_property, set_property } from './properties.js';
import { string_char, string_length } from './strings.js';

export function get_element(o: val, key: val): val {
  if (isObject(o)) {
    const object: ref = unboxRef(o);
    if (kind_at(object) === KIND.array) {
      const index: i32 = index_of_key(key);
      if (index !== NO_INDEX) return array_get(object, index);
    }
  } else if (isString(o)) {
    const s: ref = unboxRef(o);
    const index: i32 = index_of_key(key);
    if (ltu(index, string_length(s))) return boxString(string_char(s, index));
  } else if (o === UNDEFINED || o === NULL) {
    // A key that is an object is not converted: V8 names it without running its toString.
    return get_property(o, describe_value(key));
  }
  return get_property(o, name_of_key(key));
}

export function set_element(o: val, key: val, v: val): void {
  if (isObject(o)) {
    const object: ref = unboxRef(o);
    if (kind_at(object) === KIND.array) {
      const index: i32 = index_of_key(key);
      if (index !== NO_INDEX) {
        array_set(object, index, v);
        return;
      }
    }
  }
  set_property(o, name_of_key(key), v);
}
