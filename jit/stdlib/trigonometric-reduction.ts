/**
 * Arguments of sin, cos and tan less the nearest multiple of pi/2, as a sum of two doubles: after the algorithms of
 * fdlibm (Sun Microsystems, 1993). Up to 2^19 pi/2 with pi/2 in three parts; beyond, after Payne and Hanek, with as many
 * digits of 2/pi, in base 2^24, as the exponent asks for.
 *
 * `turns_of` counts the multiples. For large arguments it leaves the two doubles in the scratch object of the task, so
 * it must come right before `reduced_high` and `reduced_low` of the same argument.
 */
import { STRING } from '../abi.js';
import { high_word, power_of_two, size_word } from './double-words.js';
import {
  abs, bitsOfF64, elementAddress, f64OfBits, floor, load16, load32, loadF64, shl64, store32, storeF64, str, toF64, toI32, toI64, type bool, type f64, type i32,
} from './intrinsics.js';
import { number_scratch } from './number-digits.js';

const INVERSE_HALF_PI = 6.36619772367581382433e-01;
/** pi/2 in parts of 33 bits, and what is left behind each. */
export const PART_1 = 1.57079632673412561417e+00;
export const REST_1 = 6.07710050650619224932e-11;
const PART_2 = 6.07710050630396597660e-11;
const REST_2 = 2.02226624879595063154e-21;
const PART_3 = 2.02226624871116645580e-21;
const REST_3 = 8.47842766036889956997e-32;
const HALF_PI = 1.5707963267948966;
/** Words of 3 pi/4 and of 2^19 pi/2. */
const THREE_QUARTERS_WORD = 0x4002d97c;
const MEDIUM_WORD = 0x413921fb;
const TWO_24 = 16777216;
const TWO_MINUS_24 = 5.9604644775390625e-8;

/** 2/pi: digits in base 2^24, the upper and the lower half of each. */
function two_over_pi(i: i32): f64 {
  const digits: str = str(
    '\u0a2f\u0983\u06e4\u0e44\u0152\u09fc\u0275\u07d1\u0f53\u04dd\u0c0d\u0b62\u0959\u093c\u0439\u0041\u0fe5\u0163\u0abd\u0ebb\u0c56\u01b7\u0246\u0e3a\u0424\u0dd2\u0e00\u0649\u02ee\u0a09\u0d19\u021c\u0fe1\u0deb\u01cb\u0129\u0a73\u0ee8\u0823\u05f5\u02eb\u0b44\u084e\u099c\u0702\u06b4\u05f7\u0e41\u0399\u01d6\u0398\u0353\u039f\u049c\u0845\u0f8b\u0bdf\u0928\u03b1\u0ff8\u097f\u0fde\u0059\u080f\u0ef2\u0f11\u08b5\u0a0a\u06d1\u0f6d\u0367\u0ecf\u027c\u0b09\u0b74\u0f46\u03f6\u069e\u05fe\u0a2d\u0752\u07ba\u0c7e\u0be5\u0f17\u0b3d\u0073\u09f7\u08a5\u0292\u0ea6\u0bfb\u05fb\u011f\u08d5\u0d08\u0560\u0330\u046f\u0c7b\u06ba\u0bf0\u0cfb\u0c20\u09af\u0436\u01da\u09e3\u0916\u015e\u0e61\u0b08\u0659\u0985\u05f1\u04a0\u0684\u008d\u0ffd\u0880\u04d7\u0327\u0310\u0606\u0155\u06ca\u073a\u08c9\u060e\u027b\u0c08\u0c6b',
  );
  const at: i32 = elementAddress(digits, i * 4, STRING.units);
  return toF64((load16(at, 0) << 12) | load16(at, 2));
}

/** pi/2: digits in base 2^24. */
function half_pi_digit(i: i32): f64 {
  switch (i) {
    case 0:
      return 1.57079625129699707031e+00;
    case 1:
      return 7.54978941586159635335e-08;
    case 2:
      return 5.39030252995776476554e-15;
    case 3:
      return 3.28200341580791294123e-22;
    default:
      return 1.27065575308067607349e-29;
  }
}

/** Multiples of pi/2 nearest to x, negative for a negative x; modulo 8 for large arguments. */
export function turns_of(x: f64): i32 {
  const word: i32 = size_word(x);
  if (word < THREE_QUARTERS_WORD) return x < 0 ? -1 : 1;
  const turns: i32 = word <= MEDIUM_WORD ? toI32(abs(x) * INVERSE_HALF_PI + 0.5) : reduce_large(abs(x));
  return x < 0 ? -turns : turns;
}

/** The first double of x less turns * pi/2. */
export function reduced_high(x: f64, turns: i32): f64 {
  const word: i32 = size_word(x);
  const size: f64 = word <= MEDIUM_WORD ? reduce_medium(abs(x), turns < 0 ? -turns : turns, false) : loadF64(number_scratch(), LARGE.high);
  return x < 0 ? -size : size;
}

