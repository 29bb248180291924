/** Calls of the dialect: functions of the library, intrinsics, and intrinsics with literal arguments. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { ARENA, CLOSURE_SIGNATURE, RESUME_SIGNATURE } from '../../abi.js';
import { classSymbol, functionInfoSymbol, stringSymbol } from '../lower/static-data.js';
import { INTRINSICS, type Intrinsic, type ParamType } from './intrinsics.js';
import type { LibraryBody } from './library-body.js';
import type { LibraryFunction } from './library-scope.js';
import { IR_TYPE, type MachineType, type Typed } from './machine-types.js';

type StaticIntrinsic = {
  readonly result: MachineType;
  readonly emit: (body: LibraryBody, node: ts.CallExpression) => Value | null;
};

const closureParams: readonly MachineType[] = ['ref', 'val', 'i32', 'val', 'val', 'val', 'val', 'ref'];

const STATIC: Readonly<Record<string, StaticIntrinsic>> = {
  str: {
    result: 'str',
    emit: (body, node) => body.builder.op('data.addr', [], stringSymbol(body.module, literal(body, node, 0))),
  },
  nativeInfo: {
    result: 'ref',
    emit: (body, node) => {
      const [parameters, captures] = [integer(body, node, 1), integer(body, node, 2)];
      return body.builder.op('data.addr', [], functionInfoSymbol(body.module, literal(body, node, 0), parameters, captures, 0));
    },
  },
  classOf: {
    result: 'ref',
    emit: (body, node) => body.builder.op('data.addr', [], classSymbol(body.module, literal(body, node, 0))),
  },
  caught: { result: 'val', emit: (body, node) => body.lowerAs(argument(body, node, 0), 'val') },
  funcIndex: { result: 'i32', emit: takeIndex },
  boxRef: {
    result: 'val',
    emit: (body, node) => body.builder.op('val.box', [body.lowerAs(argument(body, node, 1), 'ref')], integer(body, node, 0)),
  },
  elementAddress: {
    result: 'i32',
    emit: (body, node) => {
      const [object, index] = [body.lowerAs(argument(body, node, 0), 'ref'), body.lowerAs(argument(body, node, 1), 'i32')];
      return body.builder.op('elem.addr', [object, index], integer(body, node, 2));
    },
  },
  callClosure: { result: 'val', emit: callClosure },
  callResume: { result: 'i32', emit: callResume },
  trap: { result: 'never', emit: trap },
};

function argument(body: LibraryBody, node: ts.CallExpression, index: number): ts.Expression {
  return node.arguments[index] ?? body.refuse(node, `a call without argument ${index + 1}`);
}

function integer(body: LibraryBody, node: ts.CallExpression, index: number): number {
  const value = body.constant(argument(body, node, index));
  return typeof value === 'number' ? value : body.refuse(argument(body, node, index), 'anything but a constant number here');
}

function literal(body: LibraryBody, node: ts.CallExpression, index: number): string {
  const text = argument(body, node, index);
  return ts.isStringLiteralLike(text) ? text.text : body.refuse(text, 'anything but a literal string here');
}

function takeIndex(body: LibraryBody, node: ts.CallExpression): Value {
  const name = argument(body, node, 0);
  const target = ts.isIdentifier(name) ? body.scope.functionNamed(body.self.file, name.text) : undefined;
  if (!target) return body.refuse(name, 'the index of anything but a function of the library');
  body.addressTaken.add(target.name);
  return body.builder.op('func.index', [], target.name);
}

/** The table index comes first in both places. */
function callClosure(body: LibraryBody, node: ts.CallExpression): Value {
  const index = body.lowerAs(argument(body, node, 0), 'i32');
  const operands = closureParams.map((type, at) => body.lowerAs(argument(body, node, at + 1), type));
  const [value, status] = body.builder.emit('call_indirect', [index, ...operands], CLOSURE_SIGNATURE);
  if (value === undefined || status === undefined) throw new Error('a closure entry has two results');
  body.check(status, null, node);
  return value;
}

function callResume(body: LibraryBody, node: ts.CallExpression): Value {
  const index = body.lowerAs(argument(body, node, 0), 'i32');
  const operands = [body.lowerAs(argument(body, node, 1), 'ref'), body.lowerAs(argument(body, node, 2), 'i32')];
  const [value, status] = body.builder.emit('call_indirect', [index, ...operands], RESUME_SIGNATURE);
  if (value === undefined || status === undefined) throw new Error('a resume thunk has two results');
  body.builder.emit('global.set', [value], 'resumeValue');
  return status;
}

