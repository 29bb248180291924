/**
 * Exact decimal digits of doubles: the shortest that read back as the same double (Steele and White's free format, as
 * improved by Burger and Dybvig), or a given count, rounded half up. Exact arithmetic on naturals; the fast paths are in
 * number-format.ts and number-shortest.ts.
 *
 * Works in a scratch object of the task, kept in ROOT.scratch; nothing in it outlives a call into this family of files.
 *
 *   SCRATCH.count   digits made          SCRATCH.digits   one digit (0 to 9) per byte
 *   SCRATCH.point   value = 0.d1d2d3… * 10^point
 */
import { BLOB, ROOT, UNDEFINED } from '../abi.js';
import { BIG, big_compare, big_multiply, big_multiply_tens, big_set, big_shift, big_sum, big_take } from './bignum.js';
import { alloc_blob } from './heap.js';
import {
  bitsOfF64, boxObject, ceil, clz64, elementAddress, load32, load8, shru64, store32, store8, toF64, toI32, unboxRef, wrap,
} from './intrinsics.js';
import type { bool, f64, i32, i64, ref, val } from './intrinsics.js';
import { root_get, root_set } from './kinds.js';
import { digits_fast } from './number-shortest.js';

export const SCRATCH = { count: 0, point: 4, digits: 8, big: 144, bytes: 2560 } as const;

const LOG10_OF_2 = 0.30102999566398120;
const FRACTION_MASK = 4503599627370495n;
const HIDDEN_BIT = 4503599627370496n;

/** Address of the scratch bytes, made when first used. */
export function number_scratch(): i32 {
  const known: val = root_get(ROOT.scratch);
  if (known !== UNDEFINED) return elementAddress(unboxRef(known), 0, BLOB.data);
  const made: ref = alloc_blob(SCRATCH.bytes);
  root_set(ROOT.scratch, boxObject(made));
  return elementAddress(made, 0, BLOB.data);
}

/** The numbers of a run: value = r / s * 10^k, margins as multiples of s. */
function r_of(scratch: i32): i32 { return scratch + SCRATCH.big; }
function s_of(scratch: i32): i32 { return scratch + SCRATCH.big + BIG.bytes; }
function margin_of(scratch: i32): i32 { return scratch + SCRATCH.big + 2 * BIG.bytes; }
function sum_of(scratch: i32): i32 { return scratch + SCRATCH.big + 3 * BIG.bytes; }

function mantissa_of(x: f64): i64 {
  const bits: i64 = bitsOfF64(x);
  const fraction: i64 = bits & FRACTION_MASK;
  return (shru64(bits, 52n) & 2047n) === 0n ? fraction : fraction | HIDDEN_BIT;
}

/** Exponent of the last bit of the mantissa. */
function exponent_of(x: f64): i32 {
  const biased: i32 = wrap(shru64(bitsOfF64(x), 52n) & 2047n);
  return biased === 0 ? -1074 : biased - 1075;
}

/** Whether the double below is half as far as the one above. */
function is_uneven(x: f64): bool {
  const bits: i64 = bitsOfF64(x);
  return (bits & FRACTION_MASK) === 0n && (shru64(bits, 52n) & 2047n) > 1n;
}

/** A lower bound of the decimal point, at most one too small. */
function point_estimate(mantissa: i64, exponent: i32): i32 {
  const highBit: i32 = 63 - wrap(clz64(mantissa)) + exponent;
  return toI32(ceil(toF64(highBit) * LOG10_OF_2 - 0.0000000001));
}

/** Sets r, s and the lower margin for x > 0, scaled by 10^-point; the upper margin is twice the lower one if uneven. */
function set_up(scratch: i32, x: f64, uneven: bool, point: i32): void {
  const exponent: i32 = exponent_of(x);
  const extra: i32 = uneven ? 2 : 1;
  big_set(r_of(scratch), mantissa_of(x));
  big_set(s_of(scratch), 1n);
  big_set(margin_of(scratch), 1n);
  big_shift(r_of(scratch), exponent > 0 ? exponent + extra : extra);
  big_shift(s_of(scratch), exponent > 0 ? extra : extra - exponent);
  if (exponent > 0) big_shift(margin_of(scratch), exponent);
  if (point > 0) big_multiply_tens(s_of(scratch), point);
  if (point < 0) {
    big_multiply_tens(r_of(scratch), -point);
    big_multiply_tens(margin_of(scratch), -point);
  }
}

/** Sign of r + upper margin - s. */
function compare_upper(scratch: i32, uneven: bool): i32 {
  const sum: i32 = sum_of(scratch);
  big_sum(sum, r_of(scratch), margin_of(scratch));
  if (!uneven) return big_compare(sum, s_of(scratch));
  const twice: i32 = sum + BIG.bytes / 2;
  big_sum(twice, sum, margin_of(scratch));
  return big_compare(twice, s_of(scratch));
}

function push_digit(scratch: i32, digit: i32): void {
  const count: i32 = load32(scratch, SCRATCH.count);
  store8(scratch + count, SCRATCH.digits, digit);
  store32(scratch, SCRATCH.count, count + 1);
}

function times_ten(scratch: i32, withMargin: bool): void {
  big_multiply(r_of(scratch), 10n, 0n);
  if (withMargin) big_multiply(margin_of(scratch), 10n, 0n);
}

