/**
 * Instances of WebAssembly modules in this task, and the host values that externrefs stand for.
 *
 * Blobs are reached by plain addresses; what keeps them alive is their slot in HEADER.environment.
 */
import { ARRAY, BLOB, HEADER, NULL, WASM_SLOT } from '../abi.js';
import { array_reserve } from './arrays.js';
import { environment_grow } from './environment.js';
import { alloc_array, alloc_blob, slots_get, slots_set } from './heap.js';
import { boxObject, elementAddress, globals, isObject, load32, loadRef, store32, unboxRef } from './intrinsics.js';
import type { i32, ref, val } from './intrinsics.js';

/** Makes the slots of all instances. */
export function wasm_begin(slotCount: i32): void {
  environment_grow(slotCount);
}

/** Zeroed bytes that stay as long as the slot holds them; gives their address. */
export function wasm_bytes(slot: i32, byteLength: i32): i32 {
  const blob: ref = alloc_blob(byteLength);
  slots_set(loadRef(globals.header, HEADER.environment), slot, boxObject(blob));
  return elementAddress(blob, 0, BLOB.data);
}

/** The address that `wasm_bytes` gave for this slot. */
export function wasm_instance(slot: i32): i32 {
  const blob: ref = unboxRef(slots_get(loadRef(globals.header, HEADER.environment), slot));
  return elementAddress(blob, 0, BLOB.data);
}

/** An externref for a value; null is null. It stands for the value as long as the task lives. */
export function wasm_extern(v: val): i32 {
  if (v === NULL) return 0;
  const slots: ref = loadRef(globals.header, HEADER.environment);
  if (!isObject(slots_get(slots, WASM_SLOT.externs))) slots_set(slots, WASM_SLOT.externs, boxObject(alloc_array(4)));
  const externs: ref = unboxRef(slots_get(slots, WASM_SLOT.externs));
  const count: i32 = load32(externs, ARRAY.length);
  array_reserve(externs, count + 1);
  slots_set(loadRef(externs, ARRAY.data), count, v);
  store32(externs, ARRAY.length, count + 1);
  return count + 1;
}

/** The value behind an externref. */
export function wasm_extern_value(extern: i32): val {
  if (extern === 0) return NULL;
  const externs: ref = unboxRef(slots_get(loadRef(globals.header, HEADER.environment), WASM_SLOT.externs));
  return slots_get(loadRef(externs, ARRAY.data), extern - 1);
}
