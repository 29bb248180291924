/**
 * Translates a function's body: one walk over its instructions, with the operand stack as a list of SSA values.
 *
 * Blocks of the source become blocks with their results (loops: their parameters) as parameters; code that cannot be
 * reached is skipped. Needs a function that passed validation. Linear; no recursion.
 */
import { opcodeRow } from '../../ir/opcodes.js';
import type { Target } from '../../ir/function.js';
import { assertNever, type Value } from '../../ir/types.js';
import { TRAP, WASM_TABLE } from '../abi.js';
import { cleanUp } from '../typescript/lower/cleanup.js';
import { zeroOf } from '../typescript/lower/ssa.js';
import { Body, type Frame } from './body.js';
import { translateCall, translateIndirectCall } from './calls.js';
import { at, type FunctionTarget, type Instance } from './linkage.js';
import { translateAccess } from './memory-access.js';
import type { FunctionBody, FunctionType, Instruction } from './module.js';
import { bodySymbol, irType, irTypes, type UnitContext } from './unit-context.js';

/** Translates function `index` of those that the instance itself defines, and adds it to the module. */
export function translateFunction(context: UnitContext, instance: Instance, index: number): void {
  const source = at(instance.module.functions, index);
  const target: FunctionTarget = { kind: 'defined', instance: instance.id, index, type: source.type };
  const body = new Body(context, instance, bodySymbol(target), source.type, context.calls.suspending.has(target), instance.module.localNames.get(instance.importedFunctions + index));
  body.func.displayName = nameOf(instance, instance.importedFunctions + index);
  if (source.at !== undefined) body.func.location = { file: 0, offset: source.at };
  declareLocals(body, source);
  if (source.body.some(({ kind }) => kind === 'access' || kind === 'memory.size')) body.readMemory();
  const end = body.builder.block(...irTypes(source.type.results));
  body.frames.push({ kind: 'function', target: end, brings: source.type.results.length, results: source.type.results.length, height: 0, otherwise: null });
  new Translation(body).run(source.body);
  cleanUp(body.func);
  context.module.functions.set(body.func.name, body.func);
}

/** `$name` of the name section, else the first name it is exported by, else its index. */
export function nameOf({ module }: Instance, index: number): string {
  const exported = module.exports.find((each) => each.kind === 'func' && each.index === index);
  return module.functionNames.get(index) ?? exported?.name ?? `function ${index}`;
}

function declareLocals(body: Body, { locals }: FunctionBody): void {
  for (const type of locals) {
    const variable = body.declare(irType(type));
    const { opcode, immediates } = zeroOf(variable.type);
    body.ssa.write(variable, body.builder.op(opcode, [], ...immediates));
  }
}

class Translation {
  /** Blocks that were opened in code that cannot be reached. */
  #skipped = 0;

  constructor(readonly body: Body) {}

  run(instructions: readonly Instruction[]): void {
    for (const instruction of instructions) {
      if (instruction.at !== undefined) this.body.builder.location = { file: 0, offset: instruction.at };
      if (this.body.reachable) this.#translate(instruction);
      else this.#skip(instruction);
    }
  }

