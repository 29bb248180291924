/**
 * Computes what is known: operations on constants, identities of single operations, branches on constants.
 *
 * Requires: nothing. Ensures: the same results, NaN payloads included (what would make a NaN is left alone); what is no
 * longer used stays for dce.ts. Cost: one walk in reverse postorder.
 */
import { controlFlow } from '../../ir/cfg.js';
import { blockOf, typeOf, type Immediate, type Instruction, type IrFunction, type Terminator } from '../../ir/function.js';
import { opcodeRow, type Opcode } from '../../ir/opcodes.js';
import { SCALARS, isScalarOpcode, type Scalar } from '../../ir/scalars.js';
import type { Type, Value } from '../../ir/types.js';
import type { PassContext } from './context.js';
import { simplifyOperation, type Definitions } from './identities.js';
import { substitute, substituteInTerminator } from './substitute.js';

const CONSTANT_OF: Readonly<Record<Type, Opcode>> = {
  i32: 'i32.const', i64: 'i64.const', f32: 'f32.const', f64: 'f64.const', val: 'val.const', ref: 'ref.null',
};

export function fold(func: IrFunction, _context?: PassContext): boolean {
  const makers = new Map<Value, Instruction>();
  const definitions: Definitions = {
    maker: (value) => makers.get(value),
    constant: (value) => constantOf(makers.get(value)),
    type: (value) => typeOf(func, value),
  };
  const replacements = new Map<Value, Value>();
  let changed = false;
  for (const id of controlFlow(func).order) {
    const block = blockOf(func, id);
    for (const instruction of block.instructions) {
      instruction.operands = instruction.operands.map((operand) => replacements.get(operand) ?? operand);
      changed = foldInstruction(instruction, definitions, replacements) || changed;
      for (const result of instruction.results) makers.set(result, instruction);
    }
    if (block.terminator) {
      substituteInTerminator(block.terminator, replacements);
      const terminator = foldTerminator(block.terminator, definitions);
      if (terminator !== block.terminator) changed = true;
      block.terminator = terminator;
    }
  }
  return substitute(func, replacements) || changed;
}

function constantOf(maker: Instruction | undefined): Scalar | undefined {
  if (maker?.opcode === 'ref.null') return 0;
  if (!maker?.opcode.endsWith('.const')) return undefined;
  const [immediate] = maker.immediates;
  return typeof immediate === 'number' || typeof immediate === 'bigint' ? immediate : undefined;
}

/** Turns an instruction into a constant or a simpler one in place, or notes an earlier value that equals its result. */
function foldInstruction(instruction: Instruction, definitions: Definitions, replacements: Map<Value, Value>): boolean {
  const [result] = instruction.results;
  if (result === undefined || instruction.results.length > 1) return false;
  const constant = evaluate(instruction, definitions);
  if (constant !== undefined) {
    instruction.opcode = CONSTANT_OF[definitions.type(result)];
    instruction.operands = [];
    instruction.immediates = instruction.opcode === 'ref.null' ? [] : [constant];
    return true;
  }
  const simpler = simplifyOperation(instruction, definitions);
  if (simpler === null) return false;
  if (simpler.kind === 'value') {
    replacements.set(result, simpler.value);
    return true;
  }
  instruction.opcode = simpler.opcode;
  instruction.operands = [...simpler.operands];
  instruction.immediates = [...simpler.immediates];
  return true;
}

/** The result of a computation on constants; undefined if it is none, traps, or gives a NaN. */
function evaluate({ opcode, operands, results }: Instruction, definitions: Definitions): Immediate | undefined {
  if (!isScalarOpcode(opcode) || operands.length === 0 || opcodeRow(opcode).immediates.length > 0) return undefined;
  const constants = operands.map(definitions.constant);
  const [a, b = 0, c = 0] = constants;
  if (a === undefined || constants.includes(undefined)) return undefined;
  const [result] = results;
  const value = tryEvaluate(SCALARS[opcode], a, b, c);
  if (value === undefined || Number.isNaN(value)) return undefined;
  return result !== undefined && definitions.type(result) === 'ref' && value !== 0 ? undefined : value;
}

function tryEvaluate(compute: (a: Scalar, b: Scalar, c: Scalar) => Scalar, a: Scalar, b: Scalar, c: Scalar): Scalar | undefined {
  try {
    return compute(a, b, c);
  } catch {
    return undefined; // it traps when it runs
  }
}

function foldTerminator(terminator: Terminator, definitions: Definitions): Terminator {
  const { location } = terminator;
  if (terminator.kind === 'brif') {
    const known = definitions.constant(terminator.condition);
    if (known !== undefined) return { kind: 'jump', target: known !== 0 ? terminator.then : terminator.else, location };
    const maker = definitions.maker(terminator.condition);
    const [operand] = maker?.operands ?? [];
    if (operand === undefined || maker?.opcode !== 'i32.eqz') return terminator;
    return { kind: 'brif', condition: operand, then: terminator.else, else: terminator.then, location };
  }
  if (terminator.kind === 'br_table') {
    const known = definitions.constant(terminator.index);
    if (known === undefined) return terminator;
    return { kind: 'jump', target: terminator.targets[Number(known) >>> 0] ?? terminator.otherwise, location };
  }
  return terminator;
}
