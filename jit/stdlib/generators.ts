/**
 * Generators. The body is an async function to the compiler: its frame holds what lives across a yield, and each yield
 * leaves with the frame pending. Here: making generators, and going on with a body.
 *
 *   g = generator_new();  (v, status) = body(0, 0, g, …arguments);  generator_started(g, v, status)
 *
 * G1: the frame of a body that is not done is known to its generator alone, so it is given back at the end.
 * G2: a body that is resumed with GENERATOR_RETURN returns what GENERATOR.sent holds.
 */
import { ASYNC, GENERATOR, GENERATOR_RETURN, GENERATOR_STATE, ITERATOR, KIND, PROMISE, RESUME, UNDEFINED, kindShape } from '../abi.js';
import { type_error } from './errors.js';
import { frame_release } from './frames.js';
import { alloc } from './heap.js';
import { boxObject, callResume, globals, load32, loadVal, refAt, store32, storeVal, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';

export function generator_new(): ref {
  const g: ref = alloc(ITERATOR.bytes, refAt(kindShape(KIND.generator)));
  generator_clear(g);
  return g;
}

export function generator_clear(g: ref): void {
  store32(g, GENERATOR.kind, GENERATOR.iteration);
  storeVal(g, GENERATOR.frame, UNDEFINED);
  storeVal(g, GENERATOR.sent, UNDEFINED);
  storeVal(g, GENERATOR.value, UNDEFINED);
}

/** The generator, once its body has bound its parameters and waits, or the error that came instead. */
export function generator_started(g: ref, v: val, status: i32): val {
  if (status !== ASYNC.pending) throw v;
  storeVal(g, GENERATOR.frame, v);
  return boxObject(g);
}

/** Puts where a body looks for it what it goes on with; gives the status. */
export function generator_send(g: ref, how: i32, v: val): i32 {
  globals.resumeValue = v;
  if (how === RESUME.return) {
    storeVal(g, GENERATOR.sent, v);
    globals.resumeValue = GENERATOR_RETURN;
    return ASYNC.rejected;
  }
  return how;
}

/** Goes on with a generator as RESUME says; true when it yielded, false when it ended. The value is in GENERATOR.value. */
export function generator_resume(g: ref, how: i32, v: val): bool {
  const state: i32 = load32(g, GENERATOR.state);
  if (state === GENERATOR_STATE.running) throw type_error(str('Generator is already running'));
  if (state === GENERATOR_STATE.done || (state === GENERATOR_STATE.start && how !== RESUME.next)) return resume_ended(g, how, v);
  store32(g, GENERATOR.state, GENERATOR_STATE.running);
  const frame: ref = unboxRef(loadVal(g, GENERATOR.frame));
  globals.resumeStatus = generator_send(g, how, v);
  const status: i32 = callResume(load32(frame, PROMISE.func), frame, 0);
  if (status === ASYNC.pending) {
    store32(g, GENERATOR.state, GENERATOR_STATE.suspended);
    return true;
  }
  store32(g, GENERATOR.state, GENERATOR_STATE.done);
  storeVal(g, GENERATOR.frame, UNDEFINED);
  storeVal(g, GENERATOR.sent, UNDEFINED);
  frame_release(frame);
  if (status === ASYNC.rejected) throw globals.resumeValue;
  storeVal(g, GENERATOR.value, globals.resumeValue);
  return false;
}

/** What a generator does that has ended, or that never began and never will. */
function resume_ended(g: ref, how: i32, v: val): bool {
  store32(g, GENERATOR.state, GENERATOR_STATE.done);
  storeVal(g, GENERATOR.frame, UNDEFINED);
  if (how === RESUME.throw) throw v;
  storeVal(g, GENERATOR.value, how === RESUME.return ? v : UNDEFINED);
  return false;
}
