/**
 * Counts native stack: functions that may be on the stack more than once take their share of the global `stack`, trap with
 * TRAP.stack when it is used up, and give it back at every return. They take it in the last block that dominates the calls
 * they can be called again from and stands in no loop, so that ways without such calls pay nothing.
 *
 * Requires: lowered functions. Ensures: recursion of any kind, through indirect calls too, ends in the trap before the
 * native stack ends, given a budget with headroom for what cannot recur; functions that cannot recur take nothing.
 * Cost: linear, and a liveness for the estimate.
 */
import type { Builder } from '../../ir/builder.js';
import { controlFlow } from '../../ir/cfg.js';
import { dominates, dominatorTree } from '../../ir/domtree.js';
import { blockOf, usesOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { liveness } from '../../ir/liveness.js';
import type { Block, Value } from '../../ir/types.js';
import { TRAP } from '../abi.js';
import type { CallFacts } from './call-facts.js';
import { callFactsOf, type PassContext } from './context.js';
import { addPrologue } from './prologue.js';
import { blocksBehind, lastBlockBefore } from './shrink-wrap.js';

/** Return address, saved registers and bookkeeping of an activation. */
const FRAME_BYTES = 64;
/** The baseline compiler gives each local a stack slot; that many it has for itself. */
const LEAST_SLOTS = 16;
const SLOT_BYTES = 8;

export function checkStack(func: IrFunction, context: PassContext): boolean {
  const facts = callFactsOf(context);
  if (!facts.reentrant.has(func.name)) return false;
  const frameBytes = estimateFrame(func, context);
  const flow = controlFlow(func);
  const tree = dominatorTree(flow);
  const nesting = flow.order.filter((id) => blockOf(func, id).instructions.some((instruction) => mayNest(instruction, facts)));
  const start = lastBlockBefore(nesting, flow, tree);
  const behind = blocksBehind(flow, start);
  const returns = [...behind].filter((block) => blockOf(func, block).terminator?.kind === 'return');
  const early = returns.some((block) => !dominates(tree, start, block));

  const atEntry = early ? addPrologue(func, context, (build) => build.op('global.get', [], 'stack')) : undefined;
  const { before, rest } = addPrologue(func, context, (build) => take(build, atEntry, frameBytes), start);
  for (const block of returns) {
    const { instructions, terminator } = blockOf(func, block === start ? rest : block);
    instructions.push({ opcode: 'global.set', operands: [before], immediates: ['stack'], results: [], location: terminator?.location });
  }
  return true;
}

/** Calls during which this function may be called again. */
const mayNest = ({ opcode, immediates }: Instruction, { nesting }: CallFacts): boolean =>
  opcode === 'call_indirect' || (opcode === 'call' && nesting.has(String(immediates[0])));

/** Takes the share, and goes on in a new block, `rest`. Gives what the global held before. */
function take(build: Builder, atEntry: Value | undefined, frameBytes: number): { before: Value; rest: Block } {
  const rest = build.block();
  const full = build.block();
  const before = atEntry ?? build.op('global.get', [], 'stack');
  const left = build.op('i32.sub', [before, build.i32(frameBytes)]);
  build.emit('global.set', [left], 'stack');
  build.brif(build.op('i32.lt_s', [left, build.i32(0)]), { block: full, args: [] }, { block: rest, args: [] });
  build.switchTo(full);
  build.trap(TRAP.stack);
  build.switchTo(rest);
  return { before, rest };
}

/** Bytes of native stack of one activation, as a function of how many values are live at once. */
function estimateFrame(func: IrFunction, context: PassContext): number {
  const known = context.frameBytes.get(func.name);
  if (known !== undefined) return known;
  const bytes = FRAME_BYTES + SLOT_BYTES * Math.max(LEAST_SLOTS, peakLive(func));
  context.frameBytes.set(func.name, bytes);
  return bytes;
}

/** The most values that are live at one place. */
function peakLive(func: IrFunction): number {
  const flow = controlFlow(func);
  const { liveOut } = liveness(func, flow);
  let peak = 0;
  for (const id of flow.order) {
    const block = blockOf(func, id);
    const live = new Set(liveOut[id]);
    for (const value of block.terminator ? usesOf(block.terminator) : []) live.add(value);
    peak = Math.max(peak, live.size);
    for (let index = block.instructions.length - 1; index >= 0; index--) {
      const instruction = block.instructions[index];
      for (const result of instruction?.results ?? []) live.delete(result);
      for (const operand of instruction?.operands ?? []) live.add(operand);
      peak = Math.max(peak, live.size);
    }
    peak = Math.max(peak, live.size + block.params.length);
  }
  return peak;
}
