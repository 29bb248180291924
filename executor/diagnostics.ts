/** What a jit tells through node:diagnostics_channel: one channel an event. Nothing is made while nobody listens. */
import { channel, type Channel } from 'node:diagnostics_channel';

/** A task was made. */
export interface SpawnEvent {
  readonly task: number;
  readonly generation: number;
  readonly program: number;
  readonly session: boolean;
}

/** A task is over, its background work included. `error`: what its call, or `finished`, failed with. */
export interface DoneEvent {
  readonly task: number;
  readonly generation: number;
  readonly program: number;
  readonly polls: number;
  readonly milliseconds: number;
  readonly error: unknown;
}

/** A worker thread died; its tasks fail. */
export interface WorkerLostEvent {
  readonly worker: number;
  readonly cause: string;
}

interface Events {
  readonly spawn: SpawnEvent;
  readonly done: DoneEvent;
  readonly 'worker-lost': WorkerLostEvent;
}

const CHANNELS: { readonly [Name in keyof Events]: Channel } = {
  spawn: channel('brolga:spawn'),
  done: channel('brolga:done'),
  'worker-lost': channel('brolga:worker-lost'),
};

export function tell<Name extends keyof Events>(name: Name, event: () => Events[Name]): void {
  const one = CHANNELS[name];
  // A listener that throws is an uncaught error of the embedder's: Node sees to that.
  if (one.hasSubscribers) one.publish(event());
}
