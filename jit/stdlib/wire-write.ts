/**
 * Values to wire nodes (jit/abi.ts, "Wire format"). One walk serves twice: with WRITE unset it only counts bytes, so that
 * the record gets its size; no guest code runs in between. It never fails: what cannot cross becomes a node that says so,
 * and what is too large ends the task with TRAP.payload before it is written.
 *
 * W1: `path`, a block, holds the objects from the root to the one being written, so cycles are seen; it bounds the depth.
 * W2: in logs, values deeper than Node's console would open, and items beyond those it prints, are left out.
 */
import {
  ABORT, ABORT_CONTROLLER, ABSENT, ARRAY, BIGINT, BLOCK, CLASS, CLASS_FLAGS, CLOSURE, DATE, FUNCTION_INFO, HEADER, ITERATOR, KIND, MAP, NULL, OBJECT, OBJECT_HEADER, PROMISE,
  PROMISE_STATE, PROPERTY, PROPERTY_FLAGS, RECORD, REGEXP, SETTLED, SHAPE, STRING, TAG, TRAP, TRUE, FALSE, UNDEFINED, WIRE,
} from '../abi.js';
import { block_alloc, block_free, block_hold, block_let_go } from './blocks.js';
import { class_descriptor } from './class-values.js';
import { class_name } from './describe.js';
import { error_class_name, error_site, error_site_count } from './errors.js';
import { field_at, field_get } from './fields.js';
import { function_fields, is_class } from './function-fields.js';
import { function_name } from './function-names.js';
import { next_live, table_key, table_value } from './hash-table.js';
import { charge, slots_get } from './heap.js';
import {
  caught, copyBytes, elementAddress, globals, gtu, isNumber, isString, load32, loadF64, loadRef, loadVal, store32, store8, storeF64, storeRef, str, tagOf,
  trap, unboxF64, unboxRef,
} from './intrinsics.js';
import type { bool, f64, i32, ref, val } from './intrinsics.js';
import { ITERATION } from './iterations.js';
import { is_private_name, is_symbol_name, key_equals } from './keys.js';
import { kind_at } from './kinds.js';
import { shape_key } from './shapes.js';
import { is_accessor, is_enumerable, property_flags, property_in } from './special-properties.js';
import { flags_text } from './regexp-flags.js';
import { string_base, string_is_wide, string_length, string_start, string_unit } from './strings.js';
import { WIRE_MODE } from './wire-mode.js';

/** Levels of a payload; a path of them fills a block of 4 KiB. A log needs the arguments' array, their three printed levels, and one more for `[Object]`. */
const MAX_DEPTH = 1000;
const LOG_DEPTH = 4;
/** Node prints 100 items and looks at the next one. */
const LOG_ITEMS = 101;

// Primitive parts: each gives the place behind what it wrote -----------------------------------------------------------

function put8(at: i32, x: i32, mode: i32): i32 {
  if ((mode & WIRE_MODE.write) !== 0) store8(at, 0, x);
  return at + 1;
}

function put32(at: i32, x: i32, mode: i32): i32 {
  if ((mode & WIRE_MODE.write) !== 0) store32(at, 0, x);
  return at + 4;
}

function put_f64(at: i32, tag: i32, x: f64, mode: i32): i32 {
  if ((mode & WIRE_MODE.write) !== 0) storeF64(at + 1, 0, x);
  return put8(at, tag, mode) + 8;
}

function put_tagged(at: i32, tag: i32, x: i32, mode: i32): i32 {
  return put32(put8(at, tag, mode), x, mode);
}

function put_string(at: i32, s: ref, mode: i32): i32 {
  const length: i32 = string_length(s);
  const base: ref = string_base(s);
  const shift: i32 = string_is_wide(base) ? 1 : 0;
  const byteLength: i32 = length << shift;
  if ((mode & WIRE_MODE.write) !== 0) {
    charge(byteLength >> 3);
    copyBytes(at + 5, elementAddress(base, string_start(s) << shift, STRING.units), byteLength);
  }
  return put_tagged(at, shift === 1 ? WIRE.string2 : WIRE.string1, length, mode) + byteLength;
}

