/**
 * Guest values in their three forms: as they are computed with; as one boxed value, which is what an async function
 * gives; and as JavaScript's values, which is what crosses the border.
 *
 *   boxed   one i32, f32, reference: its bits · one i64, f64: wasm_box (W2) · none: undefined · several: a BLOB, 8 bytes each
 *   border  i32 f32 f64: a number · i64: a bigint · externref: the value · several: an array
 */
import type { Builder } from '../../ir/builder.js';
import type { Value } from '../../ir/types.js';
import { ARRAY, BLOB, SLOTS, TAG, UNDEFINED } from '../abi.js';
import type { ValueType } from './module.js';
import { irType } from './unit-context.js';

export const RESULT_BYTES = 8;

/** One library call with one result. */
export function callOne(builder: Builder, name: string, ...operands: Value[]): Value {
  const [result] = builder.call(name, operands);
  if (result === undefined) throw new Error(`${name} has no result`);
  return result;
}

// Boxed -----------------------------------------------------------------------------------------------------------------

export function box(builder: Builder, types: readonly ValueType[], values: readonly Value[]): Value {
  const [type] = types;
  const [value] = values;
  if (type === undefined || value === undefined) return builder.val(UNDEFINED);
  if (types.length === 1) return boxOne(builder, type, value);
  const blob = callOne(builder, 'alloc_blob', builder.i32(RESULT_BYTES * types.length));
  values.forEach((each, index) => builder.store(irType(types[index] ?? 'i32'), blob, BLOB.data + RESULT_BYTES * index, each));
  return builder.op('val.box', [blob], TAG.object);
}

function boxOne(builder: Builder, type: ValueType, value: Value): Value {
  switch (type) {
    case 'i64':
      return callOne(builder, 'wasm_box', value);
    case 'f64':
      return callOne(builder, 'wasm_box', builder.op('i64.reinterpret_f64', [value]));
    case 'f32':
      return builder.op('val.from_i64', [builder.op('i64.extend_i32_u', [builder.op('i32.reinterpret_f32', [value])])]);
    case 'i32':
    case 'funcref':
    case 'externref':
      return builder.op('val.from_i64', [builder.op('i64.extend_i32_u', [value])]);
  }
}

export function unbox(builder: Builder, types: readonly ValueType[], boxed: Value): Value[] {
  if (types.length === 0) return [];
  const [type] = types;
  if (types.length === 1 && type !== undefined) return [unboxOne(builder, type, boxed)];
  const blob = builder.op('ref.from_val', [boxed]);
  return types.map((each, index) => builder.load(irType(each), blob, BLOB.data + RESULT_BYTES * index));
}

function unboxOne(builder: Builder, type: ValueType, boxed: Value): Value {
  switch (type) {
    case 'i64':
      return callOne(builder, 'wasm_unbox', boxed);
    case 'f64':
      return builder.op('f64.reinterpret_i64', [callOne(builder, 'wasm_unbox', boxed)]);
    case 'f32':
      return builder.op('f32.reinterpret_i32', [builder.op('i32.wrap_i64', [builder.op('i64.from_val', [boxed])])]);
    case 'i32':
    case 'funcref':
    case 'externref':
      return builder.op('i32.wrap_i64', [builder.op('i64.from_val', [boxed])]);
  }
}

// Border ----------------------------------------------------------------------------------------------------------------

/** Gives the value of a library call that may throw, and goes on where it has not. */
export type Checked = (name: string, operands: readonly Value[]) => Value;

/** A guest value as JavaScript has it. */
export function toHost(builder: Builder, checked: Checked, type: ValueType, value: Value): Value {
  switch (type) {
    case 'i32':
      return builder.op('val.from_f64', [builder.op('f64.convert_i32_s', [value])]);
    case 'f32':
      return callOne(builder, 'wasm_number', builder.op('f64.promote_f32', [value]));
    case 'f64':
      return callOne(builder, 'wasm_number', value);
    case 'i64':
      return callOne(builder, 'wasm_from_i64', value);
    case 'externref':
      return callOne(builder, 'wasm_extern_value', value);
    case 'funcref':
      return checked('wasm_from_funcref', [value]);
  }
}

/** None is undefined, several are an array. */
export function resultsToHost(builder: Builder, checked: Checked, types: readonly ValueType[], values: readonly Value[]): Value {
  const [only] = types;
  const converted = values.map((value, index) => toHost(builder, checked, types[index] ?? 'i32', value));
  const [first] = converted;
  if (only === undefined || first === undefined) return builder.val(UNDEFINED);
  return types.length === 1 ? first : builder.op('val.box', [arrayOf(builder, converted)], TAG.object);
}

/** A JavaScript value as a guest value of this type, converted as WebAssembly's JavaScript interface does. */
export function fromHost(builder: Builder, checked: Checked, type: ValueType, value: Value): Value {
  switch (type) {
    case 'i32':
      return checked('wasm_to_i32', [value]);
    case 'f32':
      return builder.op('f32.demote_f64', [checked('wasm_to_f64', [value])]);
    case 'f64':
      return checked('wasm_to_f64', [value]);
    case 'i64':
      return checked('wasm_to_i64', [value]);
    case 'externref':
      return callOne(builder, 'wasm_extern', value);
    case 'funcref':
      return checked('wasm_to_funcref', [value]);
  }
}

export function resultsFromHost(builder: Builder, checked: Checked, types: readonly ValueType[], value: Value): Value[] {
  if (types.length <= 1) return types.map((type) => fromHost(builder, checked, type, value));
  const items = types.map((_, index) => checked('wasm_item', [value, builder.i32(index), builder.i32(types.length)]));
  return types.map((type, index) => fromHost(builder, checked, type, items[index] ?? value));
}

/** An array object of boxed values. */
export function arrayOf(builder: Builder, values: readonly Value[]): Value {
  const array = callOne(builder, 'alloc_array', builder.i32(values.length));
  if (values.length === 0) return array;
  const slots = builder.load('ref', array, ARRAY.data);
  values.forEach((value, index) => builder.store('val', slots, SLOTS.data + 8 * index, value));
  builder.store('i32', array, ARRAY.length, builder.i32(values.length));
  return array;
}
