/**
 * Property keys: equality of names, and which names are array indices.
 *
 * An index is an unsigned i32 below 2^32 - 1, so NO_INDEX (all ones) is none; compare indices with `ltu`.
 */
import { TAG } from '../abi.js';
import { boxF64, boxString, isNumber, isObject, isString, tagOf, toF64u, toI32, unboxF64, unboxRef, type bool, type f64, type i32, type str, type val } from './intrinsics.js';
import { number_to_string } from './number-format.js';
import { HINT_STRING, to_primitive, to_string } from './operators.js';
import { string_hash } from './string-hash.js';
import { string_equals, string_length, string_unit } from './strings.js';

export const NO_INDEX = -1;

/** Names of equal text; within a module they are mostly one object. */
export function key_equals(a: str, b: str): bool {
  if (a === b) return true;
  if (string_length(a) !== string_length(b)) return false;
  return string_hash(a) === string_hash(b) && string_equals(a, b);
}

/** The index that a name spells in canonical form ("7", not "07"), or NO_INDEX. */
export function index_of_name(name: str): i32 {
  const length: i32 = string_length(name);
  if (length === 0 || length > 10) return NO_INDEX;
  let total: f64 = 0;
  for (let i: i32 = 0; i < length; i++) {
    const digit: i32 = string_unit(name, i) - 48;
    if (digit < 0 || digit > 9) return NO_INDEX;
    if (digit === 0 && i === 0 && length > 1) return NO_INDEX;
    total = total * 10 + toF64u(digit);
  }
  if (total >= 4294967295) return NO_INDEX;
  return index_of_double(total);
}

/** The index that equals a number, or NO_INDEX. */
export function index_of_double(x: f64): i32 {
  if (x < 2147483648) {
    const small: i32 = toI32(x);
    return toF64u(small) === x ? small : NO_INDEX;
  }
  if (!(x < 4294967295)) return NO_INDEX;
  const high: i32 = toI32(x - 2147483648) | -2147483648;
  return toF64u(high) === x ? high : NO_INDEX;
}

/** The index that a key of an element access means, or NO_INDEX. */
export function index_of_key(key: val): i32 {
  if (isNumber(key)) return index_of_double(unboxF64(key));
  if (isString(key)) return index_of_name(unboxRef(key));
  return NO_INDEX;
}

/** The name that a key of an element access means. */
export function name_of_key(key: val): str {
  if (isString(key)) return unboxRef(key);
  if (isNumber(key)) return number_to_string(unboxF64(key));
  if (tagOf(key) === TAG.symbol) return unboxRef(key);
  if (isObject(key)) return name_of_key(to_primitive(key, HINT_STRING));
  return to_string(key);
}

/** What a value is as a key: a string or a symbol. */
export function property_key(key: val): val {
  return tagOf(key) === TAG.symbol ? key : boxString(name_of_key(key));
}

/** The value that a name is as a key: a string. */
export function key_of_index(index: i32): val {
  return boxString(number_to_string(toF64u(index)));
}

/** Number of an index, boxed. */
export function box_index(index: i32): val {
  return boxF64(toF64u(index));
}

/** Names that symbols are as keys (SYMBOL_NAMES of jit/abi.ts). */
export function is_symbol_name(name: str): bool {
  return string_length(name) > 2 && string_unit(name, 0) === 0 && string_unit(name, 1) === 64;
}

/** Names of private members start with a unit that no program can write into a name of its own; enumeration skips them. */
export function is_private_name(name: str): bool {
  return string_length(name) > 3 && string_unit(name, 0) === 0 && string_unit(name, 1) === 35;
}
