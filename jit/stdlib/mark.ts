/**
 * Marking: finds what can be reached, with an explicit stack in memory outside the heap.
 *
 *   workspace  | WORK words | bitmap: a bit per 256 bytes of address space, set where this heap has blocks | mark stack |
 *
 * M1: only addresses inside the heap's blocks are touched, so static data, shapes of kinds, descriptors and null may
 *     stand wherever a pointer may.
 * M2: an object is marked before it is pushed. Where the stack is full it is marked and queued instead, and the heap is
 *     walked for queued objects once the stack is empty. The stack grows with the heap, so few walks are ever needed.
 * M3: an object with many slots is traced in parts, so its width does not fill the stack.
 */
import {
  ABORT, ABORT_CONTROLLER, ARRAY, BLOCK, CELL, CLOSURE, FUNCTION_INFO, GENERATOR, HEADER, ITERATOR, KIND, MAP, META, OBJECT, OBJECT_HEADER, PROMISE, PROPERTY, PROMISE_STATE, REACTION, REGEXP,
  SETTLED, SHAPE, SLOTS, STRING, BLOB, TAG, TRAP,
} from '../abi.js';
import { block_alloc, block_bytes } from './blocks.js';
import { addressOf, fillBytes, globals, load32, load8, loadVal, ltu, refAt, store32, store8, tagOf, trap, unboxRef } from './intrinsics.js';
import type { bool, i32, val } from './intrinsics.js';
import { size_of } from './object-size.js';

/** Words of the workspace. `low`: address of the bitmap's first bit; `span`: bytes that it covers; `bits`: its address. */
export const WORK = { low: 16, span: 20, bits: 24, stack: 28, top: 32, end: 36, overflow: 40, bytes: 48 } as const;

/** A block of a heap is a multiple of this and aligned to it, or to its own size. */
export const GRANULE_SHIFT = 8;
/** The mark stack's share of the heap, and its least size. */
const STACK_SHIFT = 6;
const LEAST_STACK = 1024;
/** Slots that are traced at once (M3). */
const PART = 256;

/** A workspace for the heap as it is; the caller frees it. */
export function mark_begin(): i32 {
  const header: i32 = globals.header;
  let low: i32 = 0x7fffffff;
  let high: i32 = 0;
  for (let block: i32 = load32(header, HEADER.blocks); block !== 0; block = load32(block, BLOCK.next)) {
    if (block < low) low = block;
    const end: i32 = block + block_bytes(block);
    if (end > high) high = end;
  }
  low = low & -65536;
  const bitmapBytes: i32 = (((high - low) >> (GRANULE_SHIFT + 3)) + 8) & -8;
  const stackBytes: i32 = LEAST_STACK + ((load32(header, HEADER.heapBytes) >> STACK_SHIFT) & -8);
  const work: i32 = block_alloc(WORK.bytes + bitmapBytes + stackBytes);
  const bits: i32 = work + WORK.bytes;
  store32(work, WORK.low, low);
  store32(work, WORK.span, high - low);
  store32(work, WORK.bits, bits);
  store32(work, WORK.stack, bits + bitmapBytes);
  store32(work, WORK.top, bits + bitmapBytes);
  store32(work, WORK.end, bits + bitmapBytes + stackBytes);
  for (let block: i32 = load32(header, HEADER.blocks); block !== 0; block = load32(block, BLOCK.next)) {
    set_bits(bits, block - low, block_bytes(block));
  }
  return work;
}

/** Blocks of 2 KiB and more have whole bytes of the bitmap, smaller ones bits of one byte. */
function set_bits(bits: i32, offset: i32, blockBytes: i32): void {
  const at: i32 = bits + (offset >> (GRANULE_SHIFT + 3));
  if (blockBytes >= 2048) {
    fillBytes(at, 255, blockBytes >> (GRANULE_SHIFT + 3));
    return;
  }
  const mask: i32 = ((1 << (blockBytes >> GRANULE_SHIFT)) - 1) << ((offset >> GRANULE_SHIFT) & 7);
  store8(at, 0, load8(at, 0) | mask);
}

