/** Access to members of classes by other ways than their public names: `super.name`, `#name`; calls of methods directly. */
import ts = require('typescript');
import type { Block, Value } from '../../../ir/types.js';
import { OBJECT_HEADER } from '../../abi.js';
import { refuse } from '../refusals.js';
import { getterSymbol, setterSymbol } from './accessors.js';
import { lowerArguments, type Arguments } from './arguments.js';
import type { ClassFacts, Unit } from './bindings.js';
import { callBoxed } from './call-values.js';
import { brandOf } from './class-scopes.js';
import { descriptorSymbol, instanceShape, isStaticClass, isStaticMember, membersOf, privateName } from './class-data.js';
import { selfOf } from './constructors.js';
import { box, branchIfObject } from './convert.js';
import type { GuestBody } from './guest-body.js';
import { merge } from './merge.js';
import type { Program } from './program.js';
import type { Operand, Place } from './representation.js';
import { thisUnit } from './scope-syntax.js';
import { callUnit } from './unit-calls.js';

// super -----------------------------------------------------------------------------------------------------------------

export const isSuper = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.SuperKeyword;

/** `super.name`, with `this` as the receiver of getters. */
export function superProperty(body: GuestBody, node: ts.PropertyAccessExpression): Operand {
  const { parent, isStatic } = superOf(body, node);
  const name = body.text(node.name.text);
  const self = selfOf(body, node);
  if (isStatic) {
    if (parent.kind !== 'class' && parent.kind !== 'value') return refuse('BR1021', node, node.getText());
    return { rep: 'val', value: body.libValue('super_static_get', [box(body, body.read(parent.binding)), name, self], node) };
  }
  return { rep: 'val', value: body.libValue('super_get', [inheritedDescriptor(body, parent, node), name, self], node) };
}

/** `super.name = v`. */
export function superPlace(body: GuestBody, node: ts.PropertyAccessExpression): Place {
  const { parent, isStatic } = superOf(body, node);
  if (isStatic) return refuse('BR1021', node, `an assignment to ${node.getText()} in a static member`);
  return {
    read: () => superProperty(body, node),
    write: (operand) => {
      const operands = [inheritedDescriptor(body, parent, node), body.text(node.name.text), selfOf(body, node), box(body, operand)];
      body.lib('super_set', operands, node);
    },
  };
}

/** What `super` stands for. */
function superOf(body: GuestBody, node: ts.PropertyAccessExpression): { readonly parent: ClassFacts['parent']; readonly isStatic: boolean } {
  const method = thisUnit(body.unit);
  const around = ts.findAncestor(node, ts.isClassLike);
  if (!method || !around || ts.isSourceFile(method.node) || !ts.isClassLike(method.node.parent)) return refuse('BR1025', node, '`super`');
  const { parent } = body.program.facts.classOf(around);
  return { parent, isStatic: isStaticMember(method.node) || ts.isClassStaticBlockDeclaration(method.node) };
}

function inheritedDescriptor(body: GuestBody, parent: ClassFacts['parent'], node: ts.PropertyAccessExpression): Value {
  if (parent.kind === 'none') return refuse('BR1021', node, node.getText());
  if (parent.kind === 'error') return body.classDescriptor(parent.name);
  if (parent.kind === 'class' && isStaticClass(body.program, parent.facts)) return body.builder.op('data.addr', [], descriptorSymbol(body.program, parent.facts));
  return body.libValue('class_parent', [box(body, body.read(parent.binding))], node);
}

export function callSuperMethod(body: GuestBody, node: ts.CallExpression, callee: ts.PropertyAccessExpression): Operand {
  const declared = body.program.checker.getSymbolAtLocation(callee.name)?.declarations ?? [];
  if (declared.some((each) => ts.isInterfaceDeclaration(each.parent))) {
    const isErrorText = callee.name.text === 'toString' && declared.some(({ parent }) => ts.isInterfaceDeclaration(parent) && parent.name.text === 'Error');
    if (!isErrorText) return refuse('BR1021', callee, callee.getText());
    return { rep: 'str', value: body.libValue('Error_toString', [body.builder.op('ref.from_val', [selfOf(body, node)])], node) };
  }
  const method = superProperty(body, callee);
  return { rep: 'val', value: callBoxed(body, node, box(body, method), selfOf(body, node), lowerArguments(body, node.arguments)) };
}

// Private names ---------------------------------------------------------------------------------------------------------

