/**
 * Computes what is known: operations on constants, identities of single operations, branches on constants.
 *
 * Requires: nothing. Ensures: the same results, NaN payloads included (what would make a NaN is left alone); what is no
 * longer used stays for dce.ts. Cost: one walk in reverse postorder.
 */
import { controlFlow } from '../../ir/cfg.js';
import { blockOf, typeOf, type Instruction, type IrFunction, type Terminator } from '../../ir/function.js';
import type { Value } from '../../ir/types.js';
import { constantOf, evaluate, makeConstant } from './constants.js';
import type { PassContext } from './context.js';
import { simplifyOperation, type Definitions } from './identities.js';
import { substitute, substituteInTerminator } from './substitute.js';

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

/** Turns an instruction into a constant or a simpler one in place, or notes an earlier value that equals its result. */
function foldInstruction(instruction: Instruction, definitions: Definitions, replacements: Map<Value, Value>): boolean {
  const [result] = instruction.results;
  if (result === undefined || instruction.results.length > 1) return false;
  const constant = evaluate(instruction.opcode, instruction.operands.map(definitions.constant), definitions.type(result));
  if (constant !== undefined) {
    makeConstant(instruction, definitions.type(result), constant);
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

function foldTerminator(terminator: Terminator, definitions: Definitions): Terminator {
  const { location } = terminator;
  if (terminator.kind === 'brif') {
    const known = definitions.constant(terminator.condition);
    if (known !== undefined) return { kind: 'jump', target: known !== 0 ? terminator.then : terminator.else, location };
    const maker = definitions.maker(terminator.condition);
    const [operand, other] = maker?.operands ?? [];
    if (operand === undefined) return terminator;
    // A branch tests against zero itself.
    if (maker?.opcode === 'i32.ne' && other !== undefined && definitions.constant(other) === 0) return { ...terminator, condition: operand };
    if (maker?.opcode !== 'i32.eqz') return terminator;
    return { kind: 'brif', condition: operand, then: terminator.else, else: terminator.then, location };
  }
  if (terminator.kind === 'br_table') {
    const known = definitions.constant(terminator.index);
    if (known === undefined) return terminator;
    return { kind: 'jump', target: terminator.targets[Number(known) >>> 0] ?? terminator.otherwise, location };
  }
  return terminator;
}
