/**
 * A WebAssembly module as plain data: what every reader makes and the translator takes. Bodies are flat lists, one
 * instruction after the other in order of execution, so that no reader and no user of them recurs over nesting.
 *
 * Needs nothing. Promises the index spaces of the specification: imports first, then the module's own.
 */
import type { Opcode } from '../../ir/opcodes.js';

export type NumericType = 'i32' | 'i64' | 'f32' | 'f64';
export type ReferenceType = 'funcref' | 'externref';
export type ValueType = NumericType | ReferenceType;

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** Sizes in elements or in pages of 64 KiB. */
export interface SizeLimits {
  readonly minimum: number;
  readonly maximum: number | null;
}

export interface TableType extends SizeLimits {
  readonly element: ReferenceType;
}

export interface GlobalType {
  readonly type: ValueType;
  readonly mutable: boolean;
}

export type ImportDescription =
  | { readonly kind: 'func'; readonly type: FunctionType }
  | { readonly kind: 'table'; readonly type: TableType }
  | { readonly kind: 'memory'; readonly type: SizeLimits }
  | { readonly kind: 'global'; readonly type: GlobalType };

export type ExternalKind = ImportDescription['kind'];

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly description: ImportDescription;
}

export interface Export {
  readonly name: string;
  readonly kind: ExternalKind;
  readonly index: number;
}

/** Instructions that are one row of the IR's opcode table, without immediates or with those of a memory access. */
type TableInstruction = { readonly kind: 'numeric'; readonly opcode: Opcode } | { readonly kind: 'access'; readonly opcode: Opcode; readonly offset: number };

type ControlInstruction =
  | { readonly kind: 'block' | 'loop' | 'if'; readonly type: FunctionType }
  | { readonly kind: 'else' | 'end' | 'nop' | 'unreachable' | 'return' | 'drop' | 'select' }
  | { readonly kind: 'br' | 'br_if'; readonly depth: number }
  | { readonly kind: 'br_table'; readonly depths: readonly number[]; readonly otherwise: number }
  | { readonly kind: 'call'; readonly index: number }
  | { readonly kind: 'call_indirect'; readonly table: number; readonly type: FunctionType };

export type ConstantInstruction =
  /** `bits`: those of the value, unsigned; a float keeps its NaN. */
  | { readonly kind: 'const'; readonly type: NumericType; readonly bits: bigint }
  | { readonly kind: 'global.get'; readonly index: number }
  | { readonly kind: 'ref.null' }
  | { readonly kind: 'ref.func'; readonly index: number };

type IndexedInstruction = {
  readonly kind:
    | 'local.get' | 'local.set' | 'local.tee' | 'global.set'
    | 'table.get' | 'table.set' | 'table.size' | 'table.grow' | 'table.fill' | 'elem.drop' | 'memory.init' | 'data.drop';
  readonly index: number;
};

export type Instruction = (
  | TableInstruction
  | ControlInstruction
  | ConstantInstruction
  | IndexedInstruction
  | { readonly kind: 'ref.is_null' | 'memory.size' | 'memory.grow' | 'memory.fill' | 'memory.copy' }
  | { readonly kind: 'table.copy'; readonly to: number; readonly from: number }
  | { readonly kind: 'table.init'; readonly table: number; readonly segment: number }
) & {
  /** Where it stands: an offset into the source text, or into the module's bytes. */
  readonly at?: number;
};

export type InstructionKind = Instruction['kind'];

export interface FunctionBody {
  readonly type: FunctionType;
  /** Without the parameters. */
  readonly locals: readonly ValueType[];
  /** Ends with the `end` of the body itself. */
  readonly body: readonly Instruction[];
  readonly at?: number;
}

/** What says where a segment goes when the module is instantiated; `passive` waits for `.init`, `declarative` is dropped. */
export type SegmentMode<Index extends string> =
  | { readonly kind: 'passive' | 'declarative' }
  | ({ readonly kind: 'active'; readonly offset: ConstantInstruction } & { readonly [name in Index]: number });

export interface ElementSegment {
  readonly type: ReferenceType;
  readonly items: readonly ConstantInstruction[];
  readonly mode: SegmentMode<'table'>;
}

export interface DataSegment {
  readonly bytes: Uint8Array;
  readonly mode: SegmentMode<'memory'>;
}

export interface Global extends GlobalType {
  readonly initial: ConstantInstruction;
}

export interface WasmModule {
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionBody[];
  readonly tables: readonly TableType[];
  readonly memories: readonly SizeLimits[];
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  /** Index of the start function. */
  readonly start: number | null;
  readonly elements: readonly ElementSegment[];
  readonly data: readonly DataSegment[];
  /** Names of functions for people, by index. */
  readonly functionNames: ReadonlyMap<number, string>;
  /** Names of locals, parameters first, by index of the function. */
  readonly localNames: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** Contents of custom sections, by name; of several the last. */
  readonly customs: ReadonlyMap<string, Uint8Array>;
}

export const PAGE_BYTES = 65536;
export const MAX_PAGES = 65536;

export const isReference = (type: ValueType): type is ReferenceType => type === 'funcref' || type === 'externref';

export const sameTypes = (a: readonly ValueType[], b: readonly ValueType[]): boolean => a.length === b.length && a.every((type, index) => type === b[index]);
export const sameFunctionType = (a: FunctionType, b: FunctionType): boolean => sameTypes(a.params, b.params) && sameTypes(a.results, b.results);

/** As the text format writes it: `(func (param i32 i32) (result i64))`. */
export function printFunctionType({ params, results }: FunctionType, asynchronous = false): string {
  const list = (word: string, types: readonly ValueType[]): string => (types.length === 0 ? '' : ` (${word} ${types.join(' ')})`);
  return `(func${asynchronous ? ' async' : ''}${list('param', params)}${list('result', results)})`;
}
