/** Dates as text: ISO, JSON, and the human forms, in UTC and English (en-US for the locale forms). */
import { NULL } from '../abi.js';
import { date_of, day_of, month_of, ms_of_day, weekday_of, year_of } from './date-civil.js';
import { date_time } from './date.js';
import { range_error } from './errors.js';
import { boxString, str, toF64, type f64, type i32, type ref, type val } from './intrinsics.js';
import { number_to_string } from './number-format.js';
import { string_part } from './strings.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

const MINUS = 45;
const COLON = 58;
const SPACE = 32;

/** Adds a number in at least `width` digits. */
function add_number(text: ref, value: i32, width: i32): ref {
  let to: ref = text;
  let bound: i32 = 10;
  for (let i: i32 = 1; i < width; i++) {
    if (value < bound) to = text_add_unit(to, 48);
    bound = bound * 10;
  }
  return text_add(to, number_to_string(toF64(value)));
}

/** "Sun" and so on. */
function add_weekday(text: ref, time: f64): ref {
  const at: i32 = weekday_of(time) * 3;
  return text_add(text, string_part(str('SunMonTueWedThuFriSat'), at, at + 3));
}

/** "Jan" and so on. */
function add_month(text: ref, day: i32): ref {
  const at: i32 = month_of(day) * 3;
  return text_add(text, string_part(str('JanFebMarAprMayJunJulAugSepOctNovDec'), at, at + 3));
}

/** A year in at least four digits, six with a sign when negative. */
function add_year(text: ref, year: i32): ref {
  if (year >= 0) return add_number(text, year, 4);
  return add_number(text_add_unit(text, MINUS), -year, 4);
}

/** hh:mm:ss */
function add_clock(text: ref, ms: i32): ref {
  let to: ref = add_number(text, (ms / 3600000) | 0, 2);
  to = add_number(text_add_unit(to, COLON), ((ms / 60000) | 0) % 60, 2);
  return add_number(text_add_unit(to, COLON), ((ms / 1000) | 0) % 60, 2);
}

// ISO -----------------------------------------------------------------------------------------------------------------

function add_iso_year(text: ref, year: i32): ref {
  if (year >= 0 && year <= 9999) return add_number(text, year, 4);
  return add_number(text_add_unit(text, year < 0 ? MINUS : 43), year < 0 ? -year : year, 6);
}

function iso_text(time: f64): str {
  const day: i32 = day_of(time);
  const ms: i32 = ms_of_day(time);
  let text: ref = add_iso_year(text_new(32), year_of(day));
  text = add_number(text_add_unit(text, MINUS), month_of(day) + 1, 2);
  text = add_number(text_add_unit(text, MINUS), date_of(day), 2);
  text = add_clock(text_add_unit(text, 84), ms);
  text = add_number(text_add_unit(text, 46), ms % 1000, 3);
  return text_finish(text_add_unit(text, 90));
}

export function Date_toISOString(self: ref): str {
  const time: f64 = date_time(self);
  if (time !== time) throw range_error(str('Invalid time value'));
  return iso_text(time);
}

/** null for an invalid date. */
export function Date_toJSON(self: ref): val {
  const time: f64 = date_time(self);
  return time === time ? boxString(iso_text(time)) : NULL;
}

// Human forms ---------------------------------------------------------------------------------------------------------

/** "Tue Nov 14 2023" */
function add_date(text: ref, time: f64): ref {
  const day: i32 = day_of(time);
  let to: ref = add_month(text_add_unit(add_weekday(text, time), SPACE), day);
  to = add_number(text_add_unit(to, SPACE), date_of(day), 2);
  return add_year(text_add_unit(to, SPACE), year_of(day));
}

/** "22:13:20 GMT+0000 (Coordinated Universal Time)" */
function add_time(text: ref, time: f64): ref {
  return text_add(add_clock(text, ms_of_day(time)), str(' GMT+0000 (Coordinated Universal Time)'));
}

function invalid_text(): str {
  return str('Invalid Date');
}

export function Date_toString(self: ref): str {
  const time: f64 = date_time(self);
  if (time !== time) return invalid_text();
  return text_finish(add_time(text_add_unit(add_date(text_new(64), time), SPACE), time));
}

export function Date_toDateString(self: ref): str {
  const time: f64 = date_time(self);
  return time === time ? text_finish(add_date(text_new(16), time)) : invalid_text();
}

export function Date_toTimeString(self: ref): str {
  const time: f64 = date_time(self);
  return time === time ? text_finish(add_time(text_new(48), time)) : invalid_text();
}

/** "Tue, 14 Nov 2023 22:13:20 GMT" */
export function Date_toUTCString(self: ref): str {
  const time: f64 = date_time(self);
  if (time !== time) return invalid_text();
  const day: i32 = day_of(time);
  let text: ref = text_add(add_weekday(text_new(32), time), str(', '));
  text = add_month(text_add_unit(add_number(text, date_of(day), 2), SPACE), day);
  text = add_year(text_add_unit(text, SPACE), year_of(day));
  return text_finish(text_add(add_clock(text_add_unit(text, SPACE), ms_of_day(time)), str(' GMT')));
}

/** "11/14/2023"; years before the first count backwards from it. */
function add_locale_date(text: ref, time: f64): ref {
  const day: i32 = day_of(time);
  const year: i32 = year_of(day);
  let to: ref = text_add_unit(add_number(text, month_of(day) + 1, 1), 47);
  to = text_add_unit(add_number(to, date_of(day), 1), 47);
  return add_number(to, year > 0 ? year : 1 - year, 1);
}

/** "10:13:20 PM" */
function add_locale_time(text: ref, time: f64): ref {
  const ms: i32 = ms_of_day(time);
  const hours: i32 = (ms / 3600000) | 0;
  const clock: str = text_finish(add_clock(text_new(16), ms));
  const to: ref = add_number(text, hours % 12 === 0 ? 12 : hours % 12, 1);
  return text_add(text_add(to, string_part(clock, 2, 8)), hours < 12 ? str(' AM') : str(' PM'));
}

export function Date_toLocaleDateString(self: ref): str {
  const time: f64 = date_time(self);
  return time === time ? text_finish(add_locale_date(text_new(16), time)) : invalid_text();
}

export function Date_toLocaleTimeString(self: ref): str {
  const time: f64 = date_time(self);
  return time === time ? text_finish(add_locale_time(text_new(16), time)) : invalid_text();
}

export function Date_toLocaleString(self: ref): str {
  const time: f64 = date_time(self);
  if (time !== time) return invalid_text();
  return text_finish(add_locale_time(text_add(add_locale_date(text_new(32), time), str(', ')), time));
}
