/**
 * Calls with the elements of an array as arguments.
 */
import { ARRAY, CLOSURE, CONSTRUCT, UNDEFINED } from '../abi.js';
import { array_get } from './arrays.js';
import { call_function, require_callable } from './calls.js';
import { alloc_array, slots_set } from './heap.js';
import { callClosure, load32, loadRef, store32 } from './intrinsics.js';
import type { i32, ref, val } from './intrinsics.js';

function count_of(args: ref): i32 {
  return args === 0 ? 0 : load32(args, ARRAY.length);
}

function item(args: ref, i: i32): val {
  return i < count_of(args) ? array_get(args, i) : UNDEFINED;
}

/** The arguments behind the first four, or 0. */
function rest_of(args: ref): ref {
  const count: i32 = count_of(args);
  if (count <= 4) return 0;
  const rest: ref = alloc_array(count - 4);
  for (let i: i32 = 4; i < count; i++) slots_set(loadRef(rest, ARRAY.data), i - 4, array_get(args, i));
  store32(rest, ARRAY.length, count - 4);
  return rest;
}

/** Calls a value; `args` is an array or 0. */
export function call_list(callee: val, self: val, args: ref): val {
  require_callable(callee);
  return call_function_list(callee, self, args);
}

/** As call_list, for what is known to be a function. */
export function call_function_list(callee: val, self: val, args: ref): val {
  return call_function(callee, self, count_of(args), item(args, 0), item(args, 1), item(args, 2), item(args, 3), rest_of(args));
}

/** Calls the entry of a class as `new` and `super` do. */
export function construct_with_list(closure: ref, self: val, args: ref): void {
  const argc: i32 = count_of(args) | CONSTRUCT;
  callClosure(load32(closure, CLOSURE.func), closure, self, argc, item(args, 0), item(args, 1), item(args, 2), item(args, 3), rest_of(args));
}

/** Calls the closure entry of a function without captures by its table index. */
export function call_entry(entry: i32, args: ref): val {
  return callClosure(entry, 0, UNDEFINED, count_of(args), item(args, 0), item(args, 1), item(args, 2), item(args, 3), rest_of(args));
}
