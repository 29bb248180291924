/** Symbols in expressions: `Symbol.toPrimitive` and the like as values and as keys. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { SYMBOL_NAMES, TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';
import { isIterationKey, wellKnownKey } from './well-known.js';

const symbolOf = (body: GuestBody, name: string): Operand => ({ rep: 'val', value: body.builder.op('val.box', [body.text(name)], TAG.symbol) });

/** A well-known symbol as a value. Those of iteration are keys only: as values they could be used where the library's own objects do not answer. */
export function lowerSymbol(body: GuestBody, node: ts.PropertyAccessExpression): Operand | null {
  const name = wellKnownKey(node);
  if (name === null) return null;
  return isIterationKey(name) ? refuse('BR1019', node, node.getText()) : symbolOf(body, name);
}

/** The key of an element access, literal or pattern. */
export function lowerKey(body: GuestBody, node: ts.Expression): Operand {
  const name = wellKnownKey(node);
  return name === null ? body.expression(node) : symbolOf(body, name);
}

/** `o[Symbol.iterator]` and `o[Symbol.asyncIterator]` as values. */
export function readIterationMethod(body: GuestBody, object: Value, key: string, node: ts.Node): Operand {
  return { rep: 'val', value: body.libValue(key === SYMBOL_NAMES.iterator ? 'iterator_method_of' : 'async_iterator_method_of', [object], node) };
}

/** `key in object`. */
export function lowerIn(body: GuestBody, node: ts.BinaryExpression): Operand {
  const name = wellKnownKey(node.left);
  const key = box(body, lowerKey(body, node.left));
  const object = box(body, body.expression(node.right));
  if (name === null || !isIterationKey(name)) return { rep: 'bool', value: body.libValue('has_property', [object, key], node) };
  return { rep: 'bool', value: body.libValue(name === SYMBOL_NAMES.iterator ? 'has_iterator' : 'has_async_iterator', [object, key], node) };
}
