/**
 * Logarithms and the inverse hyperbolic functions, after the algorithms of fdlibm (Sun Microsystems, 1993) in V8's
 * variant: x = 2^k (1 + f) with 1 + f near 1, and a polynomial in f / (2 + f). The constants are theirs, so that the
 * results are equal bit by bit.
 */
import { high_word, size_word, with_high_word, without_low_word } from './double-words.js';
import { abs, copysign, sqrt, toF64, type bool, type f64, type i32 } from './intrinsics.js';

const LN2_HIGH = 6.93147180369123816490e-01;
const LN2_LOW = 1.90821492927058770002e-10;
const LN2 = 6.93147180559945286227e-01;
const TWO_54 = 1.80143985094819840000e+16;
const LEAST_NORMAL = 2.2250738585072014e-308;

/** k of the word of a normal number: its exponent, one more where the fraction is beyond the root of two. */
function exponent_of(word: i32): i32 {
  return (word >> 20) - 1023 + ((((word & 0xfffff) + 0x95f64) & 0x100000) >> 20);
}

/** 1 + f: x scaled to lie around 1. */
function near_one(x: f64, word: i32): f64 {
  const fraction: i32 = word & 0xfffff;
  return with_high_word(x, fraction | (((fraction + 0x95f64) & 0x100000) ^ 0x3ff00000));
}

/** What log gives for arguments that are no normal positive numbers; 1 for the others. */
function special_log(x: f64): f64 {
  if (x !== x) return x;
  if (x === 0) return -Infinity;
  if (x < 0) return NaN;
  return x === Infinity ? x : 1;
}

function is_ordinary(x: f64): bool {
  return x > 0 && x < Infinity;
}

/** The even and the odd part of the polynomial, for s = f / (2 + f). */
function log_polynomial(s: f64): f64 {
  const z: f64 = s * s;
  const w: f64 = z * z;
  const even: f64 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const inner: f64 = 1.818357216161805012e-01 + w * 1.479819860511658591e-01;
  const odd: f64 = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * inner));
  return odd + even;
}

export function Math$log(x: f64): f64 {
  if (!is_ordinary(x)) return special_log(x);
  if (x < LEAST_NORMAL) return log_normal(x * TWO_54, -54);
  return log_normal(x, 0);
}

/** log(x) + shift * ln 2 for a normal x. */
function log_normal(x: f64, shift: i32): f64 {
  const word: i32 = high_word(x);
  const fraction: i32 = word & 0xfffff;
  const k: f64 = toF64(exponent_of(word) + shift);
  const f: f64 = near_one(x, word) - 1;
  if ((0xfffff & (2 + fraction)) < 3) return log_of_almost_one(f, k);
  const s: f64 = f / (2 + f);
  const r: f64 = log_polynomial(s);
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half: f64 = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

function log_of_almost_one(f: f64, k: f64): f64 {
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const r: f64 = f * f * (0.5 - 0.33333333333333333 * f);
  if (k === 0) return f - r;
  return k * LN2_HIGH - (r - k * LN2_LOW - f);
}

export function Math$log1p(x: f64): f64 {
  const word: i32 = high_word(x);
  const size: i32 = size_word(x);
  if (x !== x || x === Infinity) return x;
  if (x <= -1) return x === -1 ? -Infinity : NaN;
  if (size < 0x3e200000) return size < 0x3c900000 ? x : x - x * x * 0.5;
  if (word < 0x3fda827a && (word > 0 || word <= -1076707644)) return log1p_core(x, 0, 0, false);
  const u: f64 = word < 0x43400000 ? 1 + x : x;
  let k: i32 = (high_word(u) >> 20) - 1023;
  let c: f64 = 0;
  if (word < 0x43400000) c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
  const fraction: i32 = high_word(u) & 0xfffff;
  if (fraction < 0x6a09e) return log1p_core(with_high_word(u, fraction | 0x3ff00000) - 1, k, c, fraction === 0);
  k = k + 1;
  return log1p_core(with_high_word(u, fraction | 0x3fe00000) - 1, k, c, (0x100000 - fraction) >> 2 === 0);
}

/** log(1 + f) + k ln 2 + c. */
function log1p_core(f: f64, exponent: i32, c: f64, tiny: bool): f64 {
  const k: f64 = toF64(exponent);
  const half: f64 = 0.5 * f * f;
  if (tiny) {
    if (f === 0) return exponent === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const r: f64 = half * (1 - 0.66666666666666666 * f);
    return exponent === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + c) - f);
  }
  const s: f64 = f / (2 + f);
  const z: f64 = s * s;
  const inner: f64 = 1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01);
  const middle: f64 = 2.857142874366239149e-01 + z * (2.222219843214978396e-01 + z * inner);
  const r: f64 = z * (6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * middle));
  if (exponent === 0) return f - (half - s * (half + r));
  return k * LN2_HIGH - (half - (s * (half + r) + (k * LN2_LOW + c)) - f);
}

