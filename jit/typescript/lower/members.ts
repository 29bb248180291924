/** Properties and elements: reading, writing, deleting. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { STRING } from '../../abi.js';
import { refuse } from '../refusals.js';
import { getterSymbol, setterSymbol } from './accessors.js';
import { box } from './convert.js';
import { lowerForeignMember } from './closures.js';
import { readElement, readLength, writeElement } from './fast-paths.js';
import { isSuper, privatePlace, superProperty } from './class-access.js';
import { leaveChainIfNullish } from './chains.js';
import { isLibraryMethod } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { enumConstant, numberConstant } from './prediction.js';
import type { Operand, Place } from './representation.js';
import { lowerKey, lowerSymbol, readIterationMethod } from './symbol-keys.js';
import { isIterationKey, wellKnownKey } from './well-known.js';

/** Keys that get_element treats as positions. */
const INDEX_NAME = /^(0|[1-9][0-9]*)$/;

export function lowerProperty(body: GuestBody, node: ts.PropertyAccessExpression): Operand {
  const { checker, facts } = body.program;
  const constant = enumConstant(node, checker) ?? numberConstant(node, facts);
  if (typeof constant === 'number') return { rep: 'f64', value: body.builder.f64(constant) };
  if (typeof constant === 'string') return { rep: 'str', value: body.text(constant) };
  if (isSuper(node.expression)) return superProperty(body, node);
  if (!ts.isIdentifier(node.name)) {
    const object = body.expression(node.expression);
    if (node.questionDotToken) leaveChainIfNullish(body, object);
    return privatePlace(body, node, node.name, object).read();
  }
  if ((checker.getSymbolAtLocation(node.name)?.flags ?? 0) & ts.SymbolFlags.Prototype) return refuse('BR1011', node);
  const foreign = lowerSymbol(body, node) ?? lowerForeignMember(body, node);
  if (foreign) return foreign;
  refuseLibraryMethod(body, node);
  const object = body.expression(node.expression);
  if (node.questionDotToken) leaveChainIfNullish(body, object);
  return getProperty(body, object, node.name.text, node);
}

/** A method of the library taken off its object would lose it. */
function refuseLibraryMethod(body: GuestBody, node: ts.PropertyAccessExpression): void {
  if (isLibraryMethod(body.program.checker.getSymbolAtLocation(node.name))) refuse('BR1024', node, node.getText());
}

export function getProperty(body: GuestBody, object: Operand, name: string, node: ts.Node): Operand {
  if (name === 'length') {
    const length = lengthOf(body, object, node);
    if (length) return length;
  }
  if (name === 'constructor') return { rep: 'val', value: body.libValue('constructor_of', [box(body, object)], node) };
  const [value, status] = body.builder.call(getterSymbol(body.program, name), [box(body, object)]);
  if (value === undefined || status === undefined) throw new Error('an accessor gives a value and a status');
  body.check(status, null, node);
  return { rep: 'val', value };
}

function lengthOf(body: GuestBody, object: Operand, node: ts.Node): Operand | null {
  const { builder } = body;
  if (object.rep === 'str') {
    return { rep: 'f64', value: builder.op('f64.convert_i32_s', [builder.load('i32', object.value, STRING.length)]) };
  }
  const source = ts.isPropertyAccessExpression(node) && !ts.isOptionalChain(node) ? node.expression : null;
  if (!source || !body.program.predictor.hasLength(body.typeOf(source))) return null;
  return { rep: 'f64', value: readLength(body, box(body, object), node) };
}

export function setProperty(body: GuestBody, object: Operand, name: string, operand: Operand, node: ts.Node): void {
  const [status] = body.builder.call(setterSymbol(body.program, name), [box(body, object), box(body, operand)]);
  if (status === undefined) throw new Error('an accessor gives a status');
  body.check(status, null, node);
}

export function propertyPlace(body: GuestBody, node: ts.PropertyAccessExpression, object: Operand): Place {
  const { name } = node;
  if (!ts.isIdentifier(name)) return privatePlace(body, node, name, object);
  if (name.text === '__proto__' || name.text === 'prototype') return refuse('BR1011', node);
  return {
    read: () => getProperty(body, object, name.text, node),
    write: (operand) => setProperty(body, object, name.text, operand, node),
  };
}

// Elements --------------------------------------------------------------------------------------------------------------

export function lowerElement(body: GuestBody, node: ts.ElementAccessExpression): Operand {
  const { argumentExpression } = node;
  const constant = enumConstant(node, body.program.checker);
  if (typeof constant === 'number') return { rep: 'f64', value: body.builder.f64(constant) };
  if (typeof constant === 'string') return { rep: 'str', value: body.text(constant) };
  const object = body.expression(node.expression);
  if (node.questionDotToken) leaveChainIfNullish(body, object);
  if (ts.isStringLiteralLike(argumentExpression) && !INDEX_NAME.test(argumentExpression.text)) {
    return getProperty(body, object, argumentExpression.text, node);
  }
  const name = wellKnownKey(argumentExpression);
  if (name !== null && isIterationKey(name)) return readIterationMethod(body, box(body, object), name, node);
  return getElement(body, object, lowerKey(body, argumentExpression), node);
}

export function getElement(body: GuestBody, object: Operand, key: Operand, node: ts.Node): Operand {
  if (key.rep !== 'f64') return { rep: 'val', value: body.libValue('get_element', [box(body, object), box(body, key)], node) };
  const boxed = box(body, object);
  const value = isArrayAccess(body, node) ? readElement(body, boxed, key.value, node) : body.libValue('element_get', [boxed, key.value], node);
  return { rep: 'val', value };
}

/** True where the checker takes the object of an element access for an array. */
function isArrayAccess(body: GuestBody, node: ts.Node): boolean {
  if (!ts.isElementAccessExpression(node)) return false;
  const type = body.typeOf(node.expression);
  const { checker } = body.program;
  return checker.isArrayType(type) || checker.isTupleType(type);
}

export function elementPlace(body: GuestBody, node: ts.Node, object: Operand, key: Operand): Place {
  const boxed = box(body, object);
  const boxedKey = key.rep === 'f64' ? null : box(body, key);
  return {
    read: () => getElement(body, { rep: 'val', value: boxed }, key, node),
    write: (operand) => {
      if (boxedKey === null && isArrayAccess(body, node)) writeElement(body, boxed, key.value, box(body, operand), node);
      else if (boxedKey === null) body.lib('element_set', [boxed, key.value, box(body, operand)], node);
      else body.lib('set_element', [boxed, boxedKey, box(body, operand)], node);
    },
  };
}

export function lowerDelete(body: GuestBody, node: ts.DeleteExpression): Operand {
  const target = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression;
  let object: Operand;
  let key: Value;
  if (ts.isOptionalChain(target)) return refuse('BR1030', node);
  if (ts.isPropertyAccessExpression(target) && ts.isIdentifier(target.name)) {
    object = body.expression(target.expression);
    key = box(body, { rep: 'str', value: body.text(target.name.text) });
  } else if (ts.isElementAccessExpression(target)) {
    object = body.expression(target.expression);
    key = box(body, lowerKey(body, target.argumentExpression));
  } else return refuse('BR1030', node);
  return { rep: 'bool', value: body.libValue('delete_property', [box(body, object), key], node) };
}
