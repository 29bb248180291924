/** `typeof`, with the methods of library objects, which are no properties: `typeof value.then === 'function'`. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { leaveChainIfNullish } from './chains.js';
import { box } from './convert.js';
import { isForeign } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { classesWithMethod, isInstance } from './library-calls.js';
import { getProperty } from './members.js';
import { merge } from './merge.js';
import type { Operand } from './representation.js';

const TYPE_NAMES: Readonly<Record<'f64' | 'bool' | 'str', string>> = { f64: 'number', bool: 'boolean', str: 'string' };

export function lowerTypeOf(body: GuestBody, node: ts.TypeOfExpression): Operand {
  const inner = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression;
  const classes = ts.isPropertyAccessExpression(inner) && !isStatic(body, inner) ? classesWithMethod(body.program, inner) : [];
  if (ts.isPropertyAccessExpression(inner) && classes.length > 0) return typeOfMember(body, inner, classes);
  const operand = body.expression(node.expression);
  if (operand.rep !== 'val') return { rep: 'str', value: body.text(TYPE_NAMES[operand.rep]) };
  return typeOfValue(body, operand.value, node);
}

const isStatic = (body: GuestBody, { expression }: ts.PropertyAccessExpression): boolean =>
  ts.isIdentifier(expression) && isForeign(body.program, expression);

const typeOfValue = (body: GuestBody, value: Value, node: ts.Node): Operand => ({ rep: 'str', value: body.libValue('type_of', [value], node) });

/** The type of `object.name`, where instances of these classes have a method of that name. */
function typeOfMember(body: GuestBody, node: ts.PropertyAccessExpression, classes: readonly string[]): Operand {
  const [exit, method, other] = [body.block(), body.block(), body.block()];
  body.chainExits.push(exit);
  const object = body.expression(node.expression);
  if (node.questionDotToken) leaveChainIfNullish(body, object);
  body.chainExits.pop();
  const receiver = box(body, object);
  const { builder } = body;
  const found = classes.map((name) => isInstance(body, name, receiver, node)).reduce((any, one) => builder.op('i32.or', [any, one]));
  body.branch(found, method, other);
  const alternatives: [ReturnType<GuestBody['block']>, () => Operand][] = [
    [method, () => ({ rep: 'str', value: body.text('function') })],
    [other, () => typeOfValue(body, box(body, getProperty(body, { rep: 'val', value: receiver }, node.name.text, node)), node)],
  ];
  if (ts.isOptionalChain(node)) alternatives.push([exit, () => ({ rep: 'str', value: body.text('undefined') })]);
  return merge(body, 'str', node, alternatives);
}
