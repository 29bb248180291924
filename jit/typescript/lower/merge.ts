/** Joins the values of alternative blocks in one representation. */
import type ts from 'typescript';
import type { Block } from '../../../ir/types.js';
import { convertTo } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { TYPE_OF_REP, type Operand, type Representation } from './representation.js';

/** Lowers each alternative in its block and gives their value after the join. */
export function merge(
  body: GuestBody,
  rep: Representation,
  node: ts.Node,
  alternatives: readonly (readonly [Block, () => Operand])[],
): Operand {
  const after = body.block(TYPE_OF_REP[rep]);
  for (const [block, lower] of alternatives) {
    body.enter(block);
    const operand = lower();
    const value = convertTo(body, operand, rep, node);
    body.jump(after, value);
  }
  body.enter(after);
  return { rep, value: body.builder.param(after, 0) };
}
