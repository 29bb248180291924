/**
 * JSON.parse. Arrays and objects that are open stand on a stack in the heap, so depth is bounded by the task's memory
 * alone: pairs of the container and, for objects, the name that waits for its value.
 */
import { UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { field_set } from './fields.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxObject, isString, str, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { revive } from './json-revive.js';
import { scan_error, scan_new, scan_scalar, scan_string, scan_trailing, scan_unexpected, scan_value, skip_blank, unit_at } from './json-scan.js';
import { object_new } from './objects.js';
import { is_callable } from './promise-core.js';
import { string_base, string_length, string_start } from './strings.js';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

export function JSON$parse(text: str, reviver: val): val {
  const flat: ref = string_base(text);
  const start: i32 = string_start(text);
  const length: i32 = string_length(text);
  charge(length);
  const value: val = parse_value(scan_new(text), flat, start, start + length);
  return is_callable(reviver) ? revive(value, reviver) : value;
}

/** Reads the name of an object's first property and the colon; gives the place behind it. */
function parse_first_name(scan: ref, flat: ref, at: i32, end: i32): i32 {
  if (unit_at(flat, at, end) !== QUOTE) throw scan_error(scan, str('Expected property name or \'}\''), at);
  const colon: i32 = skip_blank(flat, scan_string(scan, flat, at + 1, end), end);
  if (unit_at(flat, colon, end) !== COLON) throw scan_error(scan, str('Expected \':\' after property name'), colon);
  return colon + 1;
}

/** The same for a further property, whose errors read differently. */
function parse_next_name(scan: ref, flat: ref, from: i32, end: i32): i32 {
  const at: i32 = skip_blank(flat, from, end);
  if (unit_at(flat, at, end) !== QUOTE) throw scan_error(scan, str('Expected double-quoted property name'), at);
  const colon: i32 = skip_blank(flat, scan_string(scan, flat, at + 1, end), end);
  if (unit_at(flat, colon, end) !== COLON) throw scan_unexpected(scan, colon);
  return colon + 1;
}

/** Puts a container on the stack. */
function open_level(stack: ref, container: ref, name: val): void {
  array_push(stack, boxObject(container));
  array_push(stack, name);
}

/** Opens what begins at `at`: the place of its first value, or -1 less the place behind it when it is empty. */
function parse_open(scan: ref, stack: ref, flat: ref, at: i32, end: i32): i32 {
  const close: i32 = flat_unit_after(flat, at + 1, end);
  const inside: i32 = skip_blank(flat, at + 1, end);
  if (unit_at(flat, at, end) === OPEN_ARRAY) {
    open_level(stack, alloc_array(4), UNDEFINED);
    return close === CLOSE_ARRAY ? -2 - inside : inside;
  }
  const object: ref = object_new();
  if (close === CLOSE_OBJECT) {
    open_level(stack, object, UNDEFINED);
    return -2 - inside;
  }
  const first: i32 = parse_first_name(scan, flat, inside, end);
  open_level(stack, object, scan_value(scan));
  return first;
}

function flat_unit_after(flat: ref, from: i32, end: i32): i32 {
  return unit_at(flat, skip_blank(flat, from, end), end);
}

/** Takes the innermost container off the stack. */
function close_level(stack: ref): val {
  const top: i32 = array_length(stack) - 2;
  const container: val = array_get(stack, top);
  array_truncate(stack, top);
  return container;
}

/** Puts a value into the innermost container. */
function add_value(stack: ref, value: val): void {
  const top: i32 = array_length(stack);
  const container: ref = unboxRef(array_get(stack, top - 2));
  const name: val = array_get(stack, top - 1);
  if (isString(name)) field_set(container, unboxRef(name), value);
  else array_push(container, value);
}

/** What follows a value inside a container: the place of the next value, or -1 less the place behind the end. */
function parse_next(scan: ref, stack: ref, flat: ref, from: i32, end: i32): i32 {
  const at: i32 = skip_blank(flat, from, end);
  const unit: i32 = unit_at(flat, at, end);
  const top: i32 = array_length(stack) - 1;
  if (!isString(array_get(stack, top))) {
    if (unit === CLOSE_ARRAY) return -2 - at;
    if (unit === COMMA) return at + 1;
    throw scan_error(scan, str('Expected \',\' or \']\' after array element'), at);
  }
  if (unit === CLOSE_OBJECT) return -2 - at;
  if (unit !== COMMA) throw scan_error(scan, str('Expected \',\' or \'}\' after property value'), at);
  const next: i32 = parse_next_name(scan, flat, at + 1, end);
  array_set(stack, top, scan_value(scan));
  return next;
}

function parse_value(scan: ref, flat: ref, start: i32, end: i32): val {
  const stack: ref = alloc_array(8);
  let at: i32 = start;
  while (true) {
    at = skip_blank(flat, at, end);
    const unit: i32 = unit_at(flat, at, end);
    let value: val = UNDEFINED;
    if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
      at = parse_open(scan, stack, flat, at, end);
      if (at >= 0) continue;
      at = -1 - at;
      value = close_level(stack);
    } else {
      at = scan_scalar(scan, flat, at, end);
      value = scan_value(scan);
    }
    while (true) {
      if (array_length(stack) === 0) return parse_end(scan, flat, at, end, value);
      add_value(stack, value);
      at = parse_next(scan, stack, flat, at, end);
      if (at >= 0) break;
      at = -1 - at;
      value = close_level(stack);
    }
  }
}

/** Nothing but white space may follow the value. */
function parse_end(scan: ref, flat: ref, at: i32, end: i32, value: val): val {
  const rest: i32 = skip_blank(flat, at, end);
  if (rest < end) throw scan_trailing(scan, rest);
  return value;
}
