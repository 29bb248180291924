/**
 * Checks that compiled guest code makes where a static type promises something: a lie of the types ends in a numbered
 * TypeError, never in a forged pointer.
 *
 *   BR2001 a value is not of the primitive type that a parameter or result declares
 *   BR2002 a sum of numbers met a value that would make it a string
 */
import { CLASS, FALSE, KIND, NULL, OBJECT_HEADER, SHAPE, TAG, TRUE, UNDEFINED } from '../abi.js';
import { describe_typed } from './describe.js';
import { type_error } from './errors.js';
import { isNumber, isObject, isString, loadRef, str, tagOf, unboxF64, unboxRef, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { has_fields, kind_of } from './kinds.js';
import { to_boolean, to_number, to_primitive, to_string, type_of } from './operators.js';
import { get_property } from './properties.js';
import { string_concat, string_length } from './strings.js';

export function check_number(v: val): f64 {
  if (!isNumber(v)) throw mismatch(str('number'), v);
  return unboxF64(v);
}

export function check_boolean(v: val): bool {
  if (v !== TRUE && v !== FALSE) throw mismatch(str('boolean'), v);
  return v === TRUE;
}

export function check_string(v: val): str {
  if (!isString(v)) throw mismatch(str('string'), v);
  return unboxRef(v);
}

function mismatch(expected: str, v: val): val {
  const found: str = v === NULL ? str('null') : type_of(v);
  const start: str = string_concat(str('BR2001: expected a value of type '), expected);
  return type_error(string_concat(string_concat(start, str(', got ')), found));
}

/** An operand of a sum whose operands are numbers to the checker. */
export function number_operand(v: val): f64 {
  if (isString(v) || isObject(v)) {
    throw type_error(string_concat(str('BR2002: expected a number in a sum, got a value of type '), type_of(v)));
  }
  return to_number(v);
}

/** The text of an operand of a concatenation: objects become primitives as in every sum. */
export function text_of_summand(v: val): str {
  return to_string(to_primitive(v, 0));
}

export function global_Boolean(v: val): bool {
  return to_boolean(v);
}

export function is_boolean(v: val): bool {
  return v === TRUE || v === FALSE;
}

export function is_object(v: val): bool {
  return isObject(v);
}

/** Throws as a property access would where the receiver of a method call is missing. */
export function check_receiver(v: val, name: str): void {
  if (v === UNDEFINED || v === NULL) get_property(v, name);
}

/** Throws what the compiler worded for a value that is iterated but can not be. */
export function check_iterable(v: val, message: str): void {
  if (isString(v)) return;
  const kind: i32 = isObject(v) ? kind_of(v) : 0;
  if (kind === KIND.array || kind === KIND.map || kind === KIND.set || kind === KIND.iterator || kind === KIND.generator) return;
  if (!has_fields(kind)) throw type_error(message);
  const method: val = get_property(v, str('\0@@Symbol.iterator'));
  if (method === UNDEFINED || method === NULL) throw type_error(message);
}

/** Throws where what is spread at the end of a call's arguments can not be iterated. */
export function check_spread(v: val, source: str): void {
  if (v === UNDEFINED || v === NULL) {
    const start: str = string_concat(source, str(' is not iterable (cannot read property '));
    throw type_error(string_concat(string_concat(start, to_string(v)), str(')')));
  }
  check_iterable(v, str('Spread syntax requires ...iterable[Symbol.iterator] to be a function'));
}

/** Throws where a pattern meets nothing; `name` is its first property or empty, `source` the text of what it takes apart, empty where the value is told. */
export function check_destructured(v: val, name: str, source: str): void {
  if (v !== UNDEFINED && v !== NULL) return;
  const what: str = string_length(name) === 0 ? str('Cannot destructure ') : property_of(name);
  const told: str = string_length(source) === 0 ? describe_typed(v) : source;
  const start: str = string_concat(string_concat(what, str("'")), told);
  throw type_error(string_concat(string_concat(start, str("' as it is ")), string_concat(to_string(v), str('.'))));
}

function property_of(name: str): str {
  return string_concat(string_concat(str("Cannot destructure property '"), name), str("' of "));
}

/** `v instanceof C` for an error class. */
export function is_error_of(v: val, descriptor: ref): bool {
  if (tagOf(v) !== TAG.object || kind_of(v) !== KIND.error) return false;
  let at: ref = loadRef(loadRef(unboxRef(v), OBJECT_HEADER.shape), SHAPE.class);
  while (at !== 0) {
    if (at === descriptor) return true;
    at = loadRef(at, CLASS.parent);
  }
  return false;
}
