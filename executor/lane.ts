import type { LoadedProgram } from './programs.js';

/** How tasks get from the desk to the thread that polls them. */
export interface Lane {
  readonly inline: boolean;
  /** Chooses the thread of a new task and sees to it that the thread has the program. */
  place(program: LoadedProgram): number;
  /** Sees to it that a thread has a further program of a task that `place` put there. */
  ensure(program: LoadedProgram, affinity: number): void;
  /** Sends a task whose state says queued. */
  submit(task: number, affinity: number): void;
  /** A task that `place` put there is over. */
  release(affinity: number): void;
  /** The program will not be asked for again. */
  forget(program: number): void;
  /** How many tasks there are; while any, the process must not end. */
  outstanding(count: number): void;
}
