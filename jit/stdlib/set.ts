/**
 * `Set`. The table keeps the order and follows walks through changes (hash-table.ts).
 */
import { KIND, NULL, UNDEFINED } from '../abi.js';
import { charge } from './fuel.js';
import { table_clear, table_delete, table_find, table_new, table_set, table_size } from './hash-table.js';
import { boxObject, toF64, type bool, type f64, type ref, type val } from './intrinsics.js';
import { iterator_new, iterator_next, iterator_open, iterator_value } from './iteration.js';
import { ITERATION } from './iterations.js';
import { table_for_each } from './table-walk.js';

/** `new Set(iterable)`. */
export function Set$new(iterable: val): ref {
  const set: ref = table_new(KIND.set);
  if (iterable === UNDEFINED || iterable === NULL) return set;
  const it: ref = iterator_open(iterable);
  while (iterator_next(it)) {
    charge(1);
    table_set(set, iterator_value(it), UNDEFINED);
  }
  return set;
}

export function Set_add(self: ref, v: val): ref {
  table_set(self, v, UNDEFINED);
  return self;
}

export function Set_has(self: ref, v: val): bool {
  return table_find(self, v) >= 0;
}

export function Set_delete(self: ref, v: val): bool {
  return table_delete(self, v);
}

export function Set_clear(self: ref): void {
  table_clear(self);
}

export function Set_get_size(self: ref): f64 {
  return toF64(table_size(self));
}

/** Calls with (value, value, set). */
export function Set_forEach(self: ref, callback: val, thisArg: val): void {
  table_for_each(self, callback, thisArg);
}

export function Set_values(self: ref): ref {
  return iterator_new(ITERATION.tableKeys, boxObject(self));
}

export function Set_keys(self: ref): ref {
  return iterator_new(ITERATION.tableKeys, boxObject(self));
}

export function Set_entries(self: ref): ref {
  return iterator_new(ITERATION.tableEntries, boxObject(self));
}
