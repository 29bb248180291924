/** Optional chains: where a link may end the whole chain. */
import { isNullish } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

/** Leaves the optional chain if the value is nullish. */
export function leaveChainIfNullish(body: GuestBody, operand: Operand): void {
  const exit = body.chainExits.at(-1);
  if (exit === undefined) throw new Error('an optional link outside of a chain');
  const next = body.block();
  body.branch(isNullish(body, operand), exit, next);
  body.enter(next);
}
