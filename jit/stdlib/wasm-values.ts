/**
 * Values of WebAssembly guests as boxed values: inside, as results of async functions, and at the border, as JavaScript's.
 *
 * W2: inside, 64 bits that are no tagged value stand for themselves, others in a BLOB: so no bits of a guest look like a pointer.
 */
import { ARRAY, BLOB, FIRST_TAGGED, KIND, NULL, STRING, UNDEFINED } from '../abi.js';
import { array_get } from './arrays.js';
import { type_error } from './errors.js';
import { alloc_blob, charge, kind_of } from './heap.js';
import {
  add64, boxF64, boxObject, boxString, divu64, elementAddress, isString, load32, load64, load8, ltu64, mul64, remu64, store32, store64, store8, str, sub64, toI64u,
  unboxRef, valBits, valOfBits, wrap,
} from './intrinsics.js';
import type { bool, f64, i32, i64, ref, val } from './intrinsics.js';
import { to_int32, to_number } from './operators.js';
import { flat_new_one } from './strings.js';

export function wasm_box(bits: i64): val {
  if (ltu64(bits, valBits(FIRST_TAGGED))) return valOfBits(bits);
  const blob: ref = alloc_blob(8);
  store64(blob, BLOB.data, bits);
  return boxObject(blob);
}

export function wasm_unbox(v: val): i64 {
  if (ltu64(valBits(v), valBits(FIRST_TAGGED))) return valBits(v);
  return load64(unboxRef(v), BLOB.data);
}

/** A number whose bits came from the guest: its NaN becomes canonical (B1). */
export function wasm_number(x: f64): val {
  return x === x ? boxF64(x) : boxF64(NaN);
}

/** What the host gave for an i32, as WebAssembly's JavaScript interface converts it. */
export function wasm_to_i32(v: val): i32 {
  return to_int32(to_number(v));
}

export function wasm_to_f64(v: val): f64 {
  return to_number(v);
}

/** i64 crosses the border as its decimal digits; the embedder's side makes bigints of them. */
export function wasm_from_i64(bits: i64): val {
  const negative: bool = bits < 0n;
  const magnitude: i64 = negative ? sub64(0n, bits) : bits;
  let length: i32 = negative ? 2 : 1;
  for (let rest: i64 = divu64(magnitude, 10n); rest !== 0n; rest = divu64(rest, 10n)) length = length + 1;
  const digits: ref = flat_new_one(length);
  let rest: i64 = magnitude;
  for (let i: i32 = length - 1; i >= (negative ? 1 : 0); i--) {
    store8(elementAddress(digits, i, STRING.units), 0, 48 + wrap(remu64(rest, 10n)));
    rest = divu64(rest, 10n);
  }
  if (negative) store8(elementAddress(digits, 0, STRING.units), 0, 45);
  return boxString(digits);
}

export function wasm_to_i64(v: val): i64 {
  if (!isString(v) || kind_of(v) !== KIND.stringOne) throw type_error(str('an i64 is a bigint'));
  const digits: ref = unboxRef(v);
  const negative: bool = load8(elementAddress(digits, 0, STRING.units), 0) === 45;
  let bits: i64 = 0n;
  for (let i: i32 = negative ? 1 : 0; i < load32(digits, STRING.length); i++) {
    bits = add64(mul64(bits, 10n), toI64u(load8(elementAddress(digits, i, STRING.units), 0) - 48));
  }
  return negative ? sub64(0n, bits) : bits;
}

export function wasm_from_funcref(reference: i32): val {
  if (reference === 0) return NULL;
  throw type_error(str('a funcref cannot leave its module'));
}

export function wasm_to_funcref(v: val): i32 {
  if (v === NULL || v === UNDEFINED) return 0;
  throw type_error(str('a funcref cannot come from outside of its module'));
}

/** One of `count` results that the host gave as an array. */
export function wasm_item(v: val, index: i32, count: i32): val {
  if (kind_of(v) !== KIND.array || load32(unboxRef(v), ARRAY.length) !== count) throw type_error(str('several results are an array of as many'));
  return array_get(unboxRef(v), index);
}

/** Makes references of offsets into an instance's record: what is 0 stays null. */
export function wasm_references(to: i32, from: i32, count: i32, base: i32): void {
  charge(count >> 2);
  for (let i: i32 = 0; i < count; i++) {
    const offset: i32 = load32(from + (i << 2), 0);
    store32(to + (i << 2), 0, offset === 0 ? 0 : base + offset);
  }
}
