/**
 * The programs of a realm: their static data in the arena, placed once, relocated, and there as long as a task may run
 * the program.
 *
 * G1 static data is aligned to a block's header at most. G2 relocated words are aligned.
 */
import { ABI_VERSION, BLOCK } from '../jit/abi.js';
import type { Artifact } from '../jit/artifact.js';
import type { Arena } from './arena.js';
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
  /** Bytes that its static data may grow to where it is; 0 where it lies in the place of another program. */
  readonly capacity: number;
}

/** Gives the address; throws MemoryLimitError when the arena is full. `room`: bytes to keep for it, its own size or more. */
export function placeData(blocks: BlockCache, data: Artifact['data'], room = data.bytes.length): number {
  assert(data.align <= BLOCK.header, 'G1');
  const { arena } = blocks;
  const block = blocks.alloc(BLOCK.header + room);
  if (block === 0) throw arenaFull(arena);
  const address = block + BLOCK.header;
  writeData(arena, data, address, 0);
  return address;
}

/** Writes the data from an offset on; what is before it is there already. */
function writeData(arena: Arena, data: Artifact['data'], address: number, from: number): void {
  arena.bytes.set(data.bytes.subarray(from), address + from);
  for (const offset of data.relocations) {
    if (offset < from) continue;
    assert((offset & 3) === 0, 'G2');
    const word = (address + offset) >> 2;
    arena.words[word] = (arena.words[word] ?? 0) + address;
  }
}

/** Room for the static data of a session; the library's share is some 20 KiB. */
const SESSION_DATA = 2 ** 18 - BLOCK.header;

const dropData = (blocks: BlockCache, dataAddress: number): void => blocks.free(dataAddress - BLOCK.header);

export class Programs {
  private made = 0;
  /** Capacities of places that several programs share, by address. */
  private readonly rooms = new Map<number, number>();

  /** Where the static data of an artifact lies, for programs that differ in their host functions alone. */
  private readonly places = new Map<Artifact, { readonly id: number; readonly dataAddress: number; holders: number }>();

  /** `forget` tells the threads that a program is gone. */
  constructor(
    private readonly blocks: BlockCache,
    private readonly forget: (program: number) => void,
  ) {}

  /** `grows`: a session's later modules will put their static data in the same place. */
  load(artifact: Artifact, implementations: readonly HostImplementation[], grows = false): DeskProgram {
    if (artifact.abiVersion !== ABI_VERSION) throw new AbiMismatchError(artifact.abiVersion, ABI_VERSION);
    const { length } = artifact.data.bytes;
    const use = { tasks: 0, retired: false };
    if (grows) {
      const capacity = Math.max(SESSION_DATA, 2 * length);
      return { id: ++this.made, artifact, dataAddress: placeData(this.blocks, artifact.data, capacity), implementations, use, capacity };
    }
    const known = this.places.get(artifact);
    const { id, dataAddress } = known ?? { id: ++this.made, dataAddress: placeData(this.blocks, artifact.data) };
    this.places.set(artifact, { id, dataAddress, holders: (known?.holders ?? 0) + 1 });
    return { id, artifact, dataAddress, implementations, use, capacity: length };
  }

  /**
   * As `load`, for the next module of a session, whose static data begins with that of `before`: it takes the same place,
   * so that objects made earlier have the same shapes and classes; a new place only where there is no room.
   */
  extend(before: DeskProgram, artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram {
    const { dataAddress } = before;
    const room = this.rooms.get(dataAddress) ?? before.capacity;
    if (artifact.data.bytes.length > room) return this.load(artifact, implementations, true);
    this.rooms.set(dataAddress, room);
    writeData(this.blocks.arena, artifact.data, dataAddress, before.artifact.data.bytes.length);
    return { id: ++this.made, artifact, dataAddress, implementations, use: { tasks: 0, retired: false }, capacity: 0 };
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
    const place = this.places.get(program.artifact);
    if (place?.id === program.id) {
      if (--place.holders > 0) return;
      this.places.delete(program.artifact);
    }
    this.forget(program.id);
    if (program.capacity === 0) return;
    this.rooms.delete(program.dataAddress);
    dropData(this.blocks, program.dataAddress);
  }
}
