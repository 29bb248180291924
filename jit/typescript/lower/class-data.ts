/**
 * Classes as static data: which members and fields they have, and their descriptors, shapes and infos as symbols.
 *
 * A class is *static* if none of its members captures variables and its parent, if it has one, is static too: then every
 * evaluation gives the same class but for its static fields, its descriptor serves as it stands, and its instances start
 * with a shape that has all their fields, in the order in which constructors define them, each ABSENT. Of the other
 * classes the descriptor is a template that each evaluation copies and completes: captured variables are then in the
 * closures of its members.
 */
import ts = require('typescript');
import { CLASS, CLASS_CLOSURE, CLASS_FLAGS, FUNCTION_FLAGS, FUNCTION_INFO, KIND, METHOD, OBJECT_HEADER, SHAPE, SYMBOL_NAMES, kindShape } from '../../abi.js';
import { refuse } from '../refusals.js';
import { declaringClass, isEvaluatedOnce } from './class-scopes.js';
import { isClassPart, type ClassFacts, type FunctionNode, type Unit } from './bindings.js';
import { entrySymbol, parameterCount, unitFlags } from './function-infos.js';
import type { Program } from './program.js';
import { hasModifier, isAmbient, isDynamicName } from './scope-syntax.js';
import { classSymbol, contentName, defineData, flagsOf, functionInfoSymbol, keysSymbol, stringSymbol } from './static-data.js';
import { wellKnownKey } from './well-known.js';

/** Values of METHOD.kind. */
const MEMBER_KIND = { method: 0, getter: 1, setter: 2 } as const;

export interface ClassMember {
  /** As it is stored: private names have a form of their own. */
  readonly name: string;
  readonly kind: number;
  readonly unit: Unit;
  readonly node: FunctionNode;
}

export type FieldNode = ts.PropertyDeclaration | ts.ParameterDeclaration;

const layouts = new WeakMap<ClassFacts, boolean>();

export const isStaticMember = (node: ts.Node): boolean => hasModifier(node, ts.SyntaxKind.StaticKeyword);

/** Whether the class is static, in the sense above. */
export function isStaticClass(program: Program, facts: ClassFacts): boolean {
  const known = layouts.get(facts);
  if (known !== undefined) return known;
  const { parent } = facts;
  const inherits = parent.kind === 'class' ? isStaticClass(program, parent.facts) : parent.kind !== 'value';
  const made = inherits && isEvaluatedOnce(facts) && !facts.node.members.some(({ name }) => name && isDynamicName(name)) && [true, false].every((each) => membersOf(program, facts, each).every(({ unit }) => unit.captures.length === 0));
  layouts.set(facts, made);
  return made;
}

/** Whether instances are errors; null where only running the program tells. */
export function makesErrors({ parent }: ClassFacts): boolean | null {
  if (parent.kind === 'value') return null;
  return parent.kind === 'class' ? makesErrors(parent.facts) : parent.kind === 'error';
}

/** The name a member is stored by. */
export function memberName(program: Program, name: ts.PropertyName): string {
  if (ts.isPrivateIdentifier(name)) return privateName(program, name);
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  if (ts.isNumericLiteral(name)) return String(Number(name.text));
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  const known = ts.isComputedPropertyName(name) ? wellKnownKey(name.expression) : null;
  if (known === SYMBOL_NAMES.toStringTag && ts.isAccessor(name.parent)) return refuse('BR1019', name, 'an accessor under `Symbol.toStringTag`');
  // Evaluating the class replaces it: no program has such a name.
  return known ?? `\0?${name.pos}`;
}

/** Names of private members differ by class, and no program can write one as the name of another property. */
export function privateName(program: Program, name: ts.PrivateIdentifier): string {
  return `\0#${program.facts.classOf(declaringClass(name)).id}${name.text}`;
}

/** Methods and accessors that the class itself declares, on instances or on itself. The latest of a name comes first. */
export function membersOf(program: Program, { node }: ClassFacts, ofClass: boolean): ClassMember[] {
  const found: ClassMember[] = [];
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member) && !ts.isAccessor(member)) continue;
    if (isAmbient(member) || isStaticMember(member) !== ofClass) continue;
    const kind = ts.isMethodDeclaration(member) ? MEMBER_KIND.method : ts.isGetAccessor(member) ? MEMBER_KIND.getter : MEMBER_KIND.setter;
    found.unshift({ name: memberName(program, member.name), kind, unit: program.facts.unitOf(member), node: member });
  }
  return found;
}

/** The fields that the class itself defines on its instances, in order: parameter properties first. */
export function fieldsOf({ node, maker }: ClassFacts): FieldNode[] {
  const parameters = isClassPart(maker.node) || ts.isSourceFile(maker.node) ? [] : maker.node.parameters.filter((each) => ts.isParameterPropertyDeclaration(each, each.parent));
  return [...parameters, ...node.members.filter((each) => ts.isPropertyDeclaration(each)).filter((each) => !isStaticMember(each) && !isDeclaredOnly(each))];
}

export const isDeclaredOnly = (node: ts.PropertyDeclaration): boolean =>
  isAmbient(node) || hasModifier(node, ts.SyntaxKind.AbstractKeyword);

export function fieldName(program: Program, { name }: FieldNode): string {
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) throw new Error('a parameter property has a name');
  return memberName(program, name);
}

/** Stored names of all fields of an instance of a static class, in the order of their definition. */
function allFields(program: Program, facts: ClassFacts): string[] {
  const inherited = facts.parent.kind === 'class' ? allFields(program, facts.parent.facts) : [];
  return [...new Set([...inherited, ...fieldsOf(facts).map((field) => fieldName(program, field))])];
}

// Symbols ---------------------------------------------------------------------------------------------------------------

