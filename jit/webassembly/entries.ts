/**
 * The ways in: closure entries (CLOSURE_SIGNATURE of jit/abi.ts) by which a task starts the unit and calls exports.
 *
 *   top level   makes the slots, instantiates every instance, runs start functions
 *   export      converts the arguments, calls, converts the results; an async one gives a promise
 *
 * A start function is sync: one that leads to an async import is refused before.
 */
import { Builder } from '../../ir/builder.js';
import { createFunction } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { CALL, CLOSURE_SIGNATURE, UNDEFINED } from '../abi.js';
import { Body } from './body.js';
import { translateCall } from './calls.js';
import { instantiateSymbol } from './instantiate.js';
import { at, type Instance } from './linkage.js';
import type { FunctionType } from './module.js';
import { bodySymbol, type UnitContext } from './unit-context.js';
import { callOne, fromHost, resultsToHost, type Checked } from './values.js';

export interface WasmExport {
  readonly name: string;
  /** Symbol of its closure entry. */
  readonly entry: string;
  readonly async: boolean;
  readonly type: FunctionType;
}

/** In the mode of a direct await: nobody else runs in the task, so what is ready goes on at once. */
const AWAITED_MODE = 1;
const MOST_DIRECT = 4;

/** An entry, with a way out for errors. */
class Entry {
  readonly builder: Builder;
  readonly params: readonly Value[];
  #thrown: Block | null = null;

  constructor(readonly context: UnitContext, symbol: string) {
    const func = createFunction(symbol, CLOSURE_SIGNATURE);
    this.builder = new Builder(func, context.symbols);
    this.params = this.builder.entry();
    context.module.functions.set(symbol, func);
  }

  readonly checked: Checked = (name, operands) => {
    const { builder } = this;
    const [value, status] = builder.call(name, operands);
    if (value === undefined || status === undefined) throw new Error(`${name} does not throw`);
    this.#thrown ??= builder.block();
    const on = builder.block();
    builder.brif(status, { block: this.#thrown, args: [] }, { block: on, args: [] });
    builder.switchTo(on);
    return value;
  };

  argument(index: number): Value {
    const rest = at(this.params, 3 + MOST_DIRECT);
    return index < MOST_DIRECT ? at(this.params, 3 + index) : callOne(this.builder, 'argument_at', rest, this.builder.i32(index - MOST_DIRECT));
  }

  ret(value: Value): void {
    const { builder } = this;
    builder.ret(value, builder.i32(CALL.ok));
    if (this.#thrown === null) return;
    builder.switchTo(this.#thrown);
    builder.ret(builder.val(UNDEFINED), builder.i32(CALL.thrown));
  }

  /** The promise of an async function's call. */
  promise(symbol: string, operands: readonly Value[]): Value {
    const { builder } = this;
    const [value, status] = builder.call(symbol, [builder.op('ref.null', []), builder.i32(AWAITED_MODE), ...operands]);
    if (value === undefined || status === undefined) throw new Error(`${symbol} is no async function`);
    return callOne(builder, 'promise_from_call', value, status);
  }
}

// Top level -------------------------------------------------------------------------------------------------------------

export function buildTopLevel(context: UnitContext): string {
  const entry = new Entry(context, '$top$entry');
  entry.builder.call('wasm_begin', [entry.builder.i32(context.slotCount)]);
  let promised = entry.builder.val(UNDEFINED);
  context.unit.instances.forEach((instance) => {
    const [record] = entry.builder.call(instantiateSymbol(instance.id), []);
    if (record === undefined || instance.module.start === null) return;
    const start = at(instance.functions, instance.module.start);
    if (context.calls.suspending.has(start)) promised = entry.promise(buildStart(context, instance, instance.module.start), [record]);
    else if (start.kind === 'defined') entry.builder.call(bodySymbol(start), [start.instance === instance.id ? record : callOne(entry.builder, 'wasm_instance', entry.builder.i32(context.layout(start.instance).slot))]);
  });
  entry.ret(promised);
  return '$top$entry';
}

/** A start function that calls host functions: the task waits for it before anything is called. */
function buildStart(context: UnitContext, instance: Instance, index: number): string {
  const body = new Body(context, instance, `w${instance.id}$start`, { params: [], results: [] }, true);
  translateCall(body, index);
  body.finish([]);
  context.module.functions.set(body.func.name, body.func);
  return body.func.name;
}

// Exports ---------------------------------------------------------------------------------------------------------------

export function buildExports(context: UnitContext, instance: Instance): WasmExport[] {
  return instance.module.exports.flatMap(({ kind, name, index }, position) => (kind === 'func' ? [buildExport(context, instance, name, index, position)] : []));
}

function buildExport(context: UnitContext, instance: Instance, name: string, index: number, position: number): WasmExport {
  const { type } = at(instance.functions, index);
  const asynchronous = context.calls.suspending.has(at(instance.functions, index));
  const symbol = `w${instance.id}$export${position}`;
  const entry = new Entry(context, `${symbol}$entry`);
  const { builder, checked } = entry;
  const record = callOne(builder, 'wasm_instance', builder.i32(context.layout(instance.id).slot));
  const args = type.params.map((param, parameter) => fromHost(builder, checked, param, entry.argument(parameter)));
  if (asynchronous) {
    buildAwaiting(context, instance, symbol, index);
    entry.ret(entry.promise(symbol, [record, ...args]));
  } else {
    const target = at(instance.functions, index);
    const owner = target.kind === 'defined' && target.instance !== instance.id ? callOne(builder, 'wasm_instance', builder.i32(context.layout(target.instance).slot)) : record;
    entry.ret(resultsToHost(builder, checked, type.results, builder.call(bodySymbol(target), [owner, ...args])));
  }
  return { name, entry: `${symbol}$entry`, async: asynchronous, type };
}

/** An async function that calls an export and gives its results as JavaScript has them. */
function buildAwaiting(context: UnitContext, instance: Instance, symbol: string, index: number): void {
  const { type } = at(instance.functions, index);
  const body = new Body(context, instance, symbol, type, true);
  body.push(...body.locals.map((local) => body.ssa.read(local)));
  translateCall(body, index);
  const value = resultsToHost(body.builder, body.checked, type.results, body.popMany(type.results.length));
  body.finishBoxed(value);
  context.module.functions.set(symbol, body.func);
}

