/**
 * Live ranges: for each value that needs a local, the stretch of text where it holds one.
 *
 * Needs placement and trees. Positions count the statements in text order; a range [start, end) is the hull of the
 * value's liveness: from its definition to its last read, drawn out to the end of every loop that holds a read but not
 * the definition. In a reducible function laid out by placement.ts the hull covers every place where the value is live,
 * so values with disjoint ranges may share a local. Near-linear: no sets of live values are made.
 */
import { blockOf, type IrFunction } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { forEachArgument, ownReads, rootOf, type Demand } from './demand.js';
import type { Placement } from './placement.js';
import { HOME, type Trees } from './treeify.js';

export interface LiveRanges {
  /** By root value; -1 for values without a local. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** How many loops' texts each block stands in. */
  readonly loopDepth: Int32Array;
}

/** A loop's text, and the loop text around it. */
interface LoopText {
  readonly start: number;
  end: number;
  readonly outer: LoopText | null;
  readonly depth: number;
}

export function liveRanges(func: IrFunction, placement: Placement, demand: Demand, trees: Trees): LiveRanges {
  const start = new Int32Array(func.valueTypes.length).fill(-1);
  const end = new Int32Array(func.valueTypes.length).fill(-1);
  const { loops, first } = layOut(placement, trees);
  const define = (value: Value, position: number): void => {
    if (trees.home[value] === HOME.local && (demand.reads[value] ?? 0) > 0) start[value] = position;
  };
  for (const block of placement.order) {
    let position = first[block] ?? 0;
    for (const param of blockOf(func, block).params) define(param, position);
    for (const instruction of trees.roots[block] ?? []) {
      position++;
      for (const result of instruction.results) define(result, position);
    }
  }
  const reader = new Reader(demand, trees, start, end);
  for (const block of placement.order) readBlock(func, block, first[block] ?? 0, loops[block] ?? null, trees, reader);
  return { start, end, loopDepth: Int32Array.from(loops, (loop) => loop?.depth ?? 0) };
}

/** Position of each block's start, and the innermost loop text that it stands in. */
function layOut(placement: Placement, trees: Trees): { loops: (LoopText | null)[]; first: Int32Array } {
  const loops: (LoopText | null)[] = trees.roots.map(() => null);
  const first = new Int32Array(trees.roots.length);
  let position = 0;
  const open: { text: LoopText; last: number }[] = [];
  placement.order.forEach((block, index) => {
    first[block] = position;
    const outer = open.at(-1)?.text ?? null;
    if (placement.isLoop[block]) {
      const text = { start: position, end: 0, outer, depth: (outer?.depth ?? 0) + 1 };
      open.push({ text, last: placement.loopEnd[block] ?? index });
    }
    loops[block] = open.at(-1)?.text ?? null;
    // The block's start, its statements, its terminator.
    position += (trees.roots[block]?.length ?? 0) + 2;
    while (open.at(-1)?.last === index) {
      const closed = open.pop();
      if (closed) closed.text.end = position;
    }
  });
  return { loops, first };
}

function readBlock(
  func: IrFunction,
  block: Block,
  first: number,
  loop: LoopText | null,
  trees: Trees,
  reader: Reader,
): void {
  let position = first;
  for (const instruction of trees.roots[block] ?? []) {
    position++;
    for (const operand of instruction.operands) reader.read(operand, position, loop);
  }
  position++;
  const { terminator } = blockOf(func, block);
  if (!terminator) return;
  for (const value of ownReads(terminator)) reader.read(value, position, loop);
  forEachArgument(func, terminator, (param, arg) => {
    if ((reader.demand.reads[param] ?? 0) > 0) reader.read(arg, position, loop);
  });
}

/** Draws ranges out to reads; a read of a tree is a read of its leaves. */
class Reader {
  constructor(
    readonly demand: Demand,
    readonly trees: Trees,
    readonly start: Int32Array,
    readonly end: Int32Array,
  ) {}

  read(value: Value, position: number, loop: LoopText | null): void {
    const root = rootOf(this.demand, value);
    const home = this.trees.home[root];
    if (home === HOME.tree) {
      for (const operand of this.demand.definition[root]?.operands ?? []) this.read(operand, position, loop);
    } else if (home === HOME.local) {
      this.#extend(root, position, loop);
    }
  }

  #extend(root: Value, position: number, loop: LoopText | null): void {
    const start = this.start[root] ?? -1;
    let last = position;
    for (let text = loop; text && start < text.start; text = text.outer) last = text.end;
    if (last > (this.end[root] ?? -1)) this.end[root] = last;
  }
}
