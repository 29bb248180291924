/**
 * One call of an exported function, on the embedder's side: the promises it waits on and how they are settled.
 *
 * C1: `result` settles at most once, with the first of: what main published, the error of an earlier end. C2: `finished`
 * settles after the task's end, and rejects only for a failure that came after the result.
 */
import { setMaxListeners } from 'node:events';
import type { Deadline } from './deadlines.js';
import type { GuestConsole } from './guest-console.js';
import type { Limits } from './limits.js';
import type { HostCaller } from './host-calls.js';
import type { DeskProgram } from './programs.js';

export type LogLevel = 'log' | 'info' | 'debug' | 'warn' | 'error';

export interface CallOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Receives each log as it happens; otherwise logs go to this process's console. */
  readonly onLog?: ((level: LogLevel, text: string) => void) | undefined;
  /** Receives rejections that nobody handled after the result was out. */
  readonly onUnhandled?: ((error: unknown) => void) | undefined;
  /** Results are stand-ins that print as the guest's values would, functions and cycles too. */
  readonly inspectable?: boolean | undefined;
}

/** A started task. */
export interface Run {
  /** What the called function resolved to. */
  readonly result: Promise<unknown>;
  /** Resolves when the task has ended, its background work included; rejects with a failure after the result. */
  readonly finished: Promise<void>;
}

export class Call implements HostCaller, Run {
  readonly result: Promise<unknown>;
  alive = true;
  group: number[] = [];
  settled = false;
  failed = false;
  /** What it failed with, when it failed. */
  error: unknown;
  /** Set once the signal fired, with the number of polls begun before; then every outcome is CANCELLED. */
  cancelled: { readonly reason: unknown; readonly polls: number } | undefined;
  /** A failure after the result. */
  failure: { readonly error: unknown } | undefined;
  readonly deadlines: Deadline[] = [];
  /** Made at the first log. */
  console: GuestConsole | undefined;
  /** Counted among the calls that hold the process. */
  holds = false;
  protected settle!: (value: unknown) => void; // set by the executor of `result`, which runs at once
  protected reject!: (error: unknown) => void; // likewise
  private watched: { readonly promise: Promise<void>; resolve(): void; reject(error: unknown): void } | undefined;
  private unlisten: (() => void) | undefined;

  constructor(
    public program: DeskProgram,
    readonly options: CallOptions,
    readonly task: number,
    readonly generation: number,
    readonly header: number,
    public startedAt: number,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.reject = reject;
    });
  }

  /** Made on first use: most embedders only await the result. */
  get finished(): Promise<void> {
    if (!this.watched) {
      let settle = { resolve: (): void => undefined, reject: (_error: unknown): void => undefined };
      const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
      // A failure nobody waits for must not end the embedder's process.
      promise.catch(() => undefined);
      this.watched = { promise, ...settle };
      if (!this.alive) this.finish();
    }
    return this.watched.promise;
  }

  /** All that the task has run. */
  get programs(): readonly DeskProgram[] {
    return [this.program];
  }

  get limits(): Limits {
    return this.options.limits;
  }

  get plans(): DeskProgram['artifact']['plans'] {
    return this.program.artifact.plans;
  }

  listen(abort: (reason: unknown) => void): void {
    const { signal } = this.options;
    if (!signal) return;
    const listener = (): void => abort(signal.reason);
    // Thousands of calls may share one signal; Node would warn of a leak at the eleventh.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', listener, { once: true });
    this.unlisten = () => signal.removeEventListener('abort', listener);
  }

  resolve(value: unknown): void {
    if (this.settled) return;
    this.settled = true;
    this.settle(value);
  }

  /** Fails the result, or, when that is out already, what `finished` tells. */
  fail(error: unknown): void {
    this.failed = true;
    this.error ??= error;
    if (this.settled) {
      this.failure ??= { error };
      return;
    }
    this.settled = true;
    this.reject(error);
  }

  end(): void {
    this.alive = false;
    this.unlisten?.();
    this.finish();
  }

  private finish(): void {
    if (this.failure) this.watched?.reject(this.failure.error);
    else this.watched?.resolve();
  }
}
