/**
 * The programs of a realm: their static data in the arena, placed once, relocated, and there as long as a task may run
 * the program.
 */
import { ABI_VERSION, BLOCK } from '../jit/abi.js';
import type { Artifact } from '../jit/artifact.js';
import type { BlockCache } from './block-cache.js';
import { AbiMismatchError, assert } from './errors.js';
import type { HostImplementation } from './host-calls.js';
import { arenaFull } from './records.js';

/** A program as the threads that run it know it. */
export interface LoadedProgram {
  readonly id: number;
  readonly artifact: Artifact;
  readonly dataAddress: number;
}

/** A program as the embedder's side knows it. */
export interface DeskProgram extends LoadedProgram {
  /** By index of the artifact's host functions. */
  readonly implementations: readonly HostImplementation[];
  /** Tasks that run it, and whether it goes when there are none left. */
  readonly use: { tasks: number; retired: boolean };
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

const dropData = (blocks: BlockCache, dataAddress: number): void => blocks.free(dataAddress - BLOCK.header);

export class Programs {
  private made = 0;

  /** `forget` tells the threads that a program is gone. */
  constructor(
    private readonly blocks: BlockCache,
    private readonly forget: (program: number) => void,
  ) {}

  load(artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram {
    if (artifact.abiVersion !== ABI_VERSION) throw new AbiMismatchError(artifact.abiVersion, ABI_VERSION);
    return { id: ++this.made, artifact, dataAddress: placeData(this.blocks, artifact.data), implementations, use: { tasks: 0, retired: false } };
  }

  /** A task of the program starts. */
  enter(program: DeskProgram): void {
    program.use.tasks++;
  }

  /** A task of the program is over. */
  leave(program: DeskProgram): void {
    program.use.tasks--;
    this.dropUnused(program);
  }

  /** The program is not started any more, and goes with its last task. */
  unload(program: DeskProgram): void {
    if (program.use.retired) return;
    program.use.retired = true;
    this.dropUnused(program);
  }

  private dropUnused(program: DeskProgram): void {
    if (!program.use.retired || program.use.tasks > 0) return;
    this.forget(program.id);
    dropData(this.blocks, program.dataAddress);
  }
}
