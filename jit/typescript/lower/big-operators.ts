/** Operators on operands that may be bigints, and their literals: the library decides by what the values are. */
import ts = require('typescript');
import { TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand, Place } from './representation.js';
import { bigIntSymbol } from './static-data.js';

const K = ts.SyntaxKind;

/** In the order of OPERATOR in jit/stdlib/big-operators.ts. */
const OPERATORS: readonly ts.SyntaxKind[] = [
  K.MinusToken, K.AsteriskToken, K.SlashToken, K.PercentToken, K.AsteriskAsteriskToken, K.AmpersandToken, K.BarToken, K.CaretToken,
  K.LessThanLessThanToken, K.GreaterThanGreaterThanToken, K.GreaterThanGreaterThanGreaterThanToken,
];

export function numericOperation(body: GuestBody, operator: ts.SyntaxKind, left: Operand, right: Operand, node: ts.Node): Operand {
  const number = OPERATORS.indexOf(operator);
  if (number < 0) return refuse('BR1000', node);
  return { rep: 'val', value: body.libValue('numeric_operate', [box(body, left), box(body, right), body.builder.i32(number)], node) };
}

export function bigUnary(body: GuestBody, name: 'numeric_negate' | 'numeric_invert', node: ts.PrefixUnaryExpression): Operand {
  return { rep: 'val', value: body.libValue(name, [box(body, body.expression(node.operand))], node) };
}

/** `++` and `--`. */
export function bigStep(body: GuestBody, place: Place, step: number, node: ts.Node): { before: Operand; after: Operand } {
  const before: Operand = { rep: 'val', value: body.libValue('to_numeric', [box(body, place.read())], node) };
  const after: Operand = { rep: 'val', value: body.libValue('numeric_step', [before.value, body.builder.i32(step)], node) };
  place.write(after);
  return { before, after };
}

export function lowerBigInt(body: GuestBody, node: ts.BigIntLiteral): Operand {
  const symbol = bigIntSymbol(body.program.module, BigInt(node.text.replaceAll('_', '').replace(/n$/, '')));
  return { rep: 'val', value: body.builder.op('val.box', [body.builder.op('data.addr', [], symbol)], TAG.bigint) };
}
