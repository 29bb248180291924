/**
 * Declarations and destructuring, of new bindings and of assignment targets alike.
 *
 * A pattern is first read into a list of items, each with a way to store its value; both syntaxes share the rest.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { ARRAY, TAG, UNDEFINED } from '../../abi.js';
import { refuse } from '../refusals.js';
import { makeArray } from './arguments.js';
import { foreignMember } from './closures.js';
import { box } from './convert.js';
import { isForeign, isLibraryMethod } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { iteratorCloser, lowerClosing } from './iterator-closing.js';
import { getElement, getProperty } from './members.js';
import { merge } from './merge.js';
import { placeOf } from './places.js';
import { numberNamed } from './prediction.js';
import type { Operand } from './representation.js';
import { shapeSymbol } from './static-data.js';
import { notIterable, withoutTypes, wordingOf } from './wording.js';

/**
 * What is taken apart, for errors, which V8 words by where the value comes from: an expression; an argument; a part of
 * what an outer pattern takes apart; or a variable of V8's own, which it names.
 */
export type Source = ts.Expression | 'argument' | 'defaulted argument' | 'part' | '.for' | '.catch';

interface Item {
  readonly node: ts.Node;
  readonly store: (operand: Operand) => void;
  readonly initializer: ts.Expression | undefined;
  readonly rest: boolean;
}

interface KeyedItem extends Item {
  /** Null for the rest. */
  readonly key: ts.PropertyName | null;
}

// Declarations ------------------------------------------------------------------------------------------------------------

export function declareList(body: GuestBody, list: ts.VariableDeclarationList): void {
  if (list.parent.kind === ts.SyntaxKind.VariableStatement && ts.canHaveModifiers(list.parent)) {
    const declare = ts.getModifiers(list.parent)?.find(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
    if (declare) return refuse('BR1006', list);
  }
  if ((list.flags & ts.NodeFlags.BlockScoped & ts.NodeFlags.Using) !== 0) refuse('BR1020', list);
  for (const declaration of list.declarations) declareOne(body, list, declaration);
}

function declareOne(body: GuestBody, list: ts.VariableDeclarationList, { name, initializer }: ts.VariableDeclaration): void {
  const binding = ts.isIdentifier(name) ? body.program.facts.bindingOf(name) : undefined;
  if (!initializer) {
    const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
    if (binding && !isVar) body.initialize(binding, { rep: 'val', value: body.builder.val(UNDEFINED) }, name);
    return;
  }
  if (binding?.known && !binding.known.escapes) return;
  if (ts.isObjectBindingPattern(name) && ts.isIdentifier(initializer) && isForeign(body.program, initializer)) return takeMembers(body, name, initializer);
  bindPattern(body, name, body.expression(initializer), initializer);
}

/** `const { max, PI } = Math`: what the library's objects have is known by name. */
function takeMembers(body: GuestBody, pattern: ts.ObjectBindingPattern, { text }: ts.Identifier): void {
  for (const element of pattern.elements) {
    const key = keyOf(element);
    if (element.dotDotDotToken || element.initializer || !ts.isIdentifier(key)) return refuse('BR1024', element, text);
    const constant = numberNamed(text, key.text);
    const member = constant === undefined ? foreignMember(body, text, key.text, element) : { rep: 'f64' as const, value: body.builder.f64(constant) };
    if (!member) return refuse('BR1024', element, `${text}.${key.text}`);
    bindPattern(body, element.name, member, 'part');
  }
}

/** Binds a name or pattern. */
export function bindPattern(body: GuestBody, name: ts.BindingName, operand: Operand, source: Source): void {
  if (ts.isIdentifier(name)) {
    const binding = body.program.facts.bindingOf(name);
    if (!binding) throw new Error(`${name.text} was not found by scope analysis`);
    return body.initialize(binding, operand, name);
  }
  if (ts.isArrayBindingPattern(name)) {
    const items = name.elements.map((element) => (ts.isBindingElement(element) ? itemOf(body, element) : null));
    return destructureArray(body, items, operand, name, source);
  }
  refuseMethods(body, name);
  const items = name.elements.map((element): KeyedItem => ({ ...itemOf(body, element), key: element.dotDotDotToken ? null : keyOf(element) }));
  destructureObject(body, items, operand, name, source);
}

const itemOf = (body: GuestBody, element: ts.BindingElement): Item => ({
  node: element,
  store: (operand) => bindPattern(body, element.name, operand, partOf(element.initializer)),
  initializer: element.initializer,
  rest: element.dotDotDotToken !== undefined,
});

/** A part that has a default is worded as if it always came from there. */
const partOf = (initializer: ts.Expression | undefined): Source => initializer ?? 'part';

/** A method of the library taken out of its object would lose it. */
function refuseMethods(body: GuestBody, pattern: ts.ObjectBindingPattern): void {
  const type = body.typeOf(pattern);
  for (const element of pattern.elements) {
    if (element.dotDotDotToken || (element.propertyName && ts.isComputedPropertyName(element.propertyName))) continue;
    const symbol = type.getProperty(propertyText(keyOf(element)));
    if (symbol && isLibraryMethod(symbol)) refuse('BR1024', element, symbol.name);
  }
}

function keyOf(element: ts.BindingElement): ts.PropertyName {
  if (element.propertyName) return element.propertyName;
  return ts.isIdentifier(element.name) ? element.name : refuse('BR1000', element);
}

// Assignments ---------------------------------------------------------------------------------------------------------------

export function assignPattern(
  body: GuestBody, target: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, operand: Operand, source: Source,
): void {
  if (ts.isArrayLiteralExpression(target)) {
    const items = target.elements.map((element) => (ts.isOmittedExpression(element) ? null : targetItem(body, element)));
    return destructureArray(body, items, operand, target, source);
  }
  destructureObject(body, target.properties.map((property) => targetProperty(body, property)), operand, target, source);
}

function targetItem(body: GuestBody, node: ts.Expression): Item {
  if (ts.isSpreadElement(node)) return { ...targetItem(body, node.expression), rest: true };
  const defaulted = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const target = defaulted ? node.left : node;
  return { node, store: storeTo(body, target, partOf(defaulted ? node.right : undefined)), initializer: defaulted ? node.right : undefined, rest: false };
}

function storeTo(body: GuestBody, target: ts.Expression, source: Source): (operand: Operand) => void {
  return (operand) => {
    if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target)) assignPattern(body, target, operand, source);
    else placeOf(body, target).write(operand);
  };
}

