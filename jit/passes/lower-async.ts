/**
 * Turns an async function into a plain state machine `f(frame, mode, …params) -> (value, status)` and its resume thunk.
 *
 *   entry(frame, mode, …):  frame ? dispatch : body
 *   dispatch:               state = frame.state; reloads; br_table …       resume-dispatch.ts, planned by resume-plan.ts
 *   body:                   the old blocks, each suspension taken apart    suspension-points.ts
 *
 * The frame comes into being on the path that first suspends, so until then `frame` is 0; a call that never waits has
 * none. Values that live across suspensions are saved on that path and become variables with several definitions,
 * which ssa-repair.ts puts back into SSA.
 *
 * Requires: convention `async`, a reducible graph, nothing that branches to the entry (V3), no address live across a suspension. Ensures: convention `plain`, a
 * reducible graph without suspensions, no br_table with more than 32 targets; the shape `frame$f`, the thunk `f$resume`
 * and a layout in the context if the function can suspend. Cost: linear but for the sizes of live sets.
 */
import { Builder, addBlock, addParam, addValue } from '../../ir/builder.js';
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import { blockOf, createFunction, type IrFunction } from '../../ir/function.js';
import { definitionBlocks, liveAcrossSuspension, liveness, suspendingBlocks, type Liveness } from '../../ir/liveness.js';
import { findLoops } from '../../ir/loops.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import { RESUME_SIGNATURE, TAG } from '../abi.js';
import type { PassContext } from './context.js';
import { describeFrame, frameShape, planFrame } from './frame-layout.js';
import { placeholder } from './placeholder.js';
import { rematerialize } from './rematerialize.js';
import { buildDispatches, headsOf } from './resume-dispatch.js';
import { insertLandings, planResume, type ResumeEntry, type ResumeGraph } from './resume-plan.js';
import { repairSsa, type Redefinition } from './ssa-repair.js';
import { DISPATCH_OFFSET, lowerSuspension, resumeSymbol } from './suspension-points.js';
import { removeUnreachable } from './unreachable.js';

/** What 16 bits of PROMISE.state can tell apart, without 0. */
const MAX_STATES = 0xffff;

export function lowerAsync(func: IrFunction, context: PassContext): boolean {
  if (func.convention !== 'async') return false;
  context.callFacts = null;
  removeUnreachable(func);
  rematerialize(func, context);
  const entry = addEntry(func);
  func.convention = 'plain';
  const graph = graphOf(func);
  if (graph.suspensions.length === 0) return true;
  const landings = insertLandings(func, graph, context.dispatchLimits);
  lowerBody(func, context, entry, landings.size > 0 ? graphOf(func) : graph, landings);
  return true;
}

interface Entry {
  readonly frame: Value;
  readonly mode: Value;
  /** What was the entry block. */
  readonly body: Block;
}

/**
 * Puts a new entry block with the parameters of the convention in front of the old one, which moves to a new id. The way
 * to it is there as a jump, so that the analyses see the graph as the source has it.
 */
function addEntry(func: IrFunction): Entry {
  const old = blockOf(func, blockId(0));
  const body = addBlock(func);
  func.blocks[body] = old;
  func.blocks[0] = { params: [], instructions: [], terminator: { kind: 'jump', target: { block: body, args: [] } } };
  const frame = addParam(func, blockId(0), 'ref');
  const mode = addParam(func, blockId(0), 'i32');
  func.valueNames.set(frame, 'frame').set(mode, 'mode');
  blockOf(func, blockId(0)).params.push(...old.params);
  old.params = [];
  func.params.unshift('ref', 'i32');
  return { frame, mode, body };
}

function graphOf(func: IrFunction): ResumeGraph {
  const flow = controlFlow(func);
  const tree = dominatorTree(flow);
  return { flow, tree, forest: findLoops(flow, tree), suspensions: suspendingBlocks(func, flow) };
}

