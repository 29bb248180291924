/** Unary and binary operators, and assignments with and without an operator. */
import ts = require('typescript');
import type { Opcode } from '../../../ir/opcodes.js';
import type { Block, Value } from '../../../ir/types.js';
import { refuse } from '../refusals.js';
import { isLooped, leftSpine } from '../syntax-walk.js';
import { assignPattern } from './destructuring.js';
import { lowerPrivateIn } from './class-access.js';
import { box, isNullish, toInt32, toNumber, toSummand, toText, toTruth } from './convert.js';
import { bigStep, bigUnary, numericOperation } from './big-operators.js';
import { areEqual, areLooselyEqual, equalsNothing } from './equality.js';
import { remainder } from './fast-paths.js';
import type { GuestBody } from './guest-body.js';
import { lowerInstanceOf } from './instances.js';
import { merge } from './merge.js';
import { placeOf } from './places.js';
import type { Operand } from './representation.js';
import { lowerIn } from './symbol-keys.js';

const K = ts.SyntaxKind;

const DOUBLE: Partial<Record<ts.SyntaxKind, Opcode>> = {
  [K.MinusToken]: 'f64.sub',
  [K.AsteriskToken]: 'f64.mul',
  [K.SlashToken]: 'f64.div',
};

const INTEGER: Partial<Record<ts.SyntaxKind, Opcode>> = {
  [K.AmpersandToken]: 'i32.and',
  [K.BarToken]: 'i32.or',
  [K.CaretToken]: 'i32.xor',
  [K.LessThanLessThanToken]: 'i32.shl',
  [K.GreaterThanGreaterThanToken]: 'i32.shr_s',
  [K.GreaterThanGreaterThanGreaterThanToken]: 'i32.shr_u',
};

/** Operators of the library. */
const LIBRARY: Partial<Record<ts.SyntaxKind, string>> = {
  [K.AsteriskAsteriskToken]: 'Math$pow',
};

interface Order {
  readonly double: Opcode;
  /** Test of the result of the library's `compare`: -1, 0, 1, or 2 for unordered. */
  readonly compared: Opcode;
  readonly against: number;
}

const ORDER: Partial<Record<ts.SyntaxKind, Order>> = {
  [K.LessThanToken]: { double: 'f64.lt', compared: 'i32.lt_s', against: 0 },
  [K.LessThanEqualsToken]: { double: 'f64.le', compared: 'i32.le_s', against: 0 },
  [K.GreaterThanToken]: { double: 'f64.gt', compared: 'i32.eq', against: 1 },
  [K.GreaterThanEqualsToken]: { double: 'f64.ge', compared: 'i32.lt_u', against: 2 },
};

const COMPOUND: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [K.PlusEqualsToken]: K.PlusToken,
  [K.MinusEqualsToken]: K.MinusToken,
  [K.AsteriskEqualsToken]: K.AsteriskToken,
  [K.SlashEqualsToken]: K.SlashToken,
  [K.PercentEqualsToken]: K.PercentToken,
  [K.AsteriskAsteriskEqualsToken]: K.AsteriskAsteriskToken,
  [K.AmpersandEqualsToken]: K.AmpersandToken,
  [K.BarEqualsToken]: K.BarToken,
  [K.CaretEqualsToken]: K.CaretToken,
  [K.LessThanLessThanEqualsToken]: K.LessThanLessThanToken,
  [K.GreaterThanGreaterThanEqualsToken]: K.GreaterThanGreaterThanToken,
  [K.GreaterThanGreaterThanGreaterThanEqualsToken]: K.GreaterThanGreaterThanGreaterThanToken,
};

const CHOICE: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [K.AmpersandAmpersandEqualsToken]: K.AmpersandAmpersandToken,
  [K.BarBarEqualsToken]: K.BarBarToken,
  [K.QuestionQuestionEqualsToken]: K.QuestionQuestionToken,
};

