/**
 * LibraryBody: lowers one function of the library. Statements come from lower/; here are declarations, returns and the
 * scopes of names. Expressions are given to it: expressions.ts has them.
 */
import ts = require('typescript');
import type { SymbolTypes } from '../../../ir/builder.js';
import type { IrFunction, IrModule } from '../../../ir/function.js';
import type { Block, Type, Value } from '../../../ir/types.js';
import { CALL, TRAP } from '../../abi.js';
import { Body } from '../lower/body.js';
import type { Variable } from '../lower/ssa.js';
import { lowerStatement } from '../lower/statements.js';
import type { Constant } from './constants.js';
import { constantOf } from './constants.js';
import type { LibraryFunction, LibraryScope } from './library-scope.js';
import { IR_TYPE, machineTypeOf, type MachineType, type Typed } from './machine-types.js';

export interface Local extends Variable {
  readonly machine: MachineType;
}

/** The expressions of the dialect, which need a body in turn. */
export interface DialectExpressions {
  lower(body: LibraryBody, node: ts.Expression, expected?: MachineType): Typed;
  lowerAs(body: LibraryBody, node: ts.Expression, type: MachineType): Value;
  branch(body: LibraryBody, node: ts.Expression, then: Block, otherwise: Block): void;
  typeOf(body: LibraryBody, node: ts.Expression): MachineType | undefined;
  convert(body: LibraryBody, from: Typed, to: MachineType, node: ts.Node): Value;
}

/** Ends the lowering of a function; carries the place. */
export class DialectError extends Error {
  constructor(
    readonly node: ts.Node,
    message: string,
  ) {
    super(message);
  }
}

export const irTypeOf = (type: MachineType): Type => {
  const irType = IR_TYPE[type];
  if (!irType) throw new Error(`${type} has no value`);
  return irType;
};

export class LibraryBody extends Body {
  readonly traced = false;
  readonly #scopes: Map<string, Local>[] = [new Map()];

  constructor(
    func: IrFunction,
    symbols: SymbolTypes,
    readonly module: IrModule,
    readonly scope: LibraryScope,
    readonly self: LibraryFunction,
    /** Functions whose table index is taken. */
    readonly addressTaken: Set<string>,
    readonly expressions: DialectExpressions,
  ) {
    super(func, symbols, self.file.index);
  }

  lowerFunction(): void {
    const { node, params, result } = this.self;
    const values = this.builder.entry();
    this.ssa.seal(this.builder.current);
    params.forEach(({ name, type }, index) => {
      const value = values[index];
      if (value !== undefined) this.ssa.write(this.declare(name, type), value);
    });
    for (const statement of node.body?.statements ?? []) this.statement(statement);
    if (!this.closed) {
      if (result === 'void') this.return(this.builder.i32(CALL.ok));
      else this.terminate({ kind: 'trap', code: TRAP.unreachable });
    }
    this.finish();
  }

  declare(name: string, machine: MachineType): Local {
    const local: Local = { name, type: irTypeOf(machine), machine };
    this.#scopes.at(-1)?.set(name, local);
    return local;
  }

  find(name: string): Local | undefined {
    for (let index = this.#scopes.length - 1; index >= 0; index--) {
      const local = this.#scopes[index]?.get(name);
      if (local) return local;
    }
    return undefined;
  }

  constant(node: ts.Expression): Constant | undefined {
    return constantOf(node, (name) => (this.find(name) ? undefined : this.scope.constantNamed(this.self.file, name)));
  }

  statement(node: ts.Statement): void {
    lowerStatement(this, node);
  }

  effect(node: ts.Expression): void {
    this.lower(node);
  }

  branchOn(node: ts.Expression, then: Block, otherwise: Block): void {
    this.expressions.branch(this, node, then, otherwise);
  }

  declareVariables(list: ts.VariableDeclarationList): void {
    for (const { name, type, initializer } of list.declarations) {
      if (!ts.isIdentifier(name)) return this.refuse(name, 'destructuring');
      const declared = type && machineTypeOf(type);
      if (type && !declared) return this.refuse(type, 'a type that is no machine type');
      const machine = declared ?? (initializer && this.typeOf(initializer));
      if (!machine || machine === 'void' || machine === 'never') {
        return this.refuse(name, `a variable without an evident machine type: ${name.text}`);
      }
      const value = initializer ? this.lowerAs(initializer, machine) : this.zero(irTypeOf(machine));
      this.ssa.write(this.declare(name.text, machine), value);
    }
  }

  returnStatement(node: ts.ReturnStatement): void {
    const { result } = this.self;
    if (!node.expression || result === 'void') {
      if (node.expression) this.lower(node.expression);
      return this.#return([], node);
    }
    if (result === 'never') return this.refuse(node, 'a return from a function that never returns');
    this.#return([this.lowerAs(node.expression, result)], node);
  }

  #return(values: Value[], node: ts.Node): void {
    if (this.insideFinally) return this.refuse(node, 'a return inside of try-finally');
    this.return(...values, this.builder.i32(CALL.ok));
  }

  returnBoxed(): void {
    throw new Error('the dialect has no return inside of try-finally');
  }

  thrown(node: ts.Expression): Value {
    return this.lowerAs(node, 'val');
  }

  switchSubject(node: ts.Expression): (clause: ts.Expression) => Value {
    const type = this.typeOf(node) ?? 'i32';
    const subject = this.lowerAs(node, type);
    if (type !== 'i32' && type !== 'val' && type !== 'bool') return this.refuse(node, `a switch over ${type}`);
    return (clause) => this.builder.op(type === 'val' ? 'val.eq' : 'i32.eq', [subject, this.lowerAs(clause, type)]);
  }

  bindError(clause: ts.CatchClause): void {
    const name = clause.variableDeclaration?.name;
    if (!name) return;
    if (!ts.isIdentifier(name)) return this.refuse(name, 'destructuring');
    this.ssa.write(this.declare(name.text, 'val'), this.builder.op('global.get', [], 'error'));
  }

  enterScope(): void {
    this.#scopes.push(new Map());
  }

  leaveScope(): void {
    this.#scopes.pop();
  }

  freshRound(): void {
    // No closures, so rounds share their variables.
  }

  otherStatement(node: ts.Statement): void {
    this.refuse(node, `a statement of kind ${ts.SyntaxKind[node.kind]}`);
  }

  refuse(node: ts.Node, what: string): never {
    throw new DialectError(node, `the dialect does not have ${what}`);
  }

  propagate(): void {
    const { result } = this.self;
    const type = IR_TYPE[result];
    this.return(...(type ? [this.zero(type)] : []), this.builder.i32(CALL.thrown));
  }

  trace(): void {
    throw new Error('the library notes no sites');
  }

  siteOf(): number {
    return -1;
  }

  lower(node: ts.Expression, expected?: MachineType): Typed {
    return this.expressions.lower(this, node, expected);
  }

  lowerAs(node: ts.Expression, type: MachineType): Value {
    return this.expressions.lowerAs(this, node, type);
  }

  typeOf(node: ts.Expression): MachineType | undefined {
    return this.expressions.typeOf(this, node);
  }
}
