/**
 * The desk: the embedder's side of a realm. It makes tasks, sends them to a thread through a Lane, answers what they ask
 * (host calls, logs, results), and ends their calls. `inline` and `pool` share it; only the Lane differs.
 *
 * Needs: runs on one thread, with thread record 0. D1: main owns a task's record and header from `start` until it has
 * seen `ended`; so stop and clock words may be written at any time in between.
 */
import { ABI_VERSION, COMPLETION, HEADER, LOG_LEVELS, STOP } from '../jit/abi.js';
import type { Artifact } from '../jit/artifact.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import { Call, type CallOptions, type Run } from './call.js';
import type { Clock } from './clock.js';
import type { Codec } from './codec.js';
import { DEADLINE, Deadlines } from './deadlines.js';
import { ENDING, endingError } from './endings.js';
import { AbiMismatchError, CancelledError, ClosedError, StaleHandleError, TaskLimitError } from './errors.js';
import { guestError, placeOf, withPlace, type DrawFrame } from './guest-stack.js';
import { HostCalls, type HostImplementation } from './host-calls.js';
import { pushGroup, takeInbox } from './inbox.js';
import { TASK } from './layout.js';
import { LIMITS } from './limits.js';
import { NO_PLACE, type Outlet } from './outbox.js';
import { dropData, placeData, type LoadedProgram } from './program-data.js';
import { freeRecord, freeRecords, makeRecord, recordArgument, recordOpId, recordPayload } from './records.js';
import { freeHeader, makeHeader, refreshClock, requestStop } from './task-memory.js';
import { cancel, end, phaseOf, PHASE, recycle, spawn, wake } from './task-state.js';
import { TaskIds, type TaskTable } from './task-table.js';

/** How tasks get from the desk to the thread that polls them. */
export interface Lane {
  readonly inline: boolean;
  /** Chooses the thread of a new task and sees to it that the thread has the program. */
  place(program: LoadedProgram): number;
  /** Sends a task whose state says queued. */
  submit(task: number, affinity: number): void;
  /** A task that `place` put there is over. */
  release(affinity: number): void;
  /** The program will not be asked for again. */
  forget(program: number): void;
  /** How many tasks there are; while any, the process must not end. */
  outstanding(count: number): void;
}

export interface DeskProgram extends LoadedProgram {
  /** By index of the artifact's host functions. */
  readonly implementations: readonly HostImplementation[];
  /** Tasks that run it, and whether it goes when there are none left. */
  readonly use: { tasks: number; retired: boolean };
}

export interface DeskParts {
  readonly arena: Arena;
  readonly blocks: BlockCache;
  readonly table: TaskTable;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly drawFrame: DrawFrame;
  readonly stackBytes: number;
}

/** Closing the jit cancels tasks, but their callers are to know that it was closed. */
const cancelledError = (reason: unknown): Error => (reason instanceof ClosedError ? reason : new CancelledError(reason));

