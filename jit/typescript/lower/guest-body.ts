/**
 * GuestBody: lowers one function of a guest program. Statements come from the shared files; expressions, declarations
 * and functions from the files of their family. Here: variables, calls of the library, returns, scopes.
 *
 * G1 A `val` read from anywhere but an SSA fact is checked where it is consumed.
 */
import ts = require('typescript');
import type { IrFunction } from '../../../ir/function.js';
import type { Block, Value } from '../../../ir/types.js';
import { ABSENT, ASYNC, CALL, CANCEL, CELL, HEADER, SLOTS, UNDEFINED, UNINITIALIZED } from '../../abi.js';
import { REFUSALS, refuse, type RefusalNumber } from '../refusals.js';
import type { Binding, Unit } from './bindings.js';
import { Body } from './body.js';
import { boxOperand, unboxOwn } from './boxing.js';
import { captureType, type Program } from './program.js';
import { TYPE_OF_REP, type Operand, type Representation } from './representation.js';
import type { Variable } from './ssa.js';
import { classSymbol, stringSymbol } from './static-data.js';

/** The families of the language, each in files of its own; they need a body in turn. guest-language.ts has them. */
export interface GuestLanguage {
  statement(body: GuestBody, node: ts.Statement): void;
  expression(body: GuestBody, node: ts.Expression): Operand;
  branchOn(body: GuestBody, node: ts.Expression, then: Block, otherwise: Block): void;
  declareList(body: GuestBody, list: ts.VariableDeclarationList): void;
  /** Binds a name or pattern; `source` is what is taken apart, for errors. */
  bindPattern(body: GuestBody, name: ts.BindingName, operand: Operand, source: '.catch'): void;
  hoistFunctions(body: GuestBody, scope: ts.Node): void;
  areEqual(body: GuestBody, left: Operand, right: Operand, node: ts.Node): Value;
  forOf(body: GuestBody, node: ts.ForOfStatement): void;
  forIn(body: GuestBody, node: ts.ForInStatement): void;
  classDeclaration(body: GuestBody, node: ts.ClassDeclaration): void;
  awaitValue(body: GuestBody, value: Value, node: ts.Node): Value;
  returnFromGenerator(body: GuestBody, value: Value, node: ts.Node): void;
  enumDeclaration(body: GuestBody, node: ts.EnumDeclaration): void;
  statements(body: GuestBody, list: readonly ts.Statement[]): void;
}

/** Library functions that check a value's tag and throw a numbered TypeError. */
const CHECKS: Readonly<Record<Exclude<Representation, 'val'>, string>> = { f64: 'check_number', bool: 'check_boolean', str: 'check_string' };

export class GuestBody extends Body {
  readonly traced = true;
  /** Where an optional chain goes when it ends early. */
  readonly chainExits: Block[] = [];
  /** The value of the last expression statement, at the top level of a program whose result is that. */
  completion: Variable | null = null;
  /** The generator whose body this is. */
  generator: Variable | null = null;
  readonly #variables = new Map<Binding, Variable>();

  constructor(
    func: IrFunction,
    readonly program: Program,
    readonly unit: Unit,
    readonly language: GuestLanguage,
  ) {
    super(func, program.symbols, 0);
  }

  // Calls of the library ------------------------------------------------------------------------------------------------

  /** Calls a library function; checks its status. Gives its result, or null for void. */
  lib(name: string, operands: readonly Value[], node: ts.Node): Value | null {
    const signature = this.program.libraryFunction(name);
    if (!signature) return refuse('BR1021', node, name);
    const results = this.builder.call(name, operands);
    const status = signature.throws ? results.at(-1) : undefined;
    if (status !== undefined) this.check(status, null, node);
    return results.length > (signature.throws ? 1 : 0) ? (results[0] ?? null) : null;
  }

  /** `lib` for a function that gives a value. */
  libValue(name: string, operands: readonly Value[], node: ts.Node): Value {
    const value = this.lib(name, operands, node);
    if (value === null) throw new Error(`the library function ${name} gives no value`);
    return value;
  }

  // Constants -----------------------------------------------------------------------------------------------------------

  undefinedValue(): Value {
    return this.builder.val(UNDEFINED);
  }

  text(text: string): Value {
    return this.builder.op('data.addr', [], stringSymbol(this.program.module, text));
  }

  classDescriptor(name: string): Value {
    return this.builder.op('data.addr', [], classSymbol(this.program.module, name));
  }

  // Variables -----------------------------------------------------------------------------------------------------------

  variable(binding: Binding): Variable {
    const known = this.#variables.get(binding);
    if (known) return known;
    const made: Variable = { name: binding.name, type: captureType(binding) };
    this.#variables.set(binding, made);
    return made;
  }

