/**
 * Blocks: the memory under heaps and records. Each thread keeps free lists by size class in its record and claims chunks
 * of 64 KiB from the table of owners, the only word here that two threads write.
 *
 *   free list of 64 B <- a 128 B block split in 2 <- 256 B <- 1 KiB <- 4 KiB <- a chunk from the table
 *
 * B3: a free block is zero behind its header; a free chunk is all zero. `block_free` sees to it, so allocation does not.
 */
import { ARENA, BLOCK, BLOCK_CLASSES, HEADER, THREAD, TRAP } from '../abi.js';
import {
  atomicCompareExchange, atomicLoad, atomicStore, divu, fillBytes, globals, gtu, load32, store32, trap, type bool, type i32,
} from './intrinsics.js';

/** A zeroed block of at least `bytes`, its header included; traps when the arena is full. */
export function block_alloc(bytes: i32): i32 {
  const sizeClass: i32 = class_of(bytes);
  let block: i32 = 0;
  if (sizeClass < 5) block = take_small(sizeClass);
  else block = claim_chunks(sizeClass === 5 ? 1 : sizeClass - BLOCK.runClass);
  if (block === 0) {
    store32(globals.header, HEADER.trapDetail, bytes);
    trap(TRAP.memory);
  }
  store32(block, BLOCK.sizeClass, sizeClass);
  return block;
}

/** Gives a block back, to the lists of the thread that runs. */
export function block_free(block: i32): void {
  const sizeClass: i32 = load32(block, BLOCK.sizeClass);
  const bytes: i32 = class_bytes(sizeClass);
  fillBytes(block, 0, bytes);
  if (sizeClass >= 5) {
    release_chunks(block, divu(bytes, ARENA.chunkBytes));
    return;
  }
  push_free(block, sizeClass);
}

/** Notes a block outside the heap that is held while guest code may trap: the executor then frees it. Last in, first out. */
export function block_hold(block: i32): void {
  store32(block, BLOCK.next, load32(globals.header, HEADER.held));
  store32(globals.header, HEADER.held, block);
}

/** Ends the latest `block_hold`. */
export function block_let_go(block: i32): void {
  store32(globals.header, HEADER.held, load32(block, BLOCK.next));
  store32(block, BLOCK.next, 0);
}

/** Whole bytes of a block. */
export function block_bytes(block: i32): i32 {
  return class_bytes(load32(block, BLOCK.sizeClass));
}

/** Whole bytes that `block_alloc(bytes)` takes. */
export function block_bytes_for(bytes: i32): i32 {
  return class_bytes(class_of(bytes));
}

function class_of(bytes: i32): i32 {
  if (bytes <= BLOCK_CLASSES[0]) return 0;
  if (bytes <= BLOCK_CLASSES[1]) return 1;
  if (bytes <= BLOCK_CLASSES[2]) return 2;
  if (bytes <= BLOCK_CLASSES[3]) return 3;
  if (bytes <= BLOCK_CLASSES[4]) return 4;
  if (bytes <= BLOCK_CLASSES[5]) return 5;
  return BLOCK.runClass + divu(bytes + (ARENA.chunkBytes - 1), ARENA.chunkBytes);
}

function class_bytes(sizeClass: i32): i32 {
  if (sizeClass >= BLOCK.runClass) return (sizeClass - BLOCK.runClass) * ARENA.chunkBytes;
  switch (sizeClass) {
    case 0:
      return BLOCK_CLASSES[0];
    case 1:
      return BLOCK_CLASSES[1];
    case 2:
      return BLOCK_CLASSES[2];
    case 3:
      return BLOCK_CLASSES[3];
    case 4:
      return BLOCK_CLASSES[4];
    default:
      return BLOCK_CLASSES[5];
  }
}

// Small blocks --------------------------------------------------------------------------------------------------------