function trap(body: LibraryBody, node: ts.CallExpression): null {
  body.terminate({ kind: 'trap', code: integer(body, node, 0) });
  body.enterUnreachable();
  return null;
}

export function typeOfCall(body: LibraryBody, node: ts.CallExpression): MachineType | undefined {
  if (!ts.isIdentifier(node.expression)) return undefined;
  const name = body.scope.intrinsicNamed(body.self.file, node.expression.text);
  if (name !== undefined) return INTRINSICS[name]?.result ?? STATIC[name]?.result;
  if (isKindShape(body, node)) return 'i32';
  return body.scope.functionNamed(body.self.file, node.expression.text)?.result;
}

/** `kindShape` of jit/abi.ts with a kind that is known only at run time. */
function isKindShape(body: LibraryBody, node: ts.CallExpression): boolean {
  if (!ts.isIdentifier(node.expression)) return false;
  const imported = body.self.file.imports.get(node.expression.text);
  return imported?.module === 'abi' && imported.name === 'kindShape';
}

function kindShapeOf(body: LibraryBody, node: ts.CallExpression): Value {
  const { builder } = body;
  const offset = builder.op('i32.mul', [body.lowerAs(argument(body, node, 0), 'i32'), builder.i32(ARENA.kindShapeBytes)]);
  return builder.op('i32.add', [offset, builder.i32(ARENA.kindShapes)]);
}

export function lowerCall(body: LibraryBody, node: ts.CallExpression): Typed {
  if (!ts.isIdentifier(node.expression)) return body.refuse(node, 'calls of anything but a named function');
  const local = node.expression.text;
  const name = body.scope.intrinsicNamed(body.self.file, local);
  if (name === undefined) {
    if (isKindShape(body, node)) return { type: 'i32', value: kindShapeOf(body, node) };
    const target = body.scope.functionNamed(body.self.file, local);
    return target ? callFunction(body, node, target) : body.refuse(node.expression, `a function ${local}`);
  }
  const special = STATIC[name];
  if (special) return { type: special.result, value: special.emit(body, node) };
  const intrinsic = INTRINSICS[name];
  return intrinsic ? callIntrinsic(body, node, intrinsic) : body.refuse(node.expression, `the intrinsic ${name}`);
}

function callFunction(body: LibraryBody, node: ts.CallExpression, target: LibraryFunction): Typed {
  if (node.arguments.length !== target.params.length) {
    return body.refuse(node, `a call of ${target.name} with ${node.arguments.length} arguments in place of ${target.params.length}`);
  }
  const operands = target.params.map(({ type }, index) => body.lowerAs(argument(body, node, index), type));
  const results = body.builder.call(target.name, operands);
  const status = results.at(-1);
  if (status === undefined) throw new Error('before inference every function has a status');
  body.check(status, target.name, node);
  return { type: target.result, value: IR_TYPE[target.result] ? (results[0] ?? null) : null };
}

function lowerOperand(body: LibraryBody, node: ts.Expression, type: ParamType): Value {
  if (type !== 'addr') return body.lowerAs(node, type);
  const typed = body.lower(node);
  if (typed.type === 'ref' && typed.value !== null) return typed.value;
  return body.expressions.convert(body, typed, typed.type === 'str' ? 'ref' : 'i32', node);
}

function callIntrinsic(body: LibraryBody, node: ts.CallExpression, intrinsic: Intrinsic): Typed {
  const { params, memory } = intrinsic;
  const supplied = params.length + (memory ? 1 : 0);
  if (node.arguments.length !== supplied) return body.refuse(node, `this intrinsic with other than ${supplied} arguments`);
  let offset = 0;
  const operands: Value[] = [];
  params.forEach((type, index) => {
    if (memory && index === 1) offset = memoryOffset(body, node, operands);
    operands.push(lowerOperand(body, argument(body, node, memory && index > 0 ? index + 1 : index), type));
  });
  if (memory && params.length === 1) offset = memoryOffset(body, node, operands);
  return { type: intrinsic.result, value: intrinsic.emit(body.builder, operands, offset) };
}

/** A constant offset is an immediate; another is added to the address. */
function memoryOffset(body: LibraryBody, node: ts.CallExpression, operands: Value[]): number {
  const offset = argument(body, node, 1);
  const constant = body.constant(offset);
  if (typeof constant === 'number' && constant >= 0) return constant;
  const [address] = operands;
  if (address === undefined) throw new Error('a memory access has an address');
  const added = body.lowerAs(offset, 'i32');
  const traced = body.func.valueTypes[address] === 'ref';
  operands[0] = traced ? body.builder.op('elem.addr', [address, added], 0) : body.builder.op('i32.add', [address, added]);
  return 0;
}
