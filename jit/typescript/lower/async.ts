/** `await`: of a direct call of an async function of the program, without a promise; and of any other value. */
import ts = require('typescript');
import type { Block } from '../../../ir/types.js';
import { directOperands } from './calls.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

const unwrap = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) ? unwrap(node.expression) : node;

export function lowerAwait(body: GuestBody, node: ts.AwaitExpression): Operand {
  const inner = unwrap(node.expression);
  const callee = ts.isCallExpression(inner) ? body.program.facts.directCallee(inner.expression) : null;
  const [ok, error] = [body.block('val'), body.block('val')];
  const targets = { ok: { block: ok, args: [] }, error: { block: error, args: [] } };
  if (callee?.async && ts.isCallExpression(inner)) {
    const operands = directOperands(body, inner, callee);
    body.locate(node);
    body.terminate({ kind: 'await_call', callee: callee.symbol, operands, ...targets });
  } else {
    const operand = box(body, body.expression(node.expression));
    body.locate(node);
    body.terminate({ kind: 'await', operand, ...targets });
  }
  reject(body, error, node);
  body.enter(ok);
  return { rep: 'val', value: body.builder.param(ok, 0) };
}

/** The block where a rejection comes out: the error goes to its handler. */
function reject(body: GuestBody, error: Block, node: ts.AwaitExpression): void {
  body.enter(error);
  body.throw(body.builder.param(error, 0), node);
}