/** Runs the embedder's function: what it throws is an uncaught error of the embedder's, and stops nothing here. */
function callback(run: () => void): void {
  try {
    run();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** How long a task may take to obey a stop before its call is settled without it. */
const OBEY_MS = 500;

export class Desk implements Outlet {
  private readonly calls: (Call | undefined)[] = [];
  private readonly ids: TaskIds;
  private readonly hostCalls: HostCalls;
  private readonly deadlines: Deadlines;
  private programs = 0;
  private closed = false;
  private idle: (() => void)[] = [];
  lane!: Lane; // set once by the executor that owns the desk, before any start
  /** Figures for stats. */
  readonly figures = { tasksStarted: 0, tasksFailed: 0, tasksLive: 0, staleMessages: 0 };

  constructor(private readonly parts: DeskParts) {
    this.ids = new TaskIds(parts.table.capacity);
    this.deadlines = new Deadlines(parts.clock, (task, generation, deadline) => this.expire(task, generation, deadline));
    this.hostCalls = new HostCalls(parts.blocks, parts.codec, (caller, group) => this.deliver(caller as Call, group)); // the desk passes Calls only
  }

  get completionsDropped(): number {
    return this.hostCalls.dropped;
  }

  get hostCallsInFlight(): number {
    return this.hostCalls.inFlight;
  }

  /** Puts a program into the arena. `implementations` by index of the artifact's host functions. */
  load(artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram {
    if (artifact.abiVersion !== ABI_VERSION) throw new AbiMismatchError(artifact.abiVersion, ABI_VERSION);
    return { id: ++this.programs, artifact, dataAddress: placeData(this.parts.blocks, artifact.data), implementations, use: { tasks: 0, retired: false } };
  }

  /** Gives back what a program holds as soon as no task runs it; it must not be started again. */
  unload(program: DeskProgram): void {
    if (program.use.retired) return;
    program.use.retired = true;
    this.dropUnused(program);
  }

  private dropUnused(program: DeskProgram): void {
    if (!program.use.retired || program.use.tasks > 0) return;
    this.lane.forget(program.id);
    dropData(this.parts.blocks, program.dataAddress);
  }

  /** Starts a task that calls the closure at `entry` of the program's table; -1 runs the top level alone. */
  start(program: DeskProgram, entry: number, args: readonly unknown[], options: CallOptions): Run {
    if (this.closed) throw new ClosedError();
    if (program.use.retired) throw new StaleHandleError('the program');
    const { codec, table, clock } = this.parts;
    if (options.signal?.aborted) throw new CancelledError(options.signal.reason);
    const payload = codec.encode(args, { kind: 'array', item: { kind: 'any' } }, [], options.limits, 'arguments');
    const task = this.ids.take();
    if (task < 0) throw new TaskLimitError(table.capacity, table.capacity);
    const generation = table.generation(task);
    const header = this.makeTask(task, entry, payload, program, options);
    const call = new Call(program, options, task, generation, header, clock.monotonic());
    this.calls[task] = call;
    program.use.tasks++;
    this.figures.tasksStarted++;
    this.lane.outstanding(++this.figures.tasksLive);
    if (options.limits.timeoutMs < LIMITS.timeoutMs.max) this.setDeadline(call, options.limits.timeoutMs, DEADLINE.timeout);
    call.listen((reason) => this.cancel(call, reason));
    table.apply(spawn, task, generation);
    this.lane.submit(task, table.get(task, TASK.affinity));
    return call;
  }

  /** Fills the task's record, header and inbox; gives the header. */
  private makeTask(task: number, entry: number, payload: Uint8Array, program: DeskProgram, options: CallOptions): number {
    const { arena, blocks, table, clock, stackBytes } = this.parts;
    const seed = BigInt.asIntN(64, BigInt(Math.floor(Math.random() * 2 ** 53)) * 0x9e3779b97f4a7c15n) | 1n;
    let header = 0;
    try {
      header = makeHeader(blocks, { limits: options.limits, stackBytes, seed, wall: clock.wall() });
      pushGroup(arena, table, task, [makeRecord(blocks, COMPLETION.start, program.artifact.topLevel, entry, payload)]);
      table.set(task, TASK.affinity, this.lane.place(program));
    } catch (error) {
      freeRecords(blocks, takeInbox(arena, table, task));
      if (header !== 0) freeHeader(blocks, header);
      this.ids.give(task);
      throw error;
    }
    table.set(task, TASK.header, header);
    table.set(task, TASK.program, program.id);
    table.setStartedAt(task, clock.monotonic());
    return header;
  }

  // What tasks ask (Outlet) ---------------------------------------------------------------------------------------------

  hostCall(task: number, generation: number, record: number): void {
    const { arena, blocks } = this.parts;
    const call = this.callOf(task, generation);
    const index = recordArgument(arena, record);
    const declared = call?.program.artifact.hostFunctions[index];
    const implementation = call?.program.implementations[index];
    if (call && declared && implementation) {
      const pending = { caller: call, name: declared.name, implementation, result: declared.result, opId: recordOpId(arena, record) };
      try {
        const args = this.decode(call, record, `arguments of ${declared.name}`);
        this.hostCalls.call({ ...pending, args: Array.isArray(args) ? args : [] });
      } catch (error) {
        this.hostCalls.refuse({ ...pending, args: [] }, error);
      }
    }
    freeRecord(blocks, record);
  }

  log(task: number, generation: number, level: number, text: string): void {
    const call = this.callOf(task, generation);
    if (!call) return;
    const name = LOG_LEVELS[level] ?? 'log';
    const { onLog } = call.options;
    if (onLog) callback(() => onLog(name, text));
    else console[name](text);
  }

  result(task: number, generation: number, record: number): void {
    const call = this.callOf(task, generation);
    if (call) {
      try {
        const value = this.decode(call, record, 'result');
        if (call.cancelled) call.fail(cancelledError(call.cancelled.reason));
        else if (recordArgument(this.parts.arena, record) === 0) call.resolve(value);
        else call.fail(value);
      } catch (error) {
        call.fail(error);
      }
    }
    freeRecord(this.parts.blocks, record);
  }

  unhandled(task: number, generation: number, record: number): void {
    const call = this.callOf(task, generation);
    if (call) {
      const error = this.decodeError(call, record);
      const { onUnhandled } = call.options;
      if (call.settled && onUnhandled) callback(() => onUnhandled(error));
      call.fail(error);
    }
    freeRecord(this.parts.blocks, record);
  }

  ended(task: number, generation: number, ending: number, place: number, text: string): void {
    const call = this.callOf(task, generation);
    if (!call) return;
    if (!call.settled || (ending !== ENDING.finished && ending !== ENDING.unhandled)) call.fail(this.errorOf(call, ending, place, text));
    this.retire(call);
  }

  /** Fails a task that nobody polls any more, and gives back what can be given back. */
  lose(task: number, ending: number, text: string): void {
    const call = this.calls[task];
    if (!call) return;
    const { arena, blocks, table } = this.parts;
    const phase = phaseOf(table.state(task));
    const error = this.errorOf(call, ending, NO_PLACE, text);
    // The heap of a task that was being polled may be in any state: it is left alone.
    if (phase === PHASE.idle || phase === PHASE.queued) blocks.freeList(arena.words[(call.header + HEADER.blocks) >> 2] ?? 0);
    table.apply(end, task, call.generation);
    call.fail(error);
    this.retire(call);
  }

  private retire(call: Call): void {
    const { arena, blocks, table } = this.parts;
    const { task } = call;
    for (const deadline of call.deadlines) this.deadlines.clear(deadline);
    for (const record of call.group.splice(0)) freeRecord(blocks, record);
    freeRecords(blocks, takeInbox(arena, table, task));
    freeHeader(blocks, call.header);
    table.apply(recycle, task, call.generation);
    this.calls[task] = undefined;
    call.program.use.tasks--;
    this.dropUnused(call.program);
    this.lane.release(table.get(task, TASK.affinity));
    this.ids.give(task);
    if (call.failed) this.figures.tasksFailed++;
    call.end();
    this.lane.outstanding(--this.figures.tasksLive);
    if (this.figures.tasksLive === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private callOf(task: number, generation: number): Call | undefined {
    const call = this.calls[task];
    if (call && call.generation === generation) return call;
    this.figures.staleMessages++;
    return undefined;
  }

  /** Throws HostTypeError for what cannot leave the guest, InternalError for malformed bytes. */
  private decode(call: Call, record: number, what: string): unknown {
    const { arena, codec, drawFrame } = this.parts;
    return codec.decode(recordPayload(arena, record), (error) => guestError(call.program.artifact, error, drawFrame), what);
  }

  private decodeError(call: Call, record: number): unknown {
    try {
      return this.decode(call, record, 'error');
    } catch (error) {
      return error;
    }
  }

  private errorOf(call: Call, ending: number, place: number, text: string): Error {
    const { arena, clock, drawFrame } = this.parts;
    const word = (offset: number): number => arena.words[(call.header + offset) >> 2] ?? 0;
    if (call.cancelled) return cancelledError(call.cancelled.reason);
    const error = endingError(ending, {
      limits: call.limits,
      elapsedMs: clock.monotonic() - call.startedAt,
      heapBytes: word(HEADER.heapBytes),
      detail: word(HEADER.trapDetail),
      text,
      reason: undefined,
      inline: this.lane.inline,
    });
    return place < 0 ? error : withPlace(error, placeOf(call.program.artifact, { file: 0, offset: place }, drawFrame));
  }

  // What reaches tasks --------------------------------------------------------------------------------------------------

  private deliver(call: Call, group: readonly number[]): void {
    const { arena, blocks, table } = this.parts;
    if (!call.alive) {
      for (const record of group) freeRecord(blocks, record);
      return;
    }
    pushGroup(arena, table, call.task, group);
    this.wake(call);
  }

  private wake(call: Call): void {
    const { table } = this.parts;
    if (table.apply(wake, call.task, call.generation) === 'enqueue') this.lane.submit(call.task, table.get(call.task, TASK.affinity));
  }

  /** Tells the task to unwind: finally blocks run, for `cancelGraceMs`. */
  private cancel(call: Call, reason: unknown): void {
    if (!call.alive || call.cancelled) return;
    const { arena, blocks, table } = this.parts;
    call.cancelled = { reason };
    this.setDeadline(call, call.limits.cancelGraceMs, DEADLINE.kill);
    pushGroup(arena, table, call.task, [makeRecord(blocks, COMPLETION.cancel, 0, 0)]);
    if (table.apply(cancel, call.task, call.generation) === 'enqueue') this.lane.submit(call.task, table.get(call.task, TASK.affinity));
  }

  private expire(task: number, generation: number, kind: number): void {
    const call = this.callOf(task, generation);
    if (!call) return;
    if (kind === DEADLINE.abandon) {
      call.fail(this.errorOf(call, ENDING.timeout, NO_PLACE, ''));
      return;
    }
    requestStop(this.parts.arena, call.header, kind === DEADLINE.timeout ? STOP.timeout : STOP.kill);
    this.wake(call);
    this.setDeadline(call, OBEY_MS, DEADLINE.abandon);
  }

  private setDeadline(call: Call, milliseconds: number, kind: number): void {
    call.deadlines.push(this.deadlines.add(milliseconds, call.task, call.generation, kind));
  }

  /** Moves the clock of a task that is being polled. */
  refreshClock(task: number): void {
    const call = this.calls[task];
    if (call) refreshClock(this.parts.arena, call.header, this.parts.clock.wall());
  }

  // The end -------------------------------------------------------------------------------------------------------------

  /** Refuses new calls; cancels those that run, which then fail with `reason`. Resolves when none is left. */
  async close(reason: unknown, drain: boolean): Promise<void> {
    this.closed = true;
    if (this.figures.tasksLive === 0) return;
    const empty = new Promise<void>((resolve) => this.idle.push(resolve));
    if (!drain) for (const call of this.calls) if (call) this.cancel(call, reason);
    await empty;
  }

  /** Ids of the tasks of a thread, or of all threads. */
  tasksOf(affinity?: number): number[] {
    const { table } = this.parts;
    return this.calls.flatMap((call) => (call && (affinity === undefined || table.get(call.task, TASK.affinity) === affinity) ? [call.task] : []));
  }
}
