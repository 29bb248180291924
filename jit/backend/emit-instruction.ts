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
import { HOME } from './treeify.js';

export class InstructionEmitter {
  /** A value on top of the operand stack whose `local.set` is still to be written. */
  #waiting: { readonly value: Value; readonly local: number } | null = null;

  constructor(
    readonly plan: FunctionPlan,
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
    const constant = address === undefined ? NOTHING : this.#address(address);
    for (const operand of rest) this.read(operand);
    this.settle();
    this.sink.at(instruction.location);
    this.sink.access(bytes, align, Number(instruction.immediates[0]) + constant.offset, constant.symbol);
  }

  /** Puts the variable part of an address on the stack; gives the constant part. */
  #address(value: Value): AddressConstant {
    const root = rootOf(this.plan.demand, value);
    const definition = this.plan.trees.home[root] === HOME.tree ? this.plan.demand.definition[root] : undefined;
    const immediate = definition?.immediates[0];
    if (definition?.opcode === 'data.addr') {
      this.#global('get', 'data');
      return { offset: 0, symbol: String(immediate) };
    }
    if (definition?.opcode === 'elem.addr' && Number(immediate) >= 0) {
      this.#operator(definition, BYTES.i32Add);
      return { offset: Number(immediate), symbol: null };
    }
    this.read(value);
    return NOTHING;
  }

  /** In the IR the table index of an indirect call comes first, in WebAssembly last. */
  #call(instruction: Instruction): void {
    const [callee] = instruction.immediates;
    if (instruction.opcode === 'call') {
      this.#operands(instruction);
      this.sink.at(instruction.location);
      this.sink.call(String(callee));
      return;
    }
    const [index, ...args] = instruction.operands;
    for (const arg of args) this.read(arg);
    if (index !== undefined) this.read(index);
    this.settle();
    this.sink.at(instruction.location);
    this.sink.callIndirect(callee as Signature); // the row's immediate is a signature
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
        return this.sink.constant(constantType(opcode), immediate as number | bigint); // by the row
      case 'ref.null':
        return this.sink.constant('i32', 0);
      case 'func.index':
        return this.sink.tableIndex(String(immediate));
      case 'data.addr':
        this.#global('get', 'data');
        this.sink.dataOffset(String(immediate));
        return this.sink.operator(BYTES.i32Add);
      case 'elem.addr':
        this.sink.operator(BYTES.i32Add);
        if (Number(immediate) === 0) return;
        this.sink.constant('i32', Number(immediate));
        return this.sink.operator(BYTES.i32Add);
      case 'val.box':
        this.sink.operator(BYTES.i64ExtendUnsigned);
        this.sink.constant('i64', BigInt(Number(immediate)) << 48n);
        return this.sink.operator(BYTES.i64Or);
      case 'global.get':
      case 'global.set':
        return this.#global(opcode === 'global.get' ? 'get' : 'set', String(immediate));
      default:
        throw new BackendError('NOT_LOWERED', `no rule to emit ${opcode}`);
    }
  }

  #global(access: 'get' | 'set', name: string): void {
    this.settle();
    this.sink.global(access, name);
  }
}

/** The constant part of an address: an offset, from the start of a data symbol if there is one. */
interface AddressConstant {
  readonly offset: number;
  readonly symbol: string | null;
}

const NOTHING: AddressConstant = { offset: 0, symbol: null };

function constantType(opcode: Opcode): WasmType {
  const [result] = OPCODES[opcode].results;
  if (result === undefined || !(result in WASM_TYPE_OF)) throw new Error(`${opcode} is no constant`);
  return WASM_TYPE_OF[result as keyof typeof WASM_TYPE_OF]; // tested above
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
