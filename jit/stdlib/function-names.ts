/**
 * `name` and `length` of functions. A bound function keeps its own, made when it was bound, behind what it calls.
 */
import { CLOSURE, FUNCTION_INFO } from '../abi.js';
import { load32, loadRef, loadVal, str, toF64, unboxF64, unboxRef, type bool, type f64, type ref } from './intrinsics.js';
import { key_equals } from './keys.js';

/** Captures of a bound function. */
export const BOUND = { target: 16, self: 24, args: 32, name: 40, length: 48, count: 5 } as const;

/** Known by the name in its info, which ends in a space, and the number of its captures. */
function is_bound(closure: ref): bool {
  const info: ref = loadRef(closure, CLOSURE.info);
  if (load32(info, FUNCTION_INFO.captureCount) !== BOUND.count || loadRef(info, FUNCTION_INFO.name) === 0) return false;
  return key_equals(loadRef(info, FUNCTION_INFO.name), str('bound '));
}

export function function_name(closure: ref): str {
  if (is_bound(closure)) return unboxRef(loadVal(closure, BOUND.name));
  const name: str = loadRef(loadRef(closure, CLOSURE.info), FUNCTION_INFO.name);
  return name === 0 ? str('') : name;
}

export function function_length(closure: ref): f64 {
  if (is_bound(closure)) return unboxF64(loadVal(closure, BOUND.length));
  return toF64(load32(loadRef(closure, CLOSURE.info), FUNCTION_INFO.parameterCount));
}
