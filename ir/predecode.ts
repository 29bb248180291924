/**
 * Turns a function into the form that interpret.ts runs: segments of closures, each ended by a call or a branch.
 *
 * Needs a verified function. A block becomes one segment, and one more behind each call in it. Registers are value ids.
 */
import type { BasicBlock, Immediate, Instruction, IrFunction, Target, Terminator } from './function.js';
import { blockOf, suppliedParams } from './function.js';
import { LOADS, READ_MODIFY_WRITES, STORES, type Machine, type Registers, type Step } from './machine.js';
import { isScalarOpcode, SCALARS, type Scalar } from './scalars.js';
import { assertNever, WASM_TYPE_OF, type Signature, type Value } from './types.js';

/** A function in the form that runs. */
export interface Code {
  readonly func: IrFunction;
  readonly registerCount: number;
  readonly signature: string;
  readonly entry: Segment;
  /** Registers of the parameters. */
  readonly params: readonly number[];
  /** Register files of frames that returned, to be used again. */
  readonly spare: Registers[];
}

/** Straight-line code. `cost` is its fuel: one for each instruction and one for the end. */
export interface Segment {
  cost: number;
  steps: Step[];
  end: End;
}

/** Moves into block parameters; `temporary` where a register is read behind its being written. */
export interface Edge {
  readonly segment: Segment;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly temporary: boolean;
  /** Register of the resume value, or -1. */
  readonly resume: number;
}

export type End =
  | { readonly kind: 'call'; readonly callee: string; code: Code | null; readonly args: readonly number[]; readonly results: readonly number[]; readonly next: Segment }
  | { readonly kind: 'callIndirect'; readonly index: number; readonly signature: string; readonly args: readonly number[]; readonly results: readonly number[]; readonly next: Segment }
  | { readonly kind: 'jump'; readonly edge: Edge }
  | { readonly kind: 'branch'; readonly condition: number; readonly then: Edge; readonly otherwise: Edge }
  | { readonly kind: 'table'; readonly index: number; readonly edges: readonly Edge[]; readonly otherwise: Edge }
  | { readonly kind: 'return'; readonly values: readonly number[] }
  | { readonly kind: 'trap'; readonly code: number }
  | { readonly kind: 'await'; readonly operand: number; readonly ok: Edge; readonly error: Edge }
  | { readonly kind: 'awaitCall'; readonly callee: string; readonly args: readonly number[]; readonly ok: Edge; readonly error: Edge };

/** What symbols stand for. */
export interface PredecodeContext {
  readonly machine: Machine;
  readonly globals: Registers;
  globalIndex(name: string): number;
  tableIndex(func: string): number;
  dataAddress(symbol: string): number;
}

/** Equal texts are equal function types in WebAssembly, which knows neither `ref` nor `val`. */
export function signatureKey({ params, results }: Signature): string {
  const wasm = (types: Signature['params']): string => types.map((type) => WASM_TYPE_OF[type]).join();
  return `${wasm(params)}>${wasm(results)}`;
}

export function predecode(func: IrFunction, context: PredecodeContext): Code {
  const firsts = func.blocks.map((): Segment => ({ cost: 0, steps: [], end: { kind: 'trap', code: 0 } }));
  const edge = (target: Target, supplied: number): Edge => {
    const segment = firsts[target.block];
    const { params } = blockOf(func, target.block);
    if (!segment) throw new Error(`${func.name} has no block${target.block} (V4)`);
    const to = params.slice(supplied);
    const temporary = target.args.some((arg, index) => to.slice(0, index).includes(arg));
    return { segment, from: target.args, to, temporary, resume: supplied > 0 ? (params[0] ?? -1) : -1 };
  };
  func.blocks.forEach((block, index) => {
    const first = firsts[index];
    if (block && first) fillBlock(block, first, edge, context);
  });
  const [entry] = firsts;
  if (!entry) throw new Error(`${func.name} has no block0 (V1)`);
  return { func, registerCount: func.valueTypes.length, signature: signatureKey(func), entry, params: func.blocks[0]?.params ?? [], spare: [] };
}