function put_big(x: ref, at: i32, mode: i32): i32 {
  const byteLength: i32 = load32(x, BIGINT.length) << 2;
  const end: i32 = put32(put8(put8(at, WIRE.bigint, mode), load32(x, BIGINT.room) < 0 ? 1 : 0, mode), byteLength >> 2, mode);
  if ((mode & WIRE_MODE.write) !== 0) copyBytes(end, elementAddress(x, 0, BIGINT.digits), byteLength);
  return end + byteLength;
}

/** While counting: ends the task as soon as a payload exceeds its limit, whatever shared parts may make of it. */
function check_size(at: i32, mode: i32): void {
  if ((mode & WIRE_MODE.write) !== 0 || !gtu(at, load32(globals.header, HEADER.payloadCap))) return;
  store32(globals.header, HEADER.trapDetail, at);
  trap(TRAP.payload);
}

// Values --------------------------------------------------------------------------------------------------------------

/** Writes a value whose parent is path[depth - 1]. */
function put_value(v: val, at: i32, path: i32, depth: i32, mode: i32): i32 {
  if (isNumber(v)) return put_f64(at, WIRE.f64, unboxF64(v), mode);
  const tag: i32 = tagOf(v);
  if (tag === TAG.string) {
    check_size(at, mode);
    return put_string(at, unboxRef(v), mode);
  }
  if (tag === TAG.object) return put_object(unboxRef(v), at, path, depth, mode);
  if (tag === TAG.symbol) return put_string(put8(at, WIRE.symbol, mode), unboxRef(v), mode);
  if (v === NULL) return put8(at, WIRE.null, mode);
  if (v === TRUE) return put8(at, WIRE.true, mode);
  if (v === FALSE) return put8(at, WIRE.false, mode);
  if (v === ABSENT) return put8(at, WIRE.hole, mode);
  if (tag === TAG.bigint) return put_big(unboxRef(v), at, mode);
  return put8(at, WIRE.undefined, mode);
}

/** How many levels above `depth` the object stands in the path, or 0. */
function levels_up(object: ref, path: i32, depth: i32): i32 {
  for (let i: i32 = depth - 1; i >= 0; i--) {
    if (loadRef(path + i * 4, BLOCK.header) === object) return depth - i;
  }
  return 0;
}

function put_object(object: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  check_size(at, mode);
  const kind: i32 = kind_at(object);
  const up: i32 = levels_up(object, path, depth);
  if (up !== 0 || depth >= MAX_DEPTH) return put_tagged(at, WIRE.circular, up, mode);
  storeRef(path + depth * 4, BLOCK.header, object);
  switch (kind) {
    case KIND.array:
      return put_array(object, at, path, depth + 1, mode);
    case KIND.closure:
      return put_closure(object, at, path, depth + 1, mode);
    case KIND.property:
      return put_property(object, at, path, depth, mode);
    case KIND.error:
      return put_error(object, at, path, depth + 1, mode);
    case KIND.map:
      return put_table(object, WIRE.map, at, path, depth + 1, mode);
    case KIND.set:
      return put_table(object, WIRE.set, at, path, depth + 1, mode);
    case KIND.date:
      return put_f64(at, WIRE.date, loadF64(object, DATE.time), mode);
    case KIND.regexp:
      return put_string(put_string(put8(at, WIRE.regexp, mode), loadRef(object, REGEXP.source), mode), flags_text(load32(object, REGEXP.flags)), mode);
    case KIND.promise:
    case KIND.frame:
      return put_promise(object, at, path, depth + 1, mode);
    default:
      return put_plain(object, kind, at, path, depth + 1, mode);
  }
}

/** How many of `count` items are sent. */
function shown(count: i32, depth: i32, mode: i32): i32 {
  if ((mode & WIRE_MODE.log) === 0 || (mode & WIRE_MODE.deep) !== 0) return count;
  if (depth > LOG_DEPTH) return count === 0 ? 0 : 1;
  return count > LOG_ITEMS ? LOG_ITEMS : count;
}

/** Whether parts at this depth are left out, so that undefined stands for them. */
function leaves_out(depth: i32, mode: i32): bool {
  return (mode & WIRE_MODE.log) !== 0 && (mode & WIRE_MODE.deep) === 0 && depth > LOG_DEPTH;
}

