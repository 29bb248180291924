/**
 * `structuredClone`: a deep copy of plain data, rings and shared parts included, without native recursion.
 *
 * An object is copied in two steps: an empty shell, noted in a table from old to new, then its parts, when its turn in the
 * list comes. Instances lose their class, frozen objects come out open; functions and promises cannot be cloned.
 */
import { ABSENT, ARRAY, DATE, KIND, TAG, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_of_holes, array_push, array_raw } from './arrays.js';
import { date_at } from './date.js';
import { describe_value } from './describe.js';
import { error_new } from './errors.js';
import { field_get, field_set } from './fields.js';
import { next_live, table_get, table_key, table_new, table_set, table_value } from './hash-table.js';
import { alloc_array, slots_set } from './heap.js';
import {
  boxObject, boxString, classOf, isObject, loadF64, loadRef, storeRef, str, tagOf, unboxRef, type i32, type ref, type val,
} from './intrinsics.js';
import { key_equals } from './keys.js';
import { has_fields, kind_at } from './kinds.js';
import { object_new } from './objects.js';
import { own_keys } from './own-keys.js';
import { get_property } from './properties.js';
import { regexp_again } from './regexp-again.js';
import { string_concat } from './strings.js';

export function global_structuredClone(v: val): val {
  const copies: ref = table_new(KIND.map);
  const todo: ref = alloc_array(4);
  const copy: val = clone_shell(copies, todo, v);
  for (let i: i32 = 0; i < array_length(todo); i++) {
    const from: val = array_get(todo, i);
    clone_parts(copies, todo, unboxRef(from), unboxRef(table_get(copies, from)));
  }
  return copy;
}

/** The copy of a value; an object's parts follow later. */
function clone_shell(copies: ref, todo: ref, v: val): val {
  if (tagOf(v) === TAG.symbol) throw clone_error(v);
  if (!isObject(v)) return v;
  const known: val = table_get(copies, v);
  if (known !== ABSENT) return known;
  const copy: val = boxObject(empty_copy(v));
  table_set(copies, v, copy);
  array_push(todo, v);
  return copy;
}

function empty_copy(v: val): ref {
  const object: ref = unboxRef(v);
  switch (kind_at(object)) {
    case KIND.object:
    case KIND.dictionary:
      return object_new();
    case KIND.array:
      return array_of_holes(array_length(object));
    case KIND.map:
      return table_new(KIND.map);
    case KIND.set:
      return table_new(KIND.set);
    case KIND.regexp:
      return regexp_again(object);
    case KIND.date:
      return date_at(loadF64(object, DATE.time));
    case KIND.error:
      return error_new(class_for(get_property(v, str('name'))), get_property(v, str('message')), UNDEFINED);
    default:
      throw clone_error(v);
  }
}

/** The class of a cloned error: by its name, if that is one of the language's. */
function class_for(name: val): ref {
  if (tagOf(name) !== TAG.string) return classOf('Error');
  const text: str = unboxRef(name);
  if (key_equals(text, str('TypeError'))) return classOf('TypeError');
  if (key_equals(text, str('RangeError'))) return classOf('RangeError');
  if (key_equals(text, str('SyntaxError'))) return classOf('SyntaxError');
  if (key_equals(text, str('ReferenceError'))) return classOf('ReferenceError');
  if (key_equals(text, str('EvalError'))) return classOf('EvalError');
  return key_equals(text, str('URIError')) ? classOf('URIError') : classOf('Error');
}

function clone_parts(copies: ref, todo: ref, from: ref, to: ref): void {
  const kind: i32 = kind_at(from);
  if (kind === KIND.array) clone_elements(copies, todo, from, to);
  else if (kind === KIND.map || kind === KIND.set) clone_entries(copies, todo, from, to);
  else if (kind === KIND.error) clone_cause(copies, todo, from, to);
  else if (has_fields(kind)) clone_fields(copies, todo, from, to);
}

function clone_elements(copies: ref, todo: ref, from: ref, to: ref): void {
  for (let i: i32 = 0; i < array_length(to); i++) {
    const v: val = array_raw(from, i);
    if (v !== ABSENT) slots_set(loadRef(to, ARRAY.data), i, clone_shell(copies, todo, v));
  }
  if (loadRef(from, ARRAY.extra) !== 0) storeRef(to, ARRAY.extra, unboxRef(clone_shell(copies, todo, boxObject(loadRef(from, ARRAY.extra)))));
}

function clone_entries(copies: ref, todo: ref, from: ref, to: ref): void {
  for (let entry: i32 = next_live(from, 0); entry >= 0; entry = next_live(from, entry + 1)) {
    const key: val = clone_shell(copies, todo, table_key(from, entry));
    table_set(to, key, clone_shell(copies, todo, table_value(from, entry)));
  }
}

function clone_cause(copies: ref, todo: ref, from: ref, to: ref): void {
  const cause: val = field_get(from, str('cause'));
  if (cause !== ABSENT) field_set(to, str('cause'), clone_shell(copies, todo, cause));
}

function clone_fields(copies: ref, todo: ref, from: ref, to: ref): void {
  const names: ref = own_keys(boxObject(from));
  for (let i: i32 = 0; i < array_length(names); i++) {
    const name: str = unboxRef(array_get(names, i));
    field_set(to, name, clone_shell(copies, todo, get_property(boxObject(from), name)));
  }
}

function clone_error(v: val): val {
  const text: str = string_concat(describe_value(v), str(' could not be cloned.'));
  return boxObject(error_new(classOf('DataCloneError'), boxString(text), UNDEFINED));
}
