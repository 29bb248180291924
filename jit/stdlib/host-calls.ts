/**
 * Calls of host functions: a request with the copied arguments, a promise that the completion settles.
 */
import { HEADER, PROMISE, RECORD, REQUEST, SETTLED, TRAP } from '../abi.js';
import { boxObject, caught, globals, load32, store32, trap } from './intrinsics.js';
import type { i32, ref } from './intrinsics.js';
import { count_pending, is_timer, operation_drop, operation_find, operation_new } from './operations.js';
import { promise_alloc, promise_settle } from './promise-core.js';
import { request_value } from './requests.js';
import { wire_value } from './wire-read.js';

function count_calls(change: i32): void {
  store32(globals.header, HEADER.hostCalls, load32(globals.header, HEADER.hostCalls) + change);
  count_pending(change);
}

/** Calls host function `index` with the elements of an array. */
export function host_call(index: i32, args: ref): ref {
  const header: i32 = globals.header;
  const flying: i32 = load32(header, HEADER.hostCalls);
  if (flying >= load32(header, HEADER.maxHostCalls)) {
    store32(header, HEADER.trapDetail, flying + 1);
    trap(TRAP.hostCalls);
  }
  const promise: ref = promise_alloc();
  const opId: i32 = operation_new(promise);
  count_calls(1);
  request_value(REQUEST.hostCall, opId, index, boxObject(args));
  return promise;
}

/** A host call has ended with a SETTLED status: settles its promise with the record's value. */
export function host_completed(record: i32, status: i32): void {
  const opId: i32 = load32(record, RECORD.opId);
  const promise: ref = operation_find(opId);
  if (promise === 0 || is_timer(promise)) return;
  operation_drop(opId);
  store32(promise, PROMISE.func, 0);
  count_calls(-1);
  try {
    promise_settle(promise, status, wire_value(record));
  } catch (error) {
    promise_settle(promise, SETTLED.rejected, caught(error));
  }
}
