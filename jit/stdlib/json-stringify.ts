/**
 * JSON.stringify. Open arrays and objects stand on a stack in the heap (see json-level.ts), so depth is bounded by the
 * task's memory alone. Options and the text so far are in a SLOTS object, JOB.
 */
import { FALSE, KIND, NULL, OBJECT_HEADER, SHAPE, SHAPE_FLAGS, TAG, TRUE, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { call_one, call_two } from './calls.js';
import { Date_toJSON } from './date-format.js';
import { get_element } from './elements.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { alloc_array, alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxF64, boxObject, boxString, isNumber, isObject, isString, load32, loadRef, str, tagOf, toF64, toI32, unboxF64, unboxRef,
  type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { cycle_error } from './json-cycle.js';
import { JSON_LEVEL } from './json-level.js';
import { json_add_quoted } from './json-quote.js';
import { kind_of } from './kinds.js';
import { number_to_string } from './number-format.js';
import { object_new } from './objects.js';
import { to_string } from './operators.js';
import { own_keys } from './own-keys.js';
import { is_callable } from './promise-core.js';
import { get_property, set_property } from './properties.js';
import { string_empty, string_equals, string_length, string_part } from './strings.js';
import { String_repeat } from './string-methods.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

/** `replacer`: a function or undefined. `allowed`: an array of names or undefined. `gap`: what each level is indented by. */
const JOB = { text: 0, stack: 1, gap: 2, replacer: 3, allowed: 4, count: 5 } as const;

const COMMA = 44;
const COLON = 58;
/** Most units of an indentation. */
const GAP_LIMIT = 10;

export function JSON$stringify(value: val, replacer: val, space: val): val {
  const job: ref = alloc_slots(JOB.count);
  slots_set(job, JOB.text, boxObject(text_new(64)));
  slots_set(job, JOB.stack, boxObject(alloc_array(JSON_LEVEL.size * 4)));
  slots_set(job, JOB.gap, boxString(gap_of(space)));
  slots_set(job, JOB.replacer, is_callable(replacer) ? replacer : UNDEFINED);
  slots_set(job, JOB.allowed, kind_of(replacer) === KIND.array ? boxObject(allowed_names(unboxRef(replacer))) : UNDEFINED);
  const first: val = prepare_root(job, value);
  if (!is_printed(first)) return UNDEFINED;
  write_value(job, first, boxString(string_empty()));
  while (array_length(stack_of(job)) > 0) write_next(job);
  return boxString(text_finish(text_of(job)));
}

// The job -------------------------------------------------------------------------------------------------------------

function text_of(job: ref): ref {
  return unboxRef(slots_get(job, JOB.text));
}

function set_text(job: ref, text: ref): void {
  slots_set(job, JOB.text, boxObject(text));
}

function stack_of(job: ref): ref {
  return unboxRef(slots_get(job, JOB.stack));
}

function gap_of(space: val): str {
  if (isNumber(space)) {
    const width: i32 = toI32(unboxF64(space));
    return width < 1 ? string_empty() : String_repeat(str(' '), toF64(width > GAP_LIMIT ? GAP_LIMIT : width));
  }
  if (!isString(space)) return string_empty();
  const text: str = unboxRef(space);
  return string_length(text) > GAP_LIMIT ? string_part(text, 0, GAP_LIMIT) : text;
}

/** The names in a replacer that is an array: its strings and numbers, each once. */
function allowed_names(list: ref): ref {
  const count: i32 = array_length(list);
  const names: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) {
    const item: val = array_get(list, i);
    if (!isString(item) && !isNumber(item)) continue;
    const name: str = to_string(item);
    if (!has_name(names, name)) array_push(names, boxString(name));
  }
  return names;
}

function has_name(names: ref, name: str): bool {
  const count: i32 = array_length(names);
  charge(count);
  for (let i: i32 = 0; i < count; i++) {
    if (string_equals(unboxRef(array_get(names, i)), name)) return true;
  }
  return false;
}

// Values --------------------------------------------------------------------------------------------------------------

/** Whether a value has a text at all. */
function is_printed(v: val): bool {
  return v !== UNDEFINED && tagOf(v) !== TAG.symbol && kind_of(v) !== KIND.closure;
}

/** The value that `toJSON` and the replacer make of a property's value. */
function prepare(job: ref, holder: val, name: val, value: val): val {
  let v: val = value;
  if (isObject(v)) v = convert(v, name);
  const replacer: val = slots_get(job, JOB.replacer);
  if (replacer === UNDEFINED) return v;
  return call_two(replacer, holder, boxString(to_string(name)), v);
}

function prepare_root(job: ref, value: val): val {
  const name: val = boxString(string_empty());
  if (slots_get(job, JOB.replacer) === UNDEFINED) return prepare(job, UNDEFINED, name, value);
  const holder: val = boxObject(object_new());
  set_property(holder, string_empty(), value);
  return prepare(job, holder, name, value);
}

/** What an object's `toJSON` gives, or the object. */
function convert(v: val, name: val): val {
  const flags: i32 = load32(loadRef(unboxRef(v), OBJECT_HEADER.shape), SHAPE.flags);
  if ((flags & SHAPE_FLAGS.toJSON) !== 0) {
    const method: val = get_property(v, str('toJSON'));
    if (is_callable(method)) return call_one(method, v, boxString(to_string(name)));
  }
  return kind_of(v) === KIND.date ? Date_toJSON(unboxRef(v)) : v;
}

