/** The objects {value, done} that the methods of iterators give. */
import { field_append } from './fields.js';
import { boxObject, str, type ref, type val } from './intrinsics.js';
import { object_new } from './objects.js';

/** `done` is a boolean. */
export function iterator_result(value: val, done: val): val {
  const result: ref = object_new();
  field_append(result, str('value'), value);
  field_append(result, str('done'), done);
  return boxObject(result);
}
