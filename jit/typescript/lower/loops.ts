/**
 * while, do and for: a header block that is sealed after its last back edge.
 *
 *   for:  init -> header: test -> round -> next: step -> header
 */
import type ts from 'typescript';
import type { Block } from '../../../ir/types.js';
import type { Body } from './body.js';

/** Lowers a loop's body with `break` and `continue` in place; ends at `continueBlock`. */
export function lowerRound(body: Body, statement: ts.Statement, labels: string[], breakBlock: Block, continueBlock: Block): void {
  body.control.push({ kind: 'loop', labels, breakBlock, continueBlock });
  body.statement(statement);
  body.control.pop();
  if (!body.closed) body.jump(continueBlock);
}

export function lowerWhile(body: Body, node: ts.WhileStatement): void {
  const labels = body.takeLabels();
  const [header, round, after] = [body.block(), body.block(), body.block()];
  body.jump(header);
  body.builder.switchTo(header);
  body.branchOn(node.expression, round, after);
  body.enter(round);
  lowerRound(body, node.statement, labels, after, header);
  body.ssa.seal(header);
  body.enterIfReached(after);
}

export function lowerDo(body: Body, node: ts.DoStatement): void {
  const labels = body.takeLabels();
  const [header, test, after] = [body.block(), body.block(), body.block()];
  body.jump(header);
  body.builder.switchTo(header);
  lowerRound(body, node.statement, labels, after, test);
  body.enterIfReached(test);
  if (!body.closed) body.branchOn(node.expression, header, after);
  body.ssa.seal(header);
  body.enterIfReached(after);
}

export function lowerFor(body: Body, node: ts.ForStatement): void {
  const labels = body.takeLabels();
  const [header, round, next, after] = [body.block(), body.block(), body.block(), body.block()];
  body.enterScope(node);
  if (node.initializer) {
    if (isDeclarationList(node.initializer)) body.declareVariables(node.initializer);
    else body.effect(node.initializer);
  }
  body.jump(header);
  body.builder.switchTo(header);
  if (node.condition) body.branchOn(node.condition, round, after);
  else body.jump(round);
  body.enter(round);
  lowerRound(body, node.statement, labels, after, next);
  body.enterIfReached(next);
  if (!body.closed) {
    body.locate(node.incrementor ?? node);
    body.freshRound(node);
    if (node.incrementor) body.effect(node.incrementor);
    body.jump(header);
  }
  body.ssa.seal(header);
  body.leaveScope(node);
  body.enterIfReached(after);
}

export const isDeclarationList = (node: ts.ForInitializer): node is ts.VariableDeclarationList => 'declarations' in node;
