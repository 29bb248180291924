/**
 * Diagnostics: what a failed compile tells, with a place and a code frame.
 *
 * Lines and columns count from 1, columns in UTF-16 units, as editors do.
 */

import { lineAndColumn } from '../ir/diagnostics.js';

export type DiagnosticCode = 'SYNTAX' | 'TYPE' | 'UNSUPPORTED' | 'SOURCE_LIMIT' | 'UNKNOWN_HOST_FUNCTION' | 'INTERNAL';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** `TS2322` for the checker's, `BR1001` for our own; empty where there is none. */
  readonly number: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly frame: string;
}

export interface Span {
  readonly file: string;
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

const CONTEXT_LINES = 2;
const MAX_FRAME_COLUMNS = 160;

/**
 * The lines around a span, numbered, with a marker under it:
 *
 *     2 | const n: number = 1;
 *   > 3 | const s: string = n;
 *       |       ^
 */
export function codeFrame(span: Span): string {
  const { line, column } = lineAndColumn(span.text, span.start);
  const lines = span.text.split(/\r\n|\r|\n/);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const width = String(last).length;
  const clip = (text: string): string =>
    (text.length > MAX_FRAME_COLUMNS ? `${text.slice(0, MAX_FRAME_COLUMNS)}…` : text).replaceAll('\t', ' ');
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? '';
    out.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${clip(text)}`.trimEnd());
    if (number === line && column <= MAX_FRAME_COLUMNS) {
      const marks = Math.max(1, Math.min(span.length, text.length - column + 1));
      out.push(`  ${' '.repeat(width)} | ${' '.repeat(column - 1)}${'^'.repeat(marks)}`);
    }
  }
  return out.join('\n');
}

export function diagnosticAt(code: DiagnosticCode, number: string, message: string, span: Span): Diagnostic {
  return { code, number, message, file: span.file, ...lineAndColumn(span.text, span.start), frame: codeFrame(span) };
}

/** One diagnostic as a terminal shows it. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, code, number, message, frame } = diagnostic;
  return `${file}:${line}:${column} ${code}${number ? ` ${number}` : ''}: ${message}\n\n${frame}\n`;
}
