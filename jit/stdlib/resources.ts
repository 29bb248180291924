/**
 * What `using` and `await using` do with their values. A resource is an array: the value, the method that disposes of it
 * (or undefined for none), and whether what that gives is awaited.
 */
import { CANCEL, FALSE, NULL, TRUE, UNDEFINED } from '../abi.js';
import { array_get, array_push } from './arrays.js';
import { call_value } from './calls.js';
import { error_with, type_error } from './errors.js';
import { field_set } from './fields.js';
import { alloc_array } from './heap.js';
import { boxObject, caught, classOf, str, type bool, type ref, type val } from './intrinsics.js';
import { is_callable } from './promise-core.js';
import { get_property } from './properties.js';

const RESOURCE = { value: 0, method: 1, awaited: 2, count: 3 } as const;

function resource_new(value: val, method: val, awaited: bool): ref {
  const resource: ref = alloc_array(RESOURCE.count);
  array_push(resource, value);
  array_push(resource, method);
  array_push(resource, awaited ? TRUE : FALSE);
  return resource;
}

/** Of `using x = value`; throws what has nothing to dispose of it by. */
export function resource_open(value: val): ref {
  if (value === NULL || value === UNDEFINED) return resource_new(value, UNDEFINED, false);
  const method: val = get_property(value, str('\0@@Symbol.dispose'));
  if (!is_callable(method)) throw type_error(str('Symbol(Symbol.dispose) is not a function'));
  return resource_new(value, method, false);
}

/** Of `await using x = value`, which takes what is only disposable at once too. */
export function async_resource_open(value: val): ref {
  if (value === NULL || value === UNDEFINED) return resource_new(value, UNDEFINED, false);
  const method: val = get_property(value, str('\0@@Symbol.asyncDispose'));
  if (method === UNDEFINED || method === NULL) return resource_open(value);
  if (!is_callable(method)) throw type_error(str('Symbol(Symbol.asyncDispose) is not a function'));
  return resource_new(value, method, true);
}

/** Disposes; gives what `await using` then awaits. */
export function resource_dispose(resource: ref): val {
  const method: val = array_get(resource, RESOURCE.method);
  if (method === UNDEFINED) return UNDEFINED;
  const given: val = call_value(method, array_get(resource, RESOURCE.value), 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  return array_get(resource, RESOURCE.awaited) === TRUE ? given : UNDEFINED;
}

/** Disposes while an error is on its way; gives the error that goes on. */
export function resource_abandon(resource: ref, error: val): val {
  try {
    resource_dispose(resource);
  } catch (thrown) {
    return error_suppressed(caught(thrown), error);
  }
  return error;
}

/** The error that goes on when disposing threw while another was on its way. A cancellation stays one. */
export function error_suppressed(error: val, suppressed: val): val {
  if (error === CANCEL || suppressed === CANCEL) return CANCEL;
  const made: ref = error_with(classOf('SuppressedError'), str('An error was suppressed during disposal.'));
  field_set(made, str('error'), error);
  field_set(made, str('suppressed'), suppressed);
  return boxObject(made);
}
