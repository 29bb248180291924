/**
 * Symbols: strings of a form that no program writes (SYMBOL_NAMES of jit/abi.ts), under a tag of their own. As property
 * keys they are those strings, so shapes, tables and accessors need to know nothing of them.
 */
import { ROOT, TAG, UNDEFINED } from '../abi.js';
import { boxF64, boxRef, boxString, isNumber, isObject, str, tagOf, unboxF64, unboxRef, type f64, type i32, type ref, type val } from './intrinsics.js';
import { root_get, root_set } from './kinds.js';
import { number_to_string } from './number-format.js';
import { to_string } from './operators.js';
import { string_flatten } from './string-flatten.js';
import { string_concat, string_length, string_part, string_unit } from './strings.js';

const AT = 64;

/** `Symbol(description)`. */
export function global_Symbol(description: val): val {
  const last: val = root_get(ROOT.symbols);
  const id: f64 = isNumber(last) ? unboxF64(last) + 1 : 1;
  root_set(ROOT.symbols, boxF64(id));
  const head: str = string_concat(str('\0@'), number_to_string(id));
  if (description === UNDEFINED) return symbol_of_name(head);
  return symbol_of_name(string_concat(string_concat(head, str('@')), to_string(description)));
}

/** `Symbol.for(key)`: symbols of one name are equal, so nothing is kept. */
export function Symbol$for(key: val): val {
  return symbol_of_name(string_concat(str('\0@for@'), to_string(key)));
}

function symbol_of_name(name: str): val {
  return boxRef(TAG.symbol, string_flatten(name));
}

/** The description in a symbol's name, or undefined. */
export function symbol_description(name: str): val {
  const length: i32 = string_length(name);
  let at: i32 = 2;
  while (at < length && string_unit(name, at) !== AT) at = at + 1;
  return at === length ? UNDEFINED : boxString(string_part(name, at + 1, length));
}

/** `Symbol(description)` as text. */
export function symbol_text(name: str): str {
  const description: val = symbol_description(name);
  const inner: str = description === UNDEFINED ? str('') : unboxRef(description);
  return string_concat(string_concat(str('Symbol('), inner), str(')'));
}

export function Symbol_toString(self: ref): str {
  return symbol_text(self);
}

/** The name that a function gets from the key it stands under: `[description]` for a symbol. */
export function name_from_key(key: val): str {
  if (tagOf(key) !== TAG.symbol) return isObject(key) ? str('') : to_string(key);
  const description: val = symbol_description(unboxRef(key));
  if (description === UNDEFINED) return str('');
  return string_concat(string_concat(str('['), unboxRef(description)), str(']'));
}
