/**
 * Iteration: what `for…of`, spread and the library walk over, and the iterators that arrays, strings, Map and Set give.
 *
 *   const it = iterator_open(v);  while (iterator_next(it)) use(iterator_value(it));  // iterator_close(it) when left early
 *
 * The walk is live as the language has it: an array's length is read at each step, a table is followed through growth.
 * Guest objects take part with a method named `[Symbol.iterator]`.
 */
import { ABSENT, ARRAY, ITERATOR, KIND, NULL, REGEXP, REGEXP_FLAGS, RESUME, UNDEFINED, kindShape } from '../abi.js';
import { array_get, array_length, array_part, array_push, array_raw } from './arrays.js';
import { call_value } from './calls.js';
import { describe_typed, describe_value } from './describe.js';
import { type_error } from './errors.js';
import { charge } from './fuel.js';
import { generator_resume } from './generators.js';
import { moved_position, next_live, successor_of, table_entries, table_key, table_value } from './hash-table.js';
import { alloc, alloc_array, slots_set } from './heap.js';
import {
  boxF64, boxObject, boxString, caught, isObject, isString, load32, loadRef, loadVal, ltu, refAt, store32, storeVal, str, toF64, unboxRef,
  type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { ITERATION } from './iterations.js';
import { kind_at, kind_of } from './kinds.js';
import { pair_new } from './objects.js';
import { to_boolean } from './operators.js';
import { get_property } from './properties.js';
import { REGEXP_TASK, ask_regexp } from './regexp-dispatch.js';
import { string_concat, string_length, string_of_code_point, string_unit } from './strings.js';

/** An iterator of the library over `target`. */
export function iterator_new(kind: i32, target: val): ref {
  const it: ref = alloc(ITERATOR.bytes, refAt(kindShape(KIND.iterator)));
  store32(it, ITERATOR.kind, kind);
  storeVal(it, ITERATOR.target, target);
  storeVal(it, ITERATOR.state, UNDEFINED);
  storeVal(it, ITERATOR.value, UNDEFINED);
  if (kind >= ITERATION.tableKeys && kind <= ITERATION.tableEntries) {
    storeVal(it, ITERATOR.state, boxObject(table_entries(unboxRef(target))));
  }
  return it;
}

/** The iterator of an iterable value; throws when it is none. */
export function iterator_open(v: val): ref {
  if (isString(v)) return iterator_new(ITERATION.string, v);
  switch (kind_of(v)) {
    case KIND.array:
      return iterator_new(ITERATION.arrayValues, v);
    case KIND.map:
      return iterator_new(ITERATION.tableEntries, v);
    case KIND.set:
      return iterator_new(ITERATION.tableKeys, v);
    case KIND.iterator:
    case KIND.generator:
      return unboxRef(v);
    default:
      return open_guest(v);
  }
}

function open_guest(v: val): ref {
  if (!isObject(v)) throw not_iterable(v);
  const method: val = get_property(v, str('\0@@Symbol.iterator'));
  if (method === UNDEFINED || method === NULL) throw not_iterable(v);
  const guest: val = call_value(method, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  const kind: i32 = kind_of(guest);
  if (kind === KIND.iterator || kind === KIND.generator) return unboxRef(guest);
  if (!isObject(guest)) throw type_error(str('Result of the Symbol.iterator method is not an object'));
  const it: ref = iterator_new(ITERATION.guest, guest);
  storeVal(it, ITERATOR.state, get_property(guest, str('next')));
  return it;
}

export function not_iterable(v: val): val {
  return type_error(string_concat(describe_typed(v), str(' is not iterable (cannot read property Symbol(Symbol.iterator))')));
}

/** Steps on; false at the end. */
export function iterator_next(it: ref): bool {
  switch (load32(it, ITERATOR.kind)) {
    case ITERATION.done:
      return false;
    case ITERATION.arrayValues:
    case ITERATION.arrayKeys:
    case ITERATION.arrayEntries:
      return next_of_array(it);
    case ITERATION.string:
      return next_of_string(it);
    case ITERATION.guest:
      return next_of_guest(it);
    case ITERATION.matches:
      return next_of_matches(it);
    case ITERATION.generator:
      return generator_resume(it, RESUME.next, UNDEFINED);
    default:
      return next_of_table(it);
  }
}

/** What the last `iterator_next` stepped on. */
export function iterator_value(it: ref): val {
  return loadVal(it, ITERATOR.value);
}

/** Ends a walk before its end, as `break` does: a generator returns, a guest iterator's `return` runs. */
export function iterator_close(it: ref): void {
  const kind: i32 = load32(it, ITERATOR.kind);
  if (kind === ITERATION.generator) generator_resume(it, RESUME.return, UNDEFINED);
  if (kind !== ITERATION.guest) return;
  store32(it, ITERATOR.kind, ITERATION.done);
  const guest: val = loadVal(it, ITERATOR.target);
  const method: val = get_property(guest, str('return'));
  if (method === UNDEFINED || method === NULL) return;
  require_result(call_value(method, guest, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0));
}

/** As iterator_close where an error is on its way, which goes before any that closing brings. */
export function iterator_abandon(it: ref): void {
  try {
    iterator_close(it);
  } catch (error) {
    caught(error);
  }
}

/** Steps on and gives the value; undefined behind the end. Destructuring takes its items so. */
export function iterator_take(it: ref): val {
  return iterator_next(it) ? iterator_value(it) : UNDEFINED;
}

function yield_value(it: ref, v: val): bool {
  storeVal(it, ITERATOR.value, v);
  return true;
}

/** An iterator that ended stays so, whatever happens to its target. */
function end_iteration(it: ref): bool {
  store32(it, ITERATOR.kind, ITERATION.done);
  storeVal(it, ITERATOR.target, UNDEFINED);
  storeVal(it, ITERATOR.state, UNDEFINED);
  return yield_value(it, UNDEFINED) && false;
}

function next_of_array(it: ref): bool {
  const array: ref = unboxRef(loadVal(it, ITERATOR.target));
  const at: i32 = load32(it, ITERATOR.position);
  if (!ltu(at, array_length(array))) return end_iteration(it);
  store32(it, ITERATOR.position, at + 1);
  const index: val = boxF64(toF64(at));
  if (load32(it, ITERATOR.kind) === ITERATION.arrayKeys) return yield_value(it, index);
  const item: val = array_get(array, at);
  if (load32(it, ITERATOR.kind) === ITERATION.arrayValues) return yield_value(it, item);
  return yield_value(it, boxObject(pair_new(index, item)));
}

function next_of_string(it: ref): bool {
  const s: str = unboxRef(loadVal(it, ITERATOR.target));
  const at: i32 = load32(it, ITERATOR.position);
  if (at >= string_length(s)) return end_iteration(it);
  const point: i32 = code_point_at(s, at);
  store32(it, ITERATOR.position, point > 65535 ? at + 2 : at + 1);
  return yield_value(it, boxString(string_of_code_point(point)));
}

/** The code point that starts at a unit; a lone surrogate stands for itself. */
function code_point_at(s: str, at: i32): i32 {
  const first: i32 = string_unit(s, at);
  if (first < 0xd800 || first > 0xdbff || at + 1 >= string_length(s)) return first;
  const second: i32 = string_unit(s, at + 1);
  if (second < 0xdc00 || second > 0xdfff) return first;
  return 65536 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

/** `target` is the expression, `state` the text. One that is not global has one match at most. */
function next_of_matches(it: ref): bool {
  const regexp: ref = unboxRef(loadVal(it, ITERATOR.target));
  const found: val = ask_regexp(boxObject(regexp), REGEXP_TASK.next, unboxRef(loadVal(it, ITERATOR.state)), UNDEFINED);
  if (found === NULL) return end_iteration(it);
  if ((load32(regexp, REGEXP.flags) & REGEXP_FLAGS.global) === 0) end_iteration(it);
  return yield_value(it, found);
}

function next_of_table(it: ref): bool {
  const table: ref = unboxRef(loadVal(it, ITERATOR.target));
  follow_growth(it);
  const entry: i32 = next_live(table, load32(it, ITERATOR.position));
  if (entry < 0) return end_iteration(it);
  store32(it, ITERATOR.position, entry + 1);
  const kind: i32 = load32(it, ITERATOR.kind);
  if (kind === ITERATION.tableKeys) return yield_value(it, table_key(table, entry));
  if (kind === ITERATION.tableValues) return yield_value(it, value_of_entry(table, entry));
  return yield_value(it, boxObject(pair_new(table_key(table, entry), value_of_entry(table, entry))));
}

/** The value of a map's entry; the key itself for a set. */
function value_of_entry(table: ref, entry: i32): val {
  return kind_at(table) === KIND.set ? table_key(table, entry) : table_value(table, entry);
}

/** Brings a position up to the entries that the table has now. */
function follow_growth(it: ref): void {
  let entries: ref = unboxRef(loadVal(it, ITERATOR.state));
  let successor: ref = successor_of(entries);
  while (successor !== 0) {
    store32(it, ITERATOR.position, moved_position(entries, load32(it, ITERATOR.position)));
    entries = successor;
    storeVal(it, ITERATOR.state, boxObject(entries));
    successor = successor_of(entries);
  }
}

/** An iterator whose `next` throws is at its end: nobody closes it. */
function next_of_guest(it: ref): bool {
  store32(it, ITERATOR.kind, ITERATION.done);
  const result: val = call_value(loadVal(it, ITERATOR.state), loadVal(it, ITERATOR.target), 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  require_result(result);
  if (to_boolean(get_property(result, str('done')))) return end_iteration(it);
  yield_value(it, get_property(result, str('value')));
  store32(it, ITERATOR.kind, ITERATION.guest);
  return true;
}

/** Throws unless an iterator's method gave an object. */
export function require_result(result: val): void {
  if (!isObject(result)) throw type_error(string_concat(string_concat(str('Iterator result '), describe_value(result)), str(' is not an object')));
}

/** The values of an iterable in a new array; holes of an array become undefined. */
export function list_from_iterable(v: val): ref {
  if (kind_of(v) === KIND.array) return list_of_array(unboxRef(v));
  const list: ref = alloc_array(4);
  const it: ref = iterator_open(v);
  while (iterator_next(it)) {
    charge(1);
    array_push(list, iterator_value(it));
  }
  return list;
}

function list_of_array(array: ref): ref {
  const list: ref = array_part(array, 0, array_length(array));
  for (let i: i32 = 0; i < array_length(list); i++) {
    if (array_raw(list, i) === ABSENT) slots_set(loadRef(list, ARRAY.data), i, UNDEFINED);
  }
  return list;
}

/** Appends the values of an iterable: spread in an array literal or an argument list. */
export function array_extend(a: ref, iterable: val): void {
  if (kind_of(iterable) === KIND.array && unboxRef(iterable) !== a) {
    const from: ref = unboxRef(iterable);
    for (let i: i32 = 0; i < array_length(from); i++) array_push(a, array_get(from, i));
    charge(array_length(from) >> 1);
    return;
  }
  const it: ref = iterator_open(iterable);
  while (iterator_next(it)) {
    charge(1);
    array_push(a, iterator_value(it));
  }
}