/** The second one. */
export function reduced_low(x: f64, turns: i32): f64 {
  const word: i32 = size_word(x);
  const size: f64 = word <= MEDIUM_WORD ? reduce_medium(abs(x), turns < 0 ? -turns : turns, true) : loadF64(number_scratch(), LARGE.low);
  return x < 0 ? -size : size;
}

/** Whether x - n pi/2, for x > 0, takes more than PART_1 and REST_1; `y` is the difference by these. */
export function needs_more_parts(x: f64, n: i32, y: f64): bool {
  return size_word(x) > MEDIUM_WORD || needs_second_part(x, n, y);
}

// Medium arguments ----------------------------------------------------------------------------------------------------

/** How many bits of `from` the difference lost. */
function lost_bits(from: f64, difference: f64): i32 {
  return (size_word(from) >> 20) - ((high_word(difference) >> 20) & 2047);
}

/** The first double of x - n pi/2, or the second. */
function reduce_medium(x: f64, n: i32, low: bool): f64 {
  const count: f64 = toF64(n);
  let r: f64 = x - count * PART_1;
  let w: f64 = count * REST_1;
  let y: f64 = r - w;
  if (needs_second_part(x, n, y)) {
    const t: f64 = r;
    w = count * PART_2;
    r = t - w;
    w = count * REST_2 - (t - r - w);
    y = r - w;
    if (size_word(x) >= THREE_QUARTERS_WORD && lost_bits(x, y) > 49) {
      const t2: f64 = r;
      w = count * PART_3;
      r = t2 - w;
      w = count * REST_3 - (t2 - r - w);
      y = r - w;
    }
  }
  return low ? r - y - w : y;
}

/** Whether the first part of pi/2 leaves too few bits: the argument is close to a multiple. */
function needs_second_part(x: f64, n: i32, y: f64): bool {
  const word: i32 = size_word(x);
  if (word < THREE_QUARTERS_WORD) return word === 0x3ff921fb;
  if (n < 32 && word !== high_word(toF64(n) * HALF_PI)) return false;
  return lost_bits(x, y) > 16;
}

// Large arguments -----------------------------------------------------------------------------------------------------

/** Places in the scratch: the results, and digits of x, of 2/pi, of their product, and of the reduced argument. */
const LARGE = { high: 0, low: 8, x: 16, f: 48, q: 224, parts: 400, digits: 576, bytes: 672 } as const;
/** Terms of the product to begin with, less one. */
const FIRST_TERMS = 4;

function get(scratch: i32, array: i32, i: i32): f64 {
  return loadF64(scratch + array + i * 8, 0);
}

function put(scratch: i32, array: i32, i: i32, value: f64): void {
  storeF64(scratch + array + i * 8, 0, value);
}

function digit(scratch: i32, i: i32): i32 {
  return load32(scratch + i * 4, LARGE.digits);
}

function put_digit(scratch: i32, i: i32, value: i32): void {
  store32(scratch + i * 4, LARGE.digits, value);
}

/** Cuts x into digits in base 2^24, from the exponent given; gives how many are not zero. */
function cut(scratch: i32, x: f64, exponent: i32): i32 {
  let z: f64 = f64OfBits(bitsOfF64(x) - shl64(toI64(exponent), 52n));
  for (let i: i32 = 0; i < 2; i++) {
    const whole: f64 = toF64(toI32(z));
    put(scratch, LARGE.x, i, whole);
    z = (z - whole) * TWO_24;
  }
  put(scratch, LARGE.x, 2, z);
  let count: i32 = 3;
  while (get(scratch, LARGE.x, count - 1) === 0) count--;
  return count;
}

/** Term `i` of the product of x and 2/pi. */
function product_term(scratch: i32, last: i32, i: i32): f64 {
  let sum: f64 = 0;
  for (let j: i32 = 0; j <= last; j++) sum = sum + get(scratch, LARGE.x, j) * get(scratch, LARGE.f, last + i - j);
  return sum;
}

/** Distils the first `count` + 1 terms into digits, least first; gives what is left in the uppermost term. */
function distil(scratch: i32, count: i32): f64 {
  let z: f64 = get(scratch, LARGE.q, count);
  let i: i32 = 0;
  for (let j: i32 = count; j > 0; j--) {
    const whole: f64 = toF64(toI32(TWO_MINUS_24 * z));
    put_digit(scratch, i, toI32(z - TWO_24 * whole));
    z = get(scratch, LARGE.q, j - 1) + whole;
    i++;
  }
  return z;
}

/** Replaces the digits by what is missing to a whole; gives whether any was not zero. */
function complement(scratch: i32, count: i32): bool {
  let borrowed: bool = false;
  for (let i: i32 = 0; i < count; i++) {
    const value: i32 = digit(scratch, i);
    if (borrowed) put_digit(scratch, i, 0xffffff - value);
    else if (value !== 0) {
      borrowed = true;
      put_digit(scratch, i, 0x1000000 - value);
    }
  }
  return borrowed;
}

