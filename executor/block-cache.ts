/**
 * Blocks for the host's side of a thread: the twin of block_alloc and block_free of jit/stdlib, over the same thread
 * record and chunk table, so that a block may be made by one side and freed by the other.
 *
 * Needs: one BlockCache per thread record, used by the thread that polls with that record and never during a poll.
 * Invariants: A1 a free block is zero behind its header. A2 a chunk has one owner word; claiming is one replace from 0,
 * releasing one publish of 0. A3 blocks below a chunk circulate for ever, runs of chunks go back to the table.
 *
 * Records flow from thread to thread, so one thread's lists would grow while another claims new chunks. `balance`, called
 * now and then, moves what is more than a thread needs to lists that all threads share, and takes from there what it
 * lacks. A4 shared lists are only pushed to and taken whole, so no block is ever taken twice.
 */
import { ARENA, BLOCK, BLOCK_CLASSES, THREAD } from '../jit/abi.js';
import { threadRecord, type Arena } from './arena.js';
import { REALM, type Control } from './layout.js';
import { observe, publish, pushChain, replace, swap } from './sync.js';

const CHUNK_CLASS = BLOCK_CLASSES.length - 1;
/** What a thread keeps of each class, in bytes and in blocks at least. */
const KEEP_BYTES = 65536;
const KEEP_BLOCKS = 64;
const OWNERS = ARENA.chunkOwners >> 2;

export const sizeOfClass = (sizeClass: number): number =>
  sizeClass >= BLOCK.runClass ? (sizeClass - BLOCK.runClass) * ARENA.chunkBytes : (BLOCK_CLASSES[sizeClass] ?? 0);

export class BlockCache {
  private readonly record: number;
  constructor(
    readonly arena: Arena,
    private readonly control: Control,
    thread: number,
  ) {
    this.record = threadRecord(thread) >> 2;
  }

  /** A zeroed block of at least `bytes` with its header; 0 when the arena is full. */
  alloc(bytes: number): number {
    const small = BLOCK_CLASSES.findIndex((size) => size >= bytes);
    const chunks = Math.ceil(bytes / ARENA.chunkBytes);
    const sizeClass = small < 0 ? BLOCK.runClass + chunks : small;
    const block = sizeClass < CHUNK_CLASS ? this.takeSmall(sizeClass) : this.claim(chunks) * ARENA.chunkBytes;
    if (block !== 0) this.arena.words[(block + BLOCK.sizeClass) >> 2] = sizeClass;
    return block;
  }

  /** Takes a block back. `dirtyBytes`: how far from its start it may be other than zero, if less than all. */
  free(block: number, dirtyBytes?: number): void {
    const { words, bytes } = this.arena;
    const sizeClass = words[(block + BLOCK.sizeClass) >> 2] ?? 0;
    const size = sizeOfClass(sizeClass);
    bytes.fill(0, block + BLOCK.header, block + Math.min(size, dirtyBytes ?? size));
    words[(block + BLOCK.used) >> 2] = 0;
    words[(block + BLOCK.used + 4) >> 2] = 0;
    if (sizeClass < CHUNK_CLASS) return this.pushFree(block, sizeClass);
    words[(block + BLOCK.next) >> 2] = 0;
    words[(block + BLOCK.sizeClass) >> 2] = 0;
    this.release(block / ARENA.chunkBytes, size / ARENA.chunkBytes);
  }

  /** Frees a list of blocks linked by BLOCK.next; gives how many. */
  freeList(first: number): number {
    let count = 0;
    for (let block = first; block !== 0; count++) {
      const next = this.arena.words[(block + BLOCK.next) >> 2] ?? 0;
      this.free(block);
      block = next;
    }
    return count;
  }

  /** Gives spare blocks to the shared lists and fills empty lists from there (A4). */
  balance(): void {
    for (let sizeClass = 0; sizeClass < CHUNK_CLASS; sizeClass++) {
      const list = this.record + (THREAD.freeLists >> 2) + sizeClass;
      if (this.arena.words[list] === 0) this.arena.words[list] = swap(this.control.words, REALM.freeBlocks + sizeClass, 0);
      else this.shareSpare(sizeClass, this.arena.words[list] ?? 0);
    }
  }

