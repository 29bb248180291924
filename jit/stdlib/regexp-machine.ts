/**
 * What matching works on: the stack of alternatives, the slots, and the table of failed states.
 *
 *   machine  SLOTS {stack, state, table}       state  BLOB {…, top, steps, at, slots…}
 *   stack    entries of three words:  pc, place, –            an alternative
 *                                     pc + RUN, place, bound  further alternatives of `run`, see retry_run
 *                                     -1 - slot, value, –     what a slot held before
 */
import { BLOB } from '../abi.js';
import { charge } from './fuel.js';
import { alloc_blob, alloc_slots, slots_get, slots_set } from './heap.js';
import { boxObject, copyBytes, elementAddress, load32, store32, unboxRef, type i32, type ref } from './intrinsics.js';
import { PROGRAM } from './regexp-code.js';

export const MACHINE = { stack: 0, state: 1, table: 2, count: 3 } as const;
/** Byte offsets. `at`: where the alternative that was taken goes on. */
export const STATE = { top: 16, steps: 20, at: 24, slots: 28, bytes: 12 } as const;
/** Bytes of an entry of the stack. */
export const ENTRY = 12;
const FIRST_STACK = 384;

export function machine_new(program: ref): ref {
  const m: ref = alloc_slots(MACHINE.count);
  slots_set(m, MACHINE.state, boxObject(alloc_blob(STATE.bytes + (load32(program, PROGRAM.slots) << 2))));
  slots_set(m, MACHINE.stack, boxObject(alloc_blob(FIRST_STACK)));
  return m;
}

export function state_of(m: ref): ref {
  return unboxRef(slots_get(m, MACHINE.state));
}

/** What slot `i` of a state holds: captures are places in the flat text, or NONE. */
export function slot_get(state: ref, i: i32): i32 {
  return load32(elementAddress(state, i << 2, STATE.slots), 0);
}

export function slot_set(state: ref, i: i32, x: i32): void {
  store32(elementAddress(state, i << 2, STATE.slots), 0, x);
}

export function push(m: ref, a: i32, b: i32, c: i32): void {
  const state: ref = state_of(m);
  const top: i32 = load32(state, STATE.top);
  let stack: ref = unboxRef(slots_get(m, MACHINE.stack));
  if (top + ENTRY > load32(stack, BLOB.byteLength)) {
    charge(top >> 3);
    const grown: ref = alloc_blob(top * 2);
    copyBytes(elementAddress(grown, 0, BLOB.data), elementAddress(stack, 0, BLOB.data), top);
    slots_set(m, MACHINE.stack, boxObject(grown));
    stack = grown;
  }
  const entry: i32 = elementAddress(stack, top, BLOB.data);
  store32(entry, 0, a);
  store32(entry, 4, b);
  store32(entry, 8, c);
  store32(state, STATE.top, top + ENTRY);
}

/** Changes a slot; what it held is written down where an alternative may need it (C2). */
export function change(m: ref, state: ref, i: i32, x: i32): void {
  const old: i32 = slot_get(state, i);
  if (old === x) return;
  if (load32(state, STATE.top) !== 0) push(m, -1 - i, old, 0);
  slot_set(state, i, x);
}
