/**
 * Wire nodes (jit/abi.ts) to values of this task's heap. The payload is the executor's: well formed, no deeper than its
 * encoder's cap. The place of reading stands in RECORD.number, whose mark of a turn group nobody needs any more.
 *
 * NaN is made canonical (B1): the bits of a double are the sender's.
 */
import { ABSENT, ARRAY, BIGINT, FALSE, KIND, NULL, RECORD, STRING, TAG, TRUE, UNDEFINED, WIRE, kindShape } from '../abi.js';
import { date_at } from './date.js';
import { error_with, type_error } from './errors.js';
import { field_set } from './fields.js';
import { table_new, table_set } from './hash-table.js';
import { alloc, alloc_array, alloc_object, charge, slots_set } from './heap.js';
import {
  boxF64, boxObject, boxRef, boxString, classOf, copyBytes, elementAddress, load32, load8, loadF64, loadRef, refAt, store32, str,
} from './intrinsics.js';
import type { bool, f64, i32, ref, val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { root_shape } from './shapes.js';
import { string_empty, string_new_one, string_new_two } from './strings.js';

/** Properties of a received object that get inline slots. */
const MAX_INLINE = 16;

// Parts ---------------------------------------------------------------------------------------------------------------

/** Moves on by some bytes; gives where they start. */
function take(record: i32, byteLength: i32): i32 {
  const at: i32 = load32(record, RECORD.number);
  store32(record, RECORD.number, at + byteLength);
  return at;
}

function take8(record: i32): i32 {
  return load8(take(record, 1), 0);
}

function take32(record: i32): i32 {
  return load32(take(record, 4), 0);
}

function take_f64(record: i32): val {
  const x: f64 = loadF64(take(record, 8), 0);
  return x === x ? boxF64(x) : boxF64(NaN);
}

/** The string behind a string tag. */
function take_string(record: i32, tag: i32): ref {
  const length: i32 = take32(record);
  if (length === 0) return string_empty();
  const byteLength: i32 = tag === WIRE.string2 ? length * 2 : length;
  charge(byteLength >> 3);
  const made: ref = tag === WIRE.string2 ? string_new_two(length) : string_new_one(length);
  copyBytes(elementAddress(made, 0, STRING.units), take(record, byteLength), byteLength);
  return made;
}

function take_key(record: i32): ref {
  return take_string(record, take8(record));
}

// Values --------------------------------------------------------------------------------------------------------------

function take_array(record: i32): val {
  const count: i32 = take32(record);
  const array: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) {
    const item: val = take_value(record);
    slots_set(loadRef(array, ARRAY.data), i, item);
    store32(array, ARRAY.length, i + 1);
  }
  return boxObject(array);
}

function take_fields(record: i32, object: ref, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    const key: ref = take_key(record);
    field_set(object, key, take_value(record));
  }
}

function take_object(record: i32): val {
  const count: i32 = take32(record);
  const object: ref = alloc_object(root_shape(KIND.object, 0, count < MAX_INLINE ? count : MAX_INLINE, 0));
  take_fields(record, object, count);
  return boxObject(object);
}

function take_map(record: i32): val {
  const count: i32 = take32(record);
  const table: ref = table_new(KIND.map);
  for (let i: i32 = 0; i < count; i++) {
    const key: val = take_value(record);
    table_set(table, key, take_value(record));
  }
  return boxObject(table);
}

function take_set(record: i32): val {
  const count: i32 = take32(record);
  const table: ref = table_new(KIND.set);
  for (let i: i32 = 0; i < count; i++) table_set(table, take_value(record), UNDEFINED);
  return boxObject(table);
}

/** The library class of this name, 0 if there is none. */
function error_class(name: ref): ref {
  if (key_equals(name, str('Error'))) return classOf('Error');
  if (key_equals(name, str('TypeError'))) return classOf('TypeError');
  if (key_equals(name, str('RangeError'))) return classOf('RangeError');
  if (key_equals(name, str('SyntaxError'))) return classOf('SyntaxError');
  if (key_equals(name, str('ReferenceError'))) return classOf('ReferenceError');
  if (key_equals(name, str('EvalError'))) return classOf('EvalError');
  if (key_equals(name, str('URIError'))) return classOf('URIError');
  if (key_equals(name, str('AggregateError'))) return classOf('AggregateError');
  return 0;
}

/** Errors of the host: a name that the library lacks becomes an own property of an Error. Their traces stay there. */
function take_error(record: i32): val {
  const name: ref = take_key(record);
  take_value(record);
  const message: ref = take_key(record);
  take(record, take32(record) * 4);
  const known: ref = error_class(name);
  const error: ref = error_with(known === 0 ? classOf('Error') : known, message);
  if (known === 0) field_set(error, str('name'), boxString(name));
  take_fields(record, error, take32(record));
  return boxObject(error);
}

function take_big(record: i32): val {
  const negative: bool = take8(record) === 1;
  const length: i32 = take32(record);
  const made: ref = alloc(BIGINT.digits + (length << 2), refAt(kindShape(KIND.bigint)));
  store32(made, BIGINT.room, negative ? length | -0x80000000 : length);
  store32(made, BIGINT.length, length);
  copyBytes(elementAddress(made, 0, BIGINT.digits), take(record, length << 2), length << 2);
  return boxRef(TAG.bigint, made);
}

function take_value(record: i32): val {
  const tag: i32 = take8(record);
  switch (tag) {
    case WIRE.null:
      return NULL;
    case WIRE.false:
      return FALSE;
    case WIRE.true:
      return TRUE;
    case WIRE.hole:
      return ABSENT;
    case WIRE.f64:
      return take_f64(record);
    case WIRE.string1:
    case WIRE.string2:
      return boxString(take_string(record, tag));
    case WIRE.array:
      return take_array(record);
    case WIRE.object:
      return take_object(record);
    case WIRE.map:
      return take_map(record);
    case WIRE.set:
      return take_set(record);
    case WIRE.error:
      return take_error(record);
    case WIRE.date:
      return boxObject(date_at(loadF64(take(record, 8), 0)));
    case WIRE.undefined:
      return UNDEFINED;
    case WIRE.bigint:
      return take_big(record);
    default:
      throw type_error(str('the host sent a value that programs cannot take'));
  }
}

/** The value that a record carries; undefined if it carries none. */
export function wire_value(record: i32): val {
  if (load32(record, RECORD.byteLength) === 0) return UNDEFINED;
  store32(record, RECORD.number, record + RECORD.payload);
  return take_value(record);
}
