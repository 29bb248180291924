/**
 * What `for await` and `yield*` in async generators walk over: async generators, objects with a method `[Symbol.asyncIterator]`,
 * and sync iterables, whose values are awaited.
 *
 *   it = async_iterator_open(v)
 *   result = await async_iterator_call(it, RESUME.next, undefined);  while (async_iterator_step(it, result)) …
 *   left early: if (async_iterator_closing(it)) require_result(await iterator_value(it))
 *
 * The record is laid out as an ITERATOR: `target` is the iterator, `state` the `next` of a guest's.
 */
import { CLOSURE, FALSE, ITERATOR, KIND, NULL, RESUME, TRUE, UNDEFINED, kindShape } from '../abi.js';
import { async_generator_request } from './async-generators.js';
import { call_value } from './calls.js';
import { delegate_step } from './delegation.js';
import { type_error } from './errors.js';
import { alloc, alloc_closure } from './heap.js';
import {
  boxObject, caught, funcIndex, isObject, load32, loadVal, nativeInfo, refAt, store32, storeVal, str, unboxRef, type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { iterator_open, iterator_value, require_result } from './iteration.js';
import { iterator_result } from './iterator-results.js';
import { JOB } from './job-kinds.js';
import { has_fields, kind_of } from './kinds.js';
import { to_boolean } from './operators.js';
import { promise_alloc, promise_register, promise_reject, promise_resolve_value, reaction_new } from './promise-core.js';
import { get_property } from './properties.js';

/** Values of ITERATOR.kind in these records. `lacking`: `throw` was asked of an iterator without it. */
const SOURCE = { done: 0, generator: 1, guest: 2, sync: 3, lacking: 4 } as const;

function record(kind: i32, target: val): ref {
  const it: ref = alloc(ITERATOR.bytes, refAt(kindShape(KIND.iterator)));
  store32(it, ITERATOR.kind, kind);
  storeVal(it, ITERATOR.target, target);
  storeVal(it, ITERATOR.state, UNDEFINED);
  storeVal(it, ITERATOR.value, UNDEFINED);
  return it;
}

export function async_iterator_open(v: val, message: str): ref {
  if (kind_of(v) === KIND.asyncGenerator) return record(SOURCE.generator, v);
  if (!has_fields(kind_of(v))) return open_sync(v, message);
  const method: val = get_property(v, str('\0@@Symbol.asyncIterator'));
  if (method === UNDEFINED || method === NULL) return open_sync(v, message);
  const guest: val = call_value(method, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  if (kind_of(guest) === KIND.asyncGenerator) return record(SOURCE.generator, guest);
  if (!isObject(guest)) throw type_error(str('Result of the Symbol.asyncIterator method is not an object'));
  const it: ref = record(SOURCE.guest, guest);
  storeVal(it, ITERATOR.state, get_property(guest, str('next')));
  return it;
}

function open_sync(v: val, message: str): ref {
  const kind: i32 = kind_of(v);
  if (kind === 0 || kind === KIND.promise || kind === KIND.frame || kind === KIND.closure || kind === KIND.date) throw type_error(message);
  if (has_fields(kind) && !isObject(get_property(v, str('\0@@Symbol.iterator')))) throw type_error(message);
  return record(SOURCE.sync, boxObject(iterator_open(v)));
}

/** What has to be awaited for a step: RESUME.next, or in `yield*` any RESUME. */
export function async_iterator_call(it: ref, how: i32, argc: i32, v: val): val {
  const target: val = loadVal(it, ITERATOR.target);
  const kind: i32 = load32(it, ITERATOR.kind);
  if (kind === SOURCE.generator) return boxObject(async_generator_request(unboxRef(target), how, v));
  if (kind === SOURCE.sync) return boxObject(step_sync(unboxRef(target), how, v));
  if (how === RESUME.next) return call_value(loadVal(it, ITERATOR.state), target, argc, v, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  const method: val = get_property(target, how === RESUME.throw ? str('throw') : str('return'));
  if (method !== UNDEFINED && method !== NULL) return call_value(method, target, 1, v, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  if (how === RESUME.return) {
    store32(it, ITERATOR.kind, SOURCE.done);
    return v;
  }
  const closed: bool = async_iterator_closing(it);
  store32(it, ITERATOR.kind, SOURCE.lacking);
  return closed ? iterator_value(it) : UNDEFINED;
}

/** Takes the awaited result of a step apart: false at the end. The value is ITERATOR.value. */
export function async_iterator_step(it: ref, result: val): bool {
  const kind: i32 = load32(it, ITERATOR.kind);
  storeVal(it, ITERATOR.value, result);
  if (kind === SOURCE.done) return false;
  if (kind === SOURCE.lacking) throw type_error(str("The iterator does not provide a 'throw' method."));
  require_result(result);
  const done: bool = to_boolean(get_property(result, str('done')));
  storeVal(it, ITERATOR.value, get_property(result, str('value')));
  return !done;
}

/** Starts to close; true when there is something to await, in ITERATOR.value. */
export function async_iterator_closing(it: ref): bool {
  const kind: i32 = load32(it, ITERATOR.kind);
  const target: val = loadVal(it, ITERATOR.target);
  store32(it, ITERATOR.kind, SOURCE.done);
  if (kind === SOURCE.done) return false;
  if (kind === SOURCE.generator) {
    storeVal(it, ITERATOR.value, boxObject(async_generator_request(unboxRef(target), RESUME.return, UNDEFINED)));
  } else if (kind === SOURCE.sync) {
    storeVal(it, ITERATOR.value, boxObject(step_sync(unboxRef(target), RESUME.return, UNDEFINED)));
  } else {
    const method: val = get_property(target, str('return'));
    if (method === UNDEFINED || method === NULL) return false;
    storeVal(it, ITERATOR.value, call_value(method, target, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0));
  }
  return true;
}

/** As async_iterator_closing where an error is on its way, which goes before any that closing brings. */
export function async_iterator_abandoning(it: ref): bool {
  try {
    return async_iterator_closing(it);
  } catch (error) {
    caught(error);
  }
  return false;
}

/** A step of a sync iterator: the promise of {value, done} with the value awaited. */
function step_sync(inner: ref, how: i32, v: val): ref {
  const promise: ref = promise_alloc();
  try {
    const more: bool = delegate_step(inner, how, v);
    promise_register(promise_resolve_value(iterator_value(inner)), reaction_new(JOB.then, promise, result_function(more ? FALSE : TRUE), UNDEFINED));
  } catch (error) {
    promise_reject(promise, caught(error));
  }
  return promise;
}

/** Wraps the value that has come for a step. */
function result_function(done: val): val {
  const closure: ref = alloc_closure(funcIndex(result_entry), nativeInfo('', 1, 1), 1);
  storeVal(closure, CLOSURE.captures, done);
  return boxObject(closure);
}

export function result_entry(closure: ref, _self: val, _argc: i32, a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  return iterator_result(a0, loadVal(closure, CLOSURE.captures));
}
