/**
 * The language's operators on boxed values: conversions, equality, order, addition.
 *
 * Objects become primitives through their own or their class's `valueOf` and `toString`, which shapes flag; without
 * them as the library's prototypes would: arrays join, errors say "Name: message", the rest is "[object Kind]".
 */
import { CLOSURE, DATE, FALSE, KIND, NULL, OBJECT_HEADER, SHAPE, SHAPE_BITS, SHAPE_FLAGS, TAG, TRUE, UNDEFINED } from '../abi.js';
import { array_join } from './array-join.js';
import { big_compare_f64, is_big } from './big-convert.js';
import { big_add, bigint_compare, big_length, box_big } from './big-integers.js';
import { big_of_text, big_to_text } from './big-text.js';
import { Date_toString } from './date-format.js';
import { Error_toString, type_error } from './errors.js';
import {
  abs, bitsOfF64, boxF64, boxObject, boxString, callClosure, f64ToI64, isNumber, isObject, isString, load32, loadF64, loadRef, shl64, shru64, str,
  sub64, tagOf, toI32, unboxF64, unboxRef, wrap, type bool, type f64, type i32, type i64, type ref, type val,
} from './intrinsics.js';
import { has_fields, kind_at, kind_of } from './kinds.js';
import { number_to_string } from './number-format.js';
import { string_to_number } from './number-parse.js';
import { get_property } from './properties.js';
import { regexp_text } from './regexp-text.js';
import { string_compare, string_concat, string_equals, string_length } from './strings.js';

/** What an object is to become; in default places, such as sums, dates prefer a string and all else a number. */
const HINT_DEFAULT = 0;
export const HINT_STRING = 1;
export const HINT_NUMBER = 2;

// Conversions ---------------------------------------------------------------------------------------------------------

export function to_boolean(v: val): bool {
  if (isNumber(v)) {
    const x: f64 = unboxF64(v);
    return x === x && x !== 0;
  }
  if (isString(v)) return string_length(unboxRef(v)) !== 0;
  if (is_big(v)) return big_length(unboxRef(v)) !== 0;
  return v !== UNDEFINED && v !== NULL && v !== FALSE;
}

export function to_number(v: val): f64 {
  if (isNumber(v)) return unboxF64(v);
  if (v === UNDEFINED) return NaN;
  if (v === NULL || v === FALSE) return 0;
  if (v === TRUE) return 1;
  if (isString(v)) return string_to_number(unboxRef(v));
  if (isObject(v)) return to_number(to_primitive(v, HINT_NUMBER));
  if (tagOf(v) === TAG.symbol) throw type_error(str('Cannot convert a Symbol value to a number'));
  throw type_error(str('Cannot convert a BigInt value to a number'));
}

export function to_string(v: val): str {
  if (isString(v)) return unboxRef(v);
  if (isNumber(v)) return number_to_string(unboxF64(v));
  if (v === UNDEFINED) return str('undefined');
  if (v === NULL) return str('null');
  if (v === TRUE) return str('true');
  if (v === FALSE) return str('false');
  if (isObject(v)) return to_string(to_primitive(v, HINT_STRING));
  if (is_big(v)) return big_to_text(unboxRef(v), 10);
  throw type_error(str('Cannot convert a Symbol value to a string'));
}

/** The primitive value of an object; what is no object stays. */
export function to_primitive(v: val, hint: i32): val {
  if (!isObject(v)) return v;
  const object: ref = unboxRef(v);
  const flags: i32 = load32(loadRef(object, OBJECT_HEADER.shape), SHAPE.flags);
  if ((flags & SHAPE_BITS.toPrimitive) !== 0) {
    const method: val = get_property(v, str('\0@@Symbol.toPrimitive'));
    if (method !== UNDEFINED && method !== NULL) return call_to_primitive(method, v, hint);
  }
  const hasValueOf: bool = (flags & SHAPE_FLAGS.valueOf) !== 0;
  const hasToString: bool = (flags & SHAPE_FLAGS.toString) !== 0;
  if (hint === HINT_NUMBER && kind_at(object) === KIND.date) return boxF64(loadF64(object, DATE.time));
  if (hint !== HINT_STRING && hasValueOf) {
    const first: val = call_conversion(v, str('valueOf'));
    if (!isObject(first)) return first;
  }
  if (!hasToString) return boxString(library_text(object));
  const text: val = call_conversion(v, str('toString'));
  if (!isObject(text)) return text;
  if (hint === HINT_STRING && hasValueOf) {
    const last: val = call_conversion(v, str('valueOf'));
    if (!isObject(last)) return last;
  }
  throw type_error(str('Cannot convert object to primitive value'));
}

