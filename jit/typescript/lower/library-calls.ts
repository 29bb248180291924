/**
 * Calls of the library by its binding convention: `Array_map` methods, `Math$sin` statics, `global_parseInt` globals.
 *
 * A method is chosen by the static type of its receiver and called only if the receiver's tag and kind agree; otherwise
 * the property is looked up and its value called, as the language says. Receivers of type `any` are tested for every
 * class of the library that has a method of the name.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { ARRAY, KIND, TAG } from '../../abi.js';
import { refuse } from '../refusals.js';
import type { LibrarySignature } from '../privileged/library-scope.js';
import type { MachineType } from '../privileged/machine-types.js';
import { isNumber } from './boxing.js';
import { lowerArguments, makeArray, type Arguments } from './arguments.js';
import { callBoxed } from './call-values.js';
import { leaveChainIfNullish } from './chains.js';
import { box, toInt32, toNumber, toText, toTruth } from './convert.js';
import { isForeign, isNamespaceInterface, libraryClassesOf } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { getProperty } from './members.js';
import { merge } from './merge.js';
import type { CallPrediction, Predictor } from './prediction.js';
import type { Program } from './program.js';
import type { Operand, Representation } from './representation.js';

/** Kinds of the heap objects that are instances of a library class. */
export const CLASS_KINDS: Readonly<Record<string, readonly number[]>> = {
  Array: [KIND.array],
  Map: [KIND.map],
  Set: [KIND.set],
  WeakMap: [KIND.weakMap],
  WeakSet: [KIND.weakSet],
  Promise: [KIND.promise, KIND.frame],
  Date: [KIND.date],
  RegExp: [KIND.regexp],
  BigInt: [KIND.bigint],
  Error: [KIND.error],
  Function: [KIND.closure],
  AbortSignal: [KIND.abortSignal],
  AbortController: [KIND.abortController],
  Iterator: [KIND.iterator, KIND.generator],
  Generator: [KIND.generator],
  AsyncIterator: [KIND.asyncGenerator],
};

/** Representation of instances of classes that are no heap objects. */
const CLASS_REP: Readonly<Record<string, Representation>> = { String: 'str', Number: 'f64', Boolean: 'bool' };

const REP_OF_RESULT: Readonly<Record<MachineType, Representation>> = {
  f64: 'f64', i32: 'f64', bool: 'bool', str: 'str', val: 'val', ref: 'val', i64: 'val', void: 'val', never: 'val',
};

// Calls -----------------------------------------------------------------------------------------------------------------

/** Calls a library function with arguments converted to its parameters. */
export function callLibrary(body: GuestBody, signature: LibrarySignature, self: Value | null, args: Arguments, node: ts.Node): Operand {
  const params = self === null ? signature.params : signature.params.slice(1);
  const operands = params.map(({ name, type }, index) => {
    if (name === 'rest' && type === 'ref' && index === params.length - 1) return restArray(body, args, index, node);
    return convertArgument(body, argumentAt(body, args, index, node), type, node);
  });
  const value = body.lib(signature.name, self === null ? operands : [self, ...operands], node);
  return resultOperand(body, signature.result, value);
}

function restArray(body: GuestBody, args: Arguments, from: number, node: ts.Node): Value {
  if (args.list === null) return makeArray(body, args.operands.slice(from).map((operand) => box(body, operand)), node);
  if (from === 0) return args.list;
  const length = body.builder.load('i32', args.list, ARRAY.length);
  return body.libValue('array_part_from', [args.list, body.builder.i32(from), length], node);
}

/** An argument by its position; undefined when it is missing from the operands. */
export function argumentAt(body: GuestBody, { list, operands }: Arguments, index: number, node: ts.Node): Operand | undefined {
  if (list === null) return operands[index];
  return { rep: 'val', value: body.libValue('argument_at', [list, body.builder.i32(index)], node) };
}

function resultOperand(body: GuestBody, type: MachineType, value: Value | null): Operand {
  if (value === null) return { rep: 'val', value: body.undefinedValue() };
  if (type === 'ref') return { rep: 'val', value: body.builder.op('val.box', [value], TAG.object) };
  if (type === 'i32') return { rep: 'f64', value: body.builder.op('f64.convert_i32_s', [value]) };
  return { rep: REP_OF_RESULT[type], value };
}

