/**
 * How a task can end, as a number that crosses rings: the TRAP codes of jit/abi.ts, and endings that the executor finds
 * itself. `endingError` makes the embedder's error of it.
 */
import { TRAP, WASM_TRAPS } from '../jit/abi.js';
import {
  CancelledError,
  ClosedError,
  DeadlockError,
  FuelExhaustedError,
  HostCallLimitError,
  InternalError,
  LogLimitError,
  MemoryLimitError,
  PayloadLimitError,
  StackLimitError,
  TimeoutError,
  TrapError,
  WorkerLostError,
  type BrolgaError,
} from './errors.js';
import type { Limits } from './limits.js';

export const ENDING = { ...TRAP, finished: 0, deadlock: 32, workerLost: 33, unhandled: 34, closed: 35 } as const;

/** Figures of the ended task that messages quote. */
export interface EndingFacts {
  readonly limits: Limits;
  readonly elapsedMs: number;
  readonly heapBytes: number;
  /** HEADER.trapDetail */
  readonly detail: number;
  readonly text: string;
  readonly reason: unknown;
  readonly inline: boolean;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Below its own limit a task can only have met the end of the arena. */
const memoryError = (limits: Limits, used: number): MemoryLimitError =>
  used > limits.memoryMiB ? new MemoryLimitError(limits.memoryMiB, rounded(used)) : new MemoryLimitError(limits.arenaMiB, limits.arenaMiB, 'arenaMiB');

/** The error of an ending other than `finished` and `unhandled`. */
export function endingError(ending: number, facts: EndingFacts): BrolgaError {
  const { limits, detail } = facts;
  switch (ending) {
    case ENDING.fuel:
      return new FuelExhaustedError(limits.fuel, limits.fuel);
    case ENDING.stretch:
      return new FuelExhaustedError(limits.stretchFuel, limits.stretchFuel, 'stretchFuel');
    case ENDING.memory:
      return memoryError(limits, Math.max(facts.heapBytes, detail) / 2 ** 20);
    case ENDING.stack:
      return facts.inline
        ? new StackLimitError(limits.inlineStackKiB, limits.inlineStackKiB, 'inlineStackKiB')
        : new StackLimitError(limits.stackKiB, limits.stackKiB);
    case ENDING.timeout:
      return new TimeoutError(limits.timeoutMs, rounded(facts.elapsedMs));
    case ENDING.cancelled:
      return new CancelledError(facts.reason);
    case ENDING.hostCalls:
      return new HostCallLimitError(limits.hostCalls, Math.max(detail, limits.hostCalls));
    case ENDING.logs:
      return new LogLimitError(limits.logBytes, Math.max(detail, limits.logBytes));
    case ENDING.payload:
      return new PayloadLimitError(limits.payloadBytes, Math.max(detail, limits.payloadBytes));
    case ENDING.unreachable:
      return new TrapError(facts.text || 'unreachable');
    case ENDING.deadlock:
      return new DeadlockError();
    case ENDING.workerLost:
      return new WorkerLostError(facts.text || 'no cause given');
    case ENDING.closed:
      return new ClosedError();
    default:
      if (WASM_TRAPS[ending] !== undefined) return new TrapError(WASM_TRAPS[ending], true);
      return new InternalError(`the task ended with code ${ending}: ${facts.text || 'no detail'}`);
  }
}
