/**
 * Control flow, dominators and loops against their definitions, on chosen and on pseudo-random graphs.
 */
import { describe, expect, test } from '@jest/globals';
import { controlFlow, isReachable } from '../../../ir/cfg.js';
import { dominates, dominatorTree } from '../../../ir/domtree.js';
import { findLoops, isInLoop, loopBlocks } from '../../../ir/loops.js';
import { block, graphOf, randomEdges, reachableWithout } from './graphs.js';

const analyse = (edges: readonly (readonly number[])[]) => {
  const flow = controlFlow(graphOf(edges));
  const tree = dominatorTree(flow);
  return { flow, tree, forest: findLoops(flow, tree) };
};

describe('control flow', () => {
  test('lists distinct neighbours and leaves unreachable blocks out', () => {
    const { flow } = analyse([[1, 1], [2, 0, 2], [], [2]]);
    expect(flow.order).toEqual([0, 1, 2]);
    expect(flow.successors).toEqual([[1], [2, 0], [], []]);
    expect(flow.predecessors).toEqual([[1], [0], [1], []]);
    expect(isReachable(flow, block(3))).toBe(false);
    expect([...flow.position]).toEqual([0, 1, 2, -1]);
  });

  test('puts a block behind all predecessors but those of back edges', () => {
    const { flow } = analyse([[1, 2], [3], [3], [4, 0], []]);
    expect(flow.order[0]).toBe(0);
    expect(flow.position[3]).toBeGreaterThan(Math.max(flow.position[1] ?? 0, flow.position[2] ?? 0));
  });

  test('a missing terminator is an internal error', () => {
    const func = graphOf([[1], []]);
    const last = func.blocks[1];
    if (last) last.terminator = null;
    expect(() => controlFlow(func)).toThrow('block1 of graph has no terminator');
  });
});

describe('dominators', () => {
  test('of the example in the paper', () => {
    const { tree } = analyse([[1, 2], [3], [4], [4], [3, 5], []]);
    expect(tree.parent).toEqual([null, 0, 0, 0, 0, 4]);
    expect(tree.children[0]).toHaveLength(4);
  });

  test('agree with removal of the dominator on random graphs', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const edges = randomEdges(14, seed);
      const { tree } = analyse(edges);
      edges.forEach((_, above) => {
        const free = reachableWithout(edges, above);
        edges.forEach((_unused, below) => {
          const expected = above === below || !free.has(block(below));
          expect({ seed, above, below, dominates: dominates(tree, block(above), block(below)) }).toEqual({ seed, above, below, dominates: expected });
        });
      });
    }
  });

  test('an unreachable block dominates nothing and is dominated by nothing', () => {
    const { tree } = analyse([[1], [], [1]]);
    expect(dominates(tree, block(2), block(1))).toBe(false);
    expect(dominates(tree, block(0), block(2))).toBe(false);
  });

  test('a chain of 50,000 blocks needs no recursion', () => {
    const edges = Array.from({ length: 50_000 }, (_, index) => (index < 49_999 ? [index + 1] : []));
    const { tree } = analyse(edges);
    expect(dominates(tree, block(10), block(49_999))).toBe(true);
  });
});

describe('loops', () => {
  test('nest, with members at the innermost loop', () => {
    // 0 -> 1(outer header) -> 2(inner header) <-> 3, 2 -> 4 -> 1, 1 -> 5
    const { forest } = analyse([[1], [2, 5], [3, 4], [2], [1], []]);
    expect(forest.loops.map(({ header, depth, parent }) => ({ header, depth, parent }))).toEqual([
      { header: 1, depth: 1, parent: -1 },
      { header: 2, depth: 2, parent: 0 },
    ]);
    expect([...forest.loopOf]).toEqual([-1, 0, 1, 1, 0, -1]);
    expect(isInLoop(forest, 0, block(3))).toBe(true);
    expect(isInLoop(forest, 1, block(4))).toBe(false);
    expect(isInLoop(forest, 0, block(5))).toBe(false);
    expect(loopBlocks(forest, 0).sort()).toEqual([1, 2, 3, 4]);
    expect(forest.reducible).toBe(true);
  });

  test('a block that jumps to itself is a loop', () => {
    const { forest } = analyse([[1], [1, 2], []]);
    expect(forest.loops).toEqual([{ header: 1, latches: [1], members: [1], parent: -1, depth: 1 }]);
  });

  test('two ways into a cycle make the graph irreducible', () => {
    const { forest } = analyse([[1, 2], [2], [1, 3], []]);
    expect(forest.reducible).toBe(false);
    expect(forest.irreducibleEdges).toHaveLength(1);
    expect(forest.loops).toEqual([]);
  });

  test('every member of a loop reaches its header and is dominated by it, on random graphs', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const edges = randomEdges(16, seed);
      const { tree, forest } = analyse(edges);
      forest.loops.forEach((loop, index) => {
        const blocks = new Set(loopBlocks(forest, index));
        expect(blocks.has(loop.header)).toBe(true);
        for (const member of blocks) {
          expect(dominates(tree, loop.header, member)).toBe(true);
          expect(isInLoop(forest, index, member)).toBe(true);
          expect((edges[member] ?? []).some((next) => blocks.has(block(next)))).toBe(true);
        }
      });
    }
  });
});
