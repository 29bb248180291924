/** Makes the closure entries that lowering asked for; see closures.ts. */
import ts = require('typescript');
import { createFunction } from '../../../ir/function.js';
import type { Value } from '../../../ir/types.js';
import { CALL, CLASS_CLOSURE, CLOSURE, CLOSURE_SIGNATURE, TAG } from '../../abi.js';
import { Refused } from '../refusals.js';
import { parametersOf, takesList, type ClassFacts, type Unit } from './bindings.js';
import { cleanUp } from './cleanup.js';
import type { EntryRequest } from './entry-requests.js';
import { unboxOwn } from './boxing.js';
import { box, convertTo } from './convert.js';
import { GuestBody } from './guest-body.js';
import { GUEST_LANGUAGE } from './guest-language.js';
import { callLibrary } from './library-calls.js';
import { parameterRep, type Program } from './program.js';
import type { Operand } from './representation.js';
import { callBody } from './unit-calls.js';

interface EntryParameters {
  readonly closure: Value;
  readonly self: Value;
  readonly count: Value;
  readonly given: readonly Value[];
  readonly rest: Value;
}

/** Entries may ask for more entries, so this goes on until there are no new ones. */
export function finishEntries(program: Program): void {
  for (const [symbol, request] of program.entries) {
    if (!program.module.functions.has(symbol)) buildEntry(program, symbol, request);
  }
}

function buildEntry(program: Program, symbol: string, request: EntryRequest): void {
  const func = program.addFunction(createFunction(symbol, CLOSURE_SIGNATURE));
  const unit = request.kind === 'unit' ? request.unit : program.facts.top;
  const place = request.kind === 'unit' ? unit.node : program.file;
  func.location = program.locationOf(place);
  const body = new GuestBody(func, program, unit, GUEST_LANGUAGE);
  const [closure, self, count, a0, a1, a2, a3, rest] = body.builder.entry();
  if (closure === undefined || self === undefined || count === undefined || rest === undefined) throw new Error('an entry has eight parameters');
  body.ssa.seal(body.builder.current);
  const given = [a0, a1, a2, a3].flatMap((value) => (value === undefined ? [] : [value]));
  const parameters: EntryParameters = { closure, self, count, given, rest };
  try {
    body.locate(place);
    const value = box(body, callBehind(body, request, parameters, place));
    body.return(value, body.builder.i32(CALL.ok));
    body.finish();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    program.diagnostics.push(error.diagnostic);
  }
  cleanUp(func);
  program.lowered.push({ func, escapes: new Set([...body.escapes]), keepsStatus: true });
}

function callBehind(body: GuestBody, request: EntryRequest, parameters: EntryParameters, place: ts.Node): Operand {
  if (request.kind === 'unit') return callUnit(body, request.unit, parameters, place);
  if (request.kind === 'host') {
    const index = body.builder.i32(body.program.hostFunction(request.declaration));
    const promise = body.libValue('host_call', [index, argumentsFrom(body, parameters, 0, place)], place);
    return { rep: 'val', value: body.builder.op('val.box', [promise], TAG.object) };
  }
  if (request.kind === 'log') {
    body.lib('log', [body.builder.i32(request.level), argumentsFrom(body, parameters, 0, place)], place);
    return { rep: 'val', value: body.undefinedValue() };
  }
  if (request.kind === 'constant') return { rep: 'f64', value: body.builder.f64(request.value) };
  const { signature } = request;
  const rest = signature.params.findIndex(({ name }) => name === 'rest');
  if (rest < 0) {
    const operands = signature.params.map((_, index) => argumentAt(body, parameters, index, place));
    return callLibrary(body, signature, null, { operands, list: null }, place);
  }
  return callLibrary(body, signature, null, { operands: [], list: argumentsFrom(body, parameters, 0, place) }, place);
}

function callUnit(body: GuestBody, unit: Unit, given: EntryParameters, place: ts.Node): Operand {
  if (unit.constructs) return callMaker(body, unit, unit.constructs, given, place);
  return callWithCaptures(body, unit, given, 0, place);
}

/** Behind the entry of a class: only `new` and `super` may call it, with the instance as `this`. */
function callMaker(body: GuestBody, unit: Unit, facts: ClassFacts, given: EntryParameters, place: ts.Node): Operand {
  const count = body.libValue('construct_count', [given.count, body.text(facts.name)], place);
  return callWithCaptures(body, unit, { ...given, count }, CLASS_CLOSURE.count, place);
}

/** `skipped`: captures of the closure that are not the body's. */
function callWithCaptures(body: GuestBody, unit: Unit, parameters: EntryParameters, skipped: number, place: ts.Node): Operand {
  const { builder } = body;
  const captures = unit.captures.map((binding, index) => {
    const value = builder.load('val', parameters.closure, CLOSURE.captures + 8 * (skipped + index));
    return binding.storage === 'cell' ? builder.op('ref.from_val', [value]) : unboxOwn(body.builder, value, binding.rep);
  });
  const operands = takesList(unit) ? [argumentsFrom(body, parameters, 0, place)] : parametersOf(unit.node).map((parameter, index) => {
    if (parameter.dotDotDotToken) return argumentsFrom(body, parameters, index, place);
    return convertTo(body, argumentAt(body, parameters, index, place), parameterRep(unit, parameter), parameter);
  });
  const all = [...captures, ...(unit.self ? [parameters.self] : []), ...operands];
  return callBody(body, unit, all, place);
}

function argumentAt(body: GuestBody, { given, rest }: EntryParameters, index: number, place: ts.Node): Operand {
  const value = given[index] ?? body.libValue('argument_at', [rest, body.builder.i32(index - given.length)], place);
  return { rep: 'val', value };
}

/** An array of the arguments from an index on. */
function argumentsFrom(body: GuestBody, { given, count, rest }: EntryParameters, from: number, place: ts.Node): Value {
  return body.libValue('rest_arguments', [body.builder.i32(from), count, ...given, rest], place);
}
