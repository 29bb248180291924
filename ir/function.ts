/**
 * Functions and modules of the IR: SSA with block parameters.
 *
 * Plain data, changed through builder.ts and the passes. Values and blocks are dense; a removed block stays as a hole
 * (`null`) so that ids are stable.
 */
import type { Block, Signature, Type, Value } from './types.js';
import type { Opcode } from './opcodes.js';

/** An immediate, by the kinds its opcode's row lists: numbers, bigints for i64, names for symbols, a signature. */
export type Immediate = number | bigint | string | Signature;

/** A position in source text: offset in UTF-16 units of the source `IrModule.sources[file]`; -1 where there is none. */
export interface SourceLocation {
  readonly file: number;
  readonly offset: number;
}

export interface Instruction {
  opcode: Opcode;
  operands: Value[];
  immediates: Immediate[];
  results: Value[];
  location?: SourceLocation | undefined;
}

/** A branch target with the arguments for its block parameters. */
export interface Target {
  block: Block;
  args: Value[];
}

export type Terminator =
  | { kind: 'jump'; target: Target; location?: SourceLocation | undefined }
  /** To `then` if the condition (i32) is not zero. */
  | { kind: 'brif'; condition: Value; then: Target; else: Target; location?: SourceLocation | undefined }
  /** To `targets[index]`, or to `otherwise` when the index (i32, unsigned) is out of range. */
  | { kind: 'br_table'; index: Value; targets: Target[]; otherwise: Target; location?: SourceLocation | undefined }
  | { kind: 'return'; values: Value[]; location?: SourceLocation | undefined }
  /** Ends the task; `code` is a TrapCode of jit/abi.ts. */
  | { kind: 'trap'; code: number; location?: SourceLocation | undefined }
  /**
   * Waits for a boxed value as `await` does. Goes on at `ok` or, rejected, at `error`: the resume value is the FIRST
   * parameter of the block (a `val`), `args` feed the others.
   */
  | { kind: 'await'; operand: Value; ok: Target; error: Target; location?: SourceLocation | undefined }
  /** `await callee(args)`: calls an async function of the module and waits for it, without making a promise. */
  | { kind: 'await_call'; callee: string; operands: Value[]; ok: Target; error: Target; location?: SourceLocation | undefined };

export interface BasicBlock {
  params: Value[];
  instructions: Instruction[];
  /** Absent only while the block is being built. */
  terminator: Terminator | null;
}

export interface IrFunction {
  readonly name: string;
  readonly params: Type[];
  readonly results: Type[];
  /**
   * `async`: may hold `await`s, and results are exactly (val, i32): the value and FULFILLED or REJECTED of jit/abi.ts.
   * lower-async turns it into `plain`.
   */
  convention: 'plain' | 'async';
  /** Type of each value. */
  readonly valueTypes: Type[];
  /** Names for values of source variables, for printing and frame layouts. */
  readonly valueNames: Map<Value, string>;
  /** blocks[0] is the entry; its parameters are the function's. */
  readonly blocks: (BasicBlock | null)[];
  /** Where the function stands in the source, for stacks and listings. */
  location?: SourceLocation | undefined;
  /** The name a user knows it by; differs from the symbol. */
  displayName?: string | undefined;
}

export interface GlobalDeclaration {
  readonly name: string;
  readonly type: Type;
  readonly mutable: boolean;
  readonly initial: number | bigint;
}

/** Bytes of read-only static data. Each relocation is an i32 at `offset` that receives the address of a symbol. */
export interface DataSymbol {
  readonly name: string;
  readonly align: number;
  readonly bytes: Uint8Array;
  readonly relocations: readonly { readonly offset: number; readonly symbol: string }[];
  /** i32 slots that receive the table index of a function. */
  readonly functionRelocations: readonly { readonly offset: number; readonly func: string }[];
}

export interface IrModule {
  readonly functions: Map<string, IrFunction>;
  readonly data: Map<string, DataSymbol>;
  readonly globals: Map<string, GlobalDeclaration>;
  /** Export name to function symbol. */
  readonly exports: Map<string, string>;
  /** File names and texts that locations point into. */
  readonly sources: { readonly name: string; readonly text: string }[];
  /** Function symbols by table index, which the linker assigns; index 0 is unused and holds ''. */
  table?: string[];
}

export function createModule(): IrModule {
  return { functions: new Map(), data: new Map(), globals: new Map(), exports: new Map(), sources: [] };
}

export function createFunction(name: string, signature: Signature, convention: IrFunction['convention'] = 'plain'): IrFunction {
  return {
    name,
    params: [...signature.params],
    results: [...signature.results],
    convention,
    valueTypes: [],
    valueNames: new Map(),
    blocks: [],
  };
}

/** The targets of a terminator, in order; the resume value of an await is not among a target's `args`. */
export function targetsOf(terminator: Terminator): Target[] {
  switch (terminator.kind) {
    case 'jump':
      return [terminator.target];
    case 'brif':
      return [terminator.then, terminator.else];
    case 'br_table':
      return [...terminator.targets, terminator.otherwise];
    case 'await':
    case 'await_call':
      return [terminator.ok, terminator.error];
    case 'return':
    case 'trap':
      return [];
  }
}

/** Values a terminator reads itself, without the arguments of its targets. */
export function ownUsesOf(terminator: Terminator): readonly Value[] {
  switch (terminator.kind) {
    case 'brif':
      return [terminator.condition];
    case 'br_table':
      return [terminator.index];
    case 'return':
      return terminator.values;
    case 'await':
      return [terminator.operand];
    case 'await_call':
      return terminator.operands;
    case 'jump':
    case 'trap':
      return [];
  }
}

/** Values a terminator reads, those of its targets' arguments included. */
export const usesOf = (terminator: Terminator): Value[] => [
  ...ownUsesOf(terminator),
  ...targetsOf(terminator).flatMap((target) => target.args),
];

/** How many leading parameters of a target's block the terminator itself supplies (the resume value of an await). */
export const suppliedParams = (terminator: Terminator): number =>
  terminator.kind === 'await' || terminator.kind === 'await_call' ? 1 : 0;

/** The block with this id; throws on a hole, which is an internal error. */
export function blockOf(func: IrFunction, block: Block): BasicBlock {
  const found = func.blocks[block];
  if (!found) throw new Error(`${func.name} has no block${block}`);
  return found;
}

export function typeOf(func: IrFunction, value: Value): Type {
  const type = func.valueTypes[value];
  if (!type) throw new Error(`${func.name} has no v${value}`);
  return type;
}
