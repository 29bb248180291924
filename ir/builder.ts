/**
 * Builds functions: makes blocks and values and appends instructions, with result types from the opcode table.
 *
 * Holds a function and a current block. Promises dense ids and well-typed results; operand types are the verifier's
 * matter, so a builder call never fails on bad operands but on an unknown callee or a closed block.
 */
import type { IrFunction, IrModule, Immediate, SourceLocation, Target, Terminator } from './function.js';
import { blockOf, typeOf } from './function.js';
import { opcodeRow, type Opcode } from './opcodes.js';
import { blockId, valueId, type Block, type Signature, type Type, type Value } from './types.js';

/** Answers for the signature of a called function and the type of a global; a module does, so does a linker. */
export interface SymbolTypes {
  signature(func: string): Signature;
  globalType(name: string): Type;
}

export function symbolTypesOf(module: IrModule): SymbolTypes {
  return {
    signature(name) {
      const func = module.functions.get(name);
      if (!func) throw new Error(`no function ${name} in this module`);
      return func;
    },
    globalType(name) {
      const global = module.globals.get(name);
      if (!global) throw new Error(`no global ${name} in this module`);
      return global.type;
    },
  };
}

export function addBlock(func: IrFunction): Block {
  func.blocks.push({ params: [], instructions: [], terminator: null });
  return blockId(func.blocks.length - 1);
}

export function addValue(func: IrFunction, type: Type): Value {
  func.valueTypes.push(type);
  return valueId(func.valueTypes.length - 1);
}

export function addParam(func: IrFunction, block: Block, type: Type): Value {
  const value = addValue(func, type);
  blockOf(func, block).params.push(value);
  return value;
}

export class Builder {
  #current: Block | null = null;
  /** Given to every instruction and terminator made from here on. */
  location: SourceLocation | undefined;

  constructor(
    readonly func: IrFunction,
    readonly symbols: SymbolTypes,
  ) {}

  /** Makes the entry block with the function's parameters and moves to it; returns the parameters. */
  entry(): Value[] {
    const block = addBlock(this.func);
    this.switchTo(block);
    return this.func.params.map((type) => addParam(this.func, block, type));
  }

  block(...paramTypes: Type[]): Block {
    const block = addBlock(this.func);
    for (const type of paramTypes) addParam(this.func, block, type);
    return block;
  }

  param(block: Block, index: number): Value {
    const value = blockOf(this.func, block).params[index];
    if (value === undefined) throw new Error(`block${block} has no parameter ${index}`);
    return value;
  }

  switchTo(block: Block): void {
    this.#current = block;
  }

  get current(): Block {
    if (this.#current === null) throw new Error('no current block');
    return this.#current;
  }

  /** True once the current block has its terminator: what follows is unreachable. */
  get closed(): boolean {
    return this.#current === null || blockOf(this.func, this.#current).terminator !== null;
  }

  emit(opcode: Opcode, operands: readonly Value[], ...immediates: Immediate[]): Value[] {
    const block = blockOf(this.func, this.current);
    if (block.terminator) throw new Error(`block${this.current} of ${this.func.name} is closed`);
    const results = this.#resultTypes(opcode, operands, immediates).map((type) => addValue(this.func, type));
    block.instructions.push({ opcode, operands: [...operands], immediates, results, location: this.location });
    return results;
  }

  /** `emit` for an instruction with exactly one result. */
  op(opcode: Opcode, operands: readonly Value[], ...immediates: Immediate[]): Value {
    const [result, ...more] = this.emit(opcode, operands, ...immediates);
    if (result === undefined || more.length > 0) throw new Error(`${opcode} does not have exactly one result`);
    return result;
  }

  i32 = (value: number): Value => this.op('i32.const', [], value | 0);
  i64 = (value: bigint): Value => this.op('i64.const', [], BigInt.asIntN(64, value));
  f64 = (value: number): Value => this.op('f64.const', [], value);
  val = (bits: bigint): Value => this.op('val.const', [], BigInt.asIntN(64, bits));
  call = (func: string, operands: readonly Value[]): Value[] => this.emit('call', operands, func);
  load = (type: Type, address: Value, offset: number): Value => this.op(`${type}.load`, [address], offset);
  store = (type: Type, address: Value, offset: number, value: Value): void => {
    this.emit(`${type}.store`, [address, value], offset);
  };

  jump(block: Block, ...args: Value[]): void {
    this.terminate({ kind: 'jump', target: { block, args } });
  }

  brif(condition: Value, then: Target, otherwise: Target): void {
    this.terminate({ kind: 'brif', condition, then, else: otherwise });
  }

  ret(...values: Value[]): void {
    this.terminate({ kind: 'return', values });
  }

  trap(code: number): void {
    this.terminate({ kind: 'trap', code });
  }

  terminate(terminator: Terminator): void {
    const block = blockOf(this.func, this.current);
    if (block.terminator) throw new Error(`block${this.current} of ${this.func.name} is closed`);
    block.terminator = { location: this.location, ...terminator };
  }

  #resultTypes(opcode: Opcode, operands: readonly Value[], immediates: readonly Immediate[]): readonly Type[] {
    const row = opcodeRow(opcode);
    if (row.results !== 'callee') return row.results.map((kind) => this.#concrete(kind, operands));
    const [immediate] = immediates;
    if (opcode === 'global.get') return [this.symbols.globalType(String(immediate))];
    if (typeof immediate === 'string') return this.symbols.signature(immediate).results;
    if (typeof immediate === 'object') return immediate.results;
    throw new Error(`${opcode} needs a callee`);
  }

  #concrete(kind: Type | 'addr' | 'any', operands: readonly Value[]): Type {
    if (kind !== 'any' && kind !== 'addr') return kind;
    const [first] = operands;
    if (first === undefined) throw new Error('a polymorphic result needs an operand');
    return typeOf(this.func, first);
  }
}
