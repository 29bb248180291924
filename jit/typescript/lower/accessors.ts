/**
 * Accessors: for each property name that a program uses, one function that reads it and one that writes it.
 *
 *   get$name(object) -> (value, status)      set$name(object, value) -> status
 *
 * They compare the object's shape with up to four static shapes of the program that have the name, then leave it to the
 * library. Made when first used, filled when all shapes are known.
 */
import { Builder } from '../../../ir/builder.js';
import { createFunction, type IrFunction } from '../../../ir/function.js';
import type { Block, Value } from '../../../ir/types.js';
import { ABSENT, CALL, META, OBJECT, OBJECT_HEADER, TAG } from '../../abi.js';
import type { Program } from './program.js';
import { contentName, shapeSymbol, stringSymbol } from './static-data.js';

const MAX_SHAPES = 4;

interface Accessor {
  readonly func: IrFunction;
  readonly name: string;
  readonly writes: boolean;
}

const accessorsOf = new WeakMap<Program, Accessor[]>();

function accessor(program: Program, name: string, writes: boolean): string {
  const symbol = `${writes ? 'set' : 'get'}$${contentName(name)}`;
  if (program.module.functions.has(symbol)) return symbol;
  const func = writes
    ? createFunction(symbol, { params: ['val', 'val'], results: ['i32'] })
    : createFunction(symbol, { params: ['val'], results: ['val', 'i32'] });
  program.addFunction(func);
  const known = accessorsOf.get(program) ?? [];
  known.push({ func, name, writes });
  accessorsOf.set(program, known);
  return symbol;
}

export const getterSymbol = (program: Program, name: string): string => accessor(program, name, false);
export const setterSymbol = (program: Program, name: string): string => accessor(program, name, true);

/** Fills all accessors. Call it once no more literals and property uses can come. */
export function finishAccessors(program: Program): void {
  for (const { func, name, writes } of accessorsOf.get(program) ?? []) {
    build(program, func, name, writes);
    program.lowered.push({ func, escapes: new Set([null]), keepsStatus: true });
  }
}

function build(program: Program, func: IrFunction, name: string, writes: boolean): void {
  const builder = new Builder(func, program.symbols);
  const [object, value] = builder.entry();
  if (object === undefined) throw new Error('an accessor has an object');
  const slow = builder.block();
  const shapes = [...program.shapes.values()].filter((keys) => keys.includes(name)).slice(0, MAX_SHAPES);
  if (shapes.length === 0) builder.jump(slow);
  else testShapes(program, builder, object, value, shapes, name, slow);
  builder.switchTo(slow);
  const key = builder.op('data.addr', [], stringSymbol(program.module, name));
  const results = builder.call(writes ? 'set_property' : 'get_property', value === undefined ? [object, key] : [object, key, value]);
  const complete = results.length === func.results.length;
  builder.ret(...results, ...(complete ? [] : [builder.i32(CALL.ok)]));
}

function testShapes(
  program: Program, builder: Builder, object: Value, value: Value | undefined, shapes: readonly (readonly string[])[], name: string, slow: Block,
): void {
  const tagged = builder.block();
  const tag = builder.op('i64.shr_u', [builder.op('i64.from_val', [object]), builder.i64(48n)]);
  builder.brif(builder.op('i64.eq', [tag, builder.i64(BigInt(TAG.object))]), { block: tagged, args: [] }, { block: slow, args: [] });
  builder.switchTo(tagged);
  const address = builder.op('ref.from_val', [object]);
  const shape = builder.load('ref', address, OBJECT_HEADER.shape);
  for (const keys of shapes) {
    const [hit, next] = [builder.block(), builder.block()];
    const known = builder.op('data.addr', [], shapeSymbol(program.module, keys));
    builder.brif(builder.op('ref.eq', [shape, known]), { block: hit, args: [] }, { block: next, args: [] });
    builder.switchTo(hit);
    useSlot(builder, address, OBJECT.slots + 8 * keys.indexOf(name), value, slow);
    builder.switchTo(next);
  }
  builder.jump(slow);
}

/** Reads or writes a slot; a deleted property and a frozen object are the library's matter. */
function useSlot(builder: Builder, address: Value, offset: number, value: Value | undefined, slow: Block): void {
  const old = builder.load('val', address, offset);
  const absent = builder.op('val.eq', [old, builder.val(ABSENT)]);
  const fast = builder.block();
  if (value === undefined) {
    builder.brif(absent, { block: slow, args: [] }, { block: fast, args: [] });
    builder.switchTo(fast);
    builder.ret(old, builder.i32(CALL.ok));
    return;
  }
  const frozen = builder.op('i32.and', [builder.load('i32', address, OBJECT_HEADER.meta), builder.i32(META.frozen)]);
  builder.brif(builder.op('i32.or', [absent, frozen]), { block: slow, args: [] }, { block: fast, args: [] });
  builder.switchTo(fast);
  builder.store('val', address, offset, value);
  builder.ret(builder.i32(CALL.ok));
}
