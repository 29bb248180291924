/**
 * Edges: for each branch target of each block, the moves that give the target's parameters their arguments.
 *
 * Needs locals. An argument that already lies in the parameter's local moves nothing, and parameters nobody reads get
 * nothing. Edges are numbered as `targetsOf` lists them.
 */
import { blockOf, targetsOf, type IrFunction } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { rootOf, type Demand } from './demand.js';
import { localOf, type Locals } from './localify.js';
import { HOME, type Trees } from './treeify.js';

export interface Move {
  readonly source: Value;
  readonly local: number;
}

export interface Edge {
  readonly target: Block;
  readonly moves: readonly Move[];
}

export function findEdges(
  func: IrFunction,
  order: readonly Block[],
  demand: Demand,
  trees: Trees,
  locals: Locals,
): (readonly Edge[])[] {
  const edges: (readonly Edge[])[] = func.blocks.map(() => []);
  for (const block of order) {
    const { terminator } = blockOf(func, block);
    if (!terminator) continue;
    edges[block] = targetsOf(terminator).map(({ block: target, args }) => {
      const { params } = blockOf(func, target);
      const moves = args.flatMap((arg, index) => moveTo(params[index], rootOf(demand, arg)));
      return { target, moves };
    });
  }
  return edges;

  function moveTo(param: Value | undefined, source: Value): Move[] {
    if (param === undefined || (demand.reads[param] ?? 0) === 0) return [];
    const local = localOf(func, locals, param);
    const stays = trees.home[source] === HOME.local && localOf(func, locals, source) === local;
    return stays ? [] : [{ source, local }];
  }
}
