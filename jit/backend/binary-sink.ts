/**
 * Binary sink: a function's code as bytes, with the byte offset of each change of source position.
 */
import type { SourceLocation } from '../../ir/function.js';
import type { WasmType } from '../../ir/types.js';
import type { ByteWriter } from './byte-writer.js';
import type { Sink } from './sink.js';

export const VALUE_TYPE_BYTES: Readonly<Record<WasmType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

const CONSTRUCT_BYTES = { block: 0x02, loop: 0x03, if: 0x04 } as const;
const LOCAL_BYTES = { get: 0x20, set: 0x21, tee: 0x22 } as const;
const GLOBAL_BYTES = { get: 0x23, set: 0x24 } as const;
const EMPTY_BLOCK_TYPE = 0x40;

/** From this byte of the code on, instructions stem from this location. */
export interface CodePosition {
  readonly byteOffset: number;
  readonly location: SourceLocation;
}

export class BinarySink implements Sink {
  readonly positions: CodePosition[] = [];
  #next: SourceLocation | undefined;
  #last: SourceLocation | undefined;

  constructor(readonly code: ByteWriter) {}

  at(location: SourceLocation | undefined): void {
    this.#next = location;
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

  global(access: 'get' | 'set', index: number): void {
    this.#withIndex(GLOBAL_BYTES[access], index);
  }

  call(funcIndex: number): void {
    this.#withIndex(0x10, funcIndex);
  }

  callIndirect(typeIndex: number): void {
    this.#withIndex(0x11, typeIndex);
    this.code.u8(0); // the only table
  }

  constant(type: WasmType, value: number | bigint): void {
    switch (type) {
      case 'i32':
        this.#opcode(0x41);
        return this.code.signed32(Number(value));
      case 'i64':
        this.#opcode(0x42);
        return this.code.signed64(BigInt(value));
      case 'f32':
        this.#opcode(0x43);
        return this.code.f32(Number(value));
      case 'f64':
        this.#opcode(0x44);
        return this.code.f64(Number(value));
    }
  }

  operator(bytes: readonly number[]): void {
    this.#mark();
    writeOperator(this.code, bytes);
  }

  access(bytes: readonly number[], align: number, byteOffset: number): void {
    this.operator(bytes);
    this.code.unsigned(align);
    this.code.unsigned(byteOffset);
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

/** Opcodes behind a prefix byte (0xfc, 0xfe) are LEB128 numbers; all in the table are below 128, so bytes do. */
function writeOperator(code: ByteWriter, bytes: readonly number[]): void {
  for (const byte of bytes) code.u8(byte);
}
