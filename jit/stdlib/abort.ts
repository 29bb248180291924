/**
 * `AbortController` and `AbortSignal`.
 *
 * A listener is an array {callback, removed}; undefined among them stands for `onabort` (abort-handler.ts). A signal of `AbortSignal.any` hangs on the signals that are no such signals themselves, and
 * gets its reason before anyone hears of the abort.
 */
import { ABORT, ABORT_CONTROLLER, ABSENT, FALSE, KIND, NULL, TRUE, UNDEFINED, kindShape } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { call_value } from './calls.js';
import { abort_error, timeout_error } from './dom-exception.js';
import { type_error } from './errors.js';
import { alloc, alloc_array, alloc_closure, alloc_object } from './heap.js';
import {
  boxObject, boxString, caught, classOf, elementAddress, funcIndex, isString, loadVal, nativeInfo, refAt, storeVal, str, unboxRef,
  type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { array_extend } from './iteration.js';
import { key_equals } from './keys.js';
import { kind_of } from './kinds.js';
import { is_callable } from './promise-core.js';
import { set_property } from './properties.js';
import { report_uncaught } from './requests.js';
import { root_shape } from './shapes.js';
import { background_timer } from './timers.js';

const LISTENER = { callback: 0, removed: 1 } as const;
/** Where the closure of a timer keeps its signal. */
const TIMED = { signal: 16 } as const;

function signal_new(): ref {
  const signal: ref = alloc(ABORT.bytes, refAt(kindShape(KIND.abortSignal)));
  storeVal(signal, ABORT.reason, ABSENT);
  storeVal(signal, ABORT.onabort, NULL);
  storeVal(signal, ABORT.listeners, UNDEFINED);
  storeVal(signal, ABORT.dependents, UNDEFINED);
  storeVal(signal, ABORT.sources, UNDEFINED);
  return signal;
}

export function AbortController$new(): ref {
  const signal: val = boxObject(signal_new());
  const controller: ref = alloc(ABORT_CONTROLLER.bytes, refAt(kindShape(KIND.abortController)));
  storeVal(controller, ABORT_CONTROLLER.signal, signal);
  return controller;
}

export function AbortController_abort(self: ref, reason: val): void {
  signal_abort(unboxRef(loadVal(self, ABORT_CONTROLLER.signal)), reason === UNDEFINED ? abort_error() : reason);
}

export function AbortSignal$abort(reason: val): ref {
  const given: val = reason === UNDEFINED ? abort_error() : reason;
  const signal: ref = signal_new();
  storeVal(signal, ABORT.reason, given);
  return signal;
}

/** Its timer holds nobody up: like Node's, a task may end before it fires. */
export function AbortSignal$timeout(ms: val): ref {
  const signal: ref = signal_new();
  const fire: ref = alloc_closure(funcIndex(timed_out), nativeInfo('', 0, 1), 1);
  storeVal(fire, TIMED.signal, boxObject(signal));
  background_timer(boxObject(fire), ms);
  return signal;
}

function timed_out(closure: ref, _self: val, _argc: i32, _a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  signal_abort(unboxRef(loadVal(closure, TIMED.signal)), timeout_error());
  return UNDEFINED;
}

export function AbortSignal$any(signals: val): ref {
  const given: ref = alloc_array(4);
  array_extend(given, signals);
  const made: ref = signal_new();
  for (let i: i32 = 0; i < array_length(given); i++) {
    const signal: val = array_get(given, i);
    if (kind_of(signal) !== KIND.abortSignal) throw type_error(str('The "signals" argument must be an array of AbortSignal'));
  }
  for (let i: i32 = 0; i < array_length(given); i++) {
    const signal: ref = unboxRef(array_get(given, i));
    if (loadVal(signal, ABORT.reason) === ABSENT) continue;
    storeVal(made, ABORT.reason, loadVal(signal, ABORT.reason));
    return made;
  }
  storeVal(made, ABORT.sources, boxObject(alloc_array(4)));
  for (let i: i32 = 0; i < array_length(given); i++) follow(made, unboxRef(array_get(given, i)));
  return made;
}

/** Hangs a signal on another, or on what that one hangs on. */
function follow(signal: ref, source: ref): void {
  const roots: val = loadVal(source, ABORT.sources);
  if (roots === UNDEFINED) {
    depend(signal, source);
    return;
  }
  for (let i: i32 = 0; i < array_length(unboxRef(roots)); i++) depend(signal, unboxRef(array_get(unboxRef(roots), i)));
}

function depend(signal: ref, source: ref): void {
  array_push(list_at(signal, ABORT.sources), boxObject(source));
  const dependents: ref = list_at(source, ABORT.dependents);
  for (let i: i32 = 0; i < array_length(dependents); i++) {
    if (array_get(dependents, i) === boxObject(signal)) return;
  }
  array_push(dependents, boxObject(signal));
}

/** The array in a slot of a signal, made when first needed. */
function list_at(signal: ref, offset: i32): ref {
  const known: val = loadVal(elementAddress(signal, offset, 0), 0);
  if (known !== UNDEFINED) return unboxRef(known);
  const made: ref = alloc_array(2);
  storeVal(elementAddress(signal, offset, 0), 0, boxObject(made));
  return made;
}

function signal_abort(signal: ref, reason: val): void {
  if (loadVal(signal, ABORT.reason) !== ABSENT) return;
  storeVal(signal, ABORT.reason, reason);
  const told: ref = alloc_array(4);
  array_push(told, boxObject(signal));
  const dependents: val = loadVal(signal, ABORT.dependents);
  const count: i32 = dependents === UNDEFINED ? 0 : array_length(unboxRef(dependents));
  for (let i: i32 = 0; i < count; i++) {
    const other: ref = unboxRef(array_get(unboxRef(dependents), i));
    if (loadVal(other, ABORT.reason) !== ABSENT) continue;
    storeVal(other, ABORT.reason, reason);
    array_push(told, boxObject(other));
  }
  for (let i: i32 = 0; i < array_length(told); i++) dispatch(unboxRef(array_get(told, i)));
}

/** Calls the listeners that were there when the abort came. */
function dispatch(signal: ref): void {
  const listeners: val = loadVal(signal, ABORT.listeners);
  if (listeners === UNDEFINED) return;
  const event: val = event_new(signal);
  const count: i32 = array_length(unboxRef(listeners));
  for (let i: i32 = 0; i < count; i++) {
    const callback: val = callback_of(signal, array_get(unboxRef(listeners), i));
    if (!is_callable(callback)) continue;
    try {
      call_value(callback, boxObject(signal), 1, event, UNDEFINED, UNDEFINED, UNDEFINED, 0);
    } catch (error) {
      report_uncaught(caught(error));
    }
  }
}

/** What to call for a listener now; undefined if nothing. */
function callback_of(signal: ref, entry: val): val {
  if (entry === UNDEFINED) return loadVal(signal, ABORT.onabort);
  const listener: ref = unboxRef(entry);
  return array_get(listener, LISTENER.removed) === TRUE ? UNDEFINED : array_get(listener, LISTENER.callback);
}

function event_new(signal: ref): val {
  const event: val = boxObject(alloc_object(root_shape(KIND.object, classOf('Event'), 2, 0)));
  set_property(event, str('type'), boxString(str('abort')));
  set_property(event, str('target'), boxObject(signal));
  return event;
}

export function AbortSignal_throwIfAborted(self: ref): void {
  const reason: val = loadVal(self, ABORT.reason);
  if (reason !== ABSENT) throw reason;
}

export function AbortSignal_addEventListener(self: ref, kind: val, callback: val): void {
  if (!is_abort(kind) || callback === NULL || callback === UNDEFINED) return;
  if (!is_callable(callback)) throw type_error(str('The "listener" argument must be an instance of EventListener.'));
  // After the abort nothing is called any more; the list must not change under a dispatch.
  if (loadVal(self, ABORT.reason) !== ABSENT || find_listener(self, callback) >= 0) return;
  add_listener(self, callback);
}

export function AbortSignal_removeEventListener(self: ref, kind: val, callback: val): void {
  const at: i32 = is_abort(kind) ? find_listener(self, callback) : -1;
  if (at >= 0) array_set(unboxRef(array_get(unboxRef(loadVal(self, ABORT.listeners)), at)), LISTENER.removed, TRUE);
}

function is_abort(kind: val): bool {
  return isString(kind) && key_equals(unboxRef(kind), str('abort'));
}

/** Those taken off are forgotten when others come: a signal that lives long keeps no list of the dead. */
function add_listener(signal: ref, callback: val): void {
  const listener: ref = alloc_array(2);
  array_push(listener, callback);
  array_push(listener, FALSE);
  const all: ref = list_at(signal, ABORT.listeners);
  let kept: i32 = 0;
  for (let i: i32 = 0; i < array_length(all); i++) {
    const entry: val = array_get(all, i);
    if (entry !== UNDEFINED && array_get(unboxRef(entry), LISTENER.removed) === TRUE) continue;
    array_set(all, kept, entry);
    kept = kept + 1;
  }
  array_truncate(all, kept);
  array_push(all, boxObject(listener));
}

/** Where a callback stands among the listeners, or -1. */
function find_listener(signal: ref, callback: val): i32 {
  const listeners: val = loadVal(signal, ABORT.listeners);
  const count: i32 = listeners === UNDEFINED ? 0 : array_length(unboxRef(listeners));
  for (let i: i32 = 0; i < count; i++) {
    const entry: val = array_get(unboxRef(listeners), i);
    if (entry === UNDEFINED || array_get(unboxRef(entry), LISTENER.removed) === TRUE) continue;
    if (array_get(unboxRef(entry), LISTENER.callback) === callback) return i;
  }
  return -1;
}
