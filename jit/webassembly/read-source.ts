/**
 * Reads what a compile is given, text or bytes, into a module with its marks.
 *
 * `brolga.async` is a custom section for modules without text: a vector of the indices of functions that are async.
 */
import { diagnosticAt } from '../diagnostics.js';
import { CompileError } from '../errors.js';
import { assemble } from './assemble.js';
import { readBinary } from './binary-module.js';
import { ByteReader, WasmReadError } from './byte-reader.js';
import { takeMarks } from './marks.js';
import type { WasmModule } from './module.js';
import { checkNesting } from './nesting.js';
import { withPlaces } from './places.js';
import { refusal, type WasmSource } from './refusals.js';
import { ExpressionError, readExpressions } from './s-expressions.js';

export interface WasmInput {
  readonly module: WasmModule;
  /** Indices of functions marked async: imports are, definitions shall be. */
  readonly asyncFunctions: ReadonlySet<number>;
  /** Indices of functions marked sync. */
  readonly syncFunctions: ReadonlySet<number>;
  readonly source: WasmSource;
  /** Where imports stand in the text, by index; empty where there is no text. */
  readonly importPlaces: readonly number[];
}

export const ASYNC_SECTION = 'brolga.async';

export function readSource(given: string | Uint8Array, filename: string): WasmInput {
  if (typeof given !== 'string') return readBytes(given, { filename, text: '' });
  const source = { filename, text: given };
  try {
    const expressions = readExpressions(given);
    checkNesting(expressions, source);
    const marks = takeMarks(given, expressions);
    const read = readBytes(assemble(filename, marks.text), source);
    return { ...read, ...withPlaces(read.module, expressions), asyncFunctions: new Set([...read.asyncFunctions, ...marks.async]), syncFunctions: marks.sync };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new CompileError([diagnosticAt('SYNTAX', '', error.message, { file: filename, text: given, start: error.offset, length: 1 })]);
  }
}

function readBytes(bytes: Uint8Array, source: WasmSource): WasmInput {
  try {
    if (!WebAssembly.validate(bytes)) throw refusal('BR3006', whyInvalid(bytes), source);
    const module = readBinary(bytes);
    const marked = module.customs.get(ASYNC_SECTION);
    const asyncFunctions = new Set(marked ? indices(new ByteReader(marked)) : []);
    return { module, asyncFunctions, syncFunctions: new Set(), source, importPlaces: [] };
  } catch (error) {
    if (!(error instanceof WasmReadError)) throw error;
    throw refusal('BR3001', `${error.message} (at byte ${error.offset})`, source);
  }
}

const indices = (reader: ByteReader): number[] => reader.list(() => reader.u32());

/** V8 says what it stumbled over, and where. */
function whyInvalid(bytes: Uint8Array): string {
  try {
    new WebAssembly.Module(bytes);
    return 'the module is not valid';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^WebAssembly\.Module\(\): /, '') : String(error);
  }
}
