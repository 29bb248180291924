/**
 * A session as the public API holds it: one task, made by the first evaluation, that lives until it is closed or a limit
 * ends it. Evaluations must not overlap.
 */
import type { Artifact } from '../jit/artifact.js';
import type { CallOptions } from './call.js';
import { SessionEndedError } from './errors.js';
import type { HostImplementation } from './host-calls.js';
import type { DeskProgram } from './programs.js';
import type { SessionCall } from './session-call.js';
import type { SessionDesk } from './session-desk.js';

export class SessionRun {
  private call: SessionCall | undefined;
  private closed = false;

  constructor(
    private readonly desk: SessionDesk,
    private readonly options: CallOptions,
  ) {}

  /** What ended the session, or undefined while it goes on. */
  get over(): SessionEndedError | undefined {
    if (this.call && !this.call.alive && !this.closed) return new SessionEndedError(this.call.ending);
    return this.closed ? new SessionEndedError() : undefined;
  }

  /** Runs the top level of the session's newest module; rejects with what it throws, DEADLOCK, or what ended the session. */
  evaluate(artifact: Artifact, implementations: readonly HostImplementation[]): Promise<unknown> {
    const { over, call, desk } = this;
    if (over) throw over;
    const program = call ? desk.programs.extend(call.program, artifact, implementations) : desk.programs.load(artifact, implementations, true);
    const started = call ?? this.open(program);
    try {
      return desk.evaluate(started, program, call === undefined);
    } catch (error) {
      desk.programs.unload(program);
      throw error;
    }
  }

  private open(program: DeskProgram): SessionCall {
    try {
      return (this.call = this.desk.open(program, this.options));
    } catch (error) {
      this.desk.programs.unload(program);
      throw error;
    }
  }

  /** Unwinds the running evaluation and everything else the session waits for; the session goes on if it obeys. */
  interrupt(reason: unknown): void {
    if (this.call && !this.call.settled) this.desk.interrupt(this.call, reason);
  }

  /** Ends the task: at once, or with `drain` once it waits for nothing any more. */
  async close(drain: boolean): Promise<void> {
    this.closed = true;
    if (!this.call) return;
    this.desk.close(this.call, drain);
    await this.call.finished.catch(() => undefined);
  }
}
