/**
 * Body: one function being translated. Holds the operand stack, the open blocks, the SSA construction, and what every
 * family of instructions needs: places in the instance's record, traps, the addresses of the memory.
 *
 * The memory's address and size are variables like the function's locals, read again after whatever may change them.
 */
import { Builder } from '../../ir/builder.js';
import { createFunction, type IrFunction } from '../../ir/function.js';
import type { Opcode } from '../../ir/opcodes.js';
import type { Block, Type, Value } from '../../ir/types.js';
import { ASYNC, WASM_MEMORY } from '../abi.js';
import { Ssa, type Variable } from '../typescript/lower/ssa.js';
import type { Place } from './layout.js';
import { at, type Instance } from './linkage.js';
import type { FunctionType, GlobalType, NumericType } from './module.js';
import { asyncSignature, bodySignature, irType, type UnitContext } from './unit-context.js';
import { box, type Checked } from './values.js';

/** An address and a constant offset from it. */
export interface Address {
  readonly base: Value;
  readonly offset: number;
}

/** A block of the source that is open: where branches to it go, and what they bring. */
export interface Frame {
  readonly kind: 'function' | 'block' | 'loop' | 'if';
  readonly target: Block;
  /** What a branch takes along: a loop's parameters, else results. */
  readonly brings: number;
  readonly results: number;
  /** Height of the stack below the block's parameters. */
  readonly height: number;
  /** Of an `if` until its `else`: where the other way starts, and the values of its parameters. */
  otherwise: { readonly block: Block; readonly params: readonly Value[] } | null;
}

export class Body {
  readonly func: IrFunction;
  readonly builder: Builder;
  readonly ssa: Ssa;
  readonly stack: Value[] = [];
  readonly frames: Frame[] = [];
  readonly locals: Variable[] = [];
  /** Address of the instance's record. */
  readonly record: Value;
  readonly asynchronous: boolean;
  /** False behind a branch, until the end of its block. */
  reachable = true;
  /** By code and place: a trap that knows its place is its place's own. */
  readonly #traps = new Map<string, Block>();
  #rejected: Block | null = null;
  readonly #memoryData: Variable = { name: 'memory', type: 'i32' };
  readonly #memoryBytes: Variable = { name: 'memoryBytes', type: 'i32' };

  constructor(readonly context: UnitContext, readonly instance: Instance, symbol: string, readonly type: FunctionType, asynchronous: boolean, readonly names: ReadonlyMap<number, string> = new Map()) {
    this.asynchronous = asynchronous;
    this.func = createFunction(symbol, asynchronous ? asyncSignature(type) : bodySignature(type), asynchronous ? 'async' : 'plain');
    this.builder = new Builder(this.func, context.symbols);
    this.ssa = new Ssa(this.builder);
    const [record, ...params] = this.builder.entry();
    if (record === undefined) throw new Error('a body takes its record');
    this.ssa.seal(this.builder.current);
    this.record = record;
    this.func.valueNames.set(record, 'instance');
    params.forEach((value, index) => {
      this.ssa.write(this.declare(irType(at(type.params, index))), value);
    });
  }

  /** The next local. */
  declare(type: Type): Variable {
    const index = this.locals.length;
    const variable = { name: this.names.get(index) || `local${index}`, type };
    this.locals.push(variable);
    return variable;
  }

  // Stack ---------------------------------------------------------------------------------------------------------------

  push(...values: Value[]): void {
    this.stack.push(...values);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw new Error('the stack is empty in a function that passed validation');
    return value;
  }

  /** The topmost values, the deepest first. */
  popMany(count: number): Value[] {
    if (this.stack.length < count) throw new Error('the stack is too low in a function that passed validation');
    return count === 0 ? [] : this.stack.splice(-count);
  }

  peekMany(count: number): Value[] {
    return count === 0 ? [] : this.stack.slice(-count);
  }

  op(opcode: Opcode, ...operands: Value[]): Value {
    return this.builder.op(opcode, operands);
  }

  /** A constant by its bits: a NaN goes by way of an integer, which keeps them. */
  constant(type: NumericType, bits: bigint): Value {
    const { builder } = this;
    switch (type) {
      case 'i32':
        return builder.i32(Number(BigInt.asIntN(32, bits)));
      case 'i64':
        return builder.i64(bits);
      case 'f32': {
        const value = new Float32Array(Uint32Array.of(Number(bits)).buffer)[0] ?? 0;
        return Number.isNaN(value) ? this.op('f32.reinterpret_i32', builder.i32(Number(bits))) : builder.op('f32.const', [], value);
      }
      case 'f64': {
        const value = new Float64Array(BigUint64Array.of(bits).buffer)[0] ?? 0;
        return Number.isNaN(value) ? this.op('f64.reinterpret_i64', builder.i64(bits)) : builder.f64(value);
      }
    }
  }

  // Control -------------------------------------------------------------------------------------------------------------

