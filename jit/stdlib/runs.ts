/**
 * Free runs of a heap: stretches of dead objects that the last sweep joined, each covered by an object of kind `free`,
 * and the run that allocation bumps through (globals.next to globals.limit).
 *
 *   HEADER.freeRuns -> | free | bytes | next |…   -> | free | bytes | next |…   -> 0
 *
 * R1: a run is dirty behind FREE.next while it stands in the list; whoever takes it zeroes it (H1).
 * R2: a run that is taken and does not fit is left out of the list; it stays a free object, for the next sweep.
 */
import { FREE, HEADER, KIND, META, OBJECT_HEADER, kindShape } from '../abi.js';
import { charge } from './fuel.js';
import { fillBytes, globals, load32, store32, type bool, type i32 } from './intrinsics.js';

/** Shorter runs are not listed: what they would hold costs more to find than it is worth. */
export const LEAST_RUN = 32;

/** Makes [from, end) one free object; 8 bytes hold no length word, so META.short stands for it. */
export function cover(from: i32, end: i32): void {
  if (from === end) return;
  store32(from, OBJECT_HEADER.shape, kindShape(KIND.free));
  if (end - from === 8) {
    store32(from, OBJECT_HEADER.meta, META.short);
    return;
  }
  store32(from, OBJECT_HEADER.meta, 0);
  store32(from, FREE.byteLength, end - from);
}

/** Covers [from, end) and lets the allocator know of it. */
export function list_run(from: i32, end: i32): void {
  cover(from, end);
  if (end - from < LEAST_RUN) return;
  store32(from, FREE.next, load32(globals.header, HEADER.freeRuns));
  store32(globals.header, HEADER.freeRuns, from);
}

/** Ends the current run: its unused rest becomes a free object, so that the heap can be walked. */
export function close_run(): void {
  cover(globals.next, globals.limit);
  globals.next = 0;
  globals.limit = 0;
}

/** Adds to the bytes handed out since the last collection. */
export function count_allocated(bytes: i32): void {
  store32(globals.header, HEADER.allocated, load32(globals.header, HEADER.allocated) + bytes);
}

/** Makes the next listed run that holds `size` bytes the current one; whether there was one. */
export function take_run(size: i32): bool {
  let run: i32 = load32(globals.header, HEADER.freeRuns);
  while (run !== 0) {
    const bytes: i32 = load32(run, FREE.byteLength);
    const next: i32 = load32(run, FREE.next);
    count_allocated(bytes);
    if (bytes >= size) {
      store32(globals.header, HEADER.freeRuns, next);
      open_run(run, bytes);
      return true;
    }
    run = next;
  }
  store32(globals.header, HEADER.freeRuns, 0);
  return false;
}

/** As take_run, for what no run near the front holds: takes one out of the midst of the list. */
export function find_run(size: i32): bool {
  let before: i32 = globals.header + (HEADER.freeRuns - FREE.next);
  let run: i32 = load32(before, FREE.next);
  while (run !== 0) {
    const bytes: i32 = load32(run, FREE.byteLength);
    if (bytes >= size) {
      store32(before, FREE.next, load32(run, FREE.next));
      count_allocated(bytes);
      open_run(run, bytes);
      return true;
    }
    before = run;
    run = load32(run, FREE.next);
  }
  return false;
}

function open_run(run: i32, bytes: i32): void {
  close_run();
  charge(bytes >> 6);
  fillBytes(run, 0, bytes);
  globals.next = run;
  globals.limit = run + bytes;
}