/** Whether this is an address within the heap's blocks (M1). */
function in_heap(work: i32, address: i32): bool {
  const offset: i32 = address - load32(work, WORK.low);
  if (!ltu(offset, load32(work, WORK.span))) return false;
  return ((load8(load32(work, WORK.bits) + (offset >> (GRANULE_SHIFT + 3)), 0) >> ((offset >> GRANULE_SHIFT) & 7)) & 1) !== 0;
}

/** Marks the object at this address, if it is one of this heap, and sees to it that it will be traced. */
export function mark_object(work: i32, object: i32): void {
  if (!in_heap(work, object)) return;
  const meta: i32 = load32(object, OBJECT_HEADER.meta);
  if ((meta & META.marked) !== 0) return;
  const top: i32 = load32(work, WORK.top);
  if (top < load32(work, WORK.end)) {
    store32(object, OBJECT_HEADER.meta, meta | META.marked);
    store32(top, 0, object);
    store32(work, WORK.top, top + 4);
  } else {
    store32(object, OBJECT_HEADER.meta, meta | META.marked | META.queued);
    store32(work, WORK.overflow, 1);
  }
}

export function mark_value(work: i32, v: val): void {
  if (tagOf(v) >= TAG.object) mark_object(work, addressOf(unboxRef(v)));
}

/** Marks the boxed values from `from` to before `end`. */
function mark_values(work: i32, from: i32, end: i32): void {
  for (let at: i32 = from; at < end; at += 8) mark_value(work, loadVal(at, 0));
}

/** Marks the pointers from `from` to before `end`. */
function mark_pointers(work: i32, from: i32, end: i32): void {
  for (let at: i32 = from; at < end; at += 4) mark_object(work, load32(at, 0));
}

/** Traces until the stack is empty and nothing is queued. */
export function mark_all(work: i32): void {
  drain(work);
  while (load32(work, WORK.overflow) !== 0) {
    store32(work, WORK.overflow, 0);
    for (let block: i32 = load32(globals.header, HEADER.blocks); block !== 0; block = load32(block, BLOCK.next)) {
      drain_queued(work, block);
    }
  }
}

/** Traces the queued objects of a block, and what they lead to (M2). */
function drain_queued(work: i32, block: i32): void {
  const end: i32 = block + load32(block, BLOCK.used);
  let at: i32 = block + BLOCK.header;
  while (at < end) {
    const meta: i32 = load32(at, OBJECT_HEADER.meta);
    if ((meta & META.queued) !== 0) {
      store32(at, OBJECT_HEADER.meta, meta & ~META.queued);
      trace(work, at, 0);
      drain(work);
    }
    at += size_of(refAt(at));
  }
}

/** An entry is an object, or an object and above it the odd number 2 * slot + 1 at which tracing goes on. */
function drain(work: i32): void {
  const bottom: i32 = load32(work, WORK.stack);
  let top: i32 = load32(work, WORK.top);
  while (top !== bottom) {
    top -= 4;
    let object: i32 = load32(top, 0);
    let from: i32 = 0;
    if ((object & 1) !== 0) {
      from = object >> 1;
      top -= 4;
      object = load32(top, 0);
    }
    store32(work, WORK.top, top);
    trace(work, object, from);
    top = load32(work, WORK.top);
  }
}

function trace(work: i32, object: i32, from: i32): void {
  const shape: i32 = load32(object, OBJECT_HEADER.shape);
  switch (load32(shape, SHAPE.kind)) {
    case KIND.stringOne:
    case KIND.stringTwo:
    case KIND.blob:
    case KIND.date:
      return;
    case KIND.slots:
      trace_slots(work, object, from);
      return;
    case KIND.array:
      mark_object(work, load32(object, ARRAY.data));
      mark_object(work, load32(object, ARRAY.extra));
      return;
    case KIND.object:
    case KIND.error:
    case KIND.dictionary:
      mark_object(work, shape);
      mark_object(work, load32(object, OBJECT.overflow));
      mark_object(work, load32(object, OBJECT.trace));
      mark_values(work, object + OBJECT.slots, object + OBJECT.slots + (load32(shape, SHAPE.inlineCapacity) << 3));
      return;
    case KIND.rope:
      mark_object(work, load32(object, STRING.left));
      mark_object(work, load32(object, STRING.right));
      return;
    case KIND.slice:
      mark_object(work, load32(object, STRING.base));
      return;
    case KIND.cell:
      mark_value(work, loadVal(object, CELL.value));
      return;
    default:
      trace_further(work, object, shape);
  }
}

