/**
 * A session: TypeScript evaluated piece by piece in one task. What a piece declares stays for the next ones, timers and
 * promises go on between them.
 *
 * J1 Evaluations run one after the other, in the order of the calls. J2 A piece that does not compile leaves no trace; one
 * that throws keeps what it declared before. J3 Fuel and time are counted anew for each evaluation; a limit that is
 * reached ends the session.
 */
import type { SessionState } from '../jit/evaluation.js';
import type { LogLevel } from '../executor/call.js';
import { CancelledError, SourceLimitError } from '../executor/errors.js';
import type { Executor } from '../executor/executor.js';
import { resolveLimits, type Limits } from '../executor/limits.js';
import type { SessionRun } from '../executor/session-run.js';
import { implementationsOf, type Host } from './host.js';
import type { CallLimit } from './program.js';

/** Limits as in `createJit({ limits })`: fuel and time for each evaluation, memory for all of them. */
export interface SessionOptions extends Partial<Record<CallLimit, number>> {
  /** Functions that evaluations can call; those without a declaration take and give anything. */
  readonly host?: Host;
  /** Ambient declarations of host functions, as in a `.d.ts`. */
  readonly declarations?: string;
  /** Shown in errors and stacks, with the number of the evaluation: `session.ts#3`. */
  readonly filename?: string;
  /** Receives each log as the task writes it; by default this process's console does. */
  readonly onLog?: (level: LogLevel, text: string) => void;
  /** Receives rejections that nobody in the guest handled; by default they are logged as errors. */
  readonly onUnhandled?: (error: unknown) => void;
  /** `evaluate` gives stand-ins that `util.inspect` prints as it would print the guest's values, functions and cycles too. */
  readonly inspectable?: boolean;
}

export interface EvaluateOptions {
  /** Unwinds the evaluation, and whatever else the session waits for; the session goes on. */
  readonly signal?: AbortSignal;
}

/** The compiler for sessions, loaded when it is first needed. */
const compiler = () => import('../jit/evaluation.js');

export class Session implements AsyncDisposable {
  private readonly task: SessionRun;
  private state: SessionState | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly host: Host;
  private readonly compiling: { filename: string; declarations: string | undefined; hostNames: readonly string[]; keepLowered: boolean };
  private readonly sourceBytes: number;

  /** Use `jit.session()`. */
  constructor(executor: Executor, limits: Limits, options: SessionOptions, keepLowered: boolean) {
    const { host = {}, declarations, filename = 'session.ts', onLog, onUnhandled, inspectable, ...own } = options;
    this.host = host;
    this.sourceBytes = limits.sourceBytes;
    const hostNames = Object.keys(host).filter((name) => typeof host[name] === 'function');
    this.compiling = { filename, declarations, hostNames, keepLowered };
    this.task = executor.session({ limits: resolveLimits(limits, own, 'call'), onLog, onUnhandled, inspectable });
  }

  /**
   * Compiles and runs a piece of TypeScript, `await` at its top level included. Gives the value of its last expression
   * statement as plain data. Rejects with a CompileError, with what the piece threw, or with an error that has a `code`.
   */
  evaluate(text: string, { signal }: EvaluateOptions = {}): Promise<unknown> {
    return this.queued(() => this.run(text, signal));
  }

  /** The type of an expression, as TypeScript writes it. Nothing is run. */
  typeOf(expression: string): Promise<string> {
    return this.queued(async () => {
      const { NEW_SESSION, typeOfExpression } = await compiler();
      return typeOfExpression(this.state ?? NEW_SESSION, expression, this.compiling);
    });
  }

  /** Why nothing can be evaluated any more; undefined while the session goes on. */
  get over(): Error | undefined {
    return this.task.over;
  }

  /** Ends the session and what it still does; with `drain`, once that has ended by itself. */
  async close({ drain = false }: { readonly drain?: boolean } = {}): Promise<void> {
    if (drain) await this.last.catch(() => undefined);
    await this.task.close(drain);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** J1. */
  private queued<T>(run: () => Promise<T>): Promise<T> {
    const result = this.last.then(run, run);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async run(text: string, signal: AbortSignal | undefined): Promise<unknown> {
    const { NEW_SESSION, afterFailure, compileEvaluation } = await compiler();
    if (this.task.over) throw this.task.over;
    if (signal?.aborted) throw new CancelledError(signal.reason);
    const state = this.state ?? NEW_SESSION;
    const bytes = Buffer.byteLength(state.text) + Buffer.byteLength(text);
    if (bytes > this.sourceBytes) throw new SourceLimitError(this.sourceBytes, bytes);
    const { artifact, next } = compileEvaluation(state, text, this.compiling);
    const implementations = implementationsOf(artifact, this.host);
    const interrupt = (): void => this.task.interrupt(signal?.reason);
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      const result = this.task.evaluate(artifact, implementations);
      this.state = next;
      return await result;
    } catch (error) {
      if (this.state) this.state = afterFailure(this.state);
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }
}
