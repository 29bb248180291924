/**
 * Methods of functions: `call`, `apply`, `bind`, `toString`.
 */
import { NULL, UNDEFINED } from '../abi.js';
import { array_length, array_part, array_push } from './arrays.js';
import { call_list } from './call-list.js';
import { type_error } from './errors.js';
import { alloc_array, alloc_closure } from './heap.js';
import {
  boxF64, boxObject, boxString, fmax, funcIndex, isNumber, isObject, isString, loadVal, nativeInfo, storeVal, str, toF64, unboxF64, unboxRef,
  type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { BOUND } from './function-names.js';
import { array_extend } from './iteration.js';
import { function_text } from './operators.js';
import { get_property } from './properties.js';
import { string_concat } from './strings.js';


/** `f.call(thisArg, ...rest)`. */
export function Function_call(self: ref, thisArg: val, rest: ref): val {
  return call_list(boxObject(self), thisArg, rest);
}

/** `f.apply(thisArg, args)`. */
export function Function_apply(self: ref, thisArg: val, args: val): val {
  if (args === UNDEFINED || args === NULL) return call_list(boxObject(self), thisArg, 0);
  if (!isObject(args)) throw type_error(str('CreateListFromArrayLike called on non-object'));
  const list: ref = alloc_array(4);
  array_extend(list, args);
  return call_list(boxObject(self), thisArg, list);
}

/** `f.bind(thisArg, ...rest)`. */
export function Function_bind(self: ref, thisArg: val, rest: ref): ref {
  const name: val = get_property(boxObject(self), str('name'));
  const length: val = get_property(boxObject(self), str('length'));
  const shown: str = isString(name) ? string_concat(str('bound '), unboxRef(name)) : str('bound ');
  const left: f64 = isNumber(length) ? fmax(0, unboxF64(length) - toF64(rest === 0 ? 0 : array_length(rest))) : 0;
  const bound: ref = alloc_closure(funcIndex(bound_entry), nativeInfo('bound ', 0, 5), BOUND.count);
  storeVal(bound, BOUND.target, boxObject(self));
  storeVal(bound, BOUND.self, thisArg);
  storeVal(bound, BOUND.args, rest === 0 ? UNDEFINED : boxObject(rest));
  storeVal(bound, BOUND.name, boxString(shown));
  storeVal(bound, BOUND.length, boxF64(left));
  return bound;
}

/** Closure entry of a bound function: its own arguments, then those of the call. */
function bound_entry(closure: ref, _self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref): val {
  const own: val = loadVal(closure, BOUND.args);
  const args: ref = own === UNDEFINED ? alloc_array(argc) : array_part(unboxRef(own), 0, array_length(unboxRef(own)));
  if (argc > 0) array_push(args, a0);
  if (argc > 1) array_push(args, a1);
  if (argc > 2) array_push(args, a2);
  if (argc > 3) array_push(args, a3);
  if (rest !== 0) array_extend(args, boxObject(rest));
  return call_list(loadVal(closure, BOUND.target), loadVal(closure, BOUND.self), args);
}

export function Function_toString(self: ref): str {
  return function_text(self);
}
