/**
 * Promise.all, allSettled, any, race, withResolvers, try. An iterable that throws rejects the promise they give.
 */
import { ARRAY, KIND, SETTLED, UNDEFINED } from '../abi.js';
import { array_get, array_push, list_from_iterable } from './arrays.js';
import { field_set } from './fields.js';
import { alloc_array, alloc_object, alloc_slots, slots_set } from './heap.js';
import { boxF64, boxObject, caught, load32, str, toF64 } from './intrinsics.js';
import type { i32, ref, val } from './intrinsics.js';
import { ELEMENTS, JOB } from './job-kinds.js';
import { call_list } from './call-list.js';
import { any_reject } from './promise-elements.js';
import {
  promise_alloc, promise_register, promise_reject, promise_resolve, promise_resolve_value, promise_settle, reaction_new,
} from './promise-core.js';
import { reject_function, resolve_function, resolving_cell } from './promise-then.js';
import { root_shape } from './shapes.js';

/** The state that the elements of one call share: an array of `count` results, and how many are missing. */
function elements_new(count: i32): ref {
  const items: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) array_push(items, UNDEFINED);
  const state: ref = alloc_slots(ELEMENTS.count);
  slots_set(state, ELEMENTS.items, boxObject(items));
  slots_set(state, ELEMENTS.left, boxF64(toF64(count)));
  return state;
}

/** Nothing to wait for. `race` then never settles. */
function settle_empty(kind: i32, derived: ref): void {
  if (kind === JOB.any) any_reject(derived, boxObject(alloc_array(0)));
  else if (kind !== JOB.race) promise_settle(derived, SETTLED.fulfilled, boxObject(alloc_array(0)));
}

function combine(kind: i32, iterable: val): ref {
  const derived: ref = promise_alloc();
  try {
    const list: ref = list_from_iterable(iterable);
    const count: i32 = load32(list, ARRAY.length);
    if (count === 0) settle_empty(kind, derived);
    const state: val = boxObject(elements_new(kind === JOB.race ? 0 : count));
    for (let i: i32 = 0; i < count; i++) {
      promise_register(promise_resolve_value(array_get(list, i)), reaction_new(kind, derived, state, boxF64(toF64(i))));
    }
  } catch (error) {
    promise_reject(derived, caught(error));
  }
  return derived;
}

export function Promise$all(iterable: val): ref {
  return combine(JOB.all, iterable);
}

export function Promise$allSettled(iterable: val): ref {
  return combine(JOB.allSettled, iterable);
}

export function Promise$any(iterable: val): ref {
  return combine(JOB.any, iterable);
}

export function Promise$race(iterable: val): ref {
  return combine(JOB.race, iterable);
}

export function Promise$withResolvers(): ref {
  const promise: ref = promise_alloc();
  const cell: val = resolving_cell(promise);
  const made: ref = alloc_object(root_shape(KIND.object, 0, 3, 0));
  field_set(made, str('promise'), boxObject(promise));
  field_set(made, str('resolve'), resolve_function(cell));
  field_set(made, str('reject'), reject_function(cell));
  return made;
}

export function Promise$try(callback: val, rest: ref): ref {
  const promise: ref = promise_alloc();
  try {
    promise_resolve(promise, call_list(callback, UNDEFINED, rest));
  } catch (error) {
    promise_reject(promise, caught(error));
  }
  return promise;
}
