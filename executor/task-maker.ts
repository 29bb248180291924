/**
 * Makes tasks and takes them apart again: id, record, header, inbox with the start in it. Only the embedder's thread does,
 * so ids need no atomics; a record is recycled after its task's end and no earlier (S8).
 */
import { COMPLETION } from '../jit/abi.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import type { Call } from './call.js';
import type { Clock } from './clock.js';
import { TaskLimitError } from './errors.js';
import { pushGroup, takeInbox } from './inbox.js';
import { TASK } from './layout.js';
import type { Limits } from './limits.js';
import type { LoadedProgram } from './programs.js';
import { freeRecord, freeRecords, makeRecord } from './records.js';
import { freeHeader, makeHeader } from './task-memory.js';
import { recycle } from './task-state.js';
import { TaskIds, type TaskTable } from './task-table.js';

export interface TaskMakerParts {
  readonly arena: Arena;
  readonly blocks: BlockCache;
  readonly table: TaskTable;
  readonly clock: Clock;
  readonly stackBytes: number;
  /** From 0 to 1: what guests' own random numbers begin with. */
  readonly random: () => number;
}

export interface TaskRequest {
  readonly program: LoadedProgram;
  /** Table index of the closure to call after the top level, or -1. */
  readonly entry: number;
  /** Its arguments as a wire array. */
  readonly payload: Uint8Array;
  readonly limits: Limits;
  readonly session: boolean;
}

const randomSeed = (random: () => number): bigint => BigInt.asIntN(64, BigInt(Math.floor(random() * 2 ** 53)) * 0x9e3779b97f4a7c15n) | 1n;

export class TaskMaker {
  private readonly ids: TaskIds;
  constructor(private readonly parts: TaskMakerParts) {
    this.ids = new TaskIds(parts.table.capacity);
  }

  /** Throws TaskLimitError or MemoryLimitError, and then has made nothing. `place` chooses its thread. */
  make(request: TaskRequest, place: () => number): { task: number; generation: number; header: number } {
    const { arena, blocks, table, clock, stackBytes, random } = this.parts;
    const { program, limits, session } = request;
    const task = this.ids.take();
    if (task < 0) throw new TaskLimitError(table.capacity, table.capacity);
    let header = 0;
    try {
      header = makeHeader(blocks, { limits, stackBytes, seed: randomSeed(random), wall: clock.wall() });
      pushGroup(arena, table, task, [makeRecord(blocks, COMPLETION.start, program.artifact.topLevel, request.entry, request.payload)]);
      table.set(task, TASK.affinity, place());
    } catch (error) {
      freeRecords(blocks, takeInbox(arena, table, task));
      if (header !== 0) freeHeader(blocks, header);
      this.ids.give(task);
      throw error;
    }
    table.set(task, TASK.header, header);
    table.set(task, TASK.program, program.id);
    table.set(task, TASK.polls, 0);
    table.set(task, TASK.session, session ? 1 : 0);
    table.setStartedAt(task, clock.monotonic());
    return { task, generation: table.generation(task), header };
  }

  /** Takes back what `make` gave and what came for the task since; gives the thread it had. */
  retire(call: Call): number {
    const { arena, blocks, table } = this.parts;
    const { task } = call;
    for (const record of call.group.splice(0)) freeRecord(blocks, record);
    freeRecords(blocks, takeInbox(arena, table, task));
    freeHeader(blocks, call.header);
    table.apply(recycle, task, call.generation);
    this.ids.give(task);
    return table.get(task, TASK.affinity);
  }
}
