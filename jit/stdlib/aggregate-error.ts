/** `AggregateError`: an error with a list of errors, which enumeration skips. */
import { error_init } from './errors.js';
import { field_set } from './fields.js';
import { alloc_object } from './heap.js';
import { boxObject, classOf, str, type ref, type val } from './intrinsics.js';
import { list_from_iterable } from './iteration.js';
import { KIND } from '../abi.js';
import { root_shape } from './shapes.js';

/** `new AggregateError(errors, message, options)`. */
export function AggregateError$new(errors: val, message: val, options: val): ref {
  const error: ref = alloc_object(root_shape(KIND.error, classOf('AggregateError'), 2, 0));
  error_init(error, message, options);
  field_set(error, str('errors'), boxObject(list_from_iterable(errors)));
  return error;
}
