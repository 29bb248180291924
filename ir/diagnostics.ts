/**
 * What the parser and the verifier report: a stable code, a message, and where.
 */
import type { Block } from './types.js';

/** A fault in IR text. Lines and columns count from 1; `offset` is in UTF-16 units. */
export interface ParseDiagnostic {
  readonly code: ParseCode;
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** P1 lexical, P2 grammar, P3 unknown name, P4 number out of range, P5 defined twice, P6 type not known. */
export type ParseCode = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6';

/** A broken rule of verify.ts. `instruction` counts within the block; -1 is the terminator, absent the block itself. */
export interface VerifyDiagnostic {
  readonly rule: string;
  readonly message: string;
  readonly func: string;
  readonly block?: Block;
  readonly instruction?: number;
}

export const formatParseDiagnostic = (at: ParseDiagnostic): string => `${at.line}:${at.column}: ${at.code} ${at.message}`;

export function formatVerifyDiagnostic(at: VerifyDiagnostic): string {
  const place = at.block === undefined ? '' : ` block${at.block}`;
  const where = at.instruction === undefined ? '' : at.instruction < 0 ? ' terminator' : ` instruction ${at.instruction}`;
  return `${at.func}${place}${where}: ${at.rule} ${at.message}`;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Line and column, both from 1, of an offset; columns in UTF-16 units. Lines end with LF, CR or CR LF, as editors see them. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset && at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // CR LF counts once, at its LF.
    if (unit !== LINE_FEED && (unit !== CARRIAGE_RETURN || text.charCodeAt(at + 1) === LINE_FEED)) continue;
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
