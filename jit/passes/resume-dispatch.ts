/**
 * Emits the way back in: guards in front of heads, dispatches, and reloads of saved values in front of them.
 *
 *   reload of a head: loads what the head's block needs from outside; jump head(state)
 *   head(…, state):   state ? dispatch : body            (state is 0 where control comes in the ordinary way)
 *   dispatch:         loads what all its entries need; br_table state -> reload of each entry
 *
 * Requires: a plan over the graph before lowering, its block ids still naming the same blocks. Ensures: every way to a
 * state passes the reload of each value that lives across it, each value on each way once (D1); no br_table has more
 * than DispatchLimits.targets entries (D2). Cost: linear in entries plus the sizes of the live sets; no recursion.
 */
import { Builder, addBlock, addParam } from '../../ir/builder.js';
import { blockOf, targetsOf, typeOf, type IrFunction } from '../../ir/function.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import { TRAP } from '../abi.js';
import type { PassContext } from './context.js';
import type { FramePlan } from './frame-layout.js';
import { placeholder } from './placeholder.js';
import type { HeadEntry, ResumeEntry } from './resume-plan.js';
import { copyName, type Redefinition } from './ssa-repair.js';
import { offsetOf } from './suspension-points.js';

export interface DispatchScope {
  readonly func: IrFunction;
  readonly context: PassContext;
  readonly plan: FramePlan;
  readonly frame: Value;
  /** By the block that suspends: what lives across, and where resumes join in. */
  readonly states: ReadonlyMap<Block, { readonly live: readonly Value[]; readonly on: Block }>;
  /** Values live at the start of a block before lowering, its parameters excluded. */
  readonly liveIn: (block: Block) => readonly Value[];
  /** Receives each reload. */
  readonly redefinitions: Map<Value, Redefinition[]>;
}

/** What a head takes from the frame. */
interface HeadNeeds {
  /** Live at its block from outside: loaded in front of the guard. */
  readonly outer: ReadonlySet<Value>;
  /** Parameters of its block. */
  readonly params: ReadonlySet<Value>;
  /** Needed by all its entries, and not above. */
  readonly common: ReadonlySet<Value>;
}

/** A dispatch to emit. */
interface Work extends Guard {
  readonly entries: readonly ResumeEntry[];
  readonly common: ReadonlySet<Value>;
  /** Loaded on every way here. */
  readonly loaded: ReadonlySet<Value>;
}

/** Fills `root`, an empty block that only resumes reach; `state` is the state to resume. */
export function buildDispatches(scope: DispatchScope, root: Block, state: Value, roots: readonly ResumeEntry[]): void {
  const needs = collectNeeds(scope, roots);
  const guards = guardHeads(scope.func, new Set(needs.keys()));
  for (const head of guards.keys()) scope.context.guards.add(blockOf(scope.func, head));
  const build = new Builder(scope.func, scope.context.symbols);
  const work: Work[] = [{ block: root, state, entries: roots, common: commonNeeds(roots, scope, needs), loaded: new Set() }];
  for (let item = work.pop(); item; item = work.pop()) {
    build.switchTo(item.block);
    for (const value of item.common) load(build, scope, value);
    const loaded = new Set([...item.loaded, ...item.common]);
    const reloads = item.entries.map(() => build.block());
    buildTable(build, item.state, item.entries, reloads, scope.context.dispatchLimits.targets, item.block === root);
    for (const [index, entry] of item.entries.entries()) {
      build.switchTo(reloads[index] ?? item.block);
      if (entry.kind === 'state') {
        buildStateReload(build, scope, entry.block, loaded);
        continue;
      }
      const need = needsOf(needs, entry);
      buildHeadReload(build, scope, entry, need, item.state, loaded);
      const guard = guards.get(entry.block);
      if (!guard) throw new Error(`no guard at block${entry.block}`);
      work.push({ ...guard, entries: entry.entries, common: need.common, loaded: new Set([...need.outer, ...need.params]) });
    }
  }
}

