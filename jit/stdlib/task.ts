/**
 * A task from its start to its result, and its cancellation.
 *
 * COMPLETION.start -> top level -> (the FIFO runs empty) -> main with the decoded arguments -> REQUEST.result.
 * A session's task is started again for each evaluation; only what the latest one comes to is its result.
 */
import {
  BLOCK, CANCEL, HEADER, KIND, OBJECT_HEADER, PROMISE, PROMISE_STATE, REACTION, RECORD, ROOT, SETTLED, UNDEFINED, kindShape,
} from '../abi.js';
import { call_entry } from './call-list.js';
import { alloc_array, close_run } from './heap.js';
import { boxF64, boxObject, caught, globals, isObject, load32, loadRef, loadVal, refAt, store32, storeVal, toF64, toI32, unboxF64, unboxRef } from './intrinsics.js';
import type { bool, i32, ref, val } from './intrinsics.js';
import { JOB } from './job-kinds.js';
import { root_get, root_set } from './kinds.js';
import { size_of } from './object-size.js';
import { frame_ready, promise_reject, promise_register, promise_resolve_value, reaction_new } from './promise-core.js';
import { task_publish } from './requests.js';
import { wire_value } from './wire-read.js';

// Start and result ----------------------------------------------------------------------------------------------------

/** Calls a closure entry without captures; once what it gives is settled, a job of this kind runs. */
function call_then(entry: i32, args: ref, kind: i32, nextArgs: ref, next: val): void {
  try {
    const result: val = call_entry(entry, args);
    promise_register(promise_resolve_value(result), reaction_new(kind, nextArgs, next, UNDEFINED));
  } catch (error) {
    task_publish(true, caught(error));
  }
}

/** COMPLETION.start: runs the top level. */
export function task_start(record: i32): void {
  const entry: i32 = load32(record, RECORD.argument);
  const topLevel: i32 = load32(record, RECORD.opId);
  const evaluation: val = boxF64(toF64(topLevel));
  root_set(ROOT.evaluation, evaluation);
  store32(globals.header, HEADER.published, 0);
  if (entry < 0) {
    call_then(topLevel, 0, JOB.publish, 0, evaluation);
    return;
  }
  let args: val = UNDEFINED;
  try {
    args = wire_value(record);
  } catch (error) {
    task_publish(true, caught(error));
    return;
  }
  call_then(topLevel, 0, JOB.entry, isObject(args) ? unboxRef(args) : alloc_array(0), boxF64(toF64(entry)));
}

/** The top level has ended: main runs once the jobs that it left are done, as it does behind Node's `import()`. */
export function entry_ready(reaction: ref, rejected: bool, value: val): void {
  if (rejected) task_publish(true, value);
  else root_set(ROOT.starting, boxObject(reaction));
}

/** Calls main if its turn has come. */
export function run_entry(): bool {
  const starting: val = root_get(ROOT.starting);
  if (!isObject(starting)) return false;
  root_set(ROOT.starting, UNDEFINED);
  const reaction: ref = unboxRef(starting);
  const entry: i32 = toI32(unboxF64(loadVal(reaction, REACTION.onFulfilled)));
  call_then(entry, loadRef(reaction, REACTION.derived), JOB.publish, 0, root_get(ROOT.evaluation));
  return true;
}

// Cancellation --------------------------------------------------------------------------------------------------------
//
// Every pending promise of the heap is rejected with CANCEL, the oldest first. Strands wait for promises, or for strands
// that do, so each is unwound once from its innermost await; the jobs that were ready become rejections too. What the
// executor holds for the task is the executor's to release: its completions will find no operation.

function cancel_job(job: ref): void {
  if (load32(job, OBJECT_HEADER.shape) === kindShape(KIND.reaction)) {
    storeVal(job, REACTION.value, CANCEL);
    const kind: i32 = load32(job, REACTION.kind);
    const follows: bool = (kind & JOB.kindMask) === JOB.adoptStart || (kind & JOB.kindMask) === JOB.thenable;
    store32(job, REACTION.kind, (follows ? JOB.adopt : kind) | JOB.rejected);
  } else {
    frame_ready(job, SETTLED.rejected, CANCEL);
  }
}

function cancel_ready(): void {
  const header: i32 = globals.header;
  const current: ref = loadRef(header, HEADER.current);
  if (current !== 0) cancel_job(current);
  let job: ref = loadRef(header, HEADER.fifoHead);
  while (job !== 0) {
    cancel_job(job);
    job = loadRef(job, PROMISE.link);
  }
}

function cancel_block(block: i32): void {
  const end: i32 = block + load32(block, BLOCK.used);
  let at: i32 = block + BLOCK.header;
  while (at < end) {
    const object: ref = refAt(at);
    at = at + size_of(object);
    if (load32(object, OBJECT_HEADER.shape) !== kindShape(KIND.promise)) continue;
    if ((load32(object, PROMISE.state) & PROMISE_STATE.settledMask) === SETTLED.pending) promise_reject(object, CANCEL);
  }
}

/** Turns a list of blocks round; gives its new first. */
function turn_blocks(first: i32): i32 {
  let block: i32 = first;
  let turned: i32 = 0;
  while (block !== 0) {
    const next: i32 = load32(block, BLOCK.next);
    store32(block, BLOCK.next, turned);
    turned = block;
    block = next;
  }
  return turned;
}

/** COMPLETION.cancel. */
export function task_cancel(): void {
  const header: i32 = globals.header;
  root_set(ROOT.operations, UNDEFINED);
  root_set(ROOT.starting, UNDEFINED);
  store32(header, HEADER.pendingOps, 0);
  store32(header, HEADER.hostCalls, 0);
  cancel_ready();
  close_run();
  const oldest: i32 = turn_blocks(load32(header, HEADER.blocks));
  let block: i32 = oldest;
  while (block !== 0) {
    cancel_block(block);
    block = load32(block, BLOCK.next);
  }
  turn_blocks(oldest);
  task_publish(true, CANCEL);
}
