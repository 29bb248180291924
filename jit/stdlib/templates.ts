/**
 * The arrays that tagged templates hand to their function: one for each place in the source, frozen, with a hidden
 * property `raw`. They stand in the table of interned values, by the address of their data.
 */
import { ABSENT, ARRAY, TEMPLATE, UNDEFINED } from '../abi.js';
import { array_push } from './arrays.js';
import { table_get, table_set } from './hash-table.js';
import { alloc_array } from './heap.js';
import { addressOf, boxF64, boxObject, boxString, load32, loadRef, storeRef, str, toF64u, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { interned_table } from './methods.js';
import { freeze, object_new } from './objects.js';
import { property_new, property_put } from './special-properties.js';

export function template_object(data: ref): ref {
  const key: val = boxF64(toF64u(addressOf(data)));
  const known: val = table_get(interned_table(), key);
  if (known !== ABSENT) return unboxRef(known);
  const made: val = boxObject(strings_of(data, 0));
  const extra: val = boxObject(object_new());
  storeRef(unboxRef(made), ARRAY.extra, unboxRef(extra));
  const raw: val = boxObject(strings_of(data, 4));
  property_put(unboxRef(extra), str('raw'), property_new(0, raw, UNDEFINED));
  table_set(interned_table(), key, made);
  return unboxRef(made);
}

function strings_of(data: ref, offset: i32): ref {
  const count: i32 = load32(data, TEMPLATE.count);
  const list: ref = alloc_array(count);
  for (let i: i32 = 0; i < count; i++) array_push(list, boxString(loadRef(addressOf(data) + TEMPLATE.strings + i * 8 + offset, 0)));
  freeze(boxObject(list));
  return list;
}