function targetProperty(body: GuestBody, property: ts.ObjectLiteralElementLike): KeyedItem {
  if (ts.isSpreadAssignment(property)) return { ...targetItem(body, property.expression), rest: true, key: null };
  if (ts.isPropertyAssignment(property)) return { ...targetItem(body, property.initializer), key: property.name };
  if (!ts.isShorthandPropertyAssignment(property)) return refuse('BR1000', property);
  return {
    node: property,
    store: storeTo(body, property.name, 'part'),
    initializer: property.objectAssignmentInitializer,
    rest: false,
    key: property.name,
  };
}

// Both ----------------------------------------------------------------------------------------------------------------------

/** The value, or that of the initializer where it is undefined. */
export function withDefault(body: GuestBody, operand: Operand, initializer: ts.Expression): Operand {
  if (operand.rep !== 'val') return operand;
  const [missing, given] = [body.block(), body.block()];
  body.branch(body.builder.op('val.eq', [operand.value, body.undefinedValue()]), missing, given);
  return merge(body, 'val', initializer, [
    [missing, () => body.expression(initializer)],
    [given, () => operand],
  ]);
}

function storeItem(body: GuestBody, item: Item, operand: Operand): void {
  item.store(item.initializer ? withDefault(body, operand, item.initializer) : operand);
}

/** Arrays are read in place. What may be none is walked item by item, so that defaults are evaluated between its steps. */
function destructureArray(body: GuestBody, items: readonly (Item | null)[], operand: Operand, node: ts.Node, source: Source): void {
  const { builder } = body;
  const value = box(body, operand);
  const wording = iterableWording(node, source);
  if (wording !== null) body.lib('check_iterable', [value, body.text(wording)], node);
  if (!isArray(body, typeof source === 'string' ? node : source)) return walkItems(body, items, value, node);
  const count = items.some((item) => item?.rest) ? -1 : items.length;
  const list = body.libValue('iterable_prefix', [value, builder.i32(count)], node);
  items.forEach((item, index) => {
    if (item === null) return;
    if (item.rest) {
      const count = builder.load('i32', list, ARRAY.length);
      const rest = body.libValue('array_part_from', [list, builder.i32(index), count], node);
      return item.store({ rep: 'val', value: builder.op('val.box', [rest], TAG.object) });
    }
    storeItem(body, item, { rep: 'val', value: body.libValue('array_item', [list, builder.i32(index)], node) });
  });
}