/** Sign of twice the rest less s. */
function compare_half(scratch: i32): i32 {
  const sum: i32 = sum_of(scratch);
  big_sum(sum, r_of(scratch), r_of(scratch));
  return big_compare(sum, s_of(scratch));
}

/** Whether the last digit rounds up where both neighbours would do: to the nearer one, of two equally near ones to the even. */
function rounds_up(scratch: i32, digit: i32): bool {
  const half: i32 = compare_half(scratch);
  return half > 0 || (half === 0 && (digit & 1) !== 0);
}

/** The shortest digits that read back as x; x is finite and above 0. */
export function digits_shortest(scratch: i32, x: f64): void {
  if (!digits_fast(scratch, x)) digits_shortest_exact(scratch, x);
}

export function digits_shortest_exact(scratch: i32, x: f64): void {
  const uneven: bool = is_uneven(x);
  const mantissa: i64 = mantissa_of(x);
  const even: bool = (mantissa & 1n) === 0n;
  const estimate: i32 = point_estimate(mantissa, exponent_of(x));
  set_up(scratch, x, uneven, estimate);
  store32(scratch, SCRATCH.count, 0);
  const over: i32 = compare_upper(scratch, uneven);
  const oneMore: bool = over > 0 || (over === 0 && even);
  store32(scratch, SCRATCH.point, oneMore ? estimate + 1 : estimate);
  if (!oneMore) times_ten(scratch, true);
  while (true) {
    const digit: i32 = big_take(r_of(scratch), s_of(scratch));
    const below: i32 = big_compare(r_of(scratch), margin_of(scratch));
    const above: i32 = compare_upper(scratch, uneven);
    const low: bool = below < 0 || (below === 0 && even);
    const high: bool = above > 0 || (above === 0 && even);
    if (low || high) {
      push_digit(scratch, high && (!low || rounds_up(scratch, digit)) ? digit + 1 : digit);
      return;
    }
    push_digit(scratch, digit);
    times_ten(scratch, true);
  }
}

/** Decimal point of x > 0 in the sense of SCRATCH.point, with r and s scaled so that r / s lies in [1, 10). */
function set_up_exact(scratch: i32, x: f64): i32 {
  const estimate: i32 = point_estimate(mantissa_of(x), exponent_of(x));
  set_up(scratch, x, false, estimate);
  if (big_compare(r_of(scratch), s_of(scratch)) >= 0) return estimate + 1;
  times_ten(scratch, false);
  return estimate;
}

/** Adds one to the last digit; when all were nines, one digit 1 and zeros remain and the point moves. */
function round_up(scratch: i32): void {
  let i: i32 = load32(scratch, SCRATCH.count) - 1;
  while (i >= 0) {
    const digit: i32 = load8(scratch + i, SCRATCH.digits);
    if (digit < 9) {
      store8(scratch + i, SCRATCH.digits, digit + 1);
      return;
    }
    store8(scratch + i, SCRATCH.digits, 0);
    i--;
  }
  store8(scratch, SCRATCH.digits, 1);
  store32(scratch, SCRATCH.point, load32(scratch, SCRATCH.point) + 1);
}

/** Rounds the digits made to `keep` of them, half up; with none left, the result is zero. */
export function round_digits(scratch: i32, keep: i32): void {
  if (keep >= load32(scratch, SCRATCH.count)) return;
  const up: bool = keep >= 0 && load8(scratch + keep, SCRATCH.digits) >= 5;
  store32(scratch, SCRATCH.count, keep > 0 ? keep : 0);
  if (!up) return;
  round_up(scratch);
  if (keep === 0) store32(scratch, SCRATCH.count, 1);
}

function digits_exact(scratch: i32, point: i32, count: i32): void {
  store32(scratch, SCRATCH.count, 0);
  store32(scratch, SCRATCH.point, point);
  for (let i: i32 = 0; i < count; i++) {
    push_digit(scratch, big_take(r_of(scratch), s_of(scratch)));
    if (i + 1 < count) times_ten(scratch, false);
  }
  if (compare_half(scratch) >= 0) round_up(scratch);
}

/** `count` (1 to 101) significant digits of x > 0. */
export function digits_precise(scratch: i32, x: f64, count: i32): void {
  digits_exact(scratch, set_up_exact(scratch, x), count);
}

/** The digits of x > 0, x < 10^21, up to `places` (0 to 100) behind the point; count 0 says that it rounds to zero. */
export function digits_places(scratch: i32, x: f64, places: i32): void {
  const point: i32 = set_up_exact(scratch, x);
  const count: i32 = point + places;
  if (count > 0) {
    digits_exact(scratch, point, count);
    const moved: i32 = load32(scratch, SCRATCH.point) - point;
    if (moved > 0) push_digit(scratch, 0);
    return;
  }
  store32(scratch, SCRATCH.count, 0);
  store32(scratch, SCRATCH.point, point);
  if (count < 0) return;
  // The first digit stands right behind the last place: r / s is in [1, 10), so half is 5.
  if (big_take(r_of(scratch), s_of(scratch)) >= 5) {
    push_digit(scratch, 1);
    store32(scratch, SCRATCH.point, point + 1);
  }
}
