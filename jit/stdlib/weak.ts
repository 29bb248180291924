/**
 * `WeakMap` and `WeakSet`: tables of kinds `weakMap` and `weakSet` whose keys are objects. Their entries live as long as the table: a
 * program cannot tell, since it has no way to see whether an object is still there.
 */
import { ABSENT, KIND, NULL, UNDEFINED } from '../abi.js';
import { array_get, array_length } from './arrays.js';
import { get_element } from './elements.js';
import { type_error } from './errors.js';
import { table_delete, table_find, table_get, table_new, table_set } from './hash-table.js';
import { boxF64, isObject, str, type bool, type i32, type ref, type val } from './intrinsics.js';
import { list_from_iterable } from './iteration.js';
import { not_an_entry } from './objects.js';

export function WeakMap$new(iterable: val): ref {
  const map: ref = table_new(KIND.weakMap);
  if (iterable === UNDEFINED || iterable === NULL) return map;
  const entries: ref = list_from_iterable(iterable);
  for (let i: i32 = 0; i < array_length(entries); i++) {
    const entry: val = array_get(entries, i);
    if (!isObject(entry)) throw not_an_entry(entry);
    WeakMap_set(map, get_element(entry, boxF64(0)), get_element(entry, boxF64(1)));
  }
  return map;
}

export function WeakMap_get(self: ref, key: val): val {
  const v: val = table_get(self, key);
  return v === ABSENT ? UNDEFINED : v;
}

export function WeakMap_set(self: ref, key: val, v: val): ref {
  if (!isObject(key)) throw type_error(str('Invalid value used as weak map key'));
  table_set(self, key, v);
  return self;
}

export function WeakMap_has(self: ref, key: val): bool {
  return table_find(self, key) >= 0;
}

export function WeakMap_delete(self: ref, key: val): bool {
  return table_delete(self, key);
}

export function WeakSet$new(iterable: val): ref {
  const set: ref = table_new(KIND.weakSet);
  if (iterable === UNDEFINED || iterable === NULL) return set;
  const values: ref = list_from_iterable(iterable);
  for (let i: i32 = 0; i < array_length(values); i++) WeakSet_add(set, array_get(values, i));
  return set;
}

export function WeakSet_add(self: ref, v: val): ref {
  if (!isObject(v)) throw type_error(str('Invalid value used in weak set'));
  table_set(self, v, UNDEFINED);
  return self;
}

export function WeakSet_has(self: ref, v: val): bool {
  return table_find(self, v) >= 0;
}

export function WeakSet_delete(self: ref, v: val): bool {
  return table_delete(self, v);
}
