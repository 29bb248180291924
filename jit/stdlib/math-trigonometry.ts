/**
 * sin, cos and tan, after the algorithms of fdlibm (Sun Microsystems, 1993) in V8's variant: the argument less a multiple
 * of pi/2, in two doubles, and a polynomial. The constants are theirs, so that the results are equal bit by bit.
 */
import { of_words, high_word, size_word, without_low_word } from './double-words.js';
import { abs, toF64, type bool, type f64, type i32 } from './intrinsics.js';
import { PART_1, REST_1, needs_more_parts, reduced_high, reduced_low, turns_of } from './trigonometric-reduction.js';

/** Word of pi/4: up to it no reduction is needed. */
const QUARTER_PI_WORD = 0x3fe921fb;
/** Word from which on the tangent is computed from its complement. */
const TAN_COMPLEMENT_WORD = 0x3fe59428;

/** sin(x + tail) for |x| <= pi/4. */
function sin_core(x: f64, tail: f64, reduced: bool): f64 {
  if (size_word(x) < 0x3e400000) return x;
  const z: f64 = x * x;
  const v: f64 = z * x;
  const inner: f64 = 2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
  const r: f64 = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * inner);
  if (!reduced) return x + v * (-1.66666666666666324348e-01 + z * r);
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-01);
}

/** cos(x + tail) for |x| <= pi/4. */
function cos_core(x: f64, tail: f64): f64 {
  const word: i32 = size_word(x);
  if (word < 0x3e400000) return 1;
  const z: f64 = x * x;
  const inner: f64 = -2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11);
  const r: f64 = z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * (2.48015872894767294178e-05 + z * inner)));
  if (word < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * tail));
  const quarter: f64 = word > 0x3fe90000 ? 0.28125 : of_words(word - 0x200000, 0);
  const half: f64 = 0.5 * z - quarter;
  return 1 - quarter - (half - (z * r - x * tail));
}

/** Which function an argument beyond pi/4 is for; the cosine is the sine a quarter turn later. */
const SINE = 0;
const COSINE = 1;
const TANGENT = 2;

export function Math$sin(x: f64): f64 {
  if (size_word(x) <= QUARTER_PI_WORD) return sin_core(x, 0, false);
  return of_large(x, SINE);
}

export function Math$cos(x: f64): f64 {
  if (size_word(x) <= QUARTER_PI_WORD) return cos_core(x, 0);
  return of_large(x, COSINE);
}

export function Math$tan(x: f64): f64 {
  if (size_word(x) <= QUARTER_PI_WORD) return tan_core(x, 0, false);
  return of_large(x, TANGENT);
}

function of_large(x: f64, kind: i32): f64 {
  if (size_word(x) >= 0x7ff00000) return NaN;
  const turns: i32 = turns_of(x);
  const size: f64 = abs(x);
  const count: f64 = toF64(turns < 0 ? -turns : turns);
  const r: f64 = size - count * PART_1;
  const w: f64 = count * REST_1;
  const y: f64 = r - w;
  // The quick reduction is good but near multiples of pi/2 and for large arguments.
  if (needs_more_parts(size, turns < 0 ? -turns : turns, y)) {
    const high: f64 = reduced_high(x, turns);
    return of_reduced(high, reduced_low(x, turns), turns, kind);
  }
  const tail: f64 = r - y - w;
  return x < 0 ? of_reduced(-y, -tail, turns, kind) : of_reduced(y, tail, turns, kind);
}

function of_reduced(y: f64, tail: f64, turns: i32, kind: i32): f64 {
  if (kind === TANGENT) return tan_core(y, tail, (turns & 1) !== 0);
  const quarter: i32 = turns + kind;
  const size: f64 = (quarter & 1) === 0 ? sin_core(y, tail, true) : cos_core(y, tail);
  return (quarter & 2) === 0 ? size : -size;
}

/** tan(x + tail) for |x| <= pi/4, or -1 over it. */
function tan_core(x: f64, tail: f64, inverted: bool): f64 {
  const word: i32 = size_word(x);
  if (word < 0x3e300000) return inverted ? inverse_sum(x + tail, tail, x) : x;
  if (word < TAN_COMPLEMENT_WORD) {
    const r: f64 = tan_rest(x, tail);
    return inverted ? inverse_sum(x + r, r, x) : x + r;
  }
  const negative: bool = high_word(x) < 0;
  const y: f64 = 7.85398163397448278999e-01 - (negative ? -x : x) + (3.06161699786838301793e-17 - (negative ? -tail : tail));
  const r: f64 = tan_rest(y, 0);
  const w: f64 = y + r;
  const v: f64 = inverted ? -1 : 1;
  return (negative ? -1 : 1) * (v - 2 * (y - (w * w / (w + v) - r)));
}

/** What tan(x + tail) is beyond x. */
function tan_rest(x: f64, tail: f64): f64 {
  const z: f64 = x * x;
  const w: f64 = z * z;
  const odd3: f64 = 1.45620945432529025516e-03 + w * (2.46463134818469906812e-04 + w * (7.14072491382608190305e-05 + w * 2.59073051863633712884e-05));
  const even3: f64 = 5.88041240820264096874e-04 + w * (7.81794442939557092300e-05 + w * -1.85586374855275456654e-05);
  const even: f64 = 1.33333333333201242699e-01 + w * (2.18694882948595424599e-02 + w * (3.59207910759131235356e-03 + w * even3));
  const odd: f64 = z * (5.39682539762260521377e-02 + w * (8.86323982359930005737e-03 + w * odd3));
  const s: f64 = z * x;
  return tail + z * (s * (even + odd) + tail) + 3.33333333333334091986e-01 * s;
}

/** -1 / w, where w is the rounded sum of x and r, as if it had not been rounded. */
function inverse_sum(w: f64, r: f64, x: f64): f64 {
  const z: f64 = without_low_word(w);
  const v: f64 = r - (z - x);
  const a: f64 = -1 / w;
  const t: f64 = without_low_word(a);
  const s: f64 = 1 + t * z;
  return t + a * (s + t * v);
}