function put_part(v: val, at: i32, path: i32, depth: i32, mode: i32): i32 {
  if (leaves_out(depth, mode)) return put8(at, WIRE.undefined, mode);
  return put_value(v, at, path, depth, mode);
}

function put_longer(at: i32, count: i32, sent: i32, mode: i32): i32 {
  if (sent === count) return at;
  return put_tagged(at, WIRE.longer, count, mode);
}

function put_array(array: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const count: i32 = load32(array, ARRAY.length);
  const sent: i32 = shown(count, depth, mode);
  const extra: ref = loadRef(array, ARRAY.extra);
  let end: i32 = put_longer(at, count, sent, mode);
  if (extra !== 0) end = put8(end, WIRE.fielded, mode);
  end = put_tagged(end, WIRE.array, sent, mode);
  for (let i: i32 = 0; i < sent; i++) end = put_part(slots_get(loadRef(array, ARRAY.data), i), end, path, depth, mode);
  return extra === 0 ? end : put_fields(extra, count_fields(extra, loadRef(extra, OBJECT_HEADER.shape), mode), 0, end, path, depth, mode);
}

function put_table(table: ref, tag: i32, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const count: i32 = load32(table, MAP.size);
  const sent: i32 = shown(count, depth, mode);
  let end: i32 = put_tagged(put_longer(at, count, sent, mode), tag, sent, mode);
  let entry: i32 = -1;
  for (let i: i32 = 0; i < sent; i++) {
    entry = next_live(table, entry + 1);
    end = put_part(table_key(table, entry), end, path, depth, mode);
    if (tag === WIRE.map) end = put_part(table_value(table, entry), end, path, depth, mode);
  }
  return end;
}

function put_promise(promise: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const status: i32 = load32(promise, PROMISE.state) & PROMISE_STATE.settledMask;
  const end: i32 = put8(put8(at, WIRE.promise, mode), status, mode);
  return put_part(status === SETTLED.pending ? UNDEFINED : loadVal(promise, PROMISE.value), end, path, depth, mode);
}

function put_closure(closure: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const info: ref = loadRef(closure, CLOSURE.info);
  const descriptor: ref = is_class(closure) ? class_descriptor(closure) : 0;
  const isOwn: bool = descriptor === 0 || (load32(descriptor, CLASS.flags) & CLASS_FLAGS.library) === 0;
  // The library's classes show themselves as functions.
  const flags: i32 = isOwn ? load32(info, FUNCTION_INFO.flags) : 0;
  let end: i32 = put_string(put8(put8(at, WIRE.function, mode), flags, mode), function_name(closure), mode);
  const parent: ref = descriptor === 0 || !isOwn ? 0 : loadRef(descriptor, CLASS.parent);
  if (parent !== 0) end = put_string(end, loadRef(parent, CLASS.name), mode);
  else end = put8(end, WIRE.undefined, mode);
  const fields: ref = function_fields(closure);
  if (fields === 0 || (mode & WIRE_MODE.log) === 0) return put32(end, 0, mode);
  const count: i32 = count_fields(fields, loadRef(fields, OBJECT_HEADER.shape), mode);
  return put_fields(fields, leaves_out(depth, mode) && count > 1 ? 1 : count, 0, end, path, depth, mode);
}

/** A field that is not just a value. Payloads take values however they are kept; an accessor has none that could be copied. */
function put_property(property: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  if (is_accessor(property)) {
    const parts: i32 = (loadVal(property, PROPERTY.getter) === UNDEFINED ? 0 : 1) | (loadVal(property, PROPERTY.setter) === UNDEFINED ? 0 : 2);
    const shown: i32 = (property_flags(property) & PROPERTY_FLAGS.enumerable) === 0 ? put8(at, WIRE.hidden, mode) : at;
    return put8(put8(shown, WIRE.accessor, mode), parts, mode);
  }
  const hidden: bool = (mode & WIRE_MODE.log) !== 0 && (property_flags(property) & PROPERTY_FLAGS.enumerable) === 0;
  return put_value(loadVal(property, PROPERTY.getter), hidden ? put8(at, WIRE.hidden, mode) : at, path, depth, mode);
}

