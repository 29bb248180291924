/**
 * Removes instructions whose results nobody needs, and block parameters that feed only themselves.
 *
 * Requires: nothing. Ensures: what is left has an effect or is needed, directly or not, by something that has.
 * Cost: linear in instructions and branch arguments.
 */
import { blockOf, ownUsesOf, suppliedParams, targetsOf, typeOf, type Instruction, type IrFunction, type Target, type Terminator } from '../../ir/function.js';
import { opcodeRow } from '../../ir/opcodes.js';
import { blockId, type Value } from '../../ir/types.js';
import type { PassContext } from './context.js';

export function eliminateDeadCode(func: IrFunction, _context?: PassContext): boolean {
  const needed = findNeeded(func);
  let changed = false;
  const removed = new Map<number, Set<number>>();
  func.blocks.forEach((block, index) => {
    if (!block) return;
    const kept = block.instructions.filter((instruction) => isRoot(func, instruction) || instruction.results.some((result) => needed.has(result)));
    if (kept.length < block.instructions.length) changed = true;
    block.instructions = kept;
    const dead = block.params.flatMap((param, position) => (needed.has(param) ? [] : [position]));
    if (dead.length > 0) removed.set(index, new Set(dead));
  });
  return removeParams(func, removed) || changed;
}

/** True if the instruction stays whether or not its results are used. */
function isRoot(func: IrFunction, { opcode, operands }: Instruction): boolean {
  const { effect } = opcodeRow(opcode);
  if (effect === 'pure') return false;
  if (effect !== 'read') return true;
  const [address] = operands;
  return address !== undefined && typeOf(func, address) !== 'ref'; // such a load may trap
}

/** Values that effects depend on. */
function findNeeded(func: IrFunction): Set<Value> {
  const makers = new Map<Value, Instruction>();
  const sources = new Map<Value, Value[]>();
  const needed = new Set<Value>();
  const work: Value[] = [];
  const need = (value: Value): void => {
    if (needed.has(value)) return;
    needed.add(value);
    work.push(value);
  };
  for (const block of func.blocks) {
    if (!block) continue;
    for (const instruction of block.instructions) {
      for (const result of instruction.results) makers.set(result, instruction);
      if (isRoot(func, instruction)) instruction.operands.forEach(need);
    }
    if (!block.terminator) continue;
    ownUsesOf(block.terminator).forEach(need);
    for (const target of targetsOf(block.terminator)) noteSources(func, block.terminator, target, sources, need);
  }
  blockOf(func, blockId(0)).params.forEach(need);
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    makers.get(value)?.operands.forEach(need);
    sources.get(value)?.forEach(need);
  }
  return needed;
}

/** Notes where parameters come from; one that the terminator supplies itself stays. */
function noteSources(func: IrFunction, terminator: Terminator, target: Target, sources: Map<Value, Value[]>, need: (value: Value) => void): void {
  const supplied = suppliedParams(terminator);
  blockOf(func, target.block).params.forEach((param, index) => {
    const arg = target.args[index - supplied];
    if (arg === undefined) return need(param);
    const list = sources.get(param);
    if (list) list.push(arg);
    else sources.set(param, [arg]);
  });
}

/** Removes parameters by block and position, and the arguments for them. */
export function removeParams(func: IrFunction, removed: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  if (removed.size === 0) return false;
  func.blocks.forEach((block, index) => {
    if (!block) return;
    const here = removed.get(index);
    if (here) block.params = block.params.filter((_, position) => !here.has(position));
    if (!block.terminator) return;
    const supplied = suppliedParams(block.terminator);
    for (const target of targetsOf(block.terminator)) {
      const there = removed.get(target.block);
      if (there) target.args = target.args.filter((_, position) => !there.has(position + supplied));
    }
  });
  return true;
}
