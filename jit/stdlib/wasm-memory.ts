/**
 * Memories of WebAssembly guests: WASM_MEMORY over a BLOB that grows by moving, never beyond the task's own cap.
 *
 * Bounds are checked in 64 bits before anything is written; bulk work pays by bytes.
 */
import { HEADER, TRAP, WASM_MEMORY, WASM_MOST_PAGES, WASM_PAGE_BYTES } from '../abi.js';
import { block_bytes_for } from './blocks.js';
import { collect_at_cap } from './collector.js';
import { charge } from './fuel.js';
import { add64, copyBytes, divu, fillBytes, globals, gtu, load32, ltu64, store32, toI64u, trap } from './intrinsics.js';
import type { bool, i32, i64 } from './intrinsics.js';
import { wasm_bytes } from './wasm-instance.js';

/** Blob and block headers, and what rounding may add. */
const OVERHEAD = 64;

/** True if `count` from `at` on lie within `length`, all unsigned. */
export function wasm_within(at: i32, count: i32, length: i32): bool {
  const end: i64 = add64(toI64u(at), toI64u(count));
  return !ltu64(toI64u(length), end);
}

export function wasm_memory_new(memory: i32, pages: i32, maximumPages: i32, slot: i32): void {
  if (gtu(pages, WASM_MOST_PAGES)) {
    store32(globals.header, HEADER.trapDetail, WASM_MOST_PAGES * WASM_PAGE_BYTES);
    trap(TRAP.memory);
  }
  const bytes: i32 = pages * WASM_PAGE_BYTES;
  store32(memory, WASM_MEMORY.data, wasm_bytes(slot, bytes));
  store32(memory, WASM_MEMORY.bytes, bytes);
  store32(memory, WASM_MEMORY.capacity, bytes);
  store32(memory, WASM_MEMORY.maximumPages, maximumPages);
  store32(memory, WASM_MEMORY.slot, slot);
}

/** Bytes that the heap may still grow by. */
function room(): i32 {
  return load32(globals.header, HEADER.heapCap) - load32(globals.header, HEADER.heapBytes);
}

/** True if a blob of so many bytes fits under the task's cap, after a collection if need be. */
function has_room(bytes: i32): bool {
  const whole: i32 = block_bytes_for(bytes + OVERHEAD);
  if (whole <= room()) return true;
  return collect_at_cap() && whole <= room();
}

/** The old size in pages, or -1: beyond the memory's maximum, or the task's cap. */
export function wasm_memory_grow(memory: i32, delta: i32): i32 {
  const bytes: i32 = load32(memory, WASM_MEMORY.bytes);
  const pages: i32 = divu(bytes, WASM_PAGE_BYTES);
  if (gtu(delta, load32(memory, WASM_MEMORY.maximumPages) - pages)) return -1;
  if (gtu(pages + delta, WASM_MOST_PAGES)) return -1;
  const wanted: i32 = bytes + delta * WASM_PAGE_BYTES;
  if (wanted > load32(memory, WASM_MEMORY.capacity) && !move_to(memory, wanted)) return -1;
  store32(memory, WASM_MEMORY.bytes, wanted);
  return pages;
}

/** Gives the memory a larger blob, by half again if there is room for that; false if there is none for `wanted`. */
function move_to(memory: i32, wanted: i32): bool {
  const bytes: i32 = load32(memory, WASM_MEMORY.bytes);
  let capacity: i32 = bytes + (bytes >> 1);
  if (capacity < wanted || !has_room(capacity)) capacity = wanted;
  if (!has_room(capacity)) return false;
  const from: i32 = load32(memory, WASM_MEMORY.data);
  const to: i32 = wasm_bytes(load32(memory, WASM_MEMORY.slot), capacity);
  charge(bytes >> 6);
  copyBytes(to, from, bytes);
  store32(memory, WASM_MEMORY.data, to);
  store32(memory, WASM_MEMORY.capacity, capacity);
  return true;
}

/** Traps if these bytes are not all within the memory; pays for them. */
function reach(memory: i32, at: i32, count: i32): void {
  if (!wasm_within(at, count, load32(memory, WASM_MEMORY.bytes))) trap(TRAP.memoryBounds);
  charge(count >> 6);
}

export function wasm_memory_fill(memory: i32, to: i32, byte: i32, count: i32): void {
  reach(memory, to, count);
  fillBytes(load32(memory, WASM_MEMORY.data) + to, byte, count);
}

export function wasm_memory_copy(memory: i32, to: i32, from: i32, count: i32): void {
  if (!wasm_within(from, count, load32(memory, WASM_MEMORY.bytes))) trap(TRAP.memoryBounds);
  reach(memory, to, count);
  const data: i32 = load32(memory, WASM_MEMORY.data);
  copyBytes(data + to, data + from, count);
}

/** Copies of a segment, whose bytes start at an address; a dropped one has the length 0. */
export function wasm_memory_init(memory: i32, segment: i32, segmentLength: i32, to: i32, from: i32, count: i32): void {
  if (!wasm_within(from, count, segmentLength)) trap(TRAP.memoryBounds);
  reach(memory, to, count);
  copyBytes(load32(memory, WASM_MEMORY.data) + to, segment + from, count);
}
