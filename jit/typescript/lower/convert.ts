/**
 * Conversions between representations: boxing, checks, and the language's own ToNumber, ToString, ToBoolean.
 */
import type ts from 'typescript';
import type { Block, Value } from '../../../ir/types.js';
import { FIRST_TAGGED, STRING, TAG } from '../../abi.js';
import { boxOperand, isNumber } from './boxing.js';
import type { GuestBody } from './guest-body.js';
import type { Operand, Representation } from './representation.js';

/** The boxed form of an operand. */
export const box = (body: GuestBody, operand: Operand): Value => boxOperand(body.builder, operand);

/** A value in a representation that its static type promises; a lie throws. */
export const convertTo = (body: GuestBody, operand: Operand, rep: Representation, node: ts.Node): Value => body.convertTo(operand, rep, node);

/** A number from a boxed value: at once if it is one, else by a call of the library. */
function numberOr(body: GuestBody, value: Value, slow: string, node: ts.Node): Value {
  const { builder } = body;
  const [convert, join] = [body.block(), body.block('f64')];
  const quick = builder.op('f64.from_val', [value]);
  body.branch(isNumber(body.builder, value), { block: join, args: [quick] }, convert);
  body.enter(convert);
  body.jump(join, body.libValue(slow, [value], node));
  body.enter(join);
  return builder.param(join, 0);
}

/** ToNumber. */
export function toNumber(body: GuestBody, operand: Operand, node: ts.Node): Value {
  switch (operand.rep) {
    case 'f64':
      return operand.value;
    case 'bool':
      return body.builder.op('f64.convert_i32_u', [operand.value]);
    case 'str':
      return body.libValue('string_to_number', [operand.value], node);
    case 'val':
      return numberOr(body, operand.value, 'to_number', node);
  }
}

/** An operand of a sum whose static type is number: what would make the sum a string throws. */
export const toSummand = (body: GuestBody, operand: Operand, node: ts.Node): Value =>
  operand.rep === 'val' ? numberOr(body, operand.value, 'number_operand', node) : toNumber(body, operand, node);

/** ToString. */
export function toText(body: GuestBody, operand: Operand, node: ts.Node): Value {
  switch (operand.rep) {
    case 'str':
      return operand.value;
    case 'f64':
      return body.libValue('number_to_string', [operand.value], node);
    case 'bool':
      return body.builder.op('select', [body.text('true'), body.text('false'), operand.value]);
    case 'val':
      return body.libValue('to_string', [operand.value], node);
  }
}

/** ToBoolean, as an i32. */
export function toTruth(body: GuestBody, { rep, value }: Operand, node: ts.Node): Value {
  const { builder } = body;
  switch (rep) {
    case 'bool':
      return value;
    case 'f64':
      return builder.op('f64.gt', [builder.op('f64.abs', [value]), builder.f64(0)]);
    case 'str':
      return builder.op('i32.ne', [builder.load('i32', value, STRING.length), builder.i32(0)]);
    case 'val':
      return body.libValue('to_boolean', [value], node);
  }
}

/** ToInt32 of a number: inline where it is in range, which almost all are. */
export function toInt32(body: GuestBody, value: Value, node: ts.Node): Value {
  const { builder } = body;
  const [slow, join] = [body.block(), body.block('i32')];
  const quick = builder.op('i32.trunc_sat_f64_s', [value]);
  const inRange = builder.op('f64.lt', [builder.op('f64.abs', [value]), builder.f64(2147483647)]);
  body.branch(inRange, { block: join, args: [quick] }, slow);
  body.enter(slow);
  body.jump(join, body.libValue('to_int32', [value], node));
  body.enter(join);
  return builder.param(join, 0);
}

/** True if a value is undefined or null. */
export function isNullish(body: GuestBody, { rep, value }: Operand): Value {
  const { builder } = body;
  if (rep !== 'val') return builder.i32(0);
  const offset = builder.op('i64.sub', [builder.op('i64.from_val', [value]), builder.i64(FIRST_TAGGED)]);
  return builder.op('i64.le_u', [offset, builder.i64(1n)]);
}

/** Goes to `yes` with an address if the value is an object (anything under the object tag), else to `no`. */
export function branchIfObject(body: GuestBody, value: Value, yes: Block, no: Block): void {
  const { builder } = body;
  const tag = builder.op('i64.shr_u', [builder.op('i64.from_val', [value]), builder.i64(48n)]);
  body.branch(builder.op('i64.eq', [tag, builder.i64(BigInt(TAG.object))]), yes, no);
}
