/**
 * What main and a reactor tell each other: small entries through two rings, and over the MessagePort of the pair only what
 * no ring can carry (programs) and the one message that says "look at the ring".
 */
import type { Artifact } from '../jit/artifact.js';

/** Main to worker. `run`: the task's state says queued and it is this worker's. `forget`: a program has no tasks left. */
export const TO_WORKER = { run: 1, forget: 2 } as const;

/**
 * Worker to main: (task, generation) and
 *   hostCall, result, unhandled  a: record
 *   log                          a: text record, b: level
 *   stuck                        nothing more
 *   ended                        a: ending, b: place in the source or -1, c: text record or 0
 */
export const TO_MAIN = { hostCall: 1, log: 2, result: 3, unhandled: 4, ended: 5, stuck: 6 } as const;

/** Over the port, main to worker; read when a task names a program the worker has not seen. */
export interface ProgramMessage {
  readonly id: number;
  readonly artifact: Artifact;
  readonly dataAddress: number;
}

/** What each thread of the pool gets at its start (workerData). */
export interface PoolData {
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  readonly engine: Source;
  readonly codec: Source;
}

/** A module and its export: what each thread needs a copy of its own of, or a function that makes it. */
export interface Source {
  readonly module: string;
  readonly name: string;
}

/** The Piscina job: makes its thread the reactor of a slot. */
export interface StartJob {
  readonly slot: number;
  readonly port: import('node:worker_threads').MessagePort;
}

/** Its answer: the id by which main recognizes the thread's end, and why it could not become a reactor, if so. */
export interface StartAnswer {
  readonly threadId: number;
  readonly failure?: string;
}
