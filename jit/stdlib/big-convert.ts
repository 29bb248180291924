/** Between bigints and doubles, and their common order. */
import { FALSE, TAG, TRUE } from '../abi.js';
import {
  bigint_compare, big_digit, big_length, big_negative, big_new, big_of_i64, big_set_digit, big_trim,
} from './big-integers.js';
import { big_of_text } from './big-text.js';
import { describe_value } from './describe.js';
import { error_with, range_error, type_error } from './errors.js';
import {
  abs, bitsOfF64, boxObject, classOf, clz32, f64OfBits, f64ToI64, floor, i64ToF64u, isNumber, isString, shl64, shru64, str, tagOf, toI64,
  toI64u, unboxF64, unboxRef, wrap, type bool, type f64, type i32, type i64, type ref, type val,
} from './intrinsics.js';
import { number_to_string } from './number-format.js';
import { string_concat } from './strings.js';

export function is_big(v: val): bool {
  return tagOf(v) === TAG.bigint;
}

/** The nearest double, ties to even; infinite beyond all doubles. */
export function big_to_f64(x: ref): f64 {
  const length: i32 = big_length(x);
  if (length === 0) return 0;
  if (length > 32) return big_negative(x) ? -Infinity : Infinity;
  const unused: i32 = clz32(big_digit(x, length - 1));
  // The top 64 bits, the last one set where anything below them is.
  let top: i64 = shl64(digit(x, length - 1), toI64(32 + unused)) | shl64(digit(x, length - 2), toI64(unused));
  top = top | shru64(digit(x, length - 3), toI64(32 - unused));
  if (has_bits_below(x, length - 3, 32 - unused)) top = top | 1n;
  const scale: f64 = f64OfBits(shl64(toI64(1023 + 32 * (length - 2) - unused), 52n));
  const size: f64 = i64ToF64u(top) * scale;
  return big_negative(x) ? -size : size;
}

function digit(x: ref, i: i32): i64 {
  return i < 0 ? 0n : toI64u(big_digit(x, i));
}

/** Whether a digit has any of its low `bits` bits set, or any digit below it is not zero. */
function has_bits_below(x: ref, at: i32, bits: i32): bool {
  if (at < 0) return false;
  if (bits > 0 && (digit(x, at) & (shl64(1n, toI64(bits)) - 1n)) !== 0n) return true;
  for (let i: i32 = 0; i < at; i++) {
    if (big_digit(x, i) !== 0) return true;
  }
  return false;
}

/** The bigint of a double that is a whole number. */
export function big_of_whole(x: f64): ref {
  const size: f64 = abs(x);
  if (size < 9007199254740992) return big_of_i64(f64ToI64(x));
  const exponent: i32 = (wrap(shru64(bitsOfF64(size), 52n)) & 2047) - 1075;
  const significand: i64 = (bitsOfF64(size) & 0xfffffffffffffn) | 0x10000000000000n;
  const made: ref = big_new((exponent >> 5) + 3);
  const low: i64 = shl64(significand, toI64(exponent & 31));
  const high: i64 = (exponent & 31) === 0 ? 0n : shru64(significand, toI64(64 - (exponent & 31)));
  big_set_digit(made, exponent >> 5, wrap(low));
  big_set_digit(made, (exponent >> 5) + 1, wrap(shru64(low, 32n)));
  big_set_digit(made, (exponent >> 5) + 2, wrap(high));
  return big_trim(made, x < 0);
}

/** Order of a bigint and a double: -1, 0, 1, or 2 for NaN. */
export function big_compare_f64(x: ref, y: f64): i32 {
  if (y !== y) return 2;
  if (y === Infinity) return -1;
  if (y === -Infinity) return 1;
  const whole: f64 = floor(y);
  const order: i32 = bigint_compare(x, big_of_whole(whole));
  return order === 0 && whole !== y ? -1 : order;
}

/** What `BigInt(v)` gives for a primitive value, and what is taken where a bigint is asked for (then `strict`). */
export function big_of_value(v: val, strict: bool): ref {
  if (is_big(v)) return unboxRef(v);
  if (isNumber(v) && !strict) return big_of_number(unboxF64(v));
  if (isString(v)) {
    const read: ref = big_of_text(unboxRef(v));
    if (read !== 0) return read;
    throw boxObject(error_with(classOf('SyntaxError'), quoted(str('Cannot convert '), unboxRef(v), str(' to a BigInt'))));
  }
  if (v === TRUE || v === FALSE) return big_of_i64(v === TRUE ? 1n : 0n);
  throw type_error(quoted(str('Cannot convert '), describe_value(v), str(' to a BigInt')));
}

function big_of_number(x: f64): ref {
  if (x - x === 0 && floor(x) === x) return big_of_whole(x);
  const named: str = quoted(str('The number '), number_to_string(x), str(' cannot be converted to a BigInt'));
  throw range_error(string_concat(named, str(' because it is not an integer')));
}

function quoted(before: str, text: str, behind: str): str {
  return string_concat(string_concat(before, text), behind);
}
