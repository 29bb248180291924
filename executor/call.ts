/**
 * One call of an exported function, on the embedder's side: the promises it waits on and how they are settled.
 *
 * C1: `result` settles at most once, with the first of: what main published, the error of an earlier end. C2: `finished`
 * settles after the task's end, and rejects only for a failure that came after the result.
 */
import type { Limits } from './limits.js';
import type { HostCaller } from './host-calls.js';
import type { DeskProgram } from './desk.js';

export type LogLevel = 'log' | 'info' | 'debug' | 'warn' | 'error';

export interface CallOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Receives each log as it happens; otherwise logs go to this process's console. */
  readonly onLog?: ((level: LogLevel, text: string) => void) | undefined;
  /** Receives rejections that nobody handled after the result was out. */
  readonly onUnhandled?: ((error: unknown) => void) | undefined;
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
  readonly finished: Promise<void>;
  alive = true;
  group: number[] = [];
  settled = false;
  /** Set once the signal fired; then every outcome is CANCELLED. */
  cancelled: { readonly reason: unknown } | undefined;
  /** A failure after the result. */
  failure: { readonly error: unknown } | undefined;
  private settleResult!: { resolve(value: unknown): void; reject(error: unknown): void }; // set by the executor of `result`, which runs at once
  private settleFinished!: { resolve(): void; reject(error: unknown): void }; // likewise
  private unlisten: (() => void) | undefined;

  constructor(
    readonly program: DeskProgram,
    readonly options: CallOptions,
    readonly task: number,
    readonly generation: number,
    readonly header: number,
    readonly startedAt: number,
  ) {
    this.result = new Promise((resolve, reject) => (this.settleResult = { resolve, reject }));
    this.finished = new Promise((resolve, reject) => (this.settleFinished = { resolve, reject }));
    // Watching `finished` is optional: a failure nobody asked about must not end the embedder's process.
    this.finished.catch(() => undefined);
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
    signal.addEventListener('abort', listener, { once: true });
    this.unlisten = () => signal.removeEventListener('abort', listener);
  }

  resolve(value: unknown): void {
    if (this.settled) return;
    this.settled = true;
    this.settleResult.resolve(value);
  }

  /** Fails the result, or, when that is out already, what `finished` tells. */
  fail(error: unknown): void {
    if (this.settled) {
      this.failure ??= { error };
      return;
    }
    this.settled = true;
    this.settleResult.reject(error);
  }

  end(): void {
    this.alive = false;
    this.unlisten?.();
    if (this.failure) this.settleFinished.reject(this.failure.error);
    else this.settleFinished.resolve();
  }
}