/** x = |x| less turns * pi/2: leaves the two doubles in the scratch and gives the turns modulo 8. */
function reduce_large(x: f64): i32 {
  const scratch: i32 = number_scratch();
  const exponent: i32 = (size_word(x) >> 20) - 1046;
  const last: i32 = cut(scratch, x, exponent) - 1;
  const skipped: i32 = exponent < 27 ? 0 : ((exponent - 3) / 24) | 0;
  const scale: i32 = exponent - 24 * (skipped + 1);
  for (let i: i32 = 0; i <= last + FIRST_TERMS; i++) {
    put(scratch, LARGE.f, i, skipped - last + i < 0 ? 0 : two_over_pi(skipped - last + i));
  }
  for (let i: i32 = 0; i <= FIRST_TERMS; i++) put(scratch, LARGE.q, i, product_term(scratch, last, i));
  return reduce_product(scratch, last, skipped, scale);
}

/** Adds terms until the digits behind the point are not all zero, then finishes. */
function reduce_product(scratch: i32, last: i32, skipped: i32, scale: i32): i32 {
  let count: i32 = FIRST_TERMS;
  while (true) {
    let z: f64 = times_power(distil(scratch, count), scale);
    z = z - 8 * floor(z * 0.125);
    let turns: i32 = toI32(z);
    z = z - toF64(turns);
    let half: i32 = z >= 0.5 ? 2 : 0;
    if (scale > 0) {
      const top: i32 = digit(scratch, count - 1);
      const whole: i32 = top >> (24 - scale);
      turns = turns + whole;
      put_digit(scratch, count - 1, top - (whole << (24 - scale)));
      half = digit(scratch, count - 1) >> (23 - scale);
    } else if (scale === 0) {
      half = digit(scratch, count - 1) >> 23;
    }
    if (half > 0) {
      turns = turns + 1;
      const borrowed: bool = complement(scratch, count);
      if (scale > 0) put_digit(scratch, count - 1, digit(scratch, count - 1) & (scale === 1 ? 0x7fffff : 0x3fffff));
      if (half === 2) z = 1 - z - (borrowed ? times_power(1, scale) : 0);
    }
    const more: i32 = z === 0 ? terms_missing(scratch, count) : 0;
    if (more === 0) {
      finish(scratch, count, scale, z, half > 0);
      return turns & 7;
    }
    for (let i: i32 = count + 1; i <= count + more; i++) {
      put(scratch, LARGE.f, last + i, two_over_pi(skipped + i));
      put(scratch, LARGE.q, i, product_term(scratch, last, i));
    }
    count = count + more;
  }
}

/** How many further terms are needed because all digits so far are zero; 0 if some is not. */
function terms_missing(scratch: i32, count: i32): i32 {
  for (let i: i32 = count - 1; i >= FIRST_TERMS; i--) {
    if (digit(scratch, i) !== 0) return 0;
  }
  let k: i32 = 1;
  while (k <= FIRST_TERMS && digit(scratch, FIRST_TERMS - k) === 0) k++;
  return k;
}

function times_power(x: f64, exponent: i32): f64 {
  return x * power_of_two(exponent);
}

/** Multiplies the digits by pi/2 and leaves the sum in two doubles. */
function finish(scratch: i32, count: i32, scale: i32, z: f64, negative: bool): void {
  let top: i32 = count;
  let exponent: i32 = scale;
  if (z === 0) {
    top = top - 1;
    exponent = exponent - 24;
    while (digit(scratch, top) === 0) {
      top = top - 1;
      exponent = exponent - 24;
    }
  } else {
    const rest: f64 = times_power(z, -exponent);
    if (rest >= TWO_24) {
      const whole: f64 = toF64(toI32(TWO_MINUS_24 * rest));
      put_digit(scratch, top, toI32(rest - TWO_24 * whole));
      top = top + 1;
      exponent = exponent + 24;
      put_digit(scratch, top, toI32(whole));
    } else {
      put_digit(scratch, top, toI32(rest));
    }
  }
  let unit: f64 = power_of_two(exponent);
  for (let i: i32 = top; i >= 0; i--) {
    put(scratch, LARGE.q, i, unit * toF64(digit(scratch, i)));
    unit = unit * TWO_MINUS_24;
  }
  sum_up(scratch, top, negative);
}

function sum_up(scratch: i32, top: i32, negative: bool): void {
  for (let i: i32 = top; i >= 0; i--) {
    let sum: f64 = 0;
    for (let k: i32 = 0; k <= FIRST_TERMS && k <= top - i; k++) sum = sum + half_pi_digit(k) * get(scratch, LARGE.q, i + k);
    put(scratch, LARGE.parts, top - i, sum);
  }
  let high: f64 = 0;
  for (let i: i32 = top; i >= 0; i--) high = high + get(scratch, LARGE.parts, i);
  let low: f64 = get(scratch, LARGE.parts, 0) - high;
  for (let i: i32 = 1; i <= top; i++) low = low + get(scratch, LARGE.parts, i);
  storeF64(scratch, LARGE.high, negative ? -high : high);
  storeF64(scratch, LARGE.low, negative ? -low : low);
}
