/**
 * Functions for tests of the analyses, given by their edges alone.
 */
import { Builder, addBlock } from '../../../ir/builder.js';
import { createFunction, type IrFunction } from '../../../ir/function.js';
import { blockId, type Block } from '../../../ir/types.js';

export const block = blockId;

/** Makes a function whose block `i` has the successors `edges[i]`: none returns, one jumps, two branch, more are a table. */
export function graphOf(edges: readonly (readonly number[])[]): IrFunction {
  const func = createFunction('graph', { params: ['i32'], results: [] });
  const builder = new Builder(func, {
    signature: () => ({ params: [], results: [] }),
    globalType: () => 'i32',
  });
  const [condition] = builder.entry();
  for (let index = 1; index < edges.length; index++) addBlock(func);
  edges.forEach((targets, index) => {
    builder.switchTo(blockId(index));
    const all = targets.map((target) => ({ block: blockId(target), args: [] }));
    const [first, second] = all;
    const otherwise = all.at(-1);
    if (!first || !otherwise || condition === undefined) builder.ret();
    else if (!second) builder.jump(first.block);
    else if (all.length === 2) builder.brif(condition, first, second);
    else builder.terminate({ kind: 'br_table', index: condition, targets: all.slice(0, -1), otherwise });
  });
  return func;
}

/** A pseudo-random graph of `count` blocks where every block can be reached, by seed. */
export function randomEdges(count: number, seed: number): number[][] {
  let state = seed * 2654435761 + 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
  const edges: number[][] = Array.from({ length: count }, () => []);
  for (let index = 1; index < count; index++) edges[below(index)]?.push(index);
  for (let extra = below(count * 2); extra > 0; extra--) edges[below(count)]?.push(below(count));
  return edges;
}

/** Blocks that can be reached from the entry without passing through `removed`. */
export function reachableWithout(edges: readonly (readonly number[])[], removed: number): Set<Block> {
  const seen = new Set<Block>();
  const work = removed === 0 ? [] : [0];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (at === removed || seen.has(blockId(at))) continue;
    seen.add(blockId(at));
    work.push(...(edges[at] ?? []));
  }
  return seen;
}
