/** Lowers the body of a unit: parameters with defaults and patterns, then its statements or its expression. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { Refused } from '../refusals.js';
import { parametersOf, type FunctionNode, type Unit } from './bindings.js';
import { cleanUp } from './cleanup.js';
import { lowerMaker } from './constructors.js';
import { convertTo } from './convert.js';
import { bindPattern, withDefault } from './destructuring.js';
import { startGenerator, takeGenerator } from './generators.js';
import { GuestBody } from './guest-body.js';
import { GUEST_LANGUAGE } from './guest-language.js';
import { parameterRep, type Program } from './program.js';
import type { Operand } from './representation.js';
import { contentOf } from './scope-syntax.js';

/** Runs a lowering; what it refuses becomes a diagnostic. */
export function collectRefusals(program: Program, lower: () => void): void {
  try {
    lower();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    program.diagnostics.push(error.diagnostic);
  }
}

export function lowerUnit(program: Program, unit: Unit): void {
  const { node } = unit;
  if (ts.isSourceFile(node)) throw new Error('the top level is lowered by modules.ts');
  const func = program.module.functions.get(unit.symbol);
  if (!func) throw new Error(`${unit.symbol} was not declared`);
  const body = new GuestBody(func, program, unit, GUEST_LANGUAGE);
  collectRefusals(program, () => {
    lowerFunction(body, node);
    cleanUp(func);
  });
  program.lowered.push({ func, escapes: body.escapes, keepsStatus: false });
}

function lowerFunction(body: GuestBody, node: FunctionNode): void {
  const { unit } = body;
  const values = body.builder.entry();
  body.ssa.seal(body.builder.current);
  body.locate(node);
  if (unit.generator) takeGenerator(body, next(values));
  for (const binding of unit.captures) body.ssa.write(body.variable(binding), next(values));
  if (unit.self) bindSelf(body, next(values));
  const lowerParameters = (): void => parametersOf(node).forEach((parameter) => lowerParameter(body, parameter, next(values)));
  if (unit.constructs) {
    lowerMaker(body, unit.constructs, values[0] ?? null, lowerParameters);
    if (!body.closed) body.returnOperand({ rep: 'val', value: body.undefinedValue() }, node);
  } else {
    lowerParameters();
    lowerContent(body, node);
  }
  body.finish();
}

function lowerContent(body: GuestBody, node: FunctionNode): void {
  const finish = body.unit.generator ? startGenerator(body, node) : null;
  body.enterScope(node);
  const content = contentOf(node);
  if (!content) throw new Error('an ambient function has no unit');
  if (ts.isBlock(content)) body.statements(content.statements);
  else body.returnOperand(body.expression(content), content);
  if (!body.closed) body.returnOperand({ rep: 'val', value: body.undefinedValue() }, node);
  finish?.();
}

function next(values: Value[]): Value {
  const value = values.shift();
  if (value === undefined) throw new Error('a function has a parameter for each of its inputs');
  return value;
}

function bindSelf(body: GuestBody, value: Value): void {
  const { self } = body.unit;
  if (self) body.ssa.write(body.variable(self), value);
}

function lowerParameter(body: GuestBody, parameter: ts.ParameterDeclaration, value: Value): void {
  if (parameter.dotDotDotToken) {
    const array: Operand = { rep: 'val', value: body.builder.op('val.box', [value], 0xfffa) };
    return bindPattern(body, parameter.name, array, 'argument');
  }
  const given: Operand = { rep: parameterRep(body.unit, parameter), value };
  const operand = parameter.initializer ? withDefault(body, given, parameter.initializer) : given;
  const rep = parameter.questionToken ? 'val' : (body.unit.parameterReps.get(parameter) ?? 'val');
  const checked: Operand = { rep, value: convertTo(body, operand, rep, parameter) };
  bindPattern(body, parameter.name, checked, parameter.initializer ? 'defaulted argument' : 'argument');
}
