/**
 * The one task of a session, on the embedder's side: a call whose result is taken anew by each evaluation.
 *
 * N1: at most one evaluation runs at a time; between two of them the call counts as settled.
 */
import { Call } from './call.js';
import { assert } from './errors.js';
import type { DeskProgram } from './programs.js';

export class SessionCall extends Call {
  /** Asked to end: what the task still does is its last. */
  closing = false;
  /** Set by the desk: an evaluation is over. */
  onSettled: () => void = () => undefined;
  private readonly ran: DeskProgram[] = [];
  private lastError: unknown;

  /** What ended the task, if it did not end by itself. */
  get ending(): unknown {
    return this.failure?.error ?? this.lastError;
  }

  override get programs(): readonly DeskProgram[] {
    return this.ran;
  }

  /** The next evaluation, which runs `program`. */
  begin(program: DeskProgram, startedAt: number): Promise<unknown> {
    assert(this.ran.length === 0 || this.settled, 'N1');
    this.program = program;
    this.ran.push(program);
    this.startedAt = startedAt;
    if (this.ran.length === 1) return this.result;
    this.settled = false;
    this.failed = false;
    this.error = undefined;
    this.lastError = undefined;
    return new Promise((resolve, reject) => {
      this.settle = resolve;
      this.reject = reject;
    });
  }

  override resolve(value: unknown): void {
    const running = !this.settled;
    super.resolve(value);
    if (running) this.onSettled();
  }

  override fail(error: unknown): void {
    const running = !this.settled;
    this.lastError = error;
    super.fail(error);
    if (running) this.onSettled();
  }
}