function convertArgument(body: GuestBody, given: Operand | undefined, type: MachineType, node: ts.Node): Value {
  if (!given && type === 'f64') return body.builder.f64(NaN);
  const operand: Operand = given ?? { rep: 'val', value: body.undefinedValue() };
  switch (type) {
    case 'f64':
      return toNumber(body, operand, node);
    case 'i32':
      return toInt32(body, toNumber(body, operand, node), node);
    case 'bool':
      return toTruth(body, operand, node);
    case 'str':
      return toText(body, operand, node);
    case 'val':
      return box(body, operand);
    default:
      return refuse('BR1021', node, `a parameter of type ${type}`);
  }
}

// Methods ---------------------------------------------------------------------------------------------------------------

interface Candidate {
  readonly className: string;
  readonly signature: LibrarySignature;
}

/** Library methods that a call may mean; null if it means none. */
function candidatesFor(program: Program, callee: ts.PropertyAccessExpression): Candidate[] | null {
  const symbol = program.checker.getSymbolAtLocation(callee.name);
  const name = callee.name.text;
  if (!symbol) return everyClassWith(program, name);
  const classes = libraryClassesOf(symbol);
  if (!classes || classes.every(isNamespaceInterface)) return null;
  const found = classes.flatMap((className) => candidate(program, className, name) ?? []);
  if (found.length > 0) return found;
  const universal = candidate(program, 'Object', name);
  return universal ? [universal] : refuse('BR1021', callee.name, `${classes.join(' or ')}.${name}`);
}

/** What is an iterator to the checker may be a generator, and has its methods then. */
const RELATED: Readonly<Record<string, string>> = { Iterator: 'Generator', Generator: 'Iterator' };

function candidate(program: Program, className: string, name: string): Candidate | null {
  const general = className === 'Error' && name === 'toString' ? program.libraryFunction('Object_toString') : undefined;
  // An error may be of a class with a `toString` of its own, which the one for all values honours.
  if (general) return { className, signature: general };
  for (const owner of [className, RELATED[className]]) {
    const signature = owner === undefined ? undefined : program.libraryFunction(`${owner}_${name}`);
    if (owner !== undefined && signature) return { className: owner, signature };
  }
  return null;
}

/** Library classes whose instances may have this method here, by the type of the object, or all that have one of the name. */
export function classesWithMethod(program: Program, node: ts.PropertyAccessExpression): readonly string[] {
  const symbol = program.checker.getSymbolAtLocation(node.name);
  const candidates = symbol
    ? (libraryClassesOf(symbol) ?? []).flatMap((className) => candidate(program, className, node.name.text) ?? [])
    : everyClassWith(program, node.name.text);
  return candidates.map(({ className }) => className);
}

const everyClassWith = (program: Program, name: string): Candidate[] =>
  [...Object.keys(CLASS_KINDS), ...Object.keys(CLASS_REP)].flatMap((className) => candidate(program, className, name) ?? [])
    .filter(({ className }, index, all) => all.findIndex((each) => each.className === className) === index);

/** Calls a library method; null if the call means a property of the program's own objects. */
export function callMethod(body: GuestBody, node: ts.CallExpression, callee: ts.PropertyAccessExpression, object: Operand): Operand | null {
  const candidates = candidatesFor(body.program, callee);
  if (!candidates || (candidates.length === 0 && !candidate(body.program, 'Object', callee.name.text))) return null;
  const certain = candidates.find(({ className }) => CLASS_REP[className] === object.rep && object.rep !== 'val');
  if (certain) return callLibrary(body, certain.signature, object.value, lowerArguments(body, node.arguments), node);
  const receiver = box(body, object);
  if (node.arguments.some((argument) => !isQuiet(argument))) {
    body.lib('check_receiver', [receiver, body.text(callee.name.text)], callee);
  }
  const args = lowerArguments(body, node.arguments);
  const isUntyped = !body.program.checker.getSymbolAtLocation(callee.name);
  return dispatch(body, node, callee, receiver, candidates, args, isUntyped ? candidate(body.program, 'Object', callee.name.text) : null);
}

/** Evaluating it does nothing that could be seen before a missing receiver throws. */
export const isQuiet = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) || ts.isIdentifier(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node);