export function privatePlace(body: GuestBody, node: ts.PropertyAccessExpression, name: ts.PrivateIdentifier, object: Operand): Place {
  const stored = privateName(body.program, name);
  const boxed = box(body, object);
  const brand = brandValue(body, name);
  if (brand) body.lib('check_brand', [boxed, brand, body.text(name.text)], node);
  return {
    read: () => {
      const [value, status] = body.builder.call(getterSymbol(body.program, stored), [boxed]);
      if (value === undefined || status === undefined) throw new Error('an accessor gives a value and a status');
      body.check(status, null, node);
      return { rep: 'val', value };
    },
    write: (operand) => {
      const [status] = body.builder.call(setterSymbol(body.program, stored), [boxed, box(body, operand)]);
      if (status === undefined) throw new Error('an accessor gives a status');
      body.check(status, null, node);
    },
  };
}

/** `#name in object`. */
export function lowerPrivateIn(body: GuestBody, node: ts.BinaryExpression, name: ts.PrivateIdentifier): Operand {
  const object = box(body, body.expression(node.right));
  const operands = [object, body.text(privateName(body.program, name)), body.text(name.text)];
  const has = body.libValue('private_in', operands, node);
  const brand = brandValue(body, name);
  if (!brand) return { rep: 'bool', value: has };
  return { rep: 'bool', value: body.builder.op('i32.and', [has, body.libValue('has_brand', [object, brand], node)]) };
}

/** The class that must have made the object of a private name, where that can be another evaluation's. */
function brandValue(body: GuestBody, name: ts.PrivateIdentifier): Value | null {
  const facts = brandOf(name, (node) => body.program.facts.classOf(node));
  return facts?.binding ? box(body, body.read(facts.binding)) : null;
}

// Direct calls ----------------------------------------------------------------------------------------------------------

const MAX_TARGETS = 4;

interface Target {
  readonly shape: string;
  readonly unit: Unit;
}

/**
 * Calls a method of the program's classes by its symbol where the receiver has the shape that instances of a static
 * class start with: then it has the members of that class and no field of the method's name.
 */
export function callKnownMethod(
  body: GuestBody, node: ts.CallExpression, name: string, receiver: Value, args: Arguments, otherwise: () => Operand,
): Operand {
  const targets = targetsOf(body.program, name);
  const { builder } = body;
  const [tagged, slow] = [body.block(), body.block()];
  branchIfObject(body, receiver, tagged, slow);
  body.enter(tagged);
  const shape = builder.load('ref', builder.op('ref.from_val', [receiver]), OBJECT_HEADER.shape);
  const alternatives: [Block, () => Operand][] = [];
  for (const target of targets) {
    const [hit, next] = [body.block(), body.block()];
    body.branch(builder.op('ref.eq', [shape, builder.op('data.addr', [], target.shape)]), hit, next);
    alternatives.push([hit, () => callUnit(body, target.unit, receiver, args, node)]);
    body.enter(next);
  }
  body.jump(slow);
  alternatives.push([slow, otherwise]);
  return merge(body, 'val', node, alternatives);
}

export function hasKnownMethod(program: Program, name: string): boolean {
  const { length } = targetsOf(program, name);
  return length > 0 && length <= MAX_TARGETS;
}

const targetsByName = new WeakMap<Program, Map<string, readonly Target[]>>();

function targetsOf(program: Program, name: string): readonly Target[] {
  const known = targetsByName.get(program) ?? new Map<string, readonly Target[]>();
  targetsByName.set(program, known);
  const targets = known.get(name) ?? program.facts.classes.flatMap((facts) => targetIn(program, facts, name) ?? []);
  known.set(name, targets);
  return targets;
}

function targetIn(program: Program, facts: ClassFacts, name: string): Target | null {
  if (ts.isClassDeclaration(facts.node) && ts.getModifiers(facts.node)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)) return null;
  const unit = methodOf(program, facts, name);
  const shape = unit && instanceShape(program, facts);
  return unit && shape && !program.shapes.get(shape)?.includes(name) ? { shape, unit } : null;
}

function methodOf(program: Program, facts: ClassFacts, name: string): Unit | null {
  const own = membersOf(program, facts, false).find((member) => member.name === name);
  if (own) return own.kind === 0 ? own.unit : null;
  return facts.parent.kind === 'class' ? methodOf(program, facts.parent.facts, name) : null;
}
