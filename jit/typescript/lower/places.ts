/** Places: what can be assigned to. Their parts are evaluated once, when the place is made. */
import ts = require('typescript');
import { refuse } from '../refusals.js';
import { isSuper, superPlace } from './class-access.js';
import type { GuestBody } from './guest-body.js';
import { elementPlace, propertyPlace } from './members.js';
import type { Place } from './representation.js';
import { lowerKey } from './symbol-keys.js';

export function placeOf(body: GuestBody, node: ts.Expression): Place {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return placeOf(body, node.expression);
  }
  if (ts.isIdentifier(node)) return variablePlace(body, node);
  if (ts.isPropertyAccessExpression(node) && isSuper(node.expression)) return superPlace(body, node);
  if (ts.isPropertyAccessExpression(node)) return propertyPlace(body, node, body.expression(node.expression));
  if (ts.isElementAccessExpression(node)) {
    const object = body.expression(node.expression);
    return elementPlace(body, node, object, lowerKey(body, node.argumentExpression));
  }
  return refuse('BR1000', node, 'an assignment to this');
}

function variablePlace(body: GuestBody, node: ts.Identifier): Place {
  const binding = body.program.facts.bindingOf(node);
  if (!binding || binding.kind === 'function') return refuse('BR1027', node, node.text);
  return {
    read: () => body.readNamed(binding, node),
    write: (operand) => body.writeNamed(binding, operand, node),
  };
}
