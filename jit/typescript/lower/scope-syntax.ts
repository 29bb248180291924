/** Syntax that scope analysis asks about: what opens a scope, what assigns, what is hoisted, what runs before anything else. */
import ts = require('typescript');
import { isLooped, leftSpine } from '../syntax-walk.js';
import { isClassPart, type FunctionNode, type Unit } from './bindings.js';
import { wellKnownKey } from './well-known.js';

export const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) || ts.isAccessor(node) || ts.isClassStaticBlockDeclaration(node) ||
  (ts.isPropertyDeclaration(node) && node.initializer !== undefined);

export const isScope = (node: ts.Node): boolean =>
  ts.isSourceFile(node) || ts.isBlock(node) || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) ||
  ts.isCaseBlock(node) || ts.isCatchClause(node) || isFunctionNode(node);

export const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);

/** Declarations without code: `declare …`, overload signatures. */
export const isAmbient = (node: ts.Node): boolean =>
  hasModifier(node, ts.SyntaxKind.DeclareKeyword) || (isFunctionNode(node) && !isClassPart(node) && node.body === undefined);

export function nameOf(node: FunctionNode): string {
  if (ts.isArrowFunction(node) || ts.isClassStaticBlockDeclaration(node) || !node.name) return '';
  if (ts.isComputedPropertyName(node.name) && !isDynamicName(node.name)) return textOfName(node.name);
  return ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
}

/** A computed name that only evaluating it tells. */
export const isDynamicName = (name: ts.PropertyName): name is ts.ComputedPropertyName =>
  ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(name.expression) && wellKnownKey(name.expression) === null;

/** A name that is known, as functions are called by it. */
export function textOfName(name: ts.PropertyName): string {
  if (!ts.isComputedPropertyName(name)) return ts.isStringLiteralLike(name) ? name.text : name.getText();
  return ts.isStringLiteralLike(name.expression) ? name.expression.text : `[${name.expression.getText()}]`;
}

/** Functions are hoisted to the start of the block they stand in. */
export const hoistPosition = (node: ts.FunctionDeclaration): number => (ts.isSourceFile(node.parent) ? 0 : node.parent.getStart());

export const isBodyOfFunction = (node: ts.Node): boolean => ts.isBlock(node) && isFunctionNode(node.parent);

export const isPlainParameter = (node: ts.Node): boolean =>
  ts.isParameter(node) && !node.dotDotDotToken && ts.isIdentifier(node.name);

/** The block or expression that a function evaluates. */
export function contentOf(node: FunctionNode): ts.Block | ts.Expression | undefined {
  if (ts.isPropertyDeclaration(node)) return node.initializer;
  return ts.isClassLike(node) ? undefined : node.body;
}

/** The unit whose `this` a function sees: arrow functions see that of the function around them. */
export function thisUnit(unit: Unit): Unit | null {
  let at: Unit | null = unit;
  while (at && ts.isArrowFunction(at.node)) at = at.parent;
  return at && !ts.isSourceFile(at.node) ? at : null;
}

export function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ((ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent)) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isExportSpecifier(parent) && parent.propertyName !== undefined && parent.name === node) ||
    ts.isLabeledStatement(parent) || ts.isBreakStatement(parent) || ts.isContinueStatement(parent)
  );
}

/** True for the clause of a class whose expression is evaluated. */
export const isExtends = (node: ts.Node): boolean =>
  ts.isExpressionWithTypeArguments(node) && ts.isHeritageClause(node.parent) && node.parent.token === ts.SyntaxKind.ExtendsKeyword &&
  ts.isClassLike(node.parent.parent);

/** Types and declarations of types, which hold no code. */
export const isTypeSyntax = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !isExtends(node)) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ||
  (ts.isClassLike(node) && isAmbient(node));

export const isConstructed = (node: ts.Expression): boolean => ts.isNewExpression(node.parent) && node.parent.expression === node;
/** The name of an enum in an access to one of its members. */
export function isConstantOfEnum(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (ts.isEnumMember(parent) || ts.isEnumDeclaration(parent)) return true;
  if (!ts.isPropertyAccessExpression(parent) && !ts.isElementAccessExpression(parent)) return false;
  if (parent.expression !== node) return false;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name : parent.argumentExpression;
  if (ts.isElementAccessExpression(parent) && !ts.isStringLiteralLike(member)) return false;
  const declaration = checker.getSymbolAtLocation(member)?.valueDeclaration;
  return declaration !== undefined && ts.isEnumMember(declaration);
}

