/**
 * Expressions of guest code: the table from syntax kind to handler, and conditions that branch.
 */
import ts = require('typescript');
import type { Block } from '../../../ir/types.js';
import { NULL } from '../../abi.js';
import { lowerAwait } from './async.js';
import { lowerClassExpression } from './classes.js';
import { lowerBinary, lowerPostfix, lowerPrefix, isLogical } from './operators.js';
import { lowerCall, lowerNew } from './calls.js';
import { refuseName } from './foreign.js';
import { functionValue, lowerForeignFunction } from './closures.js';
import { box, toTruth } from './convert.js';
import { on, type Handle } from './dispatch.js';
import type { GuestBody } from './guest-body.js';
import { lowerYield } from './generators.js';
import { lowerArray, lowerObject, lowerTemplate } from './literals.js';
import { lowerDelete, lowerElement, lowerProperty } from './members.js';
import { lowerLibraryClass, lowerNewTarget } from './library-classes.js';
import { merge } from './merge.js';
import { lowerNamespace } from './namespaces.js';
import { lowerBigInt } from './big-operators.js';
import { refuse } from '../refusals.js';
import { lowerRegExp } from './regular-expressions.js';
import type { Operand } from './representation.js';
import { lowerTagged } from './templates.js';
import { lowerTypeOf } from './type-of.js';

const K = ts.SyntaxKind;
type Lower = Handle<GuestBody, Operand>;

const inner: Lower = (body, node) => {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return lowerExpression(body, node.expression);
  }
  throw new Error('not a wrapping expression');
};

const text = on(ts.isStringLiteralLike, (body: GuestBody, node): Operand => ({ rep: 'str', value: body.text(node.text) }));
const truth = (value: number): Lower => (body) => ({ rep: 'bool', value: body.builder.i32(value) });

const HANDLERS: Partial<Record<ts.SyntaxKind, Lower>> = {
  [K.NumericLiteral]: on(ts.isNumericLiteral, (body: GuestBody, node): Operand => ({ rep: 'f64', value: body.builder.f64(Number(node.text)) })),
  [K.StringLiteral]: text,
  [K.NoSubstitutionTemplateLiteral]: text,
  [K.TemplateExpression]: on(ts.isTemplateExpression, lowerTemplate),
  [K.TrueKeyword]: truth(1),
  [K.FalseKeyword]: truth(0),
  [K.NullKeyword]: (body) => ({ rep: 'val', value: body.builder.val(NULL) }),
  [K.Identifier]: on(ts.isIdentifier, lowerIdentifier),
  [K.ThisKeyword]: lowerThis,
  [K.ParenthesizedExpression]: inner,
  [K.AsExpression]: inner,
  [K.SatisfiesExpression]: inner,
  [K.NonNullExpression]: inner,
  [K.PrefixUnaryExpression]: on(ts.isPrefixUnaryExpression, lowerPrefix),
  [K.PostfixUnaryExpression]: on(ts.isPostfixUnaryExpression, lowerPostfix),
  [K.BinaryExpression]: on(ts.isBinaryExpression, lowerBinary),
  [K.ConditionalExpression]: on(ts.isConditionalExpression, lowerConditional),
  [K.TypeOfExpression]: on(ts.isTypeOfExpression, lowerTypeOf),
  [K.VoidExpression]: on(ts.isVoidExpression, (body: GuestBody, node): Operand => {
    lowerExpression(body, node.expression);
    return { rep: 'val', value: body.undefinedValue() };
  }),
  [K.DeleteExpression]: on(ts.isDeleteExpression, lowerDelete),
  [K.AwaitExpression]: on(ts.isAwaitExpression, lowerAwait),
  [K.CallExpression]: on(ts.isCallExpression, lowerCall),
  [K.NewExpression]: on(ts.isNewExpression, lowerNew),
  [K.PropertyAccessExpression]: on(ts.isPropertyAccessExpression, lowerProperty),
  [K.ElementAccessExpression]: on(ts.isElementAccessExpression, lowerElement),
  [K.ArrayLiteralExpression]: on(ts.isArrayLiteralExpression, lowerArray),
  [K.ObjectLiteralExpression]: on(ts.isObjectLiteralExpression, lowerObject),
  [K.ArrowFunction]: on(ts.isArrowFunction, functionValue),
  [K.FunctionExpression]: on(ts.isFunctionExpression, functionValue),
  [K.RegularExpressionLiteral]: on(ts.isRegularExpressionLiteral, lowerRegExp),
  [K.BigIntLiteral]: on(ts.isBigIntLiteral, lowerBigInt),
  [K.ClassExpression]: on(ts.isClassExpression, lowerClassExpression),
  [K.TaggedTemplateExpression]: on(ts.isTaggedTemplateExpression, lowerTagged),
  [K.MetaProperty]: lowerNewTarget,
  [K.YieldExpression]: on(ts.isYieldExpression, lowerYield),
};

