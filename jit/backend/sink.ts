/**
 * Sink: what the emitter writes a function's WebAssembly code into, one call for each instruction. Two of them exist,
 * one for bytes and one for text, so both forms are the same program by construction.
 */
import type { SourceLocation } from '../../ir/function.js';
import type { WasmType } from '../../ir/types.js';

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
  global(access: 'get' | 'set', index: number): void;
  call(funcIndex: number): void;
  callIndirect(typeIndex: number): void;
  constant(type: WasmType, value: number | bigint): void;
  /** An instruction without immediates, by its bytes in the opcode table. */
  operator(bytes: readonly number[]): void;
  /** A load, store or atomic access; `align` is a power of two. */
  access(bytes: readonly number[], align: number, byteOffset: number): void;
}

/** WebAssembly bytes that are no row of the opcode table, since the IR writes what they do in another way. */
export const BYTES = {
  i32Eqz: [0x45],
  i32Add: [0x6a],
  i64Or: [0x84],
  i64ExtendUnsigned: [0xad],
  i32Store: [0x36],
} as const;
