/**
 * Calls: of the unit's functions, of the host's, and through tables.
 *
 * What may suspend is waited for: an error of the host leaves the function, as it does every function on the way out,
 * since WebAssembly has nothing that could catch it.
 */
import type { Signature, Value } from '../../ir/types.js';
import { TAG, TRAP, WASM_FUNCTION, WASM_TABLE } from '../abi.js';
import type { Body } from './body.js';
import { at, type FunctionTarget } from './linkage.js';
import type { FunctionType } from './module.js';
import { bodySignature, bodySymbol, promiseSignature } from './unit-context.js';
import { resultsFromHost, unbox } from './values.js';

export function translateCall(body: Body, index: number): void {
  const target = at(body.instance.functions, index);
  const args = body.popMany(target.type.params.length);
  const { suspending, growing } = body.context.calls;
  if (target.kind === 'host') {
    body.push(...callHostInBody(body, target, args));
  } else if (!suspending.has(target)) {
    body.push(...body.builder.call(bodySymbol(target), [body.recordOf(target.instance), ...args]));
    if (growing.has(target)) body.readMemory();
  } else {
    const ok = body.builder.block('val');
    body.ssa.terminate({
      kind: 'await_call', callee: bodySymbol(target), operands: [body.recordOf(target.instance), ...args],
      ok: { block: ok, args: [] }, error: { block: body.rejected, args: [] },
    });
    body.push(...unbox(body.builder, target.type.results, resumedAt(body, ok)));
  }
}

/** Goes on where an await has its value. */
function resumedAt(body: Body, ok: ReturnType<Body['builder']['block']>): Value {
  body.ssa.seal(ok);
  body.builder.switchTo(ok);
  // Read again rather than saved: two words less in the frame.
  body.readMemory();
  return body.builder.param(ok, 0);
}

/** Waits for a boxed value. */
function awaited(body: Body, operand: Value): Value {
  const ok = body.builder.block('val');
  body.ssa.terminate({ kind: 'await', operand, ok: { block: ok, args: [] }, error: { block: body.rejected, args: [] } });
  return resumedAt(body, ok);
}

export function callHostInBody(body: Body, target: Extract<FunctionTarget, { kind: 'host' }>, args: readonly Value[]): Value[] {
  const [promise] = body.builder.call(bodySymbol(target), args);
  if (promise === undefined) throw new Error('a host call gives a promise');
  const value = awaited(body, body.builder.op('val.box', [promise], TAG.object));
  return resultsFromHost(body.builder, body.checked, target.type.results, value);
}

export function translateIndirectCall(body: Body, table: number, type: FunctionType): void {
  const { builder, context } = body;
  const index = body.pop();
  const args = body.popMany(type.params.length);
  const { base, offset } = body.address(at(context.layout(body.instance.id).tables, table));
  const length = builder.load('i32', base, offset + WASM_TABLE.length);
  body.trapIf(body.op('i32.ge_u', index, length), TRAP.undefinedElement);
  const data = builder.load('i32', base, offset + WASM_TABLE.data);
  const callee = builder.load('i32', body.op('i32.add', data, body.op('i32.shl', index, builder.i32(2))), 0);
  body.trapIf(body.op('i32.eqz', callee), TRAP.uninitializedElement);
  const number = builder.load('i32', callee, WASM_FUNCTION.type);
  body.trapIf(body.op('i32.ne', number, builder.i32(context.typeNumber(type))), TRAP.indirectType);
  const code = builder.load('i32', callee, WASM_FUNCTION.code);
  const record = builder.load('i32', callee, WASM_FUNCTION.instance);
  const call = (signature: Signature): Value[] => builder.emit('call_indirect', [code, record, ...args], signature);
  if (!context.calls.suspending.hasType(type)) {
    body.push(...call(bodySignature(type)));
    if (context.calls.growing.hasType(type)) body.readMemory();
    return;
  }
  const [promised] = call(promiseSignature(type));
  if (promised === undefined) throw new Error('a promise entry has a result');
  body.push(...unbox(builder, type.results, awaited(body, promised)));
}
