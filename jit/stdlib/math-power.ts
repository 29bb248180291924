/**
 * pow, after the algorithm of fdlibm (Sun Microsystems, 1993) in V8's variant: the logarithm of base two with extra bits,
 * times the exponent, and the power of two of that. The constants are theirs, so that the results are equal bit by bit.
 */
import { high_word, low_word, of_words, scaled, size_word, with_high_word, without_low_word } from './double-words.js';
import { abs, sqrt, toF64, trunc, type bool, type f64, type i32 } from './intrinsics.js';

const ONE_WORD = 0x3ff00000;
const TWO_53 = 9007199254740992;

/** 0: no integer, 1: odd, 2: even. */
function parity(y: f64): i32 {
  const size: f64 = abs(y);
  if (size >= TWO_53) return 2;
  if (trunc(size) !== size) return 0;
  return trunc(size * 0.5) * 2 === size ? 2 : 1;
}

/** `x ** y` and Math.pow. */
export function Math$pow(x: f64, y: f64): f64 {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const size: f64 = abs(x);
  if (abs(y) === Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && high_word(x) >= 0) return sqrt(x);
  const odd: bool = high_word(x) < 0 && parity(y) === 1;
  if (size === 0 || size === Infinity || size === 1) {
    if (size === 1 && x < 0 && parity(y) === 0) return NaN;
    const edge: f64 = y < 0 ? 1 / size : size;
    return odd ? -edge : edge;
  }
  if (x < 0 && parity(y) === 0) return NaN;
  return odd ? -power(size, y) : power(size, y);
}

/** x ** y for 0 < x, x not 1, both finite. */
function power(x: f64, y: f64): f64 {
  const word: i32 = size_word(x);
  if (size_word(y) > 0x41e00000) {
    // |y| > 2^31: unless x is very close to 1 the result is out of range.
    if (size_word(y) > 0x43f00000 && word <= 0x3fefffff) return y < 0 ? Infinity : 0;
    if (size_word(y) > 0x43f00000 && word >= ONE_WORD) return y > 0 ? Infinity : 0;
    if (word < 0x3fefffff) return y < 0 ? Infinity : 0;
    if (word > ONE_WORD) return y > 0 ? Infinity : 0;
    return power_near_one(x, y);
  }
  return power_ordinary(x, y);
}

/** |1 - x| <= 2^-20: log(x) by x - x^2/2 + x^3/3 - x^4/4. */
function power_near_one(x: f64, y: f64): f64 {
  const t: f64 = x - 1;
  const w: f64 = t * t * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  const u: f64 = 1.44269502162933349609e+00 * t;
  const v: f64 = t * 1.92596299112661746887e-08 - w * 1.44269504088896338700e+00;
  const t1: f64 = without_low_word(u + v);
  return power_of_product(y, t1, v - (t1 - u));
}

function power_ordinary(start: f64, y: f64): f64 {
  const tiny: bool = size_word(start) < 0x100000;
  const x: f64 = tiny ? start * TWO_53 : start;
  const word: i32 = size_word(x);
  const fraction: i32 = word & 0xfffff;
  let n: i32 = (word >> 20) - 0x3ff - (tiny ? 53 : 0);
  let top: i32 = fraction | ONE_WORD;
  let second: bool = false;
  if (fraction > 0x3988e && fraction < 0xbb67a) second = true;
  else if (fraction >= 0xbb67a) {
    n = n + 1;
    top = top - 0x100000;
  }
  return power_by_logarithm(with_high_word(x, top), top, n, second, y);
}

