/**
 * Decimals to doubles, correctly rounded: `[+-] digits [. digits] [e [+-] digits]` and `Infinity`, as string to number
 * conversion, parseFloat and JSON share them.
 *
 * At most 15 digits and a power of ten up to 22 take one double operation; at most 18 digits mostly a few products of 64
 * bits. Everything else is a quotient of naturals, developed bit by bit. Digits beyond DIGIT_LIMIT cannot move a double but by breaking a tie: one digit 1 stands for them.
 */
import { BIG, big_bits, big_compare, big_is_zero, big_multiply, big_multiply_tens, big_set, big_shift, big_subtract } from './bignum.js';
import { multiply_high, power_row, row_exponent, row_power, row_significand, small_power } from './decimal-powers.js';
import { clz64, f64OfBits, i64ToF64, shl64, shru64, toI64, wrap } from './intrinsics.js';
import type { bool, f64, i32, i64, ref } from './intrinsics.js';
import { SCRATCH, number_scratch } from './number-digits.js';
import { flat_unit } from './strings.js';

/** A double is told from its neighbours' midpoint by fewer digits than this. */
const DIGIT_LIMIT = 780;
/** No mantissa makes up for an exponent beyond this. */
const EXPONENT_LIMIT = 100000000;
const INFINITE = Infinity;

function is_digit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

function is_sign(unit: i32): bool {
  return unit === 43 || unit === 45;
}

/** Unit or -1 behind the end. */
function unit_before(flat: ref, at: i32, to: i32): i32 {
  return at < to ? flat_unit(flat, at) : -1;
}

function skip_digits(flat: ref, from: i32, to: i32): i32 {
  let at: i32 = from;
  while (at < to && is_digit(flat_unit(flat, at))) at++;
  return at;
}

/** Where "Infinity" ends if it stands at `from`, else `from`. */
function infinity_end(flat: ref, from: i32, to: i32): i32 {
  if (to - from < 8) return from;
  // I n f i n i t y
  if (flat_unit(flat, from) !== 73 || flat_unit(flat, from + 1) !== 110 || flat_unit(flat, from + 2) !== 102) return from;
  if (flat_unit(flat, from + 3) !== 105 || flat_unit(flat, from + 4) !== 110 || flat_unit(flat, from + 5) !== 105) return from;
  if (flat_unit(flat, from + 6) !== 116 || flat_unit(flat, from + 7) !== 121) return from;
  return from + 8;
}

/** End of the longest decimal at `from`; `from` if there is none. */
export function decimal_end(flat: ref, from: i32, to: i32): i32 {
  const start: i32 = is_sign(unit_before(flat, from, to)) ? from + 1 : from;
  const infinity: i32 = infinity_end(flat, start, to);
  if (infinity !== start) return infinity;
  let at: i32 = skip_digits(flat, start, to);
  let digits: i32 = at - start;
  if (unit_before(flat, at, to) === 46) {
    const end: i32 = skip_digits(flat, at + 1, to);
    digits = digits + end - at - 1;
    if (digits > 0) at = end;
  }
  if (digits === 0) return from;
  const mark: i32 = unit_before(flat, at, to);
  if (mark !== 101 && mark !== 69) return at;
  const exponent: i32 = is_sign(unit_before(flat, at + 1, to)) ? at + 2 : at + 1;
  const end: i32 = skip_digits(flat, exponent, to);
  return end > exponent ? end : at;
}

function exponent_value(flat: ref, mark: i32, to: i32): i32 {
  if (mark === to) return 0;
  const negative: bool = flat_unit(flat, mark + 1) === 45;
  let value: i32 = 0;
  for (let at: i32 = is_sign(flat_unit(flat, mark + 1)) ? mark + 2 : mark + 1; at < to; at++) {
    if (value < EXPONENT_LIMIT) value = value * 10 + (flat_unit(flat, at) - 48);
  }
  return negative ? -value : value;
}

/** 10^power for 0 <= power <= 22, exact. */
function exact_power(power: i32): f64 {
  let value: f64 = 1;
  for (let i: i32 = 0; i < power; i++) value = value * 10;
  return value;
}

/** The double of the decimal that is [from, to), as decimal_end found it. */
export function decimal_value(flat: ref, from: i32, to: i32): f64 {
  const first: i32 = flat_unit(flat, from);
  const start: i32 = is_sign(first) ? from + 1 : from;
  const size: f64 = flat_unit(flat, start) === 73 ? INFINITE : natural_value(flat, start, to);
  return first === 45 ? -size : size;
}

function natural_value(flat: ref, start: i32, to: i32): f64 {
  let mantissa: i64 = 0n;
  let count: i32 = 0;
  let places: i32 = 0;
  let behind: bool = false;
  let at: i32 = start;
  while (at < to) {
    const unit: i32 = flat_unit(flat, at);
    if (unit === 46) {
      behind = true;
    } else if (is_digit(unit)) {
      if (behind) places++;
      if (count > 0 || unit !== 48) count++;
      if (count < 19) mantissa = mantissa * 10n + toI64(unit - 48);
    } else {
      break;
    }
    at++;
  }
  if (count === 0) return 0;
  const exponent: i32 = exponent_value(flat, at, to) - places;
  if (count < 16) {
    if (exponent >= 0 && exponent <= 22) return i64ToF64(mantissa) * exact_power(exponent);
    if (exponent < 0 && exponent >= -22) return i64ToF64(mantissa) / exact_power(-exponent);
  }
  if (count < 19) {
    const near: f64 = near_value(mantissa, exponent);
    if (near === near) return near;
  }
  return exact_value(flat, start, at, exponent, count);
}