function push_free(block: i32, sizeClass: i32): void {
  const list: i32 = load32(globals.header, HEADER.thread) + THREAD.freeLists + sizeClass * 4;
  store32(block, BLOCK.next, load32(list, 0));
  store32(block, BLOCK.sizeClass, sizeClass);
  store32(list, 0, block);
}

function pop_free(sizeClass: i32): i32 {
  const list: i32 = load32(globals.header, HEADER.thread) + THREAD.freeLists + sizeClass * 4;
  const block: i32 = load32(list, 0);
  if (block !== 0) {
    store32(list, 0, load32(block, BLOCK.next));
    store32(block, BLOCK.next, 0);
  }
  return block;
}

/** A block of a class below 5: from its list, or from the least larger block, whose other parts go to the lists. */
function take_small(sizeClass: i32): i32 {
  let from: i32 = sizeClass;
  let block: i32 = pop_free(from);
  while (block === 0 && from < 4) {
    from = from + 1;
    block = pop_free(from);
  }
  if (block === 0) {
    from = 5;
    block = claim_chunks(1);
    if (block === 0) return 0;
  }
  while (from > sizeClass) {
    split(block, class_bytes(from), from - 1);
    from = from - 1;
  }
  return block;
}

/** Puts all parts of a block but the first on the list of their class. */
function split(block: i32, bytes: i32, partClass: i32): void {
  const partBytes: i32 = class_bytes(partClass);
  for (let part: i32 = bytes - partBytes; part > 0; part = part - partBytes) push_free(block + part, partClass);
}

// Chunks --------------------------------------------------------------------------------------------------------------

/** Address of `count` neighbouring chunks, now owned by this thread, or 0. */
function claim_chunks(count: i32): i32 {
  const thread: i32 = load32(globals.header, HEADER.thread);
  const hint: i32 = load32(thread, THREAD.chunkHint);
  const end: i32 = load32(thread, THREAD.chunkCount);
  let first: i32 = claim_between(hint, end, count);
  if (first === 0) first = claim_between(ARENA.firstChunk, end, count);
  if (first === 0) return 0;
  if (count === 1) store32(thread, THREAD.chunkHint, first + 1);
  return first * ARENA.chunkBytes;
}

/** Number of the first of `count` neighbouring chunks claimed within [from, end), or 0. */
function claim_between(from: i32, end: i32, count: i32): i32 {
  if (gtu(count, end)) return 0;
  let first: i32 = from;
  while (first + count <= end) {
    const busy: i32 = last_busy(first, count);
    if (busy >= 0) first = busy + 1;
    else if (claim_all(first, count)) return first;
  }
  return 0;
}

/** The last owned chunk among these, or -1: the search goes on behind it. */
function last_busy(first: i32, count: i32): i32 {
  for (let chunk: i32 = first + count - 1; chunk >= first; chunk = chunk - 1) {
    if (atomicLoad(ARENA.chunkOwners + chunk * 4, 0) !== 0) return chunk;
  }
  return -1;
}

/** Claims all or none; another thread may have come first since they were seen free. */
function claim_all(first: i32, count: i32): bool {
  const owner: i32 = load32(load32(globals.header, HEADER.thread), THREAD.owner);
  for (let chunk: i32 = first; chunk < first + count; chunk = chunk + 1) {
    if (atomicCompareExchange(ARENA.chunkOwners + chunk * 4, 0, 0, owner) !== 0) {
      release_words(first, chunk - first);
      return false;
    }
  }
  return true;
}

function release_chunks(block: i32, count: i32): void {
  const first: i32 = divu(block, ARENA.chunkBytes);
  const thread: i32 = load32(globals.header, HEADER.thread);
  release_words(first, count);
  if (first < load32(thread, THREAD.chunkHint)) store32(thread, THREAD.chunkHint, first);
}

function release_words(first: i32, count: i32): void {
  for (let chunk: i32 = first; chunk < first + count; chunk = chunk + 1) atomicStore(ARENA.chunkOwners + chunk * 4, 0, 0);
}
