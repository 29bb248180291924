/**
 * Live ranges: for each value that needs a local, the stretches of text where it holds one.
 *
 * Needs placement and trees. The ranges of a value are exact while the work for them stays within a budget that is
 * linear in the function; the values after that get the hull: from the definition to the last read, drawn out to the end
 * of every loop that holds a read but not the definition. In a reducible function laid out by placement.ts the hull
 * covers every place where the value is live. Values whose ranges are disjoint may share a local.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import { blockOf, ownUsesOf, type IrFunction } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { forEachArgument, rootOf, type Demand } from './demand.js';
import type { Range } from './intervals.js';
import type { Placement } from './placement.js';
import type { TextPositions } from './text-positions.js';
import { HOME, type Trees } from './treeify.js';

/** Disjoint ascending ranges by root value; undefined for values without a local. */
export type LiveRanges = readonly (readonly Range[] | undefined)[];

/** Steps of the exact walk for each position of the text. */
const BUDGET_PER_POSITION = 32;

/** Where a value is defined, and its last read in each block that reads it. */
interface Lifetime {
  readonly block: Block;
  readonly start: number;
  readonly reads: { readonly block: Block; position: number }[];
}

export function liveRanges(
  func: IrFunction,
  flow: ControlFlow,
  placement: Placement,
  demand: Demand,
  trees: Trees,
  text: TextPositions,
): LiveRanges {
  const lifetimes = findLifetimes(func, placement, demand, trees, text);
  const walk = new ExactWalk(func.blocks.length, flow, text);
  return lifetimes.map((lifetime) => {
    if (!lifetime) return undefined;
    return walk.exhausted ? [hull(lifetime, text)] : walk.ranges(lifetime);
  });
}

function findLifetimes(
  func: IrFunction,
  placement: Placement,
  demand: Demand,
  trees: Trees,
  text: TextPositions,
): (Lifetime | undefined)[] {
  const lifetimes: (Lifetime | undefined)[] = func.valueTypes.map(() => undefined);
  const define = (value: Value, block: Block, start: number): void => {
    const isLocal = trees.home[value] === HOME.local && (demand.reads[value] ?? 0) > 0;
    if (isLocal) lifetimes[value] = { block, start, reads: [] };
  };
  /** A read of a tree is a read of its leaves. */
  const read = (value: Value, block: Block, position: number): void => {
    const root = rootOf(demand, value);
    if (trees.home[root] === HOME.tree) {
      for (const operand of demand.definition[root]?.operands ?? []) read(operand, block, position);
      return;
    }
    const reads = lifetimes[root]?.reads;
    const last = reads?.at(-1);
    if (last?.block === block) last.position = position;
    else reads?.push({ block, position });
  };
  // In text order definitions come before reads.
  for (const block of placement.order) {
    let position = text.first[block] ?? 0;
    const { params, terminator } = blockOf(func, block);
    for (const param of params) define(param, block, position);
    for (const { operands, results } of trees.roots[block] ?? []) {
      position++;
      for (const operand of operands) read(operand, block, position);
      for (const result of results) define(result, block, position);
    }
    position++;
    if (!terminator) continue;
    for (const value of ownUsesOf(terminator)) read(value, block, position);
    forEachArgument(func, terminator, (param, arg) => {
      if ((demand.reads[param] ?? 0) > 0) read(arg, block, position);
    });
  }
  return lifetimes;
}

function hull({ start, reads }: Lifetime, text: TextPositions): Range {
  let end = start + 1;
  for (const { block, position } of reads) {
    let last = position;
    for (let loop = text.loops[block] ?? null; loop && start < loop.start; loop = loop.outer) last = loop.end;
    end = Math.max(end, last);
  }
  return { start, end };
}

/** Walks back from reads to the definition, block by block. */
class ExactWalk {
  #steps: number;
  /** Number of the walk that last found a value alive at the start, at the end of each block. */
  readonly #aliveIn: Int32Array;
  readonly #aliveOut: Int32Array;
  #number = 0;

  constructor(
    blockCount: number,
    readonly flow: ControlFlow,
    readonly text: TextPositions,
  ) {
    this.#steps = BUDGET_PER_POSITION * lastPosition(text);
    this.#aliveIn = new Int32Array(blockCount);
    this.#aliveOut = new Int32Array(blockCount);
  }

  get exhausted(): boolean {
    return this.#steps <= 0;
  }

  ranges({ block: home, start, reads }: Lifetime): Range[] {
    this.#number++;
    const through = this.#spread(home, reads);
    const { first, end } = this.text;
    const lastRead = new Map(reads.map(({ block, position }) => [block, position]));
    const ranges = [home, ...through].map((block): Range => {
      const from = block === home ? start : (first[block] ?? 0);
      const to = this.#aliveOut[block] === this.#number ? (end[block] ?? 0) : (lastRead.get(block) ?? 0);
      return { start: from, end: Math.max(to, from + 1) };
    });
    return merged(ranges);
  }

  /** The blocks, but `home`, at whose start the value is alive. */
  #spread(home: Block, reads: Lifetime['reads']): Block[] {
    const through: Block[] = [];
    const enter = (block: Block): void => {
      if (block === home || this.#aliveIn[block] === this.#number) return;
      this.#aliveIn[block] = this.#number;
      through.push(block);
    };
    for (const { block } of reads) enter(block);
    for (let index = 0; index < through.length; index++) {
      for (const predecessor of this.flow.predecessors[through[index] ?? home] ?? []) {
        this.#steps--;
        this.#aliveOut[predecessor] = this.#number;
        enter(predecessor);
      }
    }
    return through;
  }
}

const lastPosition = (text: TextPositions): number => text.end.reduce((last, end) => Math.max(last, end), 0);

function merged(ranges: Range[]): Range[] {
  if (ranges.length === 1) return ranges;
  ranges.sort((a, b) => a.start - b.start);
  const result: Range[] = [];
  for (const { start, end } of ranges) {
    const last = result.at(-1);
    if (last && last.end >= start) result[result.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else result.push({ start, end });
  }
  return result;
}
