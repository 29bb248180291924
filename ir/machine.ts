/**
 * What predecoded code works on: registers, memory, globals; and the memory instructions.
 *
 * Reads and writes are little-endian; addresses are unsigned; anything outside of the memory is a `Trap`. The atomic
 * opcodes are plain accesses here: the machine runs on one thread and is no party to races.
 */
import { guardedView, type Guard } from './guarded-view.js';
import type { Opcode } from './opcodes.js';
import type { Scalar } from './scalars.js';
import { Trap } from './trap.js';
import { bitsOfSingle, singleOfBits } from './single.js';

/** Values of one frame by value id. Every register that is read was written (V7) and has the right type (V9). */
export type Registers = Scalar[];
/** One predecoded instruction. */
export type Step = (registers: Registers) => void;

/** The memory that a program runs over. `grow` gives the old size in pages or -1, and replaces `buffer`. */
export interface MachineMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

export const PAGE_BYTES = 65536;

/** A memory of its own, for tests and small programs. */
export function createMemory(pages: number, maxPages = pages): MachineMemory {
  let buffer = new ArrayBuffer(pages * PAGE_BYTES);
  return {
    get buffer() {
      return buffer;
    },
    grow(more) {
      const old = buffer.byteLength / PAGE_BYTES;
      if (more < 0 || old + more > maxPages) return -1;
      const grown = new ArrayBuffer((old + more) * PAGE_BYTES);
      new Uint8Array(grown).set(new Uint8Array(buffer));
      buffer = grown;
      return old;
    },
  };
}

/** Views over a memory, renewed when it grows. */
export class Machine {
  view: DataView;
  bytes: Uint8Array;

  constructor(
    readonly memory: MachineMemory,
    private readonly guard?: Guard,
  ) {
    this.view = this.makeView();
    this.bytes = new Uint8Array(memory.buffer);
  }

  private makeView(): DataView {
    return this.guard ? guardedView(this.memory.buffer, this.guard) : new DataView(this.memory.buffer);
  }

  get pages(): number {
    return this.bytes.length / PAGE_BYTES;
  }

  grow(pages: number): number {
    const old = this.memory.grow(pages >>> 0);
    this.view = this.makeView();
    this.bytes = new Uint8Array(this.memory.buffer);
    return old;
  }

  copy(to: number, from: number, count: number): void {
    if (Math.max(to, from) + count > this.bytes.length) throw new Trap('outOfBounds');
    this.guard?.(to, count);
    this.guard?.(from, count);
    this.bytes.copyWithin(to, from, from + count);
  }

  fill(to: number, byte: number, count: number): void {
    if (to + count > this.bytes.length) throw new Trap('outOfBounds');
    this.guard?.(to, count);
    this.bytes.fill(byte, to, to + count);
  }
}

type Read = (view: DataView, address: number) => Scalar;
type Write = (view: DataView, address: number, value: Scalar) => void;

// Types of stored registers are the verifier's promise (V9): the casts state it.
const number = (write: (view: DataView, address: number, value: number) => void): Write => write as Write;
const wide = (write: (view: DataView, address: number, value: bigint) => void): Write => write as Write;

const readI32: Read = (view, at) => view.getInt32(at, true);
const readI64: Read = (view, at) => view.getBigInt64(at, true);
const writeI32 = number((view, at, value) => view.setInt32(at, value, true));
const writeI64 = wide((view, at, value) => view.setBigInt64(at, value, true));

export const LOADS: Partial<Readonly<Record<Opcode, Read>>> = {
  'i32.load': readI32,
  'ref.load': readI32,
  'i32.atomic.load': readI32,
  'i64.load': readI64,
  'val.load': readI64,
  'f32.load': (view, at) => singleOfBits(view.getInt32(at, true)),
  'f64.load': (view, at) => view.getFloat64(at, true),
  'i32.load8_s': (view, at) => view.getInt8(at),
  'i32.load8_u': (view, at) => view.getUint8(at),
  'i32.load16_s': (view, at) => view.getInt16(at, true),
  'i32.load16_u': (view, at) => view.getUint16(at, true),
  'i64.load8_s': (view, at) => BigInt(view.getInt8(at)),
  'i64.load8_u': (view, at) => BigInt(view.getUint8(at)),
  'i64.load16_s': (view, at) => BigInt(view.getInt16(at, true)),
  'i64.load16_u': (view, at) => BigInt(view.getUint16(at, true)),
  'i64.load32_s': (view, at) => BigInt(view.getInt32(at, true)),
  'i64.load32_u': (view, at) => BigInt(view.getUint32(at, true)),
};

export const STORES: Partial<Readonly<Record<Opcode, Write>>> = {
  'i32.store': writeI32,
  'ref.store': writeI32,
  'i32.atomic.store': writeI32,
  'i64.store': writeI64,
  'val.store': writeI64,
  'f32.store': number((view, at, value) => view.setInt32(at, bitsOfSingle(value), true)),
  'f64.store': number((view, at, value) => view.setFloat64(at, value, true)),
  'i32.store8': number((view, at, value) => view.setInt8(at, value)),
  'i32.store16': number((view, at, value) => view.setInt16(at, value, true)),
  'i64.store8': wide((view, at, value) => view.setInt8(at, Number(BigInt.asIntN(8, value)))),
  'i64.store16': wide((view, at, value) => view.setInt16(at, Number(BigInt.asIntN(16, value)), true)),
  'i64.store32': wide((view, at, value) => view.setInt32(at, Number(BigInt.asIntN(32, value)), true)),
};

/** Read-modify-write: what is stored, from the old value and the operands; undefined stores nothing. */
export const READ_MODIFY_WRITES: Partial<Readonly<Record<Opcode, (old: number, a: number, b: number) => number | undefined>>> = {
  'i32.atomic.rmw.add': (old, a) => (old + a) | 0,
  'i32.atomic.rmw.xchg': (_old, a) => a,
  'i32.atomic.rmw.cmpxchg': (old, expected, replacement) => (old === expected ? replacement : undefined),
};