/** Writes a value that has a text; arrays and objects are opened. */
function write_value(job: ref, v: val, name: val): void {
  if (isString(v)) set_text(job, json_add_quoted(text_of(job), unboxRef(v)));
  else if (isNumber(v)) add(job, number_text(unboxF64(v)));
  else if (v === TRUE) add(job, str('true'));
  else if (v === FALSE) add(job, str('false'));
  else if (isObject(v)) open_level(job, v, name);
  else if (tagOf(v) === TAG.bigint) throw type_error(str('Do not know how to serialize a BigInt'));
  else add(job, str('null'));
}

function number_text(x: f64): str {
  return x - x === 0 ? number_to_string(x) : str('null');
}

function add(job: ref, s: str): void {
  set_text(job, text_add(text_of(job), s));
}

function add_unit(job: ref, unit: i32): void {
  set_text(job, text_add_unit(text_of(job), unit));
}

// Levels --------------------------------------------------------------------------------------------------------------

function open_level(job: ref, container: val, name: val): void {
  const stack: ref = stack_of(job);
  for (let base: i32 = 0; base < array_length(stack); base = base + JSON_LEVEL.size) {
    if (array_get(stack, base + JSON_LEVEL.container) === container) throw cycle_error(stack, base, name);
  }
  charge((array_length(stack) >> 2) + 2);
  const isArray: bool = kind_of(container) === KIND.array;
  array_push(stack, container);
  array_push(stack, isArray ? boxF64(toF64(array_length(unboxRef(container)))) : boxObject(names_of(job, container)));
  array_push(stack, boxF64(0));
  array_push(stack, boxF64(0));
  array_push(stack, name);
  add_unit(job, isArray ? 91 : 123);
}

function names_of(job: ref, container: val): ref {
  const allowed: val = slots_get(job, JOB.allowed);
  return allowed === UNDEFINED ? own_keys(container) : unboxRef(allowed);
}

function counter(stack: ref, place: i32): i32 {
  return toI32(unboxF64(array_get(stack, place)));
}

function set_counter(stack: ref, place: i32, count: i32): void {
  array_set(stack, place, boxF64(toF64(count)));
}

/** Writes the next element or property of the innermost level, or closes it. */
function write_next(job: ref): void {
  const stack: ref = stack_of(job);
  const base: i32 = array_length(stack) - JSON_LEVEL.size;
  const names: val = array_get(stack, base + JSON_LEVEL.names);
  const next: i32 = counter(stack, base + JSON_LEVEL.next);
  const isArray: bool = isNumber(names);
  const count: i32 = isArray ? toI32(unboxF64(names)) : array_length(unboxRef(names));
  if (next >= count) {
    close_level(job, base, isArray);
    return;
  }
  charge(2);
  set_counter(stack, base + JSON_LEVEL.next, next + 1);
  const container: val = array_get(stack, base + JSON_LEVEL.container);
  if (isArray) write_element(job, container, next);
  else write_property(job, container, base, array_get(unboxRef(names), next));
}

function write_element(job: ref, container: val, index: i32): void {
  const stack: ref = stack_of(job);
  const name: val = boxF64(toF64(index));
  const v: val = prepare(job, container, name, array_get(unboxRef(container), index));
  add_separator(job, stack, array_length(stack) - JSON_LEVEL.size);
  write_value(job, is_printed(v) ? v : NULL, name);
}

function write_property(job: ref, container: val, base: i32, name: val): void {
  const v: val = prepare(job, container, name, get_element(container, name));
  if (!is_printed(v)) return;
  add_separator(job, stack_of(job), base);
  const text: ref = text_add_unit(json_add_quoted(text_of(job), unboxRef(name)), COLON);
  set_text(job, text);
  if (string_length(unboxRef(slots_get(job, JOB.gap))) > 0) add_unit(job, 32);
  write_value(job, v, name);
}

/** A comma unless nothing was written in this level, and the line break. */
function add_separator(job: ref, stack: ref, base: i32): void {
  const written: i32 = counter(stack, base + JSON_LEVEL.written);
  if (written > 0) add_unit(job, COMMA);
  set_counter(stack, base + JSON_LEVEL.written, written + 1);
  add_line(job, base + JSON_LEVEL.size);
}

/** A line break and the indentation of `depth` / JSON_LEVEL.size levels, where there is a gap. */
function add_line(job: ref, depth: i32): void {
  const gap: str = unboxRef(slots_get(job, JOB.gap));
  if (string_length(gap) === 0) return;
  charge(depth >> 2);
  let text: ref = text_add_unit(text_of(job), 10);
  for (let i: i32 = 0; i < depth; i = i + JSON_LEVEL.size) text = text_add(text, gap);
  set_text(job, text);
}

function close_level(job: ref, base: i32, isArray: bool): void {
  const stack: ref = stack_of(job);
  const written: i32 = counter(stack, base + JSON_LEVEL.written);
  array_truncate(stack, base);
  if (written > 0) add_line(job, base);
  add_unit(job, isArray ? 93 : 125);
}
