/**
 * Fast paths that are emitted in place: elements and length of arrays, remainders of small whole numbers. Each tests what
 * it needs at run time and leaves everything else to the library.
 */
import type ts from 'typescript';
import type { Block, Value } from '../../../ir/types.js';
import { ABSENT, ARRAY, KIND, META, OBJECT_HEADER, SLOTS, kindShape } from '../../abi.js';
import { branchIfObject } from './convert.js';
import type { GuestBody } from './guest-body.js';

interface ArrayPlace {
  readonly array: Value;
  readonly index: Value;
}

/** Goes on with the array and the index if `object` is an array and `key` one of its positions, else to `slow`. */
function arrayPlace(body: GuestBody, object: Value, key: Value, slow: Block): ArrayPlace {
  const { builder } = body;
  const array = arrayOrElse(body, object, slow);
  const index = builder.op('i32.trunc_sat_f64_s', [key]);
  const whole = builder.op('f64.eq', [builder.op('f64.convert_i32_s', [index]), key]);
  const within = builder.op('i32.lt_u', [index, builder.load('i32', array, ARRAY.length)]);
  const next = body.block();
  body.branch(builder.op('i32.and', [whole, within]), next, slow);
  body.enter(next);
  return { array, index };
}

function arrayOrElse(body: GuestBody, object: Value, slow: Block): Value {
  const { builder } = body;
  const [tagged, next] = [body.block(), body.block()];
  branchIfObject(body, object, tagged, slow);
  body.enter(tagged);
  const array = builder.op('ref.from_val', [object]);
  const shape = builder.load('i32', array, OBJECT_HEADER.shape);
  body.branch(builder.op('i32.eq', [shape, builder.i32(kindShape(KIND.array))]), next, slow);
  body.enter(next);
  return array;
}

/** Address of an element whose index is known to be one. */
export function elementAddress(body: GuestBody, array: Value, index: Value): Value {
  const { builder } = body;
  const data = builder.load('ref', array, ARRAY.data);
  return builder.op('elem.addr', [data, builder.op('i32.shl', [index, builder.i32(3)])], SLOTS.data);
}

/** `object[key]` where the object probably is an array. */
export function readElement(body: GuestBody, object: Value, key: Value, node: ts.Node): Value {
  const { builder } = body;
  const [slow, join] = [body.block(), body.block('val')];
  const { array, index } = arrayPlace(body, object, key, slow);
  const value = builder.load('val', elementAddress(body, array, index), 0);
  const isHole = builder.op('val.eq', [value, builder.val(ABSENT)]);
  body.branch(isHole, slow, { block: join, args: [value] });
  body.enter(slow);
  body.jump(join, body.libValue('element_get', [object, key], node));
  body.enter(join);
  return builder.param(join, 0);
}

/** `object[key] = value` where the object probably is an array. */
export function writeElement(body: GuestBody, object: Value, key: Value, value: Value, node: ts.Node): void {
  const { builder } = body;
  const [slow, join, open] = [body.block(), body.block(), body.block()];
  const { array, index } = arrayPlace(body, object, key, slow);
  const meta = builder.load('i32', array, OBJECT_HEADER.meta);
  body.branch(builder.op('i32.and', [meta, builder.i32(META.frozen | META.sealed | META.notExtensible)]), slow, open);
  body.enter(open);
  builder.store('val', elementAddress(body, array, index), 0, value);
  body.jump(join);
  body.enter(slow);
  body.lib('element_set', [object, key, value], node);
  body.jump(join);
  body.enter(join);
}

/** `object.length` where the object probably is an array. */
export function readLength(body: GuestBody, object: Value, node: ts.Node): Value {
  const { builder } = body;
  const [slow, join] = [body.block(), body.block('f64')];
  const array = arrayOrElse(body, object, slow);
  body.jump(join, builder.op('f64.convert_i32_s', [builder.load('i32', array, ARRAY.length)]));
  body.enter(slow);
  body.jump(join, body.libValue('length_of', [object], node));
  body.enter(join);
  return builder.param(join, 0);
}

/** `a % b`: by integers where both are whole, `a` has no sign and `b` is positive. */
export function remainder(body: GuestBody, a: Value, b: Value, node: ts.Node): Value {
  const { builder } = body;
  const [fast, slow, join] = [body.block(), body.block(), body.block('f64')];
  const [wholeA, wholeB] = [builder.op('i64.trunc_sat_f64_s', [a]), builder.op('i64.trunc_sat_f64_s', [b])];
  const exact = (whole: Value, given: Value): Value => builder.op('f64.eq', [builder.op('f64.convert_i64_s', [whole]), given]);
  const unsigned = builder.op('i64.ge_s', [builder.op('i64.reinterpret_f64', [a]), builder.i64(0n)]);
  const positive = builder.op('i64.gt_s', [wholeB, builder.i64(0n)]);
  const both = builder.op('i32.and', [exact(wholeA, a), exact(wholeB, b)]);
  body.branch(builder.op('i32.and', [both, builder.op('i32.and', [unsigned, positive])]), fast, slow);
  body.enter(fast);
  // At 2^63 the conversion saturates to 2^63 - 1, which converts back to 2^63: such operands are told apart here.
  const small = builder.op('i64.lt_u', [builder.op('i64.or', [wholeA, wholeB]), builder.i64(1n << 53n)]);
  const exactRemainder = builder.op('f64.convert_i64_s', [builder.op('i64.rem_u', [wholeA, wholeB])]);
  body.branch(small, { block: join, args: [exactRemainder] }, slow);
  body.enter(slow);
  body.jump(join, body.libValue('number_remainder', [a, b], node));
  body.enter(join);
  return builder.param(join, 0);
}