  /** Goes to a trap if the condition is not zero, else on in a block of its own. */
  trapIf(condition: Value, code: number): void {
    const on = this.builder.block();
    this.ssa.terminate({ kind: 'brif', condition, then: { block: this.#trap(code), args: [] }, else: { block: on, args: [] } });
    this.ssa.seal(on);
    this.builder.switchTo(on);
  }

  trap(code: number): void {
    this.builder.trap(code);
    this.reachable = false;
  }

  #trap(code: number): Block {
    const key = `${code} ${this.builder.location?.offset ?? ''}`;
    const known = this.#traps.get(key);
    if (known !== undefined) return known;
    const block = this.#aside(() => this.builder.trap(code));
    this.#traps.set(key, block);
    return block;
  }

  /** Where the error of an await goes: out of the function. */
  get rejected(): Block {
    this.#rejected ??= this.#aside((error) => this.builder.ret(error, this.builder.i32(ASYNC.rejected)), 'val');
    return this.#rejected;
  }

  /** Calls a function of the library that may throw; what it throws leaves the function. */
  readonly checked: Checked = (name, operands) => {
    const { builder, ssa } = this;
    const [value, thrown] = builder.call(name, operands);
    if (value === undefined || thrown === undefined) throw new Error(`${name} does not throw`);
    const on = builder.block();
    const out = builder.block();
    ssa.terminate({ kind: 'brif', condition: thrown, then: { block: out, args: [] }, else: { block: on, args: [] } });
    ssa.seal(out);
    builder.switchTo(out);
    ssa.terminate({ kind: 'jump', target: { block: this.rejected, args: [builder.op('global.get', [], 'error')] } });
    ssa.seal(on);
    builder.switchTo(on);
    return value;
  };

  /** A block beside the way: it reads no variables. */
  #aside(fill: (param: Value) => void, ...params: 'val'[]): Block {
    const { current } = this.builder;
    const block = this.builder.block(...params);
    this.builder.switchTo(block);
    fill(params.length > 0 ? this.builder.param(block, 0) : this.record);
    this.builder.switchTo(current);
    return block;
  }

  /** Ends the function with its results. */
  finish(results: readonly Value[]): void {
    if (!this.asynchronous) {
      this.builder.ret(...results);
      return;
    }
    this.finishBoxed(box(this.builder, this.type.results, results));
  }

  /** As `finish`, for an async function whose result is one value already. */
  finishBoxed(value: Value): void {
    this.builder.ret(value, this.builder.i32(ASYNC.fulfilled));
  }

  // Places --------------------------------------------------------------------------------------------------------------

  address(place: Place): Address {
    if (place.kind === 'own') return { base: this.record, offset: place.offset };
    return { base: this.builder.load('i32', this.record, place.word), offset: 0 };
  }

  /** As one value, for the library. */
  pointer(place: Place): Value {
    const { base, offset } = this.address(place);
    return offset === 0 ? base : this.op('i32.add', base, this.builder.i32(offset));
  }

  /** The record of another instance, or the own one. */
  recordOf(instance: number): Value {
    if (instance === this.instance.id) return this.record;
    const word = this.context.layout(this.instance.id).instances.get(instance);
    if (word === undefined) throw new Error(`instance ${this.instance.id} does not know instance ${instance}`);
    return this.builder.load('i32', this.record, word);
  }

  /** A reference to a function of the index space. */
  functionReference(index: number): Value {
    const offset = this.context.layout(this.instance.id).functions.get(index);
    if (offset === undefined) throw new Error(`no reference is made to function ${index}`);
    return this.op('i32.add', this.record, this.builder.i32(offset));
  }

  globalGet(index: number): Value {
    const { type } = at(this.instance.globals, index);
    const { base, offset } = this.address(at(this.context.layout(this.instance.id).globals, index));
    return this.builder.load(irType(type.type), base, offset);
  }

  globalSet(index: number, value: Value): void {
    const { type }: { type: GlobalType } = at(this.instance.globals, index);
    const { base, offset } = this.address(at(this.context.layout(this.instance.id).globals, index));
    this.builder.store(irType(type.type), base, offset, value);
  }

  // Memory --------------------------------------------------------------------------------------------------------------

  get memory(): Place {
    return at(this.context.layout(this.instance.id).memories, 0);
  }

  get memoryData(): Value {
    return this.ssa.read(this.#memoryData);
  }

  get memoryBytes(): Value {
    return this.ssa.read(this.#memoryBytes);
  }

  /** Reads the memory's address and size, at the start and wherever they may have changed. */
  readMemory(): void {
    if (this.instance.memories.length === 0) return;
    const { base, offset } = this.address(this.memory);
    this.ssa.write(this.#memoryData, this.builder.load('i32', base, offset + WASM_MEMORY.data));
    this.ssa.write(this.#memoryBytes, this.builder.load('i32', base, offset + WASM_MEMORY.bytes));
  }
}
