/**
 * The interpreter: the reference meaning of the IR, over a memory, with fuel.
 *
 * Needs a verified module. Runs plain functions as they stand; functions that still await ask a scripted host, which
 * answers at once. Guest calls live on a stack of frames of its own, so depth is bounded by `maxFrames` alone. Faults
 * are thrown as `Trap`. After a trap the instance can be called again, but the guest's state is whatever was reached.
 */
import type { IrModule } from './function.js';
import type { Guard } from './guarded-view.js';
import { layoutData, type DataLayout } from './data-layout.js';
import { createMemory, Machine, type MachineMemory, type Registers } from './machine.js';
import { predecode, type Code, type Edge, type End, type PredecodeContext, type Segment } from './predecode.js';
import type { Scalar } from './scalars.js';
import { Trap } from './trap.js';

/** Answer to an await: the value or the error that the task goes on with. */
export interface AwaitAnswer {
  readonly kind: 'ok' | 'error';
  readonly value: bigint;
}

export interface InterpreterOptions {
  /** Default: one page of its own. */
  readonly memory?: MachineMemory;
  /** Where the static data lies; default 1024, where it is then also written. */
  readonly dataAddress?: number;
  /** Instructions that may run; default unlimited. */
  readonly fuel?: number;
  /** Frames that may be nested; default 100,000. */
  readonly maxFrames?: number;
  /** Told of the code of a `trap` terminator before the `Trap` is thrown. */
  readonly onTrap?: (code: number) => void;
  /** Asked before each access to the memory. */
  readonly guard?: Guard;
  /** Answers `await` in functions that are not lowered. */
  readonly onAwait?: (operand: bigint) => AwaitAnswer;
}

/** Statuses of async functions that are not lowered; jit/abi.ts has the same numbers. */
const FULFILLED = 1;
const REJECTED = 2;

interface Frame {
  readonly code: Code;
  readonly registers: Registers;
  /** The call that this frame waits for, while it is not the innermost. */
  waiting: Extract<End, { kind: 'call' | 'callIndirect' | 'awaitCall' }> | null;
}

export class Interpreter {
  fuel: number;
  readonly machine: Machine;
  readonly #globals: Registers = [];
  readonly #globalIndices = new Map<string, number>();
  readonly #tableIndices: ReadonlyMap<string, number>;
  readonly #codes = new Map<string, Code>();
  readonly #context: PredecodeContext;
  readonly #layout: DataLayout | null;
  readonly #maxFrames: number;
  readonly #table: readonly string[];

