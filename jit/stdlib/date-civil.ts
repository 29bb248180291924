/**
 * The calendar: days since 1970 and milliseconds within a day, as the language's abstract operations have them. Years,
 * months (from 0) and days of the month of the Gregorian calendar, without time zones.
 */
import { abs, floor, toF64, toI32, trunc, type f64, type i32 } from './intrinsics.js';

export const MS_PER_DAY = 86400000;
export const MS_PER_HOUR = 3600000;
export const MS_PER_MINUTE = 60000;
export const MS_PER_SECOND = 1000;
/** Greatest distance from 1970 of a date, in milliseconds. */
const TIME_LIMIT = 8.64e15;
/** Years beyond this leave the range whatever the rest is. */
const YEAR_LIMIT = 400000;
/** Days from the first of March of year 0 to 1970, and in 400 years. */
const EPOCH_DAYS = 719468;
const ERA_DAYS = 146097;

function floor_divide(a: i32, b: i32): i32 {
  const quotient: i32 = (a / b) | 0;
  return quotient * b > a ? quotient - 1 : quotient;
}

/** The day that a time lies in. */
export function day_of(time: f64): i32 {
  return toI32(floor(time / MS_PER_DAY));
}

/** Milliseconds since the beginning of that day. */
export function ms_of_day(time: f64): i32 {
  return toI32(time - floor(time / MS_PER_DAY) * MS_PER_DAY);
}

/** 0 is Sunday. */
export function weekday_of(time: f64): i32 {
  const day: i32 = (day_of(time) + 4) % 7;
  return day < 0 ? day + 7 : day;
}

// Days to dates: years are counted from March, so that the leap day comes last -------------------------------------------

/** Day within the 400 years it belongs to. */
function day_of_era(day: i32): i32 {
  const shifted: i32 = day + EPOCH_DAYS;
  return shifted - floor_divide(shifted, ERA_DAYS) * ERA_DAYS;
}

function year_of_era(dayOfEra: i32): i32 {
  const leaps: i32 = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36524) | 0) + ((dayOfEra / 146096) | 0);
  return ((dayOfEra - leaps) / 365) | 0;
}

/** Day within a year that begins in March. */
function day_of_march_year(day: i32): i32 {
  const dayOfEra: i32 = day_of_era(day);
  const year: i32 = year_of_era(dayOfEra);
  return dayOfEra - (365 * year + ((year / 4) | 0) - ((year / 100) | 0));
}

/** Month counted from March. */
function march_month(day: i32): i32 {
  return ((5 * day_of_march_year(day) + 2) / 153) | 0;
}

export function month_of(day: i32): i32 {
  const month: i32 = march_month(day);
  return month < 10 ? month + 2 : month - 10;
}

export function date_of(day: i32): i32 {
  return day_of_march_year(day) - (((153 * march_month(day) + 2) / 5) | 0) + 1;
}

export function year_of(day: i32): i32 {
  const era: i32 = floor_divide(day + EPOCH_DAYS, ERA_DAYS);
  const year: i32 = year_of_era(day_of_era(day)) + era * 400;
  return month_of(day) < 2 ? year + 1 : year;
}

/** The day of a date; month from 0 to 11. */
export function day_from(year: i32, month: i32, date: i32): i32 {
  const shifted: i32 = month < 2 ? year - 1 : year;
  const era: i32 = floor_divide(shifted, 400);
  const yearOfEra: i32 = shifted - era * 400;
  const marchMonth: i32 = month < 2 ? month + 10 : month - 2;
  const dayOfYear: i32 = (((153 * marchMonth + 2) / 5) | 0) + date - 1;
  return era * ERA_DAYS + yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear - EPOCH_DAYS;
}

// Times from parts ----------------------------------------------------------------------------------------------------

/** Days of a date whose month and date may lie outside of their ranges. */
export function make_day(year: f64, month: f64, date: f64): f64 {
  const months: f64 = trunc(month);
  const whole: f64 = trunc(year) + floor(months / 12);
  if (!(abs(whole) < YEAR_LIMIT) || !(abs(date) < Infinity)) return NaN;
  const day: i32 = day_from(toI32(whole), toI32(months - floor(months / 12) * 12), 1);
  return toF64(day) + trunc(date) - 1;
}

export function make_time(hours: f64, minutes: f64, seconds: f64, ms: f64): f64 {
  return trunc(hours) * MS_PER_HOUR + trunc(minutes) * MS_PER_MINUTE + trunc(seconds) * MS_PER_SECOND + trunc(ms);
}

export function make_date(day: f64, time: f64): f64 {
  const date: f64 = day * MS_PER_DAY + time;
  return abs(date) < Infinity ? date : NaN;
}

/** A whole number of milliseconds in range, or NaN. */
export function time_clip(time: f64): f64 {
  return abs(time) <= TIME_LIMIT ? trunc(time) + 0 : NaN;
}
