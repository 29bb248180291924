/**
 * for...of and for...in: over an array, read anew each round, so that what the body adds is visited; over other iterables
 * by an iterator of the library, which is closed when the loop is left early; over the names that the library lists for for...in.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { ARRAY, RESUME } from '../../abi.js';
import { refuse } from '../refusals.js';
import { awaitValue } from './suspensions.js';
import { box } from './convert.js';
import { assignPattern, bindPattern } from './destructuring.js';
import { elementAddress } from './fast-paths.js';
import type { GuestBody } from './guest-body.js';
import { asyncIteratorCloser, iteratorCloser, lowerClosing } from './iterator-closing.js';
import { isDeclarationList, lowerRound } from './loops.js';
import { placeOf } from './places.js';
import type { Operand } from './representation.js';
import type { Variable } from './ssa.js';
import { notIterable } from './wording.js';

export function lowerForOf(body: GuestBody, node: ts.ForOfStatement): void {
  if (node.awaitModifier) return lowerForAwait(body, node);
  const labels = body.takeLabels();
  const type = body.typeOf(node.expression);
  const value = box(body, body.expression(node.expression));
  const { checker } = body.program;
  body.lib('check_iterable', [value, body.text(notIterable(node.expression))], node.expression);
  if (!checker.isArrayType(type) && !checker.isTupleType(type)) return lowerIterator(body, node, value, labels);
  loopOver(body, node, body.libValue('iterable_array', [value], node.expression), labels);
}

/** Any iterable, by an iterator of the library. */
function lowerIterator(body: GuestBody, node: ts.ForOfStatement, value: Value, labels: string[]): void {
  const [header, round, after] = [body.block(), body.block(), body.block()];
  const iterator = body.libValue('iterator_open', [value], node.expression);
  body.jump(header);
  body.builder.switchTo(header);
  body.branch(body.libValue('iterator_next', [iterator], node), round, after);
  body.enter(round);
  const item = body.libValue('iterator_value', [iterator], node);
  lowerClosing(body, iteratorCloser(body, iterator, node), after, (leave) => {
    body.enterScope(node);
    bindItem(body, node.initializer, { rep: 'val', value: item });
    lowerRound(body, node.statement, labels, leave, header);
  });
  body.ssa.seal(header);
  body.enterIfReached(after);
}

/** `for await`: each step is awaited, and so is closing. */
function lowerForAwait(body: GuestBody, node: ts.ForOfStatement): void {
  const labels = body.takeLabels();
  const [header, round, after] = [body.block(), body.block(), body.block()];
  const { builder } = body;
  const value = box(body, body.expression(node.expression));
  const iterator = body.libValue('async_iterator_open', [value, body.text(notIterable(node.expression, 'async '))], node.expression);
  body.jump(header);
  builder.switchTo(header);
  body.locate(node.expression);
  const step = body.libValue('async_iterator_call', [iterator, builder.i32(RESUME.next), builder.i32(0), body.undefinedValue()], node.expression);
  const result = awaitValue(body, step, node.expression);
  body.branch(body.libValue('async_iterator_step', [iterator, result], node.expression), round, after);
  body.enter(round);
  const item = body.libValue('iterator_value', [iterator], node);
  lowerClosing(body, asyncIteratorCloser(body, iterator, node), after, (leave) => {
    body.enterScope(node);
    bindItem(body, node.initializer, { rep: 'val', value: item });
    lowerRound(body, node.statement, labels, leave, header);
  });
  body.ssa.seal(header);
  body.enterIfReached(after);
}

export function lowerForIn(body: GuestBody, node: ts.ForInStatement): void {
  const labels = body.takeLabels();
  const object = box(body, body.expression(node.expression));
  const list = body.libValue('for_in_keys', [object], node.expression);
  // A property that is deleted before its turn is not visited.
  loopOver(body, node, list, labels, (key) => body.libValue('has_own', [object, key], node));
}

/** `isWanted`: which items are visited; all where it is not given. */
function loopOver(
  body: GuestBody, node: ts.ForOfStatement | ts.ForInStatement, list: Value, labels: string[], isWanted: ((item: Value) => Value) | null = null,
): void {
  const { builder } = body;
  const [header, round, next, after] = [body.block(), body.block(), body.block(), body.block()];
  const index: Variable = { name: 'index', type: 'i32' };
  body.ssa.write(index, builder.i32(0));
  body.jump(header);
  builder.switchTo(header);
  body.branch(builder.op('i32.lt_s', [body.ssa.read(index), builder.load('i32', list, ARRAY.length)]), round, after);
  body.enter(round);
  body.enterScope(node);
  const item: Operand = { rep: 'val', value: body.present(builder.load('val', elementAddress(body, list, body.ssa.read(index)), 0)) };
  if (isWanted) {
    const wanted = body.block();
    body.branch(isWanted(item.value), wanted, next);
    body.enter(wanted);
  }
  bindItem(body, node.initializer, item);
  lowerRound(body, node.statement, labels, after, next);
  body.enterIfReached(next);
  if (!body.closed) {
    body.ssa.write(index, builder.op('i32.add', [body.ssa.read(index), builder.i32(1)]));
    body.jump(header);
  }
  body.ssa.seal(header);
  body.enterIfReached(after);
}

function bindItem(body: GuestBody, initializer: ts.ForInitializer, item: Operand): void {
  if (isDeclarationList(initializer)) {
    const [declaration] = initializer.declarations;
    if (initializer.flags & ts.NodeFlags.BlockScoped & ts.NodeFlags.Using) refuse('BR1020', initializer);
    if (declaration) bindPattern(body, declaration.name, item, '.for');
  } else if (ts.isArrayLiteralExpression(initializer) || ts.isObjectLiteralExpression(initializer)) {
    assignPattern(body, initializer, item, 'part');
  } else placeOf(body, initializer).write(item);
}
