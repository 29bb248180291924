/**
 * normalize() where it changes nothing: NFC below the combining marks, the other forms in ASCII. Other text ends in a
 * TypeError with number BR2102: it needs tables that are not in the library.
 */
import { UNDEFINED } from '../abi.js';
import { range_error, type_error } from './errors.js';
import { charge } from './fuel.js';
import { str, type bool, type i32, type ref, type val } from './intrinsics.js';
import { to_string } from './operators.js';
import { flat_unit, string_base, string_equals, string_length, string_start } from './strings.js';

/** From here on combining marks and composed letters begin that NFC may change. */
const FIRST_MARK = 768;

function all_below(s: str, bound: i32): bool {
  const flat: ref = string_base(s);
  const start: i32 = string_start(s);
  const length: i32 = string_length(s);
  charge(length >> 2);
  for (let i: i32 = 0; i < length; i++) {
    if (flat_unit(flat, start + i) >= bound) return false;
  }
  return true;
}

export function String_normalize(self: str, form: val): str {
  const name: str = form === UNDEFINED ? str('NFC') : to_string(form);
  const composed: bool = string_equals(name, str('NFC'));
  if (!composed && !string_equals(name, str('NFD')) && !string_equals(name, str('NFKC')) && !string_equals(name, str('NFKD'))) {
    throw range_error(str('The normalization form should be one of NFC, NFD, NFKC, NFKD.'));
  }
  if (all_below(self, composed ? FIRST_MARK : 128)) return self;
  throw type_error(str('BR2102: normalize is limited to text that it leaves as it is'));
}
