/**
 * Async generators: a queue of requests, served one at a time, exactly as the language orders them.
 *
 *   next/return/throw -> queue -> body runs until it yields, returns or throws -> promise of the first request settles
 *
 * Q1: while the body runs or awaits, the first request of the queue is the one it runs for.
 * Q2: in state `draining` the body has ended; requests are answered in order, a `return` after waiting for its value.
 * The body's awaits are ordinary ones: the scheduler resumes the frame, and what it settles at the end is nobody's.
 */
import { CLOSURE, FALSE, GENERATOR, GENERATOR_STATE, KIND, OBJECT_HEADER, PROMISE, REACTION, RESUME, TRUE, UNDEFINED, kindShape } from '../abi.js';
import { generator_clear, generator_send } from './generators.js';
import { alloc, alloc_closure } from './heap.js';
import {
  boxObject, callResume, funcIndex, globals, load32, loadRef, loadVal, nativeInfo, refAt, store32, storeRef, storeVal, unboxRef, type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { iterator_result } from './iterator-results.js';
import { JOB } from './job-kinds.js';
import { promise_alloc, promise_register, promise_reject, promise_resolve, promise_resolve_value, reaction_new } from './promise-core.js';

export function async_generator_new(): ref {
  const g: ref = alloc(GENERATOR.bytes, refAt(kindShape(KIND.asyncGenerator)));
  generator_clear(g);
  storeVal(g, GENERATOR.queue, UNDEFINED);
  storeVal(g, GENERATOR.last, UNDEFINED);
  return g;
}

// The queue -----------------------------------------------------------------------------------------------------------

function first_request(g: ref): ref {
  const first: val = loadVal(g, GENERATOR.queue);
  return first === UNDEFINED ? 0 : unboxRef(first);
}

function push_request(g: ref, how: i32, promise: ref, v: val): void {
  const request: ref = reaction_new(how, promise, UNDEFINED, UNDEFINED);
  storeVal(request, REACTION.value, v);
  if (loadVal(g, GENERATOR.queue) === UNDEFINED) storeVal(g, GENERATOR.queue, boxObject(request));
  else storeRef(unboxRef(loadVal(g, GENERATOR.last)), REACTION.link, request);
  storeVal(g, GENERATOR.last, boxObject(request));
}

/** Takes the first request and answers it. */
function answer(g: ref, rejected: bool, v: val, done: val): void {
  const request: ref = first_request(g);
  const following: ref = loadRef(request, REACTION.link);
  storeVal(g, GENERATOR.queue, following === 0 ? UNDEFINED : boxObject(following));
  if (following === 0) storeVal(g, GENERATOR.last, UNDEFINED);
  storeRef(request, REACTION.link, 0);
  const promise: ref = loadRef(request, REACTION.derived);
  if (rejected) promise_reject(promise, v);
  else promise_resolve(promise, iterator_result(v, done));
}

// Requests ------------------------------------------------------------------------------------------------------------

/** `next`, `return` or `throw`, as RESUME says; gives the promise of the answer. */
export function async_generator_request(g: ref, how: i32, v: val): ref {
  const promise: ref = promise_alloc();
  const state: i32 = load32(g, GENERATOR.state);
  if (state === GENERATOR_STATE.done && how === RESUME.next) {
    promise_resolve(promise, iterator_result(UNDEFINED, TRUE));
    return promise;
  }
  const idle: bool = state === GENERATOR_STATE.done || state === GENERATOR_STATE.start;
  if (idle && how === RESUME.throw) {
    store32(g, GENERATOR.state, GENERATOR_STATE.done);
    storeVal(g, GENERATOR.frame, UNDEFINED);
    promise_reject(promise, v);
    return promise;
  }
  push_request(g, how, promise, v);
  if (idle && how === RESUME.return) await_return(g, v);
  else if (state === GENERATOR_STATE.start || state === GENERATOR_STATE.suspended) run(g, how, v);
  return promise;
}

function run(g: ref, how: i32, v: val): void {
  store32(g, GENERATOR.state, GENERATOR_STATE.running);
  const frame: ref = unboxRef(loadVal(g, GENERATOR.frame));
  globals.resumeStatus = generator_send(g, how, v);
  callResume(load32(frame, PROMISE.func), frame, 0);
  // Named behind the call as well: whoever resumes a frame keeps it alive.
  store32(frame, OBJECT_HEADER.meta, load32(frame, OBJECT_HEADER.meta));
}

// What the body calls -------------------------------------------------------------------------------------------------

/** A yield: answers the first request. With the next one waiting the body goes on at once, by the status given; else 0. */
export function async_generator_yield(g: ref, v: val): i32 {
  answer(g, false, v, FALSE);
  const request: ref = first_request(g);
  if (request === 0) {
    store32(g, GENERATOR.state, GENERATOR_STATE.suspended);
    return 0;
  }
  return generator_send(g, load32(request, REACTION.kind), loadVal(request, REACTION.value));
}

/** The end of the body, by a return or an error. */
export function async_generator_finish(g: ref, v: val, rejected: bool): void {
  store32(g, GENERATOR.state, GENERATOR_STATE.draining);
  storeVal(g, GENERATOR.frame, UNDEFINED);
  answer(g, rejected, v, TRUE);
  drain(g);
}

/** Q2. */
function drain(g: ref): void {
  let request: ref = first_request(g);
  while (request !== 0) {
    const how: i32 = load32(request, REACTION.kind);
    const v: val = loadVal(request, REACTION.value);
    if (how === RESUME.return) {
      await_return(g, v);
      return;
    }
    answer(g, how === RESUME.throw, how === RESUME.throw ? v : UNDEFINED, TRUE);
    request = first_request(g);
  }
  store32(g, GENERATOR.state, GENERATOR_STATE.done);
}

function await_return(g: ref, v: val): void {
  store32(g, GENERATOR.state, GENERATOR_STATE.draining);
  storeVal(g, GENERATOR.frame, UNDEFINED);
  const fulfilled: val = returned_function(funcIndex(return_fulfilled), g);
  const rejected: val = returned_function(funcIndex(return_rejected), g);
  promise_register(promise_resolve_value(v), reaction_new(JOB.then, promise_alloc(), fulfilled, rejected));
}

function returned_function(entry: i32, g: ref): val {
  const closure: ref = alloc_closure(entry, nativeInfo('', 1, 1), 1);
  storeVal(closure, CLOSURE.captures, boxObject(g));
  return boxObject(closure);
}

export function return_fulfilled(closure: ref, _self: val, _argc: i32, a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  return returned(unboxRef(loadVal(closure, CLOSURE.captures)), false, a0);
}

export function return_rejected(closure: ref, _self: val, _argc: i32, a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  return returned(unboxRef(loadVal(closure, CLOSURE.captures)), true, a0);
}

function returned(g: ref, rejected: bool, v: val): val {
  answer(g, rejected, v, TRUE);
  drain(g);
  return UNDEFINED;
}

// Methods -------------------------------------------------------------------------------------------------------------

export function AsyncIterator_next(self: ref, v: val): ref {
  return async_generator_request(self, RESUME.next, v);
}

export function AsyncIterator_return(self: ref, v: val): ref {
  return async_generator_request(self, RESUME.return, v);
}

export function AsyncIterator_throw(self: ref, error: val): ref {
  return async_generator_request(self, RESUME.throw, error);
}
