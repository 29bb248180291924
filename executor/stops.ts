/**
 * Stops: how a task is made to end from outside. By its embedder, who cancels it: it unwinds, and is ended when that takes
 * too long. By its deadline. Or because it cannot be told what it waits for.
 *
 * X1 a stop is published before the wake that brings it: a poll that begins after the wake sees the stop. X2 the first stop
 * that is final stays. X3 a call whose deadline has passed settles within OBEY_MS, whether its thread answers or not. X4 a
 * deadline acts on the call that set it, and never after that call's end.
 */
import { COMPLETION, STOP } from '../jit/abi.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import type { Call } from './call.js';
import type { Clock } from './clock.js';
import { DEADLINE, Deadlines } from './deadlines.js';
import { assert, MemoryLimitError } from './errors.js';
import { pushGroup } from './inbox.js';
import { TASK } from './layout.js';
import { LIMITS } from './limits.js';
import { makeRecord } from './records.js';
import { SessionCall } from './session-call.js';
import { requestStop } from './task-memory.js';
import { cancel, phaseOf, PHASE, wake, type Transition } from './task-state.js';
import type { TaskTable } from './task-table.js';

/** How long a task may take to obey a stop before its call is settled without it. */
const OBEY_MS = 500;
/** How long a poll may go on that had begun before a cancellation, and cannot see it. */
const HEED_MS = 50;

export interface StopsParts {
  readonly arena: Arena;
  readonly blocks: BlockCache;
  readonly table: TaskTable;
  readonly clock: Clock;
}

/** The desk, as stops need it. */
export interface StopsHost {
  /** The call of a task, if it is not over. */
  callOf(task: number, generation: number): Call | undefined;
  send(call: Call, transition: Transition): void;
  /** Settles the call of a task that does not answer. */
  abandon(call: Call): void;
}

export class Stops {
  private readonly deadlines: Deadlines;

  constructor(
    private readonly parts: StopsParts,
    private readonly host: StopsHost,
  ) {
    this.deadlines = new Deadlines(parts.clock, (task, generation, kind) => this.expire(task, generation, kind));
  }

  /** The call's own time begins. */
  limitTime(call: Call): void {
    const { timeoutMs } = call.limits;
    if (timeoutMs < LIMITS.timeoutMs.max) this.setDeadline(call, timeoutMs, DEADLINE.timeout);
  }

  clearDeadlines(call: Call): void {
    for (const deadline of call.deadlines.splice(0)) this.deadlines.clear(deadline);
  }

  /** Tells the task to unwind: finally blocks run, for `cancelGraceMs`. */
  cancel(call: Call, reason: unknown): void {
    if (!call.alive || (call instanceof SessionCall ? call.closing : call.cancelled)) return;
    if (call instanceof SessionCall) call.closing = true;
    this.unwind(call, reason, cancel);
  }

  /** As `cancel`; the transition tells whether the task ends with that. */
  unwind(call: Call, reason: unknown, transition: Transition): void {
    const { arena, blocks, table } = this.parts;
    call.cancelled = { reason, polls: table.get(call.task, TASK.polls) };
    this.setDeadline(call, call.limits.cancelGraceMs, DEADLINE.kill);
    try {
      pushGroup(arena, table, call.task, [makeRecord(blocks, COMPLETION.cancel, 0, 0)]);
    } catch (error) {
      if (!(error instanceof MemoryLimitError)) throw error;
      // The arena is full: the task ends without unwinding.
      requestStop(arena, call.header, STOP.kill);
    }
    this.setDeadline(call, HEED_MS, DEADLINE.heed);
    this.host.send(call, transition);
  }

  /** Ends a task that cannot be told something (X1). */
  giveUp(call: Call, error: unknown): void {
    call.fail(error);
    requestStop(this.parts.arena, call.header, STOP.kill);
    this.host.send(call, wake);
  }

  private expire(task: number, generation: number, kind: number): void {
    const call = this.host.callOf(task, generation);
    assert(call !== undefined, 'X4');
    switch (kind) {
      case DEADLINE.abandon:
        return this.host.abandon(call);
      case DEADLINE.heed:
        return this.heed(call);
      default:
        requestStop(this.parts.arena, call.header, kind === DEADLINE.timeout ? STOP.timeout : STOP.kill);
        this.host.send(call, wake);
        this.setDeadline(call, OBEY_MS, DEADLINE.abandon);
    }
  }

  /** Ends the poll that was under way at the cancellation and still is; looks again at a task that has yet to be polled. */
  private heed(call: Call): void {
    const { arena, table } = this.parts;
    if (table.get(call.task, TASK.polls) !== call.cancelled?.polls) return;
    const phase = phaseOf(table.state(call.task));
    if (phase === PHASE.running || phase === PHASE.notified) requestStop(arena, call.header, STOP.kill);
    else this.setDeadline(call, HEED_MS, DEADLINE.heed);
  }

  private setDeadline(call: Call, milliseconds: number, kind: number): void {
    call.deadlines.push(this.deadlines.add(milliseconds, call.task, call.generation, kind));
  }
}
