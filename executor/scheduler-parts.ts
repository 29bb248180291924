/** What a scheduler works on: the realm's shared parts and what belongs to its thread. */
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import type { Clock } from './clock.js';
import type { Instances } from './instances.js';
import type { CounterName } from './layout.js';
import type { Outlet } from './outlet.js';
import type { ReadyQueue } from './run-queue.js';
import type { TaskTable } from './task-table.js';

export interface SchedulerParts {
  readonly arena: Arena;
  readonly blocks: BlockCache;
  readonly table: TaskTable;
  readonly queue: ReadyQueue;
  /** Index of this thread's record. */
  readonly thread: number;
  readonly clock: Clock;
  readonly outlet: Outlet;
  readonly instances: Instances;
  /** The text of a log of this program at a level, or as LOG_ASKS says. */
  readonly formatLog: (program: number, payload: Uint8Array, level: number) => string;
  readonly count: (name: CounterName, by: number) => void;
  /** Tells others which task is being polled; -1 when none. */
  readonly running: (task: number) => void;
}
