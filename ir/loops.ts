/**
 * Natural loops: headers, nesting, members; and whether the graph is reducible.
 *
 * Needs control flow and dominators of the same snapshot. Promises loops with outer before inner. A retreating edge
 * whose head does not dominate its tail makes the graph irreducible; it is listed and belongs to no loop.
 * Linear but for nesting: inner loops are collapsed to their headers while outer ones are walked.
 */
import type { ControlFlow } from './cfg.js';
import { dominates, type DominatorTree } from './domtree.js';
import type { Block } from './types.js';

export interface Loop {
  readonly header: Block;
  /** Sources of the back edges. */
  readonly latches: readonly Block[];
  /** Blocks whose innermost loop this is, the header first; `loopBlocks` adds those of inner loops. */
  readonly members: readonly Block[];
  /** Index of the enclosing loop, or -1. */
  readonly parent: number;
  /** 1 for an outermost loop. */
  readonly depth: number;
}

export interface LoopForest {
  readonly loops: readonly Loop[];
  /** Index of the innermost loop of each block; -1 outside of loops. */
  readonly loopOf: Int32Array;
  readonly reducible: boolean;
  readonly irreducibleEdges: readonly { readonly from: Block; readonly to: Block }[];
}

export function findLoops(flow: ControlFlow, tree: DominatorTree): LoopForest {
  const { latches, irreducibleEdges } = retreatingEdges(flow, tree);
  // Headers in reverse postorder: an outer header comes before the headers in its loop.
  const headers = flow.order.filter((block) => latches.has(block));
  const loopOf = new Int32Array(flow.successors.length).fill(-1);
  const parents = new Int32Array(headers.length).fill(-1);
  for (let index = headers.length - 1; index >= 0; index--) collect(index, headers, latches, flow, loopOf, parents);

  const members: Block[][] = headers.map(() => []);
  for (const block of flow.order) members[loopOf[block] ?? -1]?.push(block);
  const loops: Loop[] = [];
  headers.forEach((header, index) => {
    const parent = parents[index] ?? -1;
    const depth = (loops[parent]?.depth ?? 0) + 1;
    loops.push({ header, latches: latches.get(header) ?? [], members: members[index] ?? [], parent, depth });
  });
  return { loops, loopOf, reducible: irreducibleEdges.length === 0, irreducibleEdges };
}

/** True when the block is in the loop, directly or in a loop inside it. */
export function isInLoop(forest: LoopForest, loop: number, block: Block): boolean {
  const depth = forest.loops[loop]?.depth ?? 0;
  let inner = forest.loopOf[block] ?? -1;
  while ((forest.loops[inner]?.depth ?? 0) > depth) inner = forest.loops[inner]?.parent ?? -1;
  return inner === loop && inner >= 0;
}

/** Every block of a loop, those of inner loops included, the header first. */
export function loopBlocks(forest: LoopForest, loop: number): Block[] {
  const inside = new Set([loop]);
  const blocks: Block[] = [];
  for (let index = loop; index < forest.loops.length; index++) {
    const candidate = forest.loops[index];
    if (!candidate || (index !== loop && !inside.has(candidate.parent))) continue;
    inside.add(index);
    blocks.push(...candidate.members);
  }
  return blocks;
}

function retreatingEdges(flow: ControlFlow, tree: DominatorTree) {
  const latches = new Map<Block, Block[]>();
  const irreducibleEdges: { from: Block; to: Block }[] = [];
  flow.order.forEach((from, index) => {
    for (const to of flow.successors[from] ?? []) {
      if ((flow.position[to] ?? -1) > index) continue;
      if (!dominates(tree, to, from)) irreducibleEdges.push({ from, to });
      else latches.set(to, [...(latches.get(to) ?? []), from]);
    }
  });
  return { latches, irreducibleEdges };
}

/** Walks back from the latches to the header; meets of inner loops continue above their outermost header found so far. */
function collect(
  index: number,
  headers: readonly Block[],
  latches: ReadonlyMap<Block, readonly Block[]>,
  flow: ControlFlow,
  loopOf: Int32Array,
  parents: Int32Array,
): void {
  const header = headers[index];
  if (header === undefined) return;
  loopOf[header] = index;
  const work: Block[] = [...(latches.get(header) ?? [])];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    let outermost = loopOf[block] ?? -1;
    while ((parents[outermost] ?? -1) >= 0) outermost = parents[outermost] ?? -1;
    if (outermost === index) continue;
    if (outermost < 0) loopOf[block] = index;
    else parents[outermost] = index;
    const top = outermost < 0 ? block : (headers[outermost] ?? block);
    for (const predecessor of flow.predecessors[top] ?? []) work.push(predecessor);
  }
}
