/** Shifts and operators on bits of bigints, which see negative numbers in two's complement without end. */
import { big_add, big_digit, big_length, big_negative, big_new, big_of_i64, big_set_digit, big_trim } from './big-integers.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import { add64, shl64, shru64, str, toI64, toI64u, wrap, type bool, type i32, type i64, type ref } from './intrinsics.js';

export const BITS = { and: 0, or: 1, xor: 2 } as const;

function too_big(): ref {
  throw range_error(str('Maximum BigInt size exceeded'));
}

function shift_left(x: ref, count: i32): ref {
  const digits: i32 = count >> 5;
  const bits: i64 = toI64(count & 31);
  const length: i32 = big_length(x);
  const made: ref = big_new(length + digits + 1);
  let low: i64 = 0n;
  for (let i: i32 = 0; i < length; i++) {
    const digit: i64 = shl64(toI64u(big_digit(x, i)), bits) | low;
    big_set_digit(made, i + digits, wrap(digit));
    low = shru64(digit, 32n);
  }
  big_set_digit(made, length + digits, wrap(low));
  charge(length >> 2);
  return big_trim(made, big_negative(x));
}

/** Towards minus infinity. */
function shift_right(x: ref, count: i32): ref {
  const digits: i32 = count >> 5;
  const bits: i64 = toI64(count & 31);
  const length: i32 = big_length(x) - digits;
  if (length <= 0) return big_of_i64(big_negative(x) ? -1n : 0n);
  const made: ref = big_new(length);
  for (let i: i32 = 0; i < length; i++) {
    const high: i64 = i + 1 < length ? toI64u(big_digit(x, i + digits + 1)) : 0n;
    big_set_digit(made, i, wrap(shru64(shl64(high, 32n) | toI64u(big_digit(x, i + digits)), bits)));
  }
  charge(length >> 2);
  const lost: bool = big_negative(x) && loses_bits(x, count);
  const shifted: ref = big_trim(made, big_negative(x));
  // A number that became zero has lost its sign too.
  return lost ? big_add(shifted, big_of_i64(1n), true) : shifted;
}

function loses_bits(x: ref, count: i32): bool {
  const digits: i32 = count >> 5;
  for (let i: i32 = 0; i < digits; i++) {
    if (big_digit(x, i) !== 0) return true;
  }
  return (big_digit(x, digits) & ((1 << (count & 31)) - 1)) !== 0;
}

/** x << count, or x >> -count. */
export function big_shift_by(x: ref, count: ref, right: bool): ref {
  if (big_length(x) === 0 || big_length(count) === 0) return x;
  const far: bool = big_length(count) > 1 || big_digit(count, 0) < 0 || big_digit(count, 0) > 0x40000000;
  if (big_negative(count) === right) return far ? too_big() : shift_left(x, big_digit(count, 0));
  return far ? big_of_i64(big_negative(x) ? -1n : 0n) : shift_right(x, big_digit(count, 0));
}

function combine(a: i32, b: i32, operator: i32): i32 {
  if (operator === BITS.and) return a & b;
  return operator === BITS.or ? a | b : a ^ b;
}

/** Digit `i` of a number's size; 0 beyond its end. */
function digit_at(x: ref, i: i32): i64 {
  return i < big_length(x) ? toI64u(big_digit(x, i)) : 0n;
}

/** Negation digit by digit in two's complement: the digit and what is carried on in the upper half. */
function negated(digit: i64, carry: i64): i64 {
  return add64(digit ^ 0xffffffffn, carry);
}

export function big_combine(a: ref, b: ref, operator: i32): ref {
  const length: i32 = (big_length(a) > big_length(b) ? big_length(a) : big_length(b)) + 1;
  const negative: bool = combine(big_negative(a) ? 1 : 0, big_negative(b) ? 1 : 0, operator) === 1;
  const made: ref = big_new(length);
  let carryA: i64 = 1n;
  let carryB: i64 = 1n;
  let carry: i64 = 1n;
  for (let i: i32 = 0; i < length; i++) {
    let digitA: i64 = digit_at(a, i);
    let digitB: i64 = digit_at(b, i);
    if (big_negative(a)) {
      digitA = negated(digitA, carryA);
      carryA = shru64(digitA, 32n);
    }
    if (big_negative(b)) {
      digitB = negated(digitB, carryB);
      carryB = shru64(digitB, 32n);
    }
    let digit: i64 = toI64u(combine(wrap(digitA), wrap(digitB), operator));
    if (negative) {
      digit = negated(digit, carry);
      carry = shru64(digit, 32n);
    }
    big_set_digit(made, i, wrap(digit));
  }
  charge(length >> 1);
  return big_trim(made, negative);
}

/** ~x is -x - 1. */
export function big_invert(x: ref): ref {
  return big_add(big_of_i64(-1n), x, true);
}

/** The low `bits` bits of x, as a number that is not negative, or from -2^(bits - 1) on if `signed`. */
export function big_low_bits(x: ref, bits: i32, signed: bool): ref {
  if (bits === 0) return big_new(0);
  const length: i32 = ((bits + 31) >> 5) + 1;
  if (!big_negative(x) && (big_length(x) << 5) < bits) return x;
  const mask: ref = big_new(length);
  for (let i: i32 = 0; i < bits >> 5; i++) big_set_digit(mask, i, -1);
  if ((bits & 31) !== 0) big_set_digit(mask, bits >> 5, (1 << (bits & 31)) - 1);
  const low: ref = big_combine(x, big_trim(mask, false), BITS.and);
  if (!signed || ((big_length(low) > (bits - 1) >> 5 ? big_digit(low, (bits - 1) >> 5) : 0) & (1 << ((bits - 1) & 31))) === 0) return low;
  return big_add(low, shift_left(big_of_i64(1n), bits), true);
}
