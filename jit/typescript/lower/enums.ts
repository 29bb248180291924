/**
 * Enums as values: an object of names to values, and of numbers back to names, as TypeScript emits it.
 *
 * Members named directly are constants (see prediction.ts); the object is made only in programs that use the enum itself.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { refuse } from '../refusals.js';
import { box } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { makeObject } from './literals.js';

export function lowerEnum(body: GuestBody, node: ts.EnumDeclaration): void {
  const constants = node.members.map((member) => body.program.checker.getConstantValue(member));
  if (constants.includes(undefined)) refuse('BR1028', node);
  const binding = body.program.facts.bindingOf(node.name);
  if (!binding) return;
  const object = makeObject(body, [], [], node);
  node.members.forEach((member, index) => {
    const name = ts.isComputedPropertyName(member.name) ? member.name.expression.getText() : member.name.text;
    const value = constants[index];
    if (typeof value === 'string') return setEntry(body, object, textValue(body, name), textValue(body, value), member);
    const number = box(body, { rep: 'f64', value: body.builder.f64(value ?? NaN) });
    setEntry(body, object, textValue(body, name), number, member);
    setEntry(body, object, number, textValue(body, name), member);
  });
  body.initialize(binding, { rep: 'val', value: object }, node);
}

const textValue = (body: GuestBody, text: string): Value => box(body, { rep: 'str', value: body.text(text) });

const setEntry = (body: GuestBody, object: Value, key: Value, value: Value, node: ts.Node): void =>
  void body.lib('set_element', [object, key, value], node);