/** Optional chains end early at their outermost link. */
export function lowerExpression(body: GuestBody, node: ts.Expression): Operand {
  if (!ts.isOptionalChain(node) || isInsideChain(node)) return lowerLink(body, node);
  const [exit, after] = [body.block(), body.block('val')];
  body.chainExits.push(exit);
  const operand = lowerLink(body, node);
  body.chainExits.pop();
  const value = box(body, operand);
  body.jump(after, value);
  body.enter(exit);
  body.jump(after, body.undefinedValue());
  body.enter(after);
  return { rep: 'val', value: body.builder.param(after, 0) };
}

function lowerLink(body: GuestBody, node: ts.Expression): Operand {
  const handle = HANDLERS[node.kind];
  if (!handle) return refuse('BR1000', node);
  const before = body.builder.location;
  body.locate(node);
  const operand = handle(body, node);
  body.builder.location = before;
  return operand;
}

const isInsideChain = (node: ts.Expression): boolean => ts.isOptionalChain(node.parent) && node.parent.expression === node;

function lowerIdentifier(body: GuestBody, node: ts.Identifier): Operand {
  const binding = body.program.facts.bindingOf(node);
  if (binding) return body.readNamed(binding, node);
  if (node.text === 'undefined') return { rep: 'val', value: body.undefinedValue() };
  if (node.text === 'NaN' || node.text === 'Infinity') return { rep: 'f64', value: body.builder.f64(Number(node.text)) };
  if (node.text === 'arguments') return refuse('BR1012', node);
  return functionValueOfName(body, node);
}

/** Functions of the host and the library may be passed as values, and objects of the library. */
function functionValueOfName(body: GuestBody, node: ts.Identifier): Operand {
  return lowerForeignFunction(body, node) ?? lowerNamespace(body, node) ?? lowerLibraryClass(body, node) ?? refuseName(node, node.text, 'BR1024');
}

function lowerThis(body: GuestBody, node: ts.Node): Operand {
  const self = body.program.facts.thisOf(body.unit);
  return self ? body.read(self) : refuse('BR1025', node);
}

function lowerConditional(body: GuestBody, node: ts.ConditionalExpression): Operand {
  const [yes, no] = [body.block(), body.block()];
  branchOn(body, node.condition, yes, no);
  return merge(body, body.program.predictor.repOf(node), node, [
    [yes, () => lowerExpression(body, node.whenTrue)],
    [no, () => lowerExpression(body, node.whenFalse)],
  ]);
}

/** Branches on the truth of an expression, without making a value of `!`, `&&`, `||`. */
export function branchOn(body: GuestBody, node: ts.Expression, then: Block, otherwise: Block): void {
  if (ts.isParenthesizedExpression(node)) return branchOn(body, node.expression, then, otherwise);
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) return branchOn(body, node.operand, otherwise, then);
  if (ts.isBinaryExpression(node) && isLogical(node.operatorToken.kind)) {
    const middle = body.block();
    if (node.operatorToken.kind === K.BarBarToken) branchOn(body, node.left, then, middle);
    else branchOn(body, node.left, middle, otherwise);
    body.enter(middle);
    return branchOn(body, node.right, then, otherwise);
  }
  if (node.kind === K.TrueKeyword) return body.jump(then);
  if (node.kind === K.FalseKeyword) return body.jump(otherwise);
  const truthValue = toTruth(body, lowerExpression(body, node), node);
  body.branch(truthValue, then, otherwise);
}

