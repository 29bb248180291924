/**
 * The compiler's errors. CompileError carries every diagnostic of a failed compile, and the first one's place as its own.
 */
import { formatDiagnostic, type Diagnostic, type DiagnosticCode } from './diagnostics.js';

export class CompileError extends Error {
  override readonly name = 'CompileError';
  readonly code: DiagnosticCode;
  /** Stable number of the first diagnostic: `TS2322`, `BR1001`; empty where there is none. */
  readonly number: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly frame: string;

  /** `diagnostics`: at least one, in source order. */
  constructor(readonly diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    const [first] = diagnostics;
    if (!first) throw new Error('a CompileError needs a diagnostic');
    super(diagnostics.map(formatDiagnostic).join('\n'), options);
    this.code = first.code;
    this.number = first.number;
    this.file = first.file;
    this.line = first.line;
    this.column = first.column;
    this.frame = first.frame;
  }
}

/** An engine cannot be had on this machine, or cannot take this module. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}
