/**
 * Expressions of the dialect. The type of an expression is found first, without emitting anything (`typeOfExpression`);
 * then it is lowered and converted to what its place needs. Constants take the type their place expects.
 */
import ts = require('typescript');
import type { Block, Value } from '../../../ir/types.js';
import { GLOBALS } from '../../abi.js';
import { on, type Handle } from '../lower/dispatch.js';
import { lowerCall, typeOfCall } from './calls.js';
import type { Constant } from './constants.js';
import { irTypeOf, type DialectExpressions, type LibraryBody, type Local } from './library-body.js';
import { machineTypeOf, type MachineType, type Typed } from './machine-types.js';
import { ASSIGNMENTS, COMPARISONS, arithmetic, comparison, unify } from './operators.js';

type Lower = Handle<LibraryBody, Typed>;

// Types ---------------------------------------------------------------------------------------------------------------

/** The machine type of an expression; undefined for one that has none yet (a call of an unknown function). */
function typeOfExpression(body: LibraryBody, node: ts.Expression): MachineType | undefined {
  return ownType(body, node) ?? defaultType(body.constant(node), node);
}

/** The type an expression has by itself: undefined for constants, which adapt. */
function ownType(body: LibraryBody, node: ts.Expression): MachineType | undefined {
  const constant = body.constant(node);
  if (constant !== undefined) return typeof constant === 'number' && isFractional(constant, node) ? 'f64' : undefined;
  if (ts.isParenthesizedExpression(node)) return ownType(body, node.expression);
  if (ts.isAsExpression(node)) return machineTypeOf(node.type) ?? ownType(body, node.expression);
  if (ts.isNonNullExpression(node)) return ownType(body, node.expression);
  if (ts.isIdentifier(node)) return body.find(node.text)?.machine;
  if (ts.isCallExpression(node)) return typeOfCall(body, node);
  if (ts.isPropertyAccessExpression(node)) return globalType(body, node) ?? caughtValue(body, node)?.machine;
  if (ts.isConditionalExpression(node)) return ownType(body, node.whenTrue) ?? ownType(body, node.whenFalse);
  if (ts.isPostfixUnaryExpression(node)) return ownType(body, node.operand);
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.ExclamationToken ? 'bool' : arithmeticType(ownType(body, node.operand));
  }
  if (ts.isBinaryExpression(node)) return typeOfBinary(body, node);
  return undefined;
}

const arithmeticType = (type: MachineType | undefined): MachineType | undefined =>
  type === 'ref' || type === 'str' || type === 'bool' ? 'i32' : type;

const LOGICAL = new Set([ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken]);

function typeOfBinary(body: LibraryBody, node: ts.BinaryExpression): MachineType | undefined {
  const operator = node.operatorToken.kind;
  if (COMPARISONS.has(operator) || LOGICAL.has(operator)) return 'bool';
  if (operator === ts.SyntaxKind.CommaToken) return ownType(body, node.right);
  if (operator === ts.SyntaxKind.EqualsToken || ASSIGNMENTS[operator] !== undefined) return ownType(body, node.left);
  return arithmeticType(unify(ownType(body, node.left), ownType(body, node.right)));
}

const isFractional = (value: number, node: ts.Expression): boolean =>
  !Number.isInteger(value) || Object.is(value, -0) || Math.abs(value) >= 2 ** 32 || /^-?[0-9]+(\.|e)/i.test(node.getText());

function defaultType(constant: Constant | undefined, node: ts.Expression): MachineType | undefined {
  if (typeof constant === 'number') return isFractional(constant, node) ? 'f64' : 'i32';
  if (typeof constant === 'bigint') return constant >= 0xfff9000000000000n && constant < 2n ** 64n ? 'val' : 'i64';
  if (typeof constant === 'boolean') return 'bool';
  // An expression over constants alone that does not fold, as a condition with constant branches.
  if (ts.isParenthesizedExpression(node)) return defaultType(undefined, node.expression);
  if (ts.isConditionalExpression(node)) return node.whenTrue.kind === ts.SyntaxKind.BigIntLiteral ? 'i64' : 'i32';
  return undefined;
}

