/**
 * Calls: direct ones to functions of the program, host functions, methods, and calls of values; `new`.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { LOG_LEVELS, SYMBOL_NAMES, TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import { lowerArguments, makeArray } from './arguments.js';
import { parametersOf, type Unit } from './bindings.js';
import { box, convertTo } from './convert.js';
import { callKnownMethod, callSuperMethod, hasKnownMethod, isSuper, privatePlace } from './class-access.js';
import { lowerSuperCall, newInstance, selfOf } from './constructors.js';
import { leaveChainIfNullish } from './chains.js';
import { hostDeclarationOf, isForeign, refuseName } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { callBoxed } from './call-values.js';
import { restoresPrototype } from './library-classes.js';
import { argumentAt, callLibrary, callMethod, isQuiet } from './library-calls.js';
import { getElement, getProperty } from './members.js';
import { parameterRep } from './program.js';
import type { Operand } from './representation.js';
import { lowerKey } from './symbol-keys.js';
import { callBody } from './unit-calls.js';
import { isIterationKey, wellKnownKey } from './well-known.js';
import { wordingOf } from './wording.js';

const unwrap = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) ? unwrap(node.expression) : node;

export function lowerCall(body: GuestBody, node: ts.CallExpression): Operand {
  const callee = unwrap(node.expression);
  if (isSuper(callee)) return lowerSuperCall(body, node);
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return refuse('BR1004', node);
  const direct = body.program.facts.directCallee(node.expression);
  if (direct) return callDirect(body, node, direct);
  if (ts.isIdentifier(callee) && isForeign(body.program, callee)) return callForeign(body, node, callee);
  if (ts.isPropertyAccessExpression(callee)) return callProperty(body, node, callee);
  if (ts.isElementAccessExpression(callee)) {
    const object = body.expression(callee.expression);
    if (callee.questionDotToken) leaveChainIfNullish(body, object);
    const key = wellKnownKey(callee.argumentExpression);
    if (key !== null && isIterationKey(key)) return callIteratorMethod(body, node, object, key);
    const method = getElement(body, object, lowerKey(body, callee.argumentExpression), callee);
    return callValue(body, node, method, box(body, object));
  }
  return callValue(body, node, body.expression(node.expression), body.undefinedValue());
}

/** `x[Symbol.iterator]()`. */
function callIteratorMethod(body: GuestBody, node: ts.CallExpression, object: Operand, key: string): Operand {
  const name = key === SYMBOL_NAMES.iterator ? 'iterator_of' : 'async_iterator_of';
  return { rep: 'val', value: body.libValue(name, [box(body, object), body.text(wordingOf(node.expression))], node) };
}

// Functions of the program ----------------------------------------------------------------------------------------------

/** Operands of a direct call: captures, `this`, then arguments in the representations of the parameters. */
export function directOperands(body: GuestBody, node: ts.CallExpression, unit: Unit): Value[] {
  const captures = unit.captures.map((binding) =>
    binding.storage === 'cell' ? body.ssa.read(body.variable(binding)) : body.read(binding).value,
  );
  if (unit.self) captures.push(body.undefinedValue());
  const given = node.arguments.map((argument) => body.expression(argument));
  const operands = parametersOf(unit.node).map((parameter, index) => {
    if (parameter.dotDotDotToken) return makeArray(body, given.slice(index).map((operand) => box(body, operand)), node);
    const operand = given[index] ?? { rep: 'val' as const, value: body.undefinedValue() };
    return convertTo(body, operand, parameterRep(unit, parameter), node.arguments[index] ?? node);
  });
  return [...captures, ...operands];
}

function callDirect(body: GuestBody, node: ts.CallExpression, unit: Unit): Operand {
  return callBody(body, unit, directOperands(body, node, unit), node);
}

// Host functions and globals of the library -----------------------------------------------------------------------------

function callForeign(body: GuestBody, node: ts.CallExpression, callee: ts.Identifier): Operand {
  const declaration = hostDeclarationOf(body.program, callee);
  if (declaration) {
    const index = body.builder.i32(body.program.hostFunction(declaration));
    const { operands, list } = lowerArguments(body, node.arguments);
    const args = list ?? makeArray(body, operands.map((operand) => box(body, operand)), node);
    return { rep: 'val', value: body.builder.op('val.box', [body.libValue('host_call', [index, args], node)], TAG.object) };
  }
  if (callee.text === 'eval') return refuse('BR1001', node);
  // No argument is not the same as undefined here.
  if (node.arguments.length === 0 && callee.text === 'String') return { rep: 'str', value: body.text('') };
  if (node.arguments.length === 0 && callee.text === 'Number') return { rep: 'f64', value: body.builder.f64(0) };
  if (isErrorClass(callee.text)) return newError(body, node, callee.text);
  const signature = body.program.libraryFunction(`global_${callee.text}`) ?? body.program.libraryFunction(`${callee.text}$new`);
  if (!signature) return refuseName(node, callee.text, 'BR1021');
  return callLibrary(body, signature, null, lowerArguments(body, node.arguments), node);
}

