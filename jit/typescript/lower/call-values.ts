/** Calls of boxed values, which may be no functions. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { makeArray, type Arguments } from './arguments.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { wordingOf } from './wording.js';

const INLINE_ARGUMENTS = 4;

export function callBoxed(body: GuestBody, node: ts.CallExpression | ts.TaggedTemplateExpression, callee: Value, self: Value, args: Arguments): Value {
  const { builder } = body;
  const name = body.text(wordingOf(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression));
  if (args.list !== null) return body.libValue('call_list_checked', [callee, self, args.list, name], node);
  const values = args.operands.map((operand) => box(body, operand));
  const [a0, a1, a2, a3] = [...values, ...Array.from({ length: INLINE_ARGUMENTS }, () => body.undefinedValue())];
  if (a0 === undefined || a1 === undefined || a2 === undefined || a3 === undefined) throw new Error('four arguments were made above');
  const rest = values.length > INLINE_ARGUMENTS ? makeArray(body, values.slice(INLINE_ARGUMENTS), node) : body.zero('ref');
  return body.libValue('call_checked', [callee, self, builder.i32(values.length), a0, a1, a2, a3, rest, name], node);
}
