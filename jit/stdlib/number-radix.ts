/**
 * Numbers in other bases than ten. The language leaves the fraction's digits open; these are V8's: as many as tell the
 * double from its neighbour, rounded, and zeros for integer digits beyond 53 bits.
 */
import { STRING } from '../abi.js';
import {
  abs, bitsOfF64, copyBytes, elementAddress, f64OfBits, f64ToI64, load8, remu64, store8, str, toF64, toI32, toI64, trunc, wrap,
} from './intrinsics.js';
import type { bool, f64, i32 } from './intrinsics.js';
import { number_scratch } from './number-digits.js';
import { flat_new_one } from './strings.js';

/** Places in the scratch: the integer's digits grow down from here, the fraction's grow up. */
const MIDDLE = 1100;
const LEAST = 5e-324;
/** From 2^53 on, low digits of the integer are not represented. */
const EXACT_LIMIT = 9007199254740992;

function digit_unit(digit: i32): i32 {
  return digit < 10 ? 48 + digit : 87 + digit;
}

function digit_value(unit: i32): i32 {
  return unit > 57 ? unit - 87 : unit - 48;
}

/** Half the distance to the next double. */
function half_gap(x: f64): f64 {
  const gap: f64 = 0.5 * (f64OfBits(bitsOfF64(x) + 1n) - x);
  return gap > LEAST ? gap : LEAST;
}

/** Writes the fraction's digits; gives the place behind them, negated minus one when a carry reaches the integer. */
function put_fraction(scratch: i32, start: f64, gap: f64, radix: i32): i32 {
  let fraction: f64 = start;
  let delta: f64 = gap;
  let at: i32 = MIDDLE;
  while (true) {
    fraction = fraction * toF64(radix);
    delta = delta * toF64(radix);
    const digit: i32 = toI32(fraction);
    store8(scratch + at, 0, digit_unit(digit));
    at++;
    fraction = fraction - toF64(digit);
    const rounds: bool = fraction > 0.5 || (fraction === 0.5 && (digit & 1) !== 0);
    if (rounds && fraction + delta > 1) return carry(scratch, at, radix);
    if (fraction < delta) return at;
  }
}

/** Adds one to the last digit, dropping digits that overflow. */
function carry(scratch: i32, end: i32, radix: i32): i32 {
  let at: i32 = end;
  while (at > MIDDLE) {
    at--;
    const digit: i32 = digit_value(load8(scratch + at, 0));
    if (digit + 1 < radix) {
      store8(scratch + at, 0, digit_unit(digit + 1));
      return at + 1;
    }
  }
  return -1;
}

/** Writes the integer's digits; gives the place of the first. */
function put_integer(scratch: i32, start: f64, radix: i32): i32 {
  const base: f64 = toF64(radix);
  let integer: f64 = start;
  let at: i32 = MIDDLE;
  while (integer / base >= EXACT_LIMIT) {
    integer = integer / base;
    at--;
    store8(scratch + at, 0, 48);
  }
  while (true) {
    // A whole number below 2^59; the difference may round, and then leaves a fraction that does not count.
    const digit: i32 = wrap(remu64(f64ToI64(integer), toI64(radix)));
    at--;
    store8(scratch + at, 0, digit_unit(digit));
    integer = trunc((integer - toF64(digit)) / base);
    if (integer === 0) return at;
  }
}

export function number_to_radix(x: f64, radix: i32): str {
  if (x !== x) return str('NaN');
  const size: f64 = abs(x);
  if (size > 1.7976931348623157e308) return x < 0 ? str('-Infinity') : str('Infinity');
  const scratch: i32 = number_scratch();
  let integer: f64 = trunc(size);
  const fraction: f64 = size - integer;
  const gap: f64 = half_gap(size);
  let end: i32 = MIDDLE;
  if (fraction >= gap) end = put_fraction(scratch, fraction, gap, radix);
  if (end < 0) {
    integer = integer + 1;
    end = MIDDLE;
  }
  const first: i32 = put_integer(scratch, integer, radix);
  const whole: i32 = MIDDLE - first;
  const places: i32 = end - MIDDLE;
  const sign: i32 = x < 0 ? 1 : 0;
  const text: str = flat_new_one(sign + whole + (places > 0 ? places + 1 : 0));
  if (x < 0) store8(text, STRING.units, 45);
  copyBytes(elementAddress(text, sign, STRING.units), scratch + first, whole);
  if (places > 0) {
    store8(elementAddress(text, sign + whole, STRING.units), 0, 46);
    copyBytes(elementAddress(text, sign + whole + 1, STRING.units), scratch + MIDDLE, places);
  }
  return text;
}
