/**
 * Constants of the dialect, folded while compiling: literals, imported numbers and tables of jit/abi.ts, module-level
 * constants of the library's own files, and arithmetic on them.
 */
import ts = require('typescript');
import * as abi from '../../abi.js';

export type Constant = number | bigint | boolean | string | readonly Constant[] | { readonly [name: string]: Constant };
type Environment = (name: string) => Constant | undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** What of jit/abi.ts the dialect may name: everything that is not a function. */
export function abiConstant(name: string): Constant | undefined {
  const table: Readonly<Record<string, unknown>> = abi;
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return isConstant(value) ? value : undefined;
}

function isConstant(value: unknown): value is Constant {
  if (['number', 'bigint', 'boolean', 'string'].includes(typeof value)) return true;
  return isRecord(value) && Object.values(value).every(isConstant);
}

/** The value of a constant expression, or undefined if it is none. */
export function constantOf(node: ts.Expression, named: Environment): Constant | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return constantOf(node.expression, named);
  }
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isBigIntLiteral(node)) return BigInt(node.text.replace(/n$/, ''));
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isIdentifier(node)) return node.text === 'NaN' ? NaN : node.text === 'Infinity' ? Infinity : named(node.text);
  if (ts.isPropertyAccessExpression(node)) return memberOf(constantOf(node.expression, named), node.name.text);
  if (ts.isElementAccessExpression(node)) return elementOf(node, named);
  if (ts.isPrefixUnaryExpression(node)) return unary(node.operator, constantOf(node.operand, named));
  if (ts.isBinaryExpression(node)) {
    const left = constantOf(node.left, named);
    if (left === undefined) return undefined;
    const right = constantOf(node.right, named);
    return right === undefined ? undefined : binary(node.operatorToken.kind, left, right);
  }
  if (ts.isCallExpression(node)) return call(node, named);
  if (ts.isObjectLiteralExpression(node)) return tableOf(node, named);
  return undefined;
}

function memberOf(object: Constant | undefined, name: string): Constant | undefined {
  if (Array.isArray(object)) return name === 'length' ? object.length : undefined;
  return isRecord(object) && Object.hasOwn(object, name) ? (object as Record<string, Constant>)[name] : undefined; // constants nest constants
}

function elementOf(node: ts.ElementAccessExpression, named: Environment): Constant | undefined {
  const list = constantOf(node.expression, named);
  const index = constantOf(node.argumentExpression, named);
  return Array.isArray(list) && typeof index === 'number' ? (list as readonly Constant[])[index] : undefined; // constants nest constants
}

function call(node: ts.CallExpression, named: Environment): Constant | undefined {
  const [argument] = node.arguments;
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'kindShape' || !argument) return undefined;
  const kind = constantOf(argument, named);
  return typeof kind === 'number' ? abi.kindShape(kind) : undefined;
}

function tableOf(node: ts.ObjectLiteralExpression, named: Environment): Constant | undefined {
  const table: Record<string, Constant> = {};
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return undefined;
    const value = constantOf(property.initializer, named);
    if (value === undefined) return undefined;
    table[property.name.text] = value;
  }
  return table;
}

function unary(operator: ts.PrefixUnaryOperator, operand: Constant | undefined): Constant | undefined {
  if (typeof operand !== 'number' && typeof operand !== 'bigint') return undefined;
  if (operator === ts.SyntaxKind.MinusToken) return -operand;
  if (operator === ts.SyntaxKind.TildeToken) return ~operand;
  return undefined;
}

type Fold<Operand> = (a: Operand, b: Operand) => Operand;

const NUMBER_FOLDS: Partial<Record<ts.SyntaxKind, Fold<number>>> = {
  [ts.SyntaxKind.PlusToken]: (a, b) => a + b,
  [ts.SyntaxKind.MinusToken]: (a, b) => a - b,
  [ts.SyntaxKind.AsteriskToken]: (a, b) => a * b,
  [ts.SyntaxKind.SlashToken]: (a, b) => a / b,
  [ts.SyntaxKind.AsteriskAsteriskToken]: (a, b) => a ** b,
  [ts.SyntaxKind.BarToken]: (a, b) => a | b,
  [ts.SyntaxKind.AmpersandToken]: (a, b) => a & b,
  [ts.SyntaxKind.CaretToken]: (a, b) => a ^ b,
  [ts.SyntaxKind.LessThanLessThanToken]: (a, b) => a << b,
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: (a, b) => a >> b,
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken]: (a, b) => a >>> b,
};

const BIGINT_FOLDS: Partial<Record<ts.SyntaxKind, Fold<bigint>>> = {
  [ts.SyntaxKind.PlusToken]: (a, b) => a + b,
  [ts.SyntaxKind.MinusToken]: (a, b) => a - b,
  [ts.SyntaxKind.AsteriskToken]: (a, b) => a * b,
  [ts.SyntaxKind.AsteriskAsteriskToken]: (a, b) => a ** b,
  [ts.SyntaxKind.BarToken]: (a, b) => a | b,
  [ts.SyntaxKind.AmpersandToken]: (a, b) => a & b,
  [ts.SyntaxKind.LessThanLessThanToken]: (a, b) => a << b,
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: (a, b) => a >> b,
};

function binary(operator: ts.SyntaxKind, left: Constant, right: Constant): Constant | undefined {
  if (typeof left === 'number' && typeof right === 'number') return NUMBER_FOLDS[operator]?.(left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return BIGINT_FOLDS[operator]?.(left, right);
  return undefined;
}
