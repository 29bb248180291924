/**
 * Tables of WebAssembly guests: WASM_TABLE over a BLOB of i32 elements. What they point to is kept alive elsewhere:
 * functions by their instances, externs by the task.
 */
import { TRAP, WASM_TABLE } from '../abi.js';
import { charge } from './fuel.js';
import { copyBytes, gtu, load32, store32, trap } from './intrinsics.js';
import type { i32 } from './intrinsics.js';
import { wasm_bytes } from './wasm-instance.js';
import { wasm_within } from './wasm-memory.js';

/** Elements of a table at most, so that it stays a small part of what a task may hold. */
const MOST_ELEMENTS = 10000000;

export function wasm_table_new(table: i32, length: i32, maximum: i32, slot: i32): void {
  if (gtu(length, MOST_ELEMENTS)) trap(TRAP.memory);
  store32(table, WASM_TABLE.data, wasm_bytes(slot, length << 2));
  store32(table, WASM_TABLE.length, length);
  store32(table, WASM_TABLE.capacity, length);
  store32(table, WASM_TABLE.maximum, maximum);
  store32(table, WASM_TABLE.slot, slot);
}

function element(table: i32, index: i32): i32 {
  if (!gtu(load32(table, WASM_TABLE.length), index)) trap(TRAP.tableBounds);
  return load32(table, WASM_TABLE.data) + (index << 2);
}

export function wasm_table_get(table: i32, index: i32): i32 {
  return load32(element(table, index), 0);
}

export function wasm_table_set(table: i32, index: i32, value: i32): void {
  store32(element(table, index), 0, value);
}

/** The old length, or -1 beyond the maximum. */
export function wasm_table_grow(table: i32, value: i32, delta: i32): i32 {
  const length: i32 = load32(table, WASM_TABLE.length);
  if (gtu(delta, load32(table, WASM_TABLE.maximum) - length)) return -1;
  if (gtu(delta, MOST_ELEMENTS) || gtu(length + delta, MOST_ELEMENTS)) return -1;
  const wanted: i32 = length + delta;
  if (wanted > load32(table, WASM_TABLE.capacity)) {
    let capacity: i32 = length + (length >> 1);
    if (capacity < wanted) capacity = wanted;
    const from: i32 = load32(table, WASM_TABLE.data);
    const to: i32 = wasm_bytes(load32(table, WASM_TABLE.slot), capacity << 2);
    charge(length >> 4);
    copyBytes(to, from, length << 2);
    store32(table, WASM_TABLE.data, to);
    store32(table, WASM_TABLE.capacity, capacity);
  }
  store32(table, WASM_TABLE.length, wanted);
  wasm_table_fill(table, length, value, delta);
  return length;
}

export function wasm_table_fill(table: i32, at: i32, value: i32, count: i32): void {
  if (!wasm_within(at, count, load32(table, WASM_TABLE.length))) trap(TRAP.tableBounds);
  charge(count >> 2);
  const data: i32 = load32(table, WASM_TABLE.data) + (at << 2);
  for (let i: i32 = 0; i < count; i++) store32(data + (i << 2), 0, value);
}

export function wasm_table_copy(to: i32, from: i32, toAt: i32, fromAt: i32, count: i32): void {
  if (!wasm_within(fromAt, count, load32(from, WASM_TABLE.length))) trap(TRAP.tableBounds);
  wasm_table_init(to, load32(from, WASM_TABLE.data), load32(from, WASM_TABLE.length), toAt, fromAt, count);
}

/** Copies of the references that start at an address; a dropped segment has the length 0. */
export function wasm_table_init(table: i32, items: i32, itemCount: i32, to: i32, from: i32, count: i32): void {
  if (!wasm_within(from, count, itemCount)) trap(TRAP.tableBounds);
  if (!wasm_within(to, count, load32(table, WASM_TABLE.length))) trap(TRAP.tableBounds);
  charge(count >> 4);
  copyBytes(load32(table, WASM_TABLE.data) + (to << 2), items + (from << 2), count << 2);
}