function dispatch(
  body: GuestBody, node: ts.CallExpression, callee: ts.PropertyAccessExpression, receiver: Value, candidates: readonly Candidate[], args: Arguments,
  universal: Candidate | null,
): Operand {
  const boxedArgs: Arguments = { list: args.list, operands: args.operands };
  const alternatives: [ReturnType<GuestBody['block']>, () => Operand][] = [];
  for (const { className, signature } of candidates) {
    const [yes, no] = [body.block(), body.block()];
    const self = signature.params[0]?.type;
    if (self === 'val' && className !== 'Error') {
      body.jump(yes);
      alternatives.push([yes, () => callLibrary(body, signature, receiver, boxedArgs, node)]);
      return merge(body, 'val', node, alternatives);
    }
    body.branch(isInstance(body, className, receiver, node), yes, no);
    alternatives.push([yes, () => callLibrary(body, signature, unboxSelf(body, receiver, self), boxedArgs, node)]);
    body.enter(no);
  }
  const other = body.block();
  body.jump(other);
  alternatives.push([
    other,
    () => {
      const method = box(body, getProperty(body, { rep: 'val', value: receiver }, callee.name.text, callee));
      if (node.questionDotToken) leaveChainIfNullish(body, { rep: 'val', value: method });
      const callOwn = (): Operand => ({ rep: 'val', value: callBoxed(body, node, method, receiver, boxedArgs) });
      return universal ? orUniversal(body, node, method, callOwn, () => callLibrary(body, universal.signature, receiver, boxedArgs, node)) : callOwn();
    },
  ]);
  return merge(body, 'val', node, alternatives);
}

/** What every object inherits is called where an object of unknown type has no property of the name. */
function orUniversal(body: GuestBody, node: ts.Node, method: Value, callOwn: () => Operand, callUniversal: () => Operand): Operand {
  const [own, inherited] = [body.block(), body.block()];
  body.branch(body.builder.op('val.eq', [method, body.undefinedValue()]), inherited, own);
  return merge(body, 'val', node, [[own, callOwn], [inherited, callUniversal]]);
}

function unboxSelf(body: GuestBody, receiver: Value, type: MachineType | undefined): Value {
  if (type === 'val') return receiver;
  if (type === 'f64') return body.builder.op('f64.from_val', [receiver]);
  if (type === 'bool') return body.libValue('to_boolean', [receiver], body.program.file);
  return body.builder.op('ref.from_val', [receiver]);
}

/** Whether a boxed value is an instance of a library class, by tag and kind; an i32. */
export function isInstance(body: GuestBody, className: string, value: Value, node: ts.Node): Value {
  const { builder } = body;
  if (className === 'Number') return isNumber(body.builder, value);
  if (className === 'String' || className === 'Boolean' || className === 'Symbol') {
    const tag = builder.op('i32.wrap_i64', [builder.op('i64.shr_u', [builder.op('i64.from_val', [value]), builder.i64(48n)])]);
    if (className !== 'Boolean') return builder.op('i32.eq', [tag, builder.i32(className === 'String' ? TAG.string : TAG.symbol)]);
    return body.libValue('is_boolean', [value], node);
  }
  const kinds = CLASS_KINDS[className] ?? [];
  const kind = body.libValue('kind_of', [value], node);
  return kinds.map((each) => builder.op('i32.eq', [kind, builder.i32(each)])).reduce((any, one) => builder.op('i32.or', [any, one]), builder.i32(0));
}

// Prediction ------------------------------------------------------------------------------------------------------------

/** What calls of the library give, for the inference of representations. */
export class LibraryPrediction implements CallPrediction {
  #program: Program | null = null;

  /** The program is made after the predictor that it holds. */
  attach(program: Program): void {
    this.#program = program;
  }

  libraryResult(node: ts.CallExpression | ts.NewExpression): Representation {
    const program = this.#program;
    if (!program || ts.isNewExpression(node) || ts.isOptionalChain(node)) return 'val';
    const { expression } = node;
    if (ts.isIdentifier(expression)) {
      return isForeign(program, expression) ? resultOf(program.libraryFunction(`global_${expression.text}`)) : 'val';
    }
    if (!ts.isPropertyAccessExpression(expression)) return 'val';
    const { expression: object, name } = expression;
    if (ts.isIdentifier(object) && isForeign(program, object)) return resultOf(program.libraryFunction(`${object.text}$${name.text}`));
    const rep = program.predictor.repOf(object);
    const className = Object.keys(CLASS_REP).find((each) => CLASS_REP[each] === rep);
    return rep === 'val' || className === undefined ? 'val' : resultOf(program.libraryFunction(`${className}_${name.text}`));
  }
}

const resultOf = (signature: LibrarySignature | undefined): Representation => (signature ? REP_OF_RESULT[signature.result] : 'val');

export type { Predictor };