function isArray(body: GuestBody, node: ts.Node): boolean {
  const type = body.typeOf(node);
  const { checker } = body.program;
  return checker.isArrayType(type) || checker.isTupleType(type);
}

const NAMED_WHERE_ITERATED: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier, ts.SyntaxKind.CallExpression, ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.ThisKeyword,
]);

/** How V8 names what a declaration can not iterate; null where it tells the value instead. */
function iterableWording(node: ts.Node, source: Source): string | null {
  if (!ts.isArrayBindingPattern(node)) return null;
  if (source === '.for') return '.for is not iterable';
  if (typeof source === 'string') return null;
  return ts.isVariableDeclaration(node.parent) && NAMED_WHERE_ITERATED.has(withoutTypes(source).kind) ? notIterable(source) : null;
}

/** A step for each item, as its turn comes; then the iterator is closed. */
function walkItems(body: GuestBody, items: readonly (Item | null)[], value: Value, node: ts.Node): void {
  const iterator = body.libValue('iterator_open', [value], node);
  const after = body.block();
  lowerClosing(body, iteratorCloser(body, iterator, node), after, (leave) => {
    for (const item of items) {
      if (item === null) body.lib('iterator_take', [iterator], node);
      else if (item.rest) item.store({ rep: 'val', value: restOf(body, iterator, node) });
      else storeItem(body, item, { rep: 'val', value: body.libValue('iterator_take', [iterator], node) });
    }
    if (!body.closed) body.jump(leave);
  });
  body.enterIfReached(after);
}

const restOf = (body: GuestBody, iterator: Value, node: ts.Node): Value =>
  body.builder.op('val.box', [body.libValue('iterator_rest', [iterator], node)], TAG.object);

function destructureObject(body: GuestBody, items: readonly KeyedItem[], operand: Operand, node: ts.Node, source: Source): void {
  const value: Operand = { rep: 'val', value: box(body, operand) };
  const first = items[0]?.key;
  const firstName = first && !ts.isComputedPropertyName(first) ? propertyText(first) : '';
  // Else reading the first property tells what is wrong, as V8 has it.
  const told = firstName === '' || (source !== 'part' && items[0]?.initializer === undefined);
  if (told) body.lib('check_destructured', [value.value, body.text(firstName), body.text(objectWording(source))], node);
  const taken: Value[] = [];
  for (const item of items) {
    if (item.key === null) {
      item.store(objectRest(body, value, taken, node));
      continue;
    }
    const { operand: part, key } = readKey(body, value, item.key, item.node);
    if (items.some(({ rest }) => rest)) taken.push(key());
    storeItem(body, item, part);
  }
}

/** Empty where the value is told. */
function objectWording(source: Source): string {
  if (typeof source !== 'string') return wordingOf(source);
  if (source === 'defaulted argument') return '(intermediate value)(intermediate value)(intermediate value)';
  return source === 'argument' || source === 'part' ? '' : source;
}

function propertyText(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isNumericLiteral(name) ? String(Number(name.text)) : refuse('BR1000', name);
}

function readKey(body: GuestBody, value: Operand, name: ts.PropertyName, node: ts.Node): { operand: Operand; key: () => Value } {
  if (ts.isComputedPropertyName(name)) {
    const key = body.expression(name.expression);
    return { operand: getElement(body, value, key, node), key: () => box(body, key) };
  }
  const text = propertyText(name);
  const key = (): Value => box(body, { rep: 'str', value: body.text(text) });
  if (ts.isNumericLiteral(name)) return { operand: getElement(body, value, { rep: 'f64', value: body.builder.f64(Number(text)) }, node), key };
  return { operand: getProperty(body, value, text, node), key };
}

/** A new object with all properties but those taken. */
function objectRest(body: GuestBody, value: Operand, taken: readonly Value[], node: ts.Node): Operand {
  const { builder } = body;
  const object = body.libValue('alloc_object', [builder.op('data.addr', [], shapeSymbol(body.program.module, []))], node);
  const rest = builder.op('val.box', [object], TAG.object);
  body.lib('copy_rest', [rest, value.value, makeArray(body, taken, node)], node);
  return { rep: 'val', value: rest };
}