/** The type to lower a conditional or an operand pair with, when constants are among them. */
function settledType(body: LibraryBody, nodes: readonly ts.Expression[], expected: MachineType | undefined): MachineType | undefined {
  let type: MachineType | undefined;
  for (const node of nodes) type = unify(type, ownType(body, node));
  if (type) return type;
  const [first] = nodes;
  return expected ?? (first && defaultType(body.constant(first), first));
}

// Lowering ------------------------------------------------------------------------------------------------------------

function lowerAs(body: LibraryBody, node: ts.Expression, type: MachineType): Value {
  const constant = body.constant(node);
  if (constant !== undefined) return constantAs(body, constant, type, node);
  return convert(body, lower(body, node, type), type, node);
}

function lower(body: LibraryBody, node: ts.Expression, expected?: MachineType): Typed {
  body.locate(node);
  const constant = body.constant(node);
  if (constant !== undefined) {
    const type = expected ?? defaultType(constant, node);
    if (!type) return body.refuse(node, 'a constant of this type as a value');
    return { type, value: constantAs(body, constant, type, node) };
  }
  if (ts.isConditionalExpression(node)) return lowerConditional(body, node, expected);
  if (ts.isParenthesizedExpression(node)) return lower(body, node.expression, expected);
  if (ts.isNonNullExpression(node)) return lower(body, node.expression, expected);
  const handle = HANDLERS[node.kind];
  return handle ? handle(body, node) : body.refuse(node, `an expression of kind ${ts.SyntaxKind[node.kind]}`);
}

const HANDLERS: Partial<Record<ts.SyntaxKind, Lower>> = {
  [ts.SyntaxKind.Identifier]: on(ts.isIdentifier, (body: LibraryBody, node) => readLocal(body, localOf(body, node))),
  [ts.SyntaxKind.AsExpression]: on(ts.isAsExpression, (body: LibraryBody, node) => {
    const type = machineTypeOf(node.type);
    return type ? { type, value: lowerAs(body, node.expression, type) } : lower(body, node.expression);
  }),
  [ts.SyntaxKind.CallExpression]: on(ts.isCallExpression, lowerCall),
  [ts.SyntaxKind.PropertyAccessExpression]: on(ts.isPropertyAccessExpression, lowerProperty),
  [ts.SyntaxKind.PrefixUnaryExpression]: on(ts.isPrefixUnaryExpression, lowerPrefix),
  [ts.SyntaxKind.PostfixUnaryExpression]: on(ts.isPostfixUnaryExpression, (body: LibraryBody, node) => step(body, node, true)),
  [ts.SyntaxKind.BinaryExpression]: on(ts.isBinaryExpression, lowerBinary),
};

function constantAs(body: LibraryBody, constant: Constant, type: MachineType, node: ts.Expression): Value {
  const { builder } = body;
  if (typeof constant === 'boolean' && (type === 'bool' || type === 'i32')) return builder.i32(constant ? 1 : 0);
  if (typeof constant === 'bigint' && type === 'i64') return builder.i64(constant);
  if (typeof constant === 'bigint' && type === 'val') return builder.val(constant);
  if (typeof constant === 'number' && type === 'f64') return builder.f64(constant);
  if (typeof constant === 'number' && Number.isInteger(constant)) {
    if (type === 'i32') return builder.i32(constant);
    if (type === 'bool') return builder.i32(constant === 0 ? 0 : 1);
    if (type === 'ref' || type === 'str') {
      return constant === 0 ? body.zero('ref') : builder.op('ref.from_i32', [builder.i32(constant)]);
    }
  }
  return body.refuse(node, `the constant ${String(constant)} as ${type}`);
}

function convert(body: LibraryBody, from: Typed, to: MachineType, node: ts.Node): Value {
  const { builder } = body;
  if (from.type === 'never') return body.zero(irTypeOf(to));
  const { value } = from;
  if (value === null) return body.refuse(node, 'the result of a void function as a value');
  if (from.type === to) return value;
  const pair = `${from.type}:${to}`;
  if (pair === 'str:ref' || pair === 'ref:str' || pair === 'bool:i32') return value;
  if (pair === 'ref:i32' || pair === 'str:i32') return builder.op('i32.from_ref', [value]);
  if (pair === 'i32:bool') return builder.op('i32.ne', [value, builder.i32(0)]);
  return body.refuse(node, `an implicit conversion from ${from.type} to ${to}`);
}

