/** Syntax errors of regular expressions, in V8's words. */
import { error_with } from './errors.js';
import { boxObject, classOf, str, type ref, type val } from './intrinsics.js';
import { NUMBER, builder_source, number_of } from './regexp-builder.js';
import { flags_text } from './regexp-flags.js';
import { string_concat } from './strings.js';

export function pattern_error(b: ref, problem: str): val {
  const head: str = string_concat(string_concat(str('Invalid regular expression: /'), builder_source(b)), str('/'));
  const named: str = string_concat(string_concat(head, flags_text(number_of(b, NUMBER.flags))), str(': '));
  return regexp_error(string_concat(named, problem));
}

export function regexp_error(message: str): val {
  return boxObject(error_with(classOf('SyntaxError'), message));
}
