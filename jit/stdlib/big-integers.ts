/**
 * Whole numbers of any size: their making, order, sums. A result is trimmed of leading zeros before anyone sees it.
 *
 * N1: digits are 32 bits, least first; arithmetic on them is unsigned in 64 bits. N2: bigints never change once made.
 */
import { BIGINT, KIND, TAG, kindShape } from '../abi.js';
import { range_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc } from './heap.js';
import {
  add64, boxRef, elementAddress, load32, ltu, refAt, shrs64, shru64, store32, str, sub64, toI64u, wrap, type bool, type i32, type i64, type ref, type val,
} from './intrinsics.js';

const SIGN = -0x80000000;
/** 2^30 bits, as in V8. */
const MOST_DIGITS = 33554432;

/** A positive number of `length` digits, all zero; big_trim it when they are written. */
export function big_new(length: i32): ref {
  if (length > MOST_DIGITS) throw range_error(str('Maximum BigInt size exceeded'));
  charge(length >> 3);
  const made: ref = alloc(BIGINT.digits + (length << 2), refAt(kindShape(KIND.bigint)));
  store32(made, BIGINT.room, length);
  store32(made, BIGINT.length, length);
  return made;
}

export function big_length(x: ref): i32 {
  return load32(x, BIGINT.length);
}

export function big_digit(x: ref, i: i32): i32 {
  return load32(elementAddress(x, i << 2, BIGINT.digits), 0);
}

export function big_set_digit(x: ref, i: i32, digit: i32): void {
  store32(elementAddress(x, i << 2, BIGINT.digits), 0, digit);
}

export function big_negative(x: ref): bool {
  return load32(x, BIGINT.room) < 0;
}

/** Ends the making of a number: without leading zeros, with this sign unless it is zero. */
export function big_trim(x: ref, negative: bool): ref {
  let length: i32 = load32(x, BIGINT.length);
  while (length > 0 && big_digit(x, length - 1) === 0) length--;
  store32(x, BIGINT.length, length);
  if (negative && length > 0) store32(x, BIGINT.room, load32(x, BIGINT.room) | SIGN);
  return x;
}

export function box_big(x: ref): val {
  return boxRef(TAG.bigint, x);
}

/** A number from an i64. */
export function big_of_i64(value: i64): ref {
  const negative: bool = value < 0n;
  const size: i64 = negative ? sub64(0n, value) : value;
  const made: ref = big_new(2);
  big_set_digit(made, 0, wrap(size));
  big_set_digit(made, 1, wrap(shru64(size, 32n)));
  return big_trim(made, negative);
}

// Order ---------------------------------------------------------------------------------------------------------------

/** Order without signs: -1, 0 or 1. */
export function big_compare_size(a: ref, b: ref): i32 {
  const length: i32 = big_length(a);
  if (length !== big_length(b)) return length < big_length(b) ? -1 : 1;
  charge(length >> 3);
  for (let i: i32 = length - 1; i >= 0; i--) {
    if (big_digit(a, i) !== big_digit(b, i)) return ltu(big_digit(a, i), big_digit(b, i)) ? -1 : 1;
  }
  return 0;
}

export function bigint_compare(a: ref, b: ref): i32 {
  if (big_negative(a) !== big_negative(b)) return big_negative(a) ? -1 : 1;
  return big_negative(a) ? big_compare_size(b, a) : big_compare_size(a, b);
}

// Sums ----------------------------------------------------------------------------------------------------------------

function digit_or_zero(x: ref, i: i32): i64 {
  return i < big_length(x) ? toI64u(big_digit(x, i)) : 0n;
}

/** |a| + |b|, with a sign. */
function add_sizes(a: ref, b: ref, negative: bool): ref {
  const length: i32 = big_length(a) > big_length(b) ? big_length(a) : big_length(b);
  const made: ref = big_new(length + 1);
  let carry: i64 = 0n;
  for (let i: i32 = 0; i < length; i++) {
    const sum: i64 = add64(add64(digit_or_zero(a, i), digit_or_zero(b, i)), carry);
    big_set_digit(made, i, wrap(sum));
    carry = shru64(sum, 32n);
  }
  big_set_digit(made, length, wrap(carry));
  charge(length >> 2);
  return big_trim(made, negative);
}

/** |a| - |b|, which is not negative, with a sign. */
function subtract_sizes(a: ref, b: ref, negative: bool): ref {
  const length: i32 = big_length(a);
  const made: ref = big_new(length);
  let borrow: i64 = 0n;
  for (let i: i32 = 0; i < length; i++) {
    const difference: i64 = add64(sub64(digit_or_zero(a, i), digit_or_zero(b, i)), borrow);
    big_set_digit(made, i, wrap(difference));
    borrow = shrs64(difference, 32n);
  }
  charge(length >> 2);
  return big_trim(made, negative);
}

/** a + b, or a - b if `minus`. */
export function big_add(a: ref, b: ref, minus: bool): ref {
  const negative: bool = big_negative(a);
  if (negative === (big_negative(b) !== minus)) return add_sizes(a, b, negative);
  return big_compare_size(a, b) >= 0 ? subtract_sizes(a, b, negative) : subtract_sizes(b, a, !negative);
}

export function big_negate(x: ref): ref {
  const length: i32 = big_length(x);
  const made: ref = big_new(length);
  for (let i: i32 = 0; i < length; i++) big_set_digit(made, i, big_digit(x, i));
  return big_trim(made, !big_negative(x));
}
