/**
 * Placement: where each block stands in the text of the WebAssembly function, after Ramsey, "Beyond Relooper" (2022).
 *
 * Needs the analyses of a reducible function. Every block is placed under its immediate dominator, in one of three ways:
 *
 *   inline   the one edge that reaches it becomes the place where its code stands;
 *   within   behind the dominator's code, in a `block … end` whose label the edges branch to;
 *   after    behind the whole loop, also with a label: a block that is dominated from inside a loop it is not part of.
 *            (Small ends such as a trap stay inline, in the loop's text.)
 *
 * Hence a loop's text holds its blocks and little else: engines see innermost loops as such, and loops that follow each
 * other do not nest. Promises a text order in which definitions precede uses and only back edges go back.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import type { DominatorTree } from '../../ir/domtree.js';
import { blockOf, targetsOf, type IrFunction } from '../../ir/function.js';
import { isInLoop, type LoopForest } from '../../ir/loops.js';
import type { Block } from '../../ir/types.js';
import { BackendError } from './backend-error.js';

export interface Placement {
  /** All reachable blocks in text order, up to the order of the two small arms of an if-else. */
  readonly order: readonly Block[];
  /** Blocks that stand at the place of an edge out of this block. */
  readonly inline: readonly (readonly Block[])[];
  readonly within: readonly (readonly Block[])[];
  readonly after: readonly (readonly Block[])[];
  readonly isInline: Uint8Array;
  readonly isLoop: Uint8Array;
  /** Number of blocks under each block in the dominator tree, itself included. */
  readonly size: Int32Array;
  /** For loop headers: the last block, by its index in `order`, of the loop's text. */
  readonly loopEnd: Int32Array;
}

/** Up to this many blocks, dominated from inside a loop, may stay in the loop's text although they leave it. */
const SMALL_EXIT = 8;
/** Exits from a loop's header or latches go behind it, while they are few: each costs a nested block. */
const MAIN_EXITS = 3;

export function placeBlocks(func: IrFunction, flow: ControlFlow, tree: DominatorTree, forest: LoopForest): Placement {
  const irreducible = forest.irreducibleEdges[0];
  if (irreducible) {
    const { from, to } = irreducible;
    throw new BackendError('IRREDUCIBLE', `${func.name}: block${from} jumps into the loop at block${to} beside its header`);
  }
  const count = func.blocks.length;
  const lists = (): Block[][] => func.blocks.map(() => []);
  const placement = { inline: lists(), within: lists(), after: lists(), isInline: new Uint8Array(count) };
  const isLoop = new Uint8Array(count);
  for (const { header } of forest.loops) isLoop[header] = 1;
  const { size, holdsLoop } = subtrees(flow, tree, isLoop);
  const entries = forwardEntries(func, flow);
  const isMainExit = (header: Block, from: Block): boolean =>
    (from === header || (flow.successors[from]?.includes(header) ?? false)) && (placement.after[header]?.length ?? 0) < MAIN_EXITS;
  for (const block of flow.order) {
    const above = tree.parent[block] ?? null;
    if (above === null) continue;
    const left = leftLoopHeader(forest, above, block);
    const single = entries.count[block] === 1 && !entries.bySwitch[block];
    const small = (size[block] ?? 0) <= SMALL_EXIT && !holdsLoop[block];
    if (single && (left === null || (small && !isMainExit(left, above)))) {
      placement.isInline[block] = 1;
      placement.inline[above]?.push(block);
    } else if (left === null) {
      placement.within[above]?.push(block);
    } else {
      placement.after[left]?.push(block);
    }
  }
  // The smaller arm comes first, or what it reads would stay alive all through the larger one.
  for (const arms of placement.inline) arms.sort((a, b) => (size[a] ?? 0) - (size[b] ?? 0));
  return { ...placement, isLoop, size, ...textOrder(flow, placement, isLoop) };
}

/** Header of the outermost loop that holds `from` but not `to`. */
function leftLoopHeader(forest: LoopForest, from: Block, to: Block): Block | null {
  let header: Block | null = null;
  for (let index = forest.loopOf[from] ?? -1; index >= 0 && !isInLoop(forest, index, to); ) {
    const loop = forest.loops[index];
    header = loop?.header ?? null;
    index = loop?.parent ?? -1;
  }
  return header;
}

/** Sizes of dominator subtrees and whether they hold a loop's header. */
function subtrees(flow: ControlFlow, tree: DominatorTree, isLoop: Uint8Array) {
  const size = new Int32Array(isLoop.length);
  const holdsLoop = Uint8Array.from(isLoop);
  for (const block of flow.order.toReversed()) {
    size[block] = (size[block] ?? 0) + 1;
    const above = tree.parent[block] ?? null;
    if (above === null) continue;
    size[above] = (size[above] ?? 0) + (size[block] ?? 0);
    holdsLoop[above] = (holdsLoop[above] ?? 0) | (holdsLoop[block] ?? 0);
  }
  return { size, holdsLoop };
}

/** How many forward edges enter each block, and whether one of them is of a `br_table`. */
function forwardEntries(func: IrFunction, flow: ControlFlow) {
  const count = new Int32Array(func.blocks.length);
  const bySwitch = new Uint8Array(func.blocks.length);
  flow.order.forEach((from, index) => {
    const { terminator } = blockOf(func, from);
    if (!terminator) return;
    for (const { block } of targetsOf(terminator)) {
      if ((flow.position[block] ?? 0) <= index) continue;
      count[block] = (count[block] ?? 0) + 1;
      if (terminator.kind === 'br_table') bySwitch[block] = 1;
    }
  });
  return { count, bySwitch };
}

/** Walks the placement depth first: inline, then within, end of the loop, then after. */
function textOrder(flow: ControlFlow, lists: Pick<Placement, 'inline' | 'within' | 'after'>, isLoop: Uint8Array) {
  const order: Block[] = [];
  const loopEnd = new Int32Array(isLoop.length).fill(-1);
  const [entry] = flow.order;
  const work: { block: Block; closes: boolean }[] = entry === undefined ? [] : [{ block: entry, closes: false }];
  const push = (blocks: readonly Block[] | undefined): void => {
    for (const block of blocks?.toReversed() ?? []) work.push({ block, closes: false });
  };
  for (let task = work.pop(); task; task = work.pop()) {
    const { block, closes } = task;
    if (closes) {
      loopEnd[block] = order.length - 1;
      continue;
    }
    order.push(block);
    push(lists.after[block]);
    if (isLoop[block]) work.push({ block, closes: true });
    push(lists.within[block]);
    push(lists.inline[block]);
  }
  return { order, loopEnd };
}
