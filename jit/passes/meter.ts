/**
 * Makes functions pay fuel: a loop for each turn, at its back edges; at their entry functions that anybody may call or
 * that call themselves, and those that do more than LUMP between two loops. Others are paid for by their callers.
 *
 *   fuel -= units; fuel < 0 ? slow: fuel_slow(), jump on : on
 *
 * Work is estimated in instructions; a unit of fuel pays for INSTRUCTIONS_PER_UNIT of them, and no turn of a loop is free.
 *
 * Requires: lowered functions, a reducible graph. Ensures: whatever runs for long pays in proportion, with one read and
 * one write of the global each time; the slow path is a block of its own. Functions that fuel_slow itself calls do not
 * pay: they would call it again. Cost: linear.
 */
import { Builder, addBlock, addParam } from '../../ir/builder.js';
import { blockOf, targetsOf, typeOf, type IrFunction } from '../../ir/function.js';
import type { Block } from '../../ir/types.js';
import { isEntered, type CallFacts } from './call-facts.js';
import { callFactsOf, type PassContext } from './context.js';
import { addPrologue } from './prologue.js';
import { estimateWork, type Work } from './work-estimate.js';

/**
 * So that the default budget of 1e9 units is some seconds of work, as a deadline of 30 s leads one to expect, and a loop
 * that does nothing still ends within one.
 */
const INSTRUCTIONS_PER_UNIT = 16;

/** Instructions from which on a function pays for itself. */
const LUMP = 200;

/** What a call out of the module is taken for where nothing is known of the callee. */
const UNKNOWN_UNITS = 20;

/** What each function leaves to its callers to pay; found once for a module, before any function pays. */
export interface MeterPlan {
  readonly exempt: ReadonlySet<string>;
  readonly unitsOfCall: ReadonlyMap<string, number>;
}

/** What a call costs the caller beside the call itself. */
function unitsOf(callee: string, units: ReadonlyMap<string, number>, { module, world }: PassContext): number {
  if (module.functions.has(callee)) return units.get(callee) ?? 0;
  return world.library ? (world.library.units[callee] ?? 0) : UNKNOWN_UNITS;
}

export function planMeter(context: PassContext): MeterPlan {
  const facts = callFactsOf(context);
  const exempt = reachableFrom('fuel_slow', facts);
  const unitsOfCall = new Map<string, number>();
  for (const name of facts.order) {
    const func = context.module.functions.get(name);
    // Resuming a frame is a turn of the scheduler's loop, or a call of `next`, which pay.
    const resumed = context.resumable.has(name) && !facts.recursive.has(name);
    if (!func || (isEntered(facts, name) && !resumed)) continue;
    const { entry } = estimateWork(func, (callee) => unitsOf(callee, unitsOfCall, context));
    if (entry.most <= LUMP || exempt.has(name)) unitsOfCall.set(name, Math.round(entry.typical));
  }
  return { exempt, unitsOfCall };
}

export function meter(func: IrFunction, context: PassContext): boolean {
  const plan = (context.meterPlan ??= planMeter(context));
  if (plan.exempt.has(func.name)) return false;
  const work = estimateWork(func, (callee) => unitsOf(callee, plan.unitsOfCall, context));
  // A library is not out to cheat, and full of long ways for rare cases.
  const price = ({ most, typical }: Work): number => Math.ceil(context.world.openWorld ? typical : most);
  work.forest.loops.forEach((loop, index) => {
    const turn = work.turns[index];
    if (turn) chargeBackEdges(func, context, loop.header, loop.latches, price(turn));
  });
  const paysAtEntry = !plan.unitsOfCall.has(func.name);
  if (paysAtEntry) addPrologue(func, context, (build) => buildCharge(build, price(work.entry)));
  return paysAtEntry || work.forest.loops.length > 0;
}

function reachableFrom(root: string, facts: CallFacts): Set<string> {
  const seen = new Set<string>();
  const work = [root];
  for (let name = work.pop(); name !== undefined; name = work.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    work.push(...(facts.callees.get(name) ?? []));
  }
  return seen;
}

/** All back edges of a loop go through one block that pays for the turn. */
function chargeBackEdges(func: IrFunction, context: PassContext, header: Block, latches: readonly Block[], instructions: number): void {
  const pay = addBlock(func);
  const params = blockOf(func, header).params.map((param) => addParam(func, pay, typeOf(func, param)));
  for (const latch of latches) {
    const { terminator } = blockOf(func, latch);
    for (const target of terminator ? targetsOf(terminator) : []) if (target.block === header) target.block = pay;
  }
  const build = new Builder(func, context.symbols);
  build.location = blockOf(func, header).terminator?.location;
  build.switchTo(pay);
  buildCharge(build, instructions);
  build.jump(header, ...params);
}

/** Pays in the current block and goes on in a new one. */
function buildCharge(build: Builder, instructions: number): void {
  const units = Math.max(1, Math.round(instructions / INSTRUCTIONS_PER_UNIT));
  const slow = build.block();
  const on = build.block();
  const left = build.op('i64.sub', [build.op('global.get', [], 'fuel'), build.i64(BigInt(units))]);
  build.emit('global.set', [left], 'fuel');
  build.brif(build.op('i64.lt_s', [left, build.i64(0n)]), { block: slow, args: [] }, { block: on, args: [] });
  build.switchTo(slow);
  build.call('fuel_slow', []);
  build.jump(on);
  build.switchTo(on);
}
