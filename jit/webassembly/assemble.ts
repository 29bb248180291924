/**
 * Assembles a module's text by wabt, which checks it too; errors come back as diagnostics with places in the text.
 *
 * Text is assembled rather than read by @webassemblyjs/wast-parser alone because that one predates reference types, bulk memory,
 * multi-value and inline imports, takes invalid text, and reads flat instructions on one line as one instruction's arguments.
 */
import wabtFactory from 'wabt';
import { diagnosticAt, type Diagnostic } from '../diagnostics.js';
import { CompileError } from '../errors.js';

/** WebAssembly 2.0 without SIMD. */
const FEATURES = {
  mutable_globals: true, sat_float_to_int: true, sign_extension: true, multi_value: true, bulk_memory: true, reference_types: true,
  simd: false, threads: false, exceptions: false, tail_call: false, function_references: false, gc: false, memory64: false, extended_const: false,
} as const;

let wabt = await wabtFactory();
/** While the assembler is made anew: its memory is not to be trusted once it has failed in a way of its own. */
let renewal: Promise<void> | null = null;

/** Resolves when `assemble` may be called. */
export const assemblerReady = async (): Promise<void> => void (await renewal);

/** The binary of a module's text, with a name section. Throws CompileError. */
export function assemble(filename: string, text: string): Uint8Array {
  if (renewal) throw failed(filename, text, 'the assembler is not ready again');
  try {
    // Bytes, since of a string wabt takes the low eight bits of each unit; copied, since it takes the whole buffer of a view.
    const parsed = wabt.parseWat(filename, Uint8Array.from(new TextEncoder().encode(text)), FEATURES);
    try {
      parsed.resolveNames();
      parsed.validate();
      return parsed.toBinary({ write_debug_names: true }).buffer;
    } finally {
      if (renewal === null) parsed.destroy();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!REPORTS.test(message)) {
      renewal ??= wabtFactory().then((fresh) => {
        wabt = fresh;
        renewal = null;
      });
      throw failed(filename, text, `the assembler failed: ${message}`, error);
    }
    throw new CompileError(diagnosticsOf(filename, text, message), { cause: error });
  }
}

const failed = (file: string, text: string, message: string, cause?: unknown): CompileError =>
  new CompileError([diagnosticAt('SOURCE_LIMIT', '', `${message}; give the module in binary`, { file, text, start: 0, length: 1 })], { cause });

/** How wabt's own errors begin; others come from within it. */
const REPORTS = /^(?:parseWat|resolveNames|validate|toBinary) failed/;
const MESSAGE = /^.*?:(\d+):(\d+): error: (.*)$/gm;

/** wabt says `name:line:column: error: …` for each error, first whether it was parsing or validating. */
function diagnosticsOf(file: string, text: string, message: string): Diagnostic[] {
  const code = message.startsWith('validate') ? 'TYPE' : 'SYNTAX';
  const lines = text.split('\n');
  const found = [...message.matchAll(MESSAGE)].map(([, line, column, what]) => {
    const before = lines.slice(0, Number(line) - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const start = Math.min(text.length, before + unitsOf(lines[Number(line) - 1] ?? '', Number(column) - 1));
    return diagnosticAt(code, '', what ?? message, { file, text, start, length: /^[^\s()]+|./.exec(text.slice(start))?.[0].length ?? 1 });
  });
  return found.length > 0 ? found : [diagnosticAt(code, '', message.trim(), { file, text, start: 0, length: 1 })];
}

/** wabt counts columns in bytes of UTF-8. */
const unitsOf = (line: string, bytes: number): number => new TextDecoder().decode(new TextEncoder().encode(line).subarray(0, Math.max(0, bytes))).length;
