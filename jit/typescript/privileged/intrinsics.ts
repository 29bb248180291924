/**
 * The intrinsics of the dialect and what each compiles to. Reference meanings: jit/stdlib/intrinsics.ts.
 *
 * Rows are of three sorts: a plain opcode over the arguments, a memory access (address and offset first), and a function
 * that emits. Those that need literal arguments (`str`, `funcIndex`, …) are in static-intrinsics.ts.
 */
import type { Builder } from '../../../ir/builder.js';
import type { Opcode } from '../../../ir/opcodes.js';
import type { Value } from '../../../ir/types.js';
import { FIRST_TAGGED, FALSE, TAG } from '../../abi.js';
import type { MachineType } from './machine-types.js';

/** `addr` accepts i32 and ref. */
export type ParamType = MachineType | 'addr';

export interface Intrinsic {
  readonly params: readonly ParamType[];
  readonly result: MachineType;
  /** `offset`: the constant second argument of a memory access. */
  readonly emit: (builder: Builder, operands: readonly Value[], offset: number) => Value | null;
  /** A memory access: the second argument is an offset, an immediate when it is constant. */
  readonly memory: boolean;
}

const op = (opcode: Opcode, params: readonly ParamType[], result: MachineType): Intrinsic => ({
  params,
  result,
  memory: false,
  emit: (builder, operands) => builder.emit(opcode, operands)[0] ?? null,
});

const memory = (opcode: Opcode, stored: readonly ParamType[], result: MachineType): Intrinsic => ({
  params: ['addr', ...stored],
  result,
  memory: true,
  emit: (builder, operands, offset) => builder.emit(opcode, operands, offset)[0] ?? null,
});

const custom = (
  params: readonly ParamType[],
  result: MachineType,
  emit: (builder: Builder, operands: readonly Value[]) => Value,
): Intrinsic => ({ params, result, memory: false, emit });

const only = (operands: readonly Value[]): Value => {
  const [first] = operands;
  if (first === undefined) throw new Error('an intrinsic lacks its operand');
  return first;
};

const boxed = (tag: number): Intrinsic['emit'] => (builder, operands) => builder.op('val.box', operands, tag);

const tagIs = (tag: number): Intrinsic =>
  custom(['val'], 'bool', (builder, operands) => builder.op('i32.eq', [tagBits(builder, only(operands)), builder.i32(tag)]));

/** The top 16 bits of a boxed value. */
export function tagBits(builder: Builder, value: Value): Value {
  const shifted = builder.op('i64.shr_u', [builder.op('i64.from_val', [value]), builder.i64(48n)]);
  return builder.op('i32.wrap_i64', [shifted]);
}

