/**
 * `encodeURIComponent`, `encodeURI`, and their inverses: UTF-8 in percent escapes.
 */
import { UNDEFINED } from '../abi.js';
import { error_new } from './errors.js';
import { boxObject, boxString, classOf, str, type bool, type i32, type ref, type val } from './intrinsics.js';
import { string_length, string_unit } from './strings.js';
import { text_add_unit, text_finish, text_new } from './text.js';

export function global_encodeURIComponent(s: str): str {
  return encode_text(s, false);
}

export function global_encodeURI(s: str): str {
  return encode_text(s, true);
}

export function global_decodeURIComponent(s: str): str {
  return decode_text(s, false);
}

export function global_decodeURI(s: str): str {
  return decode_text(s, true);
}

/** Letters, digits and -_.!~*'() */
function is_unreserved(unit: i32): bool {
  if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57)) return true;
  return unit === 45 || unit === 95 || unit === 46 || unit === 33 || unit === 126 || unit === 42 || (unit >= 39 && unit <= 41);
}

/** Signs that have a meaning in a whole URI: ;/?:@&=+$,# */
function is_reserved(unit: i32): bool {
  if (unit === 59 || unit === 47 || unit === 63 || unit === 58 || unit === 64 || unit === 38) return true;
  return unit === 61 || unit === 43 || unit === 36 || unit === 44 || unit === 35;
}

function encode_text(s: str, whole: bool): str {
  const length: i32 = string_length(s);
  let text: ref = text_new(length + (length >> 1));
  for (let i: i32 = 0; i < length; i++) {
    const unit: i32 = string_unit(s, i);
    if (is_unreserved(unit) || (whole && is_reserved(unit))) {
      text = text_add_unit(text, unit);
      continue;
    }
    let point: i32 = unit;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const low: i32 = i + 1 < length ? string_unit(s, i + 1) : 0;
      if (unit >= 0xdc00 || low < 0xdc00 || low > 0xdfff) throw uri_error();
      point = 65536 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      i++;
    }
    text = add_escapes(text, point);
  }
  return text_finish(text);
}

/** The UTF-8 bytes of a code point, escaped. */
function add_escapes(text: ref, point: i32): ref {
  if (point < 0x80) return add_escape(text, point);
  let more: ref = text;
  if (point < 0x800) {
    more = add_escape(more, 0xc0 | (point >> 6));
  } else if (point < 0x10000) {
    more = add_escape(more, 0xe0 | (point >> 12));
    more = add_escape(more, 0x80 | ((point >> 6) & 63));
  } else {
    more = add_escape(more, 0xf0 | (point >> 18));
    more = add_escape(more, 0x80 | ((point >> 12) & 63));
    more = add_escape(more, 0x80 | ((point >> 6) & 63));
  }
  return add_escape(more, 0x80 | (point & 63));
}

function add_escape(text: ref, byte: i32): ref {
  return text_add_unit(text_add_unit(text_add_unit(text, 37), upper_digit(byte >> 4)), upper_digit(byte & 15));
}

function upper_digit(digit: i32): i32 {
  return digit < 10 ? 48 + digit : 55 + digit;
}

function decode_text(s: str, whole: bool): str {
  const length: i32 = string_length(s);
  let text: ref = text_new(length);
  let i: i32 = 0;
  while (i < length) {
    const unit: i32 = string_unit(s, i);
    if (unit !== 37) {
      text = text_add_unit(text, unit);
      i++;
      continue;
    }
    const first: i32 = escaped_byte(s, i);
    const count: i32 = sequence_bytes(first);
    const point: i32 = count === 1 ? first : sequence_point(s, i, first, count);
    // An escaped sign with a meaning in the URI stays as it was written.
    if (whole && count === 1 && is_reserved(first)) text = add_units(text, s, i, i + 3);
    else text = add_point(text, point);
    i = i + count * 3;
  }
  return text_finish(text);
}

function add_units(text: ref, s: str, from: i32, end: i32): ref {
  let more: ref = text;
  for (let i: i32 = from; i < end; i++) more = text_add_unit(more, string_unit(s, i));
  return more;
}

function add_point(text: ref, point: i32): ref {
  if (point < 65536) return text_add_unit(text, point);
  return text_add_unit(text_add_unit(text, 0xd800 + ((point - 65536) >> 10)), 0xdc00 + ((point - 65536) & 1023));
}

/** The byte of the escape at `at`. */
function escaped_byte(s: str, at: i32): i32 {
  if (at + 2 >= string_length(s) || string_unit(s, at) !== 37) throw uri_error();
  const high: i32 = digit_value(string_unit(s, at + 1));
  const low: i32 = digit_value(string_unit(s, at + 2));
  if (high < 0 || low < 0) throw uri_error();
  return (high << 4) | low;
}

function digit_value(unit: i32): i32 {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 65 && unit <= 70) return unit - 55;
  return unit >= 97 && unit <= 102 ? unit - 87 : -1;
}

/** Bytes of the UTF-8 sequence that starts with this one. */
function sequence_bytes(first: i32): i32 {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  throw uri_error();
}

function sequence_point(s: str, at: i32, first: i32, count: i32): i32 {
  let point: i32 = first & (count === 2 ? 31 : count === 3 ? 15 : 7);
  for (let i: i32 = 1; i < count; i++) {
    const byte: i32 = escaped_byte(s, at + i * 3);
    if ((byte & 0xc0) !== 0x80) throw uri_error();
    point = (point << 6) | (byte & 63);
  }
  const overlong: bool = (count === 3 && point < 0x800) || (count === 4 && point < 0x10000);
  if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw uri_error();
  return point;
}

function uri_error(): val {
  return boxObject(error_new(classOf('URIError'), boxString(str('URI malformed')), UNDEFINED));
}
