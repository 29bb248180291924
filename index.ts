/** The public surface of brolga. */
import { compileThread } from './workers/compile-thread.js';
import { createJitWith, type Jit, type JitOptions } from './workers/jit.js';

/** Makes a jit: one trust domain with its memory, its tasks and, unless `executor` is `inline` or `sim`, its worker threads. */
export function createJit(options: JitOptions = {}): Promise<Jit> {
  return createJitWith(options, async () => (await import('./jit/compile-source.js')).compileSource, compileThread);
}

export type { CacheOptions, CompilePlace } from './workers/compiler.js';
export { Jit, type CompileOptions, type JitOptions, type JitStats } from './workers/jit.js';
export type { Host } from './workers/host.js';
export { Session, type EvaluateOptions, type SessionOptions } from './workers/session.js';
export { Program, type CallOptions } from './workers/program.js';
export type { LogLevel, Run } from './executor/call.js';
export type { DoneEvent, SpawnEvent, WorkerLostEvent } from './executor/diagnostics.js';
export type { Simulation } from './executor/sim.js';
export type { CloseOptions } from './executor/executor.js';
export { LIMITS, type LimitName, type Limits } from './executor/limits.js';
export {
  AbiMismatchError, ArtifactIntegrityError, BrolgaError, CancelledError, ClosedError, CompilerLostError, DeadlockError, FuelExhaustedError, GuestError, HostCallLimitError, HostTypeError,
  InternalError, LimitError, LogLimitError, MemoryLimitError, OptionError, PayloadLimitError, SessionEndedError, SourceLimitError, StackLimitError, StaleHandleError, TaskLimitError,
  TimeoutError, TrapError, WorkerLostError, type ErrorCode,
} from './executor/errors.js';
export { CompileError } from './jit/errors.js';
export type { Diagnostic, DiagnosticCode } from './jit/diagnostics.js';
export { deserializeArtifact, serializeArtifact } from './workers/artifact-io.js';
export type { Artifact } from './jit/artifact.js';
