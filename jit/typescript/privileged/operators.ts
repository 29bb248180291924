/** Arithmetic and comparison of the dialect: tables from operator and machine type to opcode. */
import ts = require('typescript');
import type { Opcode } from '../../../ir/opcodes.js';
import type { Value } from '../../../ir/types.js';
import type { LibraryBody } from './library-body.js';
import type { MachineType } from './machine-types.js';

type ByType = Partial<Record<MachineType, Opcode>>;
const K = ts.SyntaxKind;

/** A boxed value is an unsigned 64-bit number to the dialect. */
const ARITHMETIC: Partial<Record<ts.SyntaxKind, ByType>> = {
  [K.PlusToken]: { i32: 'i32.add', i64: 'i64.add', f64: 'f64.add' },
  [K.MinusToken]: { i32: 'i32.sub', i64: 'i64.sub', f64: 'f64.sub' },
  [K.AsteriskToken]: { i32: 'i32.mul', i64: 'i64.mul', f64: 'f64.mul' },
  [K.SlashToken]: { i32: 'i32.div_s', i64: 'i64.div_s', f64: 'f64.div' },
  [K.PercentToken]: { i32: 'i32.rem_s', i64: 'i64.rem_s' },
  [K.AmpersandToken]: { i32: 'i32.and', i64: 'i64.and', val: 'i64.and' },
  [K.BarToken]: { i32: 'i32.or', i64: 'i64.or', val: 'i64.or' },
  [K.CaretToken]: { i32: 'i32.xor', i64: 'i64.xor', val: 'i64.xor' },
  [K.LessThanLessThanToken]: { i32: 'i32.shl', i64: 'i64.shl' },
  [K.GreaterThanGreaterThanToken]: { i32: 'i32.shr_s', i64: 'i64.shr_s', val: 'i64.shr_u' },
  [K.GreaterThanGreaterThanGreaterThanToken]: { i32: 'i32.shr_u' },
};

const COMPARISON: Partial<Record<ts.SyntaxKind, ByType>> = {
  [K.EqualsEqualsEqualsToken]: { i32: 'i32.eq', i64: 'i64.eq', f64: 'f64.eq', ref: 'ref.eq', str: 'ref.eq', bool: 'i32.eq', val: 'i64.eq' },
  [K.ExclamationEqualsEqualsToken]: { i32: 'i32.ne', i64: 'i64.ne', f64: 'f64.ne', bool: 'i32.ne', val: 'i64.ne' },
  [K.LessThanToken]: { i32: 'i32.lt_s', i64: 'i64.lt_s', f64: 'f64.lt', val: 'i64.lt_u' },
  [K.LessThanEqualsToken]: { i32: 'i32.le_s', i64: 'i64.le_s', f64: 'f64.le', val: 'i64.le_u' },
  [K.GreaterThanToken]: { i32: 'i32.gt_s', i64: 'i64.gt_s', f64: 'f64.gt', val: 'i64.gt_u' },
  [K.GreaterThanEqualsToken]: { i32: 'i32.ge_s', i64: 'i64.ge_s', f64: 'f64.ge', val: 'i64.ge_u' },
};

export const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set(Object.keys(COMPARISON).map(Number));

/** Compound assignments and the operator each applies. */
export const ASSIGNMENTS: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [K.PlusEqualsToken]: K.PlusToken,
  [K.MinusEqualsToken]: K.MinusToken,
  [K.AsteriskEqualsToken]: K.AsteriskToken,
  [K.SlashEqualsToken]: K.SlashToken,
  [K.PercentEqualsToken]: K.PercentToken,
  [K.AmpersandEqualsToken]: K.AmpersandToken,
  [K.BarEqualsToken]: K.BarToken,
  [K.CaretEqualsToken]: K.CaretToken,
  [K.LessThanLessThanEqualsToken]: K.LessThanLessThanToken,
  [K.GreaterThanGreaterThanEqualsToken]: K.GreaterThanGreaterThanToken,
  [K.GreaterThanGreaterThanGreaterThanEqualsToken]: K.GreaterThanGreaterThanGreaterThanToken,
};

const ADDRESS_LIKE: ReadonlySet<MachineType> = new Set(['i32', 'ref', 'str', 'bool']);

/** The type both operands convert to; different 32-bit types meet in i32. The first wins where none fits. */
export function unify(a: MachineType | undefined, b: MachineType | undefined): MachineType | undefined {
  if (a === undefined || a === 'never') return b ?? a;
  if (b === undefined || a === b || b === 'never') return a;
  if ((a === 'ref' && b === 'str') || (a === 'str' && b === 'ref')) return 'ref';
  return ADDRESS_LIKE.has(a) && ADDRESS_LIKE.has(b) ? 'i32' : a;
}

export function arithmetic(
  body: LibraryBody, operator: ts.SyntaxKind, type: MachineType, left: Value, right: Value, node: ts.Node,
): Value {
  const opcode = ARITHMETIC[operator]?.[type];
  if (!opcode) return body.refuse(node, `the operator ${ts.tokenToString(operator) ?? ''} on ${type}`);
  if (type !== 'val') return body.builder.op(opcode, [left, right]);
  return body.builder.op('val.from_i64', [body.builder.op(opcode, [bitsOf(body, left), bitsOf(body, right)])]);
}

export function comparison(
  body: LibraryBody, operator: ts.SyntaxKind, type: MachineType, left: Value, right: Value, node: ts.Node,
): Value {
  const { builder } = body;
  if (operator === K.ExclamationEqualsEqualsToken && (type === 'ref' || type === 'str')) {
    return builder.op('i32.eqz', [builder.op('ref.eq', [left, right])]);
  }
  const opcode = COMPARISON[operator]?.[type];
  if (!opcode) return body.refuse(node, `the operator ${ts.tokenToString(operator) ?? ''} on ${type}`);
  return type === 'val' ? builder.op(opcode, [bitsOf(body, left), bitsOf(body, right)]) : builder.op(opcode, [left, right]);
}

const bitsOf = (body: LibraryBody, value: Value): Value => body.builder.op('i64.from_val', [value]);
