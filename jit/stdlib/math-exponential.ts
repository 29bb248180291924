/**
 * exp, expm1 and the hyperbolic functions, after the algorithms of fdlibm (Sun Microsystems, 1993) in V8's variant: the
 * argument less a multiple of ln 2, a rational approximation, and a power of two. The constants are theirs, so that the
 * results are equal bit by bit.
 */
import { power_of_two, size_word } from './double-words.js';
import { abs, copysign, toF64, toI32, type f64, type i32 } from './intrinsics.js';

const LN2_HIGH = 6.93147180369123816490e-01;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.44269504088896338700e+00;
const EXP_OVERFLOW = 7.09782712893383973096e+02;
const EXP_UNDERFLOW = -7.45133219101941108420e+02;
/** Words of 0.5 ln 2, 1.5 ln 2, and of where the size of a result leaves the doubles. */
const HALF_LN2_WORD = 0x3fd62e42;
const THREE_HALVES_LN2_WORD = 0x3ff0a2b2;
const LIMIT_WORD = 0x40862e42;
/** From here on half of exp is the hyperbolic sine, and -1 or 1 the tangent. */
const TWENTY_TWO_WORD = 0x40360000;
const HYPERBOLIC_OVERFLOW = 710.4758600739439;

/** The multiple of ln 2 to take off an argument beyond half of it. */
function multiple_of_ln2(x: f64, word: i32): i32 {
  if (word < THREE_HALVES_LN2_WORD) return x < 0 ? -1 : 1;
  return toI32(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
}

export function Math$exp(x: f64): f64 {
  const word: i32 = size_word(x);
  if (x !== x) return x;
  if (x > EXP_OVERFLOW) return Infinity;
  if (x < EXP_UNDERFLOW) return 0;
  if (word < 0x3e300000) return 1 + x;
  if (word <= HALF_LN2_WORD) return exp_core(x, 0, 0, x);
  // The approximation would miss the last bit of e.
  if (x === 1) return 2.718281828459045;
  const k: i32 = multiple_of_ln2(x, word);
  const high: f64 = x - toF64(k) * LN2_HIGH;
  const low: f64 = toF64(k) * LN2_LOW;
  return exp_core(high - low, k, low, high);
}

/** exp(r) * 2^k, where r = high - low. */
function exp_core(r: f64, k: i32, low: f64, high: f64): f64 {
  const t: f64 = r * r;
  const p: f64 = 4.13813679705723846039e-08;
  const q: f64 = -1.65339022054652515390e-06 + t * p;
  const c: f64 = r - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 + t * q)));
  if (k === 0) return 1 - (r * c / (c - 2) - r);
  const y: f64 = 1 - (low - r * c / (2 - c) - high);
  if (k === 1024) return y * 2 * 8.98846567431158e307;
  if (k >= -1021) return y * power_of_two(k);
  return y * power_of_two(k + 1000) * 9.33263618503218878990e-302;
}

export function Math$expm1(x: f64): f64 {
  const word: i32 = size_word(x);
  if (x !== x) return x;
  if (x > EXP_OVERFLOW) return Infinity;
  if (x < -38.816242903336) return -1;
  if (word < 0x3c900000) return x;
  if (word <= HALF_LN2_WORD) return expm1_core(x, 0, 0);
  const k: i32 = multiple_of_ln2(x, word);
  const high: f64 = x - toF64(k) * LN2_HIGH;
  const low: f64 = toF64(k) * LN2_LOW;
  const r: f64 = high - low;
  return expm1_core(r, k, high - r - low);
}

/** exp(r + c) * 2^k - 1. */
function expm1_core(r: f64, k: i32, c: f64): f64 {
  const half: f64 = 0.5 * r;
  const square: f64 = r * half;
  const inner: f64 = -7.93650757867487942473e-05 + square * (4.00821782732936239552e-06 + square * -2.01099218183624371326e-07);
  const r1: f64 = 1 + square * (-3.33333333333331316428e-02 + square * (1.58730158725481460165e-03 + square * inner));
  const t: f64 = 3 - r1 * half;
  const e: f64 = square * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - square);
  const rest: f64 = r * (e - c) - c - square;
  if (k === -1) return 0.5 * (r - rest) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (rest - (r + 0.5)) : 1 + 2 * (r - rest);
  return expm1_scaled(r, k, rest);
}

/** 2^k * (1 + r - rest) - 1 for k beyond -1 to 1. */
function expm1_scaled(r: f64, k: i32, rest: f64): f64 {
  if (k <= -2 || k > 56) {
    const y: f64 = 1 - (rest - r);
    return (k === 1024 ? y * 2 * 8.98846567431158e307 : y * power_of_two(k)) - 1;
  }
  if (k < 20) return (1 - power_of_two(-k) - (rest - r)) * power_of_two(k);
  return (r - (rest + power_of_two(-k)) + 1) * power_of_two(k);
}

// Hyperbolic functions ------------------------------------------------------------------------------------------------

export function Math$cosh(x: f64): f64 {
  const word: i32 = size_word(x);
  const size: f64 = abs(x);
  if (word < 0x3fd62e43) {
    const t: f64 = Math$expm1(size);
    const w: f64 = 1 + t;
    return word < 0x3c800000 ? w : 1 + t * t / (w + w);
  }
  if (word < TWENTY_TWO_WORD) {
    const t: f64 = Math$exp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (word < LIMIT_WORD) return 0.5 * Math$exp(size);
  if (size <= HYPERBOLIC_OVERFLOW) {
    const w: f64 = Math$exp(0.5 * size);
    return 0.5 * w * w;
  }
  return size === size ? Infinity : x;
}

export function Math$sinh(x: f64): f64 {
  const half: f64 = x < 0 ? -0.5 : 0.5;
  const size: f64 = abs(x);
  if (size < 22) {
    if (size < 3.725290298461914e-9) return x;
    const t: f64 = Math$expm1(size);
    if (size < 1) return half * (2 * t - t * t / (t + 1));
    return half * (t + t / (t + 1));
  }
  if (size < 709.7822265625) return half * Math$exp(size);
  if (size <= HYPERBOLIC_OVERFLOW) {
    const w: f64 = Math$exp(0.5 * size);
    return half * w * w;
  }
  return x * 1e307;
}

export function Math$tanh(x: f64): f64 {
  const word: i32 = size_word(x);
  if (x !== x || word < 0x3e300000) return x;
  if (word >= TWENTY_TWO_WORD) return copysign(1, x);
  const size: f64 = abs(x);
  if (word >= 0x3ff00000) {
    const t: f64 = Math$expm1(2 * size);
    return copysign(1 - 2 / (t + 2), x);
  }
  const t: f64 = Math$expm1(-2 * size);
  return copysign(-t / (t + 2), x);
}