// Methods and values ----------------------------------------------------------------------------------------------------

function callProperty(body: GuestBody, node: ts.CallExpression, callee: ts.PropertyAccessExpression): Operand {
  const { expression, name } = callee;
  if (isSuper(expression)) return callSuperMethod(body, node, callee);
  if (restoresPrototype(body, node)) return { rep: 'val', value: selfOf(body, node) };
  if (ts.isIdentifier(expression) && isForeign(body.program, expression)) return callStatic(body, node, expression.text, name.text);
  const object = body.expression(expression);
  if (callee.questionDotToken) leaveChainIfNullish(body, object);
  return (ts.isIdentifier(name) ? callMethod(body, node, callee, object) : null) ?? callOwnMethod(body, node, callee, object);
}

function callOwnMethod(body: GuestBody, node: ts.CallExpression, callee: ts.PropertyAccessExpression, object: Operand): Operand {
  const { name } = callee;
  const receiver = box(body, object);
  if (!ts.isIdentifier(name)) return callValue(body, node, privatePlace(body, callee, name, object).read(), receiver);
  if (node.questionDotToken || !hasKnownMethod(body.program, name.text)) {
    return callValue(body, node, getProperty(body, object, name.text, callee), receiver);
  }
  if (!node.arguments.every(isQuiet)) body.lib('check_receiver', [receiver, body.text(name.text)], callee);
  const args = lowerArguments(body, node.arguments);
  return callKnownMethod(body, node, name.text, receiver, args, () => {
    const method = getProperty(body, object, name.text, callee);
    return { rep: 'val', value: callBoxed(body, node, box(body, method), receiver, args) };
  });
}

function callStatic(body: GuestBody, node: ts.CallExpression, object: string, name: string): Operand {
  const level = object === 'console' ? LOG_LEVELS.findIndex((each) => each === name) : -1;
  if (level >= 0) return callConsole(body, node, level);
  const signature = body.program.libraryFunction(`${object}$${name}`);
  if (!signature) return refuse('BR1021', node, `${object}.${name}`);
  return callLibrary(body, signature, null, lowerArguments(body, node.arguments), node);
}

function callConsole(body: GuestBody, node: ts.CallExpression, level: number): Operand {
  const { operands, list } = lowerArguments(body, node.arguments);
  const args = list ?? makeArray(body, operands.map((operand) => box(body, operand)), node);
  body.lib('log', [body.builder.i32(level), args], node);
  return { rep: 'val', value: body.undefinedValue() };
}

/** Calls a boxed value, which may be no function. */
function callValue(body: GuestBody, node: ts.CallExpression, callee: Operand, self: Value): Operand {
  if (node.questionDotToken) leaveChainIfNullish(body, callee);
  return { rep: 'val', value: callBoxed(body, node, box(body, callee), self, lowerArguments(body, node.arguments)) };
}

// new -------------------------------------------------------------------------------------------------------------------

const isErrorClass = (name: string): boolean => name.endsWith('Error') && name !== 'AggregateError';

export function lowerNew(body: GuestBody, node: ts.NewExpression): Operand {
  const callee = unwrap(node.expression);
  const known = body.program.facts.directClass(node.expression);
  if (known) return newInstance(body, node, known);
  if (!ts.isIdentifier(callee) || !isForeign(body.program, callee)) return newOfValue(body, node);
  if (isErrorClass(callee.text)) return newError(body, node, callee.text);
  const signature = body.program.libraryFunction(`${callee.text}$new`);
  if (!signature) return refuseName(node, callee.text, 'BR1021');
  return callLibrary(body, signature, null, lowerArguments(body, node.arguments ?? []), node);
}

function newError(body: GuestBody, node: ts.NewExpression | ts.CallExpression, className: string): Operand {
  const args = lowerArguments(body, node.arguments ?? []);
  const [message, options] = [0, 1].map((index) => argumentAt(body, args, index, node) ?? { rep: 'val' as const, value: body.undefinedValue() });
  if (message === undefined || options === undefined) throw new Error('two operands were made above');
  const error = body.libValue('error_new', [body.classDescriptor(className), box(body, message), box(body, options)], node);
  return { rep: 'val', value: body.builder.op('val.box', [error], TAG.object) };
}

/** `new` of a value, which may be no class. */
function newOfValue(body: GuestBody, node: ts.NewExpression): Operand {
  const callee = box(body, body.expression(node.expression));
  const { operands, list } = lowerArguments(body, node.arguments ?? []);
  const args = list ?? makeArray(body, operands.map((operand) => box(body, operand)), node);
  return { rep: 'val', value: body.libValue('construct_list', [callee, args, body.text(wordingOf(node.expression))], node) };
}