/** What the method under Symbol.toPrimitive gives. */
function call_to_primitive(method: val, v: val, hint: i32): val {
  if (kind_of(method) !== KIND.closure) throw type_error(string_concat(type_of(method), str(' is not a function')));
  const closure: ref = unboxRef(method);
  const wanted: str = hint === HINT_STRING ? str('string') : hint === HINT_NUMBER ? str('number') : str('default');
  const made: val = callClosure(load32(closure, CLOSURE.func), closure, v, 1, boxString(wanted), UNDEFINED, UNDEFINED, UNDEFINED, 0);
  if (isObject(made)) throw type_error(str('Cannot convert object to primitive value'));
  return made;
}

/** Calls a conversion method of the object; gives the object itself when the property is no function. */
function call_conversion(v: val, name: str): val {
  const method: val = get_property(v, name);
  if (kind_of(method) !== KIND.closure) return v;
  const closure: ref = unboxRef(method);
  return callClosure(load32(closure, CLOSURE.func), closure, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** The text that the library's own `toString` gives for an object of this kind. */
function library_text(object: ref): str {
  if (has_fields(kind_at(object)) && kind_at(object) !== KIND.error) return text_of_fields(object);
  switch (kind_at(object)) {
    case KIND.array:
      return array_join(object, str(','));
    case KIND.error:
      return Error_toString(object);
    case KIND.closure:
      return function_text(object);
    case KIND.date:
      return Date_toString(object);
    case KIND.regexp:
      return regexp_text(object);
    case KIND.map:
      return str('[object Map]');
    case KIND.set:
      return str('[object Set]');
    case KIND.promise:
    case KIND.frame:
      return str('[object Promise]');
    case KIND.generator:
      return str('[object Generator]');
    default:
      return str('[object Object]');
  }
}

/** `[object Object]`, or what the object has under Symbol.toStringTag. */
function text_of_fields(object: ref): str {
  const tag: val = get_property(boxObject(object), str('\0@@Symbol.toStringTag'));
  if (!isString(tag)) return str('[object Object]');
  return string_concat(string_concat(str('[object '), unboxRef(tag)), str(']'));
}

/** What a function is as text; its source is not kept. */
export function function_text(closure: ref): str {
  const name: str = unboxRef(get_property(boxObject(closure), str('name')));
  return string_concat(string_concat(str('function '), name), str('() { [native code] }'));
}

/** ToInt32 of the language: modulo 2^32. */
export function to_int32(x: f64): i32 {
  const quick: i32 = toI32(x);
  if (quick !== 2147483647 && quick !== -2147483648) return quick;
  if (abs(x) < 9223372036854775808) return wrap(f64ToI64(x));
  // From 2^63 on a double is its 53-bit significand shifted left; beyond 2^84 nothing is left of it in 32 bits.
  const bits: i64 = bitsOfF64(x);
  const exponent: i32 = wrap(shru64(bits, 52n)) & 2047;
  if (exponent > 1075 + 31) return 0;
  const significand: i64 = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  const low: i32 = wrap(shl64(significand, sub64(shru64(bits, 52n) & 2047n, 1075n)));
  return x < 0 ? -low | 0 : low;
}

// Equality ------------------------------------------------------------------------------------------------------------

export function strict_equals(a: val, b: val): bool {
  if (isNumber(a) && isNumber(b)) return unboxF64(a) === unboxF64(b);
  if (a === b) return true;
  if (isString(a) && isString(b)) return string_equals(unboxRef(a), unboxRef(b));
  // Equal names are one symbol: those of Symbol.for are made again and again.
  if (tagOf(a) === TAG.symbol && tagOf(b) === TAG.symbol) return string_equals(unboxRef(a), unboxRef(b));
  return is_big(a) && is_big(b) && bigint_compare(unboxRef(a), unboxRef(b)) === 0;
}

export function loose_equals(a: val, b: val): bool {
  const aNothing: bool = a === UNDEFINED || a === NULL;
  const bNothing: bool = b === UNDEFINED || b === NULL;
  if (aNothing || bNothing) return aNothing && bNothing;
  if (isObject(a) === isObject(b)) {
    if (isObject(a)) return a === b;
    if (tagOf(a) === tagOf(b) && a !== TRUE && a !== FALSE) return strict_equals(a, b);
    if (tagOf(a) === TAG.symbol || tagOf(b) === TAG.symbol) return false;
    if (is_big(a) || is_big(b)) return compare(a, b) === 0;
    return to_number(a) === to_number(b);
  }
  if (isObject(a)) return loose_equals(to_primitive(a, HINT_DEFAULT), b);
  return loose_equals(a, to_primitive(b, HINT_DEFAULT));
}

/** `Object.is`. */
export function same_value(a: val, b: val): bool {
  if (isNumber(a) && isNumber(b)) return a === b || (unboxF64(a) !== unboxF64(a) && unboxF64(b) !== unboxF64(b));
  return strict_equals(a, b);
}

/** Equality of Map keys and of `includes`. */
export function same_value_zero(a: val, b: val): bool {
  if (isNumber(a) && isNumber(b)) {
    const x: f64 = unboxF64(a);
    const y: f64 = unboxF64(b);
    return x === y || (x !== x && y !== y);
  }
  return strict_equals(a, b);
}

// Others --------------------------------------------------------------------------------------------------------------

export function type_of(v: val): str {
  if (isNumber(v)) return str('number');
  if (isString(v)) return str('string');
  if (v === UNDEFINED) return str('undefined');
  if (v === TRUE || v === FALSE) return str('boolean');
  if (isObject(v)) return kind_of(v) === KIND.closure ? str('function') : str('object');
  if (tagOf(v) === TAG.bigint) return str('bigint');
  if (tagOf(v) === TAG.symbol) return str('symbol');
  return str('object');
}

/** -1, 0, 1 for less, equal, greater; 2 when a number is NaN. */
export function compare(a: val, b: val): i32 {
  if (isNumber(a) && isNumber(b)) return compare_doubles(unboxF64(a), unboxF64(b));
  const left: val = to_primitive(a, HINT_NUMBER);
  const right: val = to_primitive(b, HINT_NUMBER);
  if (isString(left) && isString(right)) return string_compare(unboxRef(left), unboxRef(right));
  if (is_big(left)) return compare_big(unboxRef(left), right);
  if (is_big(right)) {
    const order: i32 = compare_big(unboxRef(right), left);
    return order === 2 ? order : -order;
  }
  const x: f64 = to_number(left);
  return compare_doubles(x, to_number(right));
}

/** Order of a bigint and a primitive value; text that is no whole number has none. */
function compare_big(x: ref, v: val): i32 {
  if (is_big(v)) return bigint_compare(x, unboxRef(v));
  if (!isString(v)) return big_compare_f64(x, to_number(v));
  const read: ref = big_of_text(unboxRef(v));
  return read === 0 ? 2 : bigint_compare(x, read);
}

function compare_doubles(x: f64, y: f64): i32 {
  if (x < y) return -1;
  if (x > y) return 1;
  return x === y ? 0 : 2;
}

export function add(a: val, b: val): val {
  if (isNumber(a) && isNumber(b)) return boxF64(unboxF64(a) + unboxF64(b));
  const left: val = to_primitive(a, HINT_DEFAULT);
  const right: val = to_primitive(b, HINT_DEFAULT);
  if (isString(left) || isString(right)) return boxString(string_concat(to_string(left), to_string(right)));
  if (is_big(left) && is_big(right)) return box_big(big_add(unboxRef(left), unboxRef(right), false));
  if (is_big(left) || is_big(right)) {
    throw type_error(str('Cannot mix BigInt and other types, use explicit conversions'));
  }
  const x: f64 = to_number(left);
  return boxF64(x + to_number(right));
}
