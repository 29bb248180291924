/** Functions of Math whose results the language fixes exactly, `%`, and random numbers. */
import { ARRAY, HEADER } from '../abi.js';
import { array_get } from './arrays.js';
import {
  abs, add64, bitsOfF64, ceil, clz32, copysign, f64OfBits, floor, fmax, fmin, globals, i64ToF64, imul, load32, load64, mul64, remu, remu64,
  shl64, shru64, sqrt, store64, toF64, toI32, toI64, trunc, wrap, type bool, type f64, type i32, type i64, type ref,
} from './intrinsics.js';
import { to_int32, to_number } from './operators.js';

const FRACTION_MASK = 4503599627370495n;
const HIDDEN_BIT = 4503599627370496n;

export function Math$abs(x: f64): f64 {
  return abs(x);
}

export function Math$ceil(x: f64): f64 {
  return ceil(x);
}

export function Math$floor(x: f64): f64 {
  return floor(x);
}

export function Math$trunc(x: f64): f64 {
  return trunc(x);
}

export function Math$sqrt(x: f64): f64 {
  return sqrt(x);
}

/** To the nearest integer, halves up. */
export function Math$round(x: f64): f64 {
  const up: f64 = ceil(x);
  return up - 0.5 > x ? up - 1 : up;
}

export function Math$sign(x: f64): f64 {
  if (x > 0) return 1;
  return x < 0 ? -1 : x;
}

export function Math$clz32(x: f64): f64 {
  return toF64(clz32(to_int32(x)));
}

export function Math$imul(x: f64, y: f64): f64 {
  return toF64(imul(to_int32(x), to_int32(y)));
}

/** To the nearest single precision number, ties to even. */
export function Math$fround(x: f64): f64 {
  const size: f64 = abs(x);
  if (!(size < 3.4028235677973366e38)) return size === size ? copysign(Infinity, x) : x;
  // Adding 1.5 * 2^-97 leaves multiples of 2^-149, the spacing of subnormal singles.
  if (size < 1.1754943508222875e-38) return copysign(size + 9.466330862652142e-30 - 9.466330862652142e-30, x);
  const bits: i64 = bitsOfF64(x);
  const rounded: i64 = add64(bits, 268435455n + (shru64(bits, 29n) & 1n));
  return f64OfBits(rounded - (rounded & 536870911n));
}

/** The greatest argument; NaN wins. */
export function Math$max(rest: ref): f64 {
  const count: i32 = load32(rest, ARRAY.length);
  let most: f64 = -Infinity;
  for (let i: i32 = 0; i < count; i++) most = fmax(most, to_number(array_get(rest, i)));
  return most;
}

export function Math$min(rest: ref): f64 {
  const count: i32 = load32(rest, ARRAY.length);
  let least: f64 = Infinity;
  for (let i: i32 = 0; i < count; i++) least = fmin(least, to_number(array_get(rest, i)));
  return least;
}

/** Root of the sum of squares, scaled by the greatest and summed up with Kahan's correction. */
export function Math$hypot(rest: ref): f64 {
  const count: i32 = load32(rest, ARRAY.length);
  let most: f64 = 0;
  let infinite: bool = false;
  for (let i: i32 = 0; i < count; i++) {
    const size: f64 = abs(to_number(array_get(rest, i)));
    infinite = infinite || size === Infinity;
    most = fmax(most, size);
  }
  if (infinite) return Infinity;
  if (most !== most || most === 0) return most;
  let sum: f64 = 0;
  let correction: f64 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const part: f64 = abs(to_number(array_get(rest, i))) / most;
    const summand: f64 = part * part - correction;
    const next: f64 = sum + summand;
    correction = next - sum - summand;
    sum = next;
  }
  return sqrt(sum) * most;
}

// Random numbers ------------------------------------------------------------------------------------------------------

/** In [0, 1): 53 bits of Marsaglia's xorshift with Vigna's multiplier; the state is the task's own. */
export function Math$random(): f64 {
  let state: i64 = load64(globals.header, HEADER.random);
  if (state === 0n) state = 88172645463325252n;
  state = state ^ shru64(state, 12n);
  state = state ^ shl64(state, 25n);
  state = state ^ shru64(state, 27n);
  store64(globals.header, HEADER.random, state);
  return i64ToF64(shru64(mul64(state, 2685821657736338717n), 11n)) * 1.1102230246251565e-16;
}

// Remainder -----------------------------------------------------------------------------------------------------------

/** Fraction of a size with its hidden bit, normalized for subnormal numbers too. */
function significand(bits: i64, exponent: i32): i64 {
  const fraction: i64 = bits & FRACTION_MASK;
  return exponent === 0 ? fraction : fraction | HIDDEN_BIT;
}

/** `x % y`: exact, with the sign of x. */
export function number_remainder(x: f64, y: f64): f64 {
  const size: f64 = abs(x);
  const divisor: f64 = abs(y);
  // Small whole numbers, by far the most common ones.
  const whole: i32 = toI32(size);
  const by: i32 = toI32(divisor);
  if (by > 0 && toF64(whole) === size && toF64(by) === divisor) return copysign(toF64(remu(whole, by)), x);
  if (!(size < Infinity) || divisor !== divisor || divisor === 0) return NaN;
  if (size < divisor) return x;
  return copysign(size === divisor ? 0 : size_remainder(bitsOfF64(size), bitsOfF64(divisor)), x);
}

/** The remainder of sizes, by bits: the quotient's bits are taken eleven at a time, which leaves 64 for the rest. */
function size_remainder(xBits: i64, yBits: i64): f64 {
  const xExponent: i32 = wrap(shru64(xBits, 52n));
  const yExponent: i32 = wrap(shru64(yBits, 52n));
  const divisor: i64 = significand(yBits, yExponent);
  let rest: i64 = remu64(significand(xBits, xExponent), divisor);
  let left: i32 = (xExponent === 0 ? 1 : xExponent) - (yExponent === 0 ? 1 : yExponent);
  while (left > 0 && rest !== 0n) {
    const step: i32 = left < 11 ? left : 11;
    rest = remu64(shl64(rest, toI64(step)), divisor);
    left = left - step;
  }
  // The rest counts units of the divisor's last bit, and is below 2^53: both factors are exact.
  const unit: i32 = yExponent === 0 ? 0 : yExponent - 1;
  const half: i32 = unit > 1023 ? 1023 : unit;
  return i64ToF64(rest) * 4.94e-324 * f64OfBits(shl64(toI64(half + 1023), 52n)) * f64OfBits(shl64(toI64(unit - half + 1023), 52n));
}
