/**
 * JSON.stringify. Open arrays and objects stand on a stack in the heap (see json-level.ts), so depth is bounded by the
 * task's memory alone. What stays the same for a call is in a SLOTS object, JOB; the text grows as it is handed on.
 */
import { ABSENT, FALSE, KIND, NULL, OBJECT_HEADER, SHAPE, SHAPE_FLAGS, TAG, TRUE, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { call_one, call_two } from './calls.js';
import { Date_toJSON } from './date-format.js';
import { get_element } from './elements.js';
import { type_error } from './errors.js';
import { field_at } from './fields.js';
import { charge } from './fuel.js';
import { alloc_array, alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxF64, boxObject, boxString, isNumber, isObject, isString, load32, loadRef, str, tagOf, toF64, toI32, unboxF64, unboxRef,
  type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { cycle_error } from './json-cycle.js';
import { JSON_LEVEL } from './json-level.js';
import { allowed_names, gap_of, may_have_indices } from './json-options.js';
import { json_add_quoted } from './json-quote.js';
import { is_private_name, is_symbol_name } from './keys.js';
import { kind_at, kind_of } from './kinds.js';
import { number_to_string } from './number-format.js';
import { object_new } from './objects.js';
import { to_string } from './operators.js';
import { own_keys } from './own-keys.js';
import { is_callable } from './promise-core.js';
import { get_property, set_property } from './properties.js';
import { shape_key } from './shapes.js';
import { string_empty, string_length } from './strings.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

/** `replacer`: a function or undefined. `allowed`: an array of names or undefined. `gap`: what each level is indented by. */
const JOB = { stack: 0, gap: 1, replacer: 2, allowed: 3, count: 4 } as const;

const COMMA = 44;
const COLON = 58;

export function JSON$stringify(value: val, replacer: val, space: val): val {
  const job: ref = alloc_slots(JOB.count);
  const stack: ref = alloc_array(JSON_LEVEL.size * 4);
  slots_set(job, JOB.stack, boxObject(stack));
  slots_set(job, JOB.gap, boxString(gap_of(space)));
  slots_set(job, JOB.replacer, is_callable(replacer) ? replacer : UNDEFINED);
  slots_set(job, JOB.allowed, kind_of(replacer) === KIND.array ? boxObject(allowed_names(unboxRef(replacer))) : UNDEFINED);
  const first: val = prepare_root(job, value);
  if (!is_printed(first)) return UNDEFINED;
  let text: ref = write_value(job, text_new(256), first, boxString(string_empty()));
  while (array_length(stack) > 0) text = write_next(job, stack, text);
  return boxString(text_finish(text));
}

function stack_of(job: ref): ref {
  return unboxRef(slots_get(job, JOB.stack));
}

// Values --------------------------------------------------------------------------------------------------------------

/** Whether a value has a text at all. */
function is_printed(v: val): bool {
  if (isNumber(v) || isString(v)) return true;
  if (isObject(v)) return kind_of(v) !== KIND.closure;
  return v !== UNDEFINED && tagOf(v) !== TAG.symbol;
}

/** The value that `toJSON` and the replacer make of a property's value. */
function prepare(job: ref, holder: val, name: val, value: val): val {
  const v: val = isObject(value) ? convert(value, name) : value;
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
  const shape: ref = loadRef(unboxRef(v), OBJECT_HEADER.shape);
  if ((load32(shape, SHAPE.flags) & SHAPE_FLAGS.toJSON) !== 0) {
    const method: val = get_property(v, str('toJSON'));
    if (is_callable(method)) return call_one(method, v, boxString(to_string(name)));
  }
  return load32(shape, SHAPE.kind) === KIND.date ? Date_toJSON(unboxRef(v)) : v;
}

/** Adds a value that has a text; arrays and objects are opened. */
function write_value(job: ref, text: ref, v: val, name: val): ref {
  if (isString(v)) return json_add_quoted(text, unboxRef(v));
  if (isNumber(v)) return text_add(text, number_text(unboxF64(v)));
  if (isObject(v)) return open_level(job, text, v, name);
  if (v === TRUE) return text_add(text, str('true'));
  if (v === FALSE) return text_add(text, str('false'));
  if (tagOf(v) === TAG.bigint) throw type_error(str('Do not know how to serialize a BigInt'));
  return text_add(text, str('null'));
}

function number_text(x: f64): str {
  return x - x === 0 ? number_to_string(x) : str('null');
}

// Levels --------------------------------------------------------------------------------------------------------------

function open_level(job: ref, text: ref, container: val, name: val): ref {
  const stack: ref = stack_of(job);
  const depth: i32 = array_length(stack);
  for (let base: i32 = 0; base < depth; base = base + JSON_LEVEL.size) {
    if (array_get(stack, base + JSON_LEVEL.container) === container) throw cycle_error(stack, base, name);
  }
  charge((depth >> 2) + 2);
  const isArray: bool = kind_of(container) === KIND.array;
  array_push(stack, container);
  array_push(stack, isArray ? boxF64(toF64(array_length(unboxRef(container)))) : boxObject(names_of(job, unboxRef(container))));
  array_push(stack, boxF64(0));
  array_push(stack, boxF64(0));
  array_push(stack, name);
  return text_add_unit(text, isArray ? 91 : 123);
}

/** The names to write: an array of them, or the shape of an object whose order they have anyway. */
function names_of(job: ref, object: ref): ref {
  const allowed: val = slots_get(job, JOB.allowed);
  if (allowed !== UNDEFINED) return unboxRef(allowed);
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (load32(shape, SHAPE.kind) === KIND.object && !may_have_indices(shape)) return shape;
  return own_keys(boxObject(object));
}

function counter(stack: ref, place: i32): i32 {
  return toI32(unboxF64(array_get(stack, place)));
}

function set_counter(stack: ref, place: i32, count: i32): void {
  array_set(stack, place, boxF64(toF64(count)));
}

/** Adds the next element or property of the innermost level, or closes it. */
function write_next(job: ref, stack: ref, text: ref): ref {
  const base: i32 = array_length(stack) - JSON_LEVEL.size;
  const names: val = array_get(stack, base + JSON_LEVEL.names);
  const next: i32 = counter(stack, base + JSON_LEVEL.next);
  charge(2);
  set_counter(stack, base + JSON_LEVEL.next, next + 1);
  const container: val = array_get(stack, base + JSON_LEVEL.container);
  if (isNumber(names)) {
    if (next >= toI32(unboxF64(names))) return close_level(job, stack, text, base, 93);
    return write_element(job, stack, text, container, next);
  }
  const list: ref = unboxRef(names);
  if (kind_at(list) === KIND.shape) {
    if (next >= load32(list, SHAPE.keyCount)) return close_level(job, stack, text, base, 125);
    return write_slot(job, text, container, base, list, next);
  }
  if (next >= array_length(list)) return close_level(job, stack, text, base, 125);
  const name: val = array_get(list, next);
  return write_property(job, text, container, base, name, get_element(container, name));
}

function write_element(job: ref, stack: ref, text: ref, container: val, index: i32): ref {
  const name: val = boxF64(toF64(index));
  const v: val = prepare(job, container, name, array_get(unboxRef(container), index));
  const to: ref = add_separator(job, stack, text, array_length(stack) - JSON_LEVEL.size);
  return write_value(job, to, is_printed(v) ? v : NULL, name);
}

/** A property by its slot, unless the object changed its shape since it was opened. */
function write_slot(job: ref, text: ref, container: val, base: i32, shape: ref, slot: i32): ref {
  const object: ref = unboxRef(container);
  const name: val = boxString(shape_key(shape, slot));
  if (loadRef(object, OBJECT_HEADER.shape) !== shape) return write_property(job, text, container, base, name, get_element(container, name));
  const v: val = field_at(object, shape, slot);
  return v === ABSENT || is_private_name(unboxRef(name)) || is_symbol_name(unboxRef(name)) ? text : write_property(job, text, container, base, name, v);
}

function write_property(job: ref, text: ref, container: val, base: i32, name: val, value: val): ref {
  const v: val = prepare(job, container, name, value);
  if (!is_printed(v)) return text;
  let to: ref = add_separator(job, stack_of(job), text, base);
  to = text_add_unit(json_add_quoted(to, unboxRef(name)), COLON);
  if (string_length(unboxRef(slots_get(job, JOB.gap))) > 0) to = text_add_unit(to, 32);
  return write_value(job, to, v, name);
}

/** A comma unless nothing was written in this level, and the line break. */
function add_separator(job: ref, stack: ref, text: ref, base: i32): ref {
  const written: i32 = counter(stack, base + JSON_LEVEL.written);
  set_counter(stack, base + JSON_LEVEL.written, written + 1);
  return add_line(job, written > 0 ? text_add_unit(text, COMMA) : text, base + JSON_LEVEL.size);
}

/** A line break and the indentation of `depth` / JSON_LEVEL.size levels, where there is a gap. */
function add_line(job: ref, text: ref, depth: i32): ref {
  const gap: str = unboxRef(slots_get(job, JOB.gap));
  if (string_length(gap) === 0) return text;
  charge(depth >> 2);
  let to: ref = text_add_unit(text, 10);
  for (let i: i32 = 0; i < depth; i = i + JSON_LEVEL.size) to = text_add(to, gap);
  return to;
}

function close_level(job: ref, stack: ref, text: ref, base: i32, closing: i32): ref {
  const written: i32 = counter(stack, base + JSON_LEVEL.written);
  array_truncate(stack, base);
  return text_add_unit(written > 0 ? add_line(job, text, base) : text, closing);
}
