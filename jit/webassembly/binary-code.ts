/**
 * Reads instructions of the binary format: a table from opcode bytes to how the rest of the instruction is read.
 *
 * Numeric instructions and memory accesses are the rows of the IR's opcode table, whose bytes are WebAssembly's.
 */
import { OPCODES, opcodeRow, type Opcode } from '../../ir/opcodes.js';
import type { ByteReader } from './byte-reader.js';
import type { ConstantInstruction, FunctionType, Instruction, NumericType, ReferenceType, ValueType } from './module.js';

export interface CodeContext {
  type(index: number): FunctionType;
}

type Read = (reader: ByteReader, context: CodeContext) => Instruction;

const VALUE_TYPES: Readonly<Record<number, ValueType>> = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x70: 'funcref', 0x6f: 'externref' };
const EMPTY_BLOCK = -64;

export function readValueType(reader: ByteReader): ValueType {
  const at = reader.offset;
  const byte = reader.u8();
  return VALUE_TYPES[byte] ?? reader.fail(`the value type 0x${byte.toString(16)} is not supported`, at);
}

export function readReferenceType(reader: ByteReader): ReferenceType {
  const at = reader.offset;
  const type = readValueType(reader);
  return type === 'funcref' || type === 'externref' ? type : reader.fail(`${type} is no reference type`, at);
}

function readBlockType(reader: ByteReader, { type }: CodeContext): FunctionType {
  const at = reader.offset;
  const index = reader.s33();
  if (index >= 0) return type(index);
  if (index === EMPTY_BLOCK) return { params: [], results: [] };
  const result = VALUE_TYPES[index & 0x7f];
  return result === undefined ? reader.fail('malformed block type', at) : { params: [], results: [result] };
}

const constant = (type: NumericType, read: (reader: ByteReader) => bigint): Read => (reader) => ({ kind: 'const', type, bits: read(reader) });
const plain = (kind: 'nop' | 'unreachable' | 'return' | 'drop' | 'select' | 'else' | 'end' | 'ref.is_null'): Read => () => ({ kind });
const indexed = (kind: Extract<Instruction, { index: number }>['kind']): Read => (reader) => ({ kind, index: reader.u32() });
const branch = (kind: 'br' | 'br_if'): Read => (reader) => ({ kind, depth: reader.u32() });
const block = (kind: 'block' | 'loop' | 'if'): Read => (reader, context) => ({ kind, type: readBlockType(reader, context) });

/** An index that names the one memory there is. */
const memory = (reader: ByteReader): void => {
  const at = reader.offset;
  if (reader.u32() !== 0) reader.fail('more than one memory is not supported', at);
};

const CONTROL: Readonly<Record<number, Read>> = {
  0x00: plain('unreachable'),
  0x01: plain('nop'),
  0x02: block('block'),
  0x03: block('loop'),
  0x04: block('if'),
  0x05: plain('else'),
  0x0b: plain('end'),
  0x0c: branch('br'),
  0x0d: branch('br_if'),
  0x0e: (reader) => ({ kind: 'br_table', depths: reader.list(() => reader.u32()), otherwise: reader.u32() }),
  0x0f: plain('return'),
  0x10: indexed('call'),
  0x11: (reader, context) => {
    const type = context.type(reader.u32());
    return { kind: 'call_indirect', type, table: reader.u32() };
  },
  0x1a: plain('drop'),
  0x1b: plain('select'),
  0x1c: (reader) => {
    reader.list(() => readValueType(reader));
    return { kind: 'select' };
  },
  0x20: indexed('local.get'),
  0x21: indexed('local.set'),
  0x22: indexed('local.tee'),
  0x23: indexed('global.get'),
  0x24: indexed('global.set'),
  0x25: indexed('table.get'),
  0x26: indexed('table.set'),
  0x3f: (reader) => (memory(reader), { kind: 'memory.size' }),
  0x40: (reader) => (memory(reader), { kind: 'memory.grow' }),
  0x41: constant('i32', (reader) => BigInt.asUintN(32, reader.s32())),
  0x42: constant('i64', (reader) => BigInt.asUintN(64, reader.s64())),
  0x43: constant('f32', (reader) => reader.bits(4)),
  0x44: constant('f64', (reader) => reader.bits(8)),
  0xd0: (reader) => (readReferenceType(reader), { kind: 'ref.null' }),
  0xd1: plain('ref.is_null'),
  0xd2: indexed('ref.func'),
};