  private shareSpare(sizeClass: number, first: number): void {
    const words = this.arena.words;
    const next = (block: number): number => words[(block + BLOCK.next) >> 2] ?? 0;
    let kept = first;
    for (let left = Math.max(KEEP_BLOCKS, KEEP_BYTES / sizeOfClass(sizeClass)); left > 1 && next(kept) !== 0; left--) kept = next(kept);
    const spare = next(kept);
    if (spare === 0) return;
    let last = spare;
    while (next(last) !== 0) last = next(last);
    words[(kept + BLOCK.next) >> 2] = 0;
    pushChain(this.control.words, REALM.freeBlocks + sizeClass, spare, (old) => {
      words[(last + BLOCK.next) >> 2] = old;
    });
  }

  /** From the list of the class, or from the least larger block, whose other parts go to the lists. */
  private takeSmall(sizeClass: number): number {
    let from = sizeClass;
    let block = this.popFree(from);
    if (block === 0) {
      // Pairs with shareSpare (A4).
      this.arena.words[this.record + (THREAD.freeLists >> 2) + sizeClass] = swap(this.control.words, REALM.freeBlocks + sizeClass, 0);
      block = this.popFree(from);
    }
    while (block === 0 && from < CHUNK_CLASS - 1) block = this.popFree(++from);
    if (block === 0) {
      from = CHUNK_CLASS;
      block = this.claim(1) * ARENA.chunkBytes;
    }
    for (; block !== 0 && from > sizeClass; from--) {
      const part = sizeOfClass(from - 1);
      for (let at = block + sizeOfClass(from) - part; at > block; at -= part) this.pushFree(at, from - 1);
    }
    return block;
  }

  private pushFree(block: number, sizeClass: number): void {
    const words = this.arena.words;
    const list = this.record + (THREAD.freeLists >> 2) + sizeClass;
    words[(block + BLOCK.next) >> 2] = words[list] ?? 0;
    words[(block + BLOCK.sizeClass) >> 2] = sizeClass;
    words[list] = block;
  }

  private popFree(sizeClass: number): number {
    const words = this.arena.words;
    const list = this.record + (THREAD.freeLists >> 2) + sizeClass;
    const block = words[list] ?? 0;
    if (block !== 0) {
      words[list] = words[(block + BLOCK.next) >> 2] ?? 0;
      words[(block + BLOCK.next) >> 2] = 0;
    }
    return block;
  }

  /** Claims `count` neighbouring chunks, next-fit from the thread's hint; gives the first, or 0. */
  private claim(count: number): number {
    const words = this.arena.words;
    const total = words[this.record + (THREAD.chunkCount >> 2)] ?? 0;
    const hint = words[this.record + (THREAD.chunkHint >> 2)] ?? 0;
    for (const [from, to] of [[hint, total], [ARENA.firstChunk, Math.min(total, hint + count)]] as const) {
      let first = from;
      while (first + count <= to) {
        const claimed = this.claimAt(first, count);
        if (claimed === count) {
          words[this.record + (THREAD.chunkHint >> 2)] = first + count;
          return first;
        }
        this.release(first, claimed);
        first += claimed + 1;
      }
    }
    return 0;
  }

  /** Claims chunks from `first` on until one is taken; pairs with `release` of another thread (A2). */
  private claimAt(first: number, count: number): number {
    const words = this.arena.words;
    const owner = words[this.record + (THREAD.owner >> 2)] ?? 0;
    let claimed = 0;
    while (claimed < count) {
      const at = OWNERS + first + claimed;
      if (observe(words, at) !== 0 || !replace(words, at, 0, owner)) break;
      claimed++;
    }
    return claimed;
  }

  private release(first: number, count: number): void {
    const hint = this.record + (THREAD.chunkHint >> 2);
    if (count > 0 && first < (this.arena.words[hint] ?? 0)) this.arena.words[hint] = first;
    for (let i = 0; i < count; i++) publish(this.arena.words, OWNERS + first + i, 0);
  }
}