// Objects with fields -------------------------------------------------------------------------------------------------

/** Whether a field crosses: private ones never do, symbols and what is not enumerable in logs alone. */
function is_sent(key: ref, v: val, mode: i32): bool {
  if (v === ABSENT || is_private_name(key)) return false;
  return (mode & WIRE_MODE.log) !== 0 || (!is_symbol_name(key) && is_enumerable(v));
}

function count_fields(object: ref, shape: ref, mode: i32): i32 {
  let count: i32 = 0;
  if (load32(shape, SHAPE.kind) === KIND.dictionary) {
    const table: ref = loadRef(object, OBJECT.overflow);
    for (let entry: i32 = next_live(table, 0); entry >= 0; entry = next_live(table, entry + 1)) {
      if (is_sent(unboxRef(table_key(table, entry)), table_value(table, entry), mode)) count++;
    }
    return count;
  }
  const keys: i32 = load32(shape, SHAPE.keyCount);
  for (let i: i32 = 0; i < keys; i++) {
    if (is_sent(shape_key(shape, i), field_at(object, shape, i), mode)) count++;
  }
  return count;
}

/** Writes `count` fields, all of them or only the first; `skipped` (0: none) is a name that is written elsewhere. */
function put_fields(object: ref, count: i32, skipped: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  let end: i32 = put32(at, count, mode);
  if (load32(shape, SHAPE.kind) === KIND.dictionary) {
    const table: ref = loadRef(object, OBJECT.overflow);
    let entry: i32 = -1;
    for (let i: i32 = 0; i < count; i++) {
      entry = next_live(table, entry + 1);
      while (!is_sent(unboxRef(table_key(table, entry)), table_value(table, entry), mode)) entry = next_live(table, entry + 1);
      end = put_string(end, unboxRef(table_key(table, entry)), mode);
      end = put_part(table_value(table, entry), end, path, depth, mode);
    }
    return end;
  }
  let left: i32 = count;
  for (let i: i32 = 0; left > 0; i++) {
    const v: val = field_at(object, shape, i);
    const key: ref = shape_key(shape, i);
    if (!is_sent(key, v, mode) || (skipped !== 0 && key_equals(key, skipped))) continue;
    left = left - 1;
    end = put_string(end, key, mode);
    end = put_part(v, end, path, depth, mode);
  }
  return end;
}

/** The name of the nearest class that has one. */
function named_class(descriptor: ref): ref {
  let at: ref = descriptor;
  while (string_length(loadRef(at, CLASS.name)) === 0 && loadRef(at, CLASS.parent) !== 0) at = loadRef(at, CLASS.parent);
  return loadRef(at, CLASS.name);
}

/** Objects of the library that have no node of their own: logs show them by name, and nothing of them crosses to the host. */
function put_library_object(object: ref, kind: i32, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const name: ref = library_name(object, kind);
  const logged: bool = (mode & WIRE_MODE.log) !== 0;
  if (!logged || kind === KIND.weakMap || kind === KIND.weakSet) return put_string(put8(at, WIRE.foreign, mode), name, mode);
  const end: i32 = put_string(put8(at, WIRE.instance, mode), name, mode);
  if (kind === KIND.abortSignal) return put8(put_string(put32(end, 1, mode), str('aborted'), mode), loadVal(object, ABORT.reason) === ABSENT ? WIRE.false : WIRE.true, mode);
  if (kind !== KIND.abortController) return put32(end, 0, mode);
  return put_part(loadVal(object, ABORT_CONTROLLER.signal), put_string(put32(end, 1, mode), str('signal'), mode), path, depth, mode);
}

/** How Node's console begins such an object. */
function library_name(object: ref, kind: i32): ref {
  if (kind === KIND.generator) return str('Object [Generator]');
  if (kind === KIND.asyncGenerator) return str('Object [AsyncGenerator]');
  if (kind !== KIND.iterator) return class_name(object);
  const walk: i32 = load32(object, ITERATOR.kind);
  if (walk === ITERATION.string) return str('Object [String Iterator]');
  if (walk === ITERATION.matches) return str('Object [RegExp String Iterator]');
  return walk >= ITERATION.arrayValues && walk <= ITERATION.arrayEntries ? str('Object [Array Iterator]') : str('Object [Iterator]');
}

