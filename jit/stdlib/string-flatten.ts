/**
 * Flattening of ropes: iterative, in place, without memory beside the result.
 *
 * Needs S1-S4 of strings.ts. Promises that afterwards the rope is a slice over a flat string of its units.
 * The walk goes from the right end to the left. A rope whose right part is being copied waits in a list that is linked
 * through the ropes' hash words (S2); a rope is never part of itself, so it stands in the list at most once.
 */
import { KIND, META, OBJECT_HEADER, STRING, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { load32, loadRef, store32, storeRef } from './intrinsics.js';
import type { bool, i32, ref, str } from './intrinsics.js';
import { copy_flat, copy_string, string_base, string_is_rope, string_length, flat_new_one, flat_new_two, string_start } from './strings.js';

function copy_leaves(rope: ref, flat: ref, length: i32): void {
  let end: i32 = length;
  let pending: ref = 0;
  let node: ref = rope;
  while (true) {
    while (string_is_rope(node)) {
      storeRef(node, STRING.hash, pending);
      pending = node;
      node = loadRef(node, STRING.right);
    }
    end = end - string_length(node);
    copy_string(flat, end, node);
    if (pending === 0) return;
    const parent: ref = pending;
    pending = loadRef(parent, STRING.hash);
    store32(parent, STRING.hash, 0);
    node = loadRef(parent, STRING.left);
  }
}

/** Makes a rope a slice. */
export function flatten_rope(rope: str): void {
  const length: i32 = string_length(rope);
  charge(length >> 2);
  const meta: i32 = load32(rope, OBJECT_HEADER.meta);
  const wide: bool = (meta & META.wide) !== 0;
  const flat: str = wide ? flat_new_two(length) : flat_new_one(length);
  copy_leaves(rope, flat, length);
  store32(rope, OBJECT_HEADER.shape, kindShape(KIND.slice));
  store32(rope, OBJECT_HEADER.meta, load32(rope, OBJECT_HEADER.meta) & ~META.wide);
  storeRef(rope, STRING.base, flat);
  store32(rope, STRING.start, 0);
}

/** A flat string of the same units. A slice of a part gets a base of its own, so that doing it again costs nothing. */
export function string_flatten(s: str): str {
  const base: ref = string_base(s);
  if (base === s) return s;
  const length: i32 = string_length(s);
  if (string_length(base) === length) return base;
  charge(length >> 2);
  const flat: str = copy_flat(base, string_start(s), length);
  storeRef(s, STRING.base, flat);
  store32(s, STRING.start, 0);
  return flat;
}