  read(binding: Binding): Operand {
    const { builder } = this;
    if (binding.storage === 'slot') {
      return { rep: 'val', value: builder.load('val', this.#environment(), SLOTS.data + 8 * binding.slot) };
    }
    const value = this.ssa.read(this.variable(binding));
    if (binding.storage === 'cell') return { rep: 'val', value: builder.load('val', value, CELL.value) };
    return { rep: binding.rep, value };
  }

  write(binding: Binding, operand: Operand, node: ts.Node): void {
    if (binding.storage === 'local') {
      return this.ssa.write(this.variable(binding), this.convertTo(operand, binding.rep, node));
    }
    const value = this.box(operand);
    if (binding.storage === 'slot') this.builder.store('val', this.#environment(), SLOTS.data + 8 * binding.slot, value);
    else this.builder.store('val', this.ssa.read(this.variable(binding)), CELL.value, value);
  }

  /** Gives a binding its first value. */
  initialize(binding: Binding, operand: Operand, node: ts.Node): void {
    if (binding.kind !== 'param' || binding.storage !== 'cell') return this.write(binding, operand, node);
    this.ssa.write(this.variable(binding), this.libValue('alloc_cell', [this.box(operand)], node));
  }

  /** Reads a variable by its name in the source, with the test for its dead zone where that is needed. */
  readNamed(binding: Binding, identifier: ts.Identifier): Operand {
    const operand = this.read(binding);
    if (this.program.facts.needsTest(identifier)) this.testInitialized(operand, identifier);
    return operand;
  }

  writeNamed(binding: Binding, operand: Operand, identifier: ts.Identifier): void {
    if (this.program.facts.needsTest(identifier)) this.testInitialized(this.read(binding), identifier);
    this.write(binding, operand, identifier);
  }

  testInitialized(operand: Operand, identifier: ts.Identifier): void {
    const dead = this.block();
    const next = this.block();
    this.branch(this.builder.op('val.eq', [operand.value, this.builder.val(UNINITIALIZED)]), dead, next);
    this.enter(dead);
    const message = this.box({ rep: 'str', value: this.text(`Cannot access '${identifier.text}' before initialization`) });
    this.throwNew('ReferenceError', message, identifier);
    this.enter(next);
  }

  /** Ends the block by throwing a new error of a library class. */
  throwNew(className: string, message: Value, node: ts.Node): void {
    const error = this.libValue('error_new', [this.classDescriptor(className), message, this.undefinedValue()], node);
    this.throw(this.builder.op('val.box', [error], 0xfffa), node);
  }

  #environment(): Value {
    return this.builder.load('ref', this.builder.op('global.get', [], 'header'), HEADER.environment);
  }

  // Scopes --------------------------------------------------------------------------------------------------------------

  enterScope(node: ts.Node): void {
    for (const binding of this.program.facts.bindingsOf(node)) {
      if (binding.kind !== 'param' && binding.kind !== 'this') this.#begin(binding, node);
    }
    this.language.hoistFunctions(this, node);
  }

  #begin(binding: Binding, node: ts.Node): void {
    const dead = binding.tested && (binding.kind === 'let' || binding.kind === 'const');
    const initial = this.builder.val(dead ? UNINITIALIZED : UNDEFINED);
    if (binding.storage === 'cell') this.ssa.write(this.variable(binding), this.libValue('alloc_cell', [initial], node));
    else if (binding.storage === 'local' && (dead || binding.kind === 'var')) {
      if (binding.rep === 'val') this.ssa.write(this.variable(binding), initial);
    }
  }

  leaveScope(): void {
    // Bindings are found by symbol, so nothing ends here.
  }

  freshRound(node: ts.ForStatement): void {
    for (const binding of this.program.facts.bindingsOf(node)) {
      if (binding.storage !== 'cell' || binding.kind === 'var') continue;
      const value = this.read(binding).value;
      this.ssa.write(this.variable(binding), this.libValue('alloc_cell', [value], node));
    }
  }

  /** Statements one after the other; those behind a `using` run within it. */
  override statements(list: readonly ts.Statement[]): void {
    this.language.statements(this, list);
  }

  // Conversions and expressions -----------------------------------------------------------------------------------------

  expression(node: ts.Expression): Operand {
    return this.language.expression(this, node);
  }

  box(operand: Operand): Value {
    return boxOperand(this.builder, operand);
  }

  /** A value in a representation that its static type promises; a lie throws. */
  convertTo(operand: Operand, rep: Representation, node: ts.Node): Value {
    if (operand.rep === rep) return operand.value;
    const value = this.box(operand);
    return rep === 'val' ? value : this.libValue(CHECKS[rep], [value], node);
  }

  // Statements ----------------------------------------------------------------------------------------------------------

  statement(node: ts.Statement): void {
    this.language.statement(this, node);
  }

  effect(node: ts.Expression): void {
    const operand = this.expression(node);
    if (this.completion && ts.isExpressionStatement(node.parent)) this.ssa.write(this.completion, this.box(operand));
  }

  branchOn(node: ts.Expression, then: Block, otherwise: Block): void {
    this.language.branchOn(this, node, then, otherwise);
  }

  declareVariables(list: ts.VariableDeclarationList): void {
    this.language.declareList(this, list);
  }

  returnStatement(node: ts.ReturnStatement): void {
    if (node.expression && this.unit.constructs) return refuse('BR1015', node);
    const operand = node.expression ? this.expression(node.expression) : { rep: 'val' as const, value: this.undefinedValue() };
    if (this.closed) return;
    if (this.generator && this.unit.async && node.expression) {
      return this.leave({ kind: 'return' }, this.language.awaitValue(this, this.box(operand), node));
    }
    if (this.insideFinally) return this.leave({ kind: 'return' }, this.box(operand));
    this.returnOperand(operand, node);
  }

  returnOperand(operand: Operand, node: ts.Node): void {
    if (this.func.convention === 'plain') {
      return this.return(this.convertTo(operand, this.unit.result, node), this.builder.i32(CALL.ok));
    }
    const value = this.box(operand);
    if (this.generator) return this.language.returnFromGenerator(this, value, node);
    const plain = operand.rep !== 'val';
    const status = plain ? this.builder.i32(ASYNC.fulfilled) : this.libValue('return_status', [value], node);
    this.return(value, status);
  }

  returnBoxed(value: Value): void {
    const operand: Operand = { rep: 'val', value };
    if (this.func.convention === 'async') return this.returnOperand(operand, this.unit.node);
    this.return(unboxOwn(this.builder, value, this.unit.result), this.builder.i32(CALL.ok));
  }

  thrown(node: ts.Expression): Value {
    return this.box(this.expression(node));
  }

  switchSubject(node: ts.Expression): (clause: ts.Expression) => Value {
    const subject = this.expression(node);
    return (clause) => this.language.areEqual(this, subject, this.expression(clause), clause);
  }

  bindError(clause: ts.CatchClause): void {
    const value = this.builder.op('global.get', [], 'error');
    const rethrow = this.block();
    const next = this.block();
    this.branch(this.builder.op('val.eq', [value, this.builder.val(CANCEL)]), rethrow, next);
    this.enter(rethrow);
    this.leave({ kind: 'throw' });
    this.enter(next);
    const name = clause.variableDeclaration?.name;
    if (name) this.language.bindPattern(this, name, { rep: 'val', value }, '.catch');
  }

  otherStatement(node: ts.Statement): void {
    if (ts.isForOfStatement(node)) return this.language.forOf(this, node);
    if (ts.isForInStatement(node)) return this.language.forIn(this, node);
    const harmless =
      ts.isFunctionDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isExportDeclaration(node);
    if (harmless) return;
    if (ts.isEnumDeclaration(node)) return this.language.enumDeclaration(this, node);
    if (ts.isClassDeclaration(node)) return this.language.classDeclaration(this, node);
    if (ts.isModuleDeclaration(node)) return refuse(node.flags & ts.NodeFlags.GlobalAugmentation ? 'BR1008' : 'BR1010', node);
    if (ts.isImportDeclaration(node)) return refuse('BR1004', node);
    if (ts.isWithStatement(node)) return refuse('BR1002', node);
    refuse('BR1000', node);
  }

  refuse(node: ts.Node, what: string): never {
    return refuse('BR1000', node, what);
  }

  refuseAs(number: RefusalNumber, node: ts.Node, detail = ''): never {
    if (!Object.hasOwn(REFUSALS, number)) throw new Error(`no refusal ${number}`);
    return refuse(number, node, detail);
  }

  // Errors --------------------------------------------------------------------------------------------------------------

  propagate(): void {
    const [first] = this.func.results;
    if (this.func.convention === 'async') {
      return this.return(this.builder.op('global.get', [], 'error'), this.builder.i32(ASYNC.rejected));
    }
    this.return(...(first && this.func.results.length > 1 ? [this.zero(first)] : []), this.builder.i32(CALL.thrown));
  }

  trace(site: Value): void {
    this.builder.call('error_trace', [site]);
  }

  siteOf(node: ts.Node): number {
    return this.program.site(this.unit.name, node, ts.isAwaitExpression(node));
  }

  /** A slot or element as it is read: what is absent reads as undefined. */
  present(value: Value): Value {
    const { builder } = this;
    return builder.op('select', [this.undefinedValue(), value, builder.op('val.eq', [value, builder.val(ABSENT)])]);
  }

  typeOf(node: ts.Node): ts.Type {
    return this.program.predictor.types.of(node);
  }

  /** An SSA variable of lowering's own. */
  temporary(name: string, operand: Operand): Variable {
    const variable: Variable = { name, type: TYPE_OF_REP[operand.rep] };
    this.ssa.write(variable, operand.value);
    return variable;
  }
}
