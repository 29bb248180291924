/**
 * Plans the way from the entry of a lowered function back to its suspensions: a tree of dispatches.
 *
 *   root ──┬─ state 1            A head is a block that gets a guard in front: on a resume it dispatches further.
 *          ├─ loop head ─┬─ 2    Each loop that holds a suspension has its header as a head, so a resume enters loops
 *          │             └─ 3    from the front and the graph stays reducible (R1).
 *          └─ region ──┬─ 4…     Long code is cut into regions of a few entries, and those into regions again, so
 *                      └─ …      that nesting grows with the logarithm of the states (R2).
 *
 * Regions are found from the end of the code to its start: as soon as a block dominates enough open entries, it becomes
 * their head. What is left at the start of crowded code is gathered level by level at landings: empty blocks that
 * `insertLandings` puts there before.
 *
 * Requires: a reducible graph with all blocks reachable. Ensures: a head dominates what it leads to and is not the
 * entry (R3); the states below each entry are numbered without a gap, from 1 (R4). Cost: linear but for sorting; no
 * recursion.
 */
import { addBlock } from '../../ir/builder.js';
import type { ControlFlow } from '../../ir/cfg.js';
import type { DominatorTree } from '../../ir/domtree.js';
import { blockOf, type IrFunction } from '../../ir/function.js';
import type { LoopForest } from '../../ir/loops.js';
import { blockId, type Block } from '../../ir/types.js';

export interface DispatchLimits {
  /** Code with no more entries than this needs no regions. */
  readonly crowd: number;
  /** How many entries a region collects. */
  readonly region: number;
  /** Entries of one br_table. */
  readonly targets: number;
}

/** Each entry of a level nests one block deep, so 8 entries on 6 levels, 8^6 states, stay below 64. */
export const DISPATCH_LIMITS: DispatchLimits = { crowd: 16, region: 8, targets: 32 };

export interface StateEntry {
  readonly kind: 'state';
  /** The block that ends in the suspension. */
  readonly block: Block;
  first: number;
  readonly count: 1;
}

export interface HeadEntry {
  readonly kind: 'head';
  readonly block: Block;
  readonly entries: readonly ResumeEntry[];
  first: number;
  readonly count: number;
}

export type ResumeEntry = StateEntry | HeadEntry;

/** Entries that wait for a head, by the loop the head must be in (-1: none), then by level of regions. */
type Open = Map<number, ResumeEntry[][]>;

/** How entries become regions. */
interface Folding {
  /** Loops (-1: the function) with more entries than one dispatch takes. */
  readonly crowded: ReadonlySet<number>;
  readonly landings: ReadonlySet<Block>;
  readonly region: number;
  readonly fold: (block: Block, entries: ResumeEntry[]) => HeadEntry;
}

/** A function as the planner sees it. `suspensions`: the blocks that end in one. */
export interface ResumeGraph {
  readonly flow: ControlFlow;
  readonly tree: DominatorTree;
  readonly forest: LoopForest;
  readonly suspensions: readonly Block[];
}

/** The entries of the root dispatch. */
export function planResume(graph: ResumeGraph, landings: ReadonlySet<Block>, limits: DispatchLimits): ResumeEntry[] {
  const { flow, tree, forest } = graph;
  const suspends = new Set(graph.suspensions);
  const crowded = new Set(crowdedLoops(graph, limits).keys());
  const open: (Open | undefined)[] = [];
  const byPreorder = [...flow.order].sort((a, b) => (tree.first[b] ?? 0) - (tree.first[a] ?? 0));
  const folding: Folding = { crowded, landings, region: limits.region, fold: (block, entries) => makeHead(block, entries, flow) };
  for (const block of byPreorder) {
    const loop = forest.loopOf[block] ?? -1;
    const here = gather(tree.children[block] ?? [], open, forest, folding);
    open[block] = here;
    if (suspends.has(block)) levelOf(here, loop, 0).push({ kind: 'state', block, first: 0, count: 1 });
    const waiting = here.get(loop);
    if (!waiting) continue;
    if (forest.loops[loop]?.header === block) {
      here.delete(loop);
      levelOf(here, forest.loops[loop]?.parent ?? -1, 0).push(folding.fold(block, waiting.flat()));
    } else if (crowded.has(loop) && block !== flow.order[0]) {
      foldFullLevel(block, waiting, folding);
    }
  }
  const [entry] = flow.order;
  const rest = entry === undefined ? undefined : open[entry];
  const roots = [...(rest?.values() ?? [])].flat(2);
  sortByPosition(roots, flow);
  number(roots);
  return roots;
}

/** Loops (-1: the function) with more states and inner loops than one dispatch takes, and how many those are. */
function crowdedLoops({ forest, suspensions }: ResumeGraph, limits: DispatchLimits): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (loop: number): void => void counts.set(loop, (counts.get(loop) ?? 0) + 1);
  const seen = new Set<number>();
  for (const block of suspensions) {
    let loop = forest.loopOf[block] ?? -1;
    add(loop);
    while (loop >= 0 && !seen.has(loop)) {
      seen.add(loop);
      loop = forest.loops[loop]?.parent ?? -1;
      add(loop);
    }
  }
  return new Map([...counts].filter(([, count]) => count > limits.crowd));
}

