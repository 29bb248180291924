/**
 * Constructors: `new` of a class that is known, makers (K1 in class-scopes.ts), `super(…)`, fields.
 *
 * An instance is made by whoever says `new`, with the descriptor of that class, and handed down the makers as `this`.
 * C1 Fields are defined before the constructor's own code in a class that extends nothing, else when `super(…)` returns:
 *    parameter properties first, as undefined, then fields with their initializers; then parameter properties get values.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import { definerSymbol, setterSymbol } from './accessors.js';
import { lowerArguments, makeArray, type Arguments } from './arguments.js';
import { takesList, type ClassFacts } from './bindings.js';
import { descriptorSymbol, fieldName, fieldsOf, isStaticClass } from './class-data.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { isNamedByKey, named } from './literals.js';
import type { Operand } from './representation.js';
import { thisUnit } from './scope-syntax.js';
import { argumentOf, callUnit } from './unit-calls.js';

/** `new C(…)`, C a class of the program that has been evaluated. */
export function newInstance(body: GuestBody, node: ts.NewExpression, facts: ClassFacts): Operand {
  const { program, builder } = body;
  const known = isStaticClass(program, facts);
  const value = known ? null : box(body, body.expression(node.expression));
  const args = lowerArguments(body, node.arguments ?? []);
  const descriptor = value === null
    ? builder.op('data.addr', [], descriptorSymbol(program, facts))
    : body.libValue('class_descriptor', [builder.op('ref.from_val', [value])], node);
  const self = builder.op('val.box', [body.libValue('instance_new', [descriptor], node)], TAG.object);
  callUnit(body, facts.maker, self, args, node);
  return { rep: 'val', value: self };
}

export function selfOf(body: GuestBody, node: ts.Node): Value {
  const self = body.program.facts.thisOf(body.unit);
  return self ? box(body, body.read(self)) : refuse('BR1025', node);
}

// Makers ----------------------------------------------------------------------------------------------------------------

/** The body of a maker behind its captures and `this`; `parameters` lowers those that the source writes. */
export function lowerMaker(body: GuestBody, facts: ClassFacts, list: Value | null, parameters: () => void): void {
  const { maker, parent, node } = facts;
  const content = ts.isConstructorDeclaration(maker.node) ? maker.node.body : undefined;
  if (parent.kind === 'none') defineFields(body, facts);
  else if (!content) constructParent(body, facts, { operands: [], list: takesList(maker) ? list : null }, node);
  parameters();
  body.enterScope(maker.node);
  if (parent.kind === 'none') setParameterProperties(body, facts);
  if (content) body.statements(content.statements);
}

export function lowerSuperCall(body: GuestBody, node: ts.CallExpression): Operand {
  const facts = thisUnit(body.unit)?.constructs;
  if (!facts || body.unit !== facts.maker) return refuse('BR1000', node, '`super(…)` inside another function');
  constructParent(body, facts, lowerArguments(body, node.arguments), node);
  return { rep: 'val', value: body.undefinedValue() };
}

function constructParent(body: GuestBody, facts: ClassFacts, args: Arguments, node: ts.Node): void {
  const { parent } = facts;
  const self = selfOf(body, node);
  if (parent.kind === 'error') {
    const [message, options] = [0, 1].map((index) => box(body, argumentOf(body, args, index, node)));
    if (message === undefined || options === undefined) throw new Error('two arguments were made above');
    body.lib('error_init', [body.builder.op('ref.from_val', [self]), message, options], node);
  } else if (parent.kind === 'class') callUnit(body, parent.facts.maker, self, args, node);
  else if (parent.kind === 'value') {
    const list = args.list ?? makeArray(body, args.operands.map((operand) => box(body, operand)), node);
    body.lib('super_construct', [box(body, body.read(parent.binding)), self, list], node);
  }
  defineFields(body, facts);
  setParameterProperties(body, facts);
}

// Fields ----------------------------------------------------------------------------------------------------------------

function defineFields(body: GuestBody, facts: ClassFacts): void {
  for (const field of fieldsOf(facts)) {
    const value = ts.isPropertyDeclaration(field) ? initialValue(body, field, () => selfOf(body, field)) : body.undefinedValue();
    const key = facts.fieldKeys.get(field);
    if (key && ts.isPropertyDeclaration(field)) defineComputed(body, field, box(body, body.read(key)), value);
    else defineField(body, selfOf(body, field), fieldName(body.program, field), value, field);
  }
}

function defineComputed(body: GuestBody, field: ts.PropertyDeclaration, key: Value, value: Value): void {
  const shown = isNamedByKey(field) ? named(body, value, '', key, field) : value;
  body.lib('field_define', [selfOf(body, field), body.builder.op('ref.from_val', [key]), shown], field);
}

function setParameterProperties(body: GuestBody, facts: ClassFacts): void {
  for (const field of fieldsOf(facts)) {
    if (!ts.isParameter(field) || !ts.isIdentifier(field.name)) continue;
    const binding = body.program.facts.bindingOf(field.name);
    if (!binding) throw new Error('a parameter is a binding');
    const [status] = body.builder.call(setterSymbol(body.program, field.name.text), [selfOf(body, field), box(body, body.read(binding))]);
    if (status === undefined) throw new Error('an accessor gives a status');
    body.check(status, null, field);
  }
}

function defineField(body: GuestBody, self: Value, name: string, value: Value, node: ts.Node): void {
  const [status] = body.builder.call(definerSymbol(body.program, name), [self, value]);
  if (status === undefined) throw new Error('an accessor gives a status');
  body.check(status, null, node);
}

/** The first value of a field: a constant in place, anything else by a call of its initializer. */
export function initialValue(body: GuestBody, field: ts.PropertyDeclaration, self: () => Value): Value {
  const { initializer } = field;
  if (!initializer) return body.undefinedValue();
  if (isConstant(initializer)) return box(body, body.expression(initializer));
  return box(body, callUnit(body, body.program.facts.unitOf(field), self(), { operands: [], list: null }, field));
}

const CONSTANT_WORDS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]);

function isConstant(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((each) => !ts.isSpreadElement(each) && isConstant(each));
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  return ts.isNumericLiteral(node) || ts.isStringLiteralLike(node) || CONSTANT_WORDS.has(node.kind);
}
