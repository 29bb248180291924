/**
 * What a task tells its executor: records in HEADER.outbox, in order; whoever takes one frees it.
 */
import { CANCEL, HEADER, PROMISE, PROMISE_STATE, RECORD, REQUEST, ROOT, UNDEFINED } from '../abi.js';
import { globals, isObject, load32, loadRef, loadVal, store32, unboxRef } from './intrinsics.js';
import type { bool, i32, ref, val } from './intrinsics.js';
import { root_get, root_set } from './kinds.js';
import { in_order } from './promise-core.js';
import { WIRE_MODE } from './wire-mode.js';
import { wire_record } from './wire-write.js';

/** Appends a record to the outbox. */
export function request_send(record: i32): void {
  const header: i32 = globals.header;
  store32(record, RECORD.next, 0);
  if (load32(header, HEADER.outboxHead) === 0) store32(header, HEADER.outboxHead, record);
  else store32(load32(header, HEADER.outboxTail), RECORD.next, record);
  store32(header, HEADER.outboxTail, record);
}

/** Sends a value: REQUEST kind, operation, argument. */
export function request_value(kind: i32, opId: i32, argument: i32, v: val): void {
  const record: i32 = wire_record(v, WIRE_MODE.count);
  store32(record, RECORD.kind, kind);
  store32(record, RECORD.opId, opId);
  store32(record, RECORD.argument, argument);
  request_send(record);
}

/** What `main` came to; only the first word counts. */
export function task_publish(rejected: bool, value: val): void {
  const header: i32 = globals.header;
  if (load32(header, HEADER.published) !== 0) return;
  store32(header, HEADER.published, 1);
  request_value(REQUEST.result, 0, rejected ? 1 : 0, value);
}

/** An error that no code of the program can receive any more. */
export function report_uncaught(error: val): void {
  if (error !== CANCEL) request_value(REQUEST.unhandled, 0, 0, error);
}

/** Reports the rejected promises that nobody has come to handle; true when there was one. */
export function report_unhandled(): bool {
  const latest: val = root_get(ROOT.unhandled);
  if (!isObject(latest)) return false;
  root_set(ROOT.unhandled, UNDEFINED);
  let promise: ref = in_order(unboxRef(latest));
  let found: bool = false;
  while (promise !== 0) {
    if ((load32(promise, PROMISE.state) & PROMISE_STATE.handled) === 0) {
      report_uncaught(loadVal(promise, PROMISE.value));
      found = true;
    }
    promise = loadRef(promise, PROMISE.link);
  }
  return found;
}