/** Loads what one state needs beyond what is loaded, and joins in. */
function buildStateReload(build: Builder, scope: DispatchScope, block: Block, loaded: ReadonlySet<Value>): void {
  const state = stateOf(scope, block);
  for (const value of state.live) if (!loaded.has(value)) load(build, scope, value);
  build.jump(state.on, build.op('global.get', [], 'resumeStatus'));
}

/** Loads what a head's block takes from the frame and jumps to its guard. */
function buildHeadReload(
  build: Builder,
  scope: DispatchScope,
  entry: HeadEntry,
  need: HeadNeeds,
  state: Value,
  loaded: ReadonlySet<Value>,
): void {
  const { func } = scope;
  for (const value of need.outer) if (!loaded.has(value)) load(build, scope, value);
  // What else the body reads does not matter on this way; saying so here keeps it from being live all the way up.
  for (const value of scope.liveIn(entry.block)) {
    if (need.outer.has(value) || loaded.has(value)) continue;
    redefine(scope, value, build.current, placeholder(func, build.current, typeOf(func, value), 'end'));
  }
  const args = blockOf(func, entry.block)
    .params.slice(0, -1)
    .map((param) =>
      need.params.has(param) ? loadFrom(build, scope, param) : placeholder(func, build.current, typeOf(func, param), 'end'),
    );
  build.jump(entry.block, ...args, state);
}

/** A head's own dispatch, still empty, and the state it dispatches on. */
interface Guard {
  readonly block: Block;
  readonly state: Value;
}

/**
 * Moves the contents of the heads' blocks behind guards. The blocks keep their ids and parameters and get one more, the
 * state; ways in that exist already pass 0.
 */
function guardHeads(func: IrFunction, heads: ReadonlySet<Block>): Map<Block, Guard> {
  func.blocks.forEach((from, index) => {
    const targets = from?.terminator ? targetsOf(from.terminator).filter(({ block }) => heads.has(block)) : [];
    if (targets.length === 0) return;
    const zero = placeholder(func, blockId(index), 'i32', 'end');
    for (const target of targets) target.args.push(zero);
  });
  const guards = new Map<Block, Guard>();
  for (const block of heads) {
    const head = blockOf(func, block);
    const body = addBlock(func);
    const dispatch = addBlock(func);
    func.blocks[body] = { params: [], instructions: head.instructions, terminator: head.terminator };
    const state = addParam(func, block, 'i32');
    head.instructions = [];
    head.terminator = { kind: 'brif', condition: state, then: { block: dispatch, args: [] }, else: { block: body, args: [] } };
    guards.set(block, { block: dispatch, state });
  }
  return guards;
}

/** Branches on the state to the reload of each entry: tables of limited size, under binary decisions where there are more. */
function buildTable(
  build: Builder,
  state: Value,
  entries: readonly ResumeEntry[],
  reloads: readonly Block[],
  maxTargets: number,
  guarded: boolean,
): void {
  const work = [{ block: build.current, from: 0, to: entries.length }];
  const at = (index: number): ResumeEntry => {
    const entry = entries[index];
    if (!entry) throw new Error('a dispatch without entries');
    return entry;
  };
  for (let item = work.pop(); item; item = work.pop()) {
    const { from, to } = item;
    build.switchTo(item.block);
    const first = at(from).first;
    const states = at(to - 1).first + at(to - 1).count - first;
    const targets = entries
      .slice(from, to)
      .flatMap((entry, index) => Array<Block>(states <= maxTargets ? entry.count : 1).fill(reloads[from + index] ?? item.block));
    const [only] = targets;
    if (to - from === 1 && only !== undefined) {
      if (guarded && states < maxTargets) buildGuardedJump(build, state, first, targets);
      else build.jump(only);
    } else if (states <= maxTargets) {
      const index = build.op('i32.sub', [state, build.i32(first)]);
      const otherwise = targets.pop() ?? item.block;
      build.terminate({ kind: 'br_table', index, targets: targets.map(plainTarget), otherwise: plainTarget(otherwise) });
    } else {
      const middle = balance(entries, from, to);
      const below = { block: build.block(), from, to: middle };
      const above = { block: build.block(), from: middle, to };
      const isBelow = build.op('i32.lt_u', [state, build.i32(at(middle).first)]);
      build.brif(isBelow, plainTarget(below.block), plainTarget(above.block));
      work.push(above, below);
    }
  }
}

