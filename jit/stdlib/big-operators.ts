/**
 * Arithmetic where an operand may be a bigint: both are made numeric, left first, and then have to be of one type.
 */
import { UNDEFINED } from '../abi.js';
import { BITS, big_combine, big_invert, big_low_bits, big_shift_by } from './big-bits.js';
import { big_of_value, is_big } from './big-convert.js';
import { big_add, big_negate, big_negative, big_of_i64, box_big } from './big-integers.js';
import { big_divide, big_power, big_times } from './big-products.js';
import { big_to_text } from './big-text.js';
import { range_error, type_error } from './errors.js';
import { boxF64, isNumber, str, toF64, toF64u, toI32, trunc, unboxF64, unboxRef, type bool, type f64, type i32, type ref, type val } from './intrinsics.js';
import { Math$pow } from './math-power.js';
import { number_remainder } from './math.js';
import { HINT_NUMBER, to_int32, to_number, to_primitive } from './operators.js';
import { string_length, string_unit } from './strings.js';
import { text_add_unit, text_finish, text_new } from './text.js';

/** Operators in the order in which the front end numbers them. */
const OPERATOR = {
  subtract: 0, multiply: 1, divide: 2, remainder: 3, power: 4, and: 5, or: 6, xor: 7, shiftLeft: 8, shiftRight: 9, shiftRightUnsigned: 10,
} as const;

/** A number or a bigint. */
export function to_numeric(v: val): val {
  if (isNumber(v) || is_big(v)) return v;
  const primitive: val = to_primitive(v, HINT_NUMBER);
  return is_big(primitive) ? primitive : boxF64(to_number(primitive));
}

export function numeric_operate(left: val, right: val, operator: i32): val {
  const a: val = to_numeric(left);
  const b: val = to_numeric(right);
  if (is_big(a) !== is_big(b)) throw type_error(str('Cannot mix BigInt and other types, use explicit conversions'));
  if (is_big(a)) return box_big(big_operate(unboxRef(a), unboxRef(b), operator));
  return boxF64(f64_operate(unboxF64(a), unboxF64(b), operator));
}

function big_operate(a: ref, b: ref, operator: i32): ref {
  switch (operator) {
    case OPERATOR.subtract:
      return big_add(a, b, true);
    case OPERATOR.multiply:
      return big_times(a, b);
    case OPERATOR.divide:
      return big_divide(a, b, false);
    case OPERATOR.remainder:
      return big_divide(a, b, true);
    case OPERATOR.power:
      return big_power(a, b);
    case OPERATOR.and:
      return big_combine(a, b, BITS.and);
    case OPERATOR.or:
      return big_combine(a, b, BITS.or);
    case OPERATOR.xor:
      return big_combine(a, b, BITS.xor);
    case OPERATOR.shiftLeft:
      return big_shift_by(a, b, false);
    case OPERATOR.shiftRight:
      return big_shift_by(a, b, true);
    default:
      throw type_error(str('BigInts have no unsigned right shift, use >> instead'));
  }
}

function f64_operate(a: f64, b: f64, operator: i32): f64 {
  switch (operator) {
    case OPERATOR.subtract:
      return a - b;
    case OPERATOR.multiply:
      return a * b;
    case OPERATOR.divide:
      return a / b;
    case OPERATOR.remainder:
      return number_remainder(a, b);
    case OPERATOR.power:
      return Math$pow(a, b);
    default:
      return bits_operate(to_int32(a), to_int32(b), operator);
  }
}

function bits_operate(a: i32, b: i32, operator: i32): f64 {
  switch (operator) {
    case OPERATOR.and:
      return toF64(a & b);
    case OPERATOR.or:
      return toF64(a | b);
    case OPERATOR.xor:
      return toF64(a ^ b);
    case OPERATOR.shiftLeft:
      return toF64(a << (b & 31));
    case OPERATOR.shiftRight:
      return toF64(a >> (b & 31));
    default:
      return toF64u(a >>> (b & 31));
  }
}

/** `v + step` for `++` and `--`, of what is numeric already. */
export function numeric_step(v: val, step: i32): val {
  if (!is_big(v)) return boxF64(unboxF64(v) + toF64(step));
  return box_big(big_add(unboxRef(v), big_of_i64(step < 0 ? -1n : 1n), false));
}

export function numeric_negate(v: val): val {
  const x: val = to_numeric(v);
  return is_big(x) ? box_big(big_negate(unboxRef(x))) : boxF64(-unboxF64(x));
}

export function numeric_invert(v: val): val {
  const x: val = to_numeric(v);
  return is_big(x) ? box_big(big_invert(unboxRef(x))) : boxF64(toF64(~to_int32(unboxF64(x))));
}

// The class -----------------------------------------------------------------------------------------------------------

export function global_BigInt(v: val): val {
  return box_big(big_of_value(to_primitive(v, HINT_NUMBER), false));
}

/** A count of bits, as an index: what is beyond 2^31 stands for more bits than any number has. */
function bits_of(v: val): i32 {
  const x: f64 = v === UNDEFINED ? 0 : trunc(to_number(v));
  if (x !== x) return 0;
  if (x < 0 || x > 9007199254740991) throw range_error(str('Invalid value: not (convertible to) a safe integer'));
  return x > 0x40000000 ? 0x40000000 : toI32(x);
}

function low_bits(bits: val, v: val, signed: bool): val {
  const count: i32 = bits_of(bits);
  const x: ref = big_of_value(to_primitive(v, HINT_NUMBER), true);
  if (count === 0x40000000 && !(!signed && big_negative(x))) return box_big(x);
  return box_big(big_low_bits(x, count, signed));
}

export function BigInt$asIntN(bits: val, v: val): val {
  return low_bits(bits, v, true);
}

export function BigInt$asUintN(bits: val, v: val): val {
  return low_bits(bits, v, false);
}

export function BigInt_toString(self: ref, radix: val): str {
  const base: f64 = radix === UNDEFINED ? 10 : trunc(to_number(radix));
  if (!(base >= 2 && base <= 36)) throw range_error(str('toString() radix argument must be between 2 and 36'));
  return big_to_text(self, toI32(base));
}

export function BigInt_valueOf(self: ref): val {
  return box_big(self);
}

/** As en-US has it: groups of three digits. */
export function BigInt_toLocaleString(self: ref): str {
  const digits: str = big_to_text(self, 10);
  const sign: i32 = big_negative(self) ? 1 : 0;
  let text: ref = text_new(string_length(digits) * 2);
  for (let i: i32 = 0; i < string_length(digits); i++) {
    if (i > sign && (string_length(digits) - i) % 3 === 0) text = text_add_unit(text, 44);
    text = text_add_unit(text, string_unit(digits, i));
  }
  return text_finish(text);
}
