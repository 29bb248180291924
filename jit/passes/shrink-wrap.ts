/**
 * Where a function takes what only some of its calls need: as late as can be, so that ways without such calls pay nothing.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import { dominates, type DominatorTree } from '../../ir/domtree.js';
import { findLoops } from '../../ir/loops.js';
import { blockId, type Block } from '../../ir/types.js';

/** The last block outside of loops that dominates all of these; the entry if the graph is not reducible or there are none. */
export function lastBlockBefore(blocks: readonly Block[], flow: ControlFlow, tree: DominatorTree): Block {
  const { loopOf, reducible } = findLoops(flow, tree);
  if (!reducible) return blockId(0);
  let start: Block | undefined = blocks[0];
  const serves = (block: Block): boolean => (loopOf[block] ?? -1) < 0 && blocks.every((other) => dominates(tree, block, other));
  while (start !== undefined && !serves(start)) start = tree.parent[start] ?? undefined;
  return start ?? blockId(0);
}

/** The block and all that it leads to. */
export function blocksBehind(flow: ControlFlow, start: Block): Set<Block> {
  const seen = new Set<Block>([start]);
  for (const block of seen) for (const next of flow.successors[block] ?? []) seen.add(next);
  return seen;
}
