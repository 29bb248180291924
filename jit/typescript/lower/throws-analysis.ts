/**
 * Infers which plain functions throw, over all functions of a module at once, and takes the status result from the others.
 *
 * Needs functions lowered as if each threw: every call of one ends its block with a branch on the status. A function
 * throws if an error of its own, or of a callee that throws, escapes it. Promises that signatures say the truth: results
 * end in a status exactly for functions that throw.
 */
import type { BasicBlock, IrFunction } from '../../../ir/function.js';
import { cleanUp } from './cleanup.js';

export interface Analysed {
  readonly func: IrFunction;
  /** Callees whose errors leave the function; null: it has errors of its own. */
  readonly escapes: ReadonlySet<string | null>;
  /** Its signature is fixed (a closure entry): it has a status in any case. */
  readonly keepsStatus: boolean;
}

export function inferThrows(functions: readonly Analysed[]): void {
  const throwing = throwingFunctions(functions);
  const silent = new Set<string>();
  for (const { func, keepsStatus } of functions) {
    if (func.convention === 'plain' && !keepsStatus && !throwing.has(func.name)) silent.add(func.name);
  }
  for (const { func } of functions) {
    if (silent.has(func.name)) dropStatus(func);
    dropChecks(func, silent);
    cleanUp(func);
  }
}

/** Grows the set of throwing functions along the calls until nothing is added. */
function throwingFunctions(functions: readonly Analysed[]): ReadonlySet<string> {
  const callers = new Map<string, string[]>();
  const work: string[] = [];
  const throwing = new Set<string>();
  const add = (name: string): void => {
    if (throwing.has(name)) return;
    throwing.add(name);
    work.push(name);
  };
  for (const { func, escapes, keepsStatus } of functions) {
    if (keepsStatus || escapes.has(null)) add(func.name);
    for (const callee of escapes) {
      if (callee === null) continue;
      const known = callers.get(callee);
      if (known) known.push(func.name);
      else callers.set(callee, [func.name]);
    }
  }
  for (let name = work.pop(); name !== undefined; name = work.pop()) callers.get(name)?.forEach(add);
  return throwing;
}

function dropStatus(func: IrFunction): void {
  func.results.pop();
  for (const block of func.blocks) {
    if (block?.terminator?.kind === 'return') block.terminator.values.pop();
  }
}

/** Calls of functions that never throw lose their status, and the branch on it becomes a jump. */
function dropChecks(func: IrFunction, silent: ReadonlySet<string>): void {
  for (const block of func.blocks) {
    if (block) dropCheck(block, silent);
  }
}

function dropCheck(block: BasicBlock, silent: ReadonlySet<string>): void {
  const { terminator } = block;
  for (const instruction of block.instructions) {
    const [callee] = instruction.immediates;
    if (instruction.opcode !== 'call' || typeof callee !== 'string' || !silent.has(callee)) continue;
    const status = instruction.results.pop();
    if (terminator?.kind !== 'brif' || terminator.condition !== status) throw new Error(`the status of ${callee} is not tested`);
    block.terminator = { kind: 'jump', target: terminator.else, location: terminator.location };
  }
}