function lowerBody(func: IrFunction, context: PassContext, entry: Entry, graph: ResumeGraph, landings: ReadonlySet<Block>): void {
  const { flow, suspensions } = graph;
  if (suspensions.length > MAX_STATES) throw new Error(`${func.name} has ${suspensions.length} suspensions, the most is ${MAX_STATES}`);
  const lives = liveness(func, flow);
  const roots = planResume(graph, landings, context.dispatchLimits);
  const liveSets = new Map<Block, readonly Value[]>();
  for (const block of suspensions) liveSets.set(block, liveAcrossSuspension(func, lives, block));
  const plan = planFrame(func, [...liveSets.values()]);
  const numbers = stateNumbers(roots);
  const isPlain = context.opaqueAwaits ? () => false : plainValues(func);
  const scope = { func, context, plan, frame: entry.frame, mode: entry.mode, isPlain };
  const early = earlyValues(func, flow, suspensions, liveSets);
  const variables = variablesOf(liveSets, roots, lives);
  context.frames.push(describeFrame(func, plan));

  const states = new Map<Block, { live: readonly Value[]; on: Block }>();
  for (const [block, live] of liveSets) {
    const on = lowerSuspension({ ...scope, early }, block, numbers.get(block) ?? 0, live);
    states.set(block, { live, on });
  }
  const dispatch = addBlock(func);
  const build = new Builder(func, context.symbols);
  build.switchTo(dispatch);
  const state = build.op('i32.load16_u', [entry.frame], DISPATCH_OFFSET);
  const liveIn = (block: Block): readonly Value[] => lives.liveIn[block] ?? [];
  buildDispatches({ ...scope, states, liveIn, redefinitions: variables }, dispatch, state, roots);
  branchOnFrame(build, entry, dispatch);
  repairSsa(func, variables);
  addThunk(func, context);
  const shape = frameShape(func.name, plan);
  context.module.data.set(shape.name, shape);
}

/** Says of a value whether its own definition shows that it is no object. */
function plainValues(func: IrFunction): (value: Value) => boolean {
  const plain = new Set<Value>();
  for (const block of func.blocks) {
    for (const { opcode, immediates, results } of block?.instructions ?? []) {
      const boxed = opcode === 'val.box' && immediates[0] !== TAG.object;
      if (boxed || opcode === 'val.const' || opcode === 'val.from_f64') for (const result of results) plain.add(result);
    }
  }
  return (value) => plain.has(value);
}

/** Ends the entry block: a call with a frame is a resume. */
function branchOnFrame(build: Builder, { frame, body }: Entry, dispatch: Block): void {
  const entry = blockOf(build.func, blockId(0));
  const target = entry.terminator?.kind === 'jump' ? entry.terminator.target : { block: body, args: [] };
  entry.terminator = null;
  build.switchTo(blockId(0));
  build.brif(build.op('i32.from_ref', [frame]), { block: dispatch, args: [] }, target);
}

/** Values that need looking after: they get a second definition, or a guard gets between definition and use. */
function variablesOf(
  liveSets: ReadonlyMap<Block, readonly Value[]>,
  roots: readonly ResumeEntry[],
  lives: Liveness,
): Map<Value, Redefinition[]> {
  const variables = new Map<Value, Redefinition[]>();
  for (const live of liveSets.values()) for (const value of live) variables.set(value, []);
  for (const head of headsOf(roots)) for (const value of lives.liveIn[head.block] ?? []) variables.set(value, []);
  return variables;
}

function stateNumbers(roots: readonly ResumeEntry[]): Map<Block, number> {
  const numbers = new Map<Block, number>();
  for (const { entries } of [{ entries: roots }, ...headsOf(roots)]) {
    for (const entry of entries) if (entry.kind === 'state') numbers.set(entry.block, entry.first);
  }
  return numbers;
}

/** Values that no resume can define anew: wherever there is a frame, it holds them. */
function earlyValues(
  func: IrFunction,
  flow: ControlFlow,
  suspensions: readonly Block[],
  liveSets: ReadonlyMap<Block, readonly Value[]>,
): Set<Value> {
  const resumed = new Set<Block>();
  const work = suspensions.flatMap((block) => flow.successors[block] ?? []);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (resumed.has(block)) continue;
    resumed.add(block);
    work.push(...(flow.successors[block] ?? []));
  }
  const definedIn = definitionBlocks(func, flow);
  const early = new Set<Value>();
  for (const live of liveSets.values()) {
    for (const value of live) if (!resumed.has(blockId(definedIn[value] ?? -1))) early.add(value);
  }
  return early;
}

/** `f$resume(frame, mode)`: the body does not look at its other parameters when there is a frame. */
function addThunk(func: IrFunction, context: PassContext): void {
  const thunk = createFunction(resumeSymbol(func.name), RESUME_SIGNATURE);
  thunk.displayName = func.displayName;
  thunk.location = func.location;
  const build = new Builder(thunk, context.symbols);
  const [frame, mode] = build.entry();
  if (frame === undefined || mode === undefined) throw new Error('a resume thunk has two parameters');
  const rest = func.params.slice(2).map((type) => placeholder(thunk, build.current, type, 'end'));
  const results = func.results.map((type) => addValue(thunk, type));
  blockOf(thunk, build.current).instructions.push({
    opcode: 'call', operands: [frame, mode, ...rest], immediates: [func.name], results,
  });
  build.ret(...results);
  context.module.functions.set(thunk.name, thunk);
  context.resumable.add(func.name).add(thunk.name);
}
