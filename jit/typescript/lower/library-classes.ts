/** Classes of the library as values, `constructor` and `new.target`. */
import ts = require('typescript');
import { refuse } from '../refusals.js';
import { selfOf } from './constructors.js';
import { isForeign } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { CLASS_KINDS } from './library-calls.js';
import type { Operand } from './representation.js';
import { thisUnit } from './scope-syntax.js';

/** Errors whose constructors take what that of Error takes, or a list of errors before it. */
export const isErrorName = (name: string): boolean => name.endsWith('Error');

/** An error class as a value; another class only where it is compared, since a value of it could not be called. */
export function lowerLibraryClass(body: GuestBody, node: ts.Identifier): Operand | null {
  if (!isForeign(body.program, node)) return null;
  if (isErrorName(node.text)) return { rep: 'val', value: body.libValue('error_class_value', [body.classDescriptor(node.text)], node) };
  const known = node.text === 'Object' || Object.hasOwn(CLASS_KINDS, node.text);
  return known && isCompared(node) ? { rep: 'val', value: body.libValue('native_class', [body.text(node.text)], node) } : null;
}

const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

const isCompared = ({ parent }: ts.Node): boolean => ts.isBinaryExpression(parent) && EQUALITY.has(parent.operatorToken.kind);

/** `new.target` in constructors: the class of the instance under construction. */
export function lowerNewTarget(body: GuestBody, node: ts.Node): Operand {
  if (!thisUnit(body.unit)?.constructs) return refuse('BR1043', node);
  return { rep: 'val', value: body.libValue('class_of_instance', [selfOf(body, node)], node) };
}

/**
 * `Object.setPrototypeOf(this, new.target.prototype)` in a constructor, which code for old targets has: the instance has
 * that prototype already.
 */
export function restoresPrototype(body: GuestBody, { expression, arguments: [object, prototype] }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.getText() !== 'Object.setPrototypeOf' || !prototype) return false;
  if (object?.kind !== ts.SyntaxKind.ThisKeyword || !ts.isPropertyAccessExpression(prototype) || prototype.name.text !== 'prototype') return false;
  const facts = thisUnit(body.unit)?.constructs;
  if (!facts) return false;
  if (ts.isMetaProperty(prototype.expression)) return true;
  const { classes, bindingOf } = body.program.facts;
  const named = ts.isIdentifier(prototype.expression) ? bindingOf(prototype.expression) : undefined;
  const extended = classes.some(({ parent }) => parent.kind === 'value' || (parent.kind === 'class' && parent.facts === facts));
  return named !== undefined && named === facts.binding && !extended;
}
