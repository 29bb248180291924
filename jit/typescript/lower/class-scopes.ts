/**
 * Scope analysis of classes: their constructors as units, what they extend, and the bindings that their code needs.
 *
 * K1 Every class has a maker: the unit of its constructor, or one of its own where the source writes none. It takes
 *    `this`, the new instance, and calls the parent's maker and the initializers of fields directly.
 * K2 A class binding that functions of an inner scope capture lives in a cell: methods capture it before it has a value.
 * K3 Each evaluation of a class makes a class of its own, and its private names are those of that class alone.
 */
import ts = require('typescript');
import { contextName } from './context-names.js';
import type { Binding, ClassFacts, FunctionNode, Parent, Unit } from './bindings.js';
import { hasModifier, isDynamicName, isExtends } from './scope-syntax.js';

/** What the analysis of scopes does for classes. */
export interface ClassScopes {
  unit(node: FunctionNode, parent: Unit): Unit;
  bind(name: ts.Identifier, unit: Unit, scope: ts.Node, readyAt: number): Binding;
  hidden(name: string, owner: Unit, scope: ts.Node): Binding;
  self(unit: Unit): Binding | null;
  bindingOf(name: ts.Identifier): Binding | undefined;
  unitAt(node: ts.Node): Unit;
}

/** Binds the name of a class and makes its facts; its members are not known yet. */
export function declareClass(scopes: ClassScopes, node: ts.ClassLikeDeclaration, unit: Unit, scope: ts.Node, id: number): ClassFacts {
  const inner = ts.isClassExpression(node);
  const own = inner && !ts.isSourceFile(scope) ? node : scope;
  const binding = node.name ? scopes.bind(node.name, unit, own, node.pos) : null;
  const facts: ClassFacts = { node, name: node.name?.text ?? (ts.isClassDeclaration(node) ? 'default' : contextName(node)), id, owner: unit, scope: ts.isSourceFile(scope) ? scope : node, maker: unit, parent: { kind: 'none' }, binding, fieldKeys: new Map() };
  if (binding) binding.classFacts = facts;
  return facts;
}

/** K1, once the members have units. */
export function completeClass(scopes: ClassScopes, facts: ClassFacts): void {
  const { node } = facts;
  const written = node.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
  const maker = written ? scopes.unitAt(written) : scopes.unit(node, facts.owner);
  maker.name = `new ${facts.name}`;
  maker.constructs = facts;
  facts.maker = maker;
  scopes.self(maker);
  if (!facts.binding && !isEvaluatedOnce(facts) && node.members.some(({ name }) => name && ts.isPrivateIdentifier(name))) {
    facts.binding = scopes.hidden('class', facts.owner, facts.scope);
    facts.binding.classFacts = facts;
  }
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && isDynamicName(member.name) && !hasModifier(member, ts.SyntaxKind.StaticKeyword)) {
      facts.fieldKeys.set(member, scopes.hidden('name of a field', facts.owner, facts.scope));
    }
    if (ts.isPropertyDeclaration(member) && member.initializer && !hasModifier(member, ts.SyntaxKind.StaticKeyword)) maker.calls.add(scopes.unitAt(member));
  }
}

/** True for a class of the top level outside of loops: all its instances have one descriptor. */
export function isEvaluatedOnce({ node, owner }: ClassFacts): boolean {
  return ts.isSourceFile(owner.node) && !ts.findAncestor(node, (at) => ts.isIterationStatement(at, false));
}

/** By where the name stands, whatever the type of the object: the checker knows no members of `any`. */
export function declaringClass(name: ts.PrivateIdentifier): ts.ClassLikeDeclaration {
  const declares = (node: ts.Node): node is ts.ClassLikeDeclaration => ts.isClassLike(node) && node.members.some((member) => isNamed(member, name));
  const found = ts.findAncestor(name, declares);
  if (!found) throw new Error(`no class declares ${name.text}`);
  return found;
}

const isNamed = ({ name }: ts.ClassElement, wanted: ts.PrivateIdentifier): boolean =>
  name !== undefined && ts.isPrivateIdentifier(name) && name.text === wanted.text;

/**
 * The class whose evaluation must have made the object of a private name (K3); null where there is one evaluation, or
 * where the object is `this`, which is an instance by how methods are called.
 */
export function brandOf(name: ts.PrivateIdentifier, classOf: (node: ts.ClassLikeDeclaration) => ClassFacts): ClassFacts | null {
  const { parent } = name;
  const isUse = (ts.isPropertyAccessExpression(parent) && parent.expression.kind !== ts.SyntaxKind.ThisKeyword) || ts.isBinaryExpression(parent);
  if (!isUse) return null;
  const facts = classOf(declaringClass(name));
  return isEvaluatedOnce(facts) ? null : facts;
}

/** A constant that a class expression initializes always stands for that class. */
export function nameByConstant(scopes: ClassScopes, facts: ClassFacts): void {
  const { parent } = facts.node;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== facts.node || !ts.isIdentifier(parent.name)) return;
  const binding = scopes.bindingOf(parent.name);
  if (binding?.kind === 'const') binding.classFacts = facts;
}

/** What the class extends, once the identifiers behind `extends` have their bindings. */
export function resolveParent(scopes: ClassScopes, facts: ClassFacts): void {
  facts.parent = parentOf(scopes, facts);
}

function parentOf(scopes: ClassScopes, { node, owner, scope }: ClassFacts): Parent {
  const expression = extendedBy(node);
  if (!expression) return { kind: 'none' };
  if (ts.isIdentifier(expression)) {
    const binding = scopes.bindingOf(expression);
    if (binding?.classFacts) return { kind: 'class', facts: binding.classFacts, binding };
    if (!binding && expression.text.endsWith('Error') && expression.text !== 'AggregateError') return { kind: 'error', name: expression.text };
  }
  return { kind: 'value', expression, binding: scopes.hidden('super', owner, scope) };
}

/** The expression behind `extends`. */
export function extendedBy(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  for (const clause of node.heritageClauses ?? []) for (const type of clause.types) if (isExtends(type)) return type.expression;
  return undefined;
}

/** A use of `super`: the function that says it needs what the class extends, and calls the parent's maker by `super(…)`. */
export interface SuperUse {
  readonly unit: Unit;
  readonly facts: ClassFacts;
  readonly call: boolean;
}

export function superUse(node: ts.Node, unit: Unit, classOf: (node: ts.Node) => ClassFacts | undefined): SuperUse | null {
  const around = ts.findAncestor(node, ts.isClassLike);
  const facts = around && classOf(around);
  return facts ? { unit, facts, call: ts.isCallExpression(node.parent) } : null;
}

/** Notes the calls and captures that uses of `super` bring, written or not. */
export function resolveSuper(uses: readonly SuperUse[], classes: readonly ClassFacts[], capture: (unit: Unit, binding: Binding) => void): void {
  const implied = classes.filter(({ node, maker }) => maker.node === node).map((facts) => ({ unit: facts.maker, facts, call: true }));
  for (const facts of classes) for (const binding of facts.fieldKeys.values()) capture(facts.maker, binding);
  for (const { unit, facts, call } of [...uses, ...implied]) {
    const { parent } = facts;
    if (parent.kind === 'none' || parent.kind === 'error') continue;
    capture(unit, parent.binding);
    if (call && parent.kind === 'class') unit.calls.add(parent.facts.maker);
  }
}
