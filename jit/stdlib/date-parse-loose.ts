/**
 * The loose format of dates: English month names, numbers for day, month and year, a time of day, a zone, in nearly any
 * order, as V8 reads them: "Tue, 14 Nov 2023 22:13:20 GMT", "11/14/2023 10:13 PM", "2023/11/14".
 *
 * The parts found so far are i32 words of a BLOB, PARTS. `month`, `offset`, `hour` and `minute` of the zone: NONE if unset.
 */
import { BLOB } from '../abi.js';
import { make_date, make_day, make_time } from './date-civil.js';
import { milliseconds, skip_digits } from './date-parse.js';
import { alloc_blob } from './heap.js';
import { elementAddress, load32, store32, str, toF64, type bool, type f64, type i32, type ref } from './intrinsics.js';
import { flat_unit, string_unit } from './strings.js';
import { is_white } from './white-space.js';

const PARTS = {
  days: BLOB.data, day: BLOB.data + 4, month: BLOB.data + 16, times: BLOB.data + 20, time: BLOB.data + 24, offset: BLOB.data + 40,
  sign: BLOB.data + 44, hour: BLOB.data + 48, minute: BLOB.data + 52, started: BLOB.data + 56, bytes: 60,
} as const;
const NONE = -1;
const MOST_DIGITS = 9;
/** What a word is, plus its value: month 1 to 12, half of the day, or a zone's hours east of UTC less 100. */
const WORD_MORNING = 20;
const WORD_AFTERNOON = 32;
const WORD_ZONE = 100;

export function parse_loose_date(flat: ref, start: i32, end: i32): f64 {
  const parts: ref = alloc_blob(PARTS.bytes);
  store32(parts, PARTS.month, NONE);
  store32(parts, PARTS.offset, NONE);
  store32(parts, PARTS.hour, NONE);
  store32(parts, PARTS.minute, NONE);
  let at: i32 = start;
  while (at < end) {
    at = read_token(parts, flat, at, end);
    if (at < 0) return NaN;
  }
  return time_of_parts(parts);
}

function unit_at(flat: ref, at: i32, end: i32): i32 {
  return at < end ? flat_unit(flat, at) : -1;
}

function is_digit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

/** Words are of everything from the letter A on that is no white space. */
function is_letter(unit: i32): bool {
  return unit >= 65 && !is_white(unit);
}

/** Reads what stands at `at`; gives the place behind it, or -1 for what no date has. */
function read_token(parts: ref, flat: ref, at: i32, end: i32): i32 {
  const unit: i32 = flat_unit(flat, at);
  if (is_digit(unit)) return read_number(parts, flat, at, end);
  if (is_letter(unit)) return read_word(parts, flat, at, end);
  const signed: bool = unit === 43 || unit === 45;
  const started: bool = load32(parts, PARTS.started) !== 0;
  if (signed && (load32(parts, PARTS.hour) !== NONE || load32(parts, PARTS.times) > 0)) return read_offset(parts, flat, at, end);
  if ((signed || unit === 41) && started) return -1;
  return unit === 40 ? skip_parentheses(flat, at, end) : at + 1;
}

function skip_parentheses(flat: ref, from: i32, end: i32): i32 {
  let depth: i32 = 0;
  let at: i32 = from;
  while (at < end) {
    const unit: i32 = flat_unit(flat, at);
    at++;
    if (unit === 40) depth++;
    if (unit === 41) depth--;
    if (depth === 0) return at;
  }
  return at;
}

function number_at(flat: ref, from: i32, to: i32): i32 {
  let value: i32 = 0;
  let digits: i32 = 0;
  for (let at: i32 = from; at < to; at++) {
    if (value > 0 || flat_unit(flat, at) !== 48) digits++;
    if (digits <= MOST_DIGITS) value = value * 10 + (flat_unit(flat, at) - 48);
  }
  return value;
}

// Numbers -------------------------------------------------------------------------------------------------------------

function add_time(parts: ref, value: i32): bool {
  const count: i32 = load32(parts, PARTS.times);
  if (count > 3) return false;
  store32(elementAddress(parts, count * 4, PARTS.time), 0, value);
  store32(parts, PARTS.times, count + 1);
  return true;
}

/** The last part of the time of day: whatever is finer is zero. */
function end_time(parts: ref, value: i32): void {
  add_time(parts, value);
  while (add_time(parts, 0)) continue;
}

