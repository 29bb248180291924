/**
 * Inlining: a call of a small function without loops gives way to a copy of its body.
 *
 *   block: … v = call f(a) …    ->    block: …  jump entry(a)     f's blocks, `return x` as jump rest(x)     rest(v): …
 *
 * Bodies come from the module itself, and from the library as it was before it was given fuel, stack and spills, so that a
 * copy takes its share of what its new function pays. Small is what costs little more than the call, or less: BODY.
 *
 * Requires: nothing; callees should come before callers; facts about calls are of the module before. Ensures: the same results; what has no place in the source gets
 * that of the call, so that traps name a line; a function grows by at most GROWTH of its size and ROOM. Cost: linear in
 * the code that comes about; no recursion.
 */
import { addBlock } from '../../ir/builder.js';
import { controlFlow } from '../../ir/cfg.js';
import { copyBlocks } from '../../ir/clone.js';
import { blockOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { blockId, type Block } from '../../ir/types.js';
import { callFactsOf, type PassContext } from './context.js';

/** Most work in a body that is copied, in instructions that are no constants; calls count for more. */
const BODY = { program: 14, library: 12 } as const;
const CALL_WEIGHT = 4;
/** How much larger a function may get: by a part of its size, and by a few calls in any case. */
const GROWTH = 0.25;
const ROOM = 24;

export function inlineCalls(func: IrFunction, context: PassContext): boolean {
  const limit = context.world.openWorld ? BODY.library : BODY.program;
  let room = ROOM + GROWTH * weightOf(func);
  let changed = false;
  const work = controlFlow(func).order.slice();
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    const { instructions } = blockOf(func, id);
    for (let at = instructions.length - 1; at >= 0; at--) {
      const instruction = instructions[at];
      const body = instruction?.opcode === 'call' ? bodyOf(String(instruction.immediates[0]), func, context, limit) : undefined;
      if (!instruction || !body || body.weight > room || endsInError(func, id)) continue;
      room -= body.weight;
      copyInto(func, id, at, instruction, body.func);
      changed = true;
    }
  }
  return changed;
}

/** A body that may be copied, with its weight. */
export interface InlineBody {
  readonly func: IrFunction;
  readonly weight: number;
}

function bodyOf(name: string, into: IrFunction, context: PassContext, limit: number): InlineBody | undefined {
  const own = context.module.functions.get(name);
  if (own && (own === into || callFactsOf(context).recursive.has(name))) return undefined;
  const body = own ? inlinable(own) : context.world.bodies?.(name);
  return body && body.weight <= limit ? body : undefined;
}

/** What of a library may be wanted in programs. */
export const mayBeInlined = (func: IrFunction): boolean => (inlinable(func)?.weight ?? Infinity) <= BODY.program;

/** The function as a body, if its shape allows it: no suspensions, no loops. */
export function inlinable(func: IrFunction): InlineBody | undefined {
  if (func.convention !== 'plain') return undefined;
  const { order, position, successors } = controlFlow(func);
  const loops = order.some((block) => (successors[block] ?? []).some((next) => (position[next] ?? 0) <= (position[block] ?? 0)));
  return loops ? undefined : { func, weight: weightOf(func) };
}

function weightOf(func: IrFunction): number {
  let weight = 0;
  for (const block of func.blocks) {
    for (const { opcode } of block?.instructions ?? []) {
      if (opcode === 'call' || opcode === 'call_indirect') weight += CALL_WEIGHT;
      else if (!opcode.endsWith('.const') && opcode !== 'ref.null') weight += 1;
    }
  }
  return weight;
}

/** Whether the block is on a way that only errors take: what is called there need not be fast. */
function endsInError(func: IrFunction, block: Block): boolean {
  const { instructions, terminator } = blockOf(func, block);
  if (terminator?.kind === 'trap') return true;
  return instructions.some(({ opcode, immediates }) => (opcode === 'global.set' && immediates[0] === 'error') || (opcode === 'call' && immediates[0] === 'error_trace'));
}

/** Ends the block in front of the call, puts the copy there, and what was behind the call into a block of its own. */
function copyInto(func: IrFunction, id: Block, at: number, call: Instruction, body: IrFunction): void {
  const block = blockOf(func, id);
  const rest = addBlock(func);
  func.blocks[rest] = { params: call.results, instructions: block.instructions.splice(at).slice(1), terminator: block.terminator };
  const { blocks } = copyBlocks(body, func, call.location);
  for (const copy of blocks.values()) {
    const content = blockOf(func, copy);
    const { terminator } = content;
    if (terminator?.kind === 'return') content.terminator = { kind: 'jump', target: { block: rest, args: terminator.values }, location: terminator.location };
  }
  const entry = blocks.get(blockId(0));
  if (entry === undefined) throw new Error(`${body.name} has no entry`);
  block.terminator = { kind: 'jump', target: { block: entry, args: [...call.operands] }, location: call.location };
}
