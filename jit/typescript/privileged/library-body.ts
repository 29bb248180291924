/**
 * LibraryBody: lowers one function of the library. Statements come from lower/; here are declarations, returns and the
 * scopes of names. Expressions are in expressions.ts.
 */
import ts from 'typescript';
import type { SymbolTypes } from '../../../ir/builder.js';
import type { IrFunction, IrModule } from '../../../ir/function.js';
import type { Block, Type, Value } from '../../../ir/types.js';
import { CALL, TRAP } from '../../abi.js';
import { Body } from '../lower/body.js';
import type { Variable } from '../lower/ssa.js';
import { lowerStatements } from '../lower/statements.js';
import type { Constant } from './constants.js';
import { constantOf } from './constants.js';
import { branch, convert, lower, lowerAs, typeOfExpression } from './expressions.js';
import type { LibraryFunction, LibraryScope } from './library-scope.js';
import { IR_TYPE, machineTypeOf, type MachineType } from './machine-types.js';

export interface Local extends Variable {
  readonly machine: MachineType;
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
    lowerStatements(this, node.body?.statements ?? []);
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

  effect(node: ts.Expression): void {
    lower(this, node);
  }

  branchOn(node: ts.Expression, then: Block, otherwise: Block): void {
    branch(this, node, then, otherwise);
  }

  declareVariables(list: ts.VariableDeclarationList): void {
    for (const { name, type, initializer } of list.declarations) {
      if (!ts.isIdentifier(name)) return this.refuse(name, 'destructuring');
      const declared = type && machineTypeOf(type);
      if (type && !declared) return this.refuse(type, 'a type that is no machine type');
      const machine = declared ?? (initializer && typeOfExpression(this, initializer));
      if (!machine || machine === 'void' || machine === 'never') {
        return this.refuse(name, `a variable without an evident machine type: ${name.text}`);
      }
      const value = initializer ? lowerAs(this, initializer, machine) : this.zero(irTypeOf(machine));
      this.ssa.write(this.declare(name.text, machine), value);
    }
  }

  returnStatement(node: ts.ReturnStatement): void {
    const { result } = this.self;
    if (!node.expression || result === 'void') {
      if (node.expression) lower(this, node.expression);
      return this.#return([], node);
    }
    if (result === 'never') return this.refuse(node, 'a return from a function that never returns');
    this.#return([lowerAs(this, node.expression, result)], node);
  }

  #return(values: Value[], node: ts.Node): void {
    if (this.insideFinally) return this.refuse(node, 'a return inside of try-finally');
    this.return(...values, this.builder.i32(CALL.ok));
  }

  returnBoxed(): void {
    throw new Error('the dialect has no return inside of try-finally');
  }

  thrown(node: ts.Expression): Value {
    return lowerAs(this, node, 'val');
  }

  switchSubject(node: ts.Expression): (clause: ts.Expression) => Value {
    const type = typeOfExpression(this, node) ?? 'i32';
    const subject = lowerAs(this, node, type);
    if (type !== 'i32' && type !== 'val' && type !== 'bool') return this.refuse(node, `a switch over ${type}`);
    return (clause) => this.builder.op(type === 'val' ? 'val.eq' : 'i32.eq', [subject, lowerAs(this, clause, type)]);
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

  convert(value: Value, from: MachineType, to: MachineType, node: ts.Node): Value {
    return convert(this, { type: from, value }, to, node);
  }
}