/** Whether the time of day still lacks a part, and the value may be it. */
function expects_time(parts: ref, value: i32): bool {
  const count: i32 = load32(parts, PARTS.times);
  if (count === 1 || count === 2) return value < 60;
  return count === 3 && value < 1000;
}

/** A number before the colon at `at`; two colons leave the minutes out. */
function read_clock_part(parts: ref, value: i32, flat: ref, at: i32, end: i32): i32 {
  if (unit_at(flat, at + 1, end) !== 58) return add_time(parts, value) ? at + 1 : -1;
  if (load32(parts, PARTS.times) > 0) return -1;
  add_time(parts, value);
  add_time(parts, 0);
  return at + 2;
}

function read_number(parts: ref, flat: ref, from: i32, end: i32): i32 {
  const to: i32 = skip_digits(flat, from, end);
  const value: i32 = number_at(flat, from, to);
  const next: i32 = unit_at(flat, to, end);
  store32(parts, PARTS.started, 1);
  if (next === 58) return read_clock_part(parts, value, flat, to, end);
  if (next === 46 && expects_time(parts, value)) {
    add_time(parts, value);
    const last: i32 = skip_digits(flat, to + 1, end);
    if (last === to + 1) return -1;
    end_time(parts, milliseconds(flat, to + 1, last - to - 1));
    return last;
  }
  if (load32(parts, PARTS.hour) !== NONE && load32(parts, PARTS.minute) === NONE && value < 60) {
    store32(parts, PARTS.minute, value);
    return to;
  }
  if (expects_time(parts, value)) {
    end_time(parts, value);
    return next === -1 || next <= 32 || (next | 32) === 122 || next === 43 || next === 45 ? to : -1;
  }
  const count: i32 = load32(parts, PARTS.days);
  if (count > 2) return -1;
  store32(elementAddress(parts, count * 4, PARTS.day), 0, value);
  store32(parts, PARTS.days, count + 1);
  return next === 45 || next === 46 ? to + 1 : to;
}

/** Hours and minutes east of UTC: +2, +02:00, +0200. */
function read_offset(parts: ref, flat: ref, at: i32, end: i32): i32 {
  const to: i32 = skip_digits(flat, at + 1, end);
  const digits: i32 = to - at - 1;
  const value: i32 = number_at(flat, at + 1, to);
  store32(parts, PARTS.sign, flat_unit(flat, at) === 45 ? 1 : 0);
  store32(parts, PARTS.started, 1);
  if (unit_at(flat, to, end) === 58) {
    store32(parts, PARTS.hour, value);
    store32(parts, PARTS.minute, NONE);
    return to + 1;
  }
  if (digits < 1 || digits > 4) return -1;
  store32(parts, PARTS.hour, digits > 2 ? (value / 100) | 0 : value);
  store32(parts, PARTS.minute, digits > 2 ? value % 100 : 0);
  return to;
}

// Words ---------------------------------------------------------------------------------------------------------------

/** The value of a word that means something, by its first three letters and its length; else 0. */
function word_value(first: i32, second: i32, third: i32, length: i32): i32 {
  const months: str = str('janfebmaraprmayjunjulaugsepoctnovdec');
  for (let i: i32 = 0; i < 12 && length > 2; i++) {
    if (string_unit(months, i * 3) === first && string_unit(months, i * 3 + 1) === second && string_unit(months, i * 3 + 2) === third) {
      return i + 1;
    }
  }
  if (length === 2 && second === 109) return first === 97 ? WORD_MORNING : first === 112 ? WORD_AFTERNOON : 0;
  if (length === 1) return first === 122 ? WORD_ZONE : 0;
  if (length === 2) return first === 117 && second === 116 ? WORD_ZONE : 0;
  if (length === 3) return zone_value(first, second, third);
  return 0;
}

/** UTC, GMT, and the zones of the United States: EST to PST, and in summer EDT to PDT. */
function zone_value(first: i32, second: i32, third: i32): i32 {
  if (first === 117 && second === 116 && third === 99) return WORD_ZONE;
  if (third !== 116) return 0;
  if (first === 103 && second === 109) return WORD_ZONE;
  if (second !== 115 && second !== 100) return 0;
  const summer: i32 = second === 100 ? 1 : 0;
  switch (first) {
    case 101:
      return WORD_ZONE - 5 + summer;
    case 99:
      return WORD_ZONE - 6 + summer;
    case 109:
      return WORD_ZONE - 7 + summer;
    case 112:
      return WORD_ZONE - 8 + summer;
    default:
      return 0;
  }
}

