/**
 * What each element of Promise.all, allSettled and any does once its promise is settled. `derived` is the promise that
 * the call gave; settling it twice does nothing (P1), so the first rejection of `all` and the first value of `any` win.
 */
import { ARRAY, KIND, REACTION, SETTLED } from '../abi.js';
import { error_with } from './errors.js';
import { field_set } from './fields.js';
import { alloc_object, slots_get, slots_set } from './heap.js';
import { boxF64, boxObject, boxString, caught, classOf, loadRef, loadVal, str, toI32, unboxF64, unboxRef } from './intrinsics.js';
import type { bool, f64, i32, ref, val } from './intrinsics.js';
import { ELEMENTS, JOB } from './job-kinds.js';
import { promise_reject, promise_settle } from './promise-core.js';
import { root_shape } from './shapes.js';

/** Stores an element's outcome; true for the last one. */
function store_element(reaction: ref, value: val): bool {
  const state: ref = unboxRef(loadVal(reaction, REACTION.onFulfilled));
  const index: f64 = unboxF64(loadVal(reaction, REACTION.onRejected));
  // No program has seen the array yet, so nothing about it can have changed.
  slots_set(loadRef(unboxRef(slots_get(state, ELEMENTS.items)), ARRAY.data), toI32(index), value);
  const left: f64 = unboxF64(slots_get(state, ELEMENTS.left)) - 1;
  slots_set(state, ELEMENTS.left, boxF64(left));
  return left === 0;
}

function items_of(reaction: ref): val {
  return slots_get(unboxRef(loadVal(reaction, REACTION.onFulfilled)), ELEMENTS.items);
}

function all_settle(reaction: ref, derived: ref, rejected: bool, value: val): void {
  if (rejected) promise_reject(derived, value);
  else if (store_element(reaction, value)) promise_settle(derived, SETTLED.fulfilled, items_of(reaction));
}

function settled_settle(reaction: ref, derived: ref, rejected: bool, value: val): void {
  const outcome: ref = alloc_object(root_shape(KIND.object, 0, 2, 0));
  field_set(outcome, str('status'), boxString(rejected ? str('rejected') : str('fulfilled')));
  field_set(outcome, rejected ? str('reason') : str('value'), value);
  if (store_element(reaction, boxObject(outcome))) promise_settle(derived, SETTLED.fulfilled, items_of(reaction));
}

function any_settle(reaction: ref, derived: ref, rejected: bool, value: val): void {
  if (!rejected) promise_settle(derived, SETTLED.fulfilled, value);
  else if (store_element(reaction, value)) any_reject(derived, items_of(reaction));
}

/** Runs the reaction of an element of `kind`. */
export function element_settle(kind: i32, reaction: ref, derived: ref, rejected: bool, value: val): void {
  try {
    if (kind === JOB.all) all_settle(reaction, derived, rejected, value);
    else if (kind === JOB.allSettled) settled_settle(reaction, derived, rejected, value);
    else any_settle(reaction, derived, rejected, value);
  } catch (error) {
    promise_reject(derived, caught(error));
  }
}

/** Rejects with the AggregateError of these errors. */
export function any_reject(derived: ref, errors: val): void {
  const error: ref = error_with(classOf('AggregateError'), str('All promises were rejected'));
  field_set(error, str('errors'), errors);
  promise_reject(derived, boxObject(error));
}
