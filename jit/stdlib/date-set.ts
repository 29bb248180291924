/** Setters of dates: they give the new time. Missing arguments keep the part; an invalid date stays so but for its year. */
import { DATE, UNDEFINED } from '../abi.js';
import { date_of, day_of, make_date, make_day, make_time, month_of, ms_of_day, time_clip, year_of } from './date-civil.js';
import { date_time } from './date.js';
import { storeF64, toF64, type f64, type i32, type ref, type val } from './intrinsics.js';
import { to_number } from './operators.js';

function set_time(self: ref, time: f64): f64 {
  const clipped: f64 = time_clip(time);
  storeF64(self, DATE.time, clipped);
  return clipped;
}

export function Date_setTime(self: ref, time: f64): f64 {
  return set_time(self, time);
}

function optional(v: val, missing: f64): f64 {
  return v === UNDEFINED ? missing : to_number(v);
}

/** The time with another day, given as year, month and date. */
function with_day(time: f64, year: f64, month: f64, date: f64): f64 {
  return make_date(make_day(year, month, date), toF64(ms_of_day(time)));
}

/** The time with another time of day. */
function with_clock(time: f64, hours: f64, minutes: f64, seconds: f64, ms: f64): f64 {
  return make_date(toF64(day_of(time)), make_time(hours, minutes, seconds, ms));
}

function hours_of(time: f64): f64 {
  return toF64((ms_of_day(time) / 3600000) | 0);
}

function minutes_of(time: f64): f64 {
  return toF64(((ms_of_day(time) / 60000) | 0) % 60);
}

function seconds_of(time: f64): f64 {
  return toF64(((ms_of_day(time) / 1000) | 0) % 60);
}

function milliseconds_of(time: f64): f64 {
  return toF64(ms_of_day(time) % 1000);
}

export function Date_setUTCFullYear(self: ref, year: f64, month: val, date: val): f64 {
  const time: f64 = date_time(self);
  const from: f64 = time === time ? time : 0;
  const day: i32 = day_of(from);
  const newMonth: f64 = optional(month, toF64(month_of(day)));
  return set_time(self, with_day(from, year, newMonth, optional(date, toF64(date_of(day)))));
}

export function Date_setUTCMonth(self: ref, month: f64, date: val): f64 {
  const time: f64 = date_time(self);
  const newDate: f64 = optional(date, time === time ? toF64(date_of(day_of(time))) : time);
  if (time !== time) return time;
  return set_time(self, with_day(time, toF64(year_of(day_of(time))), month, newDate));
}

export function Date_setUTCDate(self: ref, date: f64): f64 {
  const time: f64 = date_time(self);
  if (time !== time) return time;
  const day: i32 = day_of(time);
  return set_time(self, with_day(time, toF64(year_of(day)), toF64(month_of(day)), date));
}

export function Date_setUTCHours(self: ref, hours: f64, minutes: val, seconds: val, ms: val): f64 {
  const time: f64 = date_time(self);
  const newMinutes: f64 = optional(minutes, minutes_of(time));
  const newSeconds: f64 = optional(seconds, seconds_of(time));
  const newMs: f64 = optional(ms, milliseconds_of(time));
  if (time !== time) return time;
  return set_time(self, with_clock(time, hours, newMinutes, newSeconds, newMs));
}

export function Date_setUTCMinutes(self: ref, minutes: f64, seconds: val, ms: val): f64 {
  const time: f64 = date_time(self);
  const newSeconds: f64 = optional(seconds, seconds_of(time));
  const newMs: f64 = optional(ms, milliseconds_of(time));
  if (time !== time) return time;
  return set_time(self, with_clock(time, hours_of(time), minutes, newSeconds, newMs));
}

export function Date_setUTCSeconds(self: ref, seconds: f64, ms: val): f64 {
  const time: f64 = date_time(self);
  const newMs: f64 = optional(ms, milliseconds_of(time));
  if (time !== time) return time;
  return set_time(self, with_clock(time, hours_of(time), minutes_of(time), seconds, newMs));
}

export function Date_setUTCMilliseconds(self: ref, ms: f64): f64 {
  const time: f64 = date_time(self);
  if (time !== time) return time;
  return set_time(self, with_clock(time, hours_of(time), minutes_of(time), seconds_of(time), ms));
}

// In local time, which is UTC -----------------------------------------------------------------------------------------

export function Date_setFullYear(self: ref, year: f64, month: val, date: val): f64 {
  return Date_setUTCFullYear(self, year, month, date);
}

export function Date_setMonth(self: ref, month: f64, date: val): f64 {
  return Date_setUTCMonth(self, month, date);
}

export function Date_setDate(self: ref, date: f64): f64 {
  return Date_setUTCDate(self, date);
}

export function Date_setHours(self: ref, hours: f64, minutes: val, seconds: val, ms: val): f64 {
  return Date_setUTCHours(self, hours, minutes, seconds, ms);
}

export function Date_setMinutes(self: ref, minutes: f64, seconds: val, ms: val): f64 {
  return Date_setUTCMinutes(self, minutes, seconds, ms);
}

export function Date_setSeconds(self: ref, seconds: f64, ms: val): f64 {
  return Date_setUTCSeconds(self, seconds, ms);
}

export function Date_setMilliseconds(self: ref, ms: f64): f64 {
  return Date_setUTCMilliseconds(self, ms);
}
