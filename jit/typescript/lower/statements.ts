/** Statements that both dialects share: blocks, if, switch, return, throw, expression statements, labels, jumps. */
import ts = require('typescript');
import type { Block } from '../../../ir/types.js';
import type { Body, LoopScope } from './body.js';
import { on, type Handle } from './dispatch.js';
import { lowerDo, lowerFor, lowerWhile } from './loops.js';
import { lowerTry } from './exceptions.js';

const HANDLERS: Partial<Record<ts.SyntaxKind, Handle<Body, void>>> = {
  [ts.SyntaxKind.Block]: on(ts.isBlock, (body, node) => body.scoped(node, node.statements)),
  [ts.SyntaxKind.EmptyStatement]: () => undefined,
  [ts.SyntaxKind.ExpressionStatement]: on(ts.isExpressionStatement, (body, node) => body.effect(node.expression)),
  [ts.SyntaxKind.VariableStatement]: on(ts.isVariableStatement, (body, node) =>
    body.declareVariables(node.declarationList),
  ),
  [ts.SyntaxKind.IfStatement]: on(ts.isIfStatement, lowerIf),
  [ts.SyntaxKind.WhileStatement]: on(ts.isWhileStatement, lowerWhile),
  [ts.SyntaxKind.DoStatement]: on(ts.isDoStatement, lowerDo),
  [ts.SyntaxKind.ForStatement]: on(ts.isForStatement, lowerFor),
  [ts.SyntaxKind.SwitchStatement]: on(ts.isSwitchStatement, lowerSwitch),
  [ts.SyntaxKind.LabeledStatement]: on(ts.isLabeledStatement, lowerLabelled),
  [ts.SyntaxKind.BreakStatement]: on(ts.isBreakStatement, lowerBreak),
  [ts.SyntaxKind.ContinueStatement]: on(ts.isContinueStatement, lowerContinue),
  [ts.SyntaxKind.ReturnStatement]: on(ts.isReturnStatement, (body, node) => body.returnStatement(node)),
  [ts.SyntaxKind.ThrowStatement]: on(ts.isThrowStatement, (body, node) => {
    const value = body.thrown(node.expression);
    if (!body.closed) body.throw(value, node);
  }),
  [ts.SyntaxKind.TryStatement]: on(ts.isTryStatement, lowerTry),
};

export function lowerStatement(body: Body, node: ts.Statement): void {
  if (body.closed) return;
  body.locate(node);
  const handle = HANDLERS[node.kind];
  if (handle) handle(body, node);
  else body.otherStatement(node);
}

function lowerIf(body: Body, node: ts.IfStatement): void {
  const then = body.block();
  const after = body.block();
  const otherwise = node.elseStatement ? body.block() : after;
  body.branchOn(node.expression, then, otherwise);
  body.enter(then);
  body.statement(node.thenStatement);
  if (!body.closed) body.jump(after);
  if (node.elseStatement) {
    body.enter(otherwise);
    body.statement(node.elseStatement);
    if (!body.closed) body.jump(after);
  }
  body.enterIfReached(after);
}

/** Tests in order, then the bodies, falling from one into the next; `default` takes its place among the bodies. */
function lowerSwitch(body: Body, node: ts.SwitchStatement): void {
  const after = body.block();
  const isTrue = body.switchSubject(node.expression);
  body.enterScope(node.caseBlock);
  const { clauses } = node.caseBlock;
  const bodies = clauses.map(() => body.block());
  let fallback: Block = after;
  clauses.forEach((clause, index) => {
    const target = bodies[index] ?? after;
    if (ts.isDefaultClause(clause)) {
      fallback = target;
      return;
    }
    const next = body.block();
    body.branch(isTrue(clause.expression), target, next);
    body.enter(next);
  });
  body.jump(fallback);
  const scope: LoopScope = { kind: 'switch', labels: body.takeLabels(), breakBlock: after, continueBlock: null };
  body.control.push(scope);
  clauses.forEach((clause, index) => {
    body.enterIfReached(bodies[index] ?? after);
    for (const statement of clause.statements) body.statement(statement);
    if (!body.closed) body.jump(bodies[index + 1] ?? after);
  });
  body.control.pop();
  body.leaveScope(node.caseBlock);
  body.enterIfReached(after);
}

const TAKES_LABELS = new Set([
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.SwitchStatement,
  ts.SyntaxKind.LabeledStatement,
]);

function lowerLabelled(body: Body, node: ts.LabeledStatement): void {
  body.pendingLabels.push(node.label.text);
  if (TAKES_LABELS.has(node.statement.kind)) return body.statement(node.statement);
  const after = body.block();
  body.control.push({ kind: 'label', labels: body.takeLabels(), breakBlock: after, continueBlock: null });
  body.statement(node.statement);
  body.control.pop();
  if (!body.closed) body.jump(after);
  body.enterIfReached(after);
}

function findScope(body: Body, label: string | undefined, fits: (scope: LoopScope) => boolean): LoopScope | undefined {
  for (let index = body.control.length - 1; index >= 0; index--) {
    const scope = body.control[index];
    if (!scope || scope.kind === 'catch' || scope.kind === 'finally') continue;
    if (label === undefined ? fits(scope) : scope.labels.includes(label)) return scope;
  }
  return undefined;
}

function lowerBreak(body: Body, node: ts.BreakStatement): void {
  const scope = findScope(body, node.label?.text, ({ kind }) => kind !== 'label');
  if (!scope) return body.refuse(node, 'a break outside of a loop or switch');
  body.leave({ kind: 'break', scope });
}

function lowerContinue(body: Body, node: ts.ContinueStatement): void {
  const scope = findScope(body, node.label?.text, ({ kind }) => kind === 'loop');
  if (!scope) return body.refuse(node, 'a continue outside of a loop');
  body.leave({ kind: 'continue', scope });
}
