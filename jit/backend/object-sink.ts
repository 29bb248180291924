/**
 * Object sink: a function's code as bytes, with holes for symbols and the byte offset of each change of source position.
 */
import type { SourceLocation } from '../../ir/function.js';
import type { Signature, WasmType } from '../../ir/types.js';
import type { ByteWriter } from './byte-writer.js';
import type { Sink } from './sink.js';

export const VALUE_TYPE_BYTES: Readonly<Record<WasmType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

const CONSTRUCT_BYTES = { block: 0x02, loop: 0x03, if: 0x04 } as const;
const LOCAL_BYTES = { get: 0x20, set: 0x21, tee: 0x22 } as const;
const GLOBAL_BYTES = { get: 0x23, set: 0x24 } as const;
const EMPTY_BLOCK_TYPE = 0x40;
const I32_CONST = 0x41;

/** `byteOffset`: where in the code the number goes. `data` is signed, an operand; `access` unsigned, an offset. */
export type Hole = { readonly byteOffset: number } & (
  | { readonly kind: 'func' | 'global' | 'table' | 'data'; readonly symbol: string }
  | { readonly kind: 'access'; readonly symbol: string; readonly addend: number }
  | { readonly kind: 'type'; readonly signature: Signature }
);

/** From this byte of the code on, instructions stem from this location. */
export interface CodePosition {
  readonly byteOffset: number;
  readonly location: SourceLocation;
}

export class ObjectSink implements Sink {
  readonly holes: Hole[] = [];
  readonly positions: CodePosition[] = [];
  #next: SourceLocation | undefined;
  #last: SourceLocation | undefined;

  constructor(readonly code: ByteWriter) {}

  at(location: SourceLocation | undefined): void {
    // Code that passes put in counts as that of its neighbour.
    this.#next = location ?? this.#next;
  }

  open(construct: 'block' | 'loop' | 'if'): void {
    this.#opcode(CONSTRUCT_BYTES[construct]);
    this.code.u8(EMPTY_BLOCK_TYPE);
  }

  else(): void {
    this.#opcode(0x05);
  }

  end(): void {
    this.#opcode(0x0b);
  }

  br(depth: number): void {
    this.#withIndex(0x0c, depth);
  }

  brIf(depth: number): void {
    this.#withIndex(0x0d, depth);
  }

  brTable(depths: readonly number[]): void {
    this.#withIndex(0x0e, depths.length - 1);
    for (const depth of depths) this.code.unsigned(depth);
  }

  return(): void {
    this.#opcode(0x0f);
  }

  unreachable(): void {
    this.#opcode(0x00);
  }

  drop(): void {
    this.#opcode(0x1a);
  }

  local(access: 'get' | 'set' | 'tee', index: number): void {
    this.#withIndex(LOCAL_BYTES[access], index);
  }

  global(access: 'get' | 'set', name: string): void {
    this.#opcode(GLOBAL_BYTES[access]);
    this.#hole('global', name);
  }

  call(func: string): void {
    this.#opcode(0x10);
    this.#hole('func', func);
  }

  callIndirect(signature: Signature): void {
    this.#opcode(0x11);
    this.holes.push({ kind: 'type', byteOffset: this.code.length, signature });
    this.code.u8(0); // the only table
  }

  constant(type: WasmType, value: number | bigint): void {
    this.#mark();
    writeConstant(this.code, type, value);
  }

  tableIndex(func: string): void {
    this.#opcode(I32_CONST);
    this.#hole('table', func);
  }

  dataOffset(symbol: string): void {
    this.#opcode(I32_CONST);
    this.#hole('data', symbol);
  }

  operator(bytes: readonly number[]): void {
    this.#mark();
    // Opcodes behind a prefix byte (0xfc, 0xfe) are LEB128 numbers; all in the table are below 128, so bytes do.
    for (const byte of bytes) this.code.u8(byte);
  }

  access(bytes: readonly number[], align: number, byteOffset: number, symbol: string | null): void {
    this.operator(bytes);
    this.code.unsigned(align);
    if (symbol === null) this.code.unsigned(byteOffset);
    else this.holes.push({ kind: 'access', byteOffset: this.code.length, symbol, addend: byteOffset });
  }

  #hole(kind: 'func' | 'global' | 'table' | 'data', symbol: string): void {
    this.holes.push({ kind, byteOffset: this.code.length, symbol });
  }

  #opcode(byte: number): void {
    this.#mark();
    this.code.u8(byte);
  }

  #withIndex(byte: number, index: number): void {
    this.#opcode(byte);
    this.code.unsigned(index);
  }

  /** Notes where the position changes; engines report the offset of an instruction's first byte. */
  #mark(): void {
    const location = this.#next;
    if (!location || (this.#last?.file === location.file && this.#last.offset === location.offset)) return;
    this.#last = location;
    this.positions.push({ byteOffset: this.code.length, location });
  }
}

export function writeConstant(out: ByteWriter, type: WasmType, value: number | bigint): void {
  switch (type) {
    case 'i32':
      out.u8(I32_CONST);
      return out.signed32(Number(value));
    case 'i64':
      out.u8(0x42);
      return out.signed64(BigInt(value));
    case 'f32':
      out.u8(0x43);
      return out.f32(Number(value));
    case 'f64':
      out.u8(0x44);
      return out.f64(Number(value));
  }
}

/** Declares locals; neighbours of one type together. */
export function writeLocals(out: ByteWriter, types: readonly WasmType[]): void {
  const runs: { type: WasmType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  out.unsigned(runs.length);
  for (const { type, count } of runs) {
    out.unsigned(count);
    out.u8(VALUE_TYPE_BYTES[type]);
  }
}
