/**
 * Makes the graph smaller: branches that go one way become jumps, jumps through empty blocks go straight, blocks with
 * one way in join the block before, parameters that always get the same value give way to it.
 *
 * Requires: nothing. Ensures: no block is unreachable; a reducible graph stays reducible (a guard keeps all its ways in:
 * only unconditional jumps are shortened). Cost: linear for each of a few rounds.
 */
import {
  blockOf, suppliedParams, targetsOf, usesOf, type BasicBlock, type IrFunction, type Target, type Terminator,
} from '../../ir/function.js';
import { controlFlow } from '../../ir/cfg.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import type { PassContext } from './context.js';
import { removeParams } from './dce.js';
import { substitute } from './substitute.js';
import { removeUnreachable } from './unreachable.js';

/** Rounds find ever less; the few that matter are bounded. */
const MAX_ROUNDS = 8;

export function simplifyCfg(func: IrFunction, context?: PassContext): boolean {
  let changed = removeUnreachable(func, context);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let progress = false;
    for (const step of [mergeTargets, shortenJumps, removeUnreachable, replaceRedundantParams, joinBlocks]) progress = step(func) || progress;
    if (!progress) break;
    changed = true;
  }
  return changed;
}

const sameValues = (a: readonly Value[], b: readonly Value[]): boolean => a.length === b.length && a.every((value, index) => value === b[index]);
const sameTarget = (a: Target, b: Target): boolean => a.block === b.block && sameValues(a.args, b.args);

/** Branches whose ways are all the same. */
function mergeTargets(func: IrFunction): boolean {
  let changed = false;
  for (const block of func.blocks) {
    const terminator = block?.terminator;
    if (!block || (terminator?.kind !== 'brif' && terminator?.kind !== 'br_table')) continue;
    const [first, ...rest] = targetsOf(terminator);
    if (!first || !rest.every((target) => sameTarget(first, target))) continue;
    block.terminator = { kind: 'jump', target: first, location: terminator.location };
    changed = true;
  }
  return changed;
}

/** Targets that are blocks of nothing but a jump become that jump's target. */
function shortenJumps(func: IrFunction): boolean {
  const local = localParams(func);
  let changed = false;
  for (const block of func.blocks) {
    const terminator = block?.terminator;
    if (!terminator || suppliedParams(terminator) > 0) continue;
    for (const target of targetsOf(terminator)) {
      const next = throughBlock(func, target, local);
      if (!next || !mayPass(terminator, target, next)) continue;
      target.block = next.block;
      target.args = next.args;
      changed = true;
    }
  }
  return changed;
}

/** Where a target leads if its block only jumps on; null if it does more, or jumps to itself. */
function throughBlock(func: IrFunction, target: Target, local: ReadonlySet<Block>): Target | null {
  const { params, instructions, terminator } = blockOf(func, target.block);
  if (instructions.length > 0 || terminator?.kind !== 'jump' || terminator.target.block === target.block) return null;
  if (params.length > 0 && !local.has(target.block)) return null;
  const passed = new Map(params.map((param, index) => [param, target.args[index]]));
  return { block: terminator.target.block, args: terminator.target.args.map((arg) => passed.get(arg) ?? arg) };
}

/** A table passes no values, and a branch not two different lists to one block: both would need blocks of their own again. */
function mayPass(terminator: Terminator, from: Target, next: Target): boolean {
  if (terminator.kind === 'jump') return true;
  if (terminator.kind === 'br_table') return next.args.length === 0;
  return targetsOf(terminator).every((other) => other === from || other.block !== next.block || sameValues(other.args, next.args));
}

/** Blocks whose parameters are used only in the block itself. */
function localParams(func: IrFunction): Set<Block> {
  const home = new Map<Value, Block>();
  func.blocks.forEach((block, index) => block?.params.forEach((param) => home.set(param, blockId(index))));
  const local = new Set(home.values());
  func.blocks.forEach((block, index) => {
    if (!block) return;
    const note = (value: Value): void => {
      const at = home.get(value);
      if (at !== undefined && at !== index) local.delete(at);
    };
    for (const { operands } of block.instructions) operands.forEach(note);
    if (block.terminator) usesOf(block.terminator).forEach(note);
  });
  return local;
}

/**
 * Parameters that get one value on every way in (or themselves), and parameters that equal an earlier one of the block.
 * A replacement dominates what it replaces or stands before it, so chains of them end.
 */
function replaceRedundantParams(func: IrFunction): boolean {
  const waysIn = incomingArguments(func);
  const replacements = new Map<Value, Value>();
  const removed = new Map<number, Set<number>>();
  for (const [block, lists] of waysIn) {
    const { params } = blockOf(func, block);
    const seen = new Map<string, Value>();
    params.forEach((param, position) => {
      const args = lists.map((list) => list[position]);
      const key = args.join(' ');
      const replacement = onlyValue(param, args) ?? seen.get(key);
      seen.set(key, seen.get(key) ?? param);
      if (replacement === undefined) return;
      replacements.set(param, replacement);
      removed.set(block, (removed.get(block) ?? new Set()).add(position));
    });
  }
  removeParams(func, removed);
  return substitute(func, replacements) || removed.size > 0;
}

function onlyValue(param: Value, args: readonly (Value | undefined)[]): Value | undefined {
  const others = new Set(args.filter((arg) => arg !== param));
  const [only] = others;
  return others.size === 1 ? only : undefined;
}

/** For each block whose arguments are all written out, the list of each way in. */
function incomingArguments(func: IrFunction): Map<Block, Value[][]> {
  const waysIn = new Map<Block, Value[][]>();
  const supplied = new Set<Block>();
  for (const block of func.blocks) {
    if (!block?.terminator) continue;
    for (const target of targetsOf(block.terminator)) {
      if (suppliedParams(block.terminator) > 0) supplied.add(target.block);
      if (blockOf(func, target.block).params.length === 0) continue;
      const lists = waysIn.get(target.block);
      if (lists) lists.push(target.args);
      else waysIn.set(target.block, [target.args]);
    }
  }
  for (const block of supplied) waysIn.delete(block);
  return waysIn;
}

/** A block whose only way in is a jump moves to the end of the block that jumps. */
function joinBlocks(func: IrFunction): boolean {
  const flow = controlFlow(func);
  const replacements = new Map<Value, Value>();
  let changed = false;
  for (const block of flow.order) {
    const into = func.blocks[block];
    if (!into) continue;
    for (let next = soleSuccessor(into, flow.predecessors); next !== null; next = soleSuccessor(into, flow.predecessors)) {
      const { params, instructions, terminator } = blockOf(func, next.block);
      params.forEach((param, index) => {
        const arg = next?.args[index];
        if (arg !== undefined) replacements.set(param, arg);
      });
      for (const instruction of instructions) into.instructions.push(instruction);
      into.terminator = terminator;
      func.blocks[next.block] = null;
      changed = true;
    }
  }
  substitute(func, replacements);
  return changed;
}

function soleSuccessor({ terminator }: BasicBlock, predecessors: readonly (readonly Block[])[]): Target | null {
  if (terminator?.kind !== 'jump') return null;
  return predecessors[terminator.target.block]?.length === 1 ? terminator.target : null;
}