const baseName = ({ id, name }: ClassFacts): string => `${id}$${contentName(name)}`;

/** Symbol of the shape that instances of a static class start with; null if they are errors. */
export function instanceShape(program: Program, facts: ClassFacts): string | null {
  if (!isStaticClass(program, facts) || makesErrors(facts) !== false) return null;
  const symbol = `shape$class$${baseName(facts)}`;
  const { module } = program;
  if (module.data.has(symbol)) return symbol;
  const keys = allFields(program, facts);
  const bytes = new Uint8Array(SHAPE.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(OBJECT_HEADER.shape, kindShape(KIND.shape), true);
  view.setInt32(SHAPE.kind, KIND.object, true);
  view.setInt32(SHAPE.flags, flagsOf(keys) | memberFlags(program, facts), true);
  view.setInt32(SHAPE.inlineCapacity, keys.length, true);
  view.setInt32(SHAPE.keyCount, keys.length, true);
  defineData(module, symbol, bytes, [
    { offset: SHAPE.keys, symbol: keysSymbol(module, keys) },
    { offset: SHAPE.class, symbol: descriptorSymbol(program, facts) },
  ]);
  program.shapes.set(symbol, keys);
  return symbol;
}


function memberFlags(program: Program, facts: ClassFacts): number {
  const inherited = facts.parent.kind === 'class' ? memberFlags(program, facts.parent.facts) : 0;
  return inherited | flagsOf(membersOf(program, facts, false).map(({ name }) => name));
}

/** Symbol of the descriptor of a class, or of the template that its evaluations copy. */
export function descriptorSymbol(program: Program, facts: ClassFacts): string {
  const symbol = `class$${baseName(facts)}`;
  if (program.module.data.has(symbol)) return symbol;
  const { parent } = facts;
  const isError = makesErrors(facts) === true;
  const inherited = parent.kind === 'class' && isStaticClass(program, facts) ? allFields(program, parent.facts).length : 0;
  const capacity = inherited + fieldsOf(facts).length + (isError && parent.kind === 'error' ? 2 : 0);
  const flags = (capacity << CLASS_FLAGS.capacity) | (memberFlags(program, facts) << CLASS_FLAGS.shapeFlags) | (isError ? CLASS_FLAGS.error : 0);
  const relocations: Relocations = [{ offset: CLASS.statics, symbol: describe(program, `${symbol}$statics`, facts, true, 0) }];
  if (parent.kind === 'error') relocations.push({ offset: CLASS.parent, symbol: classSymbol(program.module, parent.name) });
  describe(program, symbol, facts, false, flags, relocations);
  // The parent and the shape may lead back here.
  if (parent.kind === 'class') relocations.push({ offset: CLASS.parent, symbol: descriptorSymbol(program, parent.facts) });
  const shape = instanceShape(program, facts);
  if (shape !== null) relocations.push({ offset: CLASS.shape, symbol: shape });
  return symbol;
}

type Relocations = { offset: number; symbol: string }[];

function describe(program: Program, symbol: string, facts: ClassFacts, ofClass: boolean, flags: number, relocations: Relocations = []): string {
  const { module } = program;
  const members = membersOf(program, facts, ofClass);
  const bytes = new Uint8Array(CLASS.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(CLASS.methodCount, members.length, true);
  view.setInt32(CLASS.flags, flags, true);
  relocations.push({ offset: CLASS.name, symbol: stringSymbol(module, facts.name) });
  if (members.length > 0) relocations.push({ offset: CLASS.methods, symbol: methodsSymbol(program, `${symbol}$methods`, members) });
  return defineData(module, symbol, bytes, relocations);
}

function methodsSymbol(program: Program, symbol: string, members: readonly ClassMember[]): string {
  const bytes = new Uint8Array(METHOD.bytes * members.length);
  const view = new DataView(bytes.buffer);
  const relocations: Relocations = [];
  const functionRelocations: { offset: number; func: string }[] = [];
  members.forEach(({ name, kind, unit, node }, index) => {
    const at = METHOD.bytes * index;
    view.setInt32(at + METHOD.kind, kind, true);
    program.entries.set(entrySymbol(unit.symbol), { kind: 'unit', unit });
    const info = functionInfoSymbol(program.module, shownName(unit.name, kind), parameterCount(node), unit.captures.length, unitFlags(unit, node));
    relocations.push({ offset: at + METHOD.name, symbol: stringSymbol(program.module, name) }, { offset: at + METHOD.info, symbol: info });
    functionRelocations.push({ offset: at + METHOD.func, func: entrySymbol(unit.symbol) });
  });
  return defineData(program.module, symbol, bytes, relocations, 4, functionRelocations);
}

const shownName = (name: string, kind: number): string => (kind === MEMBER_KIND.method ? name : `${kind === MEMBER_KIND.getter ? 'get' : 'set'} ${name}`);

/** Symbol of the FUNCTION_INFO of the class as a value. */
export function classInfoSymbol(program: Program, facts: ClassFacts): string {
  const symbol = `info$class$${baseName(facts)}`;
  if (program.module.data.has(symbol)) return symbol;
  const bytes = new Uint8Array(FUNCTION_INFO.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(FUNCTION_INFO.parameterCount, ts.isSourceFile(facts.maker.node) ? 0 : parameterCount(facts.maker.node), true);
  view.setInt32(FUNCTION_INFO.captureCount, CLASS_CLOSURE.count + facts.maker.captures.length, true);
  view.setInt32(FUNCTION_INFO.flags, FUNCTION_FLAGS.class, true);
  return defineData(program.module, symbol, bytes, [
    { offset: FUNCTION_INFO.name, symbol: stringSymbol(program.module, facts.name) },
    { offset: FUNCTION_INFO.class, symbol: descriptorSymbol(program, facts) },
  ]);
}
