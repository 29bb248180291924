/**
 * A small cache of property lookups that took a comparison of texts: (shape, name) to slot, by address.
 *
 * Names in static data and names in shapes made at run time (from JSON, say) are different strings of one text; without
 * the cache each access would hash and compare. Direct-mapped, of PLACES entries {shape, name, slot}. It is no root:
 * whoever frees objects zeroes it (ROOT.lookups).
 */
import { BLOB, ROOT, UNDEFINED } from '../abi.js';
import { alloc_blob } from './heap.js';
import { addressOf, boxObject, elementAddress, load32, store32, unboxRef, type i32, type ref, type str, type val } from './intrinsics.js';
import { root_get, root_set } from './kinds.js';

const PLACES = 64;
const ENTRY = { shape: 0, name: 4, slot: 8, bytes: 12 } as const;

/** What lookup_get gives when it does not know; -1 means that the shape lacks the name. */
export const LOOKUP_MISS = -2;

export function lookup_get(shape: ref, name: str): i32 {
  const table: val = root_get(ROOT.lookups);
  if (table === UNDEFINED) return LOOKUP_MISS;
  const entry: i32 = elementAddress(unboxRef(table), place_of(shape, name), BLOB.data);
  if (load32(entry, ENTRY.shape) !== addressOf(shape) || load32(entry, ENTRY.name) !== addressOf(name)) return LOOKUP_MISS;
  return load32(entry, ENTRY.slot);
}

export function lookup_put(shape: ref, name: str, slot: i32): void {
  if (root_get(ROOT.lookups) === UNDEFINED) root_set(ROOT.lookups, boxObject(alloc_blob(PLACES * ENTRY.bytes)));
  const entry: i32 = elementAddress(unboxRef(root_get(ROOT.lookups)), place_of(shape, name), BLOB.data);
  store32(entry, ENTRY.shape, addressOf(shape));
  store32(entry, ENTRY.name, addressOf(name));
  store32(entry, ENTRY.slot, slot);
}

/** Byte offset of an entry; objects are 8 bytes apart at least. */
function place_of(shape: ref, name: str): i32 {
  const mixed: i32 = (addressOf(shape) >> 3) ^ (addressOf(name) >> 3) ^ (addressOf(name) >> 9);
  return (mixed & (PLACES - 1)) * ENTRY.bytes;
}
