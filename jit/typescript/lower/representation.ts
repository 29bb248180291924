/**
 * Representations of guest values, and what static types say about them.
 *
 * A static type only suggests a representation; whether a value has it is certain by construction or checked.
 */
import ts = require('typescript');
import type { Type, Value } from '../../../ir/types.js';

/** Unboxed double, condition, pointer to a string, or boxed value. */
export type Representation = 'f64' | 'bool' | 'str' | 'val';

export interface Operand {
  readonly rep: Representation;
  readonly value: Value;
}

/** What can be assigned to. */
export interface Place {
  read(): Operand;
  write(operand: Operand): void;
}

export const TYPE_OF_REP: Readonly<Record<Representation, Type>> = { f64: 'f64', bool: 'i32', str: 'ref', val: 'val' };

/** True if the type and all members of a union of it have one of these flags. */
function everyMember(type: ts.Type, flags: ts.TypeFlags): boolean {
  if (type.isUnion()) return type.types.every((member) => everyMember(member, flags));
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = type.getConstraint();
    return constraint !== undefined && everyMember(constraint, flags);
  }
  if (type.isIntersection()) return type.types.some((member) => everyMember(member, flags));
  return (type.flags & flags) !== 0;
}

export const isNumberType = (type: ts.Type): boolean => everyMember(type, ts.TypeFlags.NumberLike);
export const isStringType = (type: ts.Type): boolean => everyMember(type, ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral);
export const isBooleanType = (type: ts.Type): boolean => everyMember(type, ts.TypeFlags.BooleanLike);
export const isBigIntType = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.some(isBigIntType) : (type.flags & ts.TypeFlags.BigIntLike) !== 0;

/** The representation that fits all values of a type. */
export function repOfType(type: ts.Type): Representation {
  if (type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return 'val';
  if (isNumberType(type)) return 'f64';
  if (isBooleanType(type)) return 'bool';
  if (isStringType(type)) return 'str';
  return 'val';
}
