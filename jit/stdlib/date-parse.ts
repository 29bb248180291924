/**
 * Text to a time: the ISO format of the language, else the loose one of date-parse-loose.ts. Without a zone, UTC.
 *
 *   ±YYYYYY or YYYY [-MM [-DD]] [T hh:mm [:ss [.s…]] [Z or ±hh:mm]]
 */
import { make_date, make_day, make_time } from './date-civil.js';
import { parse_loose_date } from './date-parse-loose.js';
import { charge } from './fuel.js';
import { toF64, type bool, type f64, type i32, type ref, type str } from './intrinsics.js';
import { flat_unit, string_base, string_length, string_start } from './strings.js';

const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const COLON = 58;

/** Milliseconds since 1970, NaN for text that is no date. */
export function parse_date(text: str): f64 {
  const flat: ref = string_base(text);
  const start: i32 = string_start(text);
  const end: i32 = start + string_length(text);
  charge(end - start);
  const time: f64 = parse_iso(flat, start, end);
  return time === time ? time : parse_loose_date(flat, start, end);
}

function unit(flat: ref, at: i32, end: i32): i32 {
  return at < end ? flat_unit(flat, at) : -1;
}

/** The number of exactly `count` digits at `at`, or -1. */
export function digits_at(flat: ref, at: i32, end: i32, count: i32): i32 {
  let value: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const digit: i32 = unit(flat, at + i, end) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function parse_iso(flat: ref, start: i32, end: i32): f64 {
  const sign: i32 = unit(flat, start, end);
  const signed: bool = sign === PLUS || sign === MINUS;
  const year: i32 = signed ? digits_at(flat, start + 1, end, 6) : digits_at(flat, start, end, 4);
  if (year < 0 || (sign === MINUS && year === 0)) return NaN;
  let at: i32 = signed ? start + 7 : start + 4;
  let month: i32 = 1;
  let date: i32 = 1;
  if (unit(flat, at, end) === MINUS) {
    month = digits_at(flat, at + 1, end, 2);
    at = at + 3;
    if (unit(flat, at, end) === MINUS) {
      date = digits_at(flat, at + 1, end, 2);
      at = at + 3;
    }
  }
  if (month < 1 || month > 12 || date < 1 || date > 31) return NaN;
  const day: f64 = make_day(toF64(sign === MINUS ? -year : year), toF64(month - 1), toF64(date));
  if (at === end) return make_date(day, 0);
  return unit(flat, at, end) === 84 ? make_date(day, parse_clock(flat, at + 1, end)) : NaN;
}

/** Milliseconds of `hh:mm[:ss[.s…]][zone]`, less the zone's offset; NaN unless it reaches to the end. */
function parse_clock(flat: ref, from: i32, end: i32): f64 {
  const hours: i32 = digits_at(flat, from, end, 2);
  const minutes: i32 = digits_at(flat, from + 3, end, 2);
  if (hours < 0 || unit(flat, from + 2, end) !== COLON || minutes < 0 || minutes > 59) return NaN;
  let at: i32 = from + 5;
  let seconds: i32 = 0;
  let ms: i32 = 0;
  if (unit(flat, at, end) === COLON) {
    seconds = digits_at(flat, at + 1, end, 2);
    at = at + 3;
    if (seconds < 0 || seconds > 59) return NaN;
    if (unit(flat, at, end) === DOT) {
      const digits: i32 = skip_digits(flat, at + 1, end) - at - 1;
      if (digits === 0) return NaN;
      ms = milliseconds(flat, at + 1, digits);
      at = at + 1 + digits;
    }
  }
  if (hours > 24 || (hours === 24 && (minutes > 0 || seconds > 0 || ms > 0))) return NaN;
  return make_time(toF64(hours), toF64(minutes), toF64(seconds), toF64(ms)) - parse_zone(flat, at, end);
}

export function skip_digits(flat: ref, from: i32, end: i32): i32 {
  let at: i32 = from;
  while (at < end && flat_unit(flat, at) >= 48 && flat_unit(flat, at) <= 57) at++;
  return at;
}

/** The first three of `count` digits behind a decimal point. */
export function milliseconds(flat: ref, at: i32, count: i32): i32 {
  let value: i32 = 0;
  for (let i: i32 = 0; i < 3; i++) value = value * 10 + (i < count ? flat_unit(flat, at + i) - 48 : 0);
  return value;
}

/** Offset of the zone that is the rest of the text, in milliseconds. */
function parse_zone(flat: ref, at: i32, end: i32): f64 {
  if (at === end) return 0;
  const sign: i32 = unit(flat, at, end);
  if (sign === 90) return at + 1 === end ? 0 : NaN;
  const hours: i32 = digits_at(flat, at + 1, end, 2);
  const colon: i32 = unit(flat, at + 3, end) === COLON ? 1 : 0;
  const minutes: i32 = digits_at(flat, at + 3 + colon, end, 2);
  if ((sign !== PLUS && sign !== MINUS) || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || at + 5 + colon !== end) return NaN;
  const offset: f64 = make_time(toF64(hours), toF64(minutes), 0, 0);
  return sign === MINUS ? -offset : offset;
}
