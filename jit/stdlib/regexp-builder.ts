/**
 * A regular expression being compiled: the place of reading in the pattern, the code so far, the sets so far.
 *
 * A builder is a SLOTS object; its numbers are in a BLOB. Code and sets are blobs that grow.
 */
import { BLOB } from '../abi.js';
import { charge } from './fuel.js';
import { alloc_blob, alloc_slots, slots_get, slots_set } from './heap.js';
import { boxObject, boxString, copyBytes, elementAddress, load32, store32, unboxRef, type i32, type ref, type str } from './intrinsics.js';
import { flat_unit, string_base, string_length, string_start } from './strings.js';

/** Slots of a builder. `names`: an array with the name of each group or undefined. `ranges`: the set that is being made. */
const PART = { source: 0, numbers: 1, code: 2, sets: 3, names: 4, ranges: 5, count: 6 } as const;

/**
 * Numbers of a builder, as byte offsets. `groups` are opened so far, of `allGroups` in the pattern. `back`: 1 within
 * lookbehind. `least`: 0 where the last term can match nothing. `references`: 1 once there is one back.
 */
export const NUMBER = {
  at: 16, flags: 20, groups: 24, allGroups: 28, named: 32, codeBytes: 36, setBytes: 40, rangeBytes: 44, registers: 48, back: 52, least: 56,
  references: 60, min: 64, max: 68, bytes: 56,
} as const;

const FIRST_BYTES = 128;

export function builder_new(source: str, flags: i32, names: ref): ref {
  const b: ref = alloc_slots(PART.count);
  slots_set(b, PART.source, boxString(source));
  slots_set(b, PART.names, boxObject(names));
  slots_set(b, PART.numbers, boxObject(alloc_blob(NUMBER.bytes)));
  slots_set(b, PART.code, boxObject(alloc_blob(FIRST_BYTES)));
  slots_set(b, PART.sets, boxObject(alloc_blob(FIRST_BYTES)));
  slots_set(b, PART.ranges, boxObject(alloc_blob(FIRST_BYTES)));
  set_number(b, NUMBER.flags, flags);
  return b;
}

// Numbers -------------------------------------------------------------------------------------------------------------

export function number_of(b: ref, field: i32): i32 {
  return load32(unboxRef(slots_get(b, PART.numbers)) + field, 0);
}

export function set_number(b: ref, field: i32, x: i32): void {
  store32(unboxRef(slots_get(b, PART.numbers)) + field, 0, x);
}

export function has_flag(b: ref, flag: i32): i32 {
  return (number_of(b, NUMBER.flags) & flag) !== 0 ? 1 : 0;
}

// Reading -------------------------------------------------------------------------------------------------------------

export function builder_source(b: ref): str {
  return unboxRef(slots_get(b, PART.source));
}

export function builder_names(b: ref): ref {
  return unboxRef(slots_get(b, PART.names));
}

/** The unit `ahead` of the place of reading, or -1 behind the end. */
export function peek(b: ref, ahead: i32): i32 {
  const source: str = builder_source(b);
  const index: i32 = number_of(b, NUMBER.at) + ahead;
  if (index < 0 || index >= string_length(source)) return -1;
  const flat: ref = string_base(source);
  return flat_unit(flat, string_start(source) + index);
}

export function skip(b: ref, count: i32): void {
  set_number(b, NUMBER.at, number_of(b, NUMBER.at) + count);
}

/** Goes on behind this unit if it is the next one; 1 if so. */
export function take_unit(b: ref, unit: i32): i32 {
  if (peek(b, 0) !== unit) return 0;
  skip(b, 1);
  return 1;
}

// Growing blobs -------------------------------------------------------------------------------------------------------

/** The blob in a slot with room for `bytes` in all. */
function room(b: ref, part: i32, used: i32, bytes: i32): ref {
  const known: ref = unboxRef(slots_get(b, part));
  if (bytes <= load32(known, BLOB.byteLength)) return known;
  charge(used >> 3);
  const grown: ref = alloc_blob(bytes * 2);
  copyBytes(elementAddress(grown, 0, BLOB.data), elementAddress(known, 0, BLOB.data), used);
  slots_set(b, part, boxObject(grown));
  return grown;
}

// Code ----------------------------------------------------------------------------------------------------------------