  #skip({ kind }: Instruction): void {
    if (kind === 'block' || kind === 'loop' || kind === 'if') this.#skipped++;
    else if (kind === 'end' && this.#skipped > 0) this.#skipped--;
    else if (kind === 'end') this.#end();
    else if (kind === 'else' && this.#skipped === 0) this.#else();
  }

  #translate(instruction: Instruction): void {
    const { body } = this;
    const { builder } = body;
    switch (instruction.kind) {
      case 'numeric': {
        const operands = body.popMany(opcodeRow(instruction.opcode).operands.length);
        return body.push(body.op(instruction.opcode, ...operands));
      }
      case 'const':
        return body.push(body.constant(instruction.type, instruction.bits));
      case 'access':
        return translateAccess(body, instruction.opcode, instruction.offset);
      case 'local.get':
        return body.push(body.ssa.read(at(body.locals, instruction.index)));
      case 'local.set':
        return body.ssa.write(at(body.locals, instruction.index), body.pop());
      case 'local.tee':
        return body.ssa.write(at(body.locals, instruction.index), at(body.peekMany(1), 0));
      case 'global.get':
        return body.push(body.globalGet(instruction.index));
      case 'global.set':
        return body.globalSet(instruction.index, body.pop());
      case 'nop':
        return;
      case 'drop':
        return void body.pop();
      case 'select':
        return body.push(body.op('select', ...body.popMany(3)));
      case 'unreachable':
        return body.trap(TRAP.unreachable);
      case 'block':
      case 'loop':
      case 'if':
        return this.#open(instruction.kind, instruction.type);
      case 'else':
        return this.#else();
      case 'end':
        return this.#end();
      case 'br':
        return this.#branch(instruction.depth);
      case 'return':
        return this.#branch(body.frames.length - 1);
      case 'br_if':
        return this.#branchIf(instruction.depth);
      case 'br_table':
        return this.#branchTable(instruction.depths, instruction.otherwise);
      case 'call':
        return translateCall(body, instruction.index);
      case 'call_indirect':
        return translateIndirectCall(body, instruction.table, instruction.type);
      case 'ref.null':
        return body.push(builder.i32(0));
      case 'ref.is_null':
        return body.push(body.op('i32.eqz', body.pop()));
      case 'ref.func':
        return body.push(body.functionReference(instruction.index));
      case 'memory.size':
        return body.push(body.op('i32.shr_u', body.memoryBytes, builder.i32(16)));
      case 'memory.grow':
        this.#library('wasm_memory_grow', 1, body.pointer(body.memory));
        return body.readMemory();
      case 'memory.fill':
      case 'memory.copy':
        return this.#library(instruction.kind === 'memory.fill' ? 'wasm_memory_fill' : 'wasm_memory_copy', 3, body.pointer(body.memory));
      case 'memory.init':
        return this.#memoryInit(instruction.index);
      case 'data.drop':
        return this.#drop(at(this.#layout.dataLengths, instruction.index));
      case 'elem.drop':
        return this.#drop(at(this.#layout.elementLengths, instruction.index));
      case 'table.get':
        return this.#library('wasm_table_get', 1, this.#table(instruction.index));
      case 'table.set':
        return this.#library('wasm_table_set', 2, this.#table(instruction.index));
      case 'table.grow':
        return this.#library('wasm_table_grow', 2, this.#table(instruction.index));
      case 'table.fill':
        return this.#library('wasm_table_fill', 3, this.#table(instruction.index));
      case 'table.size':
        return this.#tableSize(instruction.index);
      case 'table.copy':
        return this.#library('wasm_table_copy', 3, this.#table(instruction.to), this.#table(instruction.from));
      case 'table.init':
        return tableInit(body, instruction.table, instruction.segment, body.popMany(3));
      default:
        return assertNever(instruction);
    }
  }