function read_word(parts: ref, flat: ref, from: i32, end: i32): i32 {
  let to: i32 = from;
  while (to < end && is_letter(flat_unit(flat, to))) to++;
  const second: i32 = to - from > 1 ? flat_unit(flat, from + 1) | 32 : 0;
  const third: i32 = to - from > 2 ? flat_unit(flat, from + 2) | 32 : 0;
  const value: i32 = word_value(flat_unit(flat, from) | 32, second, third, to - from);
  const started: bool = load32(parts, PARTS.started) !== 0;
  if (value >= 1 && value <= 12) {
    store32(parts, PARTS.month, value);
    return unit_at(flat, to, end) === 45 ? to + 1 : to;
  }
  if ((value === WORD_MORNING || value === WORD_AFTERNOON) && load32(parts, PARTS.times) > 0) {
    store32(parts, PARTS.offset, value - WORD_MORNING);
    return to;
  }
  if (value > WORD_AFTERNOON && started) {
    const hours: i32 = value - WORD_ZONE;
    store32(parts, PARTS.sign, hours < 0 ? 1 : 0);
    store32(parts, PARTS.hour, hours < 0 ? -hours : hours);
    store32(parts, PARTS.minute, 0);
    return to;
  }
  return started || is_digit(unit_at(flat, to, end)) ? -1 : to;
}

// The whole -----------------------------------------------------------------------------------------------------------

function is_day(value: i32): bool {
  return value >= 1 && value <= 31;
}

function day_part(parts: ref, i: i32): i32 {
  return i < load32(parts, PARTS.days) ? load32(elementAddress(parts, i * 4, PARTS.day), 0) : 1;
}

function full_year(year: i32): i32 {
  if (year < 50) return year + 2000;
  return year < 100 ? year + 1900 : year;
}

/** Days since 1970: year first if the first number is no day of a month, else last. */
function day_of_parts(parts: ref): f64 {
  if (load32(parts, PARTS.days) === 0) return NaN;
  const first: i32 = day_part(parts, 0);
  const second: i32 = day_part(parts, 1);
  const third: i32 = day_part(parts, 2);
  const named: i32 = load32(parts, PARTS.month);
  const yearFirst: bool = !is_day(first);
  const last: i32 = named === NONE ? third : second;
  const year: i32 = yearFirst ? first : last;
  const month: i32 = named !== NONE ? named : yearFirst ? second : first;
  const numbered: i32 = yearFirst ? third : second;
  const namedDay: i32 = yearFirst ? second : first;
  const date: i32 = named === NONE ? numbered : namedDay;
  if (month < 1 || month > 12 || !is_day(date)) return NaN;
  return make_day(toF64(full_year(year)), toF64(month - 1), toF64(date));
}

function time_part(parts: ref, i: i32): i32 {
  return i < load32(parts, PARTS.times) ? load32(elementAddress(parts, i * 4, PARTS.time), 0) : 0;
}

function clock_of_parts(parts: ref): f64 {
  let hours: i32 = time_part(parts, 0);
  const minutes: i32 = time_part(parts, 1);
  const seconds: i32 = time_part(parts, 2);
  const ms: i32 = time_part(parts, 3);
  const offset: i32 = load32(parts, PARTS.offset);
  if (offset !== NONE) {
    if (hours > 12) return NaN;
    hours = (hours % 12) + offset;
  }
  const midnight: bool = hours === 24 && minutes === 0 && seconds === 0 && ms === 0;
  if ((hours > 23 && !midnight) || minutes > 59 || seconds > 59) return NaN;
  return make_time(toF64(hours), toF64(minutes), toF64(seconds), toF64(ms));
}

function time_of_parts(parts: ref): f64 {
  const time: f64 = make_date(day_of_parts(parts), clock_of_parts(parts));
  const hours: i32 = load32(parts, PARTS.hour);
  if (hours === NONE) return time;
  const minutes: i32 = load32(parts, PARTS.minute);
  const offset: f64 = make_time(toF64(hours), toF64(minutes === NONE ? 0 : minutes), 0, 0);
  return load32(parts, PARTS.sign) !== 0 ? time + offset : time - offset;
}
