/**
 * Errors of the executor and its boundary: one class per code. The code is stable, the message names what to do.
 * Errors that guest code threw are GuestError: data of the guest, without a code of ours.
 */

export type ErrorCode =
  | 'HOST_TYPE' | 'FUEL_EXHAUSTED' | 'TIMEOUT' | 'MEMORY_LIMIT' | 'STACK_LIMIT' | 'HOST_CALL_LIMIT' | 'LOG_LIMIT'
  | 'PAYLOAD_LIMIT' | 'TASK_LIMIT' | 'SOURCE_LIMIT' | 'DEADLOCK' | 'CANCELLED' | 'WORKER_LOST' | 'STALE_HANDLE' | 'ABI_MISMATCH'
  | 'ARTIFACT_INTEGRITY' | 'TRAP'
  | 'CLOSED' | 'OPTION' | 'INTERNAL';

export class BrolgaError extends Error {
  override readonly name: string = 'BrolgaError';
  constructor(readonly code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

/** A limit was reached: which one, its value, what was used or asked for, and the option that raises it. */
export class LimitError extends BrolgaError {
  override readonly name: string = 'LimitError';
  constructor(
    code: ErrorCode,
    readonly limit: string,
    readonly value: number,
    readonly used: number,
    readonly option: string,
    unit: string,
    what: string,
  ) {
    super(code, `${what}: limit ${limit} is ${value} ${unit}, used ${used}; raise it with ${option}`);
  }
}

const perCall = (name: string): string => `call(…, { ${name} }) or createJit({ limits: { ${name} } })`;
const perJit = (name: string): string => `createJit({ limits: { ${name} } })`;

/** The task did more work than its fuel allows, or, with limit `stretchFuel`, too much without letting others run; `finally` blocks did not run. */
export class FuelExhaustedError extends LimitError {
  override readonly name = 'FuelExhaustedError';
  constructor(value: number, used: number, limit: 'fuel' | 'stretchFuel' = 'fuel') {
    super('FUEL_EXHAUSTED', limit, value, used, perCall(limit), 'units', limit === 'fuel' ? 'the task used up its fuel' : 'the task worked too long without letting others run');
  }
}
/** The task did not end within its time, waiting or working. */
export class TimeoutError extends LimitError {
  override readonly name = 'TimeoutError';
  constructor(value: number, used: number) {
    super('TIMEOUT', 'timeoutMs', value, used, perCall('timeoutMs'), 'ms', 'the task took too long');
  }
}
/** The task would hold more memory than it may, or, with limit `arenaMiB`, all tasks together would. */
export class MemoryLimitError extends LimitError {
  override readonly name = 'MemoryLimitError';
  constructor(value: number, used: number, limit: 'memoryMiB' | 'arenaMiB' = 'memoryMiB') {
    const own = limit === 'memoryMiB';
    super('MEMORY_LIMIT', limit, value, used, own ? perCall(limit) : perJit(limit), 'MiB', own ? 'the task needs more memory than it may have' : 'the memory of all tasks is full');
  }
}
/** Calls are nested deeper than the stack allows, as in endless recursion. */
export class StackLimitError extends LimitError {
  override readonly name = 'StackLimitError';
  constructor(value: number, used: number, limit: 'stackKiB' | 'inlineStackKiB' = 'stackKiB') {
    super('STACK_LIMIT', limit, value, used, perJit(limit), 'KiB', 'calls are nested too deeply');
  }
}
/** The task has too many host calls in flight at once. */
export class HostCallLimitError extends LimitError {
  override readonly name = 'HostCallLimitError';
  constructor(value: number, used: number) {
    super('HOST_CALL_LIMIT', 'hostCalls', value, used, perCall('hostCalls'), 'calls', 'too many host calls in flight');
  }
}
/** The task logged more bytes than it may in all. */
export class LogLimitError extends LimitError {
  override readonly name = 'LogLimitError';
  constructor(value: number, used: number) {
    super('LOG_LIMIT', 'logBytes', value, used, perCall('logBytes'), 'bytes', 'the task logs too much');
  }
}
/** An argument, a result or a host result is too large, or nested too deeply, to be copied across. */
export class PayloadLimitError extends LimitError {
  override readonly name = 'PayloadLimitError';
  constructor(value: number, used: number, limit: 'payloadBytes' | 'payloadDepth' = 'payloadBytes') {
    const own = limit === 'payloadBytes';
    super('PAYLOAD_LIMIT', limit, value, used, own ? perCall(limit) : perJit(limit), own ? 'bytes' : 'levels', 'a value is too large to cross between guest and host');
  }
}
/** The realm runs as many tasks as it may; nothing was started. */
export class TaskLimitError extends LimitError {
  override readonly name = 'TaskLimitError';
  constructor(value: number, used: number) {
    super('TASK_LIMIT', 'tasks', value, used, perJit('tasks'), 'tasks', 'too many tasks at once');
  }
}

/** The source text is longer than may be compiled. */
export class SourceLimitError extends LimitError {
  override readonly name = 'SourceLimitError';
  constructor(value: number, used: number) {
    super('SOURCE_LIMIT', 'sourceBytes', value, used, perJit('sourceBytes'), 'bytes', 'the source text is too long');
  }
}

/** A value does not have the declared type. `path` leads to the offending part: `result.items[2].id`. */
export class HostTypeError extends BrolgaError {
  override readonly name = 'HostTypeError';
  constructor(readonly path: string, readonly expected: string, readonly received: string) {
    super('HOST_TYPE', `${path}: expected ${expected}, received ${received}`);
  }
}
/** The task waits for promises that nothing can settle: told at once, not by timeout. */
export class DeadlockError extends BrolgaError {
  override readonly name = 'DeadlockError';
  constructor() {
    super('DEADLOCK', 'the task waits for promises that nothing can settle: no host call, timer or signal is outstanding');
  }
}
/** `cause` is the reason of the signal. */
export class CancelledError extends BrolgaError {
  override readonly name = 'CancelledError';
  constructor(reason: unknown) {
    super('CANCELLED', 'the task was cancelled', { cause: reason });
  }
}
/** The worker thread that ran the task died. Other tasks go on, and another thread takes its place. */
export class WorkerLostError extends BrolgaError {
  override readonly name = 'WorkerLostError';
  constructor(detail: string) {
    super('WORKER_LOST', `the worker thread that ran the task ended: ${detail}; other tasks are not concerned`);
  }
}
/** A WebAssembly program trapped. TypeScript never does: there it is a defect of brolga. */
export class TrapError extends BrolgaError {
  override readonly name = 'TrapError';
  /** `guests`: a trap that only WebAssembly has. */
  constructor(detail: string, guests = false) {
    super('TRAP', `the compiled program trapped: ${detail}${guests ? '' : '; if it was TypeScript, that is a defect of brolga: please report it with the source'}`);
  }
}
/** The jit is closed, or closed itself because its threads keep dying; then `cause` tells why. */
export class ClosedError extends BrolgaError {
  override readonly name = 'ClosedError';
  constructor(cause?: unknown) {
    super('CLOSED', cause === undefined ? 'the jit is closed' : `the jit closed itself: ${String(cause)}`, cause === undefined ? undefined : { cause });
  }
}
/** A program was used after its `dispose()`. */
export class StaleHandleError extends BrolgaError {
  override readonly name = 'StaleHandleError';
  constructor(what: string) {
    super('STALE_HANDLE', `${what} was disposed of`);
  }
}
/** Nothing more can be evaluated in this session; `cause` is what ended it. */
export class SessionEndedError extends BrolgaError {
  override readonly name = 'SessionEndedError';
  constructor(cause?: unknown) {
    const why = cause instanceof Error ? `it ended with ${'code' in cause ? `${String(cause.code)}: ` : ''}${cause.message}` : 'it was closed';
    super('CLOSED', `the session is over: ${why}; open a new one with jit.session()`, cause === undefined ? undefined : { cause });
  }
}
/** The artifact was compiled by another version of brolga. */
export class AbiMismatchError extends BrolgaError {
  override readonly name = 'AbiMismatchError';
  constructor(have: number, want: number) {
    super('ABI_MISMATCH', `the artifact was compiled for ABI version ${have}, this executor runs version ${want}; compile it again`);
  }
}
/** The bytes are no artifact, or not as they were written. */
export class ArtifactIntegrityError extends BrolgaError {
  override readonly name = 'ArtifactIntegrityError';
  constructor(why: string) {
    super('ARTIFACT_INTEGRITY', `the artifact cannot be used: ${why}; compile it again`);
  }
}
/** The thread that compiles died with this compile in flight; the next compile gets a new one. */
export class CompilerLostError extends BrolgaError {
  override readonly name = 'CompilerLostError';
  constructor(detail: string) {
    super('WORKER_LOST', `the compile thread ended before it had compiled the program: ${detail}; compile it again`);
  }
}
/** A mistake in the options or arguments of a call of brolga. */
export class OptionError extends BrolgaError {
  override readonly name = 'OptionError';
  constructor(message: string) {
    super('OPTION', message);
  }
}
/** A defect of brolga; please report it. */
export class InternalError extends BrolgaError {
  override readonly name = 'InternalError';
  constructor(message: string, cause?: unknown) {
    super('INTERNAL', `${message}; this is a defect of brolga`, cause === undefined ? undefined : { cause });
  }
}

/** An internal truth; `rule` is the number of the invariant that it cites. */
export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new InternalError(`invariant ${rule} is broken`);
}

/** What guest code threw: name, message, cause and own fields as the guest had them, stack in lines of the snippet. */
export class GuestError extends Error {
  constructor(name: string, message: string, stack: string, fields: Readonly<Record<string, unknown>>) {
    super(message);
    const hidden = { enumerable: false, configurable: true, writable: true };
    Object.defineProperty(this, 'name', { ...hidden, value: name });
    Object.defineProperty(this, 'stack', { ...hidden, value: stack });
    for (const [key, value] of Object.entries(fields)) {
      // Defined, not assigned: a field named __proto__ is a field.
      Object.defineProperty(this, key, { ...hidden, enumerable: key !== 'cause', value });
    }
  }
}
