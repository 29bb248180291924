/** Expressions as V8 words them in errors: `o.f`, `o[i]`, `f(...)`, `(intermediate value)`. */
import ts = require('typescript');

const INTERMEDIATE = '(intermediate value)';

export function wordingOf(node: ts.Expression): string {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return wordingOf(node.expression);
  }
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (ts.isNumericLiteral(node)) return String(Number(node.text));
  if (ts.isStringLiteralLike(node)) return `"${node.text}"`;
  if (ts.isPropertyAccessExpression(node)) return `${wordingOf(node.expression)}${node.questionDotToken ? '?.' : '.'}${node.name.text}`;
  if (ts.isElementAccessExpression(node)) return elementWording(node);
  if (ts.isCallExpression(node)) return `${wordingOf(node.expression)}(...)`;
  return INTERMEDIATE;
}

/** What V8 says when this is iterated and can not be. */
export function notIterable(node: ts.Expression, kind: 'async ' | '' = ''): string {
  const inner = ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ? node.expression : node;
  if (inner !== node) return notIterable(inner, kind);
  if (ts.isCallExpression(inner)) return `${wordingOf(kind === '' ? inner.expression : inner)} is not a function or its return value is not ${kind}iterable`;
  return `${wordingOf(inner)} is not ${kind}iterable`;
}

function elementWording(node: ts.ElementAccessExpression): string {
  const { argumentExpression: key } = node;
  const object = `${wordingOf(node.expression)}${node.questionDotToken ? '?.' : ''}`;
  return ts.isStringLiteralLike(key) ? `${object}.${key.text}` : `${object}[${wordingOf(key)}]`;
}
