/** Arguments of calls: evaluated in order, once; as operands, or as an array where some are spread. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { ARRAY, SLOTS } from '../../abi.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';
import { notIterable, wordingOf } from './wording.js';

/** `list`: an array of all arguments, when one of them was spread; then `operands` is empty. */
export interface Arguments {
  readonly operands: readonly Operand[];
  readonly list: Value | null;
}

export function lowerArguments(body: GuestBody, nodes: readonly ts.Expression[]): Arguments {
  if (!nodes.some(ts.isSpreadElement)) return { operands: nodes.map((node) => body.expression(node)), list: null };
  return { operands: [], list: arrayOf(body, nodes) };
}

/** A new array of the values of these expressions, spread ones and holes included. */
export function arrayOf(body: GuestBody, nodes: readonly ts.Expression[]): Value {
  const spread = nodes.findIndex((node) => ts.isSpreadElement(node) || ts.isOmittedExpression(node));
  const leading = spread < 0 ? nodes : nodes.slice(0, spread);
  const array = makeArray(body, leading.map((node) => box(body, body.expression(node))), nodes[0]?.parent ?? body.program.file);
  if (spread < 0) return array;
  for (const node of nodes.slice(spread)) {
    if (ts.isSpreadElement(node)) spreadInto(body, array, node);
    else if (ts.isOmittedExpression(node)) body.lib('array_push_hole', [array], node);
    else body.lib('array_push', [array, box(body, body.expression(node))], node);
  }
  return array;
}

function spreadInto(body: GuestBody, array: Value, node: ts.SpreadElement): void {
  const value = box(body, body.expression(node.expression));
  const { parent } = node;
  if (ts.isArrayLiteralExpression(parent)) body.lib('check_iterable', [value, body.text(notIterable(node.expression))], node);
  else if (isLastOfCall(node)) body.lib('check_spread', [value, body.text(wordingOf(node.expression))], node);
  body.lib('array_extend', [array, value], node);
}

/** V8 spreads the last argument otherwise than others, and words it so. */
function isLastOfCall(node: ts.SpreadElement): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  return parent.arguments !== undefined && parent.arguments.findIndex(ts.isSpreadElement) === parent.arguments.length - 1;
}

/** A new array of these boxed values. Nothing may allocate between the array and its stores, and nothing does. */
export function makeArray(body: GuestBody, values: readonly Value[], node: ts.Node): Value {
  const { builder } = body;
  const array = body.libValue('alloc_array', [builder.i32(values.length)], node);
  if (values.length === 0) return array;
  const data = builder.load('ref', array, ARRAY.data);
  values.forEach((value, index) => builder.store('val', data, SLOTS.data + 8 * index, value));
  builder.store('i32', array, ARRAY.length, builder.i32(values.length));
  return array;
}
