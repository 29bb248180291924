/** `instanceof` for classes of the library: by kind, and for errors by the chain of class descriptors. */
import ts = require('typescript');
import { refuse } from '../refusals.js';
import { box } from './convert.js';
import { isForeign } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { CLASS_KINDS, isInstance } from './library-calls.js';
import type { Operand } from './representation.js';

export function lowerInstanceOf(body: GuestBody, node: ts.BinaryExpression): Operand {
  const { right } = node;
  const value = box(body, body.expression(node.left));
  if (!ts.isIdentifier(right) || !isForeign(body.program, right)) {
    return { rep: 'bool', value: body.libValue('instance_of', [value, box(body, body.expression(right))], node) };
  }
  if (right.text.endsWith('Error') || right.text === 'DOMException') {
    return { rep: 'bool', value: body.libValue('is_error_of', [value, body.classDescriptor(right.text)], node) };
  }
  if (right.text === 'Object') return { rep: 'bool', value: body.libValue('is_object', [value], node) };
  if (!CLASS_KINDS[right.text] || right.text === 'BigInt') return refuse('BR1031', right);
  return { rep: 'bool', value: isInstance(body, right.text, value, node) };
}
