/**
 * Counts native stack: functions that may be on the stack more than once take their share of the global `stack` at
 * entry, trap with TRAP.stack when it is used up, and give it back at every return.
 *
 * Requires: lowered functions. Ensures: recursion of any kind, through indirect calls too, ends in the trap before the
 * native stack ends, given a budget with headroom for what cannot recur; functions that cannot recur take nothing.
 * Cost: linear, and a liveness for the estimate.
 */
import { Builder } from '../../ir/builder.js';
import { controlFlow } from '../../ir/cfg.js';
import { blockOf, usesOf, type IrFunction } from '../../ir/function.js';
import { liveness } from '../../ir/liveness.js';
import { blockId, type Block } from '../../ir/types.js';
import { TRAP } from '../abi.js';
import { callFactsOf, type PassContext } from './context.js';

/** Return address, saved registers and bookkeeping of an activation. */
const FRAME_BYTES = 64;
/** The baseline compiler gives each local a stack slot; that many it has for itself. */
const LEAST_SLOTS = 16;
const SLOT_BYTES = 8;

export function checkStack(func: IrFunction, context: PassContext): boolean {
  const facts = callFactsOf(context);
  if (!facts.reentrant.has(func.name)) return false;
  const frameBytes = estimateFrame(func, context);
  const { instructions, terminator } = blockOf(func, blockId(0));
  const build = new Builder(func, context.symbols);
  const body = build.block();
  const full = build.block();
  func.blocks[body] = { params: [], instructions, terminator };
  for (const block of returningBlocks(func)) giveBack(build, block, frameBytes);
  blockOf(func, blockId(0)).instructions = [];
  blockOf(func, blockId(0)).terminator = null;

  build.location = func.location;
  build.switchTo(blockId(0));
  const left = build.op('i32.sub', [build.op('global.get', [], 'stack'), build.i32(frameBytes)]);
  build.emit('global.set', [left], 'stack');
  build.brif(build.op('i32.lt_s', [left, build.i32(0)]), { block: full, args: [] }, { block: body, args: [] });
  build.switchTo(full);
  build.trap(TRAP.stack);
  return true;
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

const returningBlocks = (func: IrFunction): Block[] =>
  func.blocks.flatMap((block, index) => (index > 0 && block?.terminator?.kind === 'return' ? [blockId(index)] : []));

function giveBack(build: Builder, block: Block, frameBytes: number): void {
  const content = blockOf(build.func, block);
  const { terminator } = content;
  content.terminator = null;
  build.location = terminator?.location;
  build.switchTo(block);
  build.emit('global.set', [build.op('i32.add', [build.op('global.get', [], 'stack'), build.i32(frameBytes)])], 'stack');
  content.terminator = terminator;
}
