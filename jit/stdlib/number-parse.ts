/** Strings to numbers: the conversion `Number(text)`, parseFloat, parseInt, and the tests of Number. */
import { UNDEFINED } from '../abi.js';
import { charge } from './fuel.js';
import { decimal_end, decimal_value, scaled_double } from './decimal.js';
import { clz32, imul, isNumber, leu, shl64, toF64, toF64u, toI64, trunc, unboxF64, unboxRef } from './intrinsics.js';
import type { bool, f64, i32, i64, ref, str, val } from './intrinsics.js';
import { big_to_f64, is_big } from './big-convert.js';
import { HINT_NUMBER, to_int32, to_number, to_primitive } from './operators.js';
import { flat_unit, string_base, string_length, string_start } from './strings.js';
import { skip_white, skip_white_back } from './white-space.js';

/** 2^53 - 1. */
const MAX_SAFE = 9007199254740991;

export function string_to_number(s: str): f64 {
  const flat: ref = string_base(s);
  const begin: i32 = string_start(s);
  const end: i32 = begin + string_length(s);
  charge(string_length(s) >> 1);
  const from: i32 = skip_white(flat, begin, end);
  const to: i32 = skip_white_back(flat, from, end);
  if (from === to) return 0;
  const first: i32 = flat_unit(flat, from);
  if (first === 48 && to - from > 2) {
    const radix: i32 = prefix_radix(flat_unit(flat, from + 1));
    if (radix !== 0) {
      const stop: i32 = skip_radix(flat, from + 2, to, radix);
      return stop === to ? radix_value(flat, from + 2, to, radix) : NaN;
    }
  }
  return decimal_end(flat, from, to) === to ? decimal_value(flat, from, to) : NaN;
}

/** Base of the literal with this letter behind its 0, or 0. */
function prefix_radix(unit: i32): i32 {
  switch (unit) {
    case 120:
    case 88:
      return 16;
    case 111:
    case 79:
      return 8;
    case 98:
    case 66:
      return 2;
    default:
      return 0;
  }
}

/** Value of a digit, at least 36 for what is none. */
function digit_of(unit: i32): i32 {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 122) return unit - 87;
  if (unit >= 65 && unit <= 90) return unit - 55;
  return 99;
}

function skip_radix(flat: ref, from: i32, to: i32, radix: i32): i32 {
  let at: i32 = from;
  while (at < to && digit_of(flat_unit(flat, at)) < radix) at++;
  return at;
}

/** The digits in [from, to) in this base. */
function radix_value(flat: ref, from: i32, to: i32, radix: i32): f64 {
  if (radix === 10) return decimal_value(flat, from, to);
  if ((radix & (radix - 1)) === 0) return binary_value(flat, from, to, radix);
  return part_value(flat, from, to, radix);
}

/** A base that is a power of two: exact. */
function binary_value(flat: ref, from: i32, to: i32, radix: i32): f64 {
  let bits: i64 = 0n;
  let exponent: i32 = 0;
  let more: bool = false;
  const width: i32 = 31 - clz32(radix);
  for (let at: i32 = from; at < to; at++) {
    const digit: i32 = digit_of(flat_unit(flat, at));
    if (bits < 36028797018963968n) {
      bits = shl64(bits, toI64(width)) + toI64(digit);
    } else {
      more = more || digit !== 0;
      exponent = exponent + width;
    }
  }
  return scaled_double(bits, exponent, more);
}

/** Other bases: as many digits at a time as fit 32 bits, as V8 sums them up; large values are approximate. */
function part_value(flat: ref, from: i32, to: i32, radix: i32): f64 {
  let value: f64 = 0;
  let at: i32 = from;
  // Zeros in front would shift where the parts begin, and with it how the sum is rounded.
  while (at < to && flat_unit(flat, at) === 48) at++;
  while (at < to) {
    let part: i32 = 0;
    let multiplier: i32 = 1;
    while (at < to && leu(imul(multiplier, radix), 119304647)) {
      multiplier = imul(multiplier, radix);
      part = imul(part, radix) + digit_of(flat_unit(flat, at));
      at++;
    }
    value = value * toF64(multiplier) + toF64u(part);
  }
  return value;
}

export function global_parseFloat(s: str): f64 {
  const flat: ref = string_base(s);
  const begin: i32 = string_start(s);
  const end: i32 = begin + string_length(s);
  charge(string_length(s) >> 1);
  const from: i32 = skip_white(flat, begin, end);
  const to: i32 = decimal_end(flat, from, end);
  return to === from ? NaN : decimal_value(flat, from, to);
}

export function global_parseInt(s: str, radix: val): f64 {
  let base: i32 = radix === UNDEFINED ? 0 : to_int32(to_number(radix));
  const flat: ref = string_base(s);
  const begin: i32 = string_start(s);
  const end: i32 = begin + string_length(s);
  charge(string_length(s) >> 1);
  let from: i32 = skip_white(flat, begin, end);
  const sign: i32 = from < end ? flat_unit(flat, from) : 0;
  if (sign === 43 || sign === 45) from++;
  if ((base === 0 || base === 16) && end - from >= 2 && flat_unit(flat, from) === 48 && prefix_radix(flat_unit(flat, from + 1)) === 16) {
    base = 16;
    from = from + 2;
  }
  if (base === 0) base = 10;
  if (base < 2 || base > 36) return NaN;
  const to: i32 = skip_radix(flat, from, end, base);
  if (to === from) return NaN;
  const size: f64 = radix_value(flat, from, to, base);
  return sign === 45 ? -size : size;
}

// Number and the global tests -----------------------------------------------------------------------------------------

export function Number$parseFloat(s: str): f64 {
  return global_parseFloat(s);
}

export function Number$parseInt(s: str, radix: val): f64 {
  return global_parseInt(s, radix);
}

function is_finite(x: f64): bool {
  return x - x === 0;
}

export function Number$isInteger(v: val): bool {
  if (!isNumber(v)) return false;
  const x: f64 = unboxF64(v);
  return is_finite(x) && trunc(x) === x;
}

export function Number$isSafeInteger(v: val): bool {
  if (!Number$isInteger(v)) return false;
  const x: f64 = unboxF64(v);
  return x >= -MAX_SAFE && x <= MAX_SAFE;
}

export function Number$isFinite(v: val): bool {
  return isNumber(v) && is_finite(unboxF64(v));
}

export function Number$isNaN(v: val): bool {
  return isNumber(v) && unboxF64(v) !== unboxF64(v);
}

export function global_isNaN(v: val): bool {
  const x: f64 = to_number(v);
  return x !== x;
}

export function global_isFinite(v: val): bool {
  return is_finite(to_number(v));
}

export function global_Number(v: val): f64 {
  const primitive: val = to_primitive(v, HINT_NUMBER);
  return is_big(primitive) ? big_to_f64(unboxRef(primitive)) : to_number(primitive);
}
