/**
 * Sparse conditional constants, after Wegman and Zadeck: assumes that nothing runs and that nothing varies until it is
 * shown to, so that constants are found through block parameters and around loops, and branches on them are decided.
 *
 * Requires: nothing. Ensures: the same results, NaN payloads included; what is no longer reached or used stays for
 * simplify-cfg.ts and dce.ts. Cost: each value sinks at most twice, so linear in uses and edges; no recursion.
 */
import {
  blockOf, suppliedParams, targetsOf, typeOf, usesOf, type Instruction, type IrFunction, type Target, type Terminator,
} from '../../ir/function.js';
import type { Scalar } from '../../ir/scalars.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import { constantOf, evaluate, makeConstant } from './constants.js';
import type { PassContext } from './context.js';
import { placeholder } from './placeholder.js';
import { substitute } from './substitute.js';

/** What is known of a value: nothing yet (undefined), one constant, or that it varies. */
type Knowledge = Scalar | typeof VARIES | undefined;
const VARIES = Symbol('varies');

interface Analysis {
  readonly func: IrFunction;
  readonly known: Knowledge[];
  /** Where each value is used: instructions, and blocks whose terminator uses it. */
  readonly users: ((Instruction | Block)[] | undefined)[];
  readonly home: Map<Instruction, Block>;
  readonly runs: Uint8Array;
  readonly blocks: Block[];
  readonly values: Value[];
}

export function propagateConstants(func: IrFunction, _context?: PassContext): boolean {
  const analysis = prepare(func);
  for (const param of blockOf(func, blockId(0)).params) lower(analysis, param, VARIES);
  reach(analysis, blockId(0));
  for (;;) {
    const block = analysis.blocks.pop();
    const value = block === undefined ? analysis.values.pop() : undefined;
    if (block !== undefined) visitBlock(analysis, block);
    else if (value !== undefined) for (const user of analysis.users[value] ?? []) visitUser(analysis, user);
    else break;
  }
  return rewrite(analysis);
}

function prepare(func: IrFunction): Analysis {
  const users: ((Instruction | Block)[] | undefined)[] = new Array<(Instruction | Block)[] | undefined>(func.valueTypes.length).fill(undefined);
  const home = new Map<Instruction, Block>();
  func.blocks.forEach((block, index) => {
    for (const instruction of block?.instructions ?? []) {
      home.set(instruction, blockId(index));
      for (const operand of instruction.operands) (users[operand] ??= []).push(instruction);
    }
    for (const value of block?.terminator ? usesOf(block.terminator) : []) (users[value] ??= []).push(blockId(index));
  });
  const known: Knowledge[] = new Array<Knowledge>(func.valueTypes.length).fill(undefined);
  return { func, known, users, home, runs: new Uint8Array(func.blocks.length), blocks: [], values: [] };
}

function reach(analysis: Analysis, block: Block): void {
  if (analysis.runs[block]) return;
  analysis.runs[block] = 1;
  analysis.blocks.push(block);
}

/** Notes what a value may be beside what is known of it. */
function lower(analysis: Analysis, value: Value, found: Knowledge): void {
  const before = analysis.known[value];
  if (found === undefined || before === VARIES) return;
  const after = before === undefined || Object.is(before, found) ? found : VARIES;
  if (before !== undefined && after !== VARIES) return;
  analysis.known[value] = after;
  analysis.values.push(value);
}

function visitUser(analysis: Analysis, user: Instruction | Block): void {
  if (typeof user === 'number') {
    if (analysis.runs[user]) visitTerminator(analysis, user);
  } else if (analysis.runs[analysis.home.get(user) ?? 0]) {
    visitInstruction(analysis, user);
  }
}

function visitBlock(analysis: Analysis, block: Block): void {
  for (const instruction of blockOf(analysis.func, block).instructions) visitInstruction(analysis, instruction);
  visitTerminator(analysis, block);
}

function visitInstruction(analysis: Analysis, instruction: Instruction): void {
  const { func, known } = analysis;
  const { opcode, operands, results } = instruction;
  const [result] = results;
  if (result === undefined) return;
  const made = constantOf(instruction);
  if (made !== undefined) return lower(analysis, result, made);
  const inputs = operands.map((operand) => known[operand]);
  if (results.length === 1 && operands.length > 0 && !inputs.includes(VARIES)) {
    if (inputs.includes(undefined)) return;
    // Neither undefined nor VARIES is among them.
    const constant = evaluate(opcode, inputs as Scalar[], typeOf(func, result));
    if (constant !== undefined) return lower(analysis, result, constant);
  }
  for (const each of results) lower(analysis, each, VARIES);
}

function visitTerminator(analysis: Analysis, block: Block): void {
  const { terminator } = blockOf(analysis.func, block);
  if (!terminator) return;
  for (const target of takenTargets(analysis, terminator)) {
    const { params } = blockOf(analysis.func, target.block);
    const supplied = suppliedParams(terminator);
    params.forEach((param, index) => {
      const arg = target.args[index - supplied];
      lower(analysis, param, arg === undefined ? VARIES : analysis.known[arg]);
    });
    reach(analysis, target.block);
  }
}

/** The ways that control may take as far as is known. */
function takenTargets({ known }: Analysis, terminator: Terminator): readonly Target[] {
  if (terminator.kind !== 'brif' && terminator.kind !== 'br_table') return targetsOf(terminator);
  const selector = known[terminator.kind === 'brif' ? terminator.condition : terminator.index];
  if (selector === undefined) return [];
  if (selector === VARIES) return targetsOf(terminator);
  if (terminator.kind === 'brif') return [selector !== 0 ? terminator.then : terminator.else];
  return [terminator.targets[Number(selector) >>> 0] ?? terminator.otherwise];
}

/** Puts in what was found. A parameter that is constant is replaced by one made in its block; its arguments stay for dce. */
function rewrite(analysis: Analysis): boolean {
  const { func, known } = analysis;
  const replacements = new Map<Value, Value>();
  let changed = false;
  func.blocks.forEach((block, index) => {
    if (!block || !analysis.runs[index]) return;
    for (const instruction of block.instructions) {
      const [result] = instruction.results;
      const found = result === undefined ? VARIES : known[result];
      if (result === undefined || found === undefined || found === VARIES || instruction.operands.length === 0) continue;
      makeConstant(instruction, typeOf(func, result), found);
      changed = true;
    }
    for (const param of block.params) {
      const found = known[param];
      if (found === undefined || found === VARIES) continue;
      const made = placeholder(func, blockId(index), typeOf(func, param), 'start');
      const [instruction] = block.instructions;
      if (instruction) makeConstant(instruction, typeOf(func, param), found);
      replacements.set(param, made);
    }
    if (!block.terminator) return;
    const decided = decide(analysis, block.terminator);
    if (decided === block.terminator) return;
    block.terminator = decided;
    changed = true;
  });
  return substitute(func, replacements) || changed;
}

function decide(analysis: Analysis, terminator: Terminator): Terminator {
  if (terminator.kind !== 'brif' && terminator.kind !== 'br_table') return terminator;
  const [only, ...others] = takenTargets(analysis, terminator);
  return only && others.length === 0 ? { kind: 'jump', target: only, location: terminator.location } : terminator;
}
