/**
 * `Object.groupBy` and `Map.groupBy`.
 */
import { ABSENT, KIND, UNDEFINED } from '../abi.js';
import { array_push } from './arrays.js';
import { call_two, require_callable } from './calls.js';
import { field_get, field_set } from './fields.js';
import { table_get, table_new, table_set } from './hash-table.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, caught, toF64, unboxRef, type i32, type ref, type str, type val } from './intrinsics.js';
import { iterator_close, iterator_next, iterator_open, iterator_value } from './iteration.js';
import { name_of_key } from './keys.js';
import { object_new } from './objects.js';

export function Object$groupBy(items: val, callback: val): ref {
  require_callable(callback);
  const groups: ref = object_new();
  const it: ref = iterator_open(items);
  for (let i: i32 = 0; iterator_next(it); i++) {
    const name: str = name_of_key(group_key(it, callback, i));
    let group: val = field_get(groups, name);
    if (group === ABSENT) {
      group = boxObject(alloc_array(4));
      field_set(groups, name, group);
    }
    array_push(unboxRef(group), iterator_value(it));
  }
  return groups;
}

export function Map$groupBy(items: val, callback: val): ref {
  require_callable(callback);
  const groups: ref = table_new(KIND.map);
  const it: ref = iterator_open(items);
  for (let i: i32 = 0; iterator_next(it); i++) {
    const key: val = group_key(it, callback, i);
    let group: val = table_get(groups, key);
    if (group === ABSENT) {
      group = boxObject(alloc_array(4));
      table_set(groups, key, group);
    }
    array_push(unboxRef(group), iterator_value(it));
  }
  return groups;
}

/** The key of the item that an iterator stands on; when the callback throws, the iterator is closed first. */
function group_key(it: ref, callback: val, i: i32): val {
  try {
    return call_two(callback, UNDEFINED, iterator_value(it), boxF64(toF64(i)));
  } catch (error) {
    const thrown: val = caught(error);
    iterator_close(it);
    throw thrown;
  }
}
