/**
 * What goes wrong inside the compiler, told as a CompileError: whoever compiles gets a code and a place in any case.
 */
import { diagnosticAt, type DiagnosticCode } from './diagnostics.js';
import { CompileError } from './errors.js';

/** Runs a compile of `text`; what it throws is a CompileError, with the original error as its cause if it was none. */
export function reportFailures<T>(file: string, text: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CompileError) throw error;
    const [code, message] = explain(error);
    throw new CompileError([diagnosticAt(code, '', message, { file, text, start: 0, length: 1 })], { cause: error });
  }
}

function explain(error: unknown): [DiagnosticCode, string] {
  const text = error instanceof Error ? error.message : String(error);
  // By its text: the parser, the checker and the lowering all recur over the source's nesting.
  if (/call stack/i.test(text)) return ['SOURCE_LIMIT', 'the source is nested too deeply, or an expression is too long, to be compiled: split it'];
  return ['INTERNAL', `the compiler failed: ${text}; this is a defect of brolga, please report it with the source`];
}