function localOf(body: LibraryBody, node: ts.Identifier): Local {
  return body.find(node.text) ?? body.refuse(node, `a variable ${node.text} in scope`);
}

const readLocal = (body: LibraryBody, local: Local): Typed => ({ type: local.machine, value: body.ssa.read(local) });

// Properties: only instance globals and the value of a caught error ---------------------------------------------------

const GLOBAL_TYPES: ReadonlyMap<string, MachineType> = new Map(GLOBALS.map(({ name, type }) => [name, type]));

function globalType(body: LibraryBody, node: ts.PropertyAccessExpression): MachineType | undefined {
  if (!ts.isIdentifier(node.expression)) return undefined;
  if (body.scope.intrinsicNamed(body.self.file, node.expression.text) !== 'globals') return undefined;
  return GLOBAL_TYPES.get(node.name.text);
}

/** `(error as ReferenceThrow).value` is the caught value itself. */
function caughtValue(body: LibraryBody, node: ts.PropertyAccessExpression): Local | undefined {
  if (node.name.text !== 'value') return undefined;
  let inner: ts.Expression = node.expression;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner)) inner = inner.expression;
  return ts.isIdentifier(inner) ? body.find(inner.text) : undefined;
}

function lowerProperty(body: LibraryBody, node: ts.PropertyAccessExpression): Typed {
  const type = globalType(body, node);
  if (type) return { type, value: body.builder.op('global.get', [], node.name.text) };
  const caught = caughtValue(body, node);
  return caught ? readLocal(body, caught) : body.refuse(node, `the property ${node.getText()}`);
}

// Operators -----------------------------------------------------------------------------------------------------------

function lowerPrefix(body: LibraryBody, node: ts.PrefixUnaryExpression): Typed {
  const { builder } = body;
  if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
    return step(body, node, false);
  }
  if (node.operator === ts.SyntaxKind.ExclamationToken) {
    return { type: 'bool', value: builder.op('i32.eqz', [condition(body, node.operand)]) };
  }
  const type = arithmeticType(ownType(body, node.operand)) ?? 'i32';
  const value = lowerAs(body, node.operand, type);
  if (node.operator === ts.SyntaxKind.PlusToken) return { type, value };
  if (node.operator === ts.SyntaxKind.MinusToken) {
    if (type === 'f64') return { type, value: builder.op('f64.neg', [value]) };
    if (type === 'i64') return { type, value: builder.op('i64.sub', [builder.i64(0n), value]) };
    if (type === 'i32') return { type, value: builder.op('i32.sub', [builder.i32(0), value]) };
  }
  if (node.operator === ts.SyntaxKind.TildeToken) {
    if (type === 'i32') return { type, value: builder.op('i32.xor', [value, builder.i32(-1)]) };
    if (type === 'i64') return { type, value: builder.op('i64.xor', [value, builder.i64(-1n)]) };
  }
  return body.refuse(node, `this unary operator on ${type}`);
}

function step(body: LibraryBody, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, old: boolean): Typed {
  const { type } = readPlace(body, node.operand);
  const before = lowerAs(body, node.operand, type);
  const one = constantAs(body, type === 'i64' ? 1n : 1, type, node);
  const operator = node.operator === ts.SyntaxKind.PlusPlusToken ? ts.SyntaxKind.PlusToken : ts.SyntaxKind.MinusToken;
  const after = arithmetic(body, operator, type, before, one, node);
  writePlace(body, node.operand, after);
  return { type, value: old ? before : after };
}

function readPlace(body: LibraryBody, node: ts.Expression): { type: MachineType } {
  const type = ownType(body, node);
  return type ? { type } : body.refuse(node, 'an assignment to this');
}

