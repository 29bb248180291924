/**
 * Reactions: then, catch, finally, and what each kind of job does in its turn. Ticks are counted as the language counts
 * them: a callback that returns a promise costs two more.
 */
import { CANCEL, CELL, CLOSURE, REACTION, ROOT, SETTLED, UNDEFINED } from '../abi.js';
import { call_function } from './calls.js';
import { type_error } from './errors.js';
import { alloc_cell, alloc_closure } from './heap.js';
import { boxObject, caught, funcIndex, isObject, load32, loadRef, loadVal, nativeInfo, store32, storeVal, str, unboxRef } from './intrinsics.js';
import type { bool, i32, ref, val } from './intrinsics.js';
import { JOB } from './job-kinds.js';
import { root_get } from './kinds.js';
import { element_settle } from './promise-elements.js';
import {
  is_callable, promise_alloc, promise_register, promise_reject, promise_resolve, promise_resolve_value, promise_settle, reaction_new,
} from './promise-core.js';
import { report_uncaught, task_publish } from './requests.js';
import { entry_ready } from './task.js';
import { string_concat } from './strings.js';
import { to_string } from './operators.js';

// Resolving functions: two closures over one cell, which holds the promise until either is called ----------------------

function take_promise(closure: ref): ref {
  const cell: ref = unboxRef(loadVal(closure, CLOSURE.captures));
  const promise: val = loadVal(cell, CELL.value);
  if (promise === UNDEFINED) return 0;
  storeVal(cell, CELL.value, UNDEFINED);
  return unboxRef(promise);
}

export function resolve_entry(closure: ref, _self: val, _argc: i32, a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  const promise: ref = take_promise(closure);
  if (promise !== 0) promise_resolve(promise, a0);
  return UNDEFINED;
}

export function reject_entry(closure: ref, _self: val, _argc: i32, a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  const promise: ref = take_promise(closure);
  if (promise !== 0) promise_reject(promise, a0);
  return UNDEFINED;
}

/** The cell that a pair of resolving functions shares. */
export function resolving_cell(promise: ref): val {
  return boxObject(alloc_cell(boxObject(promise)));
}

export function resolve_function(cell: val): val {
  const closure: ref = alloc_closure(funcIndex(resolve_entry), nativeInfo('', 1, 1), 1);
  storeVal(closure, CLOSURE.captures, cell);
  return boxObject(closure);
}

export function reject_function(cell: val): val {
  const closure: ref = alloc_closure(funcIndex(reject_entry), nativeInfo('', 1, 1), 1);
  storeVal(closure, CLOSURE.captures, cell);
  return boxObject(closure);
}

/** Calls `func`, a function, with resolving functions of the promise; what it throws rejects, unless it had resolved before. */
export function resolve_with(promise: ref, func: val, self: val): void {
  const cell: val = resolving_cell(promise);
  const onResolve: val = resolve_function(cell);
  const onReject: val = reject_function(cell);
  try {
    call_function(func, self, 2, onResolve, onReject, UNDEFINED, UNDEFINED, 0);
  } catch (error) {
    if (loadVal(unboxRef(cell), CELL.value) !== UNDEFINED) {
      storeVal(unboxRef(cell), CELL.value, UNDEFINED);
      promise_reject(promise, caught(error));
    }
  }
}

export function promise_new(executor: val): ref {
  if (!is_callable(executor)) {
    const shown: str = isObject(executor) ? str('#<Object>') : to_string(executor);
    throw type_error(string_concat(string_concat(str('Promise resolver '), shown), str(' is not a function')));
  }
  const promise: ref = promise_alloc();
  resolve_with(promise, executor, UNDEFINED);
  return promise;
}

// Methods -------------------------------------------------------------------------------------------------------------

export function Promise_then(self: ref, onFulfilled: val, onRejected: val): ref {
  const derived: ref = promise_alloc();
  promise_register(self, reaction_new(JOB.then, derived, onFulfilled, onRejected));
  return derived;
}

export function Promise_catch(self: ref, onRejected: val): ref {
  return Promise_then(self, UNDEFINED, onRejected);
}

export function Promise_finally(self: ref, onFinally: val): ref {
  if (!is_callable(onFinally)) return Promise_then(self, onFinally, onFinally);
  const derived: ref = promise_alloc();
  promise_register(self, reaction_new(JOB.finally, derived, onFinally, UNDEFINED));
  return derived;
}

