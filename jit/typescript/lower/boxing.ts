/** Boxed and unboxed forms of values whose representation is certain. */
import type { Builder } from '../../../ir/builder.js';
import type { Value } from '../../../ir/types.js';
import { FALSE, FIRST_TAGGED, TAG, TRUE } from '../../abi.js';
import type { Operand, Representation } from './representation.js';

export function boxOperand(builder: Builder, { rep, value }: Operand): Value {
  switch (rep) {
    case 'val':
      return value;
    case 'f64':
      return builder.op('val.from_f64', [value]);
    case 'str':
      return builder.op('val.box', [value], TAG.string);
    case 'bool':
      return builder.op('val.from_i64', [builder.op('i64.add', [builder.op('i64.extend_i32_u', [value]), builder.i64(FALSE)])]);
  }
}

/** The unboxed form of a value that was boxed from this representation. */
export function unboxOwn(builder: Builder, value: Value, rep: Representation): Value {
  switch (rep) {
    case 'val':
      return value;
    case 'f64':
      return builder.op('f64.from_val', [value]);
    case 'str':
      return builder.op('ref.from_val', [value]);
    case 'bool':
      return builder.op('val.eq', [value, builder.val(TRUE)]);
  }
}

/** Whether a boxed value is a number; an i32. */
export const isNumber = (builder: Builder, value: Value): Value =>
  builder.op('i64.lt_u', [builder.op('i64.from_val', [value]), builder.i64(FIRST_TAGGED)]);
