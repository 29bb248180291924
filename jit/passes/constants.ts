/**
 * What is known of values that are constants: their bits, the instruction that makes one, what an operation gives on them;
 * and which globals are as good as constants.
 */
import type { Immediate, Instruction } from '../../ir/function.js';
import { opcodeRow, type Opcode } from '../../ir/opcodes.js';
import { SCALARS, isScalarOpcode, type Scalar } from '../../ir/scalars.js';
import type { Type } from '../../ir/types.js';

export const CONSTANT_OF: Readonly<Record<Type, Opcode>> = {
  i32: 'i32.const', i64: 'i64.const', f32: 'f32.const', f64: 'f64.const', val: 'val.const', ref: 'ref.null',
};

/** Globals that nobody writes while a poll runs. */
export const STANDING_GLOBALS: ReadonlySet<string> = new Set(['header', 'data', 'shadowLimit']);

/** The constant that an instruction makes; undefined if it is something else. */
export function constantOf(maker: Instruction | undefined): Scalar | undefined {
  if (maker?.opcode === 'ref.null') return 0;
  if (!maker?.opcode.endsWith('.const')) return undefined;
  const [immediate] = maker.immediates;
  return typeof immediate === 'number' || typeof immediate === 'bigint' ? immediate : undefined;
}

/** Turns an instruction into the constant of its result's type; a pointer can only be null. */
export function makeConstant(instruction: Instruction, type: Type, value: Immediate): void {
  instruction.opcode = CONSTANT_OF[type];
  instruction.operands = [];
  instruction.immediates = type === 'ref' ? [] : [value];
}

/** The result of a computation on constants; undefined if it is none, traps, gives a NaN, or a pointer that is not null. */
export function evaluate(opcode: Opcode, constants: readonly (Scalar | undefined)[], type: Type): Scalar | undefined {
  if (!isScalarOpcode(opcode) || constants.length === 0 || opcodeRow(opcode).immediates.length > 0) return undefined;
  const [a, b = 0, c = 0] = constants;
  if (a === undefined || constants.includes(undefined)) return undefined;
  const value = tryEvaluate(SCALARS[opcode], a, b, c);
  if (value === undefined || Number.isNaN(value)) return undefined;
  return type === 'ref' && value !== 0 ? undefined : value;
}

function tryEvaluate(compute: (a: Scalar, b: Scalar, c: Scalar) => Scalar, a: Scalar, b: Scalar, c: Scalar): Scalar | undefined {
  try {
    return compute(a, b, c);
  } catch {
    return undefined; // it traps when it runs
  }
}
