/**
 * The functions of the unit that stand for something else: calls of the host, and the entries by which tables reach
 * functions of a type that may suspend.
 *
 *   host$k(…arguments) -> promise            the arguments as JavaScript has them, in an array, to the host's function
 *   f$promise(record, …arguments) -> val     the boxed result, or the promise of it
 */
import { Builder } from '../../ir/builder.js';
import { createFunction } from '../../ir/function.js';
import type { Value } from '../../ir/types.js';
import { ASYNC, TAG } from '../abi.js';
import { Body } from './body.js';
import { targetKey } from './call-graph.js';
import { callHostInBody } from './calls.js';
import type { FunctionTarget } from './linkage.js';
import { bodySymbol, irTypes, promiseSignature, promiseSymbol, type UnitContext } from './unit-context.js';
import { arrayOf, box, callOne, toHost, type Checked } from './values.js';

/** A funcref among a host function's parameters is refused before: nothing here can throw. */
const nothingThrows: Checked = (name) => {
  throw new Error(`${name} may throw in a host call`);
};

export function buildHostCalls(context: UnitContext): void {
  context.unit.hostImports.forEach(({ type, name }, host) => {
    const symbol = bodySymbol({ kind: 'host', host, type });
    const func = createFunction(symbol, { params: irTypes(type.params), results: ['ref'] });
    func.displayName = name;
    const builder = new Builder(func, context.symbols);
    const given = builder.entry().map((value, index) => toHost(builder, nothingThrows, type.params[index] ?? 'i32', value));
    builder.ret(callOne(builder, 'host_call', builder.i32(host), arrayOf(builder, given)));
    context.module.functions.set(symbol, func);
  });
}

/** Entries for every function that a table may hold and whose type may suspend. */
export function buildPromiseEntries(context: UnitContext): void {
  const built = new Set<string>();
  for (const target of context.calls.addressTaken) {
    if (!context.calls.suspending.hasType(target.type) || built.has(targetKey(target))) continue;
    built.add(targetKey(target));
    buildPromiseEntry(context, target);
  }
}

function buildPromiseEntry(context: UnitContext, target: FunctionTarget): void {
  const { type } = target;
  const func = createFunction(promiseSymbol(target), promiseSignature(type));
  const builder = new Builder(func, context.symbols);
  const [record, ...args] = builder.entry();
  if (record === undefined) throw new Error('a promise entry takes a record');
  if (target.kind === 'host') {
    builder.ret(promiseOfCall(builder, hostBody(context, target), record, args));
  } else if (context.calls.suspending.has(target)) {
    builder.ret(promiseOfCall(builder, bodySymbol(target), record, args));
  } else {
    builder.ret(box(builder, type.results, builder.call(bodySymbol(target), [record, ...args])));
  }
  context.module.functions.set(func.name, func);
}

/** Calls an async function from where nobody can wait. Fulfilled: the value itself, which is no promise. */
function promiseOfCall(builder: Builder, symbol: string, record: Value, args: readonly Value[]): Value {
  const settled = builder.block();
  const out = builder.block('val');
  const [value, status] = builder.call(symbol, [builder.op('ref.null', []), builder.i32(0), record, ...args]);
  if (value === undefined || status === undefined) throw new Error(`${symbol} is no async function`);
  const rejected = builder.op('i32.eq', [status, builder.i32(ASYNC.rejected)]);
  builder.brif(rejected, { block: settled, args: [] }, { block: out, args: [value] });
  builder.switchTo(settled);
  builder.jump(out, builder.op('val.box', [callOne(builder, 'promise_of', value, status)], TAG.object));
  builder.switchTo(out);
  return builder.param(out, 0);
}

/** A host function as an async function of the unit: it waits for the host and converts what that gave. */
function hostBody(context: UnitContext, target: Extract<FunctionTarget, { kind: 'host' }>): string {
  const symbol = `${bodySymbol(target)}$body`;
  const instance = context.instance(context.unit.hostImports[target.host]?.instance ?? 0);
  const body = new Body(context, instance, symbol, target.type, true);
  const args = body.locals.map((local) => body.ssa.read(local));
  body.finish(callHostInBody(body, target, args));
  context.module.functions.set(symbol, body.func);
  return symbol;
}

