/**
 * Emission of instructions: expression trees onto the operand stack, statements with their results into locals.
 *
 * Needs a function plan. Memory offsets take in the constant part of their address. A `local.set` waits for what comes
 * next: a read of the same value makes it a `local.tee`, or nothing at all if it was the only read.
 */
import type { Instruction } from '../../ir/function.js';
import { OPCODES, isOpcode, opcodeRow, type Opcode } from '../../ir/opcodes.js';
import { WASM_TYPE_OF, type Signature, type Value, type WasmType } from '../../ir/types.js';
import { BackendError } from './backend-error.js';
import { rootOf } from './demand.js';
import { localOf } from './localify.js';
import type { FunctionPlan } from './plan-function.js';
import { BYTES, type Sink } from './sink.js';
import type { SymbolIndices } from './symbol-indices.js';
import { HOME } from './treeify.js';

export class InstructionEmitter {
  /** A value on top of the operand stack whose `local.set` is still to be written. */
  #waiting: { readonly value: Value; readonly local: number } | null = null;

  constructor(
    readonly plan: FunctionPlan,
    readonly symbols: SymbolIndices,
    readonly sink: Sink,
  ) {}

  /** Writes out a waiting `local.set`; to be called before anything but a read is written to the sink. */
  settle(): void {
    if (this.#waiting) this.sink.local('set', this.#waiting.local);
    this.#waiting = null;
  }

  /** Runs a root instruction; results go to their locals, unread ones are dropped. */
  statement(instruction: Instruction): void {
    this.#instruction(instruction);
    for (const result of instruction.results.toReversed()) {
      this.settle();
      if ((this.plan.demand.reads[result] ?? 0) === 0) this.sink.drop();
      else this.#waiting = { value: result, local: localOf(this.plan.func, this.plan.locals, result) };
    }
  }

  /** Puts a value on the operand stack. */
  read(value: Value): void {
    const root = rootOf(this.plan.demand, value);
    const home = this.plan.trees.home[root];
    if (home === HOME.local) return this.#readLocal(root);
    const definition = this.plan.demand.definition[root];
    if (!definition) throw new Error(`${this.plan.func.name}: v${root} has no definition`);
    this.#instruction(definition);
  }

  /** Puts a value into a local. */
  assign(source: Value, local: number): void {
    this.read(source);
    this.sink.local('set', local);
  }

  /** Puts a condition on the operand stack, zero where it does not hold, or the other way round. */
  condition(value: Value, negate: boolean): void {
    if (!negate) return this.read(value);
    const root = rootOf(this.plan.demand, value);
    const definition = this.plan.trees.home[root] === HOME.tree ? this.plan.demand.definition[root] : undefined;
    const [operand] = definition?.operands ?? [];
    if (definition?.opcode === 'i32.eqz' && operand !== undefined) return this.read(operand);
    const inverse = definition && inverseOf(definition.opcode);
    if (definition && inverse) return this.#operator(definition, inverse);
    this.read(value);
    this.sink.operator(BYTES.i32Eqz);
  }

  #readLocal(root: Value): void {
    const local = localOf(this.plan.func, this.plan.locals, root);
    const waiting = this.#waiting;
    if (waiting?.value !== root) {
      this.settle();
      this.sink.local('get', local);
      return;
    }
    this.#waiting = null;
    if ((this.plan.demand.reads[root] ?? 0) > 1) this.sink.local('tee', local);
  }

