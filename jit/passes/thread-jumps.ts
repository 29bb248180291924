/**
 * Jump threading: an edge into a block that only decides, and whose decision is known on that edge, goes where the decision
 * leads. What an inlined function reports as a flag is no longer asked for.
 *
 *   p: jump b(x, 1)     b(v, f): brif f, t(v), e     ->     p: jump t(x)
 *
 * Requires: nothing. Ensures: the same results; a reducible graph stays so, since loop headers are left alone, and so are the
 * guards of lower-async, which keep nesting shallow. Values of the
 * block that are used behind it are passed on as parameters first, where one way in makes that plain; else the block is
 * left as it is. Cost: a few rounds, each linear in blocks and in the uses of values that are passed on.
 */
import { addParam } from '../../ir/builder.js';
import { controlFlow, isReachable, type ControlFlow } from '../../ir/cfg.js';
import { dominates, dominatorTree, type DominatorTree } from '../../ir/domtree.js';
import { blockOf, targetsOf, typeOf, usesOf, type BasicBlock, type Instruction, type IrFunction, type Target, type Terminator } from '../../ir/function.js';
import { opcodeRow } from '../../ir/opcodes.js';
import type { Scalar } from '../../ir/scalars.js';
import type { Block, Value } from '../../ir/types.js';
import { constantOf, evaluate } from './constants.js';
import type { PassContext } from './context.js';
import { cloneValue, copyName } from './ssa-repair.js';
import { substituteInBlock } from './substitute.js';

const MAX_ROUNDS = 4;
/** A block that does more before it decides stays whole. */
const MAX_INSTRUCTIONS = 4;

export function threadJumps(func: IrFunction, context?: PassContext): boolean {
  let changed = false;
  for (let round = 0; round < MAX_ROUNDS && threadOnce(func, context?.guards); round++) changed = true;
  return changed;
}

type Decision = Extract<Terminator, { kind: 'brif' }>;

interface Graph {
  readonly func: IrFunction;
  readonly flow: ControlFlow;
  readonly tree: DominatorTree;
  /** Blocks that use each value, the defining one included. */
  readonly uses: Map<Value, Set<Block>>;
  readonly constants: Map<Value, Instruction>;
  /** Blocks around which the graph is no longer what `flow` and `tree` say. */
  readonly stale: Set<Block>;
}

function threadOnce(func: IrFunction, guards?: WeakSet<BasicBlock>): boolean {
  const mayThread = (block: BasicBlock): boolean => !guards?.has(block) && decides(block);
  if (!func.blocks.some((block) => block && mayThread(block))) return false;
  const flow = controlFlow(func);
  const graph: Graph = { func, flow, tree: dominatorTree(flow), uses: new Map(), constants: new Map(), stale: new Set() };
  for (const id of flow.order) collect(graph, id);
  let changed = false;
  for (const id of flow.order) if (mayThread(blockOf(func, id))) changed = threadBlock(graph, id) || changed;
  return changed;
}

/** Whether a block has parameters, little else, and two ways on. */
const decides = ({ params, instructions, terminator }: BasicBlock): boolean =>
  terminator?.kind === 'brif' && params.length > 0 && instructions.length <= MAX_INSTRUCTIONS && instructions.every(({ opcode }) => opcodeRow(opcode).effect === 'pure');

function collect({ func, uses, constants }: Graph, id: Block): void {
  const note = (value: Value): void => {
    const blocks = uses.get(value);
    if (blocks) blocks.add(id);
    else uses.set(value, new Set([id]));
  };
  const { instructions, terminator } = blockOf(func, id);
  for (const instruction of instructions) {
    instruction.operands.forEach(note);
    const [result] = instruction.results;
    if (result !== undefined && constantOf(instruction) !== undefined) constants.set(result, instruction);
  }
  if (terminator) usesOf(terminator).forEach(note);
}

/** An edge whose outcome is known. */
interface Known {
  readonly from: Block;
  readonly edge: Target;
  readonly way: 'then' | 'else';
}

function threadBlock(graph: Graph, id: Block): boolean {
  const { func, flow, stale } = graph;
  const block = blockOf(func, id);
  if (id === 0 || block.terminator?.kind !== 'brif' || stale.has(id)) return false;
  const predecessors = flow.predecessors[id] ?? [];
  if (predecessors.some((from) => stale.has(from) || (flow.position[from] ?? 0) >= (flow.position[id] ?? 0))) return false;
  const known = predecessors.flatMap((from) => knownEdges(graph, from, id, block));
  if (known.length === 0 || !isSelfContained(graph, id, block) || !passOn(graph, id, block, block.terminator)) return false;
  for (const each of known) redirect(graph, each, block, block.terminator);
  for (const other of flow.order) if (dominates(graph.tree, id, other)) stale.add(other);
  for (const { from } of known) stale.add(from);
  return true;
}

