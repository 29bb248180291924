/** A compiled program: the functions it exports, called as tasks of their own. */
import type { Artifact } from '../jit/artifact.js';
import type { CallOptions as TaskOptions, LogLevel, Run } from '../executor/call.js';
import { OptionError } from '../executor/errors.js';
import type { DeskProgram } from '../executor/programs.js';
import type { Executor } from '../executor/executor.js';
import { argumentsToGuest, resultFromGuest } from './wasm-border.js';
import { LIMITS, resolveLimits, type LimitName, type Limits } from '../executor/limits.js';

/** Names of the limits that one call may set. */
export type CallLimit = { [Name in LimitName]: (typeof LIMITS)[Name]['scope'] extends 'call' ? Name : never }[LimitName];

/** Options of one call: limits of its own (each as in `createJit({ limits })`), a signal, where logs go. */
export interface CallOptions extends Partial<Record<CallLimit, number>> {
  /** Cancels the task: finally blocks run, then the call fails with CANCELLED, the reason as its cause. */
  readonly signal?: AbortSignal;
  /** Receives each log as the task writes it; by default this process's console does. */
  readonly onLog?: (level: LogLevel, text: string) => void;
  /** Receives rejections that nobody in the guest handled, once the result is out. */
  readonly onUnhandled?: (error: unknown) => void;
}

export class Program {
  /** Names of the exported functions. */
  readonly exports: readonly string[];

  constructor(
    private readonly executor: Executor,
    private readonly loaded: DeskProgram,
    private readonly limits: Limits,
  ) {
    this.exports = loaded.artifact.exports.map((each) => each.name);
  }

  /** What was compiled, for listings. */
  get artifact(): Artifact {
    return this.loaded.artifact;
  }

  /**
   * Calls an exported function in a task of its own and gives what it resolves to. Arguments are plain data, copied.
   * Rejects with a GuestError for what the guest threw, or with an error of ours that has a `code`.
   */
  async call(name: string, args: readonly unknown[] = [], options: CallOptions = {}): Promise<unknown> {
    return this.start(name, args, options).result;
  }

  /** As `call`, with a promise for the end of background work too. Without a name: the top level and its last value. */
  start(name: string | undefined, args: readonly unknown[] = [], options: CallOptions = {}): Run {
    const wasm = this.loaded.artifact.exports.find((each) => each.name === name)?.wasm;
    const run = this.executor.start(this.loaded, this.entryOf(name), argumentsToGuest(args, wasm), this.taskOptions(options));
    return resultFromGuest(run, wasm);
  }

  /** Gives back the program's memory once its tasks have ended. Programs that nobody refers to any more do so by themselves. */
  dispose(): void {
    this.executor.unload(this.loaded);
  }

  private entryOf(name: string | undefined): number {
    if (name === undefined) return -1;
    const found = this.loaded.artifact.exports.find((each) => each.name === name);
    if (!found) throw new OptionError(`the program exports no function '${name}'; it exports ${this.exports.join(', ') || 'nothing'}`);
    return found.tableIndex;
  }

  private taskOptions({ signal, onLog, onUnhandled, ...limits }: CallOptions): TaskOptions {
    return { limits: resolveLimits(this.limits, limits, 'call'), signal, onLog, onUnhandled };
  }
}
