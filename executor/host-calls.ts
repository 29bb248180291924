/**
 * Host functions given as closures: called on the embedder's thread with decoded arguments, their outcomes encoded by
 * the declared plan and collected into turn groups.
 *
 * Each call runs in a macrotask of its own, so what it settles at once settles in a later turn than the guest's call.
 * Outcomes that arrive in one macrotask form one group per task: HostTurns closes it when the microtasks
 * are through. So the guest sees in one turn exactly what the embedder settled in one turn.
 * H1: an outcome is delivered at most once, and never to another task: whatever comes late, or again, is dropped and
 * counted. H2: nothing that the embedder's function does or gives, thenables and getters included, throws out of here.
 */
import { COMPLETION } from '../jit/abi.js';
import type { Plan } from '../jit/artifact.js';
import type { BlockCache } from './block-cache.js';
import type { Codec } from './codec.js';
import type { Hear, HostTurns } from './host-turns.js';
import type { Limits } from './limits.js';
import { makeRecord } from './records.js';

export type HostImplementation = (...args: never[]) => unknown;

/** The task that calls, as this file sees it. */
export interface HostCaller {
  readonly limits: Limits;
  readonly plans: readonly Plan[];
  /** False once the task is over. */
  alive: boolean;
  /** Records of the open turn group. */
  group: number[];
}

/** What becomes of outcomes. */
export interface HostCallEvents<Caller> {
  /** Pushes a turn group and wakes the task; it owns the records. */
  deliver(caller: Caller, group: readonly number[]): void;
  /** An outcome cannot be delivered: the arena is full. */
  failed(caller: Caller, error: unknown): void;
}

export interface HostCall<Caller extends HostCaller> {
  readonly caller: Caller;
  readonly name: string;
  readonly implementation: HostImplementation;
  readonly result: Plan;
  readonly opId: number;
  readonly args: readonly unknown[];
  /** Its outcome is known (H1). */
  answered: boolean;
}

export class HostCalls<Caller extends HostCaller> {
  private readonly open: Caller[] = [];
  /** Outcomes that came after their task's end. */
  dropped = 0;
  inFlight = 0;

  constructor(
    private readonly blocks: BlockCache,
    private readonly codec: Codec,
    private readonly turns: HostTurns,
    private readonly events: HostCallEvents<Caller>,
  ) {}

  call(call: HostCall<Caller>): void {
    this.inFlight++;
    this.turns.begin(call.name, call.args, (hear) => this.run(call, hear));
  }

  /** Rejects a call whose arguments the host cannot take. */
  refuse(call: HostCall<Caller>, error: unknown): void {
    this.inFlight++;
    this.turns.begin(call.name, call.args, (hear) => hear(() => this.reject(call, error)));
  }

  private run(call: HostCall<Caller>, hear: Hear): void {
    if (!call.caller.alive) return hear(() => void this.settle(call));
    try {
      const given = call.implementation(...(call.args as never[])); // what the closure takes is between it and its declaration
      if (!isThenable(given)) return hear(() => this.resolve(call, given));
      Promise.resolve(given).then(
        (value) => hear(() => this.resolve(call, value)),
        (error: unknown) => hear(() => this.reject(call, error)),
      );
    } catch (error) {
      // The function itself, or a getter or a `then` of what it gave (H2).
      hear(() => this.reject(call, error));
    }
  }

  /** Takes note of an outcome; false when nobody waits for it any more (H1). */
  private settle(call: HostCall<Caller>): boolean {
    const late = call.answered || !call.caller.alive;
    if (!call.answered) this.inFlight--;
    call.answered = true;
    if (late) this.dropped++;
    return !late;
  }

  private resolve(call: HostCall<Caller>, value: unknown): void {
    if (!this.settle(call)) return;
    const { caller } = call;
    let payload: Uint8Array;
    try {
      payload = this.codec.encode(value, call.result, caller.plans, caller.limits, `result of ${call.name}`);
    } catch (error) {
      return this.collect(call, COMPLETION.rejected, this.codec.encodeError(error, caller.limits));
    }
    this.collect(call, COMPLETION.fulfilled, payload);
  }

  private reject(call: HostCall<Caller>, error: unknown): void {
    if (this.settle(call)) this.collect(call, COMPLETION.rejected, this.codec.encodeError(error, call.caller.limits));
  }

  private collect(call: HostCall<Caller>, kind: number, payload: Uint8Array): void {
    const { caller, opId } = call;
    let record: number;
    try {
      record = makeRecord(this.blocks, kind, opId, 0, payload);
    } catch (error) {
      return this.events.failed(caller, error);
    }
    if (caller.group.push(record) > 1) return;
    if (this.open.push(caller) === 1) this.turns.close(() => this.close());
  }

  /** Ends the turn: every open group goes to its task. */
  private close(): void {
    for (const caller of this.open.splice(0)) {
      const group = caller.group;
      caller.group = [];
      if (group.length > 0) this.events.deliver(caller, group);
    }
  }
}

const isThenable = (value: unknown): boolean =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && 'then' in value && typeof value.then === 'function';
