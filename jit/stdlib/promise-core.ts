/**
 * Promises: states, waiters, the FIFO of ready jobs, the resolve procedure of the language.
 *
 * Needs the allocator (fresh objects are zero, H1) and property access. A suspended frame is a promise too: all of this works on both.
 * P1: a promise settles once; its waiters then become jobs, all of them, in the order in which they came.
 * P2: an object stands in at most one list at a time (waiters, FIFO, unhandled), linked through its `link` word.
 * P3: a rejected promise that nobody handled stands in the list of roots[ROOT.unhandled], latest first.
 * P4: a direct frame is known to its one waiter alone; it returns to the free list as soon as it settles.
 * P5: nothing here throws: compiled code calls it where no error edge is (awaits, returns, the driver).
 */
import {
  CANCEL, HEADER, KIND, OBJECT_HEADER, PROMISE, PROMISE_STATE, REACTION, ROOT, SETTLED, SHAPE, SHAPE_FLAGS, UNDEFINED, kindShape,
} from '../abi.js';
import { frame_release } from './frames.js';
import { alloc } from './heap.js';
import { type_error } from './errors.js';
import {
  boxObject, caught, globals, isObject, load32, load8, loadRef, loadVal, refAt, store32, store8, storeRef, storeVal, str, unboxRef,
} from './intrinsics.js';
import type { bool, i32, ref, val } from './intrinsics.js';
import { JOB } from './job-kinds.js';
import { kind_of, root_get, root_set } from './kinds.js';
import { get_field } from './properties.js';

// Making --------------------------------------------------------------------------------------------------------------

/** A pending promise. */
export function promise_alloc(): ref {
  const promise: ref = alloc(PROMISE.bytes, refAt(kindShape(KIND.promise)));
  storeVal(promise, PROMISE.value, UNDEFINED);
  return promise;
}

export function reaction_new(kind: i32, derived: ref, onFulfilled: val, onRejected: val): ref {
  const reaction: ref = alloc(REACTION.bytes, refAt(kindShape(KIND.reaction)));
  store32(reaction, REACTION.kind, kind);
  storeRef(reaction, REACTION.derived, derived);
  storeVal(reaction, REACTION.onFulfilled, onFulfilled);
  storeVal(reaction, REACTION.onRejected, onRejected);
  storeVal(reaction, REACTION.value, UNDEFINED);
  return reaction;
}

/** Whether it is a promise or a frame. */
export function is_promise(v: val): bool {
  if (!isObject(v)) return false;
  const kind: i32 = kind_of(v);
  return kind === KIND.promise || kind === KIND.frame;
}

export function is_callable(v: val): bool {
  return isObject(v) && kind_of(v) === KIND.closure;
}

/** Whether resolving with this object has to look for a `then`; promises and frames included. */
export function may_have_then(object: ref): bool {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  const kind: i32 = load32(shape, SHAPE.kind);
  if (kind === KIND.promise || kind === KIND.frame) return true;
  return (load32(shape, SHAPE.flags) & SHAPE_FLAGS.then) !== 0;
}

// The FIFO ------------------------------------------------------------------------------------------------------------

/** Appends a job: a reaction, or a frame that holds what it goes on with. */
export function enqueue(job: ref): void {
  const header: i32 = globals.header;
  storeRef(job, PROMISE.link, 0);
  if (loadRef(header, HEADER.fifoHead) === 0) storeRef(header, HEADER.fifoHead, job);
  else storeRef(loadRef(header, HEADER.fifoTail), PROMISE.link, job);
  storeRef(header, HEADER.fifoTail, job);
}

/**
 * Stores in a suspended frame what its await receives. In a byte: the state to dispatch to was stored just now, in half a
 * word, and reading what was written in parts is slow.
 */
export function frame_ready(frame: ref, status: i32, value: val): void {
  storeVal(frame, PROMISE.value, value);
  const state: i32 = load8(frame, PROMISE.state) & ~PROMISE_STATE.resumeMask;
  store8(frame, PROMISE.state, state | (status << PROMISE_STATE.resumeShift));
}

/** frame_ready and enqueue in one: each await that suspends passes here. */
export function enqueue_frame(frame: ref, status: i32, value: val): void {
  const header: i32 = globals.header;
  storeVal(frame, PROMISE.value, value);
  const state: i32 = load8(frame, PROMISE.state) & ~PROMISE_STATE.resumeMask;
  store8(frame, PROMISE.state, state | (status << PROMISE_STATE.resumeShift));
  storeRef(frame, PROMISE.link, 0);
  if (loadRef(header, HEADER.fifoHead) === 0) storeRef(header, HEADER.fifoHead, frame);
  else storeRef(loadRef(header, HEADER.fifoTail), PROMISE.link, frame);
  storeRef(header, HEADER.fifoTail, frame);
}

