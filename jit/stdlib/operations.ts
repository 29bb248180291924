/**
 * Operations that the executor carries out: host calls and timers. The table ROOT.operations (a SLOTS object) holds what
 * waits for each: a promise or a timer. Slot 0 and every free slot hold the number of the next free slot.
 *
 * O1: an operation id is a slot number (22 bits) and a serial number (9 bits). What waits keeps its id in its word at
 *     PROMISE.func, so that a completion that comes too late for a slot finds a stranger and is dropped.
 * O2: HEADER.pendingOps counts host calls in flight and timers that are armed, HEADER.hostCalls the former alone.
 */
import { HEADER, KIND, OBJECT_HEADER, PROMISE, ROOT, SLOTS, TRAP, kindShape } from '../abi.js';
import { alloc_slots, slots_get, slots_set } from './heap.js';
import {
  boxF64, boxObject, copyBytes, elementAddress, globals, isObject, load32, store32, toF64, toI32, trap, unboxF64, unboxRef,
} from './intrinsics.js';
import type { bool, i32, ref, val } from './intrinsics.js';
import { root_get, root_set } from './kinds.js';

const SLOT_BITS = 22;
const SLOT_MASK = 4194303;
const SERIAL_MASK = 511;
const LEAST_SLOTS = 8;

/** Links the slots from `from` to before `end` into the free list. */
function link_free(table: ref, from: i32, end: i32): void {
  for (let i: i32 = end - 1; i >= from; i--) {
    slots_set(table, i, slots_get(table, 0));
    slots_set(table, 0, boxF64(toF64(i)));
  }
}

/** A table with a free slot. */
function table_with_room(): ref {
  const known: val = root_get(ROOT.operations);
  if (!isObject(known)) {
    const first: ref = alloc_slots(LEAST_SLOTS);
    link_free(first, 1, LEAST_SLOTS);
    root_set(ROOT.operations, boxObject(first));
    return first;
  }
  const table: ref = unboxRef(known);
  if (unboxF64(slots_get(table, 0)) !== 0) return table;
  const count: i32 = load32(table, SLOTS.length);
  if (count > SLOT_MASK >> 1) trap(TRAP.hostCalls);
  const grown: ref = alloc_slots(count * 2);
  copyBytes(elementAddress(grown, 0, SLOTS.data), elementAddress(table, 0, SLOTS.data), count * 8);
  link_free(grown, count, count * 2);
  root_set(ROOT.operations, boxObject(grown));
  return grown;
}

/** Enters what waits (a promise or a timer); gives the operation's id. */
export function operation_new(waiting: ref): i32 {
  const table: ref = table_with_room();
  const slot: i32 = toI32(unboxF64(slots_get(table, 0)));
  slots_set(table, 0, slots_get(table, slot));
  slots_set(table, slot, boxObject(waiting));
  const serial: i32 = load32(globals.header, HEADER.nextOpId) & SERIAL_MASK;
  store32(globals.header, HEADER.nextOpId, serial + 1);
  const opId: i32 = (serial << SLOT_BITS) | slot;
  store32(waiting, PROMISE.func, opId);
  return opId;
}

/** What waits for this operation, or 0 if nothing does any more (O1). */
export function operation_find(opId: i32): ref {
  const known: val = root_get(ROOT.operations);
  if (!isObject(known)) return 0;
  const table: ref = unboxRef(known);
  const slot: i32 = opId & SLOT_MASK;
  if (slot === 0 || slot >= load32(table, SLOTS.length)) return 0;
  const waiting: val = slots_get(table, slot);
  if (!isObject(waiting) || load32(unboxRef(waiting), PROMISE.func) !== opId) return 0;
  return unboxRef(waiting);
}

/** Frees the slot of an operation that was found. */
export function operation_drop(opId: i32): void {
  const table: ref = unboxRef(root_get(ROOT.operations));
  const slot: i32 = opId & SLOT_MASK;
  slots_set(table, slot, slots_get(table, 0));
  slots_set(table, 0, boxF64(toF64(slot)));
}

export function is_timer(waiting: ref): bool {
  return load32(waiting, OBJECT_HEADER.shape) === kindShape(KIND.reaction);
}

/** Adds to HEADER.pendingOps. */
export function count_pending(change: i32): void {
  store32(globals.header, HEADER.pendingOps, load32(globals.header, HEADER.pendingOps) + change);
}