function fillBlock(block: BasicBlock, first: Segment, edge: (target: Target, supplied: number) => Edge, context: PredecodeContext): void {
  let segment = first;
  for (const instruction of block.instructions) {
    const call = decodeCall(instruction);
    if (call) {
      segment.cost = segment.steps.length + 1;
      segment.end = call;
      segment = call.next;
    } else {
      segment.steps.push(decodeInstruction(instruction, context));
    }
  }
  if (!block.terminator) throw new Error('a block has no terminator (V2)');
  segment.cost = segment.steps.length + 1;
  segment.end = decodeTerminator(block.terminator, edge);
}

function decodeCall({ opcode, operands, results, immediates: [immediate] }: Instruction): Extract<End, { next: Segment }> | null {
  const next: Segment = { cost: 0, steps: [], end: { kind: 'trap', code: 0 } };
  if (opcode === 'call') return { kind: 'call', callee: String(immediate), code: null, args: operands, results, next };
  if (opcode !== 'call_indirect' || typeof immediate !== 'object') return null;
  return { kind: 'callIndirect', index: at(operands, 0), signature: signatureKey(immediate), args: operands.slice(1), results, next };
}

function decodeTerminator(terminator: Terminator, edge: (target: Target, supplied: number) => Edge): End {
  const to = (target: Target): Edge => edge(target, suppliedParams(terminator));
  switch (terminator.kind) {
    case 'jump':
      return { kind: 'jump', edge: to(terminator.target) };
    case 'brif':
      return { kind: 'branch', condition: terminator.condition, then: to(terminator.then), otherwise: to(terminator.else) };
    case 'br_table':
      return { kind: 'table', index: terminator.index, edges: terminator.targets.map(to), otherwise: to(terminator.otherwise) };
    case 'return':
      return { kind: 'return', values: terminator.values };
    case 'trap':
      return { kind: 'trap', code: terminator.code };
    case 'await':
      return { kind: 'await', operand: terminator.operand, ok: to(terminator.ok), error: to(terminator.error) };
    case 'await_call':
      return { kind: 'awaitCall', callee: terminator.callee, args: terminator.operands, ok: to(terminator.ok), error: to(terminator.error) };
    default:
      return assertNever(terminator);
  }
}

/** The register of an operand or result that the verifier has seen (V8, V10). */
function at(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new Error(`operand or result ${index} is missing (V8, V10)`);
  return value;
}

// Below, `!` and `as` read registers that were written (V7) with the type of their opcode (V9).

function decodeInstruction(instruction: Instruction, context: PredecodeContext): Step {
  const { opcode, operands, results, immediates } = instruction;
  if (isScalarOpcode(opcode)) return decodeScalar(instruction);
  const offset = typeof immediates[0] === 'number' ? immediates[0] : 0;
  const load = LOADS[opcode];
  if (load) {
    const [to, base, { machine }] = [at(results, 0), at(operands, 0), context];
    return (r) => void (r[to] = load(machine.view, ((r[base] as number) >>> 0) + offset));
  }
  const store = STORES[opcode];
  if (store) {
    const [base, value, { machine }] = [at(operands, 0), at(operands, 1), context];
    return (r) => store(machine.view, ((r[base] as number) >>> 0) + offset, r[value]!);
  }
  if (READ_MODIFY_WRITES[opcode]) return decodeReadModifyWrite(instruction, offset, context);
  if (opcode.startsWith('memory.')) return decodeMemory(instruction, context);
  return decodeSymbolic(instruction, context);
}

function decodeScalar({ opcode, operands, results }: Instruction): Step {
  if (!isScalarOpcode(opcode)) throw new Error(`${opcode} is not scalar`);
  const f = SCALARS[opcode];
  const to = at(results, 0);
  const a = at(operands, 0);
  if (operands.length === 1) return (r) => void (r[to] = f(r[a]!, 0, 0));
  const b = at(operands, 1);
  if (operands.length === 2) return COMMON[opcode]?.(to, a, b) ?? ((r) => void (r[to] = f(r[a]!, r[b]!, 0)));
  const c = at(operands, 2);
  return (r) => void (r[to] = f(r[a]!, r[b]!, r[c]!));
}

