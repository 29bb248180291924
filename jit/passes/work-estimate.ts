/**
 * How much work a stretch of a function is, in instructions, callees that do not pay for
 * themselves included.
 *
 *   the function itself   blocks outside of loops
 *   each loop             one turn, without inner loops, which pay their own turns
 *
 * Two estimates of a way with branches: `most`, the longest way, which nobody can get below; and `typical`, the mean
 * over branches as if all were equally likely, which is nearer to what code with long paths for rare cases does.
 */
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import { blockOf, type IrFunction } from '../../ir/function.js';
import { findLoops, type LoopForest } from '../../ir/loops.js';
import type { Block } from '../../ir/types.js';

export interface Work {
  readonly most: number;
  readonly typical: number;
}

export interface WorkEstimate {
  readonly forest: LoopForest;
  readonly entry: Work;
  /** One turn of each loop. */
  readonly turns: readonly Work[];
}

/** What a call is by itself. */
const CALL_UNITS = 2;

/** `unitsOfCall`: what a call of this function costs its caller. */
export function estimateWork(func: IrFunction, unitsOfCall: (callee: string) => number): WorkEstimate {
  const flow = controlFlow(func);
  const forest = findLoops(flow, dominatorTree(flow));
  const units = new Float64Array(func.blocks.length);
  for (const block of flow.order) units[block] = unitsOfBlock(func, block, unitsOfCall);
  const most = longestWays(flow, forest, units);
  const typical = typicalWays(flow, forest, units);
  const [entry] = flow.order;
  return {
    forest,
    entry: { most: most.entry, typical: (entry === undefined ? undefined : typical[entry]) ?? 0 },
    turns: forest.loops.map(({ header }, index) => ({ most: most.turns[index] ?? 0, typical: typical[header] ?? 0 })),
  };
}

/** The longest way from the entry, and from each header. */
function longestWays(flow: ControlFlow, forest: LoopForest, units: Float64Array): { entry: number; turns: number[] } {
  const turns = forest.loops.map(() => 0);
  /** Work up to the end of each block, and up to the entry of each loop, counted in the loop around. */
  const upTo = new Float64Array(units.length);
  const arrivals = forest.loops.map(() => 0);
  let entry = 0;
  for (const block of flow.order) {
    const loop = forest.loopOf[block] ?? -1;
    const isHeader = forest.loops[loop]?.header === block;
    const around = isHeader ? (forest.loops[loop]?.parent ?? -1) : loop;
    let before = 0;
    for (const from of flow.predecessors[block] ?? []) {
      if (comesBefore(flow, from, block)) before = Math.max(before, seenFrom(around, from, forest, upTo, arrivals));
    }
    if (isHeader) arrivals[loop] = before;
    const total = (isHeader ? 0 : before) + (units[block] ?? 0);
    upTo[block] = total;
    if (loop < 0) entry = Math.max(entry, total);
    else turns[loop] = Math.max(turns[loop] ?? 0, total);
  }
  return { entry, turns };
}

const comesBefore = (flow: ControlFlow, a: Block, b: Block): boolean => (flow.position[a] ?? 0) < (flow.position[b] ?? 0);

/** The mean way from each block to the end of its turn, or of the function. */
function typicalWays(flow: ControlFlow, forest: LoopForest, units: Float64Array): Float64Array {
  const rest = new Float64Array(units.length);
  const exits = exitTargets(flow, forest);
  for (let index = flow.order.length - 1; index >= 0; index--) {
    const block = flow.order[index];
    if (block === undefined) continue;
    const loop = forest.loopOf[block] ?? -1;
    const ways = (flow.successors[block] ?? []).map((next): number => {
      if (!comesBefore(flow, block, next)) return 0;
      const inner = forest.loopOf[next] ?? -1;
      if (inner === loop) return rest[next] ?? 0;
      if (forest.loops[inner]?.parent !== loop || forest.loops[inner]?.header !== next) return 0;
      return mean((exits[inner] ?? []).map((exit) => (forest.loopOf[exit] === loop ? (rest[exit] ?? 0) : 0)));
    });
    rest[block] = (units[block] ?? 0) + mean(ways);
  }
  return rest;
}

const mean = (numbers: readonly number[]): number => (numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length);

/** Where the members of each loop leave it to. */
function exitTargets(flow: ControlFlow, forest: LoopForest): Block[][] {
  const exits: Block[][] = forest.loops.map(() => []);
  for (const from of flow.order) {
    for (const to of flow.successors[from] ?? []) {
      const outer = new Set<number>();
      for (let loop = forest.loopOf[to] ?? -1; loop >= 0; loop = forest.loops[loop]?.parent ?? -1) outer.add(loop);
      for (let loop = forest.loopOf[from] ?? -1; loop >= 0 && !outer.has(loop); loop = forest.loops[loop]?.parent ?? -1) exits[loop]?.push(to);
    }
  }
  return exits;
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