export function code_length(b: ref): i32 {
  return number_of(b, NUMBER.codeBytes);
}

export function code_get(b: ref, at: i32): i32 {
  return load32(elementAddress(unboxRef(slots_get(b, PART.code)), at, BLOB.data), 0);
}

export function code_set(b: ref, at: i32, word: i32): void {
  store32(elementAddress(unboxRef(slots_get(b, PART.code)), at, BLOB.data), 0, word);
}

export function emit(b: ref, word: i32): void {
  const used: i32 = code_length(b);
  const code: ref = room(b, PART.code, used, used + 4);
  store32(elementAddress(code, used, BLOB.data), 0, word);
  set_number(b, NUMBER.codeBytes, used + 4);
}

/** Opens a gap of `bytes` before the code from `at` on. */
export function code_open(b: ref, at: i32, bytes: i32): void {
  const used: i32 = code_length(b);
  const code: ref = room(b, PART.code, used, used + bytes);
  charge((used - at) >> 3);
  copyBytes(elementAddress(code, at + bytes, BLOB.data), elementAddress(code, at, BLOB.data), used - at);
  set_number(b, NUMBER.codeBytes, used + bytes);
}

export function code_cut(b: ref, at: i32): void {
  set_number(b, NUMBER.codeBytes, at);
}

/** Adds a copy of the code from `from` to before `end`, which must be whole terms. */
export function code_copy(b: ref, from: i32, end: i32): void {
  charge((end - from) >> 2);
  for (let at: i32 = from; at < end; at += 4) emit(b, code_get(b, at));
}

/** Puts the code from `middle` on before that from `from` to `middle`: within lookbehind, terms are matched last first. */
export function code_rotate(b: ref, from: i32, middle: i32): void {
  const end: i32 = code_length(b);
  if (from === middle || middle === end) return;
  code_open(b, from, end - middle);
  const code: ref = unboxRef(slots_get(b, PART.code));
  copyBytes(elementAddress(code, from, BLOB.data), elementAddress(code, end, BLOB.data), end - middle);
  code_cut(b, end);
}

/** The blob of all code; the first code_length bytes of its data are used. */
export function builder_code(b: ref): ref {
  return unboxRef(slots_get(b, PART.code));
}

/** The slot of the first of `count` new registers, which follow the captures. */
export function new_registers(b: ref, count: i32): i32 {
  const first: i32 = number_of(b, NUMBER.registers);
  set_number(b, NUMBER.registers, first + count);
  return first_register(b) + first;
}

export function first_register(b: ref): i32 {
  return number_of(b, NUMBER.allGroups) * 2 + 2;
}

// Sets ----------------------------------------------------------------------------------------------------------------

export function builder_ranges(b: ref): ref {
  return unboxRef(slots_get(b, PART.ranges));
}

export function ranges_clear(b: ref): void {
  set_number(b, NUMBER.rangeBytes, 0);
}

/** Adds to the set that is being made. */
export function push_range(b: ref, first: i32, last: i32): void {
  if (first > last) return;
  const used: i32 = number_of(b, NUMBER.rangeBytes);
  const at: i32 = elementAddress(room(b, PART.ranges, used, used + 8), used, BLOB.data);
  store32(at, 0, first);
  store32(at, 4, last);
  set_number(b, NUMBER.rangeBytes, used + 8);
}

/** As push_range; a range that continues the last one makes it longer. */
export function add_range(b: ref, first: i32, last: i32): void {
  const used: i32 = number_of(b, NUMBER.rangeBytes);
  const before: i32 = elementAddress(builder_ranges(b), used, BLOB.data - 4);
  if (used > 0 && load32(before, 0) + 1 === first) store32(before, 0, last);
  else push_range(b, first, last);
}

/** Room for a set of this many bytes; gives its offset among the sets. */
export function set_open(b: ref, bytes: i32): i32 {
  const used: i32 = number_of(b, NUMBER.setBytes);
  room(b, PART.sets, used, used + bytes);
  set_number(b, NUMBER.setBytes, used + bytes);
  return used;
}

/** The blob of all sets; the first NUMBER.setBytes of its data are used. */
export function builder_sets(b: ref): ref {
  return unboxRef(slots_get(b, PART.sets));
}
