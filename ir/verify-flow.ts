/**
 * Checks what concerns several blocks: terminators and their targets, dominance, suspensions.
 * V3, V4, V7, V12 to V15, V18, V20, V22.
 */
import { controlFlow, isReachable, type ControlFlow } from './cfg.js';
import { dominates, dominatorTree } from './domtree.js';
import { suppliedParams, targetsOf, usesOf, type BasicBlock, type Target, type Terminator } from './function.js';
import { liveAcrossSuspension, liveness, suspendingBlocks } from './liveness.js';
import type { Check } from './rules.js';
import { blockId, type Block, type Type, type Value } from './types.js';

export function verifyTerminator(check: Check, terminator: Terminator): void {
  for (const target of targetsOf(terminator)) verifyTarget(check, target, suppliedParams(terminator));
  switch (terminator.kind) {
    case 'brif':
      return expectType(check, terminator.condition, 'i32', 'a condition');
    case 'br_table':
      return expectType(check, terminator.index, 'i32', 'an index');
    case 'return':
      return check.expectTypes(terminator.values, check.func.results, 'V13', 'V13', 'return');
    case 'await':
      expectAsync(check, 'await');
      // An i32 is an attempt that the body made itself: see Terminator.
      if (check.func.valueTypes[terminator.operand] === 'i32') return;
      return expectType(check, terminator.operand, 'val', 'an awaited operand');
    case 'await_call':
      expectAsync(check, 'await_call');
      return verifyAwaitedCall(check, terminator.callee, terminator.operands);
    case 'jump':
    case 'trap':
      return;
  }
}

function verifyTarget(check: Check, { block, args }: Target, supplied: number): void {
  const target = check.func.blocks[block];
  if (!target) {
    check.report('V4', `there is no block${block}`);
    return;
  }
  if (block === 0) check.report('V3', 'block0 is a target');
  const [resume] = target.params;
  if (supplied > 0 && (resume === undefined || check.typeOf(resume) !== 'val')) {
    check.report('V12', `block${block} needs a first parameter of type val for the resume value`);
    return;
  }
  const wanted = target.params.slice(supplied).map((param): Type => check.typeOf(param) ?? 'i32');
  check.expectTypes(args, wanted, 'V12', 'V12', `block${block}`);
}

function expectType(check: Check, value: Value, wanted: Type, what: string): void {
  const type = check.typeOf(value);
  if (type !== undefined && type !== wanted) check.report('V14', `v${value} is ${type}, ${what} is ${wanted}`);
}

function expectAsync(check: Check, what: string): void {
  if (check.func.convention !== 'async') check.report('V18', `${what} in a plain function`);
}

function verifyAwaitedCall(check: Check, name: string, operands: readonly Value[]): void {
  const callee = check.symbols.func(name);
  if (!callee) check.report('V15', `there is no function ${name}`);
  else if (callee.convention !== 'async') check.report('V20', `${name} is not async`);
  else check.expectTypes(operands, callee.params, 'V20', 'V20', name);
}

/** V7 and V22; needs terminators everywhere and targets that exist. */
export function verifyFlow(check: Check): void {
  const flow = controlFlow(check.func);
  const tree = dominatorTree(flow);
  const place = definitionPlaces(check);
  flow.order.forEach((id) => {
    const block = check.func.blocks[id];
    if (!block) return;
    forEachUse(block, (value, index) => {
      const at = place[value];
      if (!at || (at.block === id ? at.index < index : isReachable(flow, at.block) && dominates(tree, at.block, id))) return;
      check.enter(id, index === Infinity ? -1 : index);
      check.report('V7', `v${value} is defined in block${at.block}, which does not come before this use on every path`);
    });
  });
  if (check.func.convention === 'async') verifySuspensions(check, flow);
}

function verifySuspensions(check: Check, flow: ControlFlow): void {
  const suspending = suspendingBlocks(check.func, flow);
  if (suspending.length === 0) return;
  const addresses = addressValues(check, flow);
  if (addresses.size === 0) return;
  const lives = liveness(check.func, flow);
  for (const block of suspending) {
    check.enter(block, -1);
    for (const value of liveAcrossSuspension(check.func, lives, block)) {
      if (addresses.has(value)) check.report('V22', `v${value} is an address of an object and live across the suspension`);
    }
  }
}

/** Results of elem.addr and i32.from_ref, and of adding to or subtracting from one; a difference of two is none. */
function addressValues(check: Check, flow: ControlFlow): Set<Value> {
  const found = new Set<Value>();
  for (const id of flow.order) {
    for (const { opcode, operands, results } of check.func.blocks[id]?.instructions ?? []) {
      const [first, second] = operands.map((operand) => found.has(operand));
      const moved = (opcode === 'i32.add' && first !== second) || (opcode === 'i32.sub' && first && !second);
      if (moved || opcode === 'elem.addr' || opcode === 'i32.from_ref') results.forEach((result) => found.add(result));
    }
  }
  return found;
}

/** Where each value is defined; parameters stand at index -1. */
function definitionPlaces(check: Check): { block: Block; index: number }[] {
  const places: { block: Block; index: number }[] = [];
  check.func.blocks.forEach((block, id) => {
    for (const param of block?.params ?? []) places[param] = { block: blockId(id), index: -1 };
    block?.instructions.forEach(({ results }, index) => {
      for (const result of results) places[result] = { block: blockId(id), index };
    });
  });
  return places;
}

/** Visits uses with the index of their instruction; the terminator's is Infinity. */
export function forEachUse(block: BasicBlock, visit: (value: Value, index: number) => void): void {
  block.instructions.forEach(({ operands }, index) => {
    for (const operand of operands) visit(operand, index);
  });
  if (block.terminator) for (const value of usesOf(block.terminator)) visit(value, Infinity);
}
