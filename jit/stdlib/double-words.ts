/** Doubles as two 32-bit words: how the classic algorithms classify arguments and cut values in two. */
import { bitsOfF64, f64OfBits, shl64, shru64, toI64, toI64u, wrap, type f64, type i32, type i64 } from './intrinsics.js';

const LOW_WORD = 4294967295n;

/** Sign, exponent and the first 20 bits of the fraction, as a signed word. */
export function high_word(x: f64): i32 {
  return wrap(shru64(bitsOfF64(x), 32n));
}

/** The word of the size: high_word without the sign. */
export function size_word(x: f64): i32 {
  return high_word(x) & 2147483647;
}

export function low_word(x: f64): i32 {
  return wrap(bitsOfF64(x));
}

/** x with this high word. */
export function with_high_word(x: f64, high: i32): f64 {
  return f64OfBits(shl64(toI64(high), 32n) | (bitsOfF64(x) & LOW_WORD));
}

/** x with the lower 32 bits of its fraction zero. */
export function without_low_word(x: f64): f64 {
  const bits: i64 = bitsOfF64(x);
  return f64OfBits(bits - (bits & LOW_WORD));
}

export function of_words(high: i32, low: i32): f64 {
  return f64OfBits(shl64(toI64(high), 32n) | toI64u(low));
}

/** 2^exponent for a normal result. */
export function power_of_two(exponent: i32): f64 {
  return f64OfBits(shl64(toI64(exponent + 1023), 52n));
}

/** x * 2^exponent, rounded at most once. */
export function scaled(x: f64, exponent: i32): f64 {
  if (exponent > 1023) return scaled(x * 8.98846567431158e307, exponent - 1023);
  // The factor keeps 53 bits of distance from the least normal number, so that only the last step rounds.
  if (exponent < -1022) return scaled(x * 2.00416836000897278e-292, exponent + 969);
  return x * power_of_two(exponent);
}