export function Math$log2(x: f64): f64 {
  if (!is_ordinary(x)) return special_log(x);
  if (x < LEAST_NORMAL) return log2_normal(x * TWO_54, -54);
  return log2_normal(x, 0);
}

function log2_normal(x: f64, shift: i32): f64 {
  if (x === 1 && shift === 0) return 0;
  const word: i32 = high_word(x);
  const y: f64 = toF64(exponent_of(word) + shift);
  const f: f64 = near_one(x, word) - 1;
  const half: f64 = 0.5 * f * f;
  const s: f64 = f / (2 + f);
  const r: f64 = s * (half + log_polynomial(s));
  const high: f64 = without_low_word(f - half);
  const low: f64 = f - high - half + r;
  const product: f64 = high * 1.44269504072144627571e+00;
  const rest: f64 = (low + high) * 1.67517131648865118353e-10 + low * 1.44269504072144627571e+00;
  const sum: f64 = y + product;
  return rest + (y - sum + product) + sum;
}

export function Math$log10(x: f64): f64 {
  if (!is_ordinary(x)) return special_log(x);
  if (x < LEAST_NORMAL) return log10_normal(x * TWO_54, -54);
  return log10_normal(x, 0);
}

function log10_normal(x: f64, shift: i32): f64 {
  if (x === 1 && shift === 0) return 0;
  const word: i32 = high_word(x);
  const k: i32 = (word >> 20) - 1023 + shift;
  const below: i32 = k < 0 ? 1 : 0;
  const y: f64 = toF64(k + below);
  const rest: f64 = with_high_word(x, (word & 0xfffff) | ((0x3ff - below) << 20));
  const z: f64 = y * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * Math$log(rest);
  return z + y * 3.01029995663611771306e-01;
}

// Inverse hyperbolic functions ----------------------------------------------------------------------------------------

export function Math$acosh(x: f64): f64 {
  const word: i32 = high_word(x);
  if (x !== x || x < 1) return NaN;
  if (word >= 0x41b00000) return x === Infinity ? x : Math$log(x) + LN2;
  if (x === 1) return 0;
  if (word > 0x40000000) return Math$log(2 * x - 1 / (x + sqrt(x * x - 1)));
  const t: f64 = x - 1;
  return Math$log1p(t + sqrt(2 * t + t * t));
}

export function Math$asinh(x: f64): f64 {
  const word: i32 = size_word(x);
  const size: f64 = abs(x);
  if (word >= 0x7ff00000 || word < 0x3e300000) return x;
  if (word > 0x41b00000) return copysign(Math$log(size) + LN2, x);
  if (word > 0x40000000) return copysign(Math$log(2 * size + 1 / (sqrt(x * x + 1) + size)), x);
  const t: f64 = x * x;
  return copysign(Math$log1p(size + t / (1 + sqrt(1 + t))), x);
}

export function Math$atanh(x: f64): f64 {
  const word: i32 = size_word(x);
  const size: f64 = abs(x);
  if (!(size <= 1)) return NaN;
  if (size === 1) return copysign(Infinity, x);
  if (word < 0x3e300000) return x;
  if (word < 0x3fe00000) {
    const t: f64 = size + size;
    return copysign(0.5 * Math$log1p(t + t * size / (1 - size)), x);
  }
  return copysign(0.5 * Math$log1p((size + size) / (1 - size)), x);
}
