/**
 * try, catch and finally without native exceptions.
 *
 *   try body --error--> pad(site) -> handler: catch clause ---+
 *      |                                                      v
 *      +--normal, break, continue, return----------------> finally, one copy, with (reason, value)
 *                                                             |  reason 0: go on; n: perform exit n; throw: rethrow
 */
import type ts from 'typescript';
import type { Block } from '../../../ir/types.js';
import type { Body, FinallyScope } from './body.js';

export function lowerTry(body: Body, node: ts.TryStatement): void {
  if (node.finallyBlock) return lowerFinally(body, node, node.finallyBlock);
  if (node.catchClause) lowerCatch(body, node.tryBlock, node.catchClause);
}

function lowerCatch(body: Body, tryBlock: ts.Block, clause: ts.CatchClause): void {
  const after = body.block();
  const handler = { pad: null as Block | null, target: body.block() }; // widens the literal: errorTarget sets it
  body.control.push({ kind: 'catch', handler });
  body.scoped(tryBlock, tryBlock.statements);
  body.control.pop();
  if (!body.closed) body.jump(after);
  body.finishPad(handler);
  body.enterIfReached(handler.target);
  if (!body.closed) {
    body.enterScope(clause);
    body.bindError(clause);
    body.scoped(clause.block, clause.block.statements);
    body.leaveScope(clause);
    if (!body.closed) body.jump(after);
  }
  body.enterIfReached(after);
}

function lowerFinally(body: Body, node: ts.TryStatement, finallyBlock: ts.Block): void {
  const scope: FinallyScope = {
    kind: 'finally',
    handler: { pad: null, target: body.block() },
    block: body.block(),
    reason: { name: 'reason', type: 'i32' },
    value: { name: 'completion', type: 'val' },
    exits: [],
  };
  body.ssa.write(scope.value, body.zero('val'));
  body.control.push(scope);
  if (node.catchClause) lowerCatch(body, node.tryBlock, node.catchClause);
  else body.scoped(node.tryBlock, node.tryBlock.statements);
  body.control.pop();
  if (!body.closed) {
    body.ssa.write(scope.reason, body.builder.i32(0));
    body.jump(scope.block);
  }
  body.finishPad(scope.handler);
  body.enterIfReached(scope.handler.target);
  if (!body.closed) {
    body.ssa.write(scope.value, body.builder.op('global.get', [], 'error'));
    body.ssa.write(scope.reason, body.builder.i32(scope.exits.push({ kind: 'throw' })));
    body.jump(scope.block);
  }
  body.enterIfReached(scope.block);
  if (body.closed) return;
  body.scoped(finallyBlock, finallyBlock.statements);
  if (!body.closed) resume(body, scope);
}

/** After the finally block: does what it was entered for; goes on where that was nothing. */
export function resume(body: Body, scope: FinallyScope): void {
  const after = body.block();
  const blocks = scope.exits.map(() => body.block());
  const targets = [after, ...blocks].map((block) => ({ block, args: [] }));
  body.terminate({ kind: 'br_table', index: body.ssa.read(scope.reason), targets, otherwise: { block: after, args: [] } });
  scope.exits.forEach((exit, index) => {
    body.enter(blocks[index] ?? after);
    const value = body.ssa.read(scope.value);
    if (exit.kind === 'throw') body.builder.emit('global.set', [value], 'error');
    body.leave(exit, value);
  });
  body.enter(after);
}
