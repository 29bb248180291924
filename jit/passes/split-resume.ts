/**
 * Makes two functions of a small state machine: one for first calls, without the way back in, and its resume thunk, which
 * holds the way back in and what follows itself, so that resuming a frame is one indirect call.
 *
 *   f(frame, mode, …):        body, with no frame        f$resume(frame, mode):    dispatch -> body, with a frame
 *
 * What depends on there being a frame is decided in both: where it is allocated, or saved from the start.
 *
 * Requires: functions as lower-async leaves them, whose thunks do nothing but call. Ensures: the same results; nobody calls
 * `f` with a frame any more; branches on what is decided stay for fold.ts. Cost: doubles the function, so that MOST_INSTRUCTIONS bounds it; linear.
 */
import { cloneFunction } from '../../ir/clone.js';
import { controlFlow } from '../../ir/cfg.js';
import { blockOf, type IrFunction } from '../../ir/function.js';
import { blockId, type Value } from '../../ir/types.js';
import type { PassContext } from './context.js';
import { placeholder } from './placeholder.js';
import { substitute } from './substitute.js';
import { resumeSymbol } from './suspension-points.js';

/** What is larger keeps its one body: the call that a resume saves is little beside it. */
const MOST_INSTRUCTIONS = 120;

export function splitResume(func: IrFunction, context: PassContext): boolean {
  const symbol = resumeSymbol(func.name);
  const thunk = context.module.functions.get(symbol);
  if (!thunk || countInstructions(func) > MOST_INSTRUCTIONS) return false;
  const resumed = cloneFunction(func, symbol);
  decideFrame(resumed, 1);
  const { params } = blockOf(resumed, blockId(0));
  const rest = params.splice(2).map((param): [Value, Value] => [param, placeholder(resumed, blockId(0), resumed.valueTypes[param] ?? 'val', 'start')]);
  substitute(resumed, new Map(rest));
  resumed.params.splice(2);
  context.module.functions.set(symbol, resumed);
  const frame = decideFrame(func, 0);
  substitute(func, new Map([[frame, placeholder(func, blockId(0), 'ref', 'start')]]));
  context.callFacts = null;
  return true;
}

const countInstructions = (func: IrFunction): number =>
  controlFlow(func).order.reduce((sum, block) => sum + blockOf(func, block).instructions.length, 0);

/** Puts a constant for the test of whether there is a frame; gives the frame. */
function decideFrame(func: IrFunction, answer: 0 | 1): Value {
  const [frame] = blockOf(func, blockId(0)).params;
  if (frame === undefined) throw new Error(`${func.name} has no frame`);
  for (const block of func.blocks) {
    for (const instruction of block?.instructions ?? []) {
      if (instruction.opcode !== 'i32.from_ref' || instruction.operands[0] !== frame) continue;
      instruction.opcode = 'i32.const';
      instruction.operands = [];
      instruction.immediates = [answer];
    }
  }
  return frame;
}