export const isCallee = (node: ts.Expression): boolean =>
  ts.isCallExpression(node.parent) && node.parent.expression === node && !node.parent.questionDotToken;

export const hasSpread = (node: ts.Node): boolean => ts.isCallExpression(node) && node.arguments.some(ts.isSpreadElement);

/** An arrow function or function expression that initializes a constant: it is a value only if the name is used as one. */
export function isKnownInitializer(node: FunctionNode): boolean {
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name) &&
    (parent.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** What an identifier is assigned here: expressions, null for unknown values; undefined if it is only read. */
export function assignedSource(node: ts.Identifier): (ts.Expression | null)[] | undefined {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignmentOperator(parent.operatorToken.kind)) {
    return [parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? parent.right : parent];
  }
  if ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && isStep(parent.operator)) return [parent];
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node) return [null];
  return isInAssignedPattern(node) ? [null] : undefined;
}

const isStep = (operator: ts.SyntaxKind): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;

export const isAssignmentOperator = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** True inside of the left side of `[a, b] = …`, at the place of a target. */
function isInAssignedPattern(node: ts.Node): boolean {
  let at: ts.Node = node;
  for (;;) {
    const { parent } = at;
    if (ts.isParenthesizedExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) at = parent;
    else if (ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) at = parent;
    else if (ts.isPropertyAssignment(parent) && parent.initializer === at) at = parent;
    else if (ts.isShorthandPropertyAssignment(parent) && parent.name === at) at = parent;
    else if (ts.isBinaryExpression(parent) && parent.left === at && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (ts.isArrayLiteralExpression(at) || ts.isObjectLiteralExpression(at)) return true;
      at = parent;
    } else if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === at) return at !== node;
    else return false;
  }
}

/** How far from the start the module only declares and computes nothing that could call a function. */
export function endOfInertPrefix(file: ts.SourceFile): number {
  for (const statement of file.statements) if (!isInert(statement)) return statement.pos;
  return file.end;
}

function isInert(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(({ name, initializer }) => ts.isIdentifier(name) && (!initializer || isInertExpression(initializer)));
  }
  return (
    (ts.isClassDeclaration(statement) && isInertClass(statement)) ||
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ||
    ts.isExportDeclaration(statement) || ts.isEnumDeclaration(statement) || statement.kind === ts.SyntaxKind.EmptyStatement
  );
}

/** A class whose evaluation runs no code of the program but constants. */
function isInertClass({ heritageClauses, members }: ts.ClassDeclaration): boolean {
  if (heritageClauses?.some(({ types }) => types.some((type) => isExtends(type) && !ts.isIdentifier(type.expression)))) return false;
  return members.every((member) => {
    if (ts.isClassStaticBlockDeclaration(member) || (member.name && isDynamicName(member.name))) return false;
    if (!ts.isPropertyDeclaration(member) || !hasModifier(member, ts.SyntaxKind.StaticKeyword)) return true;
    return !member.initializer || isInertExpression(member.initializer);
  });
}

function isInertExpression(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isInertExpression(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  if (ts.isBinaryExpression(node)) return isInertSum(node);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => !ts.isSpreadElement(element) && isInertExpression(element));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name) && isInertExpression(property.initializer));
  }
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && ['Map', 'Set'].includes(node.expression.text) && !node.arguments?.length;
  return ts.isLiteralExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

/** Operators on number literals. */
function isInertSum(node: ts.BinaryExpression): boolean {
  const isInertSide = (side: ts.Expression): boolean => ts.isNumericLiteral(side) || (ts.isBinaryExpression(side) && isInertSum(side));
  const spine = isLooped(node) ? leftSpine(node) : [node];
  return spine.every(({ right }) => isInertSide(right)) && isInertSide(spine.at(-1)?.left ?? node.left);
}
