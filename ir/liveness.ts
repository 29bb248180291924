/**
 * Liveness: which values a block needs from its predecessors and hands to its successors.
 *
 * Needs control flow of the same snapshot, and definitions that dominate their uses. Walks back from each use to the
 * definition (Appel; Boissinot et al.), so the time is that of writing the answer down: linear in the size of the sets.
 *
 *   block2(v5: i32):          live-in of block2: what it or a later block uses of other blocks' values; not v5.
 *     ...
 *     jump block3(v7)         v7 is used here, at the end of block2; it is live-out only if used further on by its own name.
 */
import type { ControlFlow } from './cfg.js';
import { blockOf, targetsOf, usesOf, type IrFunction } from './function.js';
import { valueId, type Block, type Value } from './types.js';

export interface Liveness {
  /** Values live at each block's start, its own parameters excluded; ascending. Empty for unreachable blocks. */
  readonly liveIn: readonly (readonly Value[])[];
  /** Values live behind each block's terminator: the union of its successors' live-in; ascending. */
  readonly liveOut: readonly (readonly Value[])[];
}

export function liveness(func: IrFunction, flow: ControlFlow): Liveness {
  const liveIn: Value[][] = func.blocks.map(() => []);
  const liveOut: Value[][] = func.blocks.map(() => []);
  const definedIn = definitionBlocks(func, flow);
  const uses = useBlocks(func, flow, definedIn);
  const markedIn = new Int32Array(func.blocks.length).fill(-1);
  const markedOut = new Int32Array(func.blocks.length).fill(-1);
  const work: Block[] = [];
  for (const [index, blocks] of uses.entries()) {
    if (!blocks) continue;
    const value = valueId(index);
    work.push(...blocks);
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      if (definedIn[index] === block || markedIn[block] === index) continue;
      markedIn[block] = index;
      liveIn[block]?.push(value);
      for (const predecessor of flow.predecessors[block] ?? []) {
        if (markedOut[predecessor] !== index) {
          markedOut[predecessor] = index;
          liveOut[predecessor]?.push(value);
        }
        work.push(predecessor);
      }
    }
  }
  return { liveIn, liveOut };
}

/**
 * Values that must survive if this block's terminator suspends: live behind it, or passed on to `ok` or `error`;
 * ascending. Empty if the terminator is no `await` or `await_call`.
 */
export function liveAcrossSuspension(func: IrFunction, lives: Liveness, block: Block): readonly Value[] {
  const { terminator } = blockOf(func, block);
  if (terminator?.kind !== 'await' && terminator?.kind !== 'await_call') return [];
  const passed = targetsOf(terminator).flatMap((target) => target.args);
  return [...new Set([...(lives.liveOut[block] ?? []), ...passed])].sort((a, b) => a - b);
}

/** The reachable blocks that end in a suspension, in reverse postorder. */
export function suspendingBlocks(func: IrFunction, flow: ControlFlow): Block[] {
  return flow.order.filter((block) => {
    const kind = blockOf(func, block).terminator?.kind;
    return kind === 'await' || kind === 'await_call';
  });
}

/** Index of the block that defines each value; -1 where none that is reachable does. */
export function definitionBlocks(func: IrFunction, flow: ControlFlow): Int32Array {
  const definedIn = new Int32Array(func.valueTypes.length).fill(-1);
  for (const block of flow.order) {
    const { params, instructions } = blockOf(func, block);
    for (const param of params) definedIn[param] = block;
    for (const instruction of instructions) for (const result of instruction.results) definedIn[result] = block;
  }
  return definedIn;
}

/** For each value the blocks, other than the defining one, that use it. */
function useBlocks(func: IrFunction, flow: ControlFlow, definedIn: Int32Array): (Block[] | undefined)[] {
  const uses: (Block[] | undefined)[] = new Array<Block[] | undefined>(func.valueTypes.length).fill(undefined);
  for (const block of flow.order) {
    const note = (value: Value): void => {
      if (definedIn[value] === block || (definedIn[value] ?? -1) < 0) return;
      const list = (uses[value] ??= []);
      if (list.at(-1) !== block) list.push(block);
    };
    const { instructions, terminator } = blockOf(func, block);
    for (const instruction of instructions) instruction.operands.forEach(note);
    if (terminator) usesOf(terminator).forEach(note);
  }
  return uses;
}
