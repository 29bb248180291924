/** What a call hears from its task, in the embedder's terms: decoded values, and errors with places and figures. */
import { HEADER } from '../jit/abi.js';
import type { Arena } from './arena.js';
import type { Call } from './call.js';
import type { Clock } from './clock.js';
import type { Codec } from './codec.js';
import { endingError } from './endings.js';
import { CancelledError, ClosedError, SessionEndedError } from './errors.js';
import { guestError, placeOf, stackLines, withPlace, type DrawFrame } from './guest-stack.js';
import { recordArgument, recordPayload } from './records.js';

export interface CallReaderParts {
  readonly arena: Arena;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly drawFrame: DrawFrame;
}

/** Closing the jit or a session cancels tasks, but their callers are to know that it was closed. */
export const cancelledError = (reason: unknown): Error => (reason instanceof ClosedError || reason instanceof SessionEndedError ? reason : new CancelledError(reason));

export class CallReader {
  constructor(private readonly parts: CallReaderParts) {}

  /** Throws HostTypeError for what cannot leave the guest, InternalError for malformed bytes. */
  decode(call: Call, record: number, what: string): unknown {
    const { arena, codec, drawFrame } = this.parts;
    return codec.decode(recordPayload(arena, record), (error) => guestError(call.program.artifact, error, drawFrame), what);
  }

  /** The result of a call. */
  decodeResult(call: Call, record: number): unknown {
    if (!call.options.inspectable || recordArgument(this.parts.arena, record) !== 0) return this.decode(call, record, 'result');
    return this.parts.codec.standIn(recordPayload(this.parts.arena, record), (trace) => stackLines(call.program.artifact, trace));
  }

  /** The error that a record carries, or why it cannot be read. */
  decodeError(call: Call, record: number): unknown {
    try {
      return this.decode(call, record, 'error');
    } catch (error) {
      return error;
    }
  }

  errorOf(call: Call, inline: boolean, ending: number, place: number, text: string): Error {
    const { arena, clock, drawFrame } = this.parts;
    const word = (offset: number): number => arena.words[(call.header + offset) >> 2] ?? 0;
    if (call.cancelled) return cancelledError(call.cancelled.reason);
    const error = endingError(ending, {
      limits: call.limits,
      elapsedMs: clock.monotonic() - call.startedAt,
      heapBytes: word(HEADER.heapBytes),
      detail: word(HEADER.trapDetail),
      text,
      reason: undefined,
      inline,
    });
    return place < 0 ? error : withPlace(error, placeOf(call.program.artifact, { file: 0, offset: place }, drawFrame));
  }
}
