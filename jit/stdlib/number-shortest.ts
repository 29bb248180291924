/**
 * Shortest digits of doubles, fast: Loitsch's Grisu3. It works on 64-bit approximations, knows how far off it may be, and
 * gives up in the few cases (about 1 in 200) where that matters; number-digits.ts then computes exactly.
 *
 * Everything is scaled by one power of ten so that the integral part has few digits: `high` is the end of what reads back
 * as the same double, `unsafe` how far below it such numbers may lie, `distance` how far the double itself does.
 */
import { multiply_high, power_row, row_exponent, row_power, row_significand, small_power } from './decimal-powers.js';
import {
  add64, bitsOfF64, clz64, divu64, ltu64, mul64, remu64, shl64, shru64, store32, store8, sub64, toF64, toI32, toI64, wrap, ceil,
  type bool, type f64, type i32, type i64,
} from './intrinsics.js';

const FRACTION_MASK = 4503599627370495n;
const HIDDEN_BIT = 4503599627370496n;
/** Greatest exponent of the scaled numbers that leaves an integral part of at most 32 bits; they reach down to -60. */
const LEAST_EXPONENT = -60;
const LOG10_OF_2 = 0.30102999566398114;

/** Where the result goes: the fields of SCRATCH in number-digits.ts. */
const COUNT = 0;
const POINT = 4;
const DIGITS = 8;

/** Writes the shortest digits of x > 0 to the scratch; false if it cannot tell. */
export function digits_fast(scratch: i32, x: f64): bool {
  const bits: i64 = bitsOfF64(x);
  const biased: i32 = wrap(shru64(bits, 52n));
  const fraction: i64 = bits & FRACTION_MASK;
  const f: i64 = biased === 0 ? fraction : fraction | HIDDEN_BIT;
  const e: i32 = biased === 0 ? -1074 : biased - 1075;
  const shift: i32 = wrap(clz64(f)) - 1;
  // The upper neighbour's midpoint, 2f + 1, normalized, gives the common exponent.
  const exponent: i32 = e - shift - 1;
  const upper: i64 = shl64(f * 2n + 1n, toI64(shift));
  const uneven: bool = fraction === 0n && biased > 1;
  const lower: i64 = uneven ? shl64(f * 4n - 1n, toI64(shift - 1)) : shl64(f * 2n - 1n, toI64(shift));
  const middle: i64 = shl64(f, toI64(shift + 1));
  const row: i32 = scaling_row(exponent);
  if (row < 0) return false;
  const power: i64 = row_significand(row);
  const high: i64 = add64(multiply_high(upper, power), 1n);
  const low: i64 = sub64(multiply_high(lower, power), 1n);
  const distance: i64 = sub64(high, multiply_high(middle, power));
  return generate(scratch, high, sub64(high, low), distance, exponent + row_exponent(row) + 64, row_power(row));
}

/** The row whose power brings numbers with this exponent into the range where digits are made. */
function scaling_row(exponent: i32): i32 {
  const least: i32 = LEAST_EXPONENT - (exponent + 64);
  const power: i32 = toI32(ceil(toF64(least + 63) * LOG10_OF_2));
  return power_row(power + 7);
}

/** Digits of an integral part of at most 32 bits. */
function digit_count(value: i64): i32 {
  let count: i32 = 0;
  let left: i64 = value;
  while (left > 0n) {
    left = divu64(left, 10n);
    count++;
  }
  return count;
}

/** Makes digits of `high` until what is left is less than `unsafe`, and lowers the last one towards the double. */
function generate(scratch: i32, high: i64, unsafe: i64, distance: i64, exponent: i32, power: i32): bool {
  const shift: i64 = toI64(-exponent);
  let integral: i64 = shru64(high, shift);
  let fraction: i64 = sub64(high, shl64(integral, shift));
  let kappa: i32 = digit_count(integral);
  let digits: i64 = 0n;
  let divisor: i64 = kappa > 0 ? small_power(kappa - 1) : 1n;
  while (kappa > 0) {
    digits = digits * 10n + divu64(integral, divisor);
    integral = remu64(integral, divisor);
    kappa--;
    const rest: i64 = add64(shl64(integral, shift), fraction);
    if (ltu64(rest, unsafe)) return finish(scratch, digits, kappa - power, distance, unsafe, rest, shl64(divisor, shift), 1n);
    divisor = divu64(divisor, 10n);
  }
  let unit: i64 = 1n;
  let width: i64 = unsafe;
  while (true) {
    fraction = mul64(fraction, 10n);
    unit = unit * 10n;
    width = mul64(width, 10n);
    const digit: i64 = shru64(fraction, shift);
    digits = digits * 10n + digit;
    fraction = sub64(fraction, shl64(digit, shift));
    kappa--;
    if (ltu64(fraction, width)) {
      return finish(scratch, digits, kappa - power, mul64(distance, unit), width, fraction, shl64(1n, shift), unit);
    }
  }
}

/**
 * Lowers the last digit while that brings the number nearer to the double, then tells whether the result is certain:
 * whether it would be the same with every value that is off by up to `unit`.
 */
function finish(scratch: i32, start: i64, exponent: i32, distance: i64, unsafe: i64, begin: i64, step: i64, unit: i64): bool {
  const near: i64 = sub64(distance, unit);
  const far: i64 = add64(distance, unit);
  let digits: i64 = start;
  let rest: i64 = begin;
  while (comes_nearer(rest, near, unsafe, step, false)) {
    digits = digits - 1n;
    rest = add64(rest, step);
  }
  if (comes_nearer(rest, far, unsafe, step, true)) return false;
  if (ltu64(rest, unit * 2n) || ltu64(sub64(unsafe, unit * 4n), rest)) return false;
  write(scratch, digits, exponent);
  return true;
}

/** Whether one step further is still safe and nearer to the distance; `strict`: equally near is not enough. */
function comes_nearer(rest: i64, distance: i64, unsafe: i64, step: i64, strict: bool): bool {
  if (!ltu64(rest, distance) || ltu64(sub64(unsafe, rest), step)) return false;
  const next: i64 = add64(rest, step);
  if (ltu64(next, distance)) return true;
  const before: i64 = sub64(distance, rest);
  const after: i64 = sub64(next, distance);
  return strict ? ltu64(after, before) : !ltu64(before, after);
}

/** The digits without zeros at the end, one per byte, and the place of the point. */
function write(scratch: i32, start: i64, exponent: i32): void {
  let digits: i64 = start;
  let point: i32 = exponent;
  while (remu64(digits, 10n) === 0n) {
    digits = divu64(digits, 10n);
    point++;
  }
  const count: i32 = decimal_width(digits);
  for (let i: i32 = count - 1; i >= 0; i--) {
    store8(scratch + i, DIGITS, wrap(remu64(digits, 10n)));
    digits = divu64(digits, 10n);
  }
  store32(scratch, COUNT, count);
  store32(scratch, POINT, point + count);
}

function decimal_width(value: i64): i32 {
  let width: i32 = 1;
  let bound: i64 = 10n;
  while (width < 18 && bound <= value) {
    bound = bound * 10n;
    width++;
  }
  return width;
}