  get #layout() {
    return this.body.context.layout(this.body.instance.id);
  }

  #table(index: number): Value {
    return this.body.pointer(at(this.#layout.tables, index));
  }

  /** A call of the library with values of the stack behind its first arguments. */
  #library(name: string, popped: number, ...first: Value[]): void {
    this.body.push(...this.body.builder.call(name, [...first, ...this.body.popMany(popped)]));
  }

  #tableSize(index: number): void {
    const { base, offset } = this.body.address(at(this.#layout.tables, index));
    this.body.push(this.body.builder.load('i32', base, offset + WASM_TABLE.length));
  }

  #memoryInit(segment: number): void {
    memoryInit(this.body, segment, this.body.popMany(3));
  }

  #drop(offset: number): void {
    this.body.builder.store('i32', this.body.record, offset, this.body.builder.i32(0));
  }

  // Blocks --------------------------------------------------------------------------------------------------------------

  #open(kind: 'block' | 'loop' | 'if', type: FunctionType): void {
    const { body } = this;
    const { builder, ssa, stack } = body;
    const condition = kind === 'if' ? body.pop() : null;
    const params = body.peekMany(type.params.length);
    const frame = { kind, results: type.results.length, height: stack.length - type.params.length } as const;
    if (condition !== null) {
      const then = builder.block();
      const otherwise = builder.block();
      ssa.terminate({ kind: 'brif', condition, then: { block: then, args: [] }, else: { block: otherwise, args: [] } });
      ssa.seal(then);
      ssa.seal(otherwise);
      builder.switchTo(then);
      body.frames.push({ ...frame, target: builder.block(...irTypes(type.results)), brings: type.results.length, otherwise: { block: otherwise, params } });
    } else if (kind === 'loop') {
      const header = builder.block(...irTypes(type.params));
      ssa.terminate({ kind: 'jump', target: { block: header, args: params } });
      builder.switchTo(header);
      body.popMany(params.length);
      body.push(...params.map((_, index) => builder.param(header, index)));
      body.frames.push({ ...frame, target: header, brings: type.params.length, otherwise: null });
    } else {
      body.frames.push({ ...frame, target: builder.block(...irTypes(type.results)), brings: type.results.length, otherwise: null });
    }
  }

  #else(): void {
    const { body } = this;
    const frame = this.#innermost();
    if (!frame.otherwise) throw new Error('an else without an if in a function that passed validation');
    this.#leave(frame);
    body.builder.switchTo(frame.otherwise.block);
    body.stack.length = frame.height;
    body.push(...frame.otherwise.params);
    frame.otherwise = null;
    body.reachable = true;
  }

  #end(): void {
    const { body } = this;
    const frame = this.#innermost();
    if (frame.otherwise) this.#else();
    if (frame.kind === 'loop') {
      body.ssa.seal(frame.target);
      body.frames.pop();
      return;
    }
    this.#leave(frame);
    body.frames.pop();
    body.ssa.seal(frame.target);
    if (body.ssa.edgeCount(frame.target) === 0) {
      if (frame.kind === 'function') this.#dropTarget(frame);
      return;
    }
    body.builder.switchTo(frame.target);
    body.stack.length = frame.height;
    for (let index = 0; index < frame.results; index++) body.push(body.builder.param(frame.target, index));
    body.reachable = true;
    if (frame.kind === 'function') body.finish(body.popMany(frame.results));
  }

  /** Falls out of a block with its results. */
  #leave(frame: Frame): void {
    if (!this.body.reachable) return;
    this.body.ssa.terminate({ kind: 'jump', target: { block: frame.target, args: this.body.popMany(frame.results) } });
    this.body.reachable = false;
  }

  /** A block that nothing leads to still needs an end, until clean-up drops it. */
  #dropTarget({ target }: Frame): void {
    this.body.builder.switchTo(target);
    this.body.builder.trap(TRAP.unreachable);
  }

  #innermost(): Frame {
    return at(this.body.frames, this.body.frames.length - 1);
  }

  // Branches ------------------------------------------------------------------------------------------------------------

  #target(depth: number): Target {
    const { frames } = this.body;
    const frame = at(frames, frames.length - 1 - depth);
    return { block: frame.target, args: this.body.peekMany(frame.brings) };
  }

  #branch(depth: number): void {
    this.body.ssa.terminate({ kind: 'jump', target: this.#target(depth) });
    this.body.reachable = false;
  }

  #branchIf(depth: number): void {
    const condition = this.body.pop();
    const on = this.body.builder.block();
    this.body.ssa.terminate({ kind: 'brif', condition, then: this.#target(depth), else: { block: on, args: [] } });
    this.body.ssa.seal(on);
    this.body.builder.switchTo(on);
  }

  #branchTable(depths: readonly number[], otherwise: number): void {
    const index = this.body.pop();
    this.body.ssa.terminate({ kind: 'br_table', index, targets: depths.map((depth) => this.#target(depth)), otherwise: this.#target(otherwise) });
    this.body.reachable = false;
  }
}

// Segments, which instantiation uses too --------------------------------------------------------------------------------

/** `operands`: where to, where from, how many. */
export function memoryInit(body: Body, segment: number, operands: readonly Value[]): void {
  const { builder, record, instance } = body;
  const bytes = body.op('i32.from_ref', builder.op('data.addr', [], dataSymbol(instance, segment)));
  const length = builder.load('i32', record, at(body.context.layout(instance.id).dataLengths, segment));
  builder.call('wasm_memory_init', [body.pointer(body.memory), bytes, length, ...operands]);
}

export function tableInit(body: Body, table: number, segment: number, operands: readonly Value[]): void {
  const { builder, record } = body;
  const { tables, elementItems, elementLengths } = body.context.layout(body.instance.id);
  const items = body.op('i32.add', record, builder.i32(at(elementItems, segment)));
  const length = builder.load('i32', record, at(elementLengths, segment));
  builder.call('wasm_table_init', [body.pointer(at(tables, table)), items, length, ...operands]);
}

export const dataSymbol = (instance: Instance, segment: number): string => `w${instance.id}$data${segment}`;

