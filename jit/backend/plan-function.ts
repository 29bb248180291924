/**
 * Plan of a function: everything the back end decides before it emits, each step a plain value made from the ones
 * before. One screen to read the order of things.
 */
import { controlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import type { IrFunction } from '../../ir/function.js';
import { findLoops } from '../../ir/loops.js';
import { BackendError } from './backend-error.js';
import { findDemand, type Demand } from './demand.js';
import { findEdges, type Edge } from './edges.js';
import { liveRanges } from './live-ranges.js';
import { localify, type Locals } from './localify.js';
import { placeBlocks } from './placement.js';
import { structure, type Item } from './structure.js';
import { textPositions } from './text-positions.js';
import { treeify, type Trees } from './treeify.js';

export interface FunctionPlan {
  readonly func: IrFunction;
  readonly demand: Demand;
  readonly trees: Trees;
  readonly locals: Locals;
  /** By block and number of the edge. */
  readonly edges: readonly (readonly Edge[])[];
  readonly items: readonly Item[];
}

export function planFunction(func: IrFunction): FunctionPlan {
  if (func.convention !== 'plain') throw new BackendError('NOT_LOWERED', `${func.name} is still async`);
  const flow = controlFlow(func);
  const dominators = dominatorTree(flow);
  const placement = placeBlocks(func, flow, dominators, findLoops(flow, dominators));
  const demand = findDemand(func, flow);
  const trees = treeify(func, flow, demand);
  const text = textPositions(placement, trees);
  const live = liveRanges(func, flow, placement, demand, trees, text);
  const locals = localify(func, placement, demand, trees, text, live);
  const edges = findEdges(func, placement.order, demand, trees, locals);
  const items = structure(func, placement, trees, edges);
  return { func, demand, trees, locals, edges, items };
}
