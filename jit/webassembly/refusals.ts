/** What of valid WebAssembly brolga does not take, by number, for messages and docs; and how a refusal is told. */
import { diagnosticAt } from '../diagnostics.js';
import { CompileError } from '../errors.js';

export const WASM_REFUSALS = {
  BR3001: 'what is beyond WebAssembly 2.0 without SIMD: vectors, threads, exceptions, tail calls, 64-bit or several memories, garbage collection',
  BR3002: 'imports of memories, tables and globals: a host gives functions only',
  BR3003: 'host functions that take or give a funcref: a function cannot leave its module',
  BR3004: 'a function marked `sync` that leads to an async import',
  BR3005: 'a start function that leads to an async import: start functions are sync',
  BR3006: 'a module that does not validate',
} as const;

export type WasmRefusal = keyof typeof WASM_REFUSALS;

/** The source that messages show a place of; a binary module has none. */
export interface WasmSource {
  readonly filename: string;
  readonly text: string;
}

export function refusal(number: WasmRefusal, message: string, { filename, text }: WasmSource, start = 0, length = 1): CompileError {
  return new CompileError([diagnosticAt(number === 'BR3006' ? 'TYPE' : 'UNSUPPORTED', number, message, { file: filename, text, start, length })]);
}
