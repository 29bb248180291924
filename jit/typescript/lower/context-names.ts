/** The name that a function or class without one of its own takes from where it stands: `const f = () => 1` is `f`. */
import ts = require('typescript');
import { isDynamicName, textOfName } from './scope-syntax.js';

const K = ts.SyntaxKind;

const NAMING_ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  K.EqualsToken, K.BarBarEqualsToken, K.AmpersandAmpersandEqualsToken, K.QuestionQuestionEqualsToken,
]);

/** Empty where the place gives none. */
export function contextName(node: ts.Node): string {
  const place = outermost(node);
  const { parent } = place;
  const isDeclared = ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent);
  if (isDeclared) return parent.initializer === place && ts.isIdentifier(parent.name) ? parent.name.text : '';
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return parent.initializer === place && !isDynamicName(parent.name) ? textOfName(parent.name) : '';
  }
  if (ts.isBinaryExpression(parent) && NAMING_ASSIGNMENTS.has(parent.operatorToken.kind)) {
    return parent.right === place && ts.isIdentifier(parent.left) ? parent.left.text : '';
  }
  if (ts.isShorthandPropertyAssignment(parent)) return parent.objectAssignmentInitializer === place ? parent.name.text : '';
  return ts.isExportAssignment(parent) ? 'default' : '';
}

/** With the parentheses and types around it, which change nothing. */
function outermost(node: ts.Node): ts.Node {
  let at = node;
  const isWrapped = ({ parent }: ts.Node): boolean =>
    ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isNonNullExpression(parent);
  while (isWrapped(at)) at = at.parent;
  return at;
}
