/**
 * JSON.parse. Arrays and objects that are open stand on a stack in the heap, so depth is bounded by the task's memory
 * alone. The properties of an object gather in a second list until it closes; then it gets its shape at once, mostly that
 * of the object which closed last at the same depth.
 *
 *   stack   per level: the array, or where in `pairs` the object's properties begin; then the name that waits, or undefined
 *   pairs   name, value, name, value …      guesses   by depth: the shape of the last object there
 */
import { ARRAY, KIND, OBJECT, OBJECT_HEADER, SHAPE, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { field_set } from './fields.js';
import { charge } from './fuel.js';
import { alloc, alloc_array, alloc_object, alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxF64, boxObject, elementAddress, isNumber, load32, loadRef, storeVal, str, toF64, toI32, unboxF64, unboxRef, type bool, type i32, type ref,
  type val,
} from './intrinsics.js';
import { revive } from './json-revive.js';
import { SCAN, scan_error, scan_name, scan_new, scan_scalar, scan_trailing, scan_unexpected, scan_value, skip_blank, unit_at } from './json-scan.js';
import { is_callable } from './promise-core.js';
import { root_shape, shape_key } from './shapes.js';
import { string_base, string_length, string_start } from './strings.js';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** Values per level of the stack. */
const LEVEL = 2;
/** Levels that remember a shape. */
const GUESSES = 16;
/** Most slots inside of an object; further properties lie in its overflow. */
const MAX_INLINE = 32;

export function JSON$parse(text: str, reviver: val): val {
  const flat: ref = string_base(text);
  const start: i32 = string_start(text);
  const length: i32 = string_length(text);
  charge(length);
  const scan: ref = scan_new(text);
  slots_set(scan, SCAN.stack, boxObject(alloc_array(LEVEL * 8)));
  slots_set(scan, SCAN.pairs, boxObject(alloc_array(16)));
  slots_set(scan, SCAN.guesses, boxObject(alloc_slots(GUESSES)));
  const value: val = parse_value(scan, flat, start, start + length);
  return is_callable(reviver) ? revive(value, reviver) : value;
}

function list_of(scan: ref, slot: i32): ref {
  return unboxRef(slots_get(scan, slot));
}

function is_object_level(stack: ref): bool {
  return isNumber(array_get(stack, array_length(stack) - LEVEL));
}

// Names and guesses ---------------------------------------------------------------------------------------------------

/** The shape of the last object at the depth of the innermost level, or 0. */
function guess_of(scan: ref): ref {
  const depth: i32 = (array_length(list_of(scan, SCAN.stack)) / LEVEL) | 0;
  if (depth >= GUESSES) return 0;
  const known: val = slots_get(list_of(scan, SCAN.guesses), depth);
  return isNumber(known) ? 0 : unboxRef(known);
}

function remember(scan: ref, depth: i32, shape: ref): void {
  if (depth < GUESSES) slots_set(list_of(scan, SCAN.guesses), depth, boxObject(shape));
}

/** Number of properties of the innermost object so far. */
function property_count(scan: ref): i32 {
  const stack: ref = list_of(scan, SCAN.stack);
  const start: i32 = toI32(unboxF64(array_get(stack, array_length(stack) - LEVEL)));
  return (array_length(list_of(scan, SCAN.pairs)) - start) >> 1;
}

/** Reads a property's name and leaves it in the level; gives the place of the colon, or of what stands in its stead. */
function parse_name(scan: ref, flat: ref, at: i32, end: i32): i32 {
  const behind: i32 = scan_name(scan, flat, at + 1, end, guess_of(scan), property_count(scan));
  const stack: ref = list_of(scan, SCAN.stack);
  array_set(stack, array_length(stack) - 1, scan_value(scan));
  return skip_blank(flat, behind, end);
}

function parse_first_name(scan: ref, flat: ref, at: i32, end: i32): i32 {
  if (unit_at(flat, at, end) !== QUOTE) throw scan_error(scan, str('Expected property name or \'}\''), at);
  const colon: i32 = parse_name(scan, flat, at, end);
  if (unit_at(flat, colon, end) !== COLON) throw scan_error(scan, str('Expected \':\' after property name'), colon);
  return colon + 1;
}

/** The same for a further property, whose errors read differently. */
function parse_next_name(scan: ref, flat: ref, from: i32, end: i32): i32 {
  const at: i32 = skip_blank(flat, from, end);
  if (unit_at(flat, at, end) !== QUOTE) throw scan_error(scan, str('Expected double-quoted property name'), at);
  const colon: i32 = parse_name(scan, flat, at, end);
  if (unit_at(flat, colon, end) !== COLON) throw scan_unexpected(scan, colon);
  return colon + 1;
}

// Levels --------------------------------------------------------------------------------------------------------------

/** Opens what begins at `at`: the place of its first value, or -1 less the place behind it when it is empty. */
function parse_open(scan: ref, flat: ref, at: i32, end: i32, opening: i32): i32 {
  const stack: ref = list_of(scan, SCAN.stack);
  const inside: i32 = skip_blank(flat, at + 1, end);
  const unit: i32 = unit_at(flat, inside, end);
  if (opening === OPEN_ARRAY) array_push(stack, boxObject(alloc_array(4)));
  else array_push(stack, boxF64(toF64(array_length(list_of(scan, SCAN.pairs)))));
  array_push(stack, UNDEFINED);
  if (unit === (opening === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT)) return -2 - inside;
  return opening === OPEN_ARRAY ? inside : parse_first_name(scan, flat, inside, end);
}

/** Takes the innermost array or object off the stack. */
function close_level(scan: ref): val {
  const stack: ref = list_of(scan, SCAN.stack);
  const top: i32 = array_length(stack) - LEVEL;
  const container: val = array_get(stack, top);
  if (!isNumber(container)) {
    array_truncate(stack, top);
    return container;
  }
  const guess: ref = guess_of(scan);
  array_truncate(stack, top);
  return boxObject(build_object(scan, toI32(unboxF64(container)), guess, ((top / LEVEL) | 0) + 1));
}

/** Whether the properties from `start` on are, in order, those of the shape, whose slots all lie inside. */
function has_shape(pairs: ref, start: i32, count: i32, shape: ref): bool {
  if (load32(shape, SHAPE.keyCount) !== count || load32(shape, SHAPE.inlineCapacity) !== count) return false;
  const slots: ref = loadRef(pairs, ARRAY.data);
  for (let i: i32 = 0; i < count; i++) {
    if (unboxRef(slots_get(slots, start + i * 2)) !== shape_key(shape, i)) return false;
  }
  return true;
}

/** Makes an object of the properties from `start` on, and takes them off the list. */
function build_object(scan: ref, start: i32, guess: ref, depth: i32): ref {
  const pairs: ref = list_of(scan, SCAN.pairs);
  const count: i32 = (array_length(pairs) - start) >> 1;
  if (guess === 0 || !has_shape(pairs, start, count, guess)) return build_anew(scan, start, count, depth);
  const object: ref = alloc(OBJECT.slots + (count << 3), guess);
  const slots: ref = loadRef(pairs, ARRAY.data);
  for (let i: i32 = 0; i < count; i++) storeVal(elementAddress(object, i << 3, OBJECT.slots), 0, slots_get(slots, start + i * 2 + 1));
  array_truncate(pairs, start);
  return object;
}

function build_anew(scan: ref, start: i32, count: i32, depth: i32): ref {
  const pairs: ref = list_of(scan, SCAN.pairs);
  const object: ref = alloc_object(root_shape(KIND.object, 0, count < MAX_INLINE ? count : MAX_INLINE, 0));
  for (let i: i32 = 0; i < count; i++) field_set(object, unboxRef(array_get(pairs, start + i * 2)), array_get(pairs, start + i * 2 + 1));
  array_truncate(pairs, start);
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (load32(shape, SHAPE.kind) === KIND.object) remember(scan, depth, shape);
  return object;
}

/** Puts a value into the innermost array or object. */
function add_value(scan: ref, value: val): void {
  const stack: ref = list_of(scan, SCAN.stack);
  if (!is_object_level(stack)) {
    array_push(unboxRef(array_get(stack, array_length(stack) - LEVEL)), value);
    return;
  }
  const pairs: ref = list_of(scan, SCAN.pairs);
  array_push(pairs, array_get(stack, array_length(stack) - 1));
  array_push(pairs, value);
}

/** What follows a value inside of a level: the place of the next value, or -1 less the place behind the end. */
function parse_next(scan: ref, flat: ref, from: i32, end: i32): i32 {
  const at: i32 = skip_blank(flat, from, end);
  const unit: i32 = unit_at(flat, at, end);
  if (!is_object_level(list_of(scan, SCAN.stack))) {
    if (unit === CLOSE_ARRAY) return -2 - at;
    if (unit === COMMA) return at + 1;
    throw scan_error(scan, str('Expected \',\' or \']\' after array element'), at);
  }
  if (unit === CLOSE_OBJECT) return -2 - at;
  if (unit !== COMMA) throw scan_error(scan, str('Expected \',\' or \'}\' after property value'), at);
  return parse_next_name(scan, flat, at + 1, end);
}

function parse_value(scan: ref, flat: ref, start: i32, end: i32): val {
  const stack: ref = list_of(scan, SCAN.stack);
  let at: i32 = start;
  while (true) {
    at = skip_blank(flat, at, end);
    const unit: i32 = unit_at(flat, at, end);
    let value: val = UNDEFINED;
    if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
      at = parse_open(scan, flat, at, end, unit);
      if (at >= 0) continue;
      at = -1 - at;
      value = close_level(scan);
    } else {
      at = scan_scalar(scan, flat, at, end);
      value = scan_value(scan);
    }
    while (true) {
      if (array_length(stack) === 0) return parse_end(scan, flat, at, end, value);
      add_value(scan, value);
      at = parse_next(scan, flat, at, end);
      if (at >= 0) break;
      at = -1 - at;
      value = close_level(scan);
    }
  }
}

/** Nothing but white space may follow the value. */
function parse_end(scan: ref, flat: ref, at: i32, end: i32, value: val): val {
  const rest: i32 = skip_blank(flat, at, end);
  if (rest < end) throw scan_trailing(scan, rest);
  return value;
}