export const isLogical = (kind: ts.SyntaxKind): boolean => kind === K.AmpersandAmpersandToken || kind === K.BarBarToken;
const isChoice = (kind: ts.SyntaxKind): boolean => isLogical(kind) || kind === K.QuestionQuestionToken;

/** A chain that leans to the left is lowered from its innermost link outwards, in a loop: it may have thousands of operands. */
export function lowerBinary(body: GuestBody, node: ts.BinaryExpression): Operand {
  const spine = isPlain(node) ? leftSpine(node, (link) => !isPlain(link)).reverse() : [node];
  let left: Operand | null = null;
  for (const link of spine) {
    const before = body.builder.location;
    body.locate(link);
    left = lowerLink(body, link, left);
    body.builder.location = before;
  }
  if (left === null) throw new Error('a chain has a link');
  return left;
}

/** True for operators that take the values of both sides, in order. */
function isPlain(node: ts.Expression): boolean {
  if (!isLooped(node) || ts.isPrivateIdentifier(node.left)) return false;
  const { kind } = node.operatorToken;
  return kind !== K.InstanceOfKeyword && kind !== K.InKeyword && kind !== K.EqualsToken && COMPOUND[kind] === undefined && CHOICE[kind] === undefined;
}

/** `known`: the value of the left side, where that is lowered already. */
function lowerLink(body: GuestBody, node: ts.BinaryExpression, known: Operand | null): Operand {
  const operator = node.operatorToken.kind;
  if (operator === K.EqualsToken) return lowerAssignment(body, node);
  if (isChoice(operator)) return lowerChoice(body, node);
  if (CHOICE[operator] !== undefined) return lowerChoiceAssignment(body, node, CHOICE[operator]);
  if (COMPOUND[operator] !== undefined) return lowerCompound(body, node, COMPOUND[operator]);
  if (ts.isPrivateIdentifier(node.left)) return lowerPrivateIn(body, node, node.left);
  if (operator === K.InstanceOfKeyword) return lowerInstanceOf(body, node);
  if (operator === K.InKeyword) return lowerIn(body, node);
  const left = known ?? body.expression(node.left);
  if (operator === K.CommaToken) return body.expression(node.right);
  const shortcut = comparisonWithNothing(body, node, left);
  if (shortcut) return shortcut;
  return applyOperator(body, operator, left, body.expression(node.right), node);
}

function applyOperator(body: GuestBody, operator: ts.SyntaxKind, left: Operand, right: Operand, node: ts.BinaryExpression): Operand {
  const { builder } = body;
  if (operator === K.PlusToken) return sum(body, left, right, node);
  const order = ORDER[operator];
  if (order) return { rep: 'bool', value: compareOrder(body, order, left, right, node) };
  switch (operator) {
    case K.EqualsEqualsEqualsToken:
      return { rep: 'bool', value: areEqual(body, left, right, node) };
    case K.ExclamationEqualsEqualsToken:
      return { rep: 'bool', value: builder.op('i32.eqz', [areEqual(body, left, right, node)]) };
    case K.EqualsEqualsToken:
      return { rep: 'bool', value: areLooselyEqual(body, left, right, node) };
    case K.ExclamationEqualsToken:
      return { rep: 'bool', value: builder.op('i32.eqz', [areLooselyEqual(body, left, right, node)]) };
  }
  if (mayBeBig(body, node)) return numericOperation(body, operator, left, right, node);
  return { rep: 'f64', value: arithmetic(body, operator, left, right, node) };
}

const mayBeBig = (body: GuestBody, { left, right }: ts.BinaryExpression): boolean =>
  body.program.predictor.mayBeBig(left) || body.program.predictor.mayBeBig(right);

