/**
 * Restores SSA after a change of control flow: variables with several definitions, or whose one definition no longer
 * dominates its uses, get block parameters where definitions meet (the iterated dominance frontier, after Cytron et
 * al., pruned by liveness).
 *
 * Requires: a graph without suspensions; at most one definition of a variable in a block; in a block that holds a
 *   definition, uses come after it.
 * Ensures: each use reads the definition that reaches it; where none does, a constant of the type.
 * Cost: per variable the blocks where it is live, times the frontiers met; no recursion.
 */
import { addParam, addValue } from '../../ir/builder.js';
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree, type DominatorTree } from '../../ir/domtree.js';
import { blockOf, targetsOf, typeOf, usesOf, type IrFunction } from '../../ir/function.js';
import { definitionBlocks } from '../../ir/liveness.js';
import type { Block, Value } from '../../ir/types.js';
import { placeholder } from './placeholder.js';
import { substituteInBlock } from './substitute.js';

/** From `block` on, `value` stands for the variable. */
export interface Redefinition {
  readonly block: Block;
  readonly value: Value;
}

interface Graph {
  readonly func: IrFunction;
  readonly flow: ControlFlow;
  readonly tree: DominatorTree;
  readonly frontier: readonly (readonly Block[])[];
}

/** The keys are the variables, named by their first definition; each with its further definitions, if any. */
export function repairSsa(func: IrFunction, variables: ReadonlyMap<Value, readonly Redefinition[]>): boolean {
  if (variables.size === 0) return false;
  const flow = controlFlow(func);
  const tree = dominatorTree(flow);
  const graph: Graph = { func, flow, tree, frontier: dominanceFrontiers(flow, tree) };
  const definedIn = definitionBlocks(func, flow);
  const usedIn = blocksUsing(func, flow, variables);
  const substitutions = new Map<Block, Map<Value, Value>>();
  const merges: Merge[] = [];
  for (const [variable, more] of variables) {
    const definitions = new Map<Block, Value>(more.map(({ block, value }) => [block, value]));
    const home = definedIn[variable] ?? -1;
    if (home >= 0) definitions.set(home as Block, variable); // definitionBlocks holds block ids
    repairVariable(graph, variable, definitions, usedIn.get(variable) ?? [], substitutions, merges);
  }
  for (const [block, map] of substitutions) substituteInBlock(blockOf(func, block), map);
  for (const merge of merges) feedMerge(graph, merge);
  return substitutions.size > 0 || merges.length > 0;
}

/** A block that received a parameter for a variable, and the variable's value at the end of each predecessor. */
interface Merge {
  readonly block: Block;
  readonly variable: Value;
  readonly incoming: ReadonlyMap<Block, Value | null>;
}

function repairVariable(
  graph: Graph,
  variable: Value,
  definitions: ReadonlyMap<Block, Value>,
  uses: readonly Block[],
  substitutions: Map<Block, Map<Value, Value>>,
  merges: Merge[],
): void {
  const { func, flow } = graph;
  const live = liveInBlocks(flow, definitions, uses);
  const params = new Map<Block, Value>();
  for (const block of mergeBlocks(graph, definitions, live)) {
    const param = addParam(func, block, typeOf(func, variable));
    copyName(func, variable, param);
    params.set(block, param);
  }
  const reaching = reachingValues(graph, definitions, params);
  for (const block of uses) {
    const value = definitions.get(block) ?? reaching(block) ?? placeholder(func, block, typeOf(func, variable), 'start');
    if (value === variable) continue;
    const map = substitutions.get(block) ?? new Map<Value, Value>();
    substitutions.set(block, map.set(variable, value));
  }
  for (const block of params.keys()) {
    const incoming = new Map<Block, Value | null>();
    for (const from of flow.predecessors[block] ?? []) incoming.set(from, definitions.get(from) ?? reaching(from));
    merges.push({ block, variable, incoming });
  }
}

