/**
 * Demand: which values of a function must be computed at all, how often each is read, and which share their bits.
 *
 * Needs a plain function and its control flow. Promises: a value that only feeds unneeded values has no reads, block
 * parameters included; instructions that merely retype bits (`ref.from_i32`, `val.from_i64`…) vanish, their result
 * stands for their operand everywhere. Linear: one mark phase over definitions.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import { blockOf, ownUsesOf, targetsOf, type Instruction, type IrFunction, type Terminator } from '../../ir/function.js';
import { opcodeRow } from '../../ir/opcodes.js';
import { valueId, type Block, type Value } from '../../ir/types.js';

export interface Demand {
  /** The value that each value's bits come from; mostly itself. All other tables are indexed by such roots. */
  readonly root: readonly Value[];
  /** How many reads the emitted code has of each root; 0 where it needs not be computed. */
  readonly reads: Int32Array;
  /** The instruction that defines a root; undefined for block parameters. */
  readonly definition: readonly (Instruction | undefined)[];
}

export const rootOf = (demand: Demand, value: Value): Value => demand.root[value] ?? value;
export const readsOf = (demand: Demand, value: Value): number => demand.reads[rootOf(demand, value)] ?? 0;

/** True for an instruction without code of its own: its result has the operand's bits. */
export const isRetyping = (instruction: Instruction): boolean => opcodeRow(instruction.opcode).wasm?.length === 0;

/** True for an instruction that has to run whether or not its results are read. */
export function mustRun(instruction: Instruction): boolean {
  const { effect } = opcodeRow(instruction.opcode);
  return effect === 'trap' || effect === 'write' || effect === 'call';
}

/** True if code is emitted for the instruction at all. */
export const isDemanded = (demand: Demand, instruction: Instruction): boolean =>
  !isRetyping(instruction) && (mustRun(instruction) || instruction.results.some((result) => readsOf(demand, result) > 0));

export function findDemand(func: IrFunction, flow: ControlFlow): Demand {
  const tables = collect(func, flow);
  mark(func, flow, tables);
  const demand = { root: tables.root, reads: new Int32Array(func.valueTypes.length), definition: tables.definition };
  countReads(func, flow, tables.needed, demand);
  return demand;
}

interface Tables {
  readonly root: Value[];
  readonly definition: (Instruction | undefined)[];
  /** For block parameters: the arguments that flow in. */
  readonly incoming: (Value[] | undefined)[];
  readonly needed: Uint8Array;
}

/** In reverse postorder, definitions precede uses, so a root is known when it is asked for. */
function collect(func: IrFunction, flow: ControlFlow): Tables {
  const count = func.valueTypes.length;
  const root = Array.from({ length: count }, (_, index) => valueId(index));
  const definition = new Array<Instruction | undefined>(count).fill(undefined);
  const incoming = new Array<Value[] | undefined>(count).fill(undefined);
  for (const block of flow.order) {
    const { instructions, terminator } = blockOf(func, block);
    for (const instruction of instructions) {
      const [source] = instruction.operands;
      const [result] = instruction.results;
      if (isRetyping(instruction) && source !== undefined && result !== undefined) root[result] = root[source] ?? source;
      else for (const value of instruction.results) definition[value] = instruction;
    }
    if (terminator) noteArguments(func, terminator, incoming);
  }
  return { root, definition, incoming, needed: new Uint8Array(count) };
}

function noteArguments(func: IrFunction, terminator: Terminator, incoming: (Value[] | undefined)[]): void {
  for (const target of targetsOf(terminator)) {
    const { params } = blockOf(func, target.block);
    target.args.forEach((arg, index) => {
      const param = params[index];
      if (param !== undefined) (incoming[param] ??= []).push(arg);
    });
  }
}

function mark(func: IrFunction, flow: ControlFlow, { root, definition, incoming, needed }: Tables): void {
  const work: Value[] = [];
  const need = (value: Value): void => {
    const source = root[value] ?? value;
    if (needed[source]) return;
    needed[source] = 1;
    work.push(source);
  };
  for (const block of flow.order) {
    const { instructions, terminator } = blockOf(func, block);
    for (const instruction of instructions) if (mustRun(instruction)) instruction.operands.forEach(need);
    if (terminator) ownUsesOf(terminator).forEach(need);
  }
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    definition[value]?.operands.forEach(need);
    incoming[value]?.forEach(need);
  }
}

function countReads(func: IrFunction, flow: ControlFlow, needed: Uint8Array, { root, reads }: Demand): void {
  const read = (value: Value): void => {
    const source = root[value] ?? value;
    reads[source] = (reads[source] ?? 0) + 1;
  };
  for (const block of flow.order) {
    const { instructions, terminator } = blockOf(func, block);
    for (const instruction of instructions) {
      const runs = !isRetyping(instruction) && (mustRun(instruction) || instruction.results.some((value) => needed[value]));
      if (runs) instruction.operands.forEach(read);
    }
    if (!terminator) continue;
    ownUsesOf(terminator).forEach(read);
    forEachArgument(func, terminator, (param, arg) => {
      if (needed[param]) read(arg);
    });
  }
}

/** Calls back with each (parameter, argument) of each edge. */
export function forEachArgument(
  func: IrFunction,
  terminator: Terminator,
  visit: (param: Value, arg: Value, edge: number, block: Block) => void,
): void {
  targetsOf(terminator).forEach((target, edge) => {
    const { params } = blockOf(func, target.block);
    target.args.forEach((arg, index) => {
      const param = params[index];
      if (param !== undefined) visit(param, arg, edge, target.block);
    });
  });
}