const PREFIX = 0xfc;

/** Behind PREFIX. */
const PREFIXED: Readonly<Record<number, Read>> = {
  8: (reader) => {
    const index = reader.u32();
    memory(reader);
    return { kind: 'memory.init', index };
  },
  9: indexed('data.drop'),
  10: (reader) => (memory(reader), memory(reader), { kind: 'memory.copy' }),
  11: (reader) => (memory(reader), { kind: 'memory.fill' }),
  12: (reader) => {
    const segment = reader.u32();
    return { kind: 'table.init', segment, table: reader.u32() };
  },
  13: indexed('elem.drop'),
  14: (reader) => {
    const to = reader.u32();
    return { kind: 'table.copy', to, from: reader.u32() };
  },
  15: indexed('table.grow'),
  16: indexed('table.size'),
  17: indexed('table.fill'),
};

/** Opcodes of the IR that are WebAssembly's own: neither about boxed values or pointers, nor atomic, nor with a rule here. */
const isNumeric = (name: string): boolean => /^[if](?:32|64)\.(?!const|from_|atomic)/.test(name);

function tableReads(): { plain: Map<number, Read>; prefixed: Map<number, Read> } {
  const reads = { plain: new Map<number, Read>(), prefixed: new Map<number, Read>() };
  for (const name of Object.keys(OPCODES)) {
    const opcode = name as Opcode; // keys of the table
    const { wasm, align } = opcodeRow(opcode);
    if (!isNumeric(name) || !wasm) continue;
    const [first, second] = wasm;
    if (first === undefined) continue;
    const read: Read = align === undefined ? () => ({ kind: 'numeric', opcode }) : (reader) => (reader.u32(), { kind: 'access', opcode, offset: reader.u32() });
    if (first === PREFIX && second !== undefined) reads.prefixed.set(second, read);
    else reads.plain.set(first, read);
  }
  return reads;
}

const TABLE = tableReads();

export function readInstruction(reader: ByteReader, context: CodeContext): Instruction {
  const at = reader.offset;
  const first = reader.u8();
  if (first !== PREFIX) {
    const read = CONTROL[first] ?? TABLE.plain.get(first);
    return read ? read(reader, context) : reader.fail(`the instruction 0x${first.toString(16)} is not supported`, at);
  }
  const second = reader.u32();
  const read = PREFIXED[second] ?? TABLE.prefixed.get(second);
  return read ? read(reader, context) : reader.fail(`the instruction 0xfc ${second} is not supported`, at);
}

/** Instructions up to the `end` that closes the body. */
export function readBody(reader: ByteReader, context: CodeContext): Instruction[] {
  const body: Instruction[] = [];
  for (let depth = 1; depth > 0; ) {
    const instruction = readInstruction(reader, context);
    body.push(instruction);
    if (instruction.kind === 'block' || instruction.kind === 'loop' || instruction.kind === 'if') depth++;
    else if (instruction.kind === 'end') depth--;
  }
  return body;
}

const CONSTANT_KINDS: ReadonlySet<string> = new Set(['const', 'global.get', 'ref.null', 'ref.func']);
const isConstant = (instruction: Instruction): instruction is ConstantInstruction & { at?: number } => CONSTANT_KINDS.has(instruction.kind);

/** A constant expression: one instruction and `end`. */
export function readConstant(reader: ByteReader, context: CodeContext): ConstantInstruction {
  const at = reader.offset;
  const [first, end] = readBody(reader, context);
  if (!first || end?.kind !== 'end' || !isConstant(first)) return reader.fail('only single constants, globals and references may initialize', at);
  return first;
}
