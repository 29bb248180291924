/**
 * The heap of a task: bump allocation in the current run, a slow path that takes blocks, and the makers of the objects
 * whose layout jit/abi.ts fixes.
 *
 * H1: fresh objects are zero behind their header words. H2: every block of a heap, from its header to its end, is a row
 * of objects that `size_of` can walk, once `close_run` has covered the unused rest with an object of kind `free`.
 * H3: HEADER.heapBytes is the sum of the heap's blocks and never exceeds HEADER.heapCap.
 */
import {
  ABSENT, ARRAY, BLOB, BLOCK, CELL, CLOSURE, HEADER, KIND, META, OBJECT, OBJECT_HEADER, SHAPE, SLOTS, TRAP, UNDEFINED, kindShape,
} from '../abi.js';
import { block_alloc, block_bytes, block_bytes_for } from './blocks.js';
import { charge } from './fuel.js';
import { kind_of } from './kinds.js';
import {
  elementAddress, globals, gtu, load32, loadVal, ltu, refAt, store32, storeRef, storeVal, trap, type i32, type ref, type val,
} from './intrinsics.js';

export { charge, kind_of };

/** Most elements of a SLOTS object, so that sizes in bytes stay within i32. */
export const MAX_SLOTS = 0x0ffffff0;

/** A zeroed object of `bytes` with this shape; traps when the heap's cap is reached. */
export function alloc(bytes: i32, shape: ref): ref {
  const size: i32 = (bytes + 7) & -8;
  const at: i32 = globals.next;
  const end: i32 = (at + size) | 0;
  if (gtu(end, globals.limit)) return alloc_slow(size, shape);
  globals.next = end;
  const object: ref = refAt(at);
  storeRef(object, OBJECT_HEADER.shape, shape);
  return object;
}

/** Takes a block, whose start becomes the object; the longer of its rest and the old run is the run from here on. */
function alloc_slow(size: i32, shape: ref): ref {
  if (gtu(size, 0x7ff00000)) out_of_memory(size);
  const block: i32 = heap_block(size + BLOCK.header);
  const object: ref = refAt(block + BLOCK.header);
  storeRef(object, OBJECT_HEADER.shape, shape);
  const rest: i32 = block + BLOCK.header + size;
  const end: i32 = block + block_bytes(block);
  if (end - rest >= globals.limit - globals.next) {
    close_run();
    globals.next = rest;
    globals.limit = end;
  } else {
    cover(rest, end);
  }
  return object;
}

/** A block for at least `bytes`, linked into the heap and counted; small heaps grow by small blocks. */
function heap_block(bytes: i32): i32 {
  const used: i32 = load32(globals.header, HEADER.heapBytes);
  let want: i32 = 65536;
  if (used < 512) want = 256;
  else if (used < 4096) want = 1024;
  else if (used < 65536) want = 4096;
  if (want < bytes) want = bytes;
  let whole: i32 = block_bytes_for(want);
  const room: i32 = load32(globals.header, HEADER.heapCap) - used;
  if (gtu(whole, room)) whole = block_bytes_for(bytes);
  if (room < 0 || gtu(whole, room)) out_of_memory(used + whole);
  charge(whole >> 8);
  const block: i32 = block_alloc(whole);
  store32(block, BLOCK.used, whole);
  store32(block, BLOCK.next, load32(globals.header, HEADER.blocks));
  store32(globals.header, HEADER.blocks, block);
  store32(globals.header, HEADER.heapBytes, used + whole);
  return block;
}

function out_of_memory(bytes: i32): void {
  store32(globals.header, HEADER.trapDetail, bytes);
  trap(TRAP.memory);
}

/** Ends the current run: its unused rest becomes a free object, so that the heap can be walked. */
export function close_run(): void {
  cover(globals.next, globals.limit);
  globals.next = 0;
  globals.limit = 0;
}

/** Makes [from, end) one free object; 8 bytes hold no length word, so META.short stands for it. */
function cover(from: i32, end: i32): void {
  if (from === end) return;
  store32(from, OBJECT_HEADER.shape, kindShape(KIND.free));
  if (end - from === 8) store32(from, OBJECT_HEADER.meta, META.short);
  else store32(from, FREE_BYTES, end - from);
}

/** Where an object of kind `free` has its byte length. */
export const FREE_BYTES = 8;

// Makers --------------------------------------------------------------------------------------------------------------

/** An object of this shape, its inline slots undefined. */
export function alloc_object(shape: ref): ref {
  const capacity: i32 = load32(shape, SHAPE.inlineCapacity);
  const object: ref = alloc(OBJECT.slots + (capacity << 3), shape);
  for (let i: i32 = 0; i < capacity; i++) storeVal(elementAddress(object, i << 3, OBJECT.slots), 0, UNDEFINED);
  return object;
}

/** An array of length 0 with room for `capacity` elements. */
export function alloc_array(capacity: i32): ref {
  const array: ref = alloc(ARRAY.bytes, refAt(kindShape(KIND.array)));
  if (capacity > 0) {
    storeRef(array, ARRAY.data, alloc_slots(capacity));
    store32(array, ARRAY.capacity, capacity);
  }
  return array;
}

/** Boxed values, all the number 0. */
export function alloc_slots(count: i32): ref {
  if (gtu(count, MAX_SLOTS)) out_of_memory(count);
  const slots: ref = alloc(SLOTS.data + (count << 3), refAt(kindShape(KIND.slots)));
  store32(slots, SLOTS.length, count);
  return slots;
}

/** Bytes without pointers, all 0. */
export function alloc_blob(byteLength: i32): ref {
  if (gtu(byteLength, 0x7fe00000)) out_of_memory(byteLength);
  const blob: ref = alloc(BLOB.data + byteLength, refAt(kindShape(KIND.blob)));
  store32(blob, BLOB.byteLength, byteLength);
  return blob;
}

/** A closure, its captures undefined. */
export function alloc_closure(func: i32, info: ref, captureCount: i32): ref {
  const closure: ref = alloc(CLOSURE.captures + (captureCount << 3), refAt(kindShape(KIND.closure)));
  store32(closure, CLOSURE.func, func);
  storeRef(closure, CLOSURE.info, info);
  for (let i: i32 = 0; i < captureCount; i++) storeVal(elementAddress(closure, i << 3, CLOSURE.captures), 0, UNDEFINED);
  return closure;
}

export function alloc_cell(v: val): ref {
  const cell: ref = alloc(CELL.bytes, refAt(kindShape(KIND.cell)));
  storeVal(cell, CELL.value, v);
  return cell;
}

// Slots ---------------------------------------------------------------------------------------------------------------

export function slots_get(slots: ref, i: i32): val {
  return loadVal(elementAddress(slots, i << 3, SLOTS.data), 0);
}

export function slots_set(slots: ref, i: i32, v: val): void {
  storeVal(elementAddress(slots, i << 3, SLOTS.data), 0, v);
}

/** Writes `v` to the slots from `from` to before `end`. */
export function slots_fill(slots: ref, from: i32, end: i32, v: val): void {
  if (ltu(from, end)) charge((end - from) >> 2);
  for (let i: i32 = from; i < end; i++) storeVal(elementAddress(slots, i << 3, SLOTS.data), 0, v);
}

/** Boxed values, all absent. */
export function alloc_slots_absent(count: i32): ref {
  const slots: ref = alloc_slots(count);
  slots_fill(slots, 0, count, ABSENT);
  return slots;
}
