/**
 * The control-flow graph of a function: neighbours, reverse postorder, reachability.
 *
 * Needs a terminator in every reachable block. Promises tables indexed by block over a snapshot of the function; a
 * change of any terminator makes them stale. Depth-first search with an explicit stack, linear in blocks and edges.
 */
import { blockOf, targetsOf, type IrFunction } from './function.js';
import { blockId, type Block } from './types.js';

export interface ControlFlow {
  /** Distinct successors in the order of the terminator's targets; empty for unreachable blocks. */
  readonly successors: readonly (readonly Block[])[];
  /** Distinct reachable predecessors, in reverse postorder. */
  readonly predecessors: readonly (readonly Block[])[];
  /** The reachable blocks in reverse postorder; the entry is first. */
  readonly order: readonly Block[];
  /** Position of each block in `order`; -1 where it cannot be reached. */
  readonly position: Int32Array;
}

export function controlFlow(func: IrFunction): ControlFlow {
  const successors: Block[][] = func.blocks.map(() => []);
  const predecessors: Block[][] = func.blocks.map(() => []);
  const position = new Int32Array(func.blocks.length).fill(-1);
  const order = postorder(func, successors).reverse();
  order.forEach((block, index) => {
    position[block] = index;
    for (const next of successors[block] ?? []) predecessors[next]?.push(block);
  });
  return { successors, predecessors, order, position };
}

export const isReachable = (flow: ControlFlow, block: Block): boolean => (flow.position[block] ?? -1) >= 0;

/** Fills `successors` of what can be reached and returns it in postorder. */
function postorder(func: IrFunction, successors: Block[][]): Block[] {
  const done: Block[] = [];
  if (func.blocks.length === 0) return done;
  const seen = new Uint8Array(func.blocks.length);
  const stack: { block: Block; next: number }[] = [];
  const enter = (block: Block): void => {
    seen[block] = 1;
    successors[block] = distinctSuccessors(func, block);
    stack.push({ block, next: 0 });
  };
  enter(blockId(0));
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const target = successors[top.block]?.[top.next++];
    if (target === undefined) {
      done.push(top.block);
      stack.pop();
    } else if (!seen[target]) {
      enter(target);
    }
  }
  return done;
}

function distinctSuccessors(func: IrFunction, block: Block): Block[] {
  const { terminator } = blockOf(func, block);
  if (!terminator) throw new Error(`block${block} of ${func.name} has no terminator`);
  return [...new Set(targetsOf(terminator).map((target) => target.block))];
}