function knownEdges(graph: Graph, from: Block, to: Block, block: BasicBlock): Known[] {
  const { terminator } = blockOf(graph.func, from);
  if (terminator?.kind !== 'jump' && terminator?.kind !== 'brif') return [];
  return targetsOf(terminator).flatMap((edge): Known[] => {
    if (edge.block !== to) return [];
    const outcome = outcomeOf(graph, block, edge);
    return outcome === undefined ? [] : [{ from, edge, way: outcome !== 0 ? 'then' : 'else' }];
  });
}

/** What the block's condition comes to on this edge, if that is a constant. */
function outcomeOf({ func, constants }: Graph, block: BasicBlock, edge: Target): Scalar | undefined {
  const values = new Map<Value, Scalar | undefined>();
  block.params.forEach((param, index) => {
    const arg = edge.args[index];
    values.set(param, arg === undefined ? undefined : constantOf(constants.get(arg)));
  });
  for (const instruction of block.instructions) {
    const { opcode, operands, results } = instruction;
    const [result] = results;
    if (result === undefined) continue;
    const inputs = operands.map((operand) => (values.has(operand) ? values.get(operand) : constantOf(constants.get(operand))));
    values.set(result, constantOf(instruction) ?? evaluate(opcode, inputs, typeOf(func, result)));
  }
  return block.terminator?.kind === 'brif' ? values.get(block.terminator.condition) : undefined;
}

/** Whether what the block computes is read in the block alone, and passed on only where it is a constant. */
function isSelfContained({ uses, constants }: Graph, id: Block, { instructions, terminator }: BasicBlock): boolean {
  const passed = new Set(terminator ? targetsOf(terminator).flatMap(({ args }) => args) : []);
  return instructions.every(({ results }) =>
    results.every((result) => [...(uses.get(result) ?? [])].every((user) => user === id) && (!passed.has(result) || constants.has(result))),
  );
}

/**
 * Gives the successors parameters for what is used behind them of the block's own; false, with nothing done, where some use
 * is behind neither.
 */
function passOn(graph: Graph, id: Block, { params }: BasicBlock, decision: Decision): boolean {
  const { func, flow, tree, uses } = graph;
  const outside = params.filter((param) => [...(uses.get(param) ?? [])].some((user) => user !== id));
  if (outside.length === 0) return true;
  const { then, else: otherwise } = decision;
  if (then.block === otherwise.block) return false;
  const ways = [then, otherwise].filter((target) => flow.predecessors[target.block]?.length === 1);
  const wayTo = (user: Block): Target | undefined => ways.find((target) => dominates(tree, target.block, user));
  const usersOf = (param: Value): Block[] => [...(uses.get(param) ?? [])].filter((user) => user !== id);
  if (outside.some((param) => usersOf(param).some((user) => !isReachable(flow, user) || wayTo(user) === undefined))) return false;
  for (const param of outside) {
    const passed = new Map<Target, Value>();
    for (const user of usersOf(param)) {
      const way = wayTo(user);
      if (!way) continue;
      const copy = passed.get(way) ?? addPassed(func, way, param);
      passed.set(way, copy);
      substituteInBlock(blockOf(func, user), new Map([[param, copy]]));
      uses.set(copy, (uses.get(copy) ?? new Set()).add(user));
    }
    uses.set(param, new Set([id]));
  }
  return true;
}

function addPassed(func: IrFunction, way: Target, param: Value): Value {
  const copy = addParam(func, way.block, typeOf(func, param));
  copyName(func, param, copy);
  way.args.push(param);
  return copy;
}

/** Lets an edge go where the block would lead it. */
function redirect({ func, uses, constants }: Graph, { from, edge, way }: Known, { params }: BasicBlock, decision: Decision): void {
  const target = way === 'then' ? decision.then : decision.else;
  const passed = new Map(params.map((param, index) => [param, edge.args[index]]));
  const own = new Set(blockOf(func, edge.block).instructions.flatMap(({ results }) => results));
  edge.args = target.args.map((arg) => {
    const constant = own.has(arg) ? constants.get(arg) : undefined;
    const value = passed.get(arg) ?? (constant ? copyConstant(func, from, arg, constant) : arg);
    uses.set(value, (uses.get(value) ?? new Set()).add(from));
    return value;
  });
  edge.block = target.block;
}

function copyConstant(func: IrFunction, into: Block, value: Value, constant: Instruction): Value {
  const copy = cloneValue(func, value);
  blockOf(func, into).instructions.push({ ...constant, operands: [], immediates: [...constant.immediates], results: [copy] });
  return copy;
}
