/**
 * The desk: the embedder's side of a realm. It makes tasks, sends them to a thread through a Lane, answers what they ask
 * (host calls, logs, results), and ends their calls. `inline` and `pool` share it; only the Lane differs.
 *
 * Needs: runs on one thread, with thread record 0. M1: main owns a task's record and header from `start` until it has
 * seen `ended`; so stop and clock words may be written at any time in between.
 */
import { HEADER, LOG_LEVELS } from '../jit/abi.js';
import type { Artifact, Plan } from '../jit/artifact.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import { Call, type CallOptions, type Run } from './call.js';
import { CallReader, cancelledError } from './call-reader.js';
import type { Clock } from './clock.js';
import type { Codec } from './codec.js';
import { tell, type DoneEvent } from './diagnostics.js';
import { ENDING } from './endings.js';
import { CancelledError, ClosedError, DeadlockError, StaleHandleError } from './errors.js';
import { GuestConsole } from './guest-console.js';
import type { DrawFrame } from './guest-stack.js';
import { HostCalls, type HostImplementation } from './host-calls.js';
import type { HostTurns } from './host-turns.js';
import { pushGroup } from './inbox.js';
import type { Lane } from './lane.js';
import { TASK } from './layout.js';
import type { Outlet } from './outlet.js';
import { Programs, type DeskProgram } from './programs.js';
import { freeRecord, recordArgument, recordOpId } from './records.js';
import { SessionCall } from './session-call.js';
import { SessionDesk, type NewCall, type SessionHost } from './session-desk.js';
import { SessionRun } from './session-run.js';
import { Stops, type StopsHost } from './stops.js';
import { TaskMaker } from './task-maker.js';
import { refreshClock } from './task-memory.js';
import { end, phaseOf, PHASE, spawn, wake, type Transition } from './task-state.js';
import type { TaskTable } from './task-table.js';
import { NO_PLACE } from './traps.js';

export interface DeskParts {
  readonly arena: Arena;
  readonly blocks: BlockCache;
  readonly table: TaskTable;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly drawFrame: DrawFrame;
  readonly stackBytes: number;
  readonly random: () => number;
  readonly hostTurns: HostTurns;
}

const ARGUMENTS: Plan = { kind: 'array', item: { kind: 'any' } };

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

export class Desk implements Outlet, SessionHost, StopsHost {
  private readonly calls: (Call | undefined)[] = [];
  private readonly maker: TaskMaker;
  private readonly reader: CallReader;
  private readonly hostCalls: HostCalls<Call>;
  readonly stops: Stops;
  readonly programs: Programs;
  private readonly sessions: SessionDesk;
  /** Why new calls are refused. */
  private closed: ClosedError | undefined;
  private held = 0;
  private idle: (() => void)[] = [];
  lane!: Lane; // set once by the executor that owns the desk, before any start
  /** Figures for stats. */
  readonly figures = { tasksStarted: 0, tasksFailed: 0, tasksLive: 0, staleMessages: 0 };

  constructor(readonly parts: DeskParts) {
    this.sessions = new SessionDesk(this);
    this.maker = new TaskMaker(parts);
    this.reader = new CallReader(parts);
    this.programs = new Programs(parts.blocks, (program) => this.lane.forget(program));
    this.stops = new Stops(parts, this);
    this.hostCalls = new HostCalls<Call>(parts.blocks, parts.codec, parts.hostTurns, {
      deliver: (call, group) => this.deliver(call, group),
      failed: (call, error) => this.stops.giveUp(call, error),
    });
  }

  get completionsDropped(): number {
    return this.hostCalls.dropped;
  }

  get hostCallsInFlight(): number {
    return this.hostCalls.inFlight;
  }

