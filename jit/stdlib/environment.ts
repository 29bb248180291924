/** The variables of a session's module scope: a SLOTS object that each evaluation replaces by a longer one. */
import { HEADER, SLOTS, UNDEFINED } from '../abi.js';
import { alloc_slots, slots_fill } from './heap.js';
import { copyBytes, elementAddress, globals, load32, loadRef, storeRef } from './intrinsics.js';
import type { i32, ref } from './intrinsics.js';

/** Makes room for `count` variables in all; new ones are undefined. */
export function environment_grow(count: i32): void {
  const header: i32 = globals.header;
  const old: ref = loadRef(header, HEADER.environment);
  const had: i32 = old === 0 ? 0 : load32(old, SLOTS.length);
  if (count <= had) return;
  const grown: ref = alloc_slots(count);
  if (old !== 0) copyBytes(elementAddress(grown, 0, SLOTS.data), elementAddress(old, 0, SLOTS.data), had << 3);
  slots_fill(grown, had, count, UNDEFINED);
  storeRef(header, HEADER.environment, grown);
}
