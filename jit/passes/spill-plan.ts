/**
 * What spill.ts writes where: the calls that may collect, what lives across each, slots, and the writes that are needed.
 *
 * Requires: lowered functions. Ensures
 *   P1 of a pointer, the value it was taken out of and the value it was boxed into, only the first made needs a slot.
 *   P2 a pointer lives as long as an address derived from it: a collection must not free what an i32 points into.
 *   P3 a value is written before the first call of each way that it lives across; not again where every way wrote it.
 *   P4 a slot that some call would find unwritten, one that nothing lives across included, is listed in `initial`.
 * Cost: liveness, values times slots tried, and a data flow over blocks times slots.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import { blockOf, targetsOf, typeOf, usesOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { liveness } from '../../ir/liveness.js';
import { isTraced, type Block, type Value } from '../../ir/types.js';

/** A call that may collect, and the values that must be on the shadow stack while it runs; none, maybe. */
export interface Site {
  readonly block: Block;
  readonly instruction: Instruction;
  readonly live: readonly Value[];
}

export interface SpillPlan {
  readonly sites: readonly Site[];
  readonly slotOf: ReadonlyMap<Value, number>;
  readonly slotCount: number;
}

/** Values whose bits are never a pointer into the heap. */
const NO_POINTER: ReadonlySet<string> = new Set(['val.const', 'val.from_f64', 'ref.null', 'data.addr']);
/** Results that are the same pointer as their operand (P1). */
const SAME_POINTER: ReadonlySet<string> = new Set(['ref.from_val', 'val.box']);
/** Results that may point into what an operand points to (P2). */
const DERIVED: ReadonlySet<string> = new Set(['elem.addr', 'i32.from_ref', 'i32.add', 'i32.sub', 'i32.and', 'i32.or', 'select']);

/** `kept`: a pointer that the caller keeps alive. */
export function planSpills(func: IrFunction, flow: ControlFlow, kept: Value | undefined, mayCollect: (instruction: Instruction) => boolean): SpillPlan {
  const sites = findSites(func, flow, kept, mayCollect);
  const slotOf = assignSlots(sites);
  return { sites, slotOf, slotCount: slotOf.size === 0 ? 0 : Math.max(...slotOf.values()) + 1 };
}

function findSites(func: IrFunction, flow: ControlFlow, kept: Value | undefined, mayCollect: (instruction: Instruction) => boolean): Site[] {
  const wanted = flow.order.filter((id) => blockOf(func, id).instructions.some(mayCollect));
  if (wanted.length === 0) return [];
  const sources = pointerSources(func, flow, kept);
  const fed = addressParams(func, flow, sources);
  const { liveOut } = liveness(func, flow);
  const sites: Site[] = [];
  for (const id of wanted) {
    const block = blockOf(func, id);
    const inBlock: Site[] = [];
    const live = new Set<Value>([...(liveOut[id] ?? []), ...(block.terminator ? usesOf(block.terminator) : [])]);
    for (let index = block.instructions.length - 1; index >= 0; index--) {
      const instruction = block.instructions[index];
      if (!instruction) continue;
      for (const result of instruction.results) live.delete(result);
      if (mayCollect(instruction)) {
        const kept = new Set([...live].flatMap((value) => sources[value] ?? []));
        for (const value of live) assertKnown(func, fed, value);
        inBlock.push({ block: id, instruction, live: [...kept] });
      }
      for (const operand of instruction.operands) live.add(operand);
    }
    sites.push(...inBlock.reverse());
  }
  return sites;
}

/** For each value the traced values that keep alive what it points to: itself, its origin, or none. */
function pointerSources(func: IrFunction, flow: ControlFlow, kept: Value | undefined): (readonly Value[] | undefined)[] {
  const sources: (readonly Value[] | undefined)[] = new Array<readonly Value[] | undefined>(func.valueTypes.length).fill(undefined);
  for (const id of flow.order) {
    const { params, instructions } = blockOf(func, id);
    for (const param of params) if (param !== kept && isTraced(typeOf(func, param))) sources[param] = [param];
    for (const { opcode, operands, results } of instructions) {
      for (const result of results) {
        if (SAME_POINTER.has(opcode) || (DERIVED.has(opcode) && typeOf(func, result) === 'i32')) {
          sources[result] = [...new Set(operands.flatMap((operand) => sources[operand] ?? []))];
        } else if (isTraced(typeOf(func, result)) && !NO_POINTER.has(opcode)) {
          sources[result] = [result];
        }
      }
    }
  }
  return sources;
}