/** The opcodes that programs are full of, without the call into the table; scalars.test.ts compares both meanings. */
const COMMON: Partial<Readonly<Record<Instruction['opcode'], (to: number, a: number, b: number) => Step>>> = {
  'i32.add': (to, a, b) => (r) => void (r[to] = ((r[a] as number) + (r[b] as number)) | 0),
  'i32.sub': (to, a, b) => (r) => void (r[to] = ((r[a] as number) - (r[b] as number)) | 0),
  'i32.and': (to, a, b) => (r) => void (r[to] = (r[a] as number) & (r[b] as number)),
  'i32.eq': (to, a, b) => (r) => void (r[to] = r[a] === r[b] ? 1 : 0),
  'i32.ne': (to, a, b) => (r) => void (r[to] = r[a] !== r[b] ? 1 : 0),
  'i32.lt_s': (to, a, b) => (r) => void (r[to] = (r[a] as number) < (r[b] as number) ? 1 : 0),
  'i32.ge_s': (to, a, b) => (r) => void (r[to] = (r[a] as number) >= (r[b] as number) ? 1 : 0),
};

function decodeReadModifyWrite({ opcode, operands, results }: Instruction, offset: number, { machine }: PredecodeContext): Step {
  const modify = READ_MODIFY_WRITES[opcode];
  if (!modify) throw new Error(`${opcode} does not modify memory`);
  const [to, base, first] = [at(results, 0), at(operands, 0), at(operands, 1)];
  const second = operands[2] ?? first;
  return (r) => {
    const address = ((r[base] as number) >>> 0) + offset;
    const old = machine.view.getInt32(address, true);
    const stored = modify(old, r[first] as number, r[second] as number);
    if (stored !== undefined) machine.view.setInt32(address, stored, true);
    r[to] = old;
  };
}

function decodeMemory({ opcode, operands, results }: Instruction, { machine }: PredecodeContext): Step {
  const [to, a, b, c] = [results[0] ?? 0, operands[0] ?? 0, operands[1] ?? 0, operands[2] ?? 0];
  const unsigned = (r: Registers, register: number): number => (r[register] as number) >>> 0;
  switch (opcode) {
    case 'memory.size':
      return (r) => void (r[to] = machine.pages);
    case 'memory.grow':
      return (r) => void (r[to] = machine.grow(unsigned(r, a)));
    case 'memory.copy':
      return (r) => machine.copy(unsigned(r, a), unsigned(r, b), unsigned(r, c));
    case 'memory.fill':
      return (r) => machine.fill(unsigned(r, a), r[b] as number, unsigned(r, c));
    default:
      throw new Error(`${opcode} has no meaning here`);
  }
}

/** Constants, tags, globals and symbols. */
function decodeSymbolic({ opcode, operands, results, immediates }: Instruction, context: PredecodeContext): Step {
  const [immediate] = immediates;
  const [a, b] = [operands[0] ?? 0, operands[1] ?? 0];
  const to = results[0] ?? 0;
  const constant = (value: Scalar): Step => (r) => void (r[to] = value);
  switch (opcode) {
    case 'i32.const':
    case 'i64.const':
    case 'f32.const':
    case 'f64.const':
    case 'val.const':
      return constant(scalarImmediate(immediate));
    case 'ref.null':
      return constant(0);
    case 'val.box': {
      const tag = BigInt.asIntN(64, BigInt(scalarImmediate(immediate)) << 48n);
      return (r) => void (r[to] = tag | BigInt((r[a] as number) >>> 0));
    }
    case 'elem.addr': {
      const offset = Number(scalarImmediate(immediate));
      return (r) => void (r[to] = ((r[a] as number) + (r[b] as number) + offset) | 0);
    }
    case 'global.get': {
      const [index, { globals }] = [context.globalIndex(String(immediate)), context];
      return (r) => void (r[to] = globals[index]!);
    }
    case 'global.set': {
      const [index, { globals }] = [context.globalIndex(String(immediate)), context];
      return (r) => void (globals[index] = r[a]!);
    }
    case 'func.index':
      return constant(context.tableIndex(String(immediate)));
    case 'data.addr':
      return constant(context.dataAddress(String(immediate)));
    default:
      throw new Error(`${opcode} has no meaning here`);
  }
}

function scalarImmediate(immediate: Immediate | undefined): Scalar {
  if (typeof immediate !== 'number' && typeof immediate !== 'bigint') throw new Error('a number is missing (V11)');
  return immediate;
}