/**
 * Puts empty blocks at the start of crowded code: behind the headers of crowded loops, or behind the entry. The entry
 * must only jump. Makes analyses of the graph stale if it gives any.
 */
export function insertLandings(func: IrFunction, graph: ResumeGraph, limits: DispatchLimits): Set<Block> {
  const landings = new Set<Block>();
  for (const [loop, count] of crowdedLoops(graph, limits)) {
    const start = blockOf(func, graph.forest.loops[loop]?.header ?? blockId(0));
    let next = addBlock(func);
    func.blocks[next] = { params: [], instructions: start.instructions, terminator: start.terminator };
    start.instructions = [];
    for (let reach = 1; reach < count; reach *= Math.max(2, limits.region)) {
      const landing = addBlock(func);
      blockOf(func, landing).terminator = { kind: 'jump', target: { block: next, args: [] } };
      landings.add(landing);
      next = landing;
    }
    start.terminator = { kind: 'jump', target: { block: next, args: [] } };
  }
  return landings;
}

/** Merges what the dominated blocks left open; where that is too much for one region, they get regions of their own. */
function gather(
  children: readonly Block[],
  open: (Open | undefined)[],
  forest: LoopForest,
  folding: Folding,
): Open {
  let merged: Open = new Map();
  for (const child of children) {
    let from = open[child] ?? new Map<number, ResumeEntry[][]>();
    open[child] = undefined;
    if (children.length > 1) foldChild(child, from, forest.loopOf[child] ?? -1, folding);
    if (from.size > merged.size) [from, merged] = [merged, from];
    for (const [loop, levels] of from) {
      levels.forEach((entries, level) => {
        const into = levelOf(merged, loop, level);
        for (const entry of entries) into.push(entry);
      });
    }
  }
  return merged;
}

/** Before its entries meet those of siblings, a child with half a region's worth keeps them. */
function foldChild(child: Block, from: Open, loop: number, { crowded, region, fold }: Folding): void {
  const levels = crowded.has(loop) ? from.get(loop) : undefined;
  if (!levels || levels.flat().some((entry) => entry.block === child && entry.kind === 'head')) return;
  const total = levels.reduce((sum, entries) => sum + entries.length, 0);
  if (total < region / 2) return;
  from.set(loop, []);
  levelOf(from, loop, levels.length).push(fold(child, levels.flat()));
}

/**
 * A block becomes the head of the highest level that is full, and with it of what is open on lower levels: a region
 * holds all suspensions behind its head, or resumes of the others would come in behind the guard.
 */
function foldFullLevel(block: Block, levels: ResumeEntry[][], { region, landings, fold }: Folding): void {
  if (landings.has(block)) return foldAtLanding(block, levels, region, fold);
  const full = levels.findLastIndex((entries) => entries.length >= region);
  if (full < 0) return;
  const entries = levels.splice(0, full + 1, ...Array.from({ length: full + 1 }, () => [])).flat();
  (levels[full + 1] ??= []).push(fold(block, entries));
}

/** Gathers the lowest level that has entries, unless few are left in all. */
function foldAtLanding(block: Block, levels: ResumeEntry[][], region: number, fold: Folding['fold']): void {
  const lowest = levels.findIndex((entries) => entries.length > 0);
  const entries = levels[lowest];
  if (!entries || levels.flat().length <= region) return;
  levels[lowest] = [];
  (levels[lowest + 1] ??= []).push(...(entries.length === 1 ? entries : [fold(block, entries)]));
}

function levelOf(open: Open, loop: number, level: number): ResumeEntry[] {
  const levels = open.get(loop) ?? [];
  open.set(loop, levels);
  while (levels.length <= level) levels.push([]);
  return levels[level] ?? [];
}

function makeHead(block: Block, entries: ResumeEntry[], flow: ControlFlow): HeadEntry {
  sortByPosition(entries, flow);
  return { kind: 'head', block, entries, first: 0, count: entries.reduce((sum, entry) => sum + entry.count, 0) };
}

function sortByPosition(entries: ResumeEntry[], flow: ControlFlow): void {
  entries.sort((a, b) => (flow.position[a.block] ?? 0) - (flow.position[b.block] ?? 0));
}

const pushEntry = (stack: ResumeEntry[], entry: ResumeEntry | undefined): void => void (entry && stack.push(entry));

/** Numbers the states depth first; an explicit stack, since regions nest with the input. */
function number(roots: readonly ResumeEntry[]): void {
  let next = 1;
  const stack = [...roots].reverse();
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    entry.first = next;
    if (entry.kind === 'state') next++;
    else for (let index = entry.entries.length - 1; index >= 0; index--) pushEntry(stack, entry.entries[index]);
  }
}
