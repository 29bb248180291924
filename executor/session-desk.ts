/**
 * What the desk does for sessions: makes their tasks, starts one evaluation after the other in them, unwinds, ends them.
 *
 * Z1: a session's task runs the newest of its modules, which can do all that the earlier ones could; their static data
 * stays until the task ends.
 */
import { COMPLETION } from '../jit/abi.js';
import type { Call, CallOptions } from './call.js';
import type { DeskParts } from './desk.js';
import { SessionEndedError } from './errors.js';
import { pushGroup } from './inbox.js';
import type { Lane } from './lane.js';
import { TASK } from './layout.js';
import type { DeskProgram, Programs } from './programs.js';
import { makeRecord } from './records.js';
import { SessionCall } from './session-call.js';
import type { Stops } from './stops.js';
import { evaluationBudget } from './task-memory.js';
import { spawn, wake, type Transition } from './task-state.js';

export type NewCall<Made extends Call> = new (...parts: ConstructorParameters<typeof Call>) => Made;

/** The desk, as sessions need it. */
export interface SessionHost {
  readonly parts: DeskParts;
  readonly programs: Programs;
  readonly lane: Lane;
  readonly stops: Stops;
  launch<Made extends Call>(make: NewCall<Made>, program: DeskProgram, entry: number, payload: Uint8Array, options: CallOptions): Made;
  send(call: Call, transition: Transition): void;
  hold(call: Call): void;
  letGo(call: Call): void;
}

export class SessionDesk {
  constructor(private readonly desk: SessionHost) {}

  get programs(): Programs {
    return this.desk.programs;
  }

  /** Makes the task of a session with its first program, whose evaluation then begins it. */
  open(program: DeskProgram, options: CallOptions): SessionCall {
    const call = this.desk.launch(SessionCall, program, -1, evaluationBudget(options.limits), options);
    call.onSettled = () => this.endEvaluation(call);
    return call;
  }

  /** Runs the top level of a program in the session's task, `first` or when the one before has ended. */
  evaluate(call: SessionCall, program: DeskProgram, first: boolean): Promise<unknown> {
    const { desk } = this;
    const { arena, blocks, table, clock } = desk.parts;
    const before = call.program;
    // May throw: before anything else has changed.
    const begin = first ? 0 : makeRecord(blocks, COMPLETION.start, program.artifact.topLevel, -1, evaluationBudget(call.limits));
    const result = call.begin(program, clock.monotonic());
    desk.programs.enter(program);
    if (first) {
      desk.send(call, spawn);
      return result;
    }
    desk.hold(call);
    desk.stops.limitTime(call);
    desk.lane.ensure(program, table.get(call.task, TASK.affinity));
    // The poller reads the program after the inbox, so this is the order.
    table.set(call.task, TASK.program, program.id);
    pushGroup(arena, table, call.task, [begin]);
    desk.send(call, wake);
    desk.lane.forget(before.id);
    return result;
  }

  private endEvaluation(call: SessionCall): void {
    this.desk.letGo(call);
    if (call.closing) return;
    this.desk.stops.clearDeadlines(call);
    call.cancelled = undefined;
  }

  /** Unwinds what the session waits for, but lets it go on. */
  interrupt(call: SessionCall, reason: unknown): void {
    if (call.alive && !call.cancelled) this.desk.stops.unwind(call, reason, wake);
  }

  /** Ends the task: at once, or with `drain` once it waits for nothing any more. */
  close(call: SessionCall, drain: boolean): void {
    if (!call.alive) return;
    this.desk.hold(call);
    if (!drain) return this.desk.stops.cancel(call, new SessionEndedError());
    // From the next poll on the task ends as others do. Pairs with the scheduler's `settle`.
    this.desk.parts.table.set(call.task, TASK.session, 0);
    this.desk.send(call, wake);
  }
}