function arithmetic(body: GuestBody, operator: ts.SyntaxKind, left: Operand, right: Operand, node: ts.Node): Value {
  const { builder } = body;
  const a = toNumber(body, left, node);
  const b = toNumber(body, right, node);
  const double = DOUBLE[operator];
  if (double) return builder.op(double, [a, b]);
  const integer = INTEGER[operator];
  if (integer) {
    const bits = builder.op(integer, [toInt32(body, a, node), toInt32(body, b, node)]);
    const unsigned = operator === K.GreaterThanGreaterThanGreaterThanToken;
    return builder.op(unsigned ? 'f64.convert_i32_u' : 'f64.convert_i32_s', [bits]);
  }
  if (operator === K.PercentToken) return remainder(body, a, b, node);
  const library = LIBRARY[operator];
  return library === undefined ? refuse('BR1000', node) : body.libValue(library, [a, b], node);
}

function sum(body: GuestBody, left: Operand, right: Operand, node: ts.BinaryExpression): Operand {
  const { builder } = body;
  if (left.rep === 'f64' && right.rep === 'f64') return { rep: 'f64', value: builder.op('f64.add', [left.value, right.value]) };
  if (left.rep === 'str' || right.rep === 'str') {
    const a = textSide(body, left, node.left);
    const b = textSide(body, right, node.right);
    return { rep: 'str', value: body.libValue('string_concat', [a, b], node) };
  }
  const { predictor } = body.program;
  if (predictor.isNumeric(node.left) && predictor.isNumeric(node.right)) {
    const a = toSummand(body, left, node);
    return { rep: 'f64', value: builder.op('f64.add', [a, toSummand(body, right, node)]) };
  }
  return { rep: 'val', value: body.libValue('add', [box(body, left), box(body, right)], node) };
}

/** One side of a concatenation. Objects become primitives by their `valueOf` first, as in every sum, whatever the type says. */
function textSide(body: GuestBody, operand: Operand, node: ts.Expression): Value {
  if (operand.rep !== 'val') return toText(body, operand, node);
  return body.libValue('text_of_summand', [operand.value], node);
}

function compareOrder(body: GuestBody, order: Order, left: Operand, right: Operand, node: ts.BinaryExpression): Value {
  const { builder } = body;
  if (!mayBeBig(body, node) && (left.rep === 'f64' || right.rep === 'f64' || left.rep === 'bool' || right.rep === 'bool')) {
    const a = toNumber(body, left, node);
    return builder.op(order.double, [a, toNumber(body, right, node)]);
  }
  const compared =
    left.rep === 'str' && right.rep === 'str'
      ? body.libValue('string_compare', [left.value, right.value], node)
      : body.libValue('compare', [box(body, left), box(body, right)], node);
  return builder.op(order.compared, [compared, builder.i32(order.against)]);
}

const isNothing = (node: ts.Expression): boolean =>
  node.kind === K.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');

/** `x === undefined`, `x == null` and the like. */
function comparisonWithNothing(body: GuestBody, node: ts.BinaryExpression, left: Operand): Operand | null {
  const { builder } = body;
  const operator = node.operatorToken.kind;
  const loose = operator === K.EqualsEqualsToken || operator === K.ExclamationEqualsToken;
  const strict = operator === K.EqualsEqualsEqualsToken || operator === K.ExclamationEqualsEqualsToken;
  if ((!loose && !strict) || !isNothing(node.right) || isNothing(node.left)) return null;
  const nothing = body.expression(node.right);
  const same = loose
    ? equalsNothing(body, left)
    : left.rep === 'val'
      ? builder.op('val.eq', [left.value, nothing.value])
      : builder.i32(0);
  const negated = operator === K.ExclamationEqualsToken || operator === K.ExclamationEqualsEqualsToken;
  return { rep: 'bool', value: negated ? builder.op('i32.eqz', [same]) : same };
}

// Choices ---------------------------------------------------------------------------------------------------------------

/** Goes to `right` where the operator goes on to its right side, else to `keep`. */
function branchOnChoice(body: GuestBody, operator: ts.SyntaxKind, operand: Operand, node: ts.Expression, keep: Block, right: Block): void {
  if (operator === K.QuestionQuestionToken) return body.branch(isNullish(body, operand), right, keep);
  const truth = toTruth(body, operand, node);
  if (operator === K.BarBarToken) body.branch(truth, keep, right);
  else body.branch(truth, right, keep);
}