function trace_further(work: i32, object: i32, shape: i32): void {
  switch (load32(shape, SHAPE.kind)) {
    case KIND.closure:
      mark_object(work, shape);
      mark_values(work, object + CLOSURE.captures, object + CLOSURE.captures + (load32(load32(object, CLOSURE.info), FUNCTION_INFO.captureCount) << 3));
      return;
    case KIND.abortSignal:
      mark_values(work, object + ABORT.reason, object + ABORT.bytes);
      return;
    case KIND.abortController:
      mark_value(work, loadVal(object, ABORT_CONTROLLER.signal));
      return;
    case KIND.property:
      mark_values(work, object + PROPERTY.getter, object + PROPERTY.bytes);
      return;
    case KIND.promise:
      trace_promise(work, object);
      return;
    case KIND.frame:
      trace_promise(work, object);
      trace_frame(work, object, shape);
      return;
    case KIND.reaction:
      mark_object(work, load32(object, REACTION.link));
      mark_object(work, load32(object, REACTION.derived));
      mark_values(work, object + REACTION.onFulfilled, object + REACTION.bytes);
      return;
    case KIND.map:
    case KIND.set:
    case KIND.weakMap:
    case KIND.weakSet:
      mark_object(work, load32(object, MAP.index));
      mark_object(work, load32(object, MAP.entries));
      return;
    case KIND.asyncGenerator:
      mark_values(work, object + GENERATOR.frame, object + GENERATOR.bytes);
      return;
    case KIND.generator:
    case KIND.iterator:
      mark_values(work, object + ITERATOR.target, object + ITERATOR.bytes);
      return;
    case KIND.shape:
      trace_shape(work, object);
      return;
    case KIND.bigint:
      return;
    case KIND.regexp:
      mark_pointers(work, object + REGEXP.program, object + REGEXP.names + 4);
      mark_value(work, loadVal(object, REGEXP.lastIndex));
      return;
    default:
      // A kind that nobody taught the collector of: object-size.ts and this file know the same ones.
      trap(TRAP.internal);
  }
}

function trace_slots(work: i32, slots: i32, from: i32): void {
  const length: i32 = load32(slots, SLOTS.length);
  let end: i32 = from + PART;
  if (length - from <= PART) end = length;
  else push_rest(work, slots, end);
  mark_values(work, slots + SLOTS.data + (from << 3), slots + SLOTS.data + (end << 3));
}

/** Goes on with these slots from `from` later. */
function push_rest(work: i32, slots: i32, from: i32): void {
  const top: i32 = load32(work, WORK.top);
  if (top + 4 < load32(work, WORK.end)) {
    store32(top, 0, slots);
    store32(top, 4, from * 2 + 1);
    store32(work, WORK.top, top + 8);
  } else {
    store32(slots, OBJECT_HEADER.meta, load32(slots, OBJECT_HEADER.meta) | META.queued);
    store32(work, WORK.overflow, 1);
  }
}

function trace_promise(work: i32, promise: i32): void {
  mark_object(work, load32(promise, PROMISE.link));
  mark_object(work, load32(promise, PROMISE.reactions));
  mark_value(work, loadVal(promise, PROMISE.value));
}

/** What a frame has saved; nothing of it matters once the frame is settled. */
function trace_frame(work: i32, frame: i32, shape: i32): void {
  if ((load32(frame, PROMISE.state) & PROMISE_STATE.settledMask) !== SETTLED.pending) return;
  const values: i32 = frame + PROMISE.bytes + load32(shape, SHAPE.rawBytes);
  const pointers: i32 = values + (load32(shape, SHAPE.valCount) << 3);
  mark_values(work, values, pointers);
  mark_pointers(work, pointers, pointers + (load32(shape, SHAPE.refCount) << 2));
}

/** A shape made at run time: its keys, the BLOB that they lie in (shared with relatives), and its parent. */
function trace_shape(work: i32, shape: i32): void {
  mark_object(work, load32(shape, SHAPE.parent));
  const keys: i32 = load32(shape, SHAPE.keys);
  if (!in_heap(work, keys)) return;
  mark_object(work, keys - BLOB.data);
  mark_pointers(work, keys, keys + (load32(shape, SHAPE.keyCount) << 2));
}
