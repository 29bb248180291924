/** Types of the privileged dialect, read off type nodes by name, and what each is in the IR. */
import ts = require('typescript');
import type { Type } from '../../../ir/types.js';

export type MachineType = 'i32' | 'i64' | 'f64' | 'ref' | 'str' | 'val' | 'bool' | 'void' | 'never';

const NAMED: Readonly<Record<string, MachineType>> = {
  i32: 'i32',
  i64: 'i64',
  f64: 'f64',
  ref: 'ref',
  str: 'str',
  val: 'val',
  bool: 'bool',
  boolean: 'bool',
};

export const IR_TYPE: Readonly<Record<MachineType, Type | null>> = {
  i32: 'i32',
  i64: 'i64',
  f64: 'f64',
  ref: 'ref',
  str: 'ref',
  val: 'val',
  bool: 'i32',
  void: null,
  never: null,
};

/** A value with its type in the dialect; `void` and `never` have none. */
export interface Typed {
  readonly type: MachineType;
  readonly value: import('../../../ir/types.js').Value | null;
}

/** The machine type that a type node names, or undefined. In a union the first member counts (`i32 | ref`). */
export function machineTypeOf(node: ts.TypeNode): MachineType | undefined {
  if (node.kind === ts.SyntaxKind.VoidKeyword) return 'void';
  if (node.kind === ts.SyntaxKind.NeverKeyword) return 'never';
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return 'bool';
  if (ts.isParenthesizedTypeNode(node)) return machineTypeOf(node.type);
  if (ts.isUnionTypeNode(node)) return node.types[0] && machineTypeOf(node.types[0]);
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return NAMED[node.typeName.text];
  return undefined;
}