  /** Puts a program into the arena. `implementations` by index of the artifact's host functions. */
  load(artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram {
    return this.programs.load(artifact, implementations);
  }

  /** Gives back what a program holds as soon as no task runs it; it must not be started again. */
  unload(program: DeskProgram): void {
    this.programs.unload(program);
  }

  /** Starts a task that calls the closure at `entry` of the program's table; -1 runs the top level alone. */
  start(program: DeskProgram, entry: number, args: readonly unknown[], options: CallOptions): Run {
    this.assertOpen();
    const payload = this.parts.codec.encode(args, ARGUMENTS, [], options.limits, 'arguments');
    const call = this.launch(Call, program, entry, payload, options);
    this.programs.enter(program);
    call.listen((reason) => this.stops.cancel(call, reason));
    this.send(call, spawn);
    return call;
  }

  private assertOpen(): void {
    if (this.closed) throw new ClosedError(this.closed.cause);
  }

  /** What both kinds of tasks begin with; nobody polls it before it is sent. */
  launch<Made extends Call>(make: NewCall<Made>, program: DeskProgram, entry: number, payload: Uint8Array, options: CallOptions): Made {
    this.assertOpen();
    if (program.use.retired) throw new StaleHandleError('the program');
    if (options.signal?.aborted) throw new CancelledError(options.signal.reason);
    const request = { program, entry, payload, limits: options.limits, session: Object.is(make, SessionCall) };
    const { task, generation, header } = this.maker.make(request, () => this.lane.place(program));
    const call = new make(program, options, task, generation, header, this.parts.clock.monotonic());
    this.calls[task] = call;
    this.figures.tasksStarted++;
    this.figures.tasksLive++;
    this.hold(call);
    this.stops.limitTime(call);
    tell('spawn', () => ({ task, generation, program: program.id, session: request.session }));
    return call;
  }

  send(call: Call, transition: Transition): void {
    const { table } = this.parts;
    if (table.apply(transition, call.task, call.generation) === 'enqueue') this.lane.submit(call.task, table.get(call.task, TASK.affinity));
  }

  session(options: CallOptions): SessionRun {
    this.assertOpen();
    return new SessionRun(this.sessions, options);
  }

  stuck(task: number, generation: number): void {
    const call = this.addressee(task, generation);
    if (call && !call.settled) call.fail(new DeadlockError());
  }

  // What tasks ask (Outlet) ---------------------------------------------------------------------------------------------

  hostCall(task: number, generation: number, record: number): void {
    const { arena, blocks } = this.parts;
    const call = this.addressee(task, generation);
    const index = recordArgument(arena, record);
    const declared = call?.program.artifact.hostFunctions[index];
    const implementation = call?.program.implementations[index];
    if (call && declared && implementation) {
      const pending = { caller: call, name: declared.name, implementation, result: declared.result, opId: recordOpId(arena, record), answered: false };
      try {
        const args = this.reader.decode(call, record, `arguments of ${declared.name}`);
        this.hostCalls.call({ ...pending, args: Array.isArray(args) ? args : [] });
      } catch (error) {
        this.hostCalls.refuse({ ...pending, args: [] }, error);
      }
    }
    freeRecord(blocks, record);
  }

  log(task: number, generation: number, level: number, text: string): void {
    const call = this.addressee(task, generation);
    if (!call) return;
    const { onLog } = call.options;
    call.console ??= new GuestConsole(this.parts.clock.monotonic, onLog ? (name, line) => callback(() => onLog(name, line)) : (name, line) => console[name](line));
    call.console.take(level, text);
  }

  result(task: number, generation: number, record: number): void {
    const call = this.addressee(task, generation);
    if (call) {
      try {
        const value = this.reader.decodeResult(call, record);
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
    const call = this.addressee(task, generation);
    if (call) {
      const error = this.reader.decodeError(call, record);
      const { onUnhandled } = call.options;
      if (onUnhandled && (call.settled || call instanceof SessionCall)) callback(() => onUnhandled(error));
      if (!(call instanceof SessionCall)) call.fail(error);
      else if (!onUnhandled) this.log(task, generation, LOG_LEVELS.indexOf('error'), `Uncaught ${error instanceof Error ? error.stack : String(error)}`);
    }
    freeRecord(this.parts.blocks, record);
  }

  ended(task: number, generation: number, ending: number, place: number, text: string): void {
    const call = this.addressee(task, generation);
    if (!call) return;
    if (!call.settled || (ending !== ENDING.finished && ending !== ENDING.unhandled)) call.fail(this.reader.errorOf(call, this.lane.inline, ending, place, text));
    this.retire(call);
  }

  /** Fails a task that nobody polls any more, and gives back what can be given back. */
  lose(task: number, ending: number, text: string): void {
    const call = this.calls[task];
    if (!call) return;
    const { arena, blocks, table } = this.parts;
    const phase = phaseOf(table.state(task));
    const error = this.reader.errorOf(call, this.lane.inline, ending, NO_PLACE, text);
    // The heap of a task that was being polled may be in any state: it is left alone.
    if (phase === PHASE.idle || phase === PHASE.queued) blocks.freeList(arena.words[(call.header + HEADER.blocks) >> 2] ?? 0);
    table.apply(end, task, call.generation);
    call.fail(error);
    this.retire(call);
  }

  private retire(call: Call): void {
    const { task } = call;
    this.stops.clearDeadlines(call);
    this.calls[task] = undefined;
    tell('done', () => this.doneEvent(call));
    this.lane.release(this.maker.retire(call));
    for (const program of call.programs) {
      this.programs.leave(program);
      if (call instanceof SessionCall) this.programs.unload(program);
    }
    if (call.failed) this.figures.tasksFailed++;
    call.end();
    this.letGo(call);
    if (--this.figures.tasksLive === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private doneEvent({ task, generation, program, startedAt, error }: Call): DoneEvent {
    const { table, clock } = this.parts;
    return { task, generation, program: program.id, polls: table.get(task, TASK.polls), milliseconds: clock.monotonic() - startedAt, error };
  }

  /** Whether some call holds the process; a session between two evaluations does not. */
  get holding(): boolean {
    return this.held > 0;
  }

  hold(call: Call): void {
    if (call.holds) return;
    call.holds = true;
    this.lane.outstanding(++this.held);
  }

  letGo(call: Call): void {
    if (!call.holds) return;
    call.holds = false;
    this.lane.outstanding(--this.held);
  }

  callOf(task: number, generation: number): Call | undefined {
    const call = this.calls[task];
    return call?.generation === generation ? call : undefined;
  }

  /** The call that a message of a thread is for; one whose task is over is counted. */
  private addressee(task: number, generation: number): Call | undefined {
    const call = this.callOf(task, generation);
    if (!call) this.figures.staleMessages++;
    return call;
  }

  abandon(call: Call): void {
    call.fail(this.reader.errorOf(call, this.lane.inline, ENDING.timeout, NO_PLACE, ''));
  }

  // What reaches tasks --------------------------------------------------------------------------------------------------

  private deliver(call: Call, group: readonly number[]): void {
    const { arena, blocks, table } = this.parts;
    if (!call.alive) {
      for (const record of group) freeRecord(blocks, record);
      return;
    }
    pushGroup(arena, table, call.task, group);
    this.send(call, wake);
  }

  /** Moves the clock of a task that is being polled. */
  refreshClock(task: number): void {
    const call = this.calls[task];
    if (call) refreshClock(this.parts.arena, call.header, this.parts.clock.wall());
  }

  // The end -------------------------------------------------------------------------------------------------------------

  /** Refuses new calls; cancels those that run, which then fail with `reason`. Resolves when none is left. */
  async close(reason: ClosedError, drain: boolean): Promise<void> {
    this.closed = reason;
    if (this.figures.tasksLive === 0) return;
    const empty = new Promise<void>((resolve) => this.idle.push(resolve));
    for (const call of this.calls) {
      if (call && !drain) this.stops.cancel(call, reason);
      else if (call instanceof SessionCall) this.sessions.close(call, true);
    }
    await empty;
  }

  /** Ids of the tasks of a thread, or of all threads. */
  tasksOf(affinity?: number): number[] {
    const { table } = this.parts;
    return this.calls.flatMap((call) => (call && (affinity === undefined || table.get(call.task, TASK.affinity) === affinity) ? [call.task] : []));
  }
}
