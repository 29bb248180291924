/**
 * Accessors: for each property name that a program uses, one function that reads it and one that writes it.
 *
 *   get$name(object) -> (value, status)      set$name(object, value) -> status      def$name(object, value) -> status
 *
 * `def` adds a field to a new instance. They compare the object's shape with up to four static shapes of the program that have the name, then leave it to the
 * library. Made when first used, filled when all shapes are known.
 */
import { Builder } from '../../../ir/builder.js';
import { createFunction, type IrFunction } from '../../../ir/function.js';
import type { Block, Value } from '../../../ir/types.js';
import { ABSENT, CALL, META, OBJECT, OBJECT_HEADER, TAG } from '../../abi.js';
import type { Program } from './program.js';
import { contentName, stringSymbol } from './static-data.js';

const MAX_SHAPES = 4;

interface Accessor {
  readonly func: IrFunction;
  readonly name: string;
  readonly mode: Mode;
}

type Mode = 'get' | 'set' | 'def';

/** What does the rest: for properties, and for private names. */
const SLOW: Readonly<Record<Mode, readonly [string, string]>> = {
  get: ['get_property', 'private_get'], set: ['set_property', 'private_set'], def: ['field_define', 'field_define'],
};

const accessorsOf = new WeakMap<Program, Accessor[]>();

function accessor(program: Program, name: string, mode: Mode): string {
  const symbol = `${mode}$${contentName(name)}`;
  if (program.module.functions.has(symbol)) return symbol;
  const func = mode !== 'get'
    ? createFunction(symbol, { params: ['val', 'val'], results: ['i32'] })
    : createFunction(symbol, { params: ['val'], results: ['val', 'i32'] });
  program.addFunction(func);
  const known = accessorsOf.get(program) ?? [];
  known.push({ func, name, mode });
  accessorsOf.set(program, known);
  return symbol;
}

export const getterSymbol = (program: Program, name: string): string => accessor(program, name, 'get');
export const setterSymbol = (program: Program, name: string): string => accessor(program, name, 'set');
export const definerSymbol = (program: Program, name: string): string => accessor(program, name, 'def');

/** Fills all accessors. Call it once no more literals and property uses can come. */
export function finishAccessors(program: Program): void {
  for (const { func, name, mode } of accessorsOf.get(program) ?? []) {
    build(program, func, name, mode);
    program.lowered.push({ func, escapes: new Set([null]), keepsStatus: true });
  }
}

function build(program: Program, func: IrFunction, name: string, mode: Mode): void {
  const builder = new Builder(func, program.symbols);
  const [object, value] = builder.entry();
  if (object === undefined) throw new Error('an accessor has an object');
  const slow = builder.block();
  const shapes = [...program.shapes].filter(([, keys]) => keys.includes(name)).slice(0, MAX_SHAPES);
  if (shapes.length === 0) builder.jump(slow);
  else testShapes(builder, object, value, shapes, name, mode === 'def' ? null : slow, slow);
  builder.switchTo(slow);
  const key = builder.op('data.addr', [], stringSymbol(program.module, name));
  const isPrivate = name.startsWith('\0#') && mode !== 'def';
  const shown = isPrivate ? [builder.op('data.addr', [], stringSymbol(program.module, name.slice(name.indexOf('#', 2))))] : [];
  const results = builder.call(SLOW[mode][isPrivate ? 1 : 0], [object, key, ...shown, ...(value === undefined ? [] : [value])]);
  const complete = results.length === func.results.length;
  builder.ret(...results, ...(complete ? [] : [builder.i32(CALL.ok)]));
}

function testShapes(
  builder: Builder, object: Value, value: Value | undefined, shapes: readonly (readonly [string, readonly string[]])[], name: string,
  unset: Block | null, slow: Block,
): void {
  const tagged = builder.block();
  const tag = builder.op('i64.shr_u', [builder.op('i64.from_val', [object]), builder.i64(48n)]);
  builder.brif(builder.op('i64.eq', [tag, builder.i64(BigInt(TAG.object))]), { block: tagged, args: [] }, { block: slow, args: [] });
  builder.switchTo(tagged);
  const address = builder.op('ref.from_val', [object]);
  const shape = builder.load('ref', address, OBJECT_HEADER.shape);
  for (const [symbol, keys] of shapes) {
    const [hit, next] = [builder.block(), builder.block()];
    const known = builder.op('data.addr', [], symbol);
    builder.brif(builder.op('ref.eq', [shape, known]), { block: hit, args: [] }, { block: next, args: [] });
    builder.switchTo(hit);
    useSlot(builder, address, OBJECT.slots + 8 * keys.indexOf(name), value, unset);
    builder.switchTo(next);
  }
  builder.jump(slow);
}

/** Reads or writes a slot; a missing property and a frozen object are the library's matter, unless the slot is being defined. */
function useSlot(builder: Builder, address: Value, offset: number, value: Value | undefined, slow: Block | null): void {
  if (slow === null && value !== undefined) {
    builder.store('val', address, offset, value);
    builder.ret(builder.i32(CALL.ok));
    return;
  }
  if (slow === null) throw new Error('what defines a slot has a value for it');
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
