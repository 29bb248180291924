/** What both executors offer to the public API. */
import type { Artifact } from '../jit/artifact.js';
import type { Run, CallOptions } from './call.js';
import type { DeskProgram } from './programs.js';
import type { HostImplementation } from './host-calls.js';
import type { CounterName } from './layout.js';
import type { SessionRun } from './session-run.js';

export interface CloseOptions {
  /** Let running tasks end by themselves instead of cancelling them. */
  readonly drain?: boolean;
}

/** Figures since the start, but for those named live, in flight. */
export interface ExecutorStats extends Readonly<Record<CounterName, number>> {
  readonly workers: number;
  readonly tasksStarted: number;
  readonly tasksFailed: number;
  readonly tasksLive: number;
  readonly hostCallsInFlight: number;
  /** Outcomes of host calls that came after their task's end. */
  readonly completionsDropped: number;
  /** Messages from threads about tasks that were over. */
  readonly staleMessages: number;
  readonly workersLost: number;
}

export interface Executor {
  load(artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram;
  /** Gives back what a program holds once no task runs it. */
  unload(program: DeskProgram): void;
  start(program: DeskProgram, entry: number, args: readonly unknown[], options: CallOptions): Run;
  /** A session, whose options hold for each evaluation. */
  session(options: CallOptions): SessionRun;
  stats(): ExecutorStats;
  close(options?: CloseOptions): Promise<void>;
}
