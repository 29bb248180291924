/**
 * How much work a stretch of a function is, in fuel: about one unit an instruction, callees that do not pay for
 * themselves included.
 *
 *   the function itself   blocks outside of loops: the longest way from the entry
 *   each loop             one turn: the longest way from the header, without inner loops, which pay their own turns
 */
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import { blockOf, type IrFunction } from '../../ir/function.js';
import { findLoops, type LoopForest } from '../../ir/loops.js';
import type { Block } from '../../ir/types.js';

export interface WorkEstimate {
  readonly flow: ControlFlow;
  readonly forest: LoopForest;
  readonly entry: number;
  /** One turn of each loop. */
  readonly turns: readonly number[];
}

/** What a call is by itself. */
const CALL_UNITS = 2;

/** `unitsOfCall`: what a call of this function costs its caller. */
export function estimateWork(func: IrFunction, unitsOfCall: (callee: string) => number): WorkEstimate {
  const flow = controlFlow(func);
  const forest = findLoops(flow, dominatorTree(flow));
  const turns = forest.loops.map(() => 0);
  /** Work up to the end of each block, and up to the entry of each loop, counted in the loop around. */
  const upTo = new Float64Array(func.blocks.length);
  const arrivals = forest.loops.map(() => 0);
  let entry = 0;
  for (const block of flow.order) {
    const loop = forest.loopOf[block] ?? -1;
    const isHeader = forest.loops[loop]?.header === block;
    const around = isHeader ? (forest.loops[loop]?.parent ?? -1) : loop;
    let before = 0;
    for (const from of flow.predecessors[block] ?? []) {
      if ((flow.position[from] ?? 0) < (flow.position[block] ?? 0)) before = Math.max(before, seenFrom(around, from, forest, upTo, arrivals));
    }
    if (isHeader) arrivals[loop] = before;
    const total = (isHeader ? 0 : before) + unitsOfBlock(func, block, unitsOfCall);
    upTo[block] = total;
    if (loop < 0) entry = Math.max(entry, total);
    else turns[loop] = Math.max(turns[loop] ?? 0, total);
  }
  return { flow, forest, entry, turns };
}

/** Work up to the end of a block in the terms of a loop around it: an inner loop counts as nothing. */
function seenFrom(around: number, from: Block, forest: LoopForest, upTo: Float64Array, arrivals: readonly number[]): number {
  let loop = forest.loopOf[from] ?? -1;
  if (loop === around) return upTo[from] ?? 0;
  while (loop >= 0 && forest.loops[loop]?.parent !== around) loop = forest.loops[loop]?.parent ?? -1;
  return arrivals[loop] ?? 0;
}

function unitsOfBlock(func: IrFunction, block: Block, unitsOfCall: (callee: string) => number): number {
  let units = 1;
  for (const { opcode, immediates } of blockOf(func, block).instructions) {
    if (opcode === 'call') units += CALL_UNITS + unitsOfCall(String(immediates[0]));
    else if (!opcode.endsWith('.const')) units += 1;
  }
  return units;
}
