/**
 * Methods that every value has, where no class has its own: `toString`, `toLocaleString`, `valueOf`, `hasOwnProperty`;
 * and those of booleans.
 */
import { ABSENT, KIND, NULL, OBJECT_HEADER, SHAPE, SHAPE_FLAGS, UNDEFINED } from '../abi.js';
import { array_join } from './array-join.js';
import { array_length, array_of_holes, array_raw, array_set } from './arrays.js';
import { call_value } from './calls.js';
import { boxString, isNumber, isObject, load32, loadRef, str, unboxF64, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { kind_of } from './kinds.js';
import { Number_toLocaleString } from './number-locale-options.js';
import { to_string } from './operators.js';
import { get_property, has_own } from './properties.js';

export function Object_toString(self: val): str {
  if (self === UNDEFINED || self === NULL) get_property(self, str('toString'));
  return to_string(self);
}

export function Object_toLocaleString(self: val): str {
  if (self === UNDEFINED || self === NULL) get_property(self, str('toLocaleString'));
  if (isNumber(self)) return Number_toLocaleString(unboxF64(self), UNDEFINED, UNDEFINED);
  if (kind_of(self) === KIND.array) return Array_toLocaleString(unboxRef(self));
  return to_string(self);
}

export function Object_valueOf(self: val): val {
  if (self === UNDEFINED || self === NULL) get_property(self, str('valueOf'));
  if (!isObject(self) || (load32(loadRef(unboxRef(self), OBJECT_HEADER.shape), SHAPE.flags) & SHAPE_FLAGS.valueOf) === 0) return self;
  return call_value(get_property(self, str('valueOf')), self, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

export function Object_hasOwnProperty(self: val, key: val): bool {
  if (self === UNDEFINED || self === NULL) get_property(self, str('hasOwnProperty'));
  return has_own(self, key);
}

/** The elements' texts in the locale, joined by commas. */
export function Array_toLocaleString(self: ref): str {
  const length: i32 = array_length(self);
  const texts: ref = array_of_holes(length);
  for (let i: i32 = 0; i < length; i++) {
    const v: val = array_raw(self, i);
    if (v !== UNDEFINED && v !== NULL && v !== ABSENT) array_set(texts, i, boxString(Object_toLocaleString(v)));
  }
  return array_join(texts, str(','));
}

export function Boolean_toString(self: bool): str {
  return self ? str('true') : str('false');
}

export function Boolean_valueOf(self: bool): bool {
  return self;
}