// Jobs ----------------------------------------------------------------------------------------------------------------

/** A callback's outcome resolves or rejects the derived promise. Cancellation passes every callback by. */
function run_then(reaction: ref, derived: ref, rejected: bool, value: val): void {
  const handler: val = loadVal(reaction, rejected ? REACTION.onRejected : REACTION.onFulfilled);
  if (!is_callable(handler) || value === CANCEL) {
    if (rejected) promise_reject(derived, value);
    else promise_resolve(derived, value);
    return;
  }
  let result: val = UNDEFINED;
  try {
    result = call_function(handler, UNDEFINED, 1, value, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  } catch (error) {
    promise_reject(derived, caught(error));
    return;
  }
  promise_resolve(derived, result);
}

/** Calls the callback, waits for what it gives, then goes on with the outcome it was told of. */
function run_finally(reaction: ref, derived: ref, rejected: bool, value: val): void {
  const restored: ref = promise_alloc();
  try {
    const result: val = call_function(loadVal(reaction, REACTION.onFulfilled), UNDEFINED, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
    const kind: i32 = rejected ? JOB.restore | JOB.throws : JOB.restore;
    promise_register(promise_resolve_value(result), reaction_new(kind, restored, value, UNDEFINED));
  } catch (error) {
    promise_reject(derived, caught(error));
    return;
  }
  promise_resolve(derived, boxObject(restored));
}

function run_microtask(callback: val, value: val): void {
  if (value === CANCEL) return;
  try {
    call_function(callback, UNDEFINED, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  } catch (error) {
    report_uncaught(caught(error));
  }
}

/** Settles `derived` as the promise that the reaction waited for was; resolving looks for a `then` as the language does. */
function follow(derived: ref, rejected: bool, value: val): void {
  if (rejected) promise_reject(derived, value);
  else promise_resolve(derived, value);
}

/** Kinds that look like nothing a program wrote. */
function run_rare(reaction: ref, kind: i32, derived: ref, rejected: bool, value: val): void {
  switch (kind) {
    case JOB.restore:
      if (rejected) promise_reject(derived, value);
      else follow(derived, (load32(reaction, REACTION.kind) & JOB.throws) !== 0, loadVal(reaction, REACTION.onFulfilled));
      return;
    case JOB.thenable:
      resolve_with(derived, loadVal(reaction, REACTION.onRejected), loadVal(reaction, REACTION.onFulfilled));
      return;
    case JOB.microtask:
      run_microtask(loadVal(reaction, REACTION.onFulfilled), value);
      return;
    case JOB.all:
    case JOB.allSettled:
    case JOB.any:
      element_settle(kind, reaction, derived, rejected, value);
      return;
    case JOB.race:
      promise_settle(derived, rejected ? SETTLED.rejected : SETTLED.fulfilled, value);
      return;
    case JOB.entry:
      entry_ready(reaction, rejected, value);
      return;
    default:
      // An evaluation of a session that was given up may come to its end during a later one.
      if (loadVal(reaction, REACTION.onFulfilled) === root_get(ROOT.evaluation)) task_publish(rejected, value);
  }
}

/** Runs a job that is no frame. */
export function run_reaction(reaction: ref): void {
  const word: i32 = load32(reaction, REACTION.kind);
  const rejected: bool = (word & JOB.rejected) !== 0;
  const derived: ref = loadRef(reaction, REACTION.derived);
  const value: val = loadVal(reaction, REACTION.value);
  const kind: i32 = word & JOB.kindMask;
  if (kind === JOB.then) {
    run_then(reaction, derived, rejected, value);
  } else if (kind === JOB.adopt) {
    follow(derived, rejected, value);
  } else if (kind === JOB.adoptStart) {
    store32(reaction, REACTION.kind, JOB.adopt);
    promise_register(unboxRef(loadVal(reaction, REACTION.onFulfilled)), reaction);
  } else if (kind === JOB.finally) {
    run_finally(reaction, derived, rejected, value);
  } else {
    run_rare(reaction, kind, derived, rejected, value);
  }
}

// Statics -------------------------------------------------------------------------------------------------------------

export function Promise$new(executor: val): ref {
  return promise_new(executor);
}

export function Promise$resolve(value: val): ref {
  return promise_resolve_value(value);
}

export function Promise$reject(reason: val): ref {
  const promise: ref = promise_alloc();
  promise_reject(promise, reason);
  return promise;
}
