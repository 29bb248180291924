/**
 * Artifact: what compiling gives and executors run. Plain data, structured-cloneable, independent of any executor.
 */
import type { IrModule, SourceLocation } from '../ir/function.js';

/** How a host value is checked and copied; made from the declared TypeScript type. Recursive types name `plans` entries. */
export type Plan =
  | { readonly kind: 'any' | 'number' | 'string' | 'boolean' | 'bigint' | 'undefined' | 'null' | 'date' | 'bytes' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly item: Plan }
  | { readonly kind: 'tuple'; readonly items: readonly Plan[] }
  | { readonly kind: 'object'; readonly fields: readonly PlanField[]; readonly index?: Plan }
  | { readonly kind: 'map'; readonly key: Plan; readonly value: Plan }
  | { readonly kind: 'set'; readonly item: Plan }
  | { readonly kind: 'union'; readonly of: readonly Plan[] }
  | { readonly kind: 'ref'; readonly plan: number };

export interface PlanField {
  readonly name: string;
  readonly optional: boolean;
  readonly plan: Plan;
}

export interface HostFunction {
  readonly name: string;
  /** What its promise must resolve to. */
  readonly result: Plan;
  readonly location: SourceLocation;
  /** Of an import of a WebAssembly module. */
  readonly wasm?: WasmFunctionType;
}

/** A function that the embedder can call. */
export interface ExportedFunction {
  readonly name: string;
  /** Table index of its closure entry. */
  readonly tableIndex: number;
  readonly async: boolean;
  /** Of an export of a WebAssembly module. */
  readonly wasm?: WasmFunctionType;
}

/** Types by their names in the text format; what is `i64` is a bigint to the embedder. */
export interface WasmFunctionType {
  readonly params: readonly string[];
  readonly results: readonly string[];
}

/** A place that a stack entry can name: the function and where in it a call or a throw stands. */
export interface Site {
  readonly functionName: string;
  readonly location: SourceLocation;
  /** True for an await, whose entry reads `at async f`. */
  readonly async: boolean;
}

/** Position of the wasm byte `offset` (from the module's start) in the sources; sorted by offset. */
export interface SourceMapEntry {
  readonly offset: number;
  readonly location: SourceLocation;
}

export interface FrameField {
  readonly name: string;
  readonly type: string;
  readonly byteOffset: number;
}

export interface FrameLayout {
  readonly functionName: string;
  readonly bytes: number;
  readonly fields: readonly FrameField[];
}

export interface Artifact {
  readonly abiVersion: number;
  readonly wasm: Uint8Array;
  /** Static data, its alignment in bytes, and the offsets of the i32 words that the data's address is added to. */
  readonly data: { readonly bytes: Uint8Array; readonly align: number; readonly relocations: readonly number[] };
  /** Table index of the closure entry that runs the top level. */
  readonly topLevel: number;
  readonly exports: readonly ExportedFunction[];
  readonly hostFunctions: readonly HostFunction[];
  readonly plans: readonly Plan[];
  readonly sites: readonly Site[];
  readonly sourceMap: readonly SourceMapEntry[];
  readonly frames: readonly FrameLayout[];
  readonly sources: readonly { readonly name: string; readonly text: string }[];
  /** In a session: where in the first source the text of each evaluation starts. */
  readonly evaluations?: readonly number[];
  /** The lowered IR, for the interpreter engine and for listings; kept only when asked for. */
  readonly lowered?: IrModule;
}
