/**
 * The driver behind the export `poll`: runs what is ready until nothing is, or until the slice is used up.
 *
 *   current frame -> jobs of the FIFO, in order -> unhandled rejections -> main, if it has yet to start -> next turn group
 *        ^                                                                                                     |
 *        +-----------------------------------------------------------------------------------------------------+
 *
 * D1: results travel outwards in a loop: a completed frame whose only waiter is a frame resumes it at once when the FIFO
 *     is empty, so native depth does not grow with await depth and nothing is stored that nobody else can see.
 * D2: HEADER.current is set only when the slice is used up, and is resumed before any job (DESIGN: order).
 */
import { ASYNC, COMPLETION, HEADER, KIND, OBJECT_HEADER, POLL, PROMISE, PROMISE_STATE, RECORD, SETTLED, kindShape } from '../abi.js';
import { block_free, block_hold, block_let_go } from './blocks.js';
import { frame_release } from './frames.js';
import { host_completed } from './host-calls.js';
import { callResume, globals, load32, load8, loadRef, loadVal, store32, storeRef, storeVal } from './intrinsics.js';
import type { bool, i32, ref } from './intrinsics.js';
import { enqueue_frame, promise_resolve, promise_settle } from './promise-core.js';
import { run_reaction } from './promise-then.js';
import { report_unhandled } from './requests.js';
import { run_entry, task_cancel, task_start } from './task.js';
import { timer_fired } from './timers.js';

/** Whether this frame's outcome can go straight to its waiter: a single one, a frame, with nothing before it (D1). */
function goes_on(header: i32, waiter: ref): bool {
  if (waiter === 0 || loadRef(header, HEADER.fifoHead) !== 0) return false;
  if (loadRef(waiter, PROMISE.link) !== 0 || load32(header, HEADER.yieldRequested) !== 0) return false;
  return load32(waiter, OBJECT_HEADER.shape) !== kindShape(KIND.reaction);
}

/** A frame has ended with globals.resumeValue. Gives the frame to resume with that next, or 0. */
function pass_on(header: i32, frame: ref, status: i32): ref {
  if (status === ASYNC.adopting) {
    promise_resolve(frame, globals.resumeValue);
    return 0;
  }
  const waiter: ref = loadRef(frame, PROMISE.reactions);
  if ((load32(frame, PROMISE.state) & PROMISE_STATE.direct) !== 0) {
    // One frame waits, and nobody else knows of this one (P4).
    frame_release(frame);
    if (loadRef(header, HEADER.fifoHead) !== 0 || load32(header, HEADER.yieldRequested) !== 0) {
      enqueue_frame(waiter, status, globals.resumeValue);
      return 0;
    }
  } else if (goes_on(header, waiter)) {
    store32(frame, PROMISE.state, PROMISE_STATE.handled | status);
    storeVal(frame, PROMISE.value, globals.resumeValue);
    storeRef(frame, PROMISE.reactions, 0);
  } else {
    promise_settle(frame, status, globals.resumeValue);
    return 0;
  }
  globals.resumeStatus = status;
  return waiter;
}

/** Runs jobs until there are none; true when the slice ended first. Frames are resumed here: the hottest loop of all. */
function run_jobs(header: i32): bool {
  while (true) {
    const job: ref = loadRef(header, HEADER.fifoHead);
    if (load32(header, HEADER.yieldRequested) !== 0) return job !== 0 || loadRef(header, HEADER.current) !== 0;
    if (job === 0) return false;
    storeRef(header, HEADER.fifoHead, loadRef(job, PROMISE.link));
    if (load32(job, OBJECT_HEADER.shape) === kindShape(KIND.reaction)) {
      run_reaction(job);
      continue;
    }
    globals.resumeValue = loadVal(job, PROMISE.value);
    globals.resumeStatus = (load8(job, PROMISE.state) & PROMISE_STATE.resumeMask) >> PROMISE_STATE.resumeShift;
    let frame: ref = job;
    do {
      const status: i32 = callResume(load32(frame, PROMISE.func), frame, 1);
      frame = status === ASYNC.pending ? 0 : pass_on(header, frame, status);
    } while (frame !== 0);
  }
}

function complete(record: i32): void {
  switch (load32(record, RECORD.kind)) {
    case COMPLETION.start:
      task_start(record);
      return;
    case COMPLETION.fulfilled:
      host_completed(record, SETTLED.fulfilled);
      return;
    case COMPLETION.rejected:
      host_completed(record, SETTLED.rejected);
      return;
    case COMPLETION.timer:
      timer_fired(load32(record, RECORD.opId));
      return;
    default:
      task_cancel();
  }
}

/** Hands the records of the next turn group to those that wait for them. */
function run_group(header: i32): void {
  let record: i32 = load32(header, HEADER.inbox);
  do {
    store32(header, HEADER.inbox, load32(record, RECORD.next));
    block_hold(record);
    complete(record);
    block_let_go(record);
    block_free(record);
    record = load32(header, HEADER.inbox);
  } while (record !== 0 && load32(record, RECORD.number) === 0);
}

/** What a cancellation comes upon before it has begun does not begin. */
function drop_starts(header: i32, end: i32): void {
  let record: i32 = load32(header, HEADER.inbox);
  let before: i32 = 0;
  while (record !== end) {
    const next: i32 = load32(record, RECORD.next);
    if (load32(record, RECORD.kind) === COMPLETION.start) {
      if (before === 0) store32(header, HEADER.inbox, next);
      else store32(before, RECORD.next, next);
      store32(header, HEADER.published, 0);
      block_free(record);
    } else before = record;
    record = next;
  }
}

/** A cancellation comes before everything else: a task that is never idle would not see it. */
function take_cancel(header: i32): void {
  let record: i32 = load32(header, HEADER.inbox);
  while (record !== 0 && load32(record, RECORD.kind) !== COMPLETION.cancel) record = load32(record, RECORD.next);
  if (record === 0) return;
  drop_starts(header, record);
  let before: i32 = 0;
  let at: i32 = load32(header, HEADER.inbox);
  while (at !== record) {
    before = at;
    at = load32(at, RECORD.next);
  }
  if (before === 0) store32(header, HEADER.inbox, load32(record, RECORD.next));
  else store32(before, RECORD.next, load32(record, RECORD.next));
  block_hold(record);
  task_cancel();
  block_let_go(record);
  block_free(record);
}

/** Puts the frame that gave up its slice before all jobs. */
function resume_current(header: i32): void {
  const current: ref = loadRef(header, HEADER.current);
  if (current === 0) return;
  storeRef(header, HEADER.current, 0);
  const head: ref = loadRef(header, HEADER.fifoHead);
  storeRef(current, PROMISE.link, head);
  storeRef(header, HEADER.fifoHead, current);
  if (head === 0) storeRef(header, HEADER.fifoTail, current);
}

/** Polls the task of globals.header; gives a POLL code. */
export function task_poll(): i32 {
  const header: i32 = globals.header;
  store32(header, HEADER.yieldRequested, 0);
  if (load32(header, HEADER.inbox) !== 0) take_cancel(header);
  resume_current(header);
  while (true) {
    if (run_jobs(header)) return POLL.ready;
    // The executor decides what an unhandled rejection means before anything else runs.
    if (report_unhandled()) return POLL.ready;
    if (run_entry()) continue;
    if (load32(header, HEADER.inbox) === 0) return POLL.idle;
    if (load32(header, HEADER.yieldRequested) !== 0) return POLL.ready;
    run_group(header);
  }
}
