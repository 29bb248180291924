/**
 * Sweeping: walks each block, joins what is not marked into free runs, and gives blocks back that hold nothing else.
 *
 *   | live | dead | free | dead | live |   ->   | live | one free run, listed | live |        all dead -> block_free
 *
 * W1: an object is stepped over by its shape, which may be as dead as the object and lie before it. So a dead shape lasts
 *     one collection longer than its objects (META.dying).
 * W2: between any two steps HEADER.blocks is a list of all blocks of the heap: the task may end here, out of fuel.
 */
import { BLOCK, FREE, HEADER, KIND, META, OBJECT_HEADER, SHAPE } from '../abi.js';
import { block_free } from './blocks.js';
import { charge } from './fuel.js';
import { fillBytes, globals, load32, refAt, store32, type bool, type i32 } from './intrinsics.js';
import { size_of } from './object-size.js';
import { cover, list_run } from './runs.js';

/** What dead objects are filled with under HEADER.collectEvery: no shape, no length, no address that makes sense. */
const POISON = 0xa5;

/** Sweeps the whole heap. Gives the bytes of the objects that live. */
export function sweep(): i32 {
  const header: i32 = globals.header;
  store32(header, HEADER.freeRuns, 0);
  let live: i32 = 0;
  let before: i32 = 0;
  let block: i32 = load32(header, HEADER.blocks);
  while (block !== 0) {
    const next: i32 = load32(block, BLOCK.next);
    charge(load32(block, BLOCK.used) >> 6);
    const liveHere: i32 = sweep_block(block);
    live += liveHere;
    if (liveHere !== 0) {
      before = block;
    } else {
      if (before === 0) store32(header, HEADER.blocks, next);
      else store32(before, BLOCK.next, next);
      store32(header, HEADER.heapBytes, load32(header, HEADER.heapBytes) - load32(block, BLOCK.used));
      block_free(block);
    }
    block = next;
  }
  return live;
}

/** Sweeps a block; one without live objects is left without runs. Gives the bytes of the live ones. */
function sweep_block(block: i32): i32 {
  const start: i32 = block + BLOCK.header;
  const end: i32 = block + load32(block, BLOCK.used);
  let live: i32 = 0;
  let run: i32 = start;
  let at: i32 = start;
  while (at < end) {
    const bytes: i32 = size_of(refAt(at));
    if (survives(at)) {
      if (at !== run) free_run(run, at);
      run = at + bytes;
      live += bytes;
    }
    at += bytes;
  }
  if (live !== 0 && run !== end) free_run(run, end);
  return live;
}

/** Whether the object stays, ready for the next collection (W1). */
function survives(object: i32): bool {
  const meta: i32 = load32(object, OBJECT_HEADER.meta);
  if ((meta & META.marked) !== 0) {
    store32(object, OBJECT_HEADER.meta, meta & ~META.marked);
    return true;
  }
  if ((meta & META.dying) !== 0 || load32(load32(object, OBJECT_HEADER.shape), SHAPE.kind) !== KIND.shape) return false;
  store32(object, OBJECT_HEADER.meta, meta | META.dying);
  return true;
}

function free_run(from: i32, end: i32): void {
  if (load32(globals.header, HEADER.collectEvery) !== 0 && end - from > FREE.next + 4) {
    fillBytes(from, POISON, end - from);
  }
  if (end - from > 8) list_run(from, end);
  else cover(from, end);
}
