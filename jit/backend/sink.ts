/**
 * Sink: what the emitter writes a function's WebAssembly code into, one call for each instruction. Two of them exist,
 * one for object code and one for text, so both forms are the same program by construction.
 */
import type { SourceLocation } from '../../ir/function.js';
import type { Signature, WasmType } from '../../ir/types.js';

export interface Sink {
  /** Position in the source of the instructions that follow; undefined where there is none. */
  at(location: SourceLocation | undefined): void;
  open(construct: 'block' | 'loop' | 'if', label: string): void;
  else(): void;
  end(): void;
  /** `depth` counts enclosing constructs from the innermost, 0. */
  br(depth: number): void;
  brIf(depth: number): void;
  /** The last depth is the default. */
  brTable(depths: readonly number[]): void;
  return(): void;
  unreachable(): void;
  drop(): void;
  local(access: 'get' | 'set' | 'tee', index: number): void;
  global(access: 'get' | 'set', name: string): void;
  call(func: string): void;
  callIndirect(signature: Signature): void;
  constant(type: WasmType, value: number | bigint): void;
  /** An instruction without immediates, by its bytes in the opcode table. */
  operator(bytes: readonly number[]): void;
  /** The index of a function in the table, an i32. */
  tableIndex(func: string): void;
  /** The offset of a symbol in the static data, an i32. */
  dataOffset(symbol: string): void;
  /** A load, store or atomic access; 2^`align` bytes. With a symbol, its offset is added to `byteOffset`. */
  access(bytes: readonly number[], align: number, byteOffset: number, symbol: string | null): void;
}

/** WebAssembly bytes that are no row of the opcode table, since the IR writes what they do in another way. */
export const BYTES = {
  i32Eqz: [0x45],
  i32Add: [0x6a],
  i64Or: [0x84],
  i64ExtendUnsigned: [0xad],
  i32Store: [0x36],
} as const;
