/**
 * `forEach` of Map and Set: visits what is added meanwhile, skips what is deleted before its turn.
 */
import { ITERATOR, UNDEFINED } from '../abi.js';
import { call_value } from './calls.js';
import { table_key } from './hash-table.js';
import { describe_typed } from './describe.js';
import { call_not_function } from './errors.js';
import { boxObject, load32, type ref, type val } from './intrinsics.js';
import { iterator_new, iterator_next, iterator_value } from './iteration.js';
import { ITERATION } from './iterations.js';
import { is_callable } from './promise-core.js';

/** Calls with (value, key, table); a set's value is its key. */
export function table_for_each(table: ref, callback: val, thisArg: val): void {
  if (!is_callable(callback)) throw call_not_function(describe_typed(callback));
  const it: ref = iterator_new(ITERATION.tableValues, boxObject(table));
  while (iterator_next(it)) {
    const key: val = table_key(table, load32(it, ITERATOR.position) - 1);
    call_value(callback, thisArg, 3, iterator_value(it), key, boxObject(table), UNDEFINED, 0);
  }
}
