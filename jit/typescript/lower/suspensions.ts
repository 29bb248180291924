/** Awaits in the code that lowering makes, and what all suspensions share. */
import type ts from 'typescript';
import type { Target, Terminator } from '../../../ir/function.js';
import type { Value } from '../../../ir/types.js';
import type { GuestBody } from './guest-body.js';

/** Awaits a boxed value; a rejection goes to its handler. */
export function awaitValue(body: GuestBody, operand: Value, node: ts.Node): Value {
  body.locate(node);
  return suspend(body, (targets) => ({ kind: 'await', operand, ...targets }), node);
}

/** Awaits a boxed value for its turns alone, whatever comes of it. */
export function awaitQuietly(body: GuestBody, operand: Value): void {
  const next = body.block('val');
  const target = (): Target => ({ block: next, args: [] });
  body.terminate({ kind: 'await', operand, ok: target(), error: target() });
  body.enter(next);
}

interface Targets {
  readonly ok: Target;
  readonly error: Target;
}

/** Ends the block by a terminator that suspends; gives what it goes on with. A rejection goes to its handler. */
export function suspend(body: GuestBody, terminator: (targets: Targets) => Terminator, node: ts.Node): Value {
  const [ok, error] = [body.block('val'), body.block('val')];
  body.terminate(terminator({ ok: { block: ok, args: [] }, error: { block: error, args: [] } }));
  body.enter(error);
  body.throw(body.builder.param(error, 0), node);
  body.enter(ok);
  return body.builder.param(ok, 0);
}
