/**
 * Roots of a task's heap: its header, its module variables, the tables of the runtime, the instance globals that hold
 * values, and the shadow stack, on which compiled code keeps what lives across calls that may collect.
 *
 *   header.current, header.fifoHead -> jobs -> frames -> callers' frames (PROMISE.reactions)
 *   header.environment   header.roots -> operations -> promises, timers
 *   globals error, resumeValue, awaited     shadow stack: boxed values up to globals.shadow
 */
import { BLOB, HEADER, ROOT, SLOTS, TAG, THREAD } from '../abi.js';
import { addressOf, fillBytes, globals, load32, loadVal, store32, tagOf, unboxRef, type i32, type val } from './intrinsics.js';
import { mark_object, mark_value } from './mark.js';

const FREE_FRAME_LISTS = 16;

export function mark_roots(work: i32): void {
  const header: i32 = globals.header;
  drop_caches(header);
  mark_object(work, load32(header, HEADER.current));
  mark_object(work, load32(header, HEADER.fifoHead));
  mark_object(work, load32(header, HEADER.environment));
  mark_object(work, load32(header, HEADER.roots));
  mark_value(work, globals.error);
  mark_value(work, globals.resumeValue);
  mark_object(work, addressOf(globals.awaited));
  const end: i32 = globals.shadow;
  for (let at: i32 = load32(load32(header, HEADER.thread), THREAD.shadowBase); at < end; at += 8) mark_value(work, loadVal(at, 0));
}

/** What names objects without keeping them: free frames (frames.ts, F2) and the cache of lookups (lookups.ts). */
function drop_caches(header: i32): void {
  for (let i: i32 = 0; i < FREE_FRAME_LISTS; i++) store32(header + HEADER.freeFrames, i << 2, 0);
  const roots: i32 = load32(header, HEADER.roots);
  if (roots === 0) return;
  const lookups: val = loadVal(roots, SLOTS.data + ROOT.lookups * 8);
  if (tagOf(lookups) !== TAG.object) return;
  const blob: i32 = addressOf(unboxRef(lookups));
  fillBytes(blob + BLOB.data, 0, load32(blob, BLOB.byteLength));
}
