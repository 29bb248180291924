/**
 * THE opcode table: builder, parser, printer, verifier, interpreter and encoder read it.
 *
 * One row per instruction: operand types, result types, immediates, effects, Wasm bytes, and a line of doc.
 * Terminators are not here: they are the closed union `Terminator` of function.ts.
 */
import type { Type } from './types.js';

/** What an operand slot accepts: a type, `addr` (i32 or ref) or `any` (all `any` slots of a row agree). */
export type OperandKind = Type | 'addr' | 'any';

/**
 * Immediates, in text order after the operands' opcode name:
 * `i32 i64 f32 f64` literal (i64 as bigint), `offset` bytes added to an address, `func` symbol, `data` symbol,
 * `global` name, `signature` of an indirect call, `tag` the 16 tag bits of a boxed value.
 */
export type ImmediateKind = 'i32' | 'i64' | 'f32' | 'f64' | 'offset' | 'func' | 'data' | 'global' | 'signature' | 'tag';

/** `pure` may be removed, moved and merged; `trap` may only be removed when its result is known; the rest is ordered. */
export type Effect = 'pure' | 'trap' | 'read' | 'write' | 'call';

export interface OpcodeRow {
  readonly operands: readonly OperandKind[];
  /** Result types; 'callee' takes them from the `func` or `signature` immediate. */
  readonly results: readonly OperandKind[] | 'callee';
  readonly immediates: readonly ImmediateKind[];
  readonly effect: Effect;
  /** Wasm opcode bytes; empty: no code is needed (same bits); absent: the encoder has a rule of its own. */
  readonly wasm?: readonly number[];
  /** log2 of the access size, for memory instructions. */
  readonly align?: number;
  readonly doc: string;
}

const row = (
  operands: readonly OperandKind[],
  results: readonly OperandKind[] | 'callee',
  immediates: readonly ImmediateKind[],
  effect: Effect,
  wasm: readonly number[] | undefined,
  doc: string,
  align?: number,
): OpcodeRow => ({ operands, results, immediates, effect, doc, ...(wasm && { wasm }), ...(align !== undefined && { align }) });

const unary = (from: Type, to: Type, byte: number, doc: string, effect: Effect = 'pure'): OpcodeRow =>
  row([from], [to], [], effect, [byte], doc);
const binary = (type: Type, byte: number, doc: string, effect: Effect = 'pure'): OpcodeRow =>
  row([type, type], [type], [], effect, [byte], doc);
const compare = (type: Type, byte: number, doc: string): OpcodeRow => row([type, type], ['i32'], [], 'pure', [byte], doc);
const saturate = (from: Type, to: Type, byte: number): OpcodeRow =>
  row([from], [to], [], 'pure', [0xfc, byte], 'truncate towards zero, clamp to the range, NaN gives 0');
const load = (type: Type, byte: number, align: number, doc: string): OpcodeRow =>
  row(['addr'], [type], ['offset'], 'read', [byte], doc, align);
const store = (type: Type, byte: number, align: number, doc: string): OpcodeRow =>
  row(['addr', type], [], ['offset'], 'write', [byte], doc, align);
const bits = (from: Type, to: Type, doc: string): OpcodeRow => row([from], [to], [], 'pure', [], doc);