function writePlace(body: LibraryBody, node: ts.Expression, value: Value): void {
  if (ts.isIdentifier(node)) return body.ssa.write(localOf(body, node), value);
  if (ts.isPropertyAccessExpression(node) && globalType(body, node)) {
    body.builder.emit('global.set', [value], node.name.text);
    return;
  }
  body.refuse(node, 'an assignment to this');
}

function lowerBinary(body: LibraryBody, node: ts.BinaryExpression): Typed {
  const operator = node.operatorToken.kind;
  const { left, right } = node;
  if (operator === ts.SyntaxKind.CommaToken) {
    lower(body, left);
    return lower(body, right);
  }
  if (LOGICAL.has(operator)) return { type: 'bool', value: truthByBranch(body, node) };
  if (operator === ts.SyntaxKind.EqualsToken) {
    const { type } = readPlace(body, left);
    const value = lowerAs(body, right, type);
    writePlace(body, left, value);
    return { type, value };
  }
  const underlying = ASSIGNMENTS[operator];
  if (underlying !== undefined) {
    const { type } = readPlace(body, left);
    const value = arithmetic(body, underlying, type, lowerAs(body, left, type), lowerAs(body, right, type), node);
    writePlace(body, left, value);
    return { type, value };
  }
  const type = settledType(body, [left, right], undefined);
  if (!type) return body.refuse(node, 'an operator on operands without a type');
  if (COMPARISONS.has(operator)) {
    return { type: 'bool', value: comparison(body, operator, type, lowerAs(body, left, type), lowerAs(body, right, type), node) };
  }
  const machine = arithmeticType(type) ?? type;
  return { type: machine, value: arithmetic(body, operator, machine, lowerAs(body, left, machine), lowerAs(body, right, machine), node) };
}

// Control inside of expressions ---------------------------------------------------------------------------------------

function condition(body: LibraryBody, node: ts.Expression): Value {
  const { type, value } = lower(body, node);
  if (type === 'never') return body.builder.i32(0);
  if (value !== null && (type === 'bool' || type === 'i32')) return value;
  if (value !== null && (type === 'ref' || type === 'str')) return body.builder.op('i32.from_ref', [value]);
  return body.refuse(node, `a condition of type ${type}`);
}

function branch(body: LibraryBody, node: ts.Expression, then: Block, otherwise: Block): void {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  const constant = body.constant(inner);
  if (typeof constant === 'boolean' || typeof constant === 'number') return body.jump(constant ? then : otherwise);
  if (inner !== node) return branch(body, inner, then, otherwise);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return branch(body, node.operand, otherwise, then);
  }
  if (ts.isBinaryExpression(node) && LOGICAL.has(node.operatorToken.kind)) {
    const middle = body.block();
    if (node.operatorToken.kind === ts.SyntaxKind.BarBarToken) branch(body, node.left, then, middle);
    else branch(body, node.left, middle, otherwise);
    body.enter(middle);
    return branch(body, node.right, then, otherwise);
  }
  body.branch(condition(body, node), then, otherwise);
}

function truthByBranch(body: LibraryBody, node: ts.Expression): Value {
  const [yes, no, after] = [body.block(), body.block(), body.block('i32')];
  branch(body, node, yes, no);
  body.enter(yes);
  body.jump(after, body.builder.i32(1));
  body.enter(no);
  body.jump(after, body.builder.i32(0));
  body.enter(after);
  return body.builder.param(after, 0);
}

function lowerConditional(body: LibraryBody, node: ts.ConditionalExpression, expected: MachineType | undefined): Typed {
  const type = settledType(body, [node.whenTrue, node.whenFalse], expected);
  if (!type) return body.refuse(node, 'a conditional without a type');
  const [yes, no, after] = [body.block(), body.block(), body.block(irTypeOf(type))];
  branch(body, node.condition, yes, no);
  body.enter(yes);
  body.jump(after, lowerAs(body, node.whenTrue, type));
  body.enter(no);
  body.jump(after, lowerAs(body, node.whenFalse, type));
  body.enter(after);
  return { type, value: body.builder.param(after, 0) };
}

/** What a LibraryBody is given. */
export const EXPRESSIONS: DialectExpressions = { lower, lowerAs, branch, typeOf: typeOfExpression, convert };
