/** `await`: of a direct call of an async function of the program, without a promise; and of any other value. */
import ts = require('typescript');
import { directOperands } from './calls.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';
import { awaitValue, suspend } from './suspensions.js';

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
