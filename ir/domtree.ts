/**
 * Dominators, after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm".
 *
 * Needs a control-flow snapshot. Promises immediate dominators of the reachable blocks and a constant-time dominance
 * test by the intervals of a walk over the tree. No recursion.
 */
import type { ControlFlow } from './cfg.js';
import { blockId, type Block } from './types.js';

export interface DominatorTree {
  /** Immediate dominator of each block; null for the entry and for unreachable blocks. */
  readonly parent: readonly (Block | null)[];
  /** Blocks that a block immediately dominates, in reverse postorder. */
  readonly children: readonly (readonly Block[])[];
  /** Interval of each block's subtree: `first` is its preorder number, `last` the greatest in the subtree; -1 if unreachable. */
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export function dominatorTree(flow: ControlFlow): DominatorTree {
  const parentPosition = immediateDominators(flow);
  const parent: (Block | null)[] = flow.successors.map(() => null);
  const children: Block[][] = flow.successors.map(() => []);
  flow.order.forEach((block, index) => {
    const above = index === 0 ? undefined : flow.order[parentPosition[index] ?? 0];
    if (above === undefined) return;
    parent[block] = above;
    children[above]?.push(block);
  });
  return { parent, children, ...intervals(flow, children) };
}

/** True when every path from the entry to `below` passes through `above`; a block dominates itself. */
export function dominates(tree: DominatorTree, above: Block, below: Block): boolean {
  const number = tree.first[below] ?? -1;
  const first = tree.first[above] ?? -1;
  return first >= 0 && number >= first && number <= (tree.last[above] ?? -1);
}

/** For each position in the order, the position of its immediate dominator. */
function immediateDominators(flow: ControlFlow): Int32Array {
  const { order, position, predecessors } = flow;
  const parent = new Int32Array(order.length).fill(-1);
  parent[0] = 0;
  const at = (index: number): number => parent[index] ?? -1;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = at(a);
      while (b > a) b = at(b);
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = 1; index < order.length; index++) {
      let best = -1;
      for (const predecessor of predecessors[order[index] ?? blockId(0)] ?? []) {
        const from = position[predecessor] ?? -1;
        if (at(from) >= 0) best = best < 0 ? from : meet(best, from);
      }
      if (best === at(index)) continue;
      parent[index] = best;
      changed = true;
    }
  }
  return parent;
}

function intervals(flow: ControlFlow, children: readonly (readonly Block[])[]): { first: Int32Array; last: Int32Array } {
  const first = new Int32Array(children.length).fill(-1);
  const last = new Int32Array(children.length).fill(-1);
  const stack: { block: Block; next: number }[] = [];
  let count = 0;
  const enter = (block: Block | undefined): void => {
    if (block === undefined) return;
    first[block] = count++;
    stack.push({ block, next: 0 });
  };
  enter(flow.order[0]);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = children[top.block]?.[top.next++];
    if (child !== undefined) {
      enter(child);
    } else {
      last[top.block] = count - 1;
      stack.pop();
    }
  }
  return { first, last };
}