/** log2 of the scaled x, between two doubles, then the power; `second` says that 1.5 is nearer to it than 1. */
function power_by_logarithm(x: f64, top: i32, n: i32, second: bool, y: f64): f64 {
  const base: f64 = second ? 1.5 : 1;
  const u: f64 = x - base;
  const v: f64 = 1 / (x + base);
  const ss: f64 = u * v;
  const sHigh: f64 = without_low_word(ss);
  const tHigh: f64 = of_words(((top >> 1) | 0x20000000) + 0x80000 + (second ? 0x40000 : 0), 0);
  const tLow: f64 = x - (tHigh - base);
  const sLow: f64 = v * (u - sHigh * tHigh - sHigh * tLow);
  const s2: f64 = ss * ss;
  const inner: f64 = 2.72728123808534006489e-01 + s2 * (2.30660745775561754067e-01 + s2 * 2.06975017800338417784e-01);
  const middle: f64 = 4.28571428578550184252e-01 + s2 * (3.33333329818377432918e-01 + s2 * inner);
  const r: f64 = s2 * s2 * (5.99999999999994648725e-01 + s2 * middle) + sLow * (sHigh + ss);
  const square: f64 = sHigh * sHigh;
  const rHigh: f64 = without_low_word(3 + square + r);
  const rLow: f64 = r - (rHigh - 3 - square);
  const first: f64 = sHigh * rHigh;
  const rest: f64 = sLow * rHigh + rLow * ss;
  const pHigh: f64 = without_low_word(first + rest);
  const pLow: f64 = rest - (pHigh - first);
  const zHigh: f64 = 9.61796700954437255859e-01 * pHigh;
  const zLow: f64 = -7.02846165095275826516e-09 * pHigh + pLow * 9.61796693925975554329e-01 + (second ? 1.35003920212974897128e-08 : 0);
  const offset: f64 = second ? 5.84962487220764160156e-01 : 0;
  const t: f64 = toF64(n);
  const t1: f64 = without_low_word(zHigh + zLow + offset + t);
  return power_of_product(y, t1, zLow - (t1 - t - offset - zHigh));
}

/** 2^(y * (t1 + t2)). */
function power_of_product(y: f64, t1: f64, t2: f64): f64 {
  const yHigh: f64 = without_low_word(y);
  const low: f64 = (y - yHigh) * t1 + y * t2;
  const high: f64 = yHigh * t1;
  const z: f64 = low + high;
  const j: i32 = high_word(z);
  if (j >= 0x40900000) {
    if (j > 0x40900000 || low_word(z) !== 0) return Infinity;
    if (low + 8.0085662595372944372e-17 > z - high) return Infinity;
  } else if ((j & 0x7fffffff) >= 0x4090cc00) {
    if ((j & 0x7fffffff) > 0x4090cc00 || low_word(z) !== 0) return 0;
    if (low <= z - high) return 0;
  }
  return two_to(high, low, j);
}

/** 2^(high + low), where j is the word of the sum. */
function two_to(start: f64, low: f64, j: i32): f64 {
  let high: f64 = start;
  let n: i32 = 0;
  const size: i32 = j & 0x7fffffff;
  if (size > 0x3fe00000) {
    const moved: i32 = j + (0x100000 >> ((size >> 20) - 0x3ff + 1));
    const k: i32 = ((moved & 0x7fffffff) >> 20) - 0x3ff;
    const whole: f64 = of_words(moved & ~(0xfffff >> k), 0);
    n = ((moved & 0xfffff) | 0x100000) >> (20 - k);
    if (j < 0) n = -n;
    high = high - whole;
  }
  const t: f64 = without_low_word(low + high);
  const u: f64 = t * 6.93147182464599609375e-01;
  const v: f64 = (low - (t - high)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
  const z: f64 = u + v;
  const w: f64 = v - (z - u);
  const t2: f64 = z * z;
  const inner: f64 = 6.61375632143793436117e-05 + t2 * (-1.65339022054652515390e-06 + t2 * 4.13813679705723846039e-08);
  const t1: f64 = z - t2 * (1.66666666666666019037e-01 + t2 * (-2.77777777770155933842e-03 + t2 * inner));
  // As V8 has it: the correction stands inside of the divisor, which costs accuracy, and must be the same here.
  const r: f64 = z * t1 / (t1 - 2 - (w + z * w));
  const y: f64 = 1 - (r - z);
  const word: i32 = high_word(y) + (n << 20);
  return word >> 20 <= 0 ? scaled(y, n) : with_high_word(y, word);
}
