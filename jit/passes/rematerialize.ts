/**
 * Computes again behind a suspension what is cheaper to compute than to save: constants, addresses of symbols, and
 * conversions of values that live across the same suspensions anyway.
 *
 * Requires: suspensions still as terminators. Ensures: no constant lives across a suspension; results are unchanged.
 * Cost: one clone for each value and block that uses it; linear in uses.
 */
import { addBlock, addParam } from '../../ir/builder.js';
import { controlFlow } from '../../ir/cfg.js';
import { blockOf, targetsOf, typeOf, usesOf, type BasicBlock, type Instruction, type IrFunction, type Target } from '../../ir/function.js';
import { liveAcrossSuspension, liveness, suspendingBlocks } from '../../ir/liveness.js';
import type { Opcode } from '../../ir/opcodes.js';
import type { Block, Value } from '../../ir/types.js';
import type { PassContext } from './context.js';
import { cloneValue } from './ssa-repair.js';
import { substituteInBlock } from './substitute.js';

const CONSTANTS: ReadonlySet<Opcode> = new Set<Opcode>([
  'i32.const', 'i64.const', 'f32.const', 'f64.const', 'val.const', 'ref.null', 'func.index', 'data.addr',
]);

/** One cheap machine instruction, or none. */
const CONVERSIONS: ReadonlySet<Opcode> = new Set<Opcode>([
  'val.from_f64', 'f64.from_val', 'val.from_i64', 'i64.from_val', 'val.box', 'ref.from_val', 'ref.from_i32',
  'i32.from_ref', 'i32.wrap_i64', 'i64.extend_i32_s', 'i64.extend_i32_u', 'i32.eqz', 'f64.convert_i32_s',
  'f64.convert_i32_u', 'f64.neg',
]);

export function rematerialize(func: IrFunction, _context?: PassContext): boolean {
  const flow = controlFlow(func);
  const lives = liveness(func, flow);
  const suspensionsOf = new Map<Value, Set<Block>>();
  const suspensions = suspendingBlocks(func, flow);
  for (const block of suspensions) {
    for (const value of liveAcrossSuspension(func, lives, block)) {
      const blocks = suspensionsOf.get(value);
      if (blocks) blocks.add(block);
      else suspensionsOf.set(value, new Set([block]));
    }
  }
  const cheap = findCheap(func, flow.order, suspensionsOf);
  if (cheap.size === 0) return false;
  for (const block of suspensions) splitPassing(func, block, cheap);
  for (const block of func.blocks) if (block) cloneInto(func, block.instructions, block, cheap);
  return true;
}

/** Values that cross a suspension and need not, with the instructions that make them. */
function findCheap(
  func: IrFunction,
  order: readonly Block[],
  suspensionsOf: ReadonlyMap<Value, ReadonlySet<Block>>,
): Map<Value, Instruction> {
  const cheap = new Map<Value, Instruction>();
  for (const block of order) {
    for (const instruction of blockOf(func, block).instructions) {
      const [result] = instruction.results;
      const crossed = result === undefined ? undefined : suspensionsOf.get(result);
      if (result === undefined || !crossed) continue;
      if (CONSTANTS.has(instruction.opcode)) cheap.set(result, instruction);
      if (!CONVERSIONS.has(instruction.opcode)) continue;
      const [operand] = instruction.operands;
      const saved = operand === undefined ? undefined : suspensionsOf.get(operand);
      if (operand === undefined || !saved || cheap.has(operand)) continue;
      if ([...crossed].every((suspension) => saved.has(suspension))) cheap.set(result, instruction);
    }
  }
  return cheap;
}

/** Puts a block on the edges of a suspension that pass cheap values on, so that they can be made there. */
function splitPassing(func: IrFunction, block: Block, cheap: ReadonlyMap<Value, Instruction>): void {
  const { terminator } = blockOf(func, block);
  for (const target of terminator ? targetsOf(terminator) : []) {
    if (target.args.some((value) => cheap.has(value))) splitEdge(func, target);
  }
}

function splitEdge(func: IrFunction, target: Target): void {
  const between = addBlock(func);
  const [supplied] = blockOf(func, target.block).params;
  if (supplied === undefined) throw new Error(`${func.name}: the target of an await lacks its parameter`);
  const value = addParam(func, between, typeOf(func, supplied));
  blockOf(func, between).terminator = { kind: 'jump', target: { block: target.block, args: [value, ...target.args] } };
  target.block = between;
  target.args = [];
}

/** Gives a block its own copies of the cheap values that it uses and does not define; in front of the first use. */
function cloneInto(
  func: IrFunction,
  instructions: Instruction[],
  block: BasicBlock,
  cheap: ReadonlyMap<Value, Instruction>,
): void {
  const here = new Set(instructions.flatMap(({ results }) => results));
  const copies = new Map<Value, Value>();
  const rewritten: Instruction[] = [];
  const need = (value: Value): void => {
    const source = cheap.get(value);
    if (!source || here.has(value) || copies.has(value)) return;
    const copy = cloneValue(func, value);
    copies.set(value, copy);
    rewritten.push({ ...source, operands: [...source.operands], immediates: [...source.immediates], results: [copy] });
  };
  for (const instruction of instructions) {
    instruction.operands.forEach(need);
    rewritten.push(instruction);
  }
  if (block.terminator) usesOf(block.terminator).forEach(need);
  if (copies.size === 0) return;
  block.instructions = rewritten;
  substituteInBlock(block, copies);
}
