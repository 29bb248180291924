/**
 * Numbers as JavaScript prints them, in base ten: `String(x)` and the formatting methods of Number.
 *
 * Integers below 2^53 and decimals of at most 15 digits are printed from machine integers; the rest goes through the
 * exact digits of number-digits.ts.
 */
import { STRING, UNDEFINED } from '../abi.js';
import { range_error } from './errors.js';
import {
  abs, divu64, elementAddress, f64ToI64, load32, load8, nearest, remu64, store32, store8, str, toI32, toI64, trunc, wrap,
} from './intrinsics.js';
import type { bool, f64, i32, i64, ref, val } from './intrinsics.js';
import { SCRATCH, digits_places, digits_precise, digits_shortest, number_scratch } from './number-digits.js';
import { number_to_radix } from './number-radix.js';
import { to_number } from './operators.js';
import { flat_new_one, string_of_unit } from './strings.js';

const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;
const LOWER_E = 101;
/** 2^53: from here on a double need not be an exact integer. */
const EXACT_LIMIT = 9007199254740992;
/** 10^15: a decimal of fewer digits is told apart from all its neighbours by every double. */
const SHORT_LIMIT = 1000000000000000;

// Writing -------------------------------------------------------------------------------------------------------------

/** A string's units are written from `at` on; each writer gives the place behind what it wrote. */
function put(text: ref, at: i32, unit: i32): i32 {
  store8(elementAddress(text, at, STRING.units), 0, unit);
  return at + 1;
}

function put_zeros(text: ref, at: i32, count: i32): i32 {
  for (let i: i32 = 0; i < count; i++) put(text, at + i, ZERO);
  return count > 0 ? at + count : at;
}

/** Digits `from` to `to` (exclusive) of the scratch; zeros where it has no more. */
function put_digits(text: ref, at: i32, scratch: i32, from: i32, to: i32): i32 {
  const count: i32 = load32(scratch, SCRATCH.count);
  for (let i: i32 = from; i < to; i++) {
    put(text, at + i - from, i < count ? load8(scratch + i, SCRATCH.digits) + ZERO : ZERO);
  }
  return to > from ? at + to - from : at;
}

/** A natural number in `width` places, which must be enough; zeros in front. */
function put_natural(text: ref, at: i32, value: i64, width: i32): i32 {
  let left: i64 = value;
  for (let i: i32 = at + width - 1; i >= at; i--) {
    put(text, i, wrap(remu64(left, 10n)) + ZERO);
    left = divu64(left, 10n);
  }
  return at + width;
}

function natural_width(value: i64): i32 {
  let width: i32 = 1;
  let bound: i64 = 10n;
  while (width < 19 && bound <= value) {
    bound = bound * 10n;
    width++;
  }
  return width;
}

function is_negative(x: f64): bool {
  return x < 0;
}

// String(x) -----------------------------------------------------------------------------------------------------------

export function number_to_string(x: f64): str {
  if (x === trunc(x)) {
    if (x >= 0 && x < 10) return string_of_unit(toI32(x) + ZERO);
    if (abs(x) < EXACT_LIMIT) return integer_to_string(f64ToI64(abs(x)), is_negative(x));
  }
  if (x !== x) return str('NaN');
  const size: f64 = abs(x);
  if (size > 1.7976931348623157e308) return is_negative(x) ? str('-Infinity') : str('Infinity');
  if (size >= 0.000001 && size < SHORT_LIMIT) {
    const short: str = short_decimal(size, is_negative(x));
    if (short !== 0) return short;
  }
  const scratch: i32 = number_scratch();
  digits_shortest(scratch, size);
  return layout(scratch, is_negative(x));
}

function integer_to_string(size: i64, negative: bool): str {
  const width: i32 = natural_width(size);
  const text: str = flat_new_one(negative ? width + 1 : width);
  const at: i32 = negative ? put(text, 0, MINUS) : 0;
  put_natural(text, at, size, width);
  return text;
}

/** x as n / 10^k with fewest k and n below 10^15, or 0 when no such decimal reads back as x. */
function short_decimal(x: f64, negative: bool): str {
  let scale: f64 = 1;
  for (let places: i32 = 1; places <= 21; places++) {
    scale = scale * 10;
    const scaled: f64 = nearest(x * scale);
    if (scaled >= SHORT_LIMIT) return 0;
    // Both operands are exact and the quotient is rounded once: equality means that the decimal reads back as x.
    if (scaled / scale === x) return decimal_text(f64ToI64(scaled), places, negative);
  }
  return 0;
}

function decimal_text(digits: i64, places: i32, negative: bool): str {
  let scale: i64 = 1n;
  for (let i: i32 = 0; i < places; i++) scale = scale * 10n;
  const whole: i64 = places > 18 ? 0n : divu64(digits, scale);
  const rest: i64 = digits - whole * scale;
  const width: i32 = natural_width(whole);
  const text: str = flat_new_one((negative ? 1 : 0) + width + 1 + places);
  let at: i32 = negative ? put(text, 0, MINUS) : 0;
  at = put_natural(text, at, whole, width);
  at = put(text, at, DOT);
  put_natural(text, at, rest, places);
  return text;
}

/** The digits in the scratch, laid out as Number::toString has it. */
function layout(scratch: i32, negative: bool): str {
  const count: i32 = load32(scratch, SCRATCH.count);
  const point: i32 = load32(scratch, SCRATCH.point);
  if (point > 21 || point <= -6) return layout_exponent(scratch, negative, count);
  return layout_places(scratch, negative, count > point ? count - point : 0);
}

