/** Object, array and template literals. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { OBJECT, SYMBOL_NAMES, TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import { arrayOf } from './arguments.js';
import { functionValue } from './closures.js';
import { box, toText } from './convert.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';
import { shapeSymbol } from './static-data.js';
import { wellKnownKey } from './well-known.js';

export function lowerTemplate(body: GuestBody, node: ts.TemplateExpression): Operand {
  let value: Value | null = node.head.text === '' ? null : body.text(node.head.text);
  const append = (piece: Value, at: ts.Node): void => {
    value = value === null ? piece : body.libValue('string_concat', [value, piece], at);
  };
  for (const { expression, literal } of node.templateSpans) {
    append(toText(body, body.expression(expression), expression), expression);
    if (literal.text !== '') append(body.text(literal.text), expression);
  }
  return { rep: 'str', value: value ?? body.text('') };
}

export function lowerArray(body: GuestBody, node: ts.ArrayLiteralExpression): Operand {
  const array = arrayOf(body, node.elements);
  return { rep: 'val', value: body.builder.op('val.box', [array], TAG.object) };
}

/** The static name of a property of a literal; null for computed names and for array indexes, which order differently. */
function staticName(property: ts.ObjectLiteralElementLike): string | null {
  const { name } = property;
  if (name && ts.isComputedPropertyName(name)) return wellKnownKey(name.expression);
  if (!name || ts.isNumericLiteral(name)) return null;
  if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) return null;
  return /^[0-9]/.test(name.text) ? null : name.text;
}

export function lowerObject(body: GuestBody, node: ts.ObjectLiteralExpression): Operand {
  const keys: string[] = [];
  const values: Value[] = [];
  for (const property of node.properties) {
    const name = staticName(property);
    if (name === null || keys.includes(name) || ts.isAccessor(property)) break;
    if (name === '__proto__') return refuse('BR1011', property);
    values.push(box(body, propertyValue(body, property)));
    keys.push(name);
  }
  const object = makeObject(body, keys, values, node);
  for (const property of node.properties.slice(keys.length)) addProperty(body, object, property);
  return { rep: 'val', value: object };
}

/** A new object of a static shape. Nothing may allocate between the object and its stores, and nothing does. */
export function makeObject(body: GuestBody, keys: readonly string[], values: readonly Value[], node: ts.Node): Value {
  const { builder, program } = body;
  const symbol = shapeSymbol(program.module, keys);
  program.shapes.set(symbol, keys);
  const object = body.libValue('alloc_object', [builder.op('data.addr', [], symbol)], node);
  values.forEach((value, index) => builder.store('val', object, OBJECT.slots + 8 * index, value));
  return builder.op('val.box', [object], TAG.object);
}

function propertyValue(body: GuestBody, property: ts.ObjectLiteralElementLike): Operand {
  if (ts.isPropertyAssignment(property)) return body.expression(property.initializer);
  if (ts.isShorthandPropertyAssignment(property)) return body.expression(property.name);
  if (ts.isMethodDeclaration(property)) return functionValue(body, property);
  return refuse('BR1000', property);
}

function addProperty(body: GuestBody, object: Value, property: ts.ObjectLiteralElementLike): void {
  if (ts.isSpreadAssignment(property)) {
    body.lib('copy_properties', [object, box(body, body.expression(property.expression))], property);
    return;
  }
  const name = staticName(property);
  if (name === '__proto__') return refuse('BR1011', property);
  if (ts.isAccessor(property)) return addAccessor(body, object, property, name);
  if (name !== null) {
    body.lib('set_property', [object, body.text(name), box(body, propertyValue(body, property))], property);
    return;
  }
  const key = computedKey(body, property);
  const value = box(body, propertyValue(body, property));
  body.lib('set_element', [object, key, isNamedByKey(property) ? named(body, value, '', key, property) : value], property);
}

function addAccessor(body: GuestBody, object: Value, property: ts.AccessorDeclaration, name: string | null): void {
  if (name === SYMBOL_NAMES.toStringTag) return refuse('BR1019', property, 'an accessor under `Symbol.toStringTag`');
  const setter = ts.isSetAccessor(property);
  const key = name === null ? computedKey(body, property) : box(body, { rep: 'str', value: body.text(name) });
  const func = named(body, box(body, functionValue(body, property)), setter ? 'set ' : 'get ', key, property);
  body.lib('define_accessor', [object, key, body.builder.i32(setter ? 1 : 0), func], property);
}

/** A function that was just made, with the name of its key. */
export const named = (body: GuestBody, func: Value, before: string, key: Value, node: ts.Node): Value =>
  body.libValue('function_rename', [func, body.text(before), key], node);

/** Methods, and functions without a name of their own, are called by the key they stand under. */
export function isNamedByKey(property: ts.ObjectLiteralElementLike | ts.PropertyDeclaration): boolean {
  if (ts.isMethodDeclaration(property)) return true;
  if (!ts.isPropertyAssignment(property) && !ts.isPropertyDeclaration(property)) return false;
  const { initializer } = property;
  return initializer !== undefined && isAnonymousFunction(initializer);
}

function isAnonymousFunction(initializer: ts.Expression): boolean {
  return ts.isArrowFunction(initializer) || (ts.isFunctionExpression(initializer) && !initializer.name);
}

function computedKey(body: GuestBody, { name }: ts.ObjectLiteralElementLike): Value {
  if (name && ts.isComputedPropertyName(name)) return body.libValue('property_key', [box(body, body.expression(name.expression))], name);
  if (name && ts.isNumericLiteral(name)) return box(body, { rep: 'f64', value: body.builder.f64(Number(name.text)) });
  if (name && ts.isStringLiteralLike(name)) return box(body, { rep: 'str', value: body.text(name.text) });
  return refuse('BR1000', name ?? body.program.file);
}
