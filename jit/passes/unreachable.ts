/**
 * Removes the blocks that no path from the entry reaches; they become holes.
 *
 * Requires: nothing. Ensures: every block that is left is reachable. Cost: linear.
 */
import { controlFlow, isReachable } from '../../ir/cfg.js';
import type { IrFunction } from '../../ir/function.js';
import { blockId } from '../../ir/types.js';
import type { PassContext } from './context.js';

export function removeUnreachable(func: IrFunction, _context?: PassContext): boolean {
  const flow = controlFlow(func);
  let changed = false;
  func.blocks.forEach((block, index) => {
    if (!block || isReachable(flow, blockId(index))) return;
    func.blocks[index] = null;
    changed = true;
  });
  return changed;
}
