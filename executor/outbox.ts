/**
 * What a poll asked for: the records linked from HEADER.outboxHead, carried out in the guest's order. Timers are this
 * thread's own; everything else goes to the outlet, towards the embedder.
 */
import { HEADER, REQUEST } from '../jit/abi.js';
import { InternalError } from './errors.js';
import { TASK } from './layout.js';
import { freeRecord, recordArgument, recordKind, recordMilliseconds, recordNext, recordOpId, recordPayload, setRecordNext } from './records.js';
import type { SchedulerParts } from './scheduler-parts.js';
import { nodeDelay, type Timers } from './timers.js';

export interface PolledTask {
  readonly task: number;
  readonly generation: number;
  readonly header: number;
  /** The clock that was frozen for the poll. */
  readonly now: number;
  /** Whether the result was out before this poll. */
  readonly publishedBefore: boolean;
}

/** Gives whether an unhandled rejection fails the task. */
export function drainOutbox(parts: SchedulerParts, timers: Timers, polled: PolledTask): boolean {
  const { arena } = parts;
  const head = (polled.header + HEADER.outboxHead) >> 2;
  arena.words[(polled.header + HEADER.outboxTail) >> 2] = 0;
  const state = { published: polled.publishedBefore, failed: false };
  for (let record = arena.words[head] ?? 0; record !== 0; record = arena.words[head] ?? 0) {
    // Off the list before anything can fail: what is still on it has an owner.
    arena.words[head] = recordNext(arena, record);
    setRecordNext(arena, record, 0);
    carryOut(parts, timers, polled, record, state);
  }
  return state.failed;
}

function carryOut(parts: SchedulerParts, timers: Timers, polled: PolledTask, record: number, state: { published: boolean; failed: boolean }): void {
  const { arena, blocks, outlet, count } = parts;
  const { task, generation } = polled;
  switch (recordKind(arena, record)) {
    case REQUEST.hostCall:
      count('hostCalls', 1);
      return outlet.hostCall(task, generation, record);
    case REQUEST.timerStart:
      timers.add(Math.floor(polled.now) + nodeDelay(recordMilliseconds(arena, record)), task, generation, recordOpId(arena, record));
      break;
    case REQUEST.timerStop:
      timers.stop(task, recordOpId(arena, record));
      break;
    case REQUEST.log: {
      const level = recordArgument(arena, record);
      count('logs', 1);
      outlet.log(task, generation, level, parts.formatLog(parts.table.get(task, TASK.program), recordPayload(arena, record), level));
      break;
    }
    case REQUEST.result:
      state.published = true;
      return outlet.result(task, generation, record);
    case REQUEST.unhandled:
      if (!state.published) state.failed = true;
      return outlet.unhandled(task, generation, record);
    default:
      throw new InternalError(`request of unknown kind ${recordKind(arena, record)}`);
  }
  freeRecord(blocks, record);
}
