/** `String` and its functions, and concatenation of many parts. */
import { ARRAY, TAG } from '../abi.js';
import { array_get } from './arrays.js';
import { get_element } from './elements.js';
import { range_error } from './errors.js';
import { boxF64, load32, str, tagOf, toF64, toI32, trunc, unboxRef, type f64, type i32, type ref, type val } from './intrinsics.js';
import { number_to_string } from './number-format.js';
import { to_int32, to_number, to_string } from './operators.js';
import { get_property } from './properties.js';
import { string_concat, string_empty, string_of_code_point } from './strings.js';
import { symbol_text } from './symbols.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

/** `s` and the elements of an array, as strings, one after another. */
export function concat_all(s: str, parts: ref): str {
  const count: i32 = load32(parts, ARRAY.length);
  let made: str = s;
  for (let i: i32 = 0; i < count; i++) made = string_concat(made, to_string(array_get(parts, i)));
  return made;
}

/** `String(value)` with at least one argument. */
export function global_String(v: val): str {
  return tagOf(v) === TAG.symbol ? symbol_text(unboxRef(v)) : to_string(v);
}

export function String$fromCharCode(rest: ref): str {
  const count: i32 = load32(rest, ARRAY.length);
  let text: ref = text_new(count);
  for (let i: i32 = 0; i < count; i++) text = text_add_unit(text, to_int32(to_number(array_get(rest, i))) & 65535);
  return text_finish(text);
}

export function String$fromCodePoint(rest: ref): str {
  const count: i32 = load32(rest, ARRAY.length);
  let text: ref = text_new(count);
  for (let i: i32 = 0; i < count; i++) {
    const point: f64 = to_number(array_get(rest, i));
    if (!(point >= 0 && point <= 1114111 && trunc(point) === point)) {
      throw range_error(string_concat(str('Invalid code point '), number_to_string(point)));
    }
    text = text_add(text, string_of_code_point(toI32(point)));
  }
  return text_finish(text);
}

export function String$raw(strings: val, rest: ref): str {
  const raw: val = get_property(strings, str('raw'));
  const count: i32 = toI32(to_number(get_property(raw, str('length'))));
  const given: i32 = load32(rest, ARRAY.length);
  let made: str = string_empty();
  for (let i: i32 = 0; i < count; i++) {
    made = string_concat(made, to_string(get_element(raw, boxF64(toF64(i)))));
    if (i + 1 < count && i < given) made = string_concat(made, to_string(array_get(rest, i)));
  }
  return made;
}