  constructor(
    readonly module: IrModule,
    readonly options: InterpreterOptions = {},
  ) {
    this.fuel = options.fuel ?? Infinity;
    this.#maxFrames = options.maxFrames ?? 100_000;
    this.machine = new Machine(options.memory ?? createMemory(1), options.guard);
    for (const { name, type, initial } of module.globals.values()) {
      this.#globalIndices.set(name, this.#globals.length);
      this.#globals.push(type === 'i64' || type === 'val' ? BigInt.asIntN(64, BigInt(initial)) : Number(initial));
    }
    this.#table = module.table ?? ['', ...module.functions.keys()];
    this.#tableIndices = new Map(this.#table.map((name, index) => [name, index]));
    this.#layout = module.data.size > 0 ? layoutData(module, (func) => this.#tableIndex(func)) : null;
    if (options.dataAddress === undefined) this.#writeData(1024);
    this.#context = {
      machine: this.machine,
      globals: this.#globals,
      globalIndex: (name) => this.#globalIndex(name),
      tableIndex: (func) => this.#tableIndex(func),
      dataAddress: (symbol) => this.#dataAddress(symbol),
    };
  }

  getGlobal(name: string): Scalar {
    return this.#globals[this.#globalIndex(name)] ?? 0;
  }

  setGlobal(name: string, value: Scalar): void {
    this.#globals[this.#globalIndex(name)] = value;
  }

  /** Calls a function by its symbol: numbers for i32, ref and floats, bigints for i64 and val. */
  call(name: string, args: readonly Scalar[]): Scalar[] {
    const code = this.#codeOf(name);
    if (args.length !== code.params.length) throw new Error(`${name} takes ${code.params.length} arguments, not ${args.length}`);
    const frame = this.#frame(code);
    code.params.forEach((param, index) => {
      frame.registers[param] = args[index] ?? 0;
    });
    const meter = { left: this.fuel };
    try {
      return this.#run(frame, meter);
    } catch (error) {
      // A DataView refuses addresses outside of its buffer; by name, since the error may come from another JavaScript realm.
      if (error instanceof Error && error.name === 'RangeError') throw new Trap('outOfBounds');
      throw error;
    } finally {
      this.fuel = meter.left;
    }
  }

  #run(outermost: Frame, meter: { left: number }): Scalar[] {
    const stack: Frame[] = [];
    let frame = outermost;
    let segment: Segment = frame.code.entry;
    for (;;) {
      const { registers } = frame;
      if ((meter.left -= segment.cost) < 0) throw new Trap('fuel');
      for (const step of segment.steps) step(registers);
      const { end } = segment;
      switch (end.kind) {
        case 'jump':
          segment = follow(end.edge, registers);
          break;
        case 'branch':
          segment = follow(registers[end.condition] !== 0 ? end.then : end.otherwise, registers);
          break;
        case 'table':
          segment = follow(end.edges[(registers[end.index] as number) >>> 0] ?? end.otherwise, registers); // an i32 (V14)
          break;
        case 'call':
        case 'callIndirect':
        case 'awaitCall': {
          if (stack.length >= this.#maxFrames) throw new Trap('stack');
          const callee = this.#enter(end, registers);
          frame.waiting = end;
          stack.push(frame);
          frame = callee;
          segment = frame.code.entry;
          break;
        }
        case 'return': {
          const caller = stack.pop();
          if (!caller) return end.values.map((value) => registers[value] ?? 0);
          segment = this.#resume(caller, registers, end.values);
          frame.code.spare.push(registers);
          frame = caller;
          break;
        }
        case 'await':
          segment = this.#await(registers[end.operand] as bigint, end.ok, end.error, registers); // a val (V14)
          break;
        case 'trap':
          this.options.onTrap?.(end.code);
          throw new Trap('unreachable', end.code);
      }
    }
  }

  /** Makes the callee's frame with its arguments. */
  #enter(end: Extract<End, { kind: 'call' | 'callIndirect' | 'awaitCall' }>, registers: Registers): Frame {
    const code = this.#callee(end, registers);
    const frame = this.#frame(code);
    const { params } = code;
    const { args } = end;
    for (let index = 0; index < args.length; index++) frame.registers[params[index]!] = registers[args[index]!]!; // counts agree (V8)
    return frame;
  }

  #callee(end: Extract<End, { kind: 'call' | 'callIndirect' | 'awaitCall' }>, registers: Registers): Code {
    if (end.kind === 'call') return (end.code ??= this.#codeOf(end.callee));
    if (end.kind === 'awaitCall') return this.#codeOf(end.callee);
    const name = this.#table[(registers[end.index] as number) >>> 0]; // an i32 (V9)
    if (!name) throw new Trap('undefinedElement');
    const code = this.#codeOf(name);
    if (code.signature !== end.signature) throw new Trap('signatureMismatch');
    return code;
  }

  /** Hands results to the caller's waiting call and gives the segment to go on with. */
  #resume(caller: Frame, from: Registers, values: readonly number[]): Segment {
    const { waiting, registers } = caller;
    if (!waiting) throw new Error('a frame below the innermost waits for a call');
    if (waiting.kind === 'awaitCall') {
      const [value, status] = values.map((register) => from[register]);
      if (status === FULFILLED || status === REJECTED) return settle(status === FULFILLED ? waiting.ok : waiting.error, value as bigint, registers); // (val, i32) by V19
      return this.#await(value as bigint, waiting.ok, waiting.error, registers); // as above; the callee returned a promise to adopt
    }
    const { results } = waiting;
    for (let index = 0; index < results.length; index++) registers[results[index]!] = from[values[index]!]!; // counts agree (V10, V13)
    return waiting.next;
  }

  #await(operand: bigint, ok: Edge, error: Edge, registers: Registers): Segment {
    const answer = this.options.onAwait?.(operand);
    if (!answer) throw new Error('an await needs the host to answer it (options.onAwait), or lowering');
    return settle(answer.kind === 'ok' ? ok : error, answer.value, registers);
  }

  #frame(code: Code): Frame {
    // A bigint first: arrays that hold numbers alone would have representations of their own, and every access be slower.
    return { code, registers: code.spare.pop() ?? new Array<Scalar>(code.registerCount).fill(0n), waiting: null };
  }

  #codeOf(name: string): Code {
    const known = this.#codes.get(name);
    if (known) return known;
    const func = this.module.functions.get(name);
    if (!func) throw new Error(`there is no function ${name} (V15)`);
    const code = predecode(func, this.#context);
    this.#codes.set(name, code);
    return code;
  }

  #globalIndex(name: string): number {
    const index = this.#globalIndices.get(name);
    if (index === undefined) throw new Error(`there is no global ${name} (V17)`);
    return index;
  }

  #tableIndex(func: string): number {
    const index = this.#tableIndices.get(func);
    if (index === undefined) throw new Error(`function ${func} is not in the table`);
    return index;
  }

  #dataAddress(symbol: string): number {
    const offset = this.#layout?.offsets.get(symbol);
    if (offset === undefined) throw new Error(`there is no data symbol ${symbol} (V16)`);
    return ((this.options.dataAddress ?? 1024) + offset) | 0;
  }

  #writeData(address: number): void {
    if (!this.#layout) return;
    const { bytes, relocations } = this.#layout;
    this.machine.bytes.set(bytes, address);
    for (const offset of relocations) {
      this.machine.view.setInt32(address + offset, this.machine.view.getInt32(address + offset, true) + address, true);
    }
  }
}

function settle(edge: Edge, value: bigint, registers: Registers): Segment {
  const segment = follow(edge, registers);
  registers[edge.resume] = value;
  return segment;
}

/** Passes arguments to block parameters, all at once, and gives the block's first segment. */
function follow(edge: Edge, registers: Registers): Segment {
  const { from, to } = edge;
  if (edge.temporary) {
    const values = from.map((register) => registers[register]!); // written (V7)
    for (let index = 0; index < to.length; index++) registers[to[index]!] = values[index]!; // counts agree (V12)
  } else {
    for (let index = 0; index < to.length; index++) registers[to[index]!] = registers[from[index]!]!; // as above
  }
  return edge.segment;
}
