/** Products, quotients and powers of bigints; division after Knuth's algorithm D. */
import { big_compare_size, big_digit, big_length, big_negative, big_new, big_of_i64, big_set_digit, big_trim } from './big-integers.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import {
  add64, clz32, divu64, ltu64, mul64, remu64, shl64, shrs64, shru64, str, sub64, toI64, toI64u, wrap, type bool, type i32, type i64, type ref,
} from './intrinsics.js';

const LOW = 0xffffffffn;

export function big_times(a: ref, b: ref): ref {
  const made: ref = big_new(big_length(a) + big_length(b));
  for (let i: i32 = 0; i < big_length(a); i++) {
    const digit: i64 = toI64u(big_digit(a, i));
    let carry: i64 = 0n;
    for (let j: i32 = 0; j < big_length(b); j++) {
      const sum: i64 = add64(add64(mul64(digit, toI64u(big_digit(b, j))), toI64u(big_digit(made, i + j))), carry);
      big_set_digit(made, i + j, wrap(sum));
      carry = shru64(sum, 32n);
    }
    big_set_digit(made, i + big_length(b), wrap(carry));
    charge(big_length(b));
  }
  return big_trim(made, big_negative(a) !== big_negative(b));
}

/** Divides the digits of `x`, which are overwritten by the quotient's; gives the remainder. */
export function divide_small(x: ref, divisor: i64): i64 {
  let rest: i64 = 0n;
  for (let i: i32 = big_length(x) - 1; i >= 0; i--) {
    const part: i64 = shl64(rest, 32n) | toI64u(big_digit(x, i));
    big_set_digit(x, i, wrap(divu64(part, divisor)));
    rest = remu64(part, divisor);
  }
  charge(big_length(x));
  return rest;
}

/** The digits of |x|, shifted left by less than a digit, and one more. */
function shifted(x: ref, bits: i64): ref {
  const length: i32 = big_length(x);
  const made: ref = big_new(length + 1);
  let low: i64 = 0n;
  for (let i: i32 = 0; i < length; i++) {
    const digit: i64 = shl64(toI64u(big_digit(x, i)), bits) | low;
    big_set_digit(made, i, wrap(digit));
    low = shru64(digit, 32n);
  }
  big_set_digit(made, length, wrap(low));
  return made;
}

/** One digit of a quotient: subtracts as often as it goes `divisor` from the digits of `x` from `at` on. */
function divide_step(x: ref, divisor: ref, at: i32): i32 {
  const n: i32 = big_length(divisor) - 1;
  const top: i64 = toI64u(big_digit(divisor, n - 1));
  const next: i64 = toI64u(big_digit(divisor, n - 2));
  const head: i64 = shl64(toI64u(big_digit(x, at + n)), 32n) | toI64u(big_digit(x, at + n - 1));
  let guess: i64 = divu64(head, top);
  let rest: i64 = remu64(head, top);
  while (!ltu64(guess, 0x100000000n) || ltu64(shl64(rest, 32n) | toI64u(big_digit(x, at + n - 2)), mul64(guess, next))) {
    guess = sub64(guess, 1n);
    rest = add64(rest, top);
    if (!ltu64(rest, 0x100000000n)) break;
  }
  let borrow: i64 = 0n;
  let carry: i64 = 0n;
  for (let i: i32 = 0; i <= n; i++) {
    const product: i64 = add64(mul64(guess, i < n ? toI64u(big_digit(divisor, i)) : 0n), carry);
    carry = shru64(product, 32n);
    const difference: i64 = add64(sub64(toI64u(big_digit(x, at + i)), product & LOW), borrow);
    big_set_digit(x, at + i, wrap(difference));
    borrow = shrs64(difference, 32n);
  }
  if (borrow === 0n) return wrap(guess);
  // The guess was one too great: adds the divisor back.
  let sum: i64 = 0n;
  for (let i: i32 = 0; i <= n; i++) {
    sum = add64(add64(toI64u(big_digit(x, at + i)), i < n ? toI64u(big_digit(divisor, i)) : 0n), sum);
    big_set_digit(x, at + i, wrap(sum));
    sum = shru64(sum, 32n);
  }
  return wrap(sub64(guess, 1n));
}

/** The quotient towards zero, or the remainder, which has the sign of `a`. */
export function big_divide(a: ref, b: ref, remainder: bool): ref {
  const n: i32 = big_length(b);
  if (n === 0) throw range_error(str('Division by zero'));
  const sign: bool = remainder ? big_negative(a) : big_negative(a) !== big_negative(b);
  if (big_compare_size(a, b) < 0) return remainder ? a : big_new(0);
  if (n === 1) {
    const quotient: ref = shifted(a, 0n);
    const rest: i64 = divide_small(quotient, toI64u(big_digit(b, 0)));
    if (!remainder) return big_trim(quotient, sign);
    return big_of_i64(sign ? sub64(0n, rest) : rest);
  }
  const bits: i64 = toI64(clz32(big_digit(b, n - 1)));
  const divisor: ref = shifted(b, bits);
  const rest: ref = shifted(a, bits);
  const count: i32 = big_length(a) - n;
  const quotient: ref = big_new(count + 1);
  for (let at: i32 = count; at >= 0; at--) {
    big_set_digit(quotient, at, divide_step(rest, divisor, at));
    charge(n);
  }
  if (!remainder) return big_trim(quotient, sign);
  const unshifted: ref = big_new(n);
  for (let i: i32 = 0; i < n; i++) {
    const pair: i64 = shl64(toI64u(big_digit(rest, i + 1)), 32n) | toI64u(big_digit(rest, i));
    big_set_digit(unshifted, i, wrap(shru64(pair, bits)));
  }
  return big_trim(unshifted, sign);
}

export function big_power(base: ref, exponent: ref): ref {
  if (big_negative(exponent)) throw range_error(str('Exponent must be non-negative'));
  if (big_length(exponent) === 0) return big_of_i64(1n);
  const small: bool = big_length(base) === 0 || (big_length(base) === 1 && big_digit(base, 0) === 1);
  if (small) return !big_negative(base) || (big_digit(exponent, 0) & 1) === 1 ? base : big_of_i64(1n);
  if (big_length(exponent) > 1 || big_digit(exponent, 0) < 0) throw range_error(str('Maximum BigInt size exceeded'));
  let result: ref = big_of_i64(1n);
  let square: ref = base;
  let left: i32 = big_digit(exponent, 0);
  while (true) {
    if ((left & 1) !== 0) result = big_times(result, square);
    left = left >> 1;
    if (left === 0) return result;
    square = big_times(square, square);
  }
}
