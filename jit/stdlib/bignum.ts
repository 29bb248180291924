/**
 * Natural numbers of any size, for exact conversion between doubles and decimals.
 *
 * A number at address p: an i32 count of limbs, then the limbs, 32 bits each, least first, the last not zero; zero has no
 * limbs. The caller provides the room: BIG.bytes per number, enough for 124 limbs, which bounds what number-digits.ts and
 * number-parse.ts compute. Factors stay below 2^31 so that no 64-bit product wraps.
 */
import { clz32, load32, ltu, shl64, shru64, store32, toI64, toI64u, wrap } from './intrinsics.js';
import type { bool, i32, i64 } from './intrinsics.js';

export const BIG = { bytes: 504, limbs: 4 } as const;

/** 5^13 is the largest power of five below 2^31. */
const FIVE_13 = 1220703125n;

export function big_set(p: i32, value: i64): void {
  const low: i32 = wrap(value);
  const high: i32 = wrap(shru64(value, 32n));
  store32(p, BIG.limbs, low);
  store32(p, BIG.limbs + 4, high);
  store32(p, 0, high !== 0 ? 2 : low !== 0 ? 1 : 0);
}

/** p = p * factor + summand; 0 <= factor, summand < 2^31. */
export function big_multiply(p: i32, factor: i64, summand: i64): void {
  const count: i32 = load32(p, 0);
  let carry: i64 = summand;
  for (let i: i32 = 0; i < count; i++) {
    const at: i32 = p + i * 4;
    const product: i64 = toI64u(load32(at, BIG.limbs)) * factor + carry;
    store32(at, BIG.limbs, wrap(product));
    carry = shru64(product, 32n);
  }
  if (carry !== 0n) {
    store32(p + count * 4, BIG.limbs, wrap(carry));
    store32(p, 0, count + 1);
  }
}

/** p = p * 2^bits. */
export function big_shift(p: i32, bits: i32): void {
  const count: i32 = load32(p, 0);
  if (count === 0 || bits === 0) return;
  const limbs: i32 = bits >> 5;
  const rest: i64 = toI64(bits & 31);
  let high: i64 = 0n;
  for (let i: i32 = count - 1; i >= 0; i--) {
    const limb: i64 = shl64(toI64u(load32(p + i * 4, BIG.limbs)), rest);
    store32(p + (i + limbs + 1) * 4, BIG.limbs, wrap(high + shru64(limb, 32n)));
    high = toI64u(wrap(limb));
  }
  store32(p + limbs * 4, BIG.limbs, wrap(high));
  for (let i: i32 = 0; i < limbs; i++) store32(p + i * 4, BIG.limbs, 0);
  const top: i32 = count + limbs;
  store32(p, 0, load32(p + top * 4, BIG.limbs) === 0 ? top : top + 1);
}

/** p = p * 5^power. */
export function big_multiply_fives(p: i32, power: i32): void {
  let left: i32 = power;
  while (left >= 13) {
    big_multiply(p, FIVE_13, 0n);
    left = left - 13;
  }
  let factor: i64 = 1n;
  for (let i: i32 = 0; i < left; i++) factor = factor * 5n;
  if (left > 0) big_multiply(p, factor, 0n);
}

/** p = p * 10^power. */
export function big_multiply_tens(p: i32, power: i32): void {
  big_multiply_fives(p, power);
  big_shift(p, power);
}

/** -1, 0 or 1. */
export function big_compare(a: i32, b: i32): i32 {
  const count: i32 = load32(a, 0);
  const other: i32 = load32(b, 0);
  if (count !== other) return count < other ? -1 : 1;
  for (let i: i32 = count - 1; i >= 0; i--) {
    const left: i32 = load32(a + i * 4, BIG.limbs);
    const right: i32 = load32(b + i * 4, BIG.limbs);
    if (left !== right) return ltu(left, right) ? -1 : 1;
  }
  return 0;
}

/** a = a - b, where a >= b. */
export function big_subtract(a: i32, b: i32): void {
  const count: i32 = load32(a, 0);
  const other: i32 = load32(b, 0);
  let borrow: i64 = 0n;
  for (let i: i32 = 0; i < count; i++) {
    if (i >= other && borrow === 0n) break;
    const right: i64 = i < other ? toI64u(load32(b + i * 4, BIG.limbs)) : 0n;
    const difference: i64 = toI64u(load32(a + i * 4, BIG.limbs)) - right - borrow;
    store32(a + i * 4, BIG.limbs, wrap(difference));
    borrow = difference < 0n ? 1n : 0n;
  }
  big_trim(a, count);
}

function big_trim(p: i32, count: i32): void {
  let left: i32 = count;
  while (left > 0 && load32(p + left * 4 - 4, BIG.limbs) === 0) left--;
  store32(p, 0, left);
}

/** to = a + b; `to` is neither. */
export function big_sum(to: i32, a: i32, b: i32): void {
  const first: i32 = load32(a, 0);
  const second: i32 = load32(b, 0);
  const count: i32 = first > second ? first : second;
  let carry: i64 = 0n;
  for (let i: i32 = 0; i < count; i++) {
    const left: i64 = i < first ? toI64u(load32(a + i * 4, BIG.limbs)) : 0n;
    const right: i64 = i < second ? toI64u(load32(b + i * 4, BIG.limbs)) : 0n;
    const sum: i64 = left + right + carry;
    store32(to + i * 4, BIG.limbs, wrap(sum));
    carry = shru64(sum, 32n);
  }
  store32(to + count * 4, BIG.limbs, wrap(carry));
  store32(to, 0, carry === 0n ? count : count + 1);
}

/** Number of bits; 0 for zero. */
export function big_bits(p: i32): i32 {
  const count: i32 = load32(p, 0);
  if (count === 0) return 0;
  return count * 32 - clz32(load32(p + count * 4 - 4, BIG.limbs));
}

/** a = a mod b, gives the quotient, by subtraction: meant for digits, where it is at most 10. */
export function big_take(a: i32, b: i32): i32 {
  let quotient: i32 = 0;
  while (big_compare(a, b) >= 0) {
    big_subtract(a, b);
    quotient++;
  }
  return quotient;
}

export function big_is_zero(p: i32): bool {
  return load32(p, 0) === 0;
}