/** Whether the class is the one of objects that inherit nothing, whose name no program can spell. */
function is_bare(descriptor: ref): bool {
  const name: ref = loadRef(descriptor, CLASS.name);
  return string_length(name) > 0 && string_unit(name, 0) === 91;
}

/** Objects and class instances. */
function put_plain(object: ref, kind: i32, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const fields: bool = kind === KIND.object || kind === KIND.dictionary;
  const descriptor: ref = fields ? loadRef(shape, SHAPE.class) : 0;
  let end: i32 = at;
  if (!fields) return put_library_object(object, kind, at, path, depth, mode);
  if (descriptor !== 0) end = put_string(put8(at, WIRE.instance, mode), named_class(descriptor), mode);
  else end = put8(at, WIRE.object, mode);
  const count: i32 = count_fields(object, shape, mode);
  if (descriptor !== 0 && (load32(descriptor, CLASS.flags) & CLASS_FLAGS.library) !== 0 && !is_bare(descriptor)) return put32(end, 0, mode);
  return put_fields(object, leaves_out(depth, mode) && count > 1 ? 1 : count, 0, end, path, depth, mode);
}

/** The value of a field, whatever kind of property it is; an accessor has none. */
function plain_value(slot: val): val {
  const property: ref = property_in(slot);
  if (property === 0) return slot;
  return is_accessor(property) ? UNDEFINED : loadVal(property, PROPERTY.getter);
}

/** The class that Node shows: the library's exceptions of the web are all DOMExceptions. */
function shown_error_class(descriptor: ref): ref {
  if (descriptor === 0) return str('Error');
  const parent: ref = loadRef(descriptor, CLASS.parent);
  if (parent !== 0 && (load32(descriptor, CLASS.flags) & CLASS_FLAGS.library) !== 0 && key_equals(loadRef(parent, CLASS.name), str('DOMException'))) return loadRef(parent, CLASS.name);
  return loadRef(descriptor, CLASS.name);
}

function put_error(error: ref, at: i32, path: i32, depth: i32, mode: i32): i32 {
  const shape: ref = loadRef(error, OBJECT_HEADER.shape);
  const descriptor: ref = loadRef(shape, SHAPE.class);
  let end: i32 = put_string(put8(at, WIRE.error, mode), error_class_name(error), mode);
  end = put_string(end, shown_error_class(descriptor), mode);
  const message: val = plain_value(field_get(error, str('message')));
  if (message === ABSENT) end = put8(end, WIRE.undefined, mode);
  else if (isString(message)) end = put_string(end, unboxRef(message), mode);
  else end = put_part(message, end, path, depth, mode);
  const sites: i32 = error_site_count(error);
  end = put32(end, sites, mode);
  for (let i: i32 = 0; i < sites; i++) end = put32(end, error_site(error, i), mode);
  const count: i32 = count_fields(error, shape, mode) - (message === ABSENT ? 0 : 1);
  return put_fields(error, count, str('message'), end, path, depth, mode);
}

// Records -------------------------------------------------------------------------------------------------------------

function write_record(v: val, mode: i32): i32 {
  const path: i32 = block_alloc(BLOCK.header + MAX_DEPTH * 4);
  block_hold(path);
  const byteLength: i32 = put_value(v, 0, path, 0, mode);
  check_size(byteLength, mode);
  const record: i32 = block_alloc(RECORD.payload + byteLength);
  block_hold(record);
  store32(record, RECORD.byteLength, byteLength);
  put_value(v, record + RECORD.payload, path, 0, mode | WIRE_MODE.write);
  block_let_go(record);
  block_let_go(path);
  block_free(path);
  return record;
}

/** A record whose payload is this value; the caller fills in what it asks for. */
export function wire_record(v: val, mode: i32): i32 {
  try {
    return write_record(v, mode);
  } catch (error) {
    // No guest throw comes here: strings that are flattened exist already, so none is too long.
    caught(error);
    trap(TRAP.internal);
  }
}
