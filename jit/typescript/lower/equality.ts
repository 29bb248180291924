/** Strict and loose equality by representation. */
import type ts from 'typescript';
import type { Value } from '../../../ir/types.js';
import { box, isNullish } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

/** `left === right`, as an i32. */
export function areEqual(body: GuestBody, left: Operand, right: Operand, node: ts.Node): Value {
  const { builder } = body;
  if (left.rep === 'val' && right.rep !== 'val') return areEqual(body, right, left, node);
  if (left.rep === 'val') return body.libValue('strict_equals', [left.value, right.value], node);
  if (right.rep === 'val') return equalsBoxed(body, left, right.value, node);
  if (left.rep !== right.rep) return builder.i32(0);
  if (left.rep === 'f64') return builder.op('f64.eq', [left.value, right.value]);
  if (left.rep === 'bool') return builder.op('i32.eq', [left.value, right.value]);
  return body.libValue('string_equals', [left.value, right.value], node);
}

/** An unboxed value against a boxed one. Bits with a tag are a NaN when seen as a double, so they equal no number. */
function equalsBoxed(body: GuestBody, left: Operand, right: Value, node: ts.Node): Value {
  const { builder } = body;
  if (left.rep === 'f64') return builder.op('f64.eq', [left.value, builder.op('f64.from_val', [right])]);
  if (left.rep === 'bool') return builder.op('val.eq', [box(body, left), right]);
  return body.libValue('strict_equals', [box(body, left), right], node);
}

/** `left == right`, as an i32. */
export function areLooselyEqual(body: GuestBody, left: Operand, right: Operand, node: ts.Node): Value {
  if (left.rep !== 'val' && left.rep === right.rep) return areEqual(body, left, right, node);
  return body.libValue('loose_equals', [box(body, left), box(body, right)], node);
}

/** `value == null`, as an i32. */
export const equalsNothing = (body: GuestBody, operand: Operand): Value => isNullish(body, operand);
