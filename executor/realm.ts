/**
 * A realm: one trust domain with its arena, control block, task table and desk. Both executors build on it; the engine,
 * the codec, the arena's image and the drawing of code frames are injected.
 */
import { createArena, initThreads, type Arena, type ArenaImage } from './arena.js';
import { BlockCache } from './block-cache.js';
import type { Clock } from './clock.js';
import type { Codec } from './codec.js';
import { Desk } from './desk.js';
import { OptionError } from './errors.js';
import type { DrawFrame } from './guest-stack.js';
import { loopTurns, type HostTurns } from './host-turns.js';
import { createControl, type Control } from './layout.js';
import type { Limits } from './limits.js';
import { TaskTable } from './task-table.js';

export interface RealmParts {
  readonly limits: Limits;
  readonly image: ArenaImage;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly drawFrame: DrawFrame;
  /** Math.random by default. */
  readonly random?: () => number;
  /** This event loop's by default. */
  readonly hostTurns?: HostTurns;
}

export interface Realm {
  readonly limits: Limits;
  readonly arena: Arena;
  readonly control: Control;
  readonly table: TaskTable;
  /** Blocks of the embedder's thread, whose record is 0. */
  readonly blocks: BlockCache;
  readonly desk: Desk;
}

/** What the fixed pages and one thread's shadow stack take, with room to work, in MiB. */
const MEBIBYTES_PER_THREAD = 3;

/** `workers`: threads besides the embedder's own. */
export function createRealm(parts: RealmParts, workers: number, stackKiB: number): Realm {
  const { limits } = parts;
  if (limits.arenaMiB < (workers + 2) * MEBIBYTES_PER_THREAD) {
    throw new OptionError(`limit 'arenaMiB' must be at least ${(workers + 2) * MEBIBYTES_PER_THREAD} MiB for ${workers} workers`);
  }
  const arena = createArena(limits.arenaMiB, parts.image);
  initThreads(arena, workers + 1);
  const control = createControl(Math.max(1, workers), limits.tasks);
  const table = new TaskTable(control);
  const blocks = new BlockCache(arena, control, 0);
  const { clock, codec, drawFrame, random = Math.random, hostTurns = loopTurns } = parts;
  const desk = new Desk({ arena, blocks, table, clock, codec, drawFrame, stackBytes: stackKiB * 1024, random, hostTurns });
  return { limits, arena, control, table, blocks, desk };
}
