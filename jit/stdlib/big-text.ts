/** Bigints as text, and text as bigints. */
import { big_digit, big_length, big_negative, big_new, big_set_digit, big_trim } from './big-integers.js';
import { divide_small } from './big-products.js';
import { charge } from './fuel.js';
import { add64, mul64, shru64, toI64, toI64u, wrap, type bool, type i32, type i64, type ref, type str } from './intrinsics.js';
import { flat_new_one, flat_set, flat_unit, string_base, string_length, string_part, string_start } from './strings.js';
import { skip_white, skip_white_back } from './white-space.js';

/** The greatest power of a radix below 2^32, and its exponent: digits are made and read in groups. */
function group_size(radix: i32): i32 {
  let size: i32 = 0;
  for (let power: i64 = toI64(radix); power < 0x100000000n; power = power * toI64(radix)) size++;
  return size;
}

function power_of(radix: i32, exponent: i32): i64 {
  let power: i64 = 1n;
  for (let i: i32 = 0; i < exponent; i++) power = power * toI64(radix);
  return power;
}

export function big_to_text(x: ref, radix: i32): str {
  const digits: i32 = group_size(radix);
  const divisor: i64 = power_of(radix, digits);
  const rest: ref = big_new(big_length(x));
  for (let i: i32 = 0; i < big_length(x); i++) big_set_digit(rest, i, big_digit(x, i));
  big_trim(rest, false);
  // Enough for radix 2; the unused front is cut off.
  const room: i32 = text_room(big_length(x), radix, digits);
  const text: str = flat_new_one(room);
  let at: i32 = room;
  while (big_length(rest) > 0) {
    let group: i64 = divide_small(rest, divisor);
    big_trim(rest, false);
    for (let i: i32 = 0; i < digits && (group !== 0n || big_length(rest) > 0); i++) {
      const digit: i32 = wrap(group % toI64(radix));
      at--;
      flat_set(text, at, digit < 10 ? digit + 48 : digit + 87);
      group = group / toI64(radix);
    }
  }
  if (at === room) {
    at--;
    flat_set(text, at, 48);
  }
  if (big_negative(x)) {
    at--;
    flat_set(text, at, 45);
  }
  return string_part(text, at, room);
}

/** Units that a number of `length` digits takes at most: a group of `digits` has as least half as many bits as a digit. */
function text_room(length: i32, radix: i32, digits: i32): i32 {
  let bits: i32 = 1;
  while (2 << bits <= radix) bits++;
  return (((length * 32) / bits) | 0) + digits + 2;
}

function digit_value(unit: i32): i32 {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const small: i32 = unit | 32;
  return small >= 97 && small <= 122 ? small - 87 : 99;
}

/** x = x * factor + summand, in a number with room for it. */
function multiply_in_place(x: ref, used: i32, factor: i64, summand: i64): i32 {
  let carry: i64 = summand;
  for (let i: i32 = 0; i < used; i++) {
    const product: i64 = add64(mul64(toI64u(big_digit(x, i)), factor), carry);
    big_set_digit(x, i, wrap(product));
    carry = shru64(product, 32n);
  }
  if (carry === 0n) return used;
  big_set_digit(x, used, wrap(carry));
  return used + 1;
}

/** The digits from `from` to `end` of a flat string in a radix; 0 where one is none. */
function parse_digits(flat: ref, from: i32, end: i32, radix: i32, negative: bool): ref {
  if (from >= end) return 0;
  const bits: i32 = radix === 10 ? 4 : radix === 16 ? 4 : radix === 8 ? 3 : 1;
  const made: ref = big_new((((end - from) * bits) >> 5) + 1);
  let used: i32 = 0;
  for (let at: i32 = from; at < end; at++) {
    const digit: i32 = digit_value(flat_unit(flat, at));
    if (digit >= radix) return 0;
    used = multiply_in_place(made, used, toI64(radix), toI64(digit));
    charge((used >> 1) + 1);
  }
  return big_trim(made, negative);
}

/** StringToBigInt: white space around, 0x, 0o and 0b, a sign before decimals; 0 where the text is no number. */
export function big_of_text(text: str): ref {
  const flat: ref = string_base(text);
  const whole: i32 = string_start(text) + string_length(text);
  const from: i32 = skip_white(flat, string_start(text), whole);
  const end: i32 = skip_white_back(flat, from, whole);
  if (from === end) return big_new(0);
  const first: i32 = flat_unit(flat, from);
  if (first === 43 || first === 45) return parse_digits(flat, from + 1, end, 10, first === 45);
  if (first !== 48 || from + 1 === end) return parse_digits(flat, from, end, 10, false);
  const letter: i32 = flat_unit(flat, from + 1) | 32;
  if (letter === 120) return parse_digits(flat, from + 2, end, 16, false);
  if (letter === 111) return parse_digits(flat, from + 2, end, 8, false);
  if (letter === 98) return parse_digits(flat, from + 2, end, 2, false);
  return parse_digits(flat, from, end, 10, false);
}
