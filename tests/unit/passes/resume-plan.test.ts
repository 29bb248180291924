/**
 * Plans of dispatches: states are numbered without gaps, heads dominate what they lead to, nesting stays small.
 */
import { describe, expect, test } from '@jest/globals';
import { controlFlow } from '../../../ir/cfg.js';
import { dominates, dominatorTree } from '../../../ir/domtree.js';
import type { IrFunction } from '../../../ir/function.js';
import { suspendingBlocks } from '../../../ir/liveness.js';
import { findLoops, isInLoop } from '../../../ir/loops.js';
import type { Block } from '../../../ir/types.js';
import { lowerModule } from '../../../jit/pipeline.js';
import { headsOf } from '../../../jit/passes/resume-dispatch.js';
import { DISPATCH_LIMITS, insertLandings, planResume, type ResumeEntry, type ResumeGraph } from '../../../jit/passes/resume-plan.js';
import { moduleOf } from './drive.js';
import { straight, switchInLoop } from './programs.js';
import { randomModule } from './random-function.js';

function graphOf(func: IrFunction): ResumeGraph {
  const flow = controlFlow(func);
  const tree = dominatorTree(flow);
  return { flow, tree, forest: findLoops(flow, tree), suspensions: suspendingBlocks(func, flow) };
}

function functionOf(text: string): IrFunction {
  const func = moduleOf(text).functions.get('f');
  if (!func) throw new Error('the text has no f');
  return func;
}

function checkPlan(func: IrFunction, limits = DISPATCH_LIMITS): readonly ResumeEntry[] {
  const landings = insertLandings(func, graphOf(func), limits);
  const graph = graphOf(func);
  const roots = planResume(graph, landings, limits);
  const heads = headsOf(roots);
  const states = [roots, ...heads.map(({ entries }) => entries)].flat().filter(({ kind }) => kind === 'state');
  expect(states.map(({ block }) => block).sort((a, b) => a - b)).toEqual([...graph.suspensions].sort((a, b) => a - b));
  expect(states.map(({ first }) => first).sort((a, b) => a - b)).toEqual(states.map((_, index) => index + 1)); // R4
  expect(new Set(heads.map(({ block }) => block)).size).toBe(heads.length);
  const undominated = heads.filter((head) => !head.entries.every(({ block }) => dominates(graph.tree, head.block, block)));
  expect(undominated).toEqual([]); // R3
  expect(bypassedLoops(graph, roots, [])).toEqual([]);
  return roots;
}

/** R1: headers of loops that the way to a state does not pass. */
function bypassedLoops(graph: ResumeGraph, entries: readonly ResumeEntry[], way: readonly Block[]): Block[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'head') return bypassedLoops(graph, entry.entries, [...way, entry.block]);
    return graph.forest.loops.flatMap(({ header }, loop) => (isInLoop(graph.forest, loop, entry.block) && !way.includes(header) ? [header] : []));
  });
}

describe('plans', () => {
  test('few states need one dispatch', () => {
    const roots = checkPlan(functionOf(straight(5)));
    expect(roots.map(({ kind, first }) => [kind, first])).toEqual([1, 2, 3, 4, 5].map((first) => ['state', first]));
  });

  test('many states make a tree of small dispatches', () => {
    const roots = checkPlan(functionOf(straight(400)));
    expect(roots.length).toBeLessThanOrEqual(DISPATCH_LIMITS.crowd);
    for (const { entries } of headsOf(roots)) expect(entries.length).toBeLessThanOrEqual(DISPATCH_LIMITS.crowd + DISPATCH_LIMITS.region);
  });

  test('suspensions in a loop are behind its header', () => {
    const roots = checkPlan(functionOf(switchInLoop(5)));
    expect(roots.map(({ kind, count }) => [kind, count])).toEqual([['head', 5]]);
  });

  test('hold for random functions under narrow limits', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const tape = Array.from({ length: 200 }, (_, index) => Math.imul(seed * 7919 + index, 2654435761) >>> 22);
      const func = randomModule(tape).functions.get('f');
      if (func) checkPlan(func, { crowd: 2, region: 2, targets: 2 });
    }
  });
});

describe('lowered size', () => {
  const lowered = (count: number): IrFunction => {
    const module = moduleOf(straight(count));
    lowerModule(module);
    const func = module.functions.get('f');
    if (!func) throw new Error('f is gone');
    return func;
  };
  const instructions = (func: IrFunction): number => func.blocks.reduce((sum, block) => sum + (block?.instructions.length ?? 0), 0);

  test('grows linearly with the states', () => {
    const perState = (count: number): number => instructions(lowered(count)) / count;
    expect(perState(400)).toBeLessThan(perState(80) * 1.2);
  });

  test('joins of a thousand states nest less than 64 deep', () => {
    const func = lowered(1000);
    const flow = controlFlow(func);
    const tree = dominatorTree(flow);
    const joins = (block: Block): number => (tree.children[block] ?? []).filter((child) => (flow.predecessors[child]?.length ?? 0) > 1).length;
    const depths = new Map<Block, number>();
    for (const block of [...flow.order].sort((a, b) => (tree.first[a] ?? 0) - (tree.first[b] ?? 0))) {
      const above = tree.parent[block];
      depths.set(block, (above === null || above === undefined ? 0 : (depths.get(above) ?? 0)) + joins(block));
    }
    expect(Math.max(...depths.values())).toBeLessThan(64);
  });
});