function feedMerge({ func }: Graph, { block, variable, incoming }: Merge): void {
  for (const [from, reaching] of incoming) {
    const value = reaching ?? placeholder(func, from, typeOf(func, variable), 'end');
    const { terminator } = blockOf(func, from);
    for (const target of terminator ? targetsOf(terminator) : []) if (target.block === block) target.args.push(value);
  }
}

/** Blocks at whose start the variable is live. */
function liveInBlocks(flow: ControlFlow, definitions: ReadonlyMap<Block, Value>, uses: readonly Block[]): Set<Block> {
  const live = new Set<Block>();
  const work = [...uses];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (definitions.has(block) || live.has(block)) continue;
    live.add(block);
    work.push(...(flow.predecessors[block] ?? []));
  }
  return live;
}

/** Where different definitions meet and the variable is live; in reverse postorder. */
function mergeBlocks(graph: Graph, definitions: ReadonlyMap<Block, Value>, live: ReadonlySet<Block>): Block[] {
  const found = new Set<Block>();
  const work = [...definitions.keys()];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const meeting of graph.frontier[block] ?? []) {
      if (found.has(meeting) || !live.has(meeting)) continue;
      found.add(meeting);
      if (!definitions.has(meeting)) work.push(meeting);
    }
  }
  const { position } = graph.flow;
  return [...found].sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0));
}

/** The value at the start of a block: the nearest definition or parameter up the dominator tree; null if there is none. */
function reachingValues(
  { tree }: Graph,
  definitions: ReadonlyMap<Block, Value>,
  params: ReadonlyMap<Block, Value>,
): (block: Block) => Value | null {
  const known = new Map<Block, Value | null>(params);
  return (start) => {
    const path: Block[] = [];
    let answer: Value | null = null;
    for (let block: Block | null = start; block !== null; ) {
      const at = known.get(block);
      if (at !== undefined) {
        answer = at;
        break;
      }
      path.push(block);
      const above: Block | null = tree.parent[block] ?? null;
      const defined: Value | undefined = above === null ? undefined : definitions.get(above);
      if (defined !== undefined) {
        answer = defined;
        break;
      }
      block = above;
    }
    for (const block of path) known.set(block, answer);
    return answer;
  };
}

/** For each block the blocks where its dominance ends. */
export function dominanceFrontiers(flow: ControlFlow, tree: DominatorTree): Block[][] {
  const frontiers: Block[][] = flow.successors.map(() => []);
  for (const block of flow.order) {
    const predecessors = flow.predecessors[block] ?? [];
    const stop = tree.parent[block] ?? null;
    if (predecessors.length < 2 && stop !== null) continue;
    for (const predecessor of predecessors) {
      for (let runner: Block | null = predecessor; runner !== null && runner !== stop; runner = tree.parent[runner] ?? null) {
        const frontier = frontiers[runner];
        if (frontier && frontier.at(-1) !== block) frontier.push(block);
      }
    }
  }
  return frontiers;
}

/** The blocks that use each variable, each once. */
function blocksUsing(func: IrFunction, flow: ControlFlow, variables: ReadonlyMap<Value, unknown>): Map<Value, Block[]> {
  const found = new Map<Value, Block[]>();
  for (const block of flow.order) {
    const note = (value: Value): void => {
      if (!variables.has(value)) return;
      const blocks = found.get(value);
      if (!blocks) found.set(value, [block]);
      else if (blocks.at(-1) !== block) blocks.push(block);
    };
    const { instructions, terminator } = blockOf(func, block);
    for (const { operands } of instructions) operands.forEach(note);
    if (terminator) usesOf(terminator).forEach(note);
  }
  return found;
}

/** Gives a value that stands for a source variable the variable's name. */
export function copyName(func: IrFunction, from: Value, to: Value): void {
  const name = func.valueNames.get(from);
  if (name !== undefined) func.valueNames.set(to, name);
}

/** A value of the same type and name as another. */
export function cloneValue(func: IrFunction, value: Value): Value {
  const clone = addValue(func, typeOf(func, value));
  copyName(func, value, clone);
  return clone;
}