/** Makes a waiter a job. */
export function deliver(waiter: ref, status: i32, value: val): void {
  if (load32(waiter, OBJECT_HEADER.shape) !== kindShape(KIND.reaction)) {
    enqueue_frame(waiter, status, value);
    return;
  }
  storeVal(waiter, REACTION.value, value);
  if (status === SETTLED.rejected) store32(waiter, REACTION.kind, load32(waiter, REACTION.kind) | JOB.rejected);
  enqueue(waiter);
}

// Settling ------------------------------------------------------------------------------------------------------------

/** P3. The cancellation of a task is nobody's fault. */
function note_unhandled(promise: ref, error: val): void {
  if (error === CANCEL) return;
  const first: val = root_get(ROOT.unhandled);
  storeRef(promise, PROMISE.link, isObject(first) ? unboxRef(first) : 0);
  root_set(ROOT.unhandled, boxObject(promise));
}

/** A list linked latest first, turned round. */
export function in_order(waiters: ref): ref {
  let first: ref = 0;
  let waiter: ref = waiters;
  while (waiter !== 0) {
    const next: ref = loadRef(waiter, PROMISE.link);
    storeRef(waiter, PROMISE.link, first);
    first = waiter;
    waiter = next;
  }
  return first;
}

/** Settles with SETTLED.fulfilled or .rejected; does nothing when it is settled already. */
export function promise_settle(promise: ref, status: i32, value: val): void {
  const state: i32 = load32(promise, PROMISE.state);
  if ((state & PROMISE_STATE.settledMask) !== SETTLED.pending) return;
  let waiter: ref = in_order(loadRef(promise, PROMISE.reactions));
  if ((state & PROMISE_STATE.direct) !== 0) {
    frame_release(promise);
  } else {
    store32(promise, PROMISE.state, (state & PROMISE_STATE.handled) | status);
    storeVal(promise, PROMISE.value, value);
    storeRef(promise, PROMISE.reactions, 0);
    if (status === SETTLED.rejected && (state & PROMISE_STATE.handled) === 0) note_unhandled(promise, value);
  }
  while (waiter !== 0) {
    const next: ref = loadRef(waiter, PROMISE.link);
    deliver(waiter, status, value);
    waiter = next;
  }
}

export function promise_reject(promise: ref, error: val): void {
  promise_settle(promise, SETTLED.rejected, error);
}

/** Lets a reaction or a suspended frame wait for a promise; it becomes a job at once when that is settled. */
export function promise_register(promise: ref, waiter: ref): void {
  const state: i32 = load32(promise, PROMISE.state);
  store32(promise, PROMISE.state, state | PROMISE_STATE.handled);
  const status: i32 = state & PROMISE_STATE.settledMask;
  if (status === SETTLED.pending) {
    storeRef(waiter, PROMISE.link, loadRef(promise, PROMISE.reactions));
    storeRef(promise, PROMISE.reactions, waiter);
  } else {
    deliver(waiter, status, loadVal(promise, PROMISE.value));
  }
}

function chaining_error(): val {
  try {
    return type_error(str('Chaining cycle detected for promise #<Promise>'));
  } catch (error) {
    return caught(error);
  }
}

/** The resolve procedure: fulfils, or follows a promise or thenable after the ticks that the language counts. */
export function promise_resolve(promise: ref, value: val): void {
  if (!isObject(value) || !may_have_then(unboxRef(value))) {
    promise_settle(promise, SETTLED.fulfilled, value);
    return;
  }
  if (unboxRef(value) === promise) {
    promise_reject(promise, chaining_error());
    return;
  }
  if (is_promise(value)) {
    enqueue(reaction_new(JOB.adoptStart, promise, value, UNDEFINED));
    return;
  }
  let then: val = UNDEFINED;
  try {
    then = get_field(value, str('then'));
  } catch (error) {
    promise_reject(promise, caught(error));
    return;
  }
  if (is_callable(then)) enqueue(reaction_new(JOB.thenable, promise, value, then));
  else promise_settle(promise, SETTLED.fulfilled, value);
}

/** Promise.resolve: the promise itself, or a new one resolved with the value. */
export function promise_resolve_value(v: val): ref {
  if (is_promise(v)) return unboxRef(v);
  const promise: ref = promise_alloc();
  promise_resolve(promise, v);
  return promise;
}
