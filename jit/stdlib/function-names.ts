/**
 * `name` and `length` of functions. A bound function keeps its own, made when it was bound, behind what it calls.
 */
import { ABSENT, CLOSURE, FUNCTION_INFO } from '../abi.js';
import { field_get } from './fields.js';
import { function_field_set, function_fields, is_class } from './function-fields.js';
import { boxString, load32, loadRef, loadVal, str, toF64, unboxF64, unboxRef, type bool, type f64, type ref, type val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { string_concat } from './strings.js';
import { name_from_key } from './symbols.js';

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
  const fields: ref = is_class(closure) ? 0 : function_fields(closure);
  const own: val = fields === 0 ? ABSENT : field_get(fields, str('\0#name'));
  if (own !== ABSENT) return unboxRef(own);
  const name: str = loadRef(loadRef(closure, CLOSURE.info), FUNCTION_INFO.name);
  return name === 0 ? str('') : name;
}

export function function_length(closure: ref): f64 {
  if (is_bound(closure)) return unboxF64(loadVal(closure, BOUND.length));
  return toF64(load32(loadRef(closure, CLOSURE.info), FUNCTION_INFO.parameterCount));
}

/** Names a function after the key that it stands under in a literal or class: `before` is empty, `get ` or `set `. */
export function function_rename(v: val, before: str, key: val): val {
  function_field_set(unboxRef(v), str('\0#name'), boxString(string_concat(before, name_from_key(key))));
  return v;
}
