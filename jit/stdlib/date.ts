/**
 * Date objects: making them, their parts. The local time zone is UTC: where a task runs must not change what it computes.
 */
import { DATE, HEADER, KIND, kindShape } from '../abi.js';
import { array_get, array_length } from './arrays.js';
import {
  MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, date_of, day_of, make_date, make_day, make_time, month_of, ms_of_day, time_clip,
  weekday_of, year_of,
} from './date-civil.js';
import { parse_date } from './date-parse.js';
import { alloc } from './heap.js';
import { globals, isNumber, isString, loadF64, refAt, storeF64, toF64, trunc, unboxF64, unboxRef } from './intrinsics.js';
import type { f64, i32, ref, str, val } from './intrinsics.js';
import { kind_of } from './kinds.js';
import { to_number, to_primitive } from './operators.js';

/** A date at this time, which need not be in range. */
export function date_at(time: f64): ref {
  const made: ref = alloc(DATE.bytes, refAt(kindShape(KIND.date)));
  storeF64(made, DATE.time, time_clip(time));
  return made;
}

/** `new Date(…)`. */
export function Date$new(rest: ref): ref {
  const count: i32 = array_length(rest);
  if (count === 0) return date_at(Date$now());
  return date_at(count === 1 ? time_of_value(array_get(rest, 0)) : time_of_parts(rest));
}

function time_of_value(v: val): f64 {
  if (isNumber(v)) return unboxF64(v);
  if (kind_of(v) === KIND.date) return loadF64(unboxRef(v), DATE.time);
  const primitive: val = to_primitive(v, 0);
  return isString(primitive) ? parse_date(unboxRef(primitive)) : to_number(primitive);
}

/** An element of the arguments as a number, or `missing` behind their end. */
function part(rest: ref, i: i32, missing: f64): f64 {
  return i < array_length(rest) ? to_number(array_get(rest, i)) : missing;
}

/** Year, month, date, hours, minutes, seconds, milliseconds; years 0 to 99 are of the last century. */
function time_of_parts(rest: ref): f64 {
  const year: f64 = part(rest, 0, NaN);
  const full: f64 = trunc(year) >= 0 && trunc(year) <= 99 ? 1900 + trunc(year) : year;
  const month: f64 = part(rest, 1, 0);
  const date: f64 = part(rest, 2, 1);
  const hours: f64 = part(rest, 3, 0);
  const minutes: f64 = part(rest, 4, 0);
  const seconds: f64 = part(rest, 5, 0);
  return make_date(make_day(full, month, date), make_time(hours, minutes, seconds, part(rest, 6, 0)));
}

/** Milliseconds since 1970; stands still while a task runs between two waits. */
export function Date$now(): f64 {
  return loadF64(globals.header, HEADER.clock);
}

export function Date$parse(text: str): f64 {
  return time_clip(parse_date(text));
}

export function Date$UTC(rest: ref): f64 {
  return time_clip(time_of_parts(rest));
}

// Parts ---------------------------------------------------------------------------------------------------------------

export function date_time(self: ref): f64 {
  return loadF64(self, DATE.time);
}

export function Date_getTime(self: ref): f64 {
  return date_time(self);
}

export function Date_valueOf(self: ref): f64 {
  return date_time(self);
}

export function Date_getTimezoneOffset(self: ref): f64 {
  return date_time(self) - date_time(self);
}

export function Date_getUTCFullYear(self: ref): f64 {
  const time: f64 = date_time(self);
  return time === time ? toF64(year_of(day_of(time))) : time;
}

export function Date_getUTCMonth(self: ref): f64 {
  const time: f64 = date_time(self);
  return time === time ? toF64(month_of(day_of(time))) : time;
}

export function Date_getUTCDate(self: ref): f64 {
  const time: f64 = date_time(self);
  return time === time ? toF64(date_of(day_of(time))) : time;
}

export function Date_getUTCDay(self: ref): f64 {
  const time: f64 = date_time(self);
  return time === time ? toF64(weekday_of(time)) : time;
}

/** What of the day is left below `above`, in whole `unit`s. */
function clock_part(time: f64, above: i32, unit: i32): f64 {
  return time === time ? toF64(((ms_of_day(time) % above) / unit) | 0) : time;
}

export function Date_getUTCHours(self: ref): f64 {
  return clock_part(date_time(self), MS_PER_DAY, MS_PER_HOUR);
}

export function Date_getUTCMinutes(self: ref): f64 {
  return clock_part(date_time(self), MS_PER_HOUR, MS_PER_MINUTE);
}

export function Date_getUTCSeconds(self: ref): f64 {
  return clock_part(date_time(self), MS_PER_MINUTE, MS_PER_SECOND);
}

export function Date_getUTCMilliseconds(self: ref): f64 {
  return clock_part(date_time(self), MS_PER_SECOND, 1);
}

// In local time, which is UTC -----------------------------------------------------------------------------------------

export function Date_getFullYear(self: ref): f64 {
  return Date_getUTCFullYear(self);
}

export function Date_getMonth(self: ref): f64 {
  return Date_getUTCMonth(self);
}

export function Date_getDate(self: ref): f64 {
  return Date_getUTCDate(self);
}

export function Date_getDay(self: ref): f64 {
  return Date_getUTCDay(self);
}

export function Date_getHours(self: ref): f64 {
  return Date_getUTCHours(self);
}

export function Date_getMinutes(self: ref): f64 {
  return Date_getUTCMinutes(self);
}

export function Date_getSeconds(self: ref): f64 {
  return Date_getUTCSeconds(self);
}

export function Date_getMilliseconds(self: ref): f64 {
  return Date_getUTCMilliseconds(self);
}
