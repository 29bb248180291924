/**
 * Keeps values that point into the heap on a shadow stack while a call runs that may allocate, so that a collector
 * finds them. The collector does not move objects, so nothing is read back.
 *
 *   shadow ->  | slot 0 | slot 1 | … |  8 bytes each: a boxed value, or a pointer boxed as object
 *
 * The function takes its slots at entry by moving the global `shadow` up and puts it back at every return; a slot is
 * written before each call that its value lives across, unless this block wrote it already.
 *
 * Slots take no more bytes than stack-check.ts counts for the values that are live, so a shadow stack as large as the
 * budget of native stack is large enough.
 *
 * Requires: lowered functions. Ensures: at every call that is not known to leave the heap alone, each `ref` and `val`
 * that is live across it stands on the shadow stack; slots hold well-formed values from the start. Functions without
 * such values take nothing. Cost: liveness, and values times slots tried.
 */
import { Builder } from '../../ir/builder.js';
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { blockOf, typeOf, usesOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { liveness } from '../../ir/liveness.js';
import { isTraced, type Block, type Value } from '../../ir/types.js';
import { TAG, UNDEFINED } from '../abi.js';
import type { CallFacts } from './call-facts.js';
import { callFactsOf, type PassContext } from './context.js';
import { addPrologue } from './prologue.js';

const SLOT_BYTES = 8;

/** A call and the traced values that live across it. */
interface Site {
  readonly block: Block;
  readonly instruction: Instruction;
  readonly live: readonly Value[];
}

export function spill(func: IrFunction, context: PassContext): boolean {
  const facts = callFactsOf(context);
  const flow = controlFlow(func);
  const sites = findSites(func, flow, (instruction) => mayAllocate(instruction, facts));
  const slots = assignSlots(sites);
  if (slots.size === 0) return false;
  const slotCount = Math.max(...slots.values()) + 1;
  const base = takeSlots(func, context, slotCount);
  const byBlock = new Map<Block, Map<Instruction, readonly Value[]>>();
  for (const { block, instruction, live } of sites) {
    const inBlock = byBlock.get(block) ?? new Map<Instruction, readonly Value[]>();
    byBlock.set(block, inBlock.set(instruction, live));
  }
  for (const [block, liveAt] of byBlock) writeSlots(func, context, block, liveAt, slots, base);
  return true;
}

/** Every call may, but for functions from which no way leads to the allocator. */
const mayAllocate = ({ opcode, immediates }: Instruction, facts: CallFacts): boolean =>
  opcode === 'call_indirect' || (opcode === 'call' && facts.allocating.has(String(immediates[0])));

function findSites(func: IrFunction, flow: ControlFlow, mayCollect: (instruction: Instruction) => boolean): Site[] {
  const sites: Site[] = [];
  const { liveOut } = liveness(func, flow);
  for (const id of flow.order) {
    const block = blockOf(func, id);
    const live = new Set<Value>([...(liveOut[id] ?? []), ...(block.terminator ? usesOf(block.terminator) : [])]);
    for (let index = block.instructions.length - 1; index >= 0; index--) {
      const instruction = block.instructions[index];
      if (!instruction) continue;
      for (const result of instruction.results) live.delete(result);
      if (mayCollect(instruction)) sites.push({ block: id, instruction, live: [...live].filter((value) => isTraced(typeOf(func, value))) });
      for (const operand of instruction.operands) live.add(operand);
    }
  }
  return sites.reverse();
}

/** Values that live across the same call get different slots; first fit. */
function assignSlots(sites: readonly Site[]): Map<Value, number> {
  const sitesOf = new Map<Value, number[]>();
  sites.forEach(({ live }, index) => {
    for (const value of live) {
      const list = sitesOf.get(value);
      if (list) list.push(index);
      else sitesOf.set(value, [index]);
    }
  });
  const busy: Set<number>[] = [];
  const slots = new Map<Value, number>();
  for (const [value, at] of sitesOf) {
    let slot = busy.findIndex((taken) => !at.some((site) => taken.has(site)));
    if (slot < 0) slot = busy.push(new Set()) - 1;
    for (const site of at) busy[slot]?.add(site);
    slots.set(value, slot);
  }
  return slots;
}

/** Puts the prologue into the entry block and the epilogue into each block that returns; gives the address of slot 0. */
function takeSlots(func: IrFunction, context: PassContext, slotCount: number): Value {
  const base = addPrologue(func, context, (build) => {
    const first = build.op('global.get', [], 'shadow');
    build.emit('global.set', [build.op('i32.add', [first, build.i32(slotCount * SLOT_BYTES)])], 'shadow');
    const nothing = build.val(UNDEFINED);
    for (let slot = 0; slot < slotCount; slot++) build.store('val', first, slot * SLOT_BYTES, nothing);
    return first;
  });
  for (const block of func.blocks) {
    if (block?.terminator?.kind !== 'return') continue;
    block.instructions.push({ opcode: 'global.set', operands: [base], immediates: ['shadow'], results: [], location: block.terminator.location });
  }
  return base;
}

/** Writes in front of each call of a block what lives across it and does not stand in its slot yet. */
function writeSlots(
  func: IrFunction,
  context: PassContext,
  id: Block,
  liveAt: ReadonlyMap<Instruction, readonly Value[]>,
  slots: ReadonlyMap<Value, number>,
  base: Value,
): void {
  const block = blockOf(func, id);
  const { instructions, terminator } = block;
  const written = new Map<number, Value>();
  const build = new Builder(func, context.symbols);
  build.switchTo(id);
  block.instructions = [];
  block.terminator = null;
  for (const instruction of instructions) {
    build.location = instruction.location;
    for (const value of liveAt.get(instruction) ?? []) {
      const slot = slots.get(value) ?? 0;
      if (written.get(slot) === value) continue;
      written.set(slot, value);
      const boxed = typeOf(func, value) === 'ref' ? build.op('val.box', [value], TAG.object) : value;
      build.store('val', base, slot * SLOT_BYTES, boxed);
    }
    block.instructions.push(instruction);
  }
  block.terminator = terminator;
}
