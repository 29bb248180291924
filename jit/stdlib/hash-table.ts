/**
 * The ordered hash table under Map, Set and dictionaries: entries in order of insertion, chains over an index.
 *
 *   MAP {size, used, index, entries}
 *   entries  SLOTS  | successor | key0 value0 | key1 value1 | …         deleted: key ABSENT
 *   index    BLOB   | capacity | buckets… one per entry | next… one per entry      0 ends a chain, else entry + 1
 *
 * T1: keys are equal as by SameValueZero; -0 is kept as 0. T2: an entry never moves within its entries object; growing and
 * clearing make a new one and leave the old one to whoever iterates it, with the new one as its successor. A position in
 * the old one is, in the new one, the count of live entries before it. (After V8's and SpiderMonkey's tables, which solve
 * the same problem by the same idea.)
 */
import { ABSENT, BIGINT, BLOB, MAP, SLOTS, TAG, UNDEFINED, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { alloc, alloc_blob, alloc_slots_absent, slots_fill, slots_get, slots_set } from './heap.js';
import {
  boxF64, boxObject, elementAddress, imul, isNumber, isString, load32, loadRef, loadVal, refAt, shru64, store32, storeRef, storeVal, tagOf,
  unboxF64, unboxRef, valBits, wrap, type bool, type f64, type i32, type i64, type ref, type str, type val,
} from './intrinsics.js';
import { key_equals } from './keys.js';
import { same_value_zero } from './operators.js';
import { string_hash } from './string-hash.js';

/** Entries of a fresh table. */
const LEAST_CAPACITY = 4;

/** An empty table of this kind (map, set). */
export function table_new(kind: i32): ref {
  const table: ref = alloc(MAP.bytes, refAt(kindShape(kind)));
  table_reset(table, LEAST_CAPACITY);
  return table;
}

export function table_size(table: ref): i32 {
  return load32(table, MAP.size);
}

/** The entry of a key, or -1. */
export function table_find(table: ref, key: val): i32 {
  if (isString(key)) return find_string(table, unboxRef(key));
  if (tagOf(key) === TAG.symbol) return find_equal(table, key, first_entry(table, string_hash(unboxRef(key))));
  const wanted: val = normal_key(key);
  const first: i32 = first_entry(table, hash_bits(wanted));
  return tagOf(wanted) === TAG.bigint ? find_equal(table, wanted, first) : find_bits(table, wanted, first);
}

/** The head of the chain that a hash leads to, or -1. */
function first_entry(table: ref, hash: i32): i32 {
  const index: ref = loadRef(table, MAP.index);
  return bucket_get(index, hash & (load32(index, BLOB.data) - 1)) - 1;
}

/** Along a chain to the key with these bits; nothing is allocated meanwhile, so addresses stay good. */
function find_bits(table: ref, key: val, first: i32): i32 {
  const keys: i32 = elementAddress(loadRef(table, MAP.entries), 0, SLOTS.data + 8);
  const chain: i32 = chain_address(table);
  let entry: i32 = first;
  while (entry >= 0 && loadVal(keys + entry * 16, 0) !== key) entry = load32(chain + entry * 4, 0) - 1;
  return entry;
}

function find_string(table: ref, key: str): i32 {
  let entry: i32 = first_entry(table, string_hash(key));
  const keys: i32 = elementAddress(loadRef(table, MAP.entries), 0, SLOTS.data + 8);
  const chain: i32 = chain_address(table);
  while (entry >= 0) {
    const other: val = loadVal(keys + entry * 16, 0);
    if (isString(other) && key_equals(unboxRef(other), key)) return entry;
    entry = load32(chain + entry * 4, 0) - 1;
  }
  return -1;
}

function find_equal(table: ref, key: val, first: i32): i32 {
  let entry: i32 = first;
  while (entry >= 0 && !same_value_zero(table_key(table, entry), key)) entry = load32(chain_address(table) + entry * 4, 0) - 1;
  return entry;
}

/** Where the entries' chain words start. */
function chain_address(table: ref): i32 {
  const index: ref = loadRef(table, MAP.index);
  return elementAddress(index, load32(index, BLOB.data) << 2, BLOB.data + 4);
}

/** The value of an entry. */
export function table_value(table: ref, entry: i32): val {
  return slots_get(loadRef(table, MAP.entries), 2 + entry * 2);
}

export function table_set_value(table: ref, entry: i32, v: val): void {
  slots_set(loadRef(table, MAP.entries), 2 + entry * 2, v);
}

/** The value of a key, or ABSENT. */
export function table_get(table: ref, key: val): val {
  const entry: i32 = table_find(table, key);
  return entry < 0 ? ABSENT : table_value(table, entry);
}

/** Sets a key's value, adding the key at the end when it is new. */
export function table_set(table: ref, key: val, v: val): void {
  const entry: i32 = table_find(table, key);
  if (entry >= 0) table_set_value(table, entry, v);
  else table_add(table, key, v);
}

/** Deletes a key; whether it was there. */
export function table_delete(table: ref, key: val): bool {
  const entry: i32 = table_find(table, key);
  if (entry < 0) return false;
  const entries: ref = loadRef(table, MAP.entries);
  slots_set(entries, 1 + entry * 2, ABSENT);
  slots_set(entries, 2 + entry * 2, UNDEFINED);
  store32(table, MAP.size, load32(table, MAP.size) - 1);
  return true;
}

export function table_clear(table: ref): void {
  const old: ref = loadRef(table, MAP.entries);
  slots_fill(old, 1, 1 + load32(table, MAP.used) * 2, ABSENT);
  table_reset(table, LEAST_CAPACITY);
  slots_set(old, 0, boxObject(loadRef(table, MAP.entries)));
}

// Iteration: a position in an entries object --------------------------------------------------------------------------

/** The entries that a walk goes over now; `position` belongs to what `table_entries` gave when it was taken. */
export function table_entries(table: ref): ref {
  return loadRef(table, MAP.entries);
}

/** Where position `position` of `entries` is in the successor of `entries`. */
export function moved_position(entries: ref, position: i32): i32 {
  let live: i32 = 0;
  for (let i: i32 = 0; i < position; i++) {
    if (slots_get(entries, 1 + i * 2) !== ABSENT) live = live + 1;
  }
  charge(position >> 1);
  return live;
}

/** What took the place of `entries`, or 0 while it is in use. */
export function successor_of(entries: ref): ref {
  const next: val = slots_get(entries, 0);
  return next === UNDEFINED ? 0 : unboxRef(next);
}

/** The first live entry from `position` on, or -1. */
export function next_live(table: ref, position: i32): i32 {
  const entries: ref = loadRef(table, MAP.entries);
  const used: i32 = load32(table, MAP.used);
  for (let i: i32 = position; i < used; i++) {
    if (slots_get(entries, 1 + i * 2) !== ABSENT) return i;
  }
  return -1;
}

/** The key of an entry, ABSENT when it was deleted. */
export function table_key(table: ref, entry: i32): val {
  return slots_get(loadRef(table, MAP.entries), 1 + entry * 2);
}

// Inside --------------------------------------------------------------------------------------------------------------

function table_reset(table: ref, capacity: i32): void {
  const entries: ref = alloc_slots_absent(1 + capacity * 2);
  slots_set(entries, 0, UNDEFINED);
  const index: ref = alloc_blob(4 + capacity * 8);
  store32(index, BLOB.data, capacity);
  storeRef(table, MAP.entries, entries);
  storeRef(table, MAP.index, index);
  store32(table, MAP.size, 0);
  store32(table, MAP.used, 0);
}

function bucket_get(index: ref, i: i32): i32 {
  return load32(elementAddress(index, i << 2, BLOB.data + 4), 0);
}

function bucket_set(index: ref, i: i32, entryPlusOne: i32): void {
  store32(elementAddress(index, i << 2, BLOB.data + 4), 0, entryPlusOne);
}

/** Adds a key that is not there. */
export function table_add(table: ref, key: val, v: val): void {
  if (load32(table, MAP.used) === load32(loadRef(table, MAP.index), BLOB.data)) table_grow(table);
  const wanted: val = normal_key(key);
  append_entry(table, wanted, v, hash_key(wanted));
}

function append_entry(table: ref, key: val, v: val, hash: i32): void {
  const index: ref = loadRef(table, MAP.index);
  const capacity: i32 = load32(index, BLOB.data);
  const entry: i32 = load32(table, MAP.used);
  const at: i32 = elementAddress(loadRef(table, MAP.entries), entry * 16, SLOTS.data + 8);
  storeVal(at, 0, key);
  storeVal(at, 8, v);
  const bucket: i32 = hash & (capacity - 1);
  bucket_set(index, capacity + entry, bucket_get(index, bucket));
  bucket_set(index, bucket, entry + 1);
  store32(table, MAP.used, entry + 1);
  store32(table, MAP.size, load32(table, MAP.size) + 1);
}

/** Moves the live entries to a new entries object, twice as large unless half of the old one was deleted. */
function table_grow(table: ref): void {
  const old: ref = loadRef(table, MAP.entries);
  const used: i32 = load32(table, MAP.used);
  const live: i32 = load32(table, MAP.size);
  charge(used * 2);
  table_reset(table, live * 2 > used ? used * 2 : used);
  for (let i: i32 = 0; i < used; i++) {
    const key: val = slots_get(old, 1 + i * 2);
    if (key !== ABSENT) append_entry(table, key, slots_get(old, 2 + i * 2), hash_key(key));
  }
  slots_set(old, 0, boxObject(loadRef(table, MAP.entries)));
}

/** The one value that stands for all keys equal to this one by SameValueZero, but for strings and bigints. */
function normal_key(key: val): val {
  if (!isNumber(key)) return key;
  const x: f64 = unboxF64(key);
  if (x === 0) return boxF64(0);
  return x === x ? key : NOT_A_NUMBER;
}

/** Bits of the NaN that tables hold. */
const NOT_A_NUMBER = 0x7ff8000000000000n;

/** A hash that keys equal by SameValueZero share; of a normal key. */
function hash_key(key: val): i32 {
  return isString(key) || tagOf(key) === TAG.symbol ? string_hash(unboxRef(key)) : hash_bits(key);
}

function hash_big(x: ref): i32 {
  const length: i32 = load32(x, BIGINT.length);
  const mixed: i32 = length === 0 ? 0 : imul(load32(x, BIGINT.digits) ^ imul(length, -1640531527), -2048144789);
  return mixed ^ (mixed >> 15);
}

function hash_bits(key: val): i32 {
  // Equal bigints are different objects: their digits count.
  if (tagOf(key) === TAG.bigint) return hash_big(unboxRef(key));
  const bits: i64 = valBits(key);
  const mixed: i32 = imul(wrap(bits) ^ imul(wrap(shru64(bits, 32n)), -1640531527), -2048144789);
  return mixed ^ (mixed >> 15);
}
