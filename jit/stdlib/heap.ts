/**
 * The heap of a task: bump allocation in the current run, a slow path that takes blocks, and the makers of the objects
 * whose layout jit/abi.ts fixes.
 *
 * H1: fresh objects are zero behind their header words. H2: every block of a heap, from its header to its end, is a row
 * of objects that `size_of` can walk, once `close_run` has covered the unused rest with an object of kind `free`.
 * H3: HEADER.heapBytes is the sum of the heap's blocks and never exceeds HEADER.heapCap.
 */
import {
  ABSENT, ARRAY, BLOB, BLOCK, CELL, CLOSURE, HEADER, KIND, OBJECT, OBJECT_HEADER, SHAPE, SLOTS, TRAP, UNDEFINED, kindShape,
} from '../abi.js';
import { block_alloc, block_bytes, block_bytes_for } from './blocks.js';
import { collect_at_cap, collect_if_due } from './collector.js';
import { charge } from './fuel.js';
import { kind_of } from './kinds.js';
import { close_run, count_allocated, cover, find_run, list_run, take_run } from './runs.js';
import {
  elementAddress, globals, gtu, load32, loadVal, ltu, refAt, store32, storeRef, storeVal, trap, type i32, type ref, type val,
} from './intrinsics.js';

export { charge, close_run, kind_of };

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

/** What larger objects need is not looked for among the runs. */
const LARGEST_IN_RUN = 4096;

/** Collects if it is time, then allocates from the next run that the last sweep found, or from a new block. */
function alloc_slow(size: i32, shape: ref): ref {
  if (gtu(size, 0x7ff00000)) out_of_memory(size);
  collect_if_due();
  if (size <= LARGEST_IN_RUN && take_run(size)) return bump(size, shape);
  let block: i32 = heap_block(size + BLOCK.header);
  if (block === 0) {
    if (find_run(size)) return bump(size, shape);
    if (!collect_at_cap()) beyond_cap(size);
    if (find_run(size)) return bump(size, shape);
    block = heap_block(size + BLOCK.header);
    if (block === 0) beyond_cap(size);
  }
  return start_block(block, size, shape);
}

/** Takes the object from the current run, which has room for it. */
function bump(size: i32, shape: ref): ref {
  const object: ref = refAt(globals.next);
  globals.next = globals.next + size;
  storeRef(object, OBJECT_HEADER.shape, shape);
  if (load32(globals.header, HEADER.collectEvery) !== 0) put_back_run();
  return object;
}

/** Under HEADER.collectEvery each allocation takes the slow path. */
function put_back_run(): void {
  const from: i32 = globals.next;
  const end: i32 = globals.limit;
  globals.next = 0;
  globals.limit = 0;
  list_run(from, end);
}

/** The block's start becomes the object; the longer of its rest and the old run is the run from here on. */
function start_block(block: i32, size: i32, shape: ref): ref {
  const object: ref = refAt(block + BLOCK.header);
  storeRef(object, OBJECT_HEADER.shape, shape);
  const rest: i32 = block + BLOCK.header + size;
  const end: i32 = block + block_bytes(block);
  if (end - rest < globals.limit - globals.next) {
    cover(rest, end);
    return object;
  }
  close_run();
  globals.next = rest;
  globals.limit = end;
  if (load32(globals.header, HEADER.collectEvery) !== 0) put_back_run();
  return object;
}

/** Least size of a block of a heap, and what their addresses are multiples of (mark.ts). */
const LEAST_BLOCK = 256;

/** A block for at least `bytes`, linked into the heap and counted; small heaps grow by small blocks. 0 beyond the cap. */
function heap_block(bytes: i32): i32 {
  const used: i32 = load32(globals.header, HEADER.heapBytes);
  let want: i32 = 65536;
  if (used < 512) want = LEAST_BLOCK;
  else if (used < 4096) want = 1024;
  else if (used < 65536) want = 4096;
  if (want < bytes) want = bytes;
  let whole: i32 = block_bytes_for(want);
  const room: i32 = load32(globals.header, HEADER.heapCap) - used;
  if (gtu(whole, room)) whole = least_block_bytes(bytes);
  if (room < 0 || gtu(whole, room)) return 0;
  charge(whole >> 8);
  const block: i32 = block_alloc(whole);
  store32(block, BLOCK.used, whole);
  store32(block, BLOCK.next, load32(globals.header, HEADER.blocks));
  store32(globals.header, HEADER.blocks, block);
  store32(globals.header, HEADER.heapBytes, used + whole);
  count_allocated(whole);
  return block;
}

function least_block_bytes(bytes: i32): i32 {
  return block_bytes_for(bytes < LEAST_BLOCK ? LEAST_BLOCK : bytes);
}

function beyond_cap(size: i32): void {
  out_of_memory(load32(globals.header, HEADER.heapBytes) + least_block_bytes(size + BLOCK.header));
}

function out_of_memory(bytes: i32): void {
  store32(globals.header, HEADER.trapDetail, bytes);
  trap(TRAP.memory);
}

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
