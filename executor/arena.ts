/**
 * The arena: the one shared memory of a realm that guest modules import, and views of it. `initial = maximum`, so no view
 * ever goes stale; pages that nobody touched cost nothing.
 */
import { ARENA, THREAD } from '../jit/abi.js';

export interface Arena {
  readonly memory: WebAssembly.Memory;
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  readonly longs: BigInt64Array;
}

/** Chunks of the shadow stack of one thread: 2 MiB of address space. */
const SHADOW_CHUNKS = 32;
/** Chunk 0 is below 64 KiB and holds the fixed page; chunks 1 and 2 hold the owner table. */
const RESERVED_OWNER = -1;

/** Writes the fixed first pages (jit/arena-image.ts); injected, since the image belongs to the compiler. */
export type ArenaImage = (view: DataView) => void;

export function createArena(mebibytes: number, image: ArenaImage): Arena {
  const pages = Math.floor((mebibytes * 2 ** 20) / ARENA.chunkBytes);
  const arena = attachArena(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
  image(new DataView(arena.memory.buffer));
  for (let chunk = 0; chunk < ARENA.firstChunk; chunk++) arena.words[(ARENA.chunkOwners >> 2) + chunk] = RESERVED_OWNER;
  return arena;
}

export function attachArena(memory: WebAssembly.Memory): Arena {
  const buffer = memory.buffer;
  return {
    memory,
    words: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
    doubles: new Float64Array(buffer),
    longs: new BigInt64Array(buffer),
  };
}

export const threadRecord = (thread: number): number => ARENA.threadRecords + thread * ARENA.threadRecordBytes;

/**
 * Fills the records of `count` threads before any of them runs; shadow stacks lie side by side behind the fixed pages.
 * The search for chunks starts at another place for each thread, so that they rarely meet.
 */
export function initThreads(arena: Arena, count: number): void {
  const chunks = arena.bytes.length / ARENA.chunkBytes;
  const firstFree = ARENA.firstChunk + count * SHADOW_CHUNKS;
  for (let thread = 0; thread < count; thread++) {
    const word = threadRecord(thread) >> 2;
    const shadow = ARENA.firstChunk + thread * SHADOW_CHUNKS;
    for (let i = 0; i < SHADOW_CHUNKS; i++) arena.words[(ARENA.chunkOwners >> 2) + shadow + i] = thread + 1;
    arena.words[word + (THREAD.chunkHint >> 2)] = firstFree + Math.floor(((chunks - firstFree) * thread) / count);
    arena.words[word + (THREAD.chunkCount >> 2)] = chunks;
    arena.words[word + (THREAD.shadowBase >> 2)] = shadow * ARENA.chunkBytes;
    arena.words[word + (THREAD.shadowLimit >> 2)] = (shadow + SHADOW_CHUNKS) * ARENA.chunkBytes;
    arena.words[word + (THREAD.owner >> 2)] = thread + 1;
  }
}
