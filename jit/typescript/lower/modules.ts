/**
 * lowerProgram: a checked program to an IR module.
 *
 * The top level is an async function of its own (`$top`), exports and functions used as values get closure entries.
 * Calls of the library stay calls by name: the linker adds what they name. Refused constructs are collected, one per
 * function; the module is whole only if there are none. The module's table starts with the entries that the host calls.
 */
import ts = require('typescript');
import { createFunction, createModule, type IrModule } from '../../../ir/function.js';
import { GLOBALS, HEADER, SLOTS, UNDEFINED, UNINITIALIZED } from '../../abi.js';
import type { HostFunction, Plan, Site } from '../../artifact.js';
import type { Diagnostic } from '../../diagnostics.js';
import type { CheckedProgram } from '../checker.js';
import { Planner } from '../plans.js';
import type { LibraryInterface } from '../privileged/library.js';
import { finishAccessors } from './accessors.js';
import type { Unit } from './bindings.js';
import { cleanUp } from './cleanup.js';
import { exportEntry } from './closures.js';
import { finishEntries } from './entries.js';
import { ExpressionTypes } from './expression-types.js';
import { collectRefusals, lowerUnit } from './functions.js';
import { GuestBody } from './guest-body.js';
import { GUEST_LANGUAGE } from './guest-language.js';
import { LibraryPrediction } from './library-calls.js';
import { refuseDeclarations } from './declarations.js';
import { Predictor } from './prediction.js';
import { Program } from './program.js';
import { analyseScopes } from './scope-analysis.js';
import { startOf, type SessionMemory, type SessionPart } from './session.js';
import { inferThrows } from './throws-analysis.js';

export interface LoweredExport {
  readonly name: string;
  /** Symbol of its closure entry. */
  readonly entry: string;
  readonly async: boolean;
}

export interface LoweredProgram {
  readonly module: IrModule;
  /** Symbol of the closure entry that runs the top level. */
  readonly topLevel: string;
  readonly exports: readonly LoweredExport[];
  readonly hostFunctions: readonly HostFunction[];
  readonly plans: readonly Plan[];
  readonly sites: readonly Site[];
  /** What was refused; if there is anything, the module must not be used. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the next evaluation of a session starts from; the table there is still that of the one before. */
  readonly memory: SessionMemory;
}

/** What a text has in it that makes bigints, or declares that the host sends them. */
const BIGINTS = /[\da-fA-F_]n\b|bigint|Big(?:Int|Uint)/;

/** `session`: the source is a session's whole text, of which only the last evaluation runs. */
export function lowerProgram(checked: CheckedProgram, library: LibraryInterface, session: SessionPart | null = null): LoweredProgram {
  const { file, checker } = checked;
  const facts = analyseScopes(file, checker, session);
  const calls = new LibraryPrediction();
  const predictor = new Predictor(checker, facts, calls, new ExpressionTypes(checker), [file, ...checked.declarations].some(({ text }) => BIGINTS.test(text)));
  const module = createModule();
  for (const { fileName, text } of [file, ...checked.declarations]) module.sources.push({ name: fileName, text });
  for (const { name, type } of GLOBALS) module.globals.set(name, { name, type, mutable: true, initial: type === 'i64' || type === 'val' ? 0n : 0 });
  const program = new Program(file, checker, facts, predictor, library, new Planner(checker, file), module, session);
  calls.attach(program);
  predictor.settle();
  refuseDeclarations(program, checked);
  nameUnits(facts.units, session);
  for (const unit of facts.units) program.declareUnit(unit);
  for (const unit of facts.units) {
    if (unit !== facts.top) lowerUnit(program, unit);
  }
  lowerTop(program);
  const topLevel = exportEntry(program, facts.top);
  const exports = session ? [] : exportsOf(program);
  const first = session?.memory.table ?? [''];
  module.table = [...new Set([...first, topLevel, ...exports.map(({ entry }) => entry)])];
  finishEntries(program);
  finishAccessors(program);
  if (program.diagnostics.length === 0) inferThrows(program.lowered);
  return {
    module,
    topLevel,
    exports,
    hostFunctions: program.hostFunctions,
    plans: program.planner.plans,
    sites: program.sites,
    diagnostics: [...program.diagnostics].sort((a, b) => a.line - b.line || a.column - b.column),
    memory: {
      table: first, sites: program.sites, hostFunctions: program.hostFunctions, hostKeys: program.hostKeys,
      plans: program.planner.plans, shapes: program.shapes,
    },
  };
}

