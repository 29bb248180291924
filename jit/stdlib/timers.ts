/**
 * setTimeout, setInterval, setImmediate and their clears; queueMicrotask. A timer is a REACTION of kind timeout or
 * interval in the table of operations; the program holds an object of class Timeout whose only slot is the operation's
 * id, so that what it does to that object can reach no other timer than one of its own.
 */
import { KIND, OBJECT, OBJECT_HEADER, REACTION, RECORD, REQUEST, SHAPE, UNDEFINED } from '../abi.js';
import { block_alloc } from './blocks.js';
import { call_function_list } from './call-list.js';
import { type_error } from './errors.js';
import { alloc_object } from './heap.js';
import {
  boxF64, boxObject, caught, classOf, isNumber, load32, loadRef, loadVal, store32, storeF64, storeVal, str, toF64, toI32, trunc, unboxF64,
  unboxRef,
} from './intrinsics.js';
import type { bool, f64, i32, ref, val } from './intrinsics.js';
import { JOB } from './job-kinds.js';
import { kind_of } from './kinds.js';
import { count_pending, is_timer, operation_drop, operation_find, operation_new } from './operations.js';
import { to_number } from './operators.js';
import { enqueue, is_callable, reaction_new } from './promise-core.js';
import { report_uncaught, request_send } from './requests.js';
import { root_shape } from './shapes.js';

const LONGEST_MS = 2147483647;

/** Asks for a wake after the timer's milliseconds (0: at once, after what is ready). */
function arm(timer: ref, opId: i32): void {
  const record: i32 = block_alloc(RECORD.payload);
  store32(record, RECORD.kind, REQUEST.timerStart);
  store32(record, RECORD.opId, opId);
  storeF64(record, RECORD.number, unboxF64(loadVal(timer, REACTION.onRejected)));
  store32(timer, REACTION.kind, load32(timer, REACTION.kind) | JOB.armed);
  if ((load32(timer, REACTION.kind) & JOB.background) === 0) count_pending(1);
  request_send(record);
}

function timer_new(kind: i32, callback: val, ms: f64, rest: ref): val {
  if (!is_callable(callback)) throw type_error(str('The "callback" argument must be of type function.'));
  const timer: ref = reaction_new(kind, rest, callback, boxF64(ms));
  const opId: i32 = operation_new(timer);
  arm(timer, opId);
  const handle: ref = alloc_object(root_shape(KIND.object, classOf('Timeout'), 1, 0));
  storeVal(handle, OBJECT.slots, boxF64(toF64(opId)));
  return boxObject(handle);
}

/** Whole milliseconds as Node takes them. */
function delay_of(ms: val): f64 {
  const given: f64 = to_number(ms);
  return given >= 1 && given <= LONGEST_MS ? trunc(given) : 1;
}

export function global_setTimeout(callback: val, ms: val, rest: ref): val {
  return timer_new(JOB.timeout, callback, delay_of(ms), rest);
}

/** A timer that keeps no task alive: O2 does not count it, and nobody can clear it. */
export function background_timer(callback: val, ms: val): void {
  timer_new(JOB.timeout | JOB.background, callback, delay_of(ms), 0);
}

export function global_setInterval(callback: val, ms: val, rest: ref): val {
  return timer_new(JOB.interval, callback, delay_of(ms), rest);
}

export function global_setImmediate(callback: val, rest: ref): val {
  return timer_new(JOB.timeout, callback, 0, rest);
}

/** The operation id in a timer's handle, 0 if it is none. */
function handle_id(handle: val): i32 {
  if (kind_of(handle) !== KIND.object) return 0;
  const object: ref = unboxRef(handle);
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  if (loadRef(shape, SHAPE.class) !== classOf('Timeout') || load32(shape, SHAPE.inlineCapacity) === 0) return 0;
  const id: val = loadVal(object, OBJECT.slots);
  return isNumber(id) ? toI32(unboxF64(id)) : 0;
}

export function global_clearTimeout(handle: val): void {
  const opId: i32 = handle_id(handle);
  const timer: ref = operation_find(opId);
  if (timer === 0 || !is_timer(timer)) return;
  operation_drop(opId);
  if ((load32(timer, REACTION.kind) & JOB.armed) === 0) return;
  count_pending(-1);
  const record: i32 = block_alloc(RECORD.payload);
  store32(record, RECORD.kind, REQUEST.timerStop);
  store32(record, RECORD.opId, opId);
  request_send(record);
}

export function global_clearInterval(handle: val): void {
  global_clearTimeout(handle);
}

export function global_clearImmediate(handle: val): void {
  global_clearTimeout(handle);
}

/** A timer's time has come. An interval is armed again after its callback, unless that cleared it. */
export function timer_fired(opId: i32): void {
  const timer: ref = operation_find(opId);
  if (timer === 0 || !is_timer(timer)) return;
  const counted: bool = (load32(timer, REACTION.kind) & JOB.background) === 0;
  const kind: i32 = load32(timer, REACTION.kind) & JOB.kindMask;
  store32(timer, REACTION.kind, kind);
  if (counted) count_pending(-1);
  if (kind === JOB.timeout) operation_drop(opId);
  try {
    call_function_list(loadVal(timer, REACTION.onFulfilled), UNDEFINED, loadRef(timer, REACTION.derived));
  } catch (error) {
    report_uncaught(caught(error));
  }
  if (kind === JOB.interval && operation_find(opId) === timer) arm(timer, opId);
}

export function global_queueMicrotask(callback: val): void {
  if (!is_callable(callback)) throw type_error(str('The "callback" argument must be of type function.'));
  enqueue(reaction_new(JOB.microtask, 0, callback, UNDEFINED));
}