/** An approximation of 64 bits is off by less than this many units: one for each factor, doubled by normalizing. */
const NEAR_ERROR = 8n;

/**
 * mantissa * 10^exponent by products of 64 bits; NaN if the bits beyond the double's are so close to a half that the
 * error decides, or the result is no normal number.
 */
function near_value(mantissa: i64, exponent: i32): f64 {
  const row: i32 = power_row(exponent);
  if (row < 0) return NaN;
  const shift: i64 = clz64(mantissa);
  let product: i64 = shl64(mantissa, shift);
  let binary: i32 = row_exponent(row) + 64 - wrap(shift);
  const left: i32 = exponent - row_power(row);
  if (left > 0) {
    const factor: i64 = small_power(left);
    const width: i64 = clz64(factor);
    product = multiply_high(product, shl64(factor, width));
    binary = binary + 64 - wrap(width);
    if (product >= 0n) {
      product = shl64(product, 1n);
      binary--;
    }
  }
  product = multiply_high(product, row_significand(row));
  if (product >= 0n) {
    product = shl64(product, 1n);
    binary--;
  }
  const rest: i64 = product & 2047n;
  if (binary < -1080 || binary > 950 || (rest > 1024n - NEAR_ERROR && rest < 1024n + NEAR_ERROR)) return NaN;
  const kept: i64 = shru64(product, 11n) + (rest > 1024n ? 1n : 0n);
  const half: i32 = (binary + 11) >> 1;
  return i64ToF64(kept) * power_of_two(half) * power_of_two(binary + 11 - half);
}

/** The value of the digits in [from, to) times 10^exponent; `count` of them are significant. */
function exact_value(flat: ref, from: i32, to: i32, exponent: i32, count: i32): f64 {
  if (count + exponent > 310) return INFINITE;
  if (count + exponent < -326) return 0;
  const r: i32 = number_scratch() + SCRATCH.big;
  const s: i32 = r + BIG.bytes;
  const left: i32 = exponent + read_digits(r, flat, from, to, count);
  big_set(s, 1n);
  if (left > 0) big_multiply_tens(r, left);
  else big_multiply_tens(s, -left);
  return quotient(r, s);
}

/** Reads significant digits into p; gives how many the exponent must make up for. */
function read_digits(p: i32, flat: ref, from: i32, to: i32, count: i32): i32 {
  big_set(p, 0n);
  let taken: i32 = 0;
  let factor: i64 = 1n;
  let part: i64 = 0n;
  for (let at: i32 = from; at < to && taken < DIGIT_LIMIT; at++) {
    const unit: i32 = flat_unit(flat, at);
    if (unit === 46 || (taken === 0 && unit === 48)) continue;
    part = part * 10n + toI64(unit - 48);
    factor = factor * 10n;
    taken++;
    if (factor === 1000000000n) {
      big_multiply(p, factor, part);
      factor = 1n;
      part = 0n;
    }
  }
  big_multiply(p, factor, part);
  if (count === taken) return 0;
  big_multiply(p, 10n, 1n);
  return count - taken - 1;
}

/** r / s, rounded to the nearest double, ties to even; both above 0, and destroyed. */
function quotient(r: i32, s: i32): f64 {
  const shift: i32 = big_bits(r) - big_bits(s);
  if (shift > 0) big_shift(s, shift);
  else big_shift(r, -shift);
  let bits: i64 = 0n;
  for (let i: i32 = 0; i < 62; i++) {
    bits = shl64(bits, 1n);
    if (big_compare(r, s) >= 0) {
      big_subtract(r, s);
      bits = bits | 1n;
    }
    big_multiply(r, 2n, 0n);
  }
  return scaled_double(bits, shift - 61, !big_is_zero(r));
}

/** bits * 2^exponent, plus something less than one unit of `bits` if `more`, rounded to nearest, ties to even; 0 <= bits < 2^62. */
export function scaled_double(bits: i64, exponent: i32, more: bool): f64 {
  const length: i32 = 64 - wrap(clz64(bits));
  let drop: i32 = length > 53 ? length - 53 : 0;
  if (exponent + drop < -1074) drop = -1074 - exponent;
  if (drop > 62) return 0;
  let kept: i64 = shru64(bits, toI64(drop));
  if (drop > 0) {
    const rest: i64 = bits - shl64(kept, toI64(drop));
    const half: i64 = shl64(1n, toI64(drop - 1));
    if (rest > half || (rest === half && (more || (kept & 1n) !== 0n))) kept = kept + 1n;
  }
  const power: i32 = exponent + drop;
  if (power > 1000) return kept === 0n ? 0 : INFINITE;
  // Two factors keep every step exact: the product is representable, or infinite.
  const half: i32 = power >> 1;
  return i64ToF64(kept) * power_of_two(half) * power_of_two(power - half);
}

function power_of_two(exponent: i32): f64 {
  return f64OfBits(shl64(toI64(exponent + 1023), 52n));
}
