/**
 * What the code of an async body does at an await. The order of calls is:
 *
 *   await_start(v, mode) or await_called(v, status, mode)   1 or 2: go on with globals.resumeValue (a value, an error)
 *        | 0                                                0: the frame has to wait
 *   save live values; await_suspend(frame); return pending
 *
 * A1: an await goes on inline only when the FIFO is empty and all callers on the stack are waiting in direct awaits
 *     themselves (mode 1 to MAX_INLINE_DEPTH): nobody could tell it from a turn. Everything else takes its turn.
 * A2: SETTLED and ASYNC agree on fulfilled and rejected, so a state is a status.
 */
import { ASYNC, HEADER, MAX_INLINE_DEPTH, PROMISE, PROMISE_STATE, SETTLED } from '../abi.js';
import { globals, isObject, load32, loadRef, loadVal, store32, storeRef, unboxRef } from './intrinsics.js';
import type { i32, ref, val } from './intrinsics.js';
import {
  enqueue, enqueue_frame, frame_ready, may_have_then, promise_alloc, promise_resolve, promise_resolve_value, promise_settle,
} from './promise-core.js';

/** In globals.resumeStatus between start and suspend: the frame gives up its slice and is resumed before all else. */
const YIELDS = 8;

/** Goes on inline with a settled outcome if A1 allows it, else prepares for await_suspend. */
function await_settled(value: val, status: i32, mode: i32): i32 {
  globals.resumeValue = value;
  globals.awaited = 0;
  globals.resumeStatus = status;
  const header: i32 = globals.header;
  if (mode === 0 || mode > MAX_INLINE_DEPTH || loadRef(header, HEADER.fifoHead) !== 0) return 0;
  if (load32(header, HEADER.yieldRequested) === 0) return status;
  globals.resumeStatus = status | YIELDS;
  return 0;
}

function await_promise(promise: ref, mode: i32): i32 {
  const state: i32 = load32(promise, PROMISE.state);
  store32(promise, PROMISE.state, state | PROMISE_STATE.handled);
  const status: i32 = state & PROMISE_STATE.settledMask;
  if (status !== SETTLED.pending) return await_settled(loadVal(promise, PROMISE.value), status, mode);
  globals.awaited = promise;
  return 0;
}

/** `await v`. */
export function await_start(v: val, mode: i32): i32 {
  if (isObject(v) && may_have_then(unboxRef(v))) return await_promise(promise_resolve_value(v), mode);
  return await_settled(v, ASYNC.fulfilled, mode);
}

/** `await g()` after g has ended with this value and status, without having suspended. */
export function await_called(v: val, status: i32, mode: i32): i32 {
  if (status !== ASYNC.adopting) return await_settled(v, status, mode);
  const promise: ref = promise_alloc();
  promise_resolve(promise, v);
  return await_promise(promise, mode);
}

/** Lets a frame whose values are saved take its turn and go on with `v`, which is no object. */
export function await_turn(frame: ref, v: val, mode: i32): void {
  const header: i32 = globals.header;
  frame_ready(frame, ASYNC.fulfilled, v);
  if (loadRef(header, HEADER.fifoHead) !== 0) {
    storeRef(frame, PROMISE.link, 0);
    storeRef(loadRef(header, HEADER.fifoTail), PROMISE.link, frame);
    storeRef(header, HEADER.fifoTail, frame);
  } else if (mode === 0 || mode > MAX_INLINE_DEPTH) {
    enqueue(frame);
  } else {
    // Nobody is before it, so it is the slice that is used up.
    storeRef(header, HEADER.current, frame);
  }
}

/** Lets a frame whose values are saved wait for what await_start found. */
export function await_suspend(frame: ref): void {
  const promise: ref = globals.awaited;
  if (promise !== 0) {
    storeRef(frame, PROMISE.link, loadRef(promise, PROMISE.reactions));
    storeRef(promise, PROMISE.reactions, frame);
    globals.awaited = 0;
  } else if (globals.resumeStatus > YIELDS) {
    frame_ready(frame, globals.resumeStatus - YIELDS, globals.resumeValue);
    storeRef(globals.header, HEADER.current, frame);
  } else {
    enqueue_frame(frame, globals.resumeStatus, globals.resumeValue);
  }
}

/** Lets `frame` wait for a callee that has suspended and that only this await knows. */
export function frame_link(callee: ref, frame: ref): void {
  storeRef(frame, PROMISE.link, 0);
  storeRef(callee, PROMISE.reactions, frame);
  store32(callee, PROMISE.state, load32(callee, PROMISE.state) | PROMISE_STATE.handled | PROMISE_STATE.direct);
}

/** Status of an async body that returns `v`. */
export function return_status(v: val): i32 {
  if (isObject(v) && may_have_then(unboxRef(v))) return ASYNC.adopting;
  return ASYNC.fulfilled;
}

/** The promise of an async call that ended without having suspended. */
export function promise_of(v: val, status: i32): ref {
  const promise: ref = promise_alloc();
  if (status === ASYNC.adopting) promise_resolve(promise, v);
  else promise_settle(promise, status, v);
  return promise;
}
