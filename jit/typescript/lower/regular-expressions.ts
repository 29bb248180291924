/** Regular expression literals: the library compiles each once per task, from its text. */
import type ts from 'typescript';
import { REGEXP_FLAGS, TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['d', REGEXP_FLAGS.hasIndices], ['g', REGEXP_FLAGS.global], ['i', REGEXP_FLAGS.ignoreCase], ['m', REGEXP_FLAGS.multiline],
  ['s', REGEXP_FLAGS.dotAll], ['u', REGEXP_FLAGS.unicode], ['y', REGEXP_FLAGS.sticky],
]);

/** A backslash, an even number of backslashes before it, and `p` or `P` behind it. */
const PROPERTY = /(?<!\\)(?:\\\\)*\\[pP]/;

export function lowerRegExp(body: GuestBody, node: ts.RegularExpressionLiteral): Operand {
  const end = node.text.lastIndexOf('/');
  const pattern = node.text.slice(1, end);
  let flags = 0;
  for (const letter of node.text.slice(end + 1)) flags |= FLAGS.get(letter) ?? refuse('BR1017', node, `the flag ${letter}`);
  if (flags & REGEXP_FLAGS.unicode && PROPERTY.test(pattern)) return refuse('BR1017', node, 'a Unicode property');
  const operands = [body.text(node.text), body.text(pattern), body.builder.i32(flags)];
  return { rep: 'val', value: body.builder.op('val.box', [body.libValue('regexp_literal', operands, node)], TAG.object) };
}
