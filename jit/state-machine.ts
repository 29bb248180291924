/**
 * The state machine of an async function, for people: its awaits as states with their source lines, what each keeps in the
 * frame, and where it may go on from there. Made from the IR before lower-async, so names are the source's.
 */
import { controlFlow, type ControlFlow } from '../ir/cfg.js';
import { lineAndColumn } from '../ir/diagnostics.js';
import { blockOf, type IrFunction } from '../ir/function.js';
import { liveAcrossSuspension, liveness, suspendingBlocks } from '../ir/liveness.js';
import type { Block, Value } from '../ir/types.js';
import { ASYNC } from './abi.js';

/** Where control may come to: a state by its number, from 1, or how the call ends. */
export type Goal = number | 'value' | 'error';

export interface State {
  /** Line of the source, from 1; 0 where the compiler made the await. */
  readonly line: number;
  readonly text: string;
  /** Source variables that live across the await. */
  readonly keeps: readonly string[];
  readonly onValue: readonly Goal[];
  readonly onError: readonly Goal[];
}

export interface StateMachine {
  readonly name: string;
  /** Of the IR function, which frame layouts go by. */
  readonly symbol: string;
  readonly line: number;
  /** Where a call gets to without waiting. */
  readonly starts: readonly Goal[];
  readonly states: readonly State[];
}

export function stateMachineOf(func: IrFunction, source: string): StateMachine {
  const flow = controlFlow(func);
  const lives = liveness(func, flow);
  const blocks = suspendingBlocks(func, flow);
  const numbers = new Map(blocks.map((block, index) => [block, index + 1]));
  const states = blocks.map((block): State => {
    const { terminator } = blockOf(func, block);
    if (terminator?.kind !== 'await' && terminator?.kind !== 'await_call') throw new TypeError('a suspending block ends in an await');
    const keeps = liveAcrossSuspension(func, lives, block).flatMap((value) => func.valueNames.get(value) ?? []);
    return {
      ...placeOf(terminator.location?.offset, source),
      keeps: [...new Set(keeps)],
      onValue: goalsFrom(func, flow, terminator.ok.block, numbers),
      onError: goalsFrom(func, flow, terminator.error.block, numbers),
    };
  });
  const { line } = placeOf(func.location?.offset, source);
  return { name: func.displayName ?? func.name, symbol: func.name, line, starts: goalsFrom(func, flow, flow.order[0], numbers), states };
}

function placeOf(offset: number | undefined, source: string): { line: number; text: string } {
  if (offset === undefined || offset < 0) return { line: 0, text: 'await' };
  const [text = ''] = source.slice(offset).split('\n', 1);
  return { line: lineAndColumn(source, offset).line, text: text.trim() };
}

/** More than any function has: ends sort behind states. */
const MAX_STATES = 2 ** 30;

/** What is reached from a block without passing another await. */
function goalsFrom(func: IrFunction, flow: ControlFlow, from: Block | undefined, numbers: ReadonlyMap<Block, number>): Goal[] {
  const goals = new Set<Goal>();
  const seen = new Set<Block>();
  const work = from === undefined ? [] : [from];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (seen.has(block)) continue;
    seen.add(block);
    const state = numbers.get(block);
    const { terminator } = blockOf(func, block);
    if (state !== undefined) goals.add(state);
    else if (terminator?.kind === 'return') goals.add(isRejection(func, terminator.values[1]) ? 'error' : 'value');
    else work.push(...(flow.successors[block] ?? []));
  }
  const rank = (goal: Goal): number => (typeof goal === 'number' ? goal : goal === 'value' ? MAX_STATES : MAX_STATES + 1);
  return [...goals].sort((a, b) => rank(a) - rank(b));
}

/** Whether a status is the constant that says so. */
function isRejection(func: IrFunction, status: Value | undefined): boolean {
  for (const block of func.blocks) {
    for (const { opcode, results, immediates } of block?.instructions ?? []) {
      if (results[0] === status) return opcode === 'i32.const' && immediates[0] === ASYNC.rejected;
    }
  }
  return false;
}