function lowerChoice(body: GuestBody, node: ts.BinaryExpression): Operand {
  const left = body.expression(node.left);
  const [keep, right] = [body.block(), body.block()];
  branchOnChoice(body, node.operatorToken.kind, left, node.left, keep, right);
  return merge(body, body.program.predictor.repOf(node), node, [
    [keep, () => left],
    [right, () => body.expression(node.right)],
  ]);
}

function lowerChoiceAssignment(body: GuestBody, node: ts.BinaryExpression, operator: ts.SyntaxKind): Operand {
  const place = placeOf(body, node.left);
  const left = place.read();
  const [keep, right] = [body.block(), body.block()];
  branchOnChoice(body, operator, left, node.left, keep, right);
  return merge(body, body.program.predictor.repOf(node), node, [
    [keep, () => left],
    [
      right,
      () => {
        const value = body.expression(node.right);
        place.write(value);
        return value;
      },
    ],
  ]);
}

// Assignments -----------------------------------------------------------------------------------------------------------

function lowerAssignment(body: GuestBody, node: ts.BinaryExpression): Operand {
  const { left } = node;
  if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) {
    const operand = body.expression(node.right);
    assignPattern(body, left, operand, node.right);
    return operand;
  }
  const place = placeOf(body, left);
  const operand = body.expression(node.right);
  place.write(operand);
  return operand;
}

function lowerCompound(body: GuestBody, node: ts.BinaryExpression, operator: ts.SyntaxKind): Operand {
  const place = placeOf(body, node.left);
  const left = place.read();
  const right = body.expression(node.right);
  const operand = applyOperator(body, operator, left, right, node);
  place.write(operand);
  return operand;
}

function step(body: GuestBody, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): { before: Operand; after: Operand } {
  const up = node.operator === K.PlusPlusToken;
  const isBig = body.program.predictor.mayBeBig(node.operand);
  const place = placeOf(body, node.operand);
  if (isBig) return bigStep(body, place, up ? 1 : -1, node);
  const before: Operand = { rep: 'f64', value: toNumber(body, place.read(), node) };
  const after: Operand = { rep: 'f64', value: body.builder.op(up ? 'f64.add' : 'f64.sub', [before.value, body.builder.f64(1)]) };
  place.write(after);
  return { before, after };
}

export const lowerPostfix = (body: GuestBody, node: ts.PostfixUnaryExpression): Operand => step(body, node).before;

export function lowerPrefix(body: GuestBody, node: ts.PrefixUnaryExpression): Operand {
  const { builder } = body;
  switch (node.operator) {
    case K.PlusPlusToken:
    case K.MinusMinusToken:
      return step(body, node).after;
    case K.ExclamationToken:
      return { rep: 'bool', value: builder.op('i32.eqz', [toTruth(body, body.expression(node.operand), node)]) };
    case K.PlusToken:
      return { rep: 'f64', value: toNumber(body, body.expression(node.operand), node) };
    case K.MinusToken:
      if (body.program.predictor.mayBeBig(node.operand)) return bigUnary(body, 'numeric_negate', node);
      if (ts.isNumericLiteral(node.operand)) return { rep: 'f64', value: builder.f64(-Number(node.operand.text)) };
      return { rep: 'f64', value: builder.op('f64.neg', [toNumber(body, body.expression(node.operand), node)]) };
    case K.TildeToken: {
      if (body.program.predictor.mayBeBig(node.operand)) return bigUnary(body, 'numeric_invert', node);
      const bits = toInt32(body, toNumber(body, body.expression(node.operand), node), node);
      return { rep: 'f64', value: builder.op('f64.convert_i32_s', [builder.op('i32.xor', [bits, builder.i32(-1)])]) };
    }
  }
}
