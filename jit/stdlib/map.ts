/**
 * `Map`. The table keeps the order and follows walks through changes (hash-table.ts).
 */
import { ABSENT, KIND, NULL, UNDEFINED } from '../abi.js';
import { get_element } from './elements.js';
import { charge } from './fuel.js';
import { table_clear, table_delete, table_find, table_get, table_new, table_set, table_size } from './hash-table.js';
import { boxF64, boxObject, isObject, toF64, type bool, type f64, type ref, type val } from './intrinsics.js';
import { iterator_close, iterator_new, iterator_next, iterator_open, iterator_value } from './iteration.js';
import { ITERATION } from './iterations.js';
import { not_an_entry } from './objects.js';
import { table_for_each } from './table-walk.js';

/** `new Map(iterable)`, of entries. */
export function Map$new(iterable: val): ref {
  const map: ref = table_new(KIND.map);
  if (iterable === UNDEFINED || iterable === NULL) return map;
  const it: ref = iterator_open(iterable);
  while (iterator_next(it)) {
    charge(1);
    const entry: val = iterator_value(it);
    if (!isObject(entry)) {
      iterator_close(it);
      throw not_an_entry(entry);
    }
    table_set(map, get_element(entry, boxF64(0)), get_element(entry, boxF64(1)));
  }
  return map;
}

export function Map_get(self: ref, key: val): val {
  const v: val = table_get(self, key);
  return v === ABSENT ? UNDEFINED : v;
}

export function Map_set(self: ref, key: val, v: val): ref {
  table_set(self, key, v);
  return self;
}

export function Map_has(self: ref, key: val): bool {
  return table_find(self, key) >= 0;
}

export function Map_delete(self: ref, key: val): bool {
  return table_delete(self, key);
}

export function Map_clear(self: ref): void {
  table_clear(self);
}

export function Map_get_size(self: ref): f64 {
  return toF64(table_size(self));
}

/** Calls with (value, key, map). */
export function Map_forEach(self: ref, callback: val, thisArg: val): void {
  table_for_each(self, callback, thisArg);
}

export function Map_keys(self: ref): ref {
  return iterator_new(ITERATION.tableKeys, boxObject(self));
}

export function Map_values(self: ref): ref {
  return iterator_new(ITERATION.tableValues, boxObject(self));
}

export function Map_entries(self: ref): ref {
  return iterator_new(ITERATION.tableEntries, boxObject(self));
}
