/**
 * Constants that stand where a value is needed and which one does not matter. The collector may see them, so a `ref`
 * is null and a `val` is `undefined`.
 */
import { addValue } from '../../ir/builder.js';
import { blockOf, type Immediate, type IrFunction } from '../../ir/function.js';
import type { Opcode } from '../../ir/opcodes.js';
import type { Block, Type, Value } from '../../ir/types.js';
import { UNDEFINED } from '../abi.js';

const CONSTANTS: Readonly<Record<Type, { readonly opcode: Opcode; readonly immediates: readonly Immediate[] }>> = {
  i32: { opcode: 'i32.const', immediates: [0] },
  i64: { opcode: 'i64.const', immediates: [0n] },
  f32: { opcode: 'f32.const', immediates: [0] },
  f64: { opcode: 'f64.const', immediates: [0] },
  ref: { opcode: 'ref.null', immediates: [] },
  val: { opcode: 'val.const', immediates: [BigInt.asIntN(64, UNDEFINED)] },
};

/** Puts such a constant at the start or the end of a block. */
export function placeholder(func: IrFunction, block: Block, type: Type, where: 'start' | 'end'): Value {
  const value = addValue(func, type);
  const { opcode, immediates } = CONSTANTS[type];
  const instruction = { opcode, operands: [], immediates: [...immediates], results: [value] };
  const { instructions } = blockOf(func, block);
  if (where === 'start') instructions.unshift(instruction);
  else instructions.push(instruction);
  return value;
}