/** Width of an exponent with its sign. */
function exponent_width(exponent: i32): i32 {
  const size: i32 = exponent < 0 ? -exponent : exponent;
  return size < 10 ? 2 : size < 100 ? 3 : 4;
}

/** d.ddde±x with `count` digits. */
function layout_exponent(scratch: i32, negative: bool, count: i32): str {
  const exponent: i32 = load32(scratch, SCRATCH.point) - 1;
  const tail: i32 = exponent_width(exponent);
  const text: str = flat_new_one((negative ? 1 : 0) + count + (count > 1 ? 1 : 0) + 1 + tail);
  let at: i32 = negative ? put(text, 0, MINUS) : 0;
  at = put_digits(text, at, scratch, 0, 1);
  if (count > 1) {
    at = put(text, at, DOT);
    at = put_digits(text, at, scratch, 1, count);
  }
  at = put(text, at, LOWER_E);
  at = put(text, at, exponent < 0 ? MINUS : PLUS);
  const size: i32 = exponent < 0 ? -exponent : exponent;
  put_natural(text, at, toI64(size), tail - 1);
  return text;
}

/** Plain notation with `places` digits behind the point. */
function layout_places(scratch: i32, negative: bool, places: i32): str {
  const point: i32 = load32(scratch, SCRATCH.point);
  const whole: i32 = point > 0 ? point : 1;
  const text: str = flat_new_one((negative ? 1 : 0) + whole + (places > 0 ? places + 1 : 0));
  let at: i32 = negative ? put(text, 0, MINUS) : 0;
  if (point > 0) at = put_digits(text, at, scratch, 0, point);
  else at = put(text, at, ZERO);
  if (places === 0) return text;
  at = put(text, at, DOT);
  const zeros: i32 = point < 0 ? (-point < places ? -point : places) : 0;
  at = put_zeros(text, at, zeros);
  const from: i32 = point > 0 ? point : 0;
  put_digits(text, at, scratch, from, from + places - zeros);
  return text;
}

// Methods -------------------------------------------------------------------------------------------------------------

export function Number_toString(self: f64, radix: val): str {
  if (radix === UNDEFINED) return number_to_string(self);
  const base: f64 = to_number(radix);
  if (!(base >= 2 && base < 37)) throw range_error(str('toString() radix argument must be between 2 and 36'));
  const whole: i32 = toI32(base);
  return whole === 10 ? number_to_string(self) : number_to_radix(self, whole);
}

export function Number_valueOf(self: f64): f64 {
  return self;
}

function is_finite(x: f64): bool {
  return x - x === 0;
}

/** A digit count argument, or -1 when it is not in range. */
function digit_count(count: f64, least: i32, most: i32): i32 {
  const whole: i32 = toI32(count);
  return whole < least || whole > most ? -1 : whole;
}

export function Number_toFixed(self: f64, fractionDigits: val): str {
  const asked: f64 = fractionDigits === UNDEFINED ? 0 : to_number(fractionDigits);
  const places: i32 = digit_count(asked, 0, 100);
  if (places < 0) throw range_error(str('toFixed() digits argument must be between 0 and 100'));
  if (!is_finite(self) || abs(self) >= 1e21) return number_to_string(self);
  return fixed_text(self, places);
}

function fixed_text(x: f64, places: i32): str {
  const scratch: i32 = number_scratch();
  set_fixed_digits(scratch, abs(x), places);
  return layout_places(scratch, is_negative(x), places);
}

/** Digits of x >= 0 with this many places; zero gets no digits and a point of 0. */
function set_fixed_digits(scratch: i32, x: f64, places: i32): void {
  digits_places(scratch, x > 0 ? x : 1, places);
  if (x > 0) return;
  store32(scratch, SCRATCH.count, 0);
  store32(scratch, SCRATCH.point, 0);
}

export function Number_toPrecision(self: f64, precision: val): str {
  if (precision === UNDEFINED) return number_to_string(self);
  const asked: f64 = to_number(precision);
  if (!is_finite(self)) return number_to_string(self);
  const count: i32 = digit_count(asked, 1, 100);
  if (count < 0) throw range_error(str('toPrecision() argument must be between 1 and 100'));
  const scratch: i32 = number_scratch();
  set_precise_digits(scratch, abs(self), count);
  const point: i32 = load32(scratch, SCRATCH.point);
  const negative: bool = is_negative(self);
  if (point < -5 || point > count) return layout_exponent(scratch, negative, count);
  return layout_places(scratch, negative, count - point);
}

/** `count` digits of x >= 0; the point of zero is 1. */
function set_precise_digits(scratch: i32, x: f64, count: i32): void {
  digits_precise(scratch, x > 0 ? x : 1, count);
  if (x === 0) store8(scratch, SCRATCH.digits, 0);
}

export function Number_toExponential(self: f64, fractionDigits: val): str {
  const asked: f64 = fractionDigits === UNDEFINED ? 0 : to_number(fractionDigits);
  if (!is_finite(self)) return number_to_string(self);
  const places: i32 = digit_count(asked, 0, 100);
  if (places < 0) throw range_error(str('toExponential() argument must be between 0 and 100'));
  const scratch: i32 = number_scratch();
  const negative: bool = is_negative(self);
  if (fractionDigits === UNDEFINED && self !== 0) {
    digits_shortest(scratch, abs(self));
    return layout_exponent(scratch, negative, load32(scratch, SCRATCH.count));
  }
  set_precise_digits(scratch, abs(self), places + 1);
  return layout_exponent(scratch, negative, places + 1);
}
