/**
 * asin, acos, atan, atan2 and cbrt, after the algorithms of fdlibm and FreeBSD (Sun Microsystems, 1993) in V8's variant.
 * The constants are theirs, so that the results are equal bit by bit.
 */
import { high_word, of_words, size_word, without_low_word } from './double-words.js';
import {
  abs, add64, bitsOfF64, copysign, divu, f64OfBits, sqrt, type bool, type f64, type i32,
} from './intrinsics.js';

const HALF_PI_HIGH = 1.57079632679489655800e+00;
const HALF_PI_LOW = 6.12323399573676603587e-17;
const QUARTER_PI = 7.85398163397448278999e-01;
const PI = 3.14159265358979311600e+00;
const PI_LOW = 1.2246467991473531772e-16;
const ONE_WORD = 0x3ff00000;
const HALF_WORD = 0x3fe00000;

/** (asin(x) - x) / x for z = x^2 up to 1/4. */
function asin_ratio(z: f64): f64 {
  const p1: f64 = -4.00555345006794114027e-02 + z * (7.91534994289814532176e-04 + z * 3.47933107596021167570e-05);
  const p: f64 = z * (1.66666666666666657415e-01 + z * (-3.25565818622400915405e-01 + z * (2.01212532134862925881e-01 + z * p1)));
  const q1: f64 = 2.02094576023350569471e+00 + z * (-6.88283971605453293030e-01 + z * 7.70381505559019352791e-02);
  return p / (1 + z * (-2.40339491173441421878e+00 + z * q1));
}

export function Math$asin(x: f64): f64 {
  const word: i32 = size_word(x);
  const size: f64 = abs(x);
  if (!(size <= 1)) return NaN;
  if (word >= ONE_WORD) return x * HALF_PI_HIGH + x * HALF_PI_LOW;
  if (word < HALF_WORD) return word < 0x3e400000 ? x : x + x * asin_ratio(x * x);
  const t: f64 = (1 - size) * 0.5;
  const r: f64 = asin_ratio(t);
  const s: f64 = sqrt(t);
  if (word >= 0x3fef3333) return copysign(HALF_PI_HIGH - (2 * (s + s * r) - HALF_PI_LOW), x);
  const w: f64 = without_low_word(s);
  const c: f64 = (t - w * w) / (s + w);
  const p: f64 = 2 * s * r - (HALF_PI_LOW - 2 * c);
  const q: f64 = QUARTER_PI - 2 * w;
  return copysign(QUARTER_PI - (p - q), x);
}

export function Math$acos(x: f64): f64 {
  const word: i32 = size_word(x);
  if (!(abs(x) <= 1)) return NaN;
  if (word >= ONE_WORD) return x > 0 ? 0 : PI + 2 * HALF_PI_LOW;
  if (word < HALF_WORD) {
    if (word <= 0x3c600000) return HALF_PI_HIGH + HALF_PI_LOW;
    return HALF_PI_HIGH - (x - (HALF_PI_LOW - x * asin_ratio(x * x)));
  }
  if (x < 0) {
    const z: f64 = (1 + x) * 0.5;
    const s: f64 = sqrt(z);
    return PI - 2 * (s + (asin_ratio(z) * s - HALF_PI_LOW));
  }
  const z: f64 = (1 - x) * 0.5;
  const s: f64 = sqrt(z);
  const high: f64 = without_low_word(s);
  const c: f64 = (z - high * high) / (s + high);
  return 2 * (high + (asin_ratio(z) * s + c));
}

// Arctangent ----------------------------------------------------------------------------------------------------------

/** (x - atan(x)) / x. */
function atan_ratio(x: f64): f64 {
  const z: f64 = x * x;
  const w: f64 = z * z;
  const odd1: f64 = 6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02);
  const odd: f64 = z * (3.33333333333329318027e-01 + w * (1.42857142725034663711e-01 + w * (9.09088713343650656196e-02 + w * odd1)));
  const even1: f64 = -7.69187620504482999495e-02 + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02);
  const even: f64 = w * (-1.99999999998764832476e-01 + w * (-1.11111104054623557880e-01 + w * even1));
  return odd + even;
}

/** high + low + atan(x). */
function atan_from(high: f64, low: f64, x: f64): f64 {
  return high - (x * atan_ratio(x) - low - x);
}

export function Math$atan(x: f64): f64 {
  const word: i32 = size_word(x);
  if (x !== x) return x;
  if (word >= 0x44100000) return copysign(HALF_PI_HIGH + HALF_PI_LOW, x);
  if (word < 0x3fdc0000) return word < 0x3e400000 ? x : x - x * atan_ratio(x);
  return copysign(atan_large(abs(x), word), x);
}

/** atan(x) for x >= 7/16, by the arctangent of 1/2, 1, 3/2 or infinity. */
function atan_large(x: f64, word: i32): f64 {
  if (word < 0x3fe60000) return atan_from(4.63647609000806093515e-01, 2.26987774529616870924e-17, (2 * x - 1) / (2 + x));
  if (word < 0x3ff30000) return atan_from(QUARTER_PI, 3.06161699786838301793e-17, (x - 1) / (x + 1));
  if (word < 0x40038000) return atan_from(9.82793723247329054082e-01, 1.39033110312309984516e-17, (x - 1.5) / (1 + 1.5 * x));
  return atan_from(HALF_PI_HIGH, HALF_PI_LOW, -1 / x);
}

export function Math$atan2(y: f64, x: f64): f64 {
  if (x !== x || y !== y) return NaN;
  if (x === 1) return Math$atan(y);
  const left: bool = high_word(x) < 0;
  if (y === 0) return left ? copysign(PI, y) : y;
  if (x === 0) return copysign(HALF_PI_HIGH, y);
  if (abs(x) === Infinity) {
    if (abs(y) === Infinity) return copysign(left ? 3 * QUARTER_PI : QUARTER_PI, y);
    return copysign(left ? PI : 0, y);
  }
  if (abs(y) === Infinity) return copysign(HALF_PI_HIGH, y);
  // Quotients that would overflow or vanish are not computed.
  const difference: i32 = (size_word(y) - size_word(x)) >> 20;
  if (difference > 60) return copysign(HALF_PI_HIGH + 0.5 * PI_LOW, y);
  return quadrant(y, left && difference < -60 ? 0 : Math$atan(abs(y / x)), left);
}

function quadrant(y: f64, z: f64, left: bool): f64 {
  if (!left) return y < 0 ? -z : z;
  return y < 0 ? z - PI_LOW - PI : PI - (z - PI_LOW);
}

// Cube root -----------------------------------------------------------------------------------------------------------

/** A cube root with 5 bits: a third of the exponent, with a bias that makes up for the fraction. */
function rough_cbrt(x: f64): f64 {
  const word: i32 = size_word(x);
  if (word >= 0x100000) return of_words(divu(word, 3) + 715094163, 0);
  return of_words(divu(size_word(x * 18014398509481984), 3) + 696219795, 0);
}

export function Math$cbrt(x: f64): f64 {
  const size: f64 = abs(x);
  if (x !== x || size === 0 || size === Infinity) return x;
  const rough: f64 = rough_cbrt(size);
  const r: f64 = rough * rough * (rough / size);
  const near: f64 = 1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140);
  const better: f64 = rough * (near + r * r * r * (-0.758397934778766047437 + r * 0.145996192886612446982));
  // Cut to 23 bits, so that its square is exact.
  const t: f64 = f64OfBits(add64(bitsOfF64(better), 2147483648n) & -1073741824n);
  const q: f64 = size / (t * t);
  return copysign(t + t * ((q - t) / (t + t + q)), x);
}
