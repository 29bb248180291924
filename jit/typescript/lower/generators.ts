/**
 * Generators. The body is an async function in the IR, with its generator as first parameter. A yield is an await of an
 * i32: 0 leaves the body, and whoever resumes it sends a value, an error, or GENERATOR_RETURN, which stands for a return.
 * A body first binds its parameters and leaves; the call (generator-calls.ts) gives the generator then.
 */
import type ts from 'typescript';
import type { Block, Value } from '../../../ir/types.js';
import { ASYNC, GENERATOR, GENERATOR_RETURN, RESUME } from '../../abi.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';
import type { Variable } from './ssa.js';
import { awaitValue } from './suspensions.js';
import { notIterable } from './wording.js';

// The body ------------------------------------------------------------------------------------------------------------

export function takeGenerator(body: GuestBody, value: Value): void {
  body.generator = { name: 'generator', type: 'ref' };
  body.ssa.write(body.generator, value);
}

function own(body: GuestBody): Value {
  if (!body.generator) throw new Error('a yield stands in a generator');
  return body.ssa.read(body.generator);
}

/** Leaves for the first time. Gives what has to be called at the end: an async generator answers for its errors. */
export function startGenerator(body: GuestBody, node: ts.Node): () => void {
  const [ok, error] = [body.block('val'), body.block('val')];
  body.terminate({ kind: 'await', operand: body.builder.i32(0), ok: { block: ok, args: [] }, error: { block: error, args: [] } });
  body.enter(error);
  body.throw(body.builder.param(error, 0), node);
  body.enter(ok);
  if (!body.unit.async) return () => undefined;
  const handler = { pad: null as Block | null, target: body.block() }; // widens the literal: errorTarget sets it
  body.control.push({ kind: 'catch', handler });
  return () => {
    body.control.pop();
    body.finishPad(handler);
    body.enterIfReached(handler.target);
    if (!body.closed) finishAsync(body, body.builder.op('global.get', [], 'error'), 1, node);
  };
}

export function returnFromGenerator(body: GuestBody, value: Value, node: ts.Node): void {
  if (body.unit.async) finishAsync(body, value, 0, node);
  else body.return(value, body.builder.i32(ASYNC.fulfilled));
}

function finishAsync(body: GuestBody, value: Value, rejected: number, node: ts.Node): void {
  body.lib('async_generator_finish', [own(body), value, body.builder.i32(rejected)], node);
  body.return(body.undefinedValue(), body.builder.i32(ASYNC.fulfilled));
}

// yield ---------------------------------------------------------------------------------------------------------------

export function lowerYield(body: GuestBody, node: ts.YieldExpression): Operand {
  if (node.asteriskToken && node.expression) return delegate(body, node, node.expression);
  let value = node.expression ? box(body, body.expression(node.expression)) : body.undefinedValue();
  if (body.unit.async) value = awaitValue(body, value, node);
  const { sent, error, returned } = yieldValue(body, value, node);
  body.enter(returned);
  body.leave({ kind: 'return' }, sentReturn(body, node));
  body.enter(error);
  body.throw(body.builder.param(error, 0), node);
  body.enter(sent);
  return { rep: 'val', value: body.builder.param(sent, 0) };
}

/** The blocks where a body goes on behind a yield; `sent` and `error` have what was sent as a parameter. */
interface Resumed {
  readonly sent: Block;
  readonly error: Block;
  readonly returned: Block;
}

function yieldValue(body: GuestBody, value: Value, node: ts.Node): Resumed {
  const { builder } = body;
  const [sent, failed, error, returned] = [body.block('val'), body.block('val'), body.block('val'), body.block()];
  body.locate(node);
  const operand = body.unit.async ? body.libValue('async_generator_yield', [own(body), value], node) : builder.i32(0);
  if (!body.unit.async) builder.store('val', own(body), GENERATOR.value, value);
  body.terminate({ kind: 'await', operand, ok: { block: sent, args: [] }, error: { block: failed, args: [] } });
  body.enter(failed);
  const received = builder.param(failed, 0);
  body.branch(builder.op('val.eq', [received, builder.val(GENERATOR_RETURN)]), returned, { block: error, args: [received] });
  return { sent, error, returned };
}

/** The value that `return` brought; an async generator awaits it. */
function sentReturn(body: GuestBody, node: ts.Node): Value {
  const value = body.builder.load('val', own(body), GENERATOR.sent);
  return body.unit.async ? awaitValue(body, value, node) : value;
}

// yield* --------------------------------------------------------------------------------------------------------------

/** Steps the inner iterator with what each resume brings until it is done. */
function delegate(body: GuestBody, node: ts.YieldExpression, inner: ts.Expression): Operand {
  const { builder } = body;
  const [header, round, done] = [body.block(), body.block(), body.block()];
  const how: Variable = { name: 'how', type: 'i32' };
  const value: Variable = { name: 'sent', type: 'val' };
  const iterator = openDelegate(body, box(body, body.expression(inner)), inner);
  body.ssa.write(how, builder.i32(RESUME.next));
  body.ssa.write(value, body.undefinedValue());
  body.jump(header);
  builder.switchTo(header);
  body.branch(stepDelegate(body, iterator, body.ssa.read(how), body.ssa.read(value), node), round, done);
  body.enter(round);
  const { sent, error, returned } = yieldValue(body, body.libValue('iterator_value', [iterator], node), node);
  const again = (by: number, brought: Value): void => {
    body.ssa.write(how, builder.i32(by));
    body.ssa.write(value, brought);
    body.jump(header);
  };
  body.enter(returned);
  returnToDelegate(body, again);
  body.enter(error);
  again(RESUME.throw, builder.param(error, 0));
  body.enter(sent);
  again(RESUME.next, builder.param(sent, 0));
  body.ssa.seal(header);
  body.enter(done);
  const result = body.libValue('iterator_value', [iterator], node);
  const [leaves, next] = [body.block(), body.block()];
  body.branch(builder.op('i32.eq', [body.ssa.read(how), builder.i32(RESUME.return)]), leaves, next);
  body.enter(leaves);
  body.leave({ kind: 'return' }, result);
  body.enter(next);
  return { rep: 'val', value: result };
}

/** In an async generator the value of a return is awaited first; if that fails, the inner iterator is thrown into. */
function returnToDelegate(body: GuestBody, again: (by: number, brought: Value) => void): void {
  const operand = body.builder.load('val', own(body), GENERATOR.sent);
  if (!body.unit.async) return again(RESUME.return, operand);
  const [ok, error] = [body.block('val'), body.block('val')];
  body.terminate({ kind: 'await', operand, ok: { block: ok, args: [] }, error: { block: error, args: [] } });
  body.enter(ok);
  again(RESUME.return, body.builder.param(ok, 0));
  body.enter(error);
  again(RESUME.throw, body.builder.param(error, 0));
}

function openDelegate(body: GuestBody, value: Value, inner: ts.Expression): Value {
  if (body.unit.async) return body.libValue('async_iterator_open', [value, body.text(notIterable(inner, 'async '))], inner);
  body.lib('check_iterable', [value, body.text(notIterable(inner))], inner);
  return body.libValue('iterator_open', [value], inner);
}

function stepDelegate(body: GuestBody, iterator: Value, how: Value, value: Value, node: ts.Node): Value {
  if (!body.unit.async) return body.libValue('delegate_step', [iterator, how, value], node);
  const step = body.libValue('async_iterator_call', [iterator, how, body.builder.i32(1), value], node);
  return body.libValue('async_iterator_step', [iterator, awaitValue(body, step, node)], node);
}
