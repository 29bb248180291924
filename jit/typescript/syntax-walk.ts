/**
 * Walking a syntax tree without a native frame for each operand of a long expression.
 *
 * `a + b + c + …` is a tree that leans to the left, as deep as it has operands: the parser and the checker go through it in
 * a loop, and so must whatever visits trees. Other nesting is bounded by source-limits.ts.
 */
import ts = require('typescript');

/** Operators whose chains neither the parser nor the checker recur over; `&&`, `||` and `??` they do. */
export const isLooped = (node: ts.Node): node is ts.BinaryExpression => {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind !== ts.SyntaxKind.AmpersandAmpersandToken && kind !== ts.SyntaxKind.BarBarToken && kind !== ts.SyntaxKind.QuestionQuestionToken;
};

/** The binary expressions of a chain that leans to the left, outermost first, down to one that `isDone` says is done. */
export function leftSpine(node: ts.BinaryExpression, isDone: (link: ts.Expression) => boolean = () => false): ts.BinaryExpression[] {
  const spine = [node];
  for (let { left } = node; isLooped(left) && !isDone(left); { left } = left) spine.push(left);
  return spine;
}

/** Like ts.forEachChild, in source order, but gives the operands of a chain of binary operators as if they were its children. */
export function forEachPart(node: ts.Node, visit: (part: ts.Node) => void): void {
  if (!isLooped(node)) return void ts.forEachChild(node, visit);
  const spine = leftSpine(node);
  const innermost = spine.at(-1);
  if (innermost) visit(innermost.left);
  for (const { operatorToken, right } of spine.reverse()) {
    visit(operatorToken);
    visit(right);
  }
}
