/**
 * What the executor asks of the wire codec: values to bytes and back. wire.ts implements it; tests may
 * bring a smaller one.
 */
import type { Plan } from '../jit/artifact.js';
import type { Limits } from './limits.js';

/** An error of the guest as it crossed: `trace` counts into the artifact's sites, innermost first. */
export interface CrossedError {
  readonly name: string;
  readonly message: string;
  readonly trace: readonly number[];
  /** Own fields, `cause` among them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Codec {
  /** Checks and copies a host value by its plan; throws HostTypeError or PayloadLimitError that name `what`. */
  encode(value: unknown, plan: Plan, plans: readonly Plan[], limits: Limits, what: string): Uint8Array;
  /** Whatever a host function threw, as the guest will catch it; never throws. */
  encodeError(error: unknown, limits: Limits): Uint8Array;
  /** A value of the guest, called `what` in errors; each error in it becomes what `makeError` gives. */
  decode(payload: Uint8Array, makeError: (error: CrossedError) => unknown, what?: string): unknown;
  /** A stand-in for a value that Node's `inspect` prints as it would print the guest's. */
  standIn(payload: Uint8Array, stackLines?: (trace: readonly number[]) => readonly string[]): unknown;
  /** The text that Node's console prints for these arguments at a level, or as LOG_ASKS says; `stackLines` gives the lines of an error's trace. */
  formatLog(payload: Uint8Array, level: number, stackLines?: (trace: readonly number[]) => readonly string[]): string;
}