/** The one entry of a whole function: still by a table, so that a frame in a state that it cannot be in ends the task. */
function buildGuardedJump(build: Builder, state: Value, first: number, targets: readonly Block[]): void {
  const bad = build.block();
  const index = build.op('i32.sub', [state, build.i32(first)]);
  build.terminate({ kind: 'br_table', index, targets: targets.map(plainTarget), otherwise: plainTarget(bad) });
  build.switchTo(bad);
  build.trap(TRAP.internal);
}

const plainTarget = (block: Block): { block: Block; args: Value[] } => ({ block, args: [] });

/** The boundary that comes nearest to half of the states on either side. */
function balance(entries: readonly ResumeEntry[], from: number, to: number): number {
  const start = entries[from]?.first ?? 0;
  const last = entries[to - 1];
  const half = start + ((last?.first ?? 0) + (last?.count ?? 0) - start) / 2;
  let middle = from + 1;
  while (middle < to - 1 && (entries[middle + 1]?.first ?? 0) <= half) middle++;
  return middle;
}

/** The needs of every head, the inner ones first. */
function collectNeeds(scope: DispatchScope, roots: readonly ResumeEntry[]): Map<Block, HeadNeeds> {
  const needs = new Map<Block, HeadNeeds>();
  for (const head of headsOf(roots).reverse()) {
    const all = new Set<Value>();
    for (const entry of head.entries) for (const value of needOf(entry, scope, needs)) all.add(value);
    const outer = new Set(scope.liveIn(head.block).filter((value) => all.has(value)));
    const params = new Set(blockOf(scope.func, head.block).params.filter((value) => all.has(value)));
    const common = commonNeeds(head.entries, scope, needs);
    for (const value of [...outer, ...params]) common.delete(value);
    needs.set(head.block, { outer, params, common });
  }
  return needs;
}

/** What every entry needs. */
function commonNeeds(entries: readonly ResumeEntry[], scope: DispatchScope, needs: ReadonlyMap<Block, HeadNeeds>): Set<Value> {
  const counts = new Map<Value, number>();
  for (const entry of entries) for (const value of needOf(entry, scope, needs)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count === entries.length).map(([value]) => value));
}

const needOf = (entry: ResumeEntry, scope: DispatchScope, needs: ReadonlyMap<Block, HeadNeeds>): Iterable<Value> =>
  entry.kind === 'state' ? stateOf(scope, entry.block).live : needsOf(needs, entry).outer;

function needsOf(needs: ReadonlyMap<Block, HeadNeeds>, head: HeadEntry): HeadNeeds {
  const found = needs.get(head.block);
  if (!found) throw new Error(`no needs for the head block${head.block}`);
  return found;
}

function stateOf({ states }: DispatchScope, block: Block): { readonly live: readonly Value[]; readonly on: Block } {
  const state = states.get(block);
  if (!state) throw new Error(`block${block} is no suspension`);
  return state;
}

/** All heads of a plan, outer before inner. */
export function headsOf(roots: readonly ResumeEntry[]): HeadEntry[] {
  const heads: HeadEntry[] = [];
  const note = (entries: readonly ResumeEntry[]): void => {
    for (const entry of entries) if (entry.kind === 'head') heads.push(entry);
  };
  note(roots);
  for (let index = 0; index < heads.length; index++) note(heads[index]?.entries ?? []);
  return heads;
}

/** Reloads a value into a new one that stands for it from here on. */
function load(build: Builder, scope: DispatchScope, value: Value): void {
  redefine(scope, value, build.current, loadFrom(build, scope, value));
}

function redefine({ redefinitions }: DispatchScope, variable: Value, block: Block, value: Value): void {
  const list = redefinitions.get(variable) ?? [];
  list.push({ block, value });
  redefinitions.set(variable, list);
}

function loadFrom(build: Builder, scope: DispatchScope, value: Value): Value {
  const reloaded = build.load(typeOf(scope.func, value), scope.frame, offsetOf(scope.plan, value));
  copyName(scope.func, value, reloaded);
  return reloaded;
}
