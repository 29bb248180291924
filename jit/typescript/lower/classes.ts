/**
 * Classes: what evaluating a declaration or expression does, and what `super` and private names mean in members.
 *
 * The value of a class is a closure over the object with its static properties, the address of its descriptor and what
 * its constructor captures (CLASS_CLOSURE in jit/abi.ts). Descriptors of static classes (class-data.ts) lie in static
 * data. Other classes get a descriptor per evaluation, since captured variables differ from one to the next: a copy of
 * the template, with the parent of that evaluation and a closure for each member.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { CLASS } from '../../abi.js';
import { refuse } from '../refusals.js';
import type { ClassFacts } from './bindings.js';
import { classInfoSymbol, descriptorSymbol, isDeclaredOnly, isStaticClass, isStaticMember, memberName, membersOf } from './class-data.js';
import { allocateClosure, capturedValues, functionValue } from './closures.js';
import { initialValue } from './constructors.js';
import { box } from './convert.js';
import { isForeign } from './foreign.js';
import { entrySymbol } from './function-infos.js';
import type { GuestBody } from './guest-body.js';
import { isErrorName } from './library-classes.js';
import { isNamedByKey, named } from './literals.js';
import type { Operand } from './representation.js';
import { isAmbient, isDynamicName } from './scope-syntax.js';
import { callUnit } from './unit-calls.js';

export function lowerClassDeclaration(body: GuestBody, node: ts.ClassDeclaration): void {
  if (!isAmbient(node)) classValue(body, node);
}

export const lowerClassExpression = (body: GuestBody, node: ts.ClassExpression): Operand => ({ rep: 'val', value: classValue(body, node) });

function classValue(body: GuestBody, node: ts.ClassLikeDeclaration): Value {
  const { program, builder } = body;
  const facts = program.facts.classOf(node);
  refuseMembers(node);
  body.enterScope(node);
  const parent = parentDescriptor(body, facts);
  // Before the closure, which holds the names of fields.
  const keys = evaluateKeys(body, facts);
  const template = builder.op('data.addr', [], descriptorSymbol(program, facts));
  const known = isStaticClass(program, facts);
  const descriptor = known ? template : body.libValue('class_make', [template, parent ?? body.zero('ref')], node);
  const statics = body.libValue('class_statics_new', [descriptor], node);
  const { maker } = facts;
  program.entries.set(entrySymbol(maker.symbol), { kind: 'unit', unit: maker });
  const captured = [statics, body.libValue('descriptor_value', [descriptor], node), ...capturedValues(body, maker)];
  const value = allocateClosure(body, entrySymbol(maker.symbol), classInfoSymbol(program, facts), captured, node);
  body.lib('class_register', [builder.op('ref.from_val', [value]), descriptor], node);
  if (!known) {
    fillMembers(body, facts, descriptor, false, keys);
    fillMembers(body, facts, builder.load('ref', descriptor, CLASS.statics), true, keys);
  }
  if (facts.binding) body.initialize(facts.binding, { rep: 'val', value }, node);
  defineStatics(body, node, value, statics, keys);
  return value;
}

function refuseMembers(node: ts.ClassLikeDeclaration): void {
  for (const member of node.members) {
    if (ts.isAutoAccessorPropertyDeclaration(member)) refuse('BR1041', member);
  }
}

/** Evaluates what the class extends; the descriptor of it, null if there is none or it is in the template. */
function parentDescriptor(body: GuestBody, { parent }: ClassFacts): Value | null {
  if (parent.kind === 'none' || parent.kind === 'error') return parent.kind === 'error' ? body.classDescriptor(parent.name) : null;
  if (parent.kind === 'class') {
    const { binding, facts } = parent;
    const operand = body.read(binding);
    if (binding.tested && binding.declaration) body.testInitialized(operand, binding.declaration);
    if (isStaticClass(body.program, facts)) return body.builder.op('data.addr', [], descriptorSymbol(body.program, facts));
    return body.libValue('class_parent', [box(body, operand)], facts.node);
  }
  const { expression, binding } = parent;
  if (expression.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(expression) && isForeign(body.program, expression) && !isErrorName(expression.text))) refuse('BR1042', expression, expression.getText());
  const value = box(body, body.expression(expression));
  body.initialize(binding, { rep: 'val', value }, expression);
  return body.libValue('class_parent', [value], expression);
}

type Keys = ReadonlyMap<ts.Node, Value>;

/** The computed names of members, in their order: strings and symbols. Those of instance fields are kept for the constructor. */
function evaluateKeys(body: GuestBody, facts: ClassFacts): Keys {
  const keys = new Map<ts.Node, Value>();
  for (const member of facts.node.members) {
    if (!member.name || !isDynamicName(member.name) || isAmbient(member)) continue;
    const key = body.libValue('property_key', [box(body, body.expression(member.name.expression))], member.name);
    keys.set(member, key);
    const kept = facts.fieldKeys.get(member);
    if (kept) body.initialize(kept, { rep: 'val', value: key }, member);
  }
  return keys;
}

function fillMembers(body: GuestBody, facts: ClassFacts, descriptor: Value, ofClass: boolean, keys: Keys): void {
  membersOf(body.program, facts, ofClass).forEach(({ node, kind }, index) => {
    const key = keys.get(node);
    const func = box(body, functionValue(body, node));
    const position = body.builder.i32(index);
    body.lib('class_set_member', [descriptor, position, key ? named(body, func, PREFIXES[kind] ?? '', key, node) : func], node);
    if (key) body.lib('class_name_member', [descriptor, position, body.builder.op('ref.from_val', [key])], node);
  });
}

/** What stands before the names of methods, getters and setters. */
const PREFIXES = ['', 'get ', 'set '];

/** Static fields and blocks, in order; `this` in them is the class. */
function defineStatics(body: GuestBody, node: ts.ClassLikeDeclaration, value: Value, statics: Value, keys: Keys): void {
  for (const member of node.members) {
    if (ts.isClassStaticBlockDeclaration(member)) {
      callUnit(body, body.program.facts.unitOf(member), value, { operands: [], list: null }, member);
    } else if (ts.isPropertyDeclaration(member) && isStaticMember(member) && !isDeclaredOnly(member)) {
      const first = initialValue(body, member, () => value);
      const key = keys.get(member);
      const name = key ? body.builder.op('ref.from_val', [key]) : body.text(memberName(body.program, member.name));
      body.lib('field_define', [statics, name, key && isNamedByKey(member) ? named(body, first, '', key, member) : first], member);
    }
  }
}

