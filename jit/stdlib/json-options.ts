/** What JSON.stringify asks once: its second and third argument in the form it works with, and the order of names. */
import { SHAPE } from '../abi.js';
import { array_get, array_length, array_push } from './arrays.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxString, isNumber, isString, load32, str, toF64, toI32, unboxF64, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { to_string } from './operators.js';
import { shape_key } from './shapes.js';
import { String_repeat } from './string-methods.js';
import { flat_unit, string_empty, string_equals, string_length, string_part } from './strings.js';

/** Most units of an indentation. */
const GAP_LIMIT = 10;

/** What each level is indented by. */
export function gap_of(space: val): str {
  if (isNumber(space)) {
    const width: i32 = toI32(unboxF64(space));
    return width < 1 ? string_empty() : String_repeat(str(' '), toF64(width > GAP_LIMIT ? GAP_LIMIT : width));
  }
  if (!isString(space)) return string_empty();
  const text: str = unboxRef(space);
  return string_length(text) > GAP_LIMIT ? string_part(text, 0, GAP_LIMIT) : text;
}

/** The names in a replacer that is an array: its strings and numbers, each once. */
export function allowed_names(list: ref): ref {
  const count: i32 = array_length(list);
  const names: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) {
    const item: val = array_get(list, i);
    if (!isString(item) && !isNumber(item)) continue;
    const name: str = to_string(item);
    if (!has_name(names, name)) array_push(names, boxString(name));
  }
  return names;
}

function has_name(names: ref, name: str): bool {
  const count: i32 = array_length(names);
  charge(count);
  for (let i: i32 = 0; i < count; i++) {
    if (string_equals(unboxRef(array_get(names, i)), name)) return true;
  }
  return false;
}

/** Whether some key of a shape may be an index, which enumeration puts first: whether it begins with a digit. */
export function may_have_indices(shape: ref): bool {
  const count: i32 = load32(shape, SHAPE.keyCount);
  for (let i: i32 = 0; i < count; i++) {
    const key: str = shape_key(shape, i);
    if (string_length(key) === 0) continue;
    const first: i32 = flat_unit(key, 0);
    if (first >= 48 && first <= 57) return true;
  }
  return false;
}
