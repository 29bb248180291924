/**
 * Keeps values that point into the heap on a shadow stack while a call runs that may collect, so that the collector
 * finds them. The collector does not move objects, so nothing is read back.
 *
 *   shadow ->  | slot 0 | slot 1 | … |  8 bytes each: a boxed value, or a pointer boxed as object
 *
 * The function takes its slots by moving the global `shadow` up in the last block that dominates all calls in question
 * and stands in no loop, so that ways without such calls pay nothing, and puts it back at every return behind that block.
 * Which slots are written where is planned in spill-plan.ts.
 *
 * Requires: lowered functions; whoever resumes a frame keeps it alive meanwhile (stdlib: callResume). Ensures: at every call that may collect, each `ref` and `val` that is live across it, and
 * each that an address live across it was derived from, stands on the shadow stack; slots hold well-formed values from
 * the start; a shadow stack that is used up ends the task as the native stack would. Functions that need no slots are
 * left alone.
 */
import { Builder } from '../../ir/builder.js';
import { controlFlow } from '../../ir/cfg.js';
import { dominates, dominatorTree } from '../../ir/domtree.js';
import { blockOf, typeOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import { TAG, TRAP } from '../abi.js';
import type { CallFacts } from './call-facts.js';
import { callFactsOf, type PassContext } from './context.js';
import { addPrologue } from './prologue.js';
import { blocksBehind, lastBlockBefore } from './shrink-wrap.js';
import { placeWrites, planSpills, type SpillPlan } from './spill-plan.js';

const SLOT_BYTES = 8;

export function spill(func: IrFunction, context: PassContext): boolean {
  const facts = callFactsOf(context);
  if (!facts.allocating.has(func.name)) return false;
  const flow = controlFlow(func);
  const [kept] = context.resumable.has(func.name) ? blockOf(func, blockId(0)).params : [];
  const plan = planSpills(func, flow, kept, (instruction) => mayCollect(instruction, facts));
  if (plan.slotCount === 0) return false;
  const tree = dominatorTree(flow);
  const blocks = [...new Set(plan.sites.flatMap(({ block, live }) => (live.length > 0 ? [block] : [])))];
  const start = lastBlockBefore(blocks, flow, tree);
  const behind = blocksBehind(flow, start);
  const { writes, initial } = placeWrites(flow, plan, start, behind);
  const returns = [...behind].filter((block) => blockOf(func, block).terminator?.kind === 'return');
  const early = returns.some((block) => !dominates(tree, start, block));

  const atEntry = early ? addPrologue(func, context, (build) => build.op('global.get', [], 'shadow')) : undefined;
  const { base, rest } = addPrologue(func, context, (build) => takeSlots(build, atEntry, plan.slotCount, initial), start);
  for (const block of new Set(plan.sites.map((site) => site.block))) {
    if (behind.has(block)) writeSlots(new Builder(func, context.symbols), block === start ? rest : block, writes, plan, base);
  }
  for (const block of returns) {
    const { instructions, terminator } = blockOf(func, block === start ? rest : block);
    instructions.push({ opcode: 'global.set', operands: [base], immediates: ['shadow'], results: [], location: terminator?.location });
  }
  return true;
}

/** Every indirect call may, and every function from which a way leads to the allocator. */
const mayCollect = ({ opcode, immediates }: Instruction, facts: CallFacts): boolean =>
  opcode === 'call_indirect' || (opcode === 'call' && facts.allocating.has(String(immediates[0])));

/** Takes the slots, and goes on in a new block, `rest`. Gives the address of slot 0. */
function takeSlots(build: Builder, atEntry: Value | undefined, slotCount: number, initial: ReadonlySet<number>): { base: Value; rest: Block } {
  const rest = build.block();
  const full = build.block();
  const base = atEntry ?? build.op('global.get', [], 'shadow');
  const top = build.op('i32.add', [base, build.i32(slotCount * SLOT_BYTES)]);
  const limit = build.op('global.get', [], 'shadowLimit');
  build.brif(build.op('i32.gt_u', [top, limit]), { block: full, args: [] }, { block: rest, args: [] });
  build.switchTo(full);
  build.trap(TRAP.stack);
  build.switchTo(rest);
  build.emit('global.set', [top], 'shadow');
  for (const slot of initial) build.store('val', base, slot * SLOT_BYTES, build.val(0n));
  return { base, rest };
}

/** Writes in front of each call of a block what has to be there and does not stand in its slot yet. */
function writeSlots(build: Builder, id: Block, writes: ReadonlyMap<Instruction, readonly Value[]>, plan: SpillPlan, base: Value): void {
  const { func } = build;
  const block = blockOf(func, id);
  const { instructions, terminator } = block;
  build.switchTo(id);
  block.instructions = [];
  block.terminator = null;
  for (const instruction of instructions) {
    build.location = instruction.location;
    for (const value of writes.get(instruction) ?? []) {
      const boxed = typeOf(func, value) === 'ref' ? build.op('val.box', [value], TAG.object) : value;
      build.store('val', base, (plan.slotOf.get(value) ?? 0) * SLOT_BYTES, boxed);
    }
    block.instructions.push(instruction);
  }
  block.terminator = terminator;
}