export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  load8: memory('i32.load8_u', [], 'i32'),
  load8s: memory('i32.load8_s', [], 'i32'),
  load16: memory('i32.load16_u', [], 'i32'),
  load32: memory('i32.load', [], 'i32'),
  load64: memory('i64.load', [], 'i64'),
  loadF32: {
    params: ['addr'],
    result: 'f64',
    memory: true,
    emit: (builder, operands, offset) => builder.op('f64.promote_f32', [builder.op('f32.load', operands, offset)]),
  },
  loadF64: memory('f64.load', [], 'f64'),
  loadRef: memory('ref.load', [], 'ref'),
  loadVal: memory('val.load', [], 'val'),
  store8: memory('i32.store8', ['i32'], 'void'),
  store16: memory('i32.store16', ['i32'], 'void'),
  store32: memory('i32.store', ['i32'], 'void'),
  store64: memory('i64.store', ['i64'], 'void'),
  storeF32: {
    params: ['addr', 'f64'],
    result: 'void',
    memory: true,
    emit: (builder, [address, value], offset) => {
      const single = builder.op('f32.demote_f64', value === undefined ? [] : [value]);
      builder.emit('f32.store', address === undefined ? [] : [address, single], offset);
      return null;
    },
  },
  storeF64: memory('f64.store', ['f64'], 'void'),
  storeRef: memory('ref.store', ['ref'], 'void'),
  storeVal: memory('val.store', ['val'], 'void'),
  atomicLoad: memory('i32.atomic.load', [], 'i32'),
  atomicStore: memory('i32.atomic.store', ['i32'], 'void'),
  atomicCompareExchange: memory('i32.atomic.rmw.cmpxchg', ['i32', 'i32'], 'i32'),
  copyBytes: op('memory.copy', ['i32', 'i32', 'i32'], 'void'),
  fillBytes: op('memory.fill', ['i32', 'i32', 'i32'], 'void'),

  ltu: op('i32.lt_u', ['i32', 'i32'], 'bool'),
  gtu: op('i32.gt_u', ['i32', 'i32'], 'bool'),
  leu: op('i32.le_u', ['i32', 'i32'], 'bool'),
  geu: op('i32.ge_u', ['i32', 'i32'], 'bool'),
  divu: op('i32.div_u', ['i32', 'i32'], 'i32'),
  remu: op('i32.rem_u', ['i32', 'i32'], 'i32'),
  imul: op('i32.mul', ['i32', 'i32'], 'i32'),
  clz32: op('i32.clz', ['i32'], 'i32'),
  ctz32: op('i32.ctz', ['i32'], 'i32'),
  rotl32: op('i32.rotl', ['i32', 'i32'], 'i32'),
  add64: op('i64.add', ['i64', 'i64'], 'i64'),
  sub64: op('i64.sub', ['i64', 'i64'], 'i64'),
  mul64: op('i64.mul', ['i64', 'i64'], 'i64'),
  divu64: op('i64.div_u', ['i64', 'i64'], 'i64'),
  remu64: op('i64.rem_u', ['i64', 'i64'], 'i64'),
  shl64: op('i64.shl', ['i64', 'i64'], 'i64'),
  shru64: op('i64.shr_u', ['i64', 'i64'], 'i64'),
  shrs64: op('i64.shr_s', ['i64', 'i64'], 'i64'),
  ltu64: op('i64.lt_u', ['i64', 'i64'], 'bool'),
  clz64: op('i64.clz', ['i64'], 'i64'),
  ctz64: op('i64.ctz', ['i64'], 'i64'),

  toF64: op('f64.convert_i32_s', ['i32'], 'f64'),
  toF64u: op('f64.convert_i32_u', ['i32'], 'f64'),
  toI32: op('i32.trunc_sat_f64_s', ['f64'], 'i32'),
  toI64: op('i64.extend_i32_s', ['i32'], 'i64'),
  toI64u: op('i64.extend_i32_u', ['i32'], 'i64'),
  wrap: op('i32.wrap_i64', ['i64'], 'i32'),
  i64ToF64: op('f64.convert_i64_s', ['i64'], 'f64'),
  i64ToF64u: op('f64.convert_i64_u', ['i64'], 'f64'),
  f64ToI64: op('i64.trunc_sat_f64_s', ['f64'], 'i64'),
  bitsOfF64: op('i64.reinterpret_f64', ['f64'], 'i64'),
  f64OfBits: op('f64.reinterpret_i64', ['i64'], 'f64'),

  sqrt: op('f64.sqrt', ['f64'], 'f64'),
  floor: op('f64.floor', ['f64'], 'f64'),
  ceil: op('f64.ceil', ['f64'], 'f64'),
  trunc: op('f64.trunc', ['f64'], 'f64'),
  abs: op('f64.abs', ['f64'], 'f64'),
  nearest: op('f64.nearest', ['f64'], 'f64'),
  fmin: op('f64.min', ['f64', 'f64'], 'f64'),
  fmax: op('f64.max', ['f64', 'f64'], 'f64'),
  copysign: op('f64.copysign', ['f64', 'f64'], 'f64'),

  boxF64: op('val.from_f64', ['f64'], 'val'),
  unboxF64: op('f64.from_val', ['val'], 'f64'),
  boxObject: { params: ['ref'], result: 'val', memory: false, emit: boxed(TAG.object) },
  boxString: { params: ['ref'], result: 'val', memory: false, emit: boxed(TAG.string) },
  boxBool: custom(['bool'], 'val', (builder, operands) => {
    const wide = builder.op('i64.extend_i32_u', [only(operands)]);
    return builder.op('val.from_i64', [builder.op('i64.add', [wide, builder.i64(FALSE)])]);
  }),
  unboxRef: op('ref.from_val', ['val'], 'ref'),
  isNumber: custom(['val'], 'bool', (builder, operands) =>
    builder.op('i64.lt_u', [builder.op('i64.from_val', operands), builder.i64(FIRST_TAGGED)]),
  ),
  isObject: tagIs(TAG.object),
  isString: tagIs(TAG.string),
  tagOf: custom(['val'], 'i32', (builder, operands) => tagBits(builder, only(operands))),
  valBits: op('i64.from_val', ['val'], 'i64'),
  valOfBits: op('val.from_i64', ['i64'], 'val'),
  refAt: op('ref.from_i32', ['i32'], 'ref'),
  addressOf: op('i32.from_ref', ['ref'], 'i32'),
};
