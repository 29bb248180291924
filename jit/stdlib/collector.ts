/**
 * The collector: precise, non-moving mark and sweep of one task's heap, started by the allocator's slow path.
 *
 *   alloc_slow -> collect_if_due -> mark_begin, mark_roots, mark_all (mark.ts, roots.ts) -> sweep (sweep.ts)
 *                      | no room under the cap
 *                      +--------> collect_at_cap
 *
 * C1: whatever a function still uses after a call that may reach `collect` is a root while it runs: in an object that is
 *     one, or on the shadow stack, where the spill pass puts it. Code without a shadow stack never collects.
 * C2: objects do not move, so addresses derived from an object that is a root stay good.
 * C3: the time between collections grows with what lives: as many bytes are allocated as the last one found alive, and
 *     SPACING at least, so that all collections together cost a constant share of the allocating.
 *
 * A collection is not divided: it takes its time, a few milliseconds for each MiB of small objects, and pays fuel for it.
 */
import { HEADER } from '../abi.js';
import { block_free, block_hold, block_let_go } from './blocks.js';
import { globals, load32, store32, type bool, type i32 } from './intrinsics.js';
import { mark_all, mark_begin } from './mark.js';
import { mark_roots } from './roots.js';
import { close_run } from './runs.js';
import { sweep } from './sweep.js';

/** Least bytes to allocate between two collections, but for those that the cap asks for. */
const SPACING = 1048576;
/** At the cap, a collection must free this part of the heap: below it the task would do little else than collect. */
const LEAST_SHARE_SHIFT = 5;

/** Collects. The current run is closed. */
export function collect(): void {
  const header: i32 = globals.header;
  close_run();
  if (load32(header, HEADER.blocks) === 0) return;
  const work: i32 = mark_begin();
  block_hold(work);
  mark_roots(work);
  mark_all(work);
  block_let_go(work);
  block_free(work);
  store32(header, HEADER.liveBytes, sweep());
  store32(header, HEADER.allocated, 0);
  store32(header, HEADER.collectCount, 0);
}

/** Collects if enough was allocated since the last time, or as often as a test asks for. */
export function collect_if_due(): void {
  if (globals.shadow === 0) return;
  const header: i32 = globals.header;
  const every: i32 = load32(header, HEADER.collectEvery);
  if (every !== 0) {
    const count: i32 = load32(header, HEADER.collectCount) + 1;
    store32(header, HEADER.collectCount, count);
    if (count >= every) collect();
    return;
  }
  const allocated: i32 = load32(header, HEADER.allocated);
  if (allocated > SPACING && allocated > load32(header, HEADER.liveBytes)) collect();
}

/** Collects because the heap has no room for `bytes` more; false where that frees too little to go on. */
export function collect_at_cap(): bool {
  const header: i32 = globals.header;
  if (globals.shadow === 0 || load32(header, HEADER.allocated) === 0) return false;
  collect();
  const cap: i32 = load32(header, HEADER.heapCap);
  return cap - load32(header, HEADER.liveBytes) >= cap >> LEAST_SHARE_SHIFT;
}
