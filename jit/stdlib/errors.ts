/**
 * Error objects: their making, their traces, the library's own TypeErrors and RangeErrors.
 *
 * An error is an object of kind `error` whose shape has the class. `message`, `cause` and the `errors` of an
 * AggregateError are ordinary slots that enumeration skips. The trace is a BLOB behind the object: how many sites, then
 * the sites, innermost first; the host turns them into a stack when the error leaves the task.
 */
import { ABSENT, BLOB, CLASS, CLASS_FLAGS, KIND, OBJECT, OBJECT_HEADER, SHAPE, UNDEFINED } from '../abi.js';
import { field_get, field_set } from './fields.js';
import { alloc_blob, alloc_object } from './heap.js';
import {
  boxObject, boxString, classOf, copyBytes, elementAddress, globals, isObject, load32, loadRef, store32, storeRef, str, unboxRef,
  type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { key_equals } from './keys.js';
import { has_fields, kind_of } from './kinds.js';
import { to_string } from './operators.js';
import { get_property } from './properties.js';
import { root_shape } from './shapes.js';
import { string_concat, string_length } from './strings.js';

/** Sites that a trace keeps: those next to the throw. */
const MAX_SITES = 64;

/** An error of this class (a CLASS); `message` and `options` as the arguments of `new Error`. */
export function error_new(descriptor: ref, message: val, options: val): ref {
  const error: ref = alloc_object(root_shape(KIND.error, descriptor, 2, 0));
  error_init(error, message, options);
  return error;
}

/** What `super(message, options)` does to an instance of a class that extends Error. */
export function error_init(error: ref, message: val, options: val): void {
  if (message !== UNDEFINED) field_set(error, str('message'), boxString(to_string(message)));
  if (!has_fields(kind_of(options))) return;
  const cause: val = field_get(unboxRef(options), str('cause'));
  if (cause !== ABSENT) field_set(error, str('cause'), cause);
}

/** An error of the library's own making. Unlike error_new it cannot throw, which keeps its many callers plain. */
export function error_with(descriptor: ref, message: str): ref {
  const error: ref = alloc_object(root_shape(KIND.error, descriptor, 2, 0));
  field_set(error, str('message'), boxString(message));
  return error;
}

export function type_error(message: str): val {
  return boxObject(error_with(classOf('TypeError'), message));
}

export function range_error(message: str): val {
  return boxObject(error_with(classOf('RangeError'), message));
}

/** Adds a site to the trace of the error in the global `error`, if it is an Error. */
export function error_trace(site: i32): void {
  const thrown: val = globals.error;
  if (!isObject(thrown) || kind_of(thrown) !== KIND.error) return;
  const error: ref = unboxRef(thrown);
  let trace: ref = loadRef(error, OBJECT.trace);
  const count: i32 = trace === 0 ? 0 : load32(trace, BLOB.data);
  if (count === MAX_SITES) return;
  if (trace === 0 || 4 + count * 4 >= load32(trace, BLOB.byteLength)) {
    const grown: ref = alloc_blob(4 + (count < 4 ? 4 : count * 2) * 4);
    if (trace !== 0) copyBytes(elementAddress(grown, 0, BLOB.data), elementAddress(trace, 0, BLOB.data), 4 + count * 4);
    storeRef(error, OBJECT.trace, grown);
    trace = grown;
  }
  store32(elementAddress(trace, count << 2, BLOB.data + 4), 0, site);
  store32(trace, BLOB.data, count + 1);
}

/** Number of sites in an error's trace. */
export function error_site_count(error: ref): i32 {
  const trace: ref = loadRef(error, OBJECT.trace);
  return trace === 0 ? 0 : load32(trace, BLOB.data);
}

export function error_site(error: ref, i: i32): i32 {
  return load32(elementAddress(loadRef(error, OBJECT.trace), i << 2, BLOB.data + 4), 0);
}

/** What instances read as `name` when they have none of their own: the name of the library class they descend from. */
export function error_class_name(error: ref): str {
  let descriptor: ref = loadRef(loadRef(error, OBJECT_HEADER.shape), SHAPE.class);
  while (descriptor !== 0) {
    if ((load32(descriptor, CLASS.flags) & CLASS_FLAGS.library) !== 0) return loadRef(descriptor, CLASS.name);
    descriptor = loadRef(descriptor, CLASS.parent);
  }
  return str('Error');
}

/** Whether an own property of an error is hidden from enumeration. */
export function error_hides(error: ref, name: str): bool {
  if (key_equals(name, str('message')) || key_equals(name, str('cause')) || key_equals(name, str('stack'))) return true;
  if (key_equals(name, str('errors'))) return key_equals(error_class_name(error), str('AggregateError'));
  return (key_equals(name, str('error')) || key_equals(name, str('suppressed'))) && key_equals(error_class_name(error), str('SuppressedError'));
}

/** `Error.prototype.toString`. */
export function Error_toString(self: ref): str {
  const error: val = boxObject(self);
  const nameValue: val = get_property(error, str('name'));
  const messageValue: val = get_property(error, str('message'));
  const name: str = nameValue === UNDEFINED ? str('Error') : to_string(nameValue);
  const message: str = messageValue === UNDEFINED ? str('') : to_string(messageValue);
  if (string_length(name) === 0) return message;
  if (string_length(message) === 0) return name;
  return string_concat(string_concat(name, str(': ')), message);
}

/** Calls of what is no function: `name` is the callee as it stands in the source. */
export function call_not_function(name: str): val {
  return type_error(string_concat(name, str(' is not a function')));
}