  #instruction(instruction: Instruction): void {
    const row = opcodeRow(instruction.opcode);
    if (row.align !== undefined && row.wasm) return this.#access(instruction, row.wasm, row.align);
    if (row.effect === 'call') return this.#call(instruction);
    if (row.wasm && row.immediates.length === 0) return this.#operator(instruction, row.wasm);
    this.#special(instruction);
  }

  #operator(instruction: Instruction, bytes: readonly number[]): void {
    this.#operands(instruction);
    this.sink.at(instruction.location);
    this.sink.operator(bytes);
  }

  #operands(instruction: Instruction): void {
    for (const operand of instruction.operands) this.read(operand);
    this.settle();
  }

  #access(instruction: Instruction, bytes: readonly number[], align: number): void {
    const [address, ...rest] = instruction.operands;
    const offset = Number(instruction.immediates[0]) + (address === undefined ? 0 : this.#address(address));
    for (const operand of rest) this.read(operand);
    this.settle();
    this.sink.at(instruction.location);
    this.sink.access(bytes, align, offset);
  }

  /** Puts the variable part of an address on the stack; gives the constant part. */
  #address(value: Value): number {
    const root = rootOf(this.plan.demand, value);
    const definition = this.plan.trees.home[root] === HOME.tree ? this.plan.demand.definition[root] : undefined;
    const immediate = definition?.immediates[0];
    if (definition?.opcode === 'data.addr') {
      this.#global('get', 'data');
      return this.symbols.dataOffset(String(immediate));
    }
    if (definition?.opcode === 'elem.addr' && Number(immediate) >= 0) {
      this.#operator(definition, BYTES.i32Add);
      return Number(immediate);
    }
    this.read(value);
    return 0;
  }

  /** In the IR the table index of an indirect call comes first, in WebAssembly last. */
  #call(instruction: Instruction): void {
    const [callee] = instruction.immediates;
    if (instruction.opcode === 'call') {
      this.#operands(instruction);
      this.sink.at(instruction.location);
      this.sink.call(lookUp(this.symbols.functions, String(callee), 'function'));
      return;
    }
    const [index, ...args] = instruction.operands;
    for (const arg of args) this.read(arg);
    if (index !== undefined) this.read(index);
    this.settle();
    this.sink.at(instruction.location);
    this.sink.callIndirect(this.symbols.typeIndex(callee as Signature)); // the row's immediate is a signature
  }

  #special(instruction: Instruction): void {
    const { opcode, immediates } = instruction;
    const [immediate] = immediates;
    this.#operands(instruction);
    this.sink.at(instruction.location);
    switch (opcode) {
      case 'i32.const':
      case 'i64.const':
      case 'f32.const':
      case 'f64.const':
      case 'val.const':
        return emitConstant(this.sink, constantType(opcode), immediate as number | bigint); // by the row
      case 'ref.null':
        return emitConstant(this.sink, 'i32', 0);
      case 'func.index':
        return emitConstant(this.sink, 'i32', this.symbols.tableIndex(String(immediate)));
      case 'data.addr':
        this.#global('get', 'data');
        return this.#add(this.symbols.dataOffset(String(immediate)));
      case 'elem.addr':
        this.sink.operator(BYTES.i32Add);
        return this.#add(Number(immediate));
      case 'val.box':
        this.sink.operator(BYTES.i64ExtendUnsigned);
        emitConstant(this.sink, 'i64', BigInt(Number(immediate)) << 48n);
        return this.sink.operator(BYTES.i64Or);
      case 'global.get':
      case 'global.set':
        return this.#global(opcode === 'global.get' ? 'get' : 'set', String(immediate));
      default:
        throw new BackendError('NOT_LOWERED', `no rule to emit ${opcode}`);
    }
  }

  #add(constant: number): void {
    if (constant === 0) return;
    emitConstant(this.sink, 'i32', constant);
    this.sink.operator(BYTES.i32Add);
  }

  #global(access: 'get' | 'set', name: string): void {
    this.settle();
    this.sink.global(access, lookUp(this.symbols.globals, name, 'global'));
  }
}

export const emitConstant = (sink: Sink, type: WasmType, value: number | bigint): void => sink.constant(type, value);

function constantType(opcode: Opcode): WasmType {
  const [result] = OPCODES[opcode].results;
  if (result === undefined || !(result in WASM_TYPE_OF)) throw new Error(`${opcode} is no constant`);
  return WASM_TYPE_OF[result as keyof typeof WASM_TYPE_OF]; // tested above
}

function lookUp(indices: ReadonlyMap<string, number>, name: string, what: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new BackendError('UNKNOWN_SYMBOL', `the module has no ${what} ${name}`);
  return index;
}

const INVERSES: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt_s: 'ge_s',
  ge_s: 'lt_s',
  lt_u: 'ge_u',
  ge_u: 'lt_u',
  gt_s: 'le_s',
  le_s: 'gt_s',
  gt_u: 'le_u',
  le_u: 'gt_u',
};

/** Bytes of the comparison that holds exactly when this one does not; `lt` and its like on floats have none (NaN). */
function inverseOf(opcode: Opcode): readonly number[] | undefined {
  const [type, operation] = opcode.split('.');
  const inverse = INVERSES[operation ?? ''];
  const wasmType = WASM_TYPE_OF[type as keyof typeof WASM_TYPE_OF] as WasmType | undefined; // opcodes need not begin with a type
  if (inverse === undefined || wasmType === undefined) return undefined;
  const name = `${wasmType}.${inverse}`;
  return isOpcode(name) ? opcodeRow(name).wasm : undefined;
}