export const OPCODES = {
  // Constants
  'i32.const': row([], ['i32'], ['i32'], 'pure', [0x41], 'a 32-bit integer'),
  'i64.const': row([], ['i64'], ['i64'], 'pure', [0x42], 'a 64-bit integer'),
  'f32.const': row([], ['f32'], ['f32'], 'pure', [0x43], 'a single-precision float'),
  'f64.const': row([], ['f64'], ['f64'], 'pure', [0x44], 'a double-precision float'),
  'val.const': row([], ['val'], ['i64'], 'pure', [0x42], 'a boxed value that is no pointer, by its bits'),
  'ref.null': row([], ['ref'], [], 'pure', undefined, 'the pointer to nothing, address 0'),

  // 32-bit integers
  'i32.eqz': unary('i32', 'i32', 0x45, '1 if zero'),
  'i32.eq': compare('i32', 0x46, 'equal'),
  'i32.ne': compare('i32', 0x47, 'not equal'),
  'i32.lt_s': compare('i32', 0x48, 'less, signed'),
  'i32.lt_u': compare('i32', 0x49, 'less, unsigned'),
  'i32.gt_s': compare('i32', 0x4a, 'greater, signed'),
  'i32.gt_u': compare('i32', 0x4b, 'greater, unsigned'),
  'i32.le_s': compare('i32', 0x4c, 'less or equal, signed'),
  'i32.le_u': compare('i32', 0x4d, 'less or equal, unsigned'),
  'i32.ge_s': compare('i32', 0x4e, 'greater or equal, signed'),
  'i32.ge_u': compare('i32', 0x4f, 'greater or equal, unsigned'),
  'i32.clz': unary('i32', 'i32', 0x67, 'leading zero bits'),
  'i32.ctz': unary('i32', 'i32', 0x68, 'trailing zero bits'),
  'i32.popcnt': unary('i32', 'i32', 0x69, 'bits that are set'),
  'i32.add': binary('i32', 0x6a, 'sum modulo 2^32'),
  'i32.sub': binary('i32', 0x6b, 'difference modulo 2^32'),
  'i32.mul': binary('i32', 0x6c, 'product modulo 2^32'),
  'i32.div_s': binary('i32', 0x6d, 'quotient towards zero, signed; traps on zero and overflow', 'trap'),
  'i32.div_u': binary('i32', 0x6e, 'quotient, unsigned; traps on zero', 'trap'),
  'i32.rem_s': binary('i32', 0x6f, 'remainder, signed; traps on zero', 'trap'),
  'i32.rem_u': binary('i32', 0x70, 'remainder, unsigned; traps on zero', 'trap'),
  'i32.and': binary('i32', 0x71, 'bitwise and'),
  'i32.or': binary('i32', 0x72, 'bitwise or'),
  'i32.xor': binary('i32', 0x73, 'bitwise exclusive or'),
  'i32.shl': binary('i32', 0x74, 'shift left by the count modulo 32'),
  'i32.shr_s': binary('i32', 0x75, 'arithmetic shift right'),
  'i32.shr_u': binary('i32', 0x76, 'logical shift right'),
  'i32.rotl': binary('i32', 0x77, 'rotate left'),
  'i32.rotr': binary('i32', 0x78, 'rotate right'),

  // 64-bit integers
  'i64.eqz': unary('i64', 'i32', 0x50, '1 if zero'),
  'i64.eq': compare('i64', 0x51, 'equal'),
  'i64.ne': compare('i64', 0x52, 'not equal'),
  'i64.lt_s': compare('i64', 0x53, 'less, signed'),
  'i64.lt_u': compare('i64', 0x54, 'less, unsigned'),
  'i64.gt_s': compare('i64', 0x55, 'greater, signed'),
  'i64.gt_u': compare('i64', 0x56, 'greater, unsigned'),
  'i64.le_s': compare('i64', 0x57, 'less or equal, signed'),
  'i64.le_u': compare('i64', 0x58, 'less or equal, unsigned'),
  'i64.ge_s': compare('i64', 0x59, 'greater or equal, signed'),
  'i64.ge_u': compare('i64', 0x5a, 'greater or equal, unsigned'),
  'i64.clz': unary('i64', 'i64', 0x79, 'leading zero bits'),
  'i64.ctz': unary('i64', 'i64', 0x7a, 'trailing zero bits'),
  'i64.popcnt': unary('i64', 'i64', 0x7b, 'bits that are set'),
  'i64.add': binary('i64', 0x7c, 'sum modulo 2^64'),
  'i64.sub': binary('i64', 0x7d, 'difference modulo 2^64'),
  'i64.mul': binary('i64', 0x7e, 'product modulo 2^64'),
  'i64.div_s': binary('i64', 0x7f, 'quotient towards zero, signed; traps on zero and overflow', 'trap'),
  'i64.div_u': binary('i64', 0x80, 'quotient, unsigned; traps on zero', 'trap'),
  'i64.rem_s': binary('i64', 0x81, 'remainder, signed; traps on zero', 'trap'),
  'i64.rem_u': binary('i64', 0x82, 'remainder, unsigned; traps on zero', 'trap'),
  'i64.and': binary('i64', 0x83, 'bitwise and'),
  'i64.or': binary('i64', 0x84, 'bitwise or'),
  'i64.xor': binary('i64', 0x85, 'bitwise exclusive or'),
  'i64.shl': binary('i64', 0x86, 'shift left by the count modulo 64'),
  'i64.shr_s': binary('i64', 0x87, 'arithmetic shift right'),
  'i64.shr_u': binary('i64', 0x88, 'logical shift right'),
  'i64.rotl': binary('i64', 0x89, 'rotate left'),
  'i64.rotr': binary('i64', 0x8a, 'rotate right'),

  // Floats
  'f32.eq': compare('f32', 0x5b, 'equal; NaN is not'),
  'f32.ne': compare('f32', 0x5c, 'not equal'),
  'f32.lt': compare('f32', 0x5d, 'less'),
  'f32.gt': compare('f32', 0x5e, 'greater'),
  'f32.le': compare('f32', 0x5f, 'less or equal'),
  'f32.ge': compare('f32', 0x60, 'greater or equal'),
  'f32.abs': unary('f32', 'f32', 0x8b, 'clear the sign'),
  'f32.neg': unary('f32', 'f32', 0x8c, 'flip the sign'),
  'f32.ceil': unary('f32', 'f32', 0x8d, 'round up'),
  'f32.floor': unary('f32', 'f32', 0x8e, 'round down'),
  'f32.trunc': unary('f32', 'f32', 0x8f, 'round towards zero'),
  'f32.nearest': unary('f32', 'f32', 0x90, 'round to nearest, ties to even'),
  'f32.sqrt': unary('f32', 'f32', 0x91, 'square root'),
  'f32.add': binary('f32', 0x92, 'sum'),
  'f32.sub': binary('f32', 0x93, 'difference'),
  'f32.mul': binary('f32', 0x94, 'product'),
  'f32.div': binary('f32', 0x95, 'quotient'),
  'f32.min': binary('f32', 0x96, 'lesser, NaN wins'),
  'f32.max': binary('f32', 0x97, 'greater, NaN wins'),
  'f32.copysign': binary('f32', 0x98, 'first with the sign of the second'),
  'f64.eq': compare('f64', 0x61, 'equal; NaN is not'),
  'f64.ne': compare('f64', 0x62, 'not equal'),
  'f64.lt': compare('f64', 0x63, 'less'),
  'f64.gt': compare('f64', 0x64, 'greater'),
  'f64.le': compare('f64', 0x65, 'less or equal'),
  'f64.ge': compare('f64', 0x66, 'greater or equal'),
  'f64.abs': unary('f64', 'f64', 0x99, 'clear the sign'),
  'f64.neg': unary('f64', 'f64', 0x9a, 'flip the sign'),
  'f64.ceil': unary('f64', 'f64', 0x9b, 'round up'),
  'f64.floor': unary('f64', 'f64', 0x9c, 'round down'),
  'f64.trunc': unary('f64', 'f64', 0x9d, 'round towards zero'),
  'f64.nearest': unary('f64', 'f64', 0x9e, 'round to nearest, ties to even'),
  'f64.sqrt': unary('f64', 'f64', 0x9f, 'square root'),
  'f64.add': binary('f64', 0xa0, 'sum'),
  'f64.sub': binary('f64', 0xa1, 'difference'),
  'f64.mul': binary('f64', 0xa2, 'product'),
  'f64.div': binary('f64', 0xa3, 'quotient'),
  'f64.min': binary('f64', 0xa4, 'lesser, NaN wins'),
  'f64.max': binary('f64', 0xa5, 'greater, NaN wins'),
  'f64.copysign': binary('f64', 0xa6, 'first with the sign of the second'),

  // Conversions
  'i32.wrap_i64': unary('i64', 'i32', 0xa7, 'low 32 bits'),
  'i32.trunc_f32_s': unary('f32', 'i32', 0xa8, 'truncate, signed; traps out of range', 'trap'),
  'i32.trunc_f32_u': unary('f32', 'i32', 0xa9, 'truncate, unsigned; traps out of range', 'trap'),
  'i32.trunc_f64_s': unary('f64', 'i32', 0xaa, 'truncate, signed; traps out of range', 'trap'),
  'i32.trunc_f64_u': unary('f64', 'i32', 0xab, 'truncate, unsigned; traps out of range', 'trap'),
  'i64.extend_i32_s': unary('i32', 'i64', 0xac, 'sign-extend'),
  'i64.extend_i32_u': unary('i32', 'i64', 0xad, 'zero-extend'),
  'i64.trunc_f32_s': unary('f32', 'i64', 0xae, 'truncate, signed; traps out of range', 'trap'),
  'i64.trunc_f32_u': unary('f32', 'i64', 0xaf, 'truncate, unsigned; traps out of range', 'trap'),
  'i64.trunc_f64_s': unary('f64', 'i64', 0xb0, 'truncate, signed; traps out of range', 'trap'),
  'i64.trunc_f64_u': unary('f64', 'i64', 0xb1, 'truncate, unsigned; traps out of range', 'trap'),
  'f32.convert_i32_s': unary('i32', 'f32', 0xb2, 'to float, signed'),
  'f32.convert_i32_u': unary('i32', 'f32', 0xb3, 'to float, unsigned'),
  'f32.convert_i64_s': unary('i64', 'f32', 0xb4, 'to float, signed'),
  'f32.convert_i64_u': unary('i64', 'f32', 0xb5, 'to float, unsigned'),
  'f32.demote_f64': unary('f64', 'f32', 0xb6, 'round to single precision'),
  'f64.convert_i32_s': unary('i32', 'f64', 0xb7, 'to double, signed'),
  'f64.convert_i32_u': unary('i32', 'f64', 0xb8, 'to double, unsigned'),
  'f64.convert_i64_s': unary('i64', 'f64', 0xb9, 'to double, signed'),
  'f64.convert_i64_u': unary('i64', 'f64', 0xba, 'to double, unsigned'),
  'f64.promote_f32': unary('f32', 'f64', 0xbb, 'to double precision'),
  'i32.reinterpret_f32': unary('f32', 'i32', 0xbc, 'same bits'),
  'i64.reinterpret_f64': unary('f64', 'i64', 0xbd, 'same bits'),
  'f32.reinterpret_i32': unary('i32', 'f32', 0xbe, 'same bits'),
  'f64.reinterpret_i64': unary('i64', 'f64', 0xbf, 'same bits'),
  'i32.extend8_s': unary('i32', 'i32', 0xc0, 'sign-extend the low byte'),
  'i32.extend16_s': unary('i32', 'i32', 0xc1, 'sign-extend the low 16 bits'),
  'i64.extend8_s': unary('i64', 'i64', 0xc2, 'sign-extend the low byte'),
  'i64.extend16_s': unary('i64', 'i64', 0xc3, 'sign-extend the low 16 bits'),
  'i64.extend32_s': unary('i64', 'i64', 0xc4, 'sign-extend the low 32 bits'),
  'i32.trunc_sat_f32_s': saturate('f32', 'i32', 0),
  'i32.trunc_sat_f32_u': saturate('f32', 'i32', 1),
  'i32.trunc_sat_f64_s': saturate('f64', 'i32', 2),
  'i32.trunc_sat_f64_u': saturate('f64', 'i32', 3),
  'i64.trunc_sat_f32_s': saturate('f32', 'i64', 4),
  'i64.trunc_sat_f32_u': saturate('f32', 'i64', 5),
  'i64.trunc_sat_f64_s': saturate('f64', 'i64', 6),
  'i64.trunc_sat_f64_u': saturate('f64', 'i64', 7),

  // Boxed values and pointers: the same bits seen with another type, or a tag put on
  'val.from_f64': unary('f64', 'val', 0xbd, 'box a number; its NaN must be canonical (invariant B1)'),
  'f64.from_val': unary('val', 'f64', 0xbf, 'the number in a value whose tag was checked'),
  'val.from_i64': bits('i64', 'val', 'bits as a boxed value'),
  'i64.from_val': bits('val', 'i64', 'a boxed value as bits'),
  'val.box': row(['ref'], ['val'], ['tag'], 'pure', undefined, 'box a pointer under a tag'),
  'ref.from_val': unary('val', 'ref', 0xa7, 'the pointer in a value whose tag was checked'),
  'ref.from_i32': bits('i32', 'ref', 'an address known to be an object'),
  'i32.from_ref': bits('ref', 'i32', 'the address of an object'),
  'ref.eq': compare('ref', 0x46, 'same object'),
  'val.eq': compare('val', 0x51, 'same bits'),

  // Memory
  'i32.load': load('i32', 0x28, 2, 'four bytes'),
  'i64.load': load('i64', 0x29, 3, 'eight bytes'),
  'f32.load': load('f32', 0x2a, 2, 'a single'),
  'f64.load': load('f64', 0x2b, 3, 'a double'),
  'ref.load': load('ref', 0x28, 2, 'a pointer'),
  'val.load': load('val', 0x29, 3, 'a boxed value'),
  'i32.load8_s': load('i32', 0x2c, 0, 'a byte, sign-extended'),
  'i32.load8_u': load('i32', 0x2d, 0, 'a byte, zero-extended'),
  'i32.load16_s': load('i32', 0x2e, 1, 'two bytes, sign-extended'),
  'i32.load16_u': load('i32', 0x2f, 1, 'two bytes, zero-extended'),
  'i64.load8_s': load('i64', 0x30, 0, 'a byte, sign-extended'),
  'i64.load8_u': load('i64', 0x31, 0, 'a byte, zero-extended'),
  'i64.load16_s': load('i64', 0x32, 1, 'two bytes, sign-extended'),
  'i64.load16_u': load('i64', 0x33, 1, 'two bytes, zero-extended'),
  'i64.load32_s': load('i64', 0x34, 2, 'four bytes, sign-extended'),
  'i64.load32_u': load('i64', 0x35, 2, 'four bytes, zero-extended'),
  'i32.store': store('i32', 0x36, 2, 'four bytes'),
  'i64.store': store('i64', 0x37, 3, 'eight bytes'),
  'f32.store': store('f32', 0x38, 2, 'a single'),
  'f64.store': store('f64', 0x39, 3, 'a double'),
  'ref.store': store('ref', 0x36, 2, 'a pointer'),
  'val.store': store('val', 0x37, 3, 'a boxed value'),
  'i32.store8': store('i32', 0x3a, 0, 'the low byte'),
  'i32.store16': store('i32', 0x3b, 1, 'the low two bytes'),
  'i64.store8': store('i64', 0x3c, 0, 'the low byte'),
  'i64.store16': store('i64', 0x3d, 1, 'the low two bytes'),
  'i64.store32': store('i64', 0x3e, 2, 'the low four bytes'),
  'elem.addr': row(['ref', 'i32'], ['i32'], ['offset'], 'pure', undefined, 'address of a byte index into an object plus the offset; never live across a suspension'),
  'memory.size': row([], ['i32'], [], 'read', [0x3f, 0], 'size in 64 KiB pages'),
  'memory.grow': row(['i32'], ['i32'], [], 'write', [0x40, 0], 'grow by pages; the old size, or -1'),
  'memory.copy': row(['i32', 'i32', 'i32'], [], [], 'write', [0xfc, 10, 0, 0], '(to, from, bytes), may overlap'),
  'memory.fill': row(['i32', 'i32', 'i32'], [], [], 'write', [0xfc, 11, 0], '(to, byte, bytes)'),
  'i32.atomic.load': row(['addr'], ['i32'], ['offset'], 'read', [0xfe, 0x10], 'sequentially consistent load', 2),
  'i32.atomic.store': row(['addr', 'i32'], [], ['offset'], 'write', [0xfe, 0x17], 'sequentially consistent store', 2),
  'i32.atomic.rmw.add': row(['addr', 'i32'], ['i32'], ['offset'], 'write', [0xfe, 0x1e], 'add; the old value', 2),
  'i32.atomic.rmw.xchg': row(['addr', 'i32'], ['i32'], ['offset'], 'write', [0xfe, 0x41], 'exchange; the old value', 2),
  'i32.atomic.rmw.cmpxchg': row(['addr', 'i32', 'i32'], ['i32'], ['offset'], 'write', [0xfe, 0x48], '(expected, new); the old value', 2),

  // The rest
  select: row(['any', 'any', 'i32'], ['any'], [], 'pure', [0x1b], 'first if the third is not zero, else second'),
  'global.get': row([], 'callee', ['global'], 'read', [0x23], 'read an instance global'),
  'global.set': row(['any'], [], ['global'], 'write', [0x24], 'write an instance global'),
  'func.index': row([], ['i32'], ['func'], 'pure', undefined, 'table index of a function; takes its address'),
  'data.addr': row([], ['ref'], ['data'], 'pure', undefined, 'address of a static data symbol'),
  call: row([], 'callee', ['func'], 'call', [0x10], 'call a function of the module; operands are its parameters'),
  call_indirect: row(['i32'], 'callee', ['signature'], 'call', [0x11], '(table index, arguments…)'),
} as const satisfies Record<string, OpcodeRow>;

export type Opcode = keyof typeof OPCODES;

/** The row of an opcode, with the table's common shape. */
export const opcodeRow = (opcode: Opcode): OpcodeRow => OPCODES[opcode];

export const isOpcode = (name: string): name is Opcode => Object.hasOwn(OPCODES, name);
