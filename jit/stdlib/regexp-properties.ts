/** Unicode properties, `\p{…}`: refused where the pattern is known when a program is compiled, an error where it is not. */
import { type_error } from './errors.js';
import { str, type ref, type val } from './intrinsics.js';
import { builder_source } from './regexp-builder.js';
import { string_concat } from './strings.js';

export function unsupported_property(b: ref): val {
  const head: str = string_concat(str('BR2103: Unicode properties in regular expressions are not supported: /'), builder_source(b));
  return type_error(string_concat(head, str('/')));
}
