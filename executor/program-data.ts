/**
 * Static data of a program in the arena: placed once per realm, its relocations added, and there as long as the program.
 */
import { BLOCK } from '../jit/abi.js';
import type { Artifact } from '../jit/artifact.js';
import type { BlockCache } from './block-cache.js';
import { assert } from './errors.js';
import { arenaFull } from './records.js';

/** A program as the threads that run it know it. */
export interface LoadedProgram {
  readonly id: number;
  readonly artifact: Artifact;
  readonly dataAddress: number;
}

/** Gives the address; throws MemoryLimitError when the arena is full. */
export function placeData(blocks: BlockCache, data: Artifact['data']): number {
  assert(data.align <= BLOCK.header, `static data is aligned to ${BLOCK.header} bytes at most`);
  const { arena } = blocks;
  const block = blocks.alloc(BLOCK.header + data.bytes.length);
  if (block === 0) throw arenaFull(arena);
  const address = block + BLOCK.header;
  arena.bytes.set(data.bytes, address);
  for (const offset of data.relocations) {
    assert((offset & 3) === 0, 'relocated words are aligned');
    const word = (address + offset) >> 2;
    arena.words[word] = (arena.words[word] ?? 0) + address;
  }
  return address;
}

export const dropData = (blocks: BlockCache, dataAddress: number): void => blocks.free(dataAddress - BLOCK.header);
