/**
 * Code that uses an iterator or a resource and closes it when it is left: a finally block of lowering's own.
 *
 *   inner --break--> leave --+--> close --> resume: after, or on with the break, continue or return
 *     |--other exits---------+
 *     +--error--> abandon --> rethrow
 *
 * Falling off the end of `inner` is its own matter: a loop goes on to its next round.
 */
import type ts from 'typescript';
import type { Block, Value } from '../../../ir/types.js';
import { awaitQuietly, awaitValue } from './suspensions.js';
import type { FinallyScope } from './body.js';
import { resume } from './exceptions.js';
import type { GuestBody } from './guest-body.js';

export interface Closer {
  /** Errors of closing go to their handler. */
  readonly close: () => void;
  /** An error is on its way. Gives the one that goes on, if it is another. */
  readonly abandon: (error: Value) => Value | void;
}

/** Lowers `inner`, which must end closed; `leave` leads through closing to `after`. */
export function lowerClosing(body: GuestBody, closer: Closer, after: Block, inner: (leave: Block) => void): void {
  const scope: FinallyScope = {
    kind: 'finally',
    handler: { pad: null, target: body.block() },
    block: body.block(),
    reason: { name: 'reason', type: 'i32' },
    value: { name: 'completion', type: 'val' },
    exits: [],
  };
  const leave = body.block();
  body.ssa.write(scope.value, body.zero('val'));
  body.control.push(scope);
  inner(leave);
  body.control.pop();
  body.enterIfReached(leave);
  if (!body.closed) {
    body.ssa.write(scope.reason, body.builder.i32(0));
    body.jump(scope.block);
  }
  abandonOnError(body, scope, closer);
  body.enterIfReached(scope.block);
  if (body.closed) return;
  closer.close();
  resume(body, scope);
  body.jump(after);
}

function abandonOnError(body: GuestBody, scope: FinallyScope, closer: Closer): void {
  body.finishPad(scope.handler);
  body.enterIfReached(scope.handler.target);
  if (body.closed) return;
  const error = body.temporary('error', { rep: 'val', value: body.builder.op('global.get', [], 'error') });
  const next = closer.abandon(body.ssa.read(error));
  body.builder.emit('global.set', [next ?? body.ssa.read(error)], 'error');
  body.leave({ kind: 'throw' });
}

export const iteratorCloser = (body: GuestBody, iterator: Value, node: ts.Node): Closer => ({
  close: () => void body.lib('iterator_close', [iterator], node),
  abandon: () => void body.lib('iterator_abandon', [iterator], node),
});

/** What closing an async iterator gives is awaited. */
export function asyncIteratorCloser(body: GuestBody, iterator: Value, node: ts.Node): Closer {
  const whenClosing = (start: string, use: (given: Value) => void): void => {
    const [waits, next] = [body.block(), body.block()];
    body.branch(body.libValue(start, [iterator], node), waits, next);
    body.enter(waits);
    use(body.libValue('iterator_value', [iterator], node));
    body.jump(next);
    body.enter(next);
  };
  return {
    close: () => whenClosing('async_iterator_closing', (given) => void body.lib('require_result', [awaitValue(body, given, node)], node)),
    abandon: () => whenClosing('async_iterator_abandoning', (given) => awaitQuietly(body, given)),
  };
}
