/**
 * Calls of boxed values: what is no function is a TypeError in V8's words.
 */
import { CLOSURE, KIND, UNDEFINED } from '../abi.js';
import { describe_value } from './describe.js';
import { call_not_function } from './errors.js';
import { boxF64, boxObject, callClosure, isObject, load32, toF64, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { kind_of } from './kinds.js';

/** Calls a value; `rest` is an array of the arguments behind the fourth, or 0. */
export function call_value(callee: val, self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref): val {
  require_callable(callee);
  return call_function(callee, self, argc, a0, a1, a2, a3, rest);
}

/** Calls what is known to be a function. Programs that link no other call need no words for what is none. */
export function call_function(callee: val, self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref): val {
  const closure: ref = unboxRef(callee);
  return callClosure(load32(closure, CLOSURE.func), closure, self, argc, a0, a1, a2, a3, rest);
}

/** Throws unless the value is a function. */
export function require_callable(callee: val): void {
  if (!isObject(callee) || kind_of(callee) !== KIND.closure) throw call_not_function(describe_value(callee));
}

/** Calls a closure as array methods call their callback: element, index, array. */
export function call_element(callback: val, self: val, element: val, index: i32, array: ref): val {
  const closure: ref = unboxRef(callback);
  return callClosure(load32(closure, CLOSURE.func), closure, self, 3, element, boxF64(toF64(index)), boxObject(array), UNDEFINED, 0);
}

/** Calls a closure with one argument. */
export function call_one(callback: val, self: val, a: val): val {
  const closure: ref = unboxRef(callback);
  return callClosure(load32(closure, CLOSURE.func), closure, self, 1, a, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}

/** Calls a closure with two arguments. */
export function call_two(callback: val, self: val, a: val, b: val): val {
  const closure: ref = unboxRef(callback);
  return callClosure(load32(closure, CLOSURE.func), closure, self, 2, a, b, UNDEFINED, UNDEFINED, 0);
}