/** Symbols of bodies: `u$name`, with a number where names repeat. */
function nameUnits(units: readonly Unit[], session: SessionPart | null): void {
  const taken = new Map<string, number>();
  for (const unit of units) {
    if (ts.isSourceFile(unit.node)) {
      unit.symbol = session ? `$top$${session.starts.length}` : '$top';
      continue;
    }
    const base = /^[A-Za-z0-9_]+$/.test(unit.name) ? unit.name : 'function';
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    unit.symbol = count === 1 ? `u$${base}` : `u$${base}$${count}`;
  }
}

function lowerTop(program: Program): void {
  const { facts, file } = program;
  const { symbol } = facts.top;
  const func = program.module.functions.get(symbol) ?? createFunction(symbol, { params: [], results: ['val', 'i32'] }, 'async');
  const body = new GuestBody(func, program, facts.top, GUEST_LANGUAGE);
  collectRefusals(program, () => {
    body.builder.entry();
    body.ssa.seal(body.builder.current);
    if (program.session) growEnvironment(body);
    else makeEnvironment(body);
    body.completion = { name: 'completion', type: 'val' };
    body.ssa.write(body.completion, body.undefinedValue());
    body.enterScope(file);
    for (const statement of file.statements) if (!program.session || statement.end > program.start) body.statement(statement);
    if (!body.closed) body.returnOperand({ rep: 'val', value: body.ssa.read(body.completion) }, file);
    body.finish();
    cleanUp(func);
  });
  program.lowered.push({ func, escapes: body.escapes, keepsStatus: true });
}

/** The slots that module variables live in. */
function makeEnvironment(body: GuestBody): void {
  const { facts, file } = body.program;
  if (facts.slotCount === 0) return;
  const { builder } = body;
  const slots = body.libValue('alloc_slots', [builder.i32(facts.slotCount)], file);
  for (const binding of facts.bindings) {
    if (binding.storage !== 'slot') continue;
    const dead = binding.tested && (binding.kind === 'let' || binding.kind === 'const');
    builder.store('val', slots, SLOTS.data + 8 * binding.slot, builder.val(dead ? UNINITIALIZED : UNDEFINED));
  }
  builder.store('ref', builder.op('global.get', [], 'header'), HEADER.environment, slots);
}

/** Adds the slots of the variables that this evaluation declares. */
function growEnvironment(body: GuestBody): void {
  const { facts, file, session } = body.program;
  const { builder } = body;
  body.lib('environment_grow', [builder.i32(facts.slotCount)], file);
  const slots = builder.load('ref', builder.op('global.get', [], 'header'), HEADER.environment);
  for (const binding of facts.bindings) {
    const isNew = binding.storage === 'slot' && (binding.declaration?.end ?? 0) > startOf(session);
    // The evaluation may fail before it comes to the declaration (E3).
    if (isNew && (binding.kind === 'let' || binding.kind === 'const')) {
      builder.store('val', slots, SLOTS.data + 8 * binding.slot, builder.val(UNINITIALIZED));
    }
  }
}

/** Functions that the module exports. Other exported values stay inside: the host can only call. */
function exportsOf(program: Program): LoweredExport[] {
  const { checker, facts, file } = program;
  const symbol = checker.getSymbolAtLocation(file);
  const found: LoweredExport[] = [];
  for (const exported of symbol ? checker.getExportsOfModule(symbol) : []) {
    const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = target.valueDeclaration;
    const name = declaration && ts.getNameOfDeclaration(declaration);
    const binding = name && ts.isIdentifier(name) ? facts.bindingOf(name) : undefined;
    if (!binding?.known) continue;
    if (ts.isSourceFile(binding.known.node) || binding.known.captures.length > 0) continue;
    found.push({ name: exported.name, entry: exportEntry(program, binding.known), async: binding.known.async && !binding.known.generator });
  }
  return found;
}
