/** The SyntaxErrors of JSON.parse, in V8's words. Positions count units from the start of the text. */
import { error_with } from './errors.js';
import { boxObject, classOf, str, toF64, type bool, type i32, type val } from './intrinsics.js';
import { number_to_string } from './number-format.js';
import { string_char, string_concat, string_equals, string_length, string_part, string_unit } from './strings.js';

/** Units shown on each side of an unexpected one in a long text. */
const CONTEXT = 10;

export function syntax_error(message: str): val {
  return boxObject(error_with(classOf('SyntaxError'), message));
}

/** "<what> in JSON at position <at>". */
export function json_error_at(what: str, at: i32): val {
  return syntax_error(string_concat(string_concat(what, str(' in JSON at position ')), number_to_string(toF64(at))));
}

/** "Unexpected non-whitespace character after JSON at position <at>". */
export function json_error_after(at: i32): val {
  return syntax_error(string_concat(str('Unexpected non-whitespace character after JSON at position '), number_to_string(toF64(at))));
}

/** Texts that come from converting other values, which the message then names alone. */
function is_special(text: str): bool {
  if (string_length(text) > 15) return false;
  return string_equals(text, str('undefined')) || string_equals(text, str('NaN'))
    || string_equals(text, str('Infinity')) || string_equals(text, str('[object Object]'));
}

/** The text ends, or has another unit than a value needs, at `at`. */
export function json_unexpected(text: str, at: i32): val {
  const length: i32 = string_length(text);
  if (at >= length) return syntax_error(str('Unexpected end of JSON input'));
  const unit: i32 = string_unit(text, at);
  if (unit === 34) return json_error_at(str('Unexpected string'), at);
  if (unit === 45 || (unit >= 48 && unit <= 57)) return json_error_at(str('Unexpected number'), at);
  if (is_special(text)) return syntax_error(string_concat(string_concat(str('"'), text), str('" is not valid JSON')));
  return unexpected_token(text, at, length);
}

/** Names the unit, and the text around it. */
function unexpected_token(text: str, at: i32, length: i32): val {
  const long: bool = length > CONTEXT * 2;
  const from: i32 = long && at >= CONTEXT ? at - CONTEXT : 0;
  const to: i32 = long && (at < CONTEXT || at < length - CONTEXT) ? at + CONTEXT : length;
  let message: str = string_concat(string_concat(str('Unexpected token \''), string_char(text, at)), str('\', '));
  message = string_concat(message, from > 0 || (long && at >= CONTEXT) ? str('..."') : str('"'));
  message = string_concat(message, string_part(text, from, to));
  return syntax_error(string_concat(message, to < length ? str('"... is not valid JSON') : str('" is not valid JSON')));
}
