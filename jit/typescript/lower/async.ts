/** `await`: of a direct call of an async function of the program, without a promise; and of any other value. */
import ts = require('typescript');
import type { Target, Terminator } from '../../../ir/function.js';
import type { Value } from '../../../ir/types.js';
import { directOperands } from './calls.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

const unwrap = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) ? unwrap(node.expression) : node;

export function lowerAwait(body: GuestBody, node: ts.AwaitExpression): Operand {
  const inner = unwrap(node.expression);
  const callee = ts.isCallExpression(inner) ? body.program.facts.directCallee(inner.expression) : null;
  if (!callee?.async || callee.generator || !ts.isCallExpression(inner)) {
    return { rep: 'val', value: awaitValue(body, box(body, body.expression(node.expression)), node) };
  }
  const operands = directOperands(body, inner, callee);
  body.locate(node);
  return { rep: 'val', value: suspend(body, (targets) => ({ kind: 'await_call', callee: callee.symbol, operands, ...targets }), node) };
}

/** Awaits a boxed value; a rejection goes to its handler. */
export function awaitValue(body: GuestBody, operand: Value, node: ts.Node): Value {
  body.locate(node);
  return suspend(body, (targets) => ({ kind: 'await', operand, ...targets }), node);
}

/** Awaits a boxed value for its turns alone, whatever comes of it. */
export function awaitQuietly(body: GuestBody, operand: Value): void {
  const next = body.block('val');
  const target = (): Target => ({ block: next, args: [] });
  body.terminate({ kind: 'await', operand, ok: target(), error: target() });
  body.enter(next);
}

interface Targets {
  readonly ok: Target;
  readonly error: Target;
}

function suspend(body: GuestBody, terminator: (targets: Targets) => Terminator, node: ts.Node): Value {
  const [ok, error] = [body.block('val'), body.block('val')];
  body.terminate(terminator({ ok: { block: ok, args: [] }, error: { block: error, args: [] } }));
  body.enter(error);
  body.throw(body.builder.param(error, 0), node);
  body.enter(ok);
  return body.builder.param(ok, 0);
}