/** Block parameters that receive an address into an object: which one they point into is not known. */
function addressParams(func: IrFunction, flow: ControlFlow, sources: readonly (readonly Value[] | undefined)[]): Set<Value> {
  const found = new Set<Value>();
  for (const id of flow.order) {
    const { terminator } = blockOf(func, id);
    for (const { block, args } of terminator ? targetsOf(terminator) : []) {
      const { params } = blockOf(func, block);
      args.forEach((arg, index) => {
        const param = params[index + params.length - args.length];
        if (param !== undefined && !isTraced(typeOf(func, arg)) && (sources[arg]?.length ?? 0) > 0) found.add(param);
      });
    }
  }
  return found;
}

function assertKnown(func: IrFunction, fed: ReadonlySet<Value>, value: Value): void {
  if (fed.has(value)) throw new Error(`P2: v${value} of ${func.name} is an address into an object, met with others, across a call that may collect`);
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

/** In front of a call: the values to be written, by slot. */
export type Writes = ReadonlyMap<Instruction, readonly Value[]>;

/** No value: what a slot holds where ways meet that wrote different ones, or nothing at all. */
const MIXED = -1;
const UNWRITTEN = -2;
type Held = Int32Array;

/**
 * Finds the writes (P3) and the slots that need a first value (P4). `start`: where the slots are taken; `behind`: the
 * blocks that it leads to, itself included. Ways that join them from elsewhere have no slots.
 */
export function placeWrites(
  flow: ControlFlow,
  plan: SpillPlan,
  start: Block,
  behind: ReadonlySet<Block>,
): { writes: Writes; initial: ReadonlySet<number> } {
  const order = flow.order.filter((block) => behind.has(block));
  const sitesIn = new Map<Block, Site[]>();
  for (const site of plan.sites) sitesIn.set(site.block, [...(sitesIn.get(site.block) ?? []), site]);
  const heldAtEnd = new Map<Block, Held>();
  const atStart = (block: Block): Held => {
    const held = new Int32Array(plan.slotCount).fill(UNWRITTEN);
    if (block === start) return held;
    let first = true;
    for (const predecessor of flow.predecessors[block] ?? []) {
      const other = heldAtEnd.get(predecessor);
      if (!other) continue;
      if (first) held.set(other);
      else other.forEach((value, slot) => (held[slot] = meet(held[slot] ?? UNWRITTEN, value)));
      first = false;
    }
    return held;
  };
  const through = (block: Block, held: Held, visit?: (site: Site, held: Held) => void): Held => {
    for (const site of sitesIn.get(block) ?? []) {
      visit?.(site, held);
      for (const value of site.live) held[plan.slotOf.get(value) ?? 0] = value;
    }
    return held;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      const end = through(block, atStart(block));
      const before = heldAtEnd.get(block);
      if (before?.every((value, slot) => value === end[slot])) continue;
      heldAtEnd.set(block, end);
      changed = true;
    }
  }
  const writes = new Map<Instruction, readonly Value[]>();
  const initial = new Set<number>();
  for (const block of order) {
    if (!sitesIn.has(block)) continue;
    through(block, atStart(block), (site, held) => {
      writes.set(site.instruction, site.live.filter((value) => held[plan.slotOf.get(value) ?? 0] !== value));
      const taken = new Set(site.live.map((value) => plan.slotOf.get(value)));
      held.forEach((value, slot) => {
        if (value === UNWRITTEN && !taken.has(slot)) initial.add(slot);
      });
    });
  }
  return { writes, initial };
}

const meet = (a: number, b: number): number => (a === b ? a : a === UNWRITTEN || b === UNWRITTEN ? UNWRITTEN : MIXED);
