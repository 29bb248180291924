/** Expressions as V8 words them in errors: `o.f`, `o[i]`, `f(...)`, `(intermediate value)`. */
import ts = require('typescript');

const INTERMEDIATE = '(intermediate value)';

/** What is evaluated: no parentheses, no types. */
export function withoutTypes(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isParenthesizedExpression(at) || ts.isNonNullExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at)) at = at.expression;
  return at;
}

export function wordingOf(wrapped: ts.Expression): string {
  const node = withoutTypes(wrapped);
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (ts.isNumericLiteral(node)) return String(Number(node.text));
  if (ts.isStringLiteralLike(node)) return `"${node.text}"`;
  if (ts.isPropertyAccessExpression(node)) return `${wordingOf(node.expression)}${node.questionDotToken ? '?.' : '.'}${node.name.text}`;
  if (ts.isElementAccessExpression(node)) return elementWording(node);
  if (ts.isCallExpression(node)) return `${wordingOf(node.expression)}(...)`;
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return node.kind === ts.SyntaxKind.TrueKeyword ? 'true' : 'false';
  if (ts.isObjectLiteralExpression(node)) return `{${INTERMEDIATE.repeat(node.properties.length)}}`;
  return INTERMEDIATE;
}

/** What V8 says when this is iterated and can not be. */
export function notIterable(node: ts.Expression, kind: 'async ' | '' = ''): string {
  const inner = withoutTypes(node);
  if (ts.isCallExpression(inner)) return `${wordingOf(kind === '' ? inner.expression : inner)} is not a function or its return value is not ${kind}iterable`;
  return `${wordingOf(inner)} is not ${kind}iterable`;
}

function elementWording(node: ts.ElementAccessExpression): string {
  const { argumentExpression: key } = node;
  const object = `${wordingOf(node.expression)}${node.questionDotToken ? '?.' : ''}`;
  return ts.isStringLiteralLike(key) ? `${object}.${key.text}` : `${object}[${wordingOf(key)}]`;
}
