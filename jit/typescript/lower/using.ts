/**
 * `using` and `await using`: the statements behind a declaration run in a finally block of lowering's own, which disposes of
 * the value however they end. Several declarations nest, so that the last is disposed of first.
 */
import ts = require('typescript');
import type { Block, Value } from '../../../ir/types.js';
import { lowerClosing, type Closer } from './iterator-closing.js';
import { refuse } from '../refusals.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { awaitValue } from './suspensions.js';

const declaresResources = (statement: ts.Statement): statement is ts.VariableStatement =>
  ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.BlockScoped & ts.NodeFlags.Using) !== 0;

/** Lowers statements from an index on. */
export function lowerStatements(body: GuestBody, list: readonly ts.Statement[], from = 0): void {
  for (let index = from; index < list.length; index++) {
    const statement = list[index];
    if (statement === undefined || body.closed) return;
    if (declaresResources(statement)) return lowerResources(body, statement.declarationList, list, index + 1);
    body.statement(statement);
  }
}

/** Lowers the declarations from the `nth` on, then the statements behind them, which start at `next`. */
function lowerResources(body: GuestBody, list: ts.VariableDeclarationList, statements: readonly ts.Statement[], next: number, nth = 0): void {
  const declaration = list.declarations[nth];
  if (!declaration) return lowerStatements(body, statements, next);
  const { name, initializer } = declaration;
  const binding = ts.isIdentifier(name) ? body.program.facts.bindingOf(name) : undefined;
  if (!binding || !initializer) return refuse('BR1020', declaration);
  body.locate(declaration);
  const waits = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
  const value = body.expression(initializer);
  const resource = body.libValue(waits ? 'async_resource_open' : 'resource_open', [box(body, value)], initializer);
  body.initialize(binding, value, name);
  const after = body.block();
  lowerClosing(body, (waits ? asyncDisposer : disposer)(body, resource, declaration), after, (leave: Block) => {
    lowerResources(body, list, statements, next, nth + 1);
    if (!body.closed) body.jump(leave);
  });
  body.enterIfReached(after);
}

const disposer = (body: GuestBody, resource: Value, node: ts.Node): Closer => ({
  close: () => void body.lib('resource_dispose', [resource], node),
  abandon: (error) => body.libValue('resource_abandon', [resource, error], node),
});

const asyncDisposer = (body: GuestBody, resource: Value, node: ts.Node): Closer => {
  const dispose = (): void => void awaitValue(body, body.libValue('resource_dispose', [resource], node), node);
  return {
    close: dispose,
    abandon: (error) => {
      const outcome = body.temporary('outcome', { rep: 'val', value: error });
      const handler = { pad: null as Block | null, target: body.block() }; // widens the literal: errorTarget sets it
      const after = body.block();
      body.control.push({ kind: 'catch', handler });
      dispose();
      body.control.pop();
      body.jump(after);
      body.finishPad(handler);
      body.enterIfReached(handler.target);
      if (!body.closed) {
        const thrown = body.builder.op('global.get', [], 'error');
        body.ssa.write(outcome, body.libValue('error_suppressed', [thrown, body.ssa.read(outcome)], node));
        body.jump(after);
      }
      body.enterIfReached(after);
      return body.ssa.read(outcome);
    },
  };
};
