/** Direct calls of units of the program: captures, `this`, then arguments in the representations of the parameters. */
import type ts from 'typescript';
import type { Value } from '../../../ir/types.js';
import { ARRAY } from '../../abi.js';
import { makeArray, type Arguments } from './arguments.js';
import { parametersOf, takesList, type Unit } from './bindings.js';
import { box, convertTo } from './convert.js';
import { callGenerator } from './generator-calls.js';
import type { GuestBody } from './guest-body.js';
import { parameterRep } from './program.js';
import type { Operand } from './representation.js';

export function callUnit(body: GuestBody, unit: Unit, self: Value, args: Arguments, node: ts.Node): Operand {
  const operands = unit.captures.map((binding) => (binding.storage === 'cell' ? body.ssa.read(body.variable(binding)) : body.read(binding).value));
  if (unit.self) operands.push(self);
  if (takesList(unit)) operands.push(args.list ?? makeArray(body, args.operands.map((operand) => box(body, operand)), node));
  else operands.push(...argumentsFor(body, unit, args, node));
  return callBody(body, unit, operands, node);
}

/** Calls the body of a unit with all its operands; gives what a caller sees: a generator, a promise or the result. */
export function callBody(body: GuestBody, unit: Unit, operands: readonly Value[], node: ts.Node): Operand {
  const { builder } = body;
  if (unit.generator) return callGenerator(body, unit, operands, node);
  if (unit.async) {
    const [value, status] = builder.call(unit.symbol, [body.zero('ref'), builder.i32(0), ...operands]);
    if (value === undefined || status === undefined) throw new Error('an async body has two results');
    return { rep: 'val', value: body.libValue('promise_from_call', [value, status], node) };
  }
  const [value, status] = builder.call(unit.symbol, operands);
  if (value === undefined || status === undefined) throw new Error('before inference every function has a status');
  body.check(status, unit.symbol, node);
  return { rep: unit.result, value };
}

function argumentsFor(body: GuestBody, unit: Unit, args: Arguments, node: ts.Node): Value[] {
  return parametersOf(unit.node).map((parameter, index) => {
    if (parameter.dotDotDotToken) return restFrom(body, args, index, node);
    return convertTo(body, argumentOf(body, args, index, node), parameterRep(unit, parameter), node);
  });
}

/** An argument by its position, undefined where it is missing. */
export function argumentOf(body: GuestBody, { list, operands }: Arguments, index: number, node: ts.Node): Operand {
  if (list !== null) return { rep: 'val', value: body.libValue('argument_at', [list, body.builder.i32(index)], node) };
  return operands[index] ?? { rep: 'val', value: body.undefinedValue() };
}

function restFrom(body: GuestBody, { list, operands }: Arguments, from: number, node: ts.Node): Value {
  if (list === null) return makeArray(body, operands.slice(from).map((operand) => box(body, operand)), node);
  return body.libValue('array_part_from', [list, body.builder.i32(from), body.builder.load('i32', list, ARRAY.length)], node);
}
