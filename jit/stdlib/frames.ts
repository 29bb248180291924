/**
 * Frames of suspended async calls: allocation, reuse.
 *
 * F1: a frame on a free list is settled, so nobody takes it for a waiting strand.
 * F2: slots behind the header are left as they were when the next owner has the same shape, else zeroed: what they hold
 *     is a value of the right type either way. A collection drops the free lists, so they never name what it freed.
 * F3: a frame takes whole steps of 16 bytes, whatever its shape uses of them (size_of).
 */
import { HEADER, OBJECT_HEADER, PROMISE, SETTLED, SHAPE, UNDEFINED } from '../abi.js';
import { alloc } from './heap.js';
import { elementAddress, globals, load32, loadRef, store32, store64, storeRef, storeVal } from './intrinsics.js';
import type { i32, ref } from './intrinsics.js';

/** Frames of more bytes have no free list. */
const LARGEST_LISTED = 272;

/** Head of the free list of frames of `size` bytes, less HEADER.freeFrames. */
function free_list(size: i32): i32 {
  return globals.header + ((size - PROMISE.bytes) >> 2);
}

/** Makes memory of `size` bytes, new or another frame's, a frame of this shape. */
function shape_frame(frame: ref, shape: ref, size: i32): void {
  storeRef(frame, OBJECT_HEADER.shape, shape);
  for (let at: i32 = PROMISE.bytes; at < size; at += 8) store64(elementAddress(frame, at, 0), 0, 0n);
}

/** A pending frame of this shape; the caller sets PROMISE.func and its slots. */
export function frame_alloc(shape: ref): ref {
  const size: i32 = (load32(shape, SHAPE.inlineCapacity) + 15) & -16;
  let frame: ref = 0;
  if (size <= LARGEST_LISTED) {
    const list: i32 = free_list(size);
    frame = loadRef(list, HEADER.freeFrames);
    if (frame !== 0) storeRef(list, HEADER.freeFrames, loadRef(frame, PROMISE.link));
  }
  if (frame === 0) {
    frame = alloc(size, shape);
    shape_frame(frame, shape, size);
  } else if (loadRef(frame, OBJECT_HEADER.shape) !== shape) {
    shape_frame(frame, shape, size);
  }
  storeRef(frame, PROMISE.link, 0);
  store32(frame, PROMISE.state, 0);
  storeVal(frame, PROMISE.value, UNDEFINED);
  return frame;
}

/** Gives back a frame that nobody names any more. */
export function frame_release(frame: ref): void {
  const size: i32 = (load32(loadRef(frame, OBJECT_HEADER.shape), SHAPE.inlineCapacity) + 15) & -16;
  store32(frame, PROMISE.state, SETTLED.fulfilled);
  storeRef(frame, PROMISE.reactions, 0);
  if (size > LARGEST_LISTED) return;
  const list: i32 = free_list(size);
  storeRef(frame, PROMISE.link, loadRef(list, HEADER.freeFrames));
  storeRef(list, HEADER.freeFrames, frame);
}
