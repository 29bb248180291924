/**
 * Body: the state of lowering one function, shared by guest code and by the dialect of the standard library.
 *
 * Holds the builder, SSA construction and the stack of control scopes (loops, labels, handlers, finally blocks). The two
 * dialects give meaning to expressions and declarations through the abstract methods. Invariants:
 * L1 a block is sealed when it is entered, but for loop headers and finally blocks, which their owners seal;
 * L2 after a closed block nothing is emitted: statements test `closed`;
 * L3 an error on its way to a handler is in the global `error`.
 */
import type ts from 'typescript';
import { Builder, type SymbolTypes } from '../../../ir/builder.js';
import type { IrFunction, SourceLocation, Target, Terminator } from '../../../ir/function.js';
import type { Block, Type, Value } from '../../../ir/types.js';
import { Ssa, zeroOf, type Variable } from './ssa.js';

export interface LoopScope {
  readonly kind: 'loop' | 'switch' | 'label';
  readonly labels: readonly string[];
  readonly breakBlock: Block;
  readonly continueBlock: Block | null;
}

/** Where an error goes: through `pad`, which takes a site and notes it in the trace, to `target`. */
export interface Handler {
  pad: Block | null;
  readonly target: Block;
}

export type Exit =
  | { readonly kind: 'break' | 'continue'; readonly scope: LoopScope }
  | { readonly kind: 'return' }
  | { readonly kind: 'throw' };

/** A finally block under construction: why it was entered is in `reason` (0: normally, n: exits[n - 1]). */
export interface FinallyScope {
  readonly kind: 'finally';
  readonly handler: Handler;
  readonly block: Block;
  readonly reason: Variable;
  readonly value: Variable;
  readonly exits: Exit[];
}

export interface CatchScope {
  readonly kind: 'catch';
  readonly handler: Handler;
}

export type ControlScope = LoopScope | CatchScope | FinallyScope;

export abstract class Body {
  readonly builder: Builder;
  readonly ssa: Ssa;
  readonly control: ControlScope[] = [];
  /** Labels that stand directly before the statement that is lowered next. */
  pendingLabels: string[] = [];
  /** Callees whose throw leaves this function; null for a throw of its own. */
  readonly escapes = new Set<string | null>();
  #outermost: Handler | null = null;

  constructor(
    readonly func: IrFunction,
    symbols: SymbolTypes,
    readonly file: number,
  ) {
    this.builder = new Builder(func, symbols);
    this.ssa = new Ssa(this.builder);
  }

  // What the dialects define ------------------------------------------------------------------------------------------

  /** Lowers one statement; does nothing where it cannot be reached. */
  abstract statement(node: ts.Statement): void;
  /** Evaluates an expression for what it does. */
  abstract effect(node: ts.Expression): void;
  /** Goes to one of two blocks by the truth of an expression. */
  abstract branchOn(node: ts.Expression, then: Block, otherwise: Block): void;
  abstract declareVariables(list: ts.VariableDeclarationList): void;
  abstract returnStatement(node: ts.ReturnStatement): void;
  /** Returns what `FinallyScope.value` holds. */
  abstract returnBoxed(value: Value): void;
  /** Evaluates the operand of a throw to a boxed value. */
  abstract thrown(node: ts.Expression): Value;
  /** A test of a switch clause: gives an i32. */
  abstract switchSubject(node: ts.Expression): (clause: ts.Expression) => Value;
  /** Starts a catch clause: the error is in the global `error`. */
  abstract bindError(clause: ts.CatchClause): void;
  /** Called around whatever opens a scope of names: blocks, loops, switches, catch clauses. */
  abstract enterScope(node: ts.Node): void;
  abstract leaveScope(node: ts.Node): void;
  /** Between two rounds of a `for` loop: gives captured variables of its head a life of their own. */
  abstract freshRound(node: ts.ForStatement): void;
  /** Statements that only one dialect knows. */
  abstract otherStatement(node: ts.Statement): void;
  abstract refuse(node: ts.Node, what: string): never;
  /** Returns from the function with the error in the global `error`. */
  abstract propagate(): void;
  /** Whether errors on their way out note the sites they pass. */
  abstract readonly traced: boolean;
  /** Notes a site in the trace of the error, or does nothing. */
  abstract trace(site: Value): void;
  /** Number of the site that stands for a node in stacks. */
  abstract siteOf(node: ts.Node): number;

  /** Statements in a scope of their own. */
  scoped(scope: ts.Node, statements: readonly ts.Statement[]): void {
    this.enterScope(scope);
    this.statements(statements);
    this.leaveScope(scope);
  }

  /** Statements one after the other. */
  statements(list: readonly ts.Statement[]): void {
    for (const statement of list) this.statement(statement);
  }

  /** The labels before a loop or switch, for its scope. */
  takeLabels(): string[] {
    const labels = this.pendingLabels;
    this.pendingLabels = [];
    return labels;
  }

  // Blocks ------------------------------------------------------------------------------------------------------------

  locate(node: ts.Node): void {
    this.builder.location = this.locationOf(node);
  }

  locationOf(node: ts.Node): SourceLocation {
    return { file: this.file, offset: node.getStart() };
  }

  get closed(): boolean {
    return this.builder.closed;
  }

  block(...paramTypes: Type[]): Block {
    return this.builder.block(...paramTypes);
  }

  /** Moves to a block all of whose edges are made. */
  enter(block: Block): void {
    this.builder.switchTo(block);
    this.ssa.seal(block);
  }

  /** Like `enter`, but without an edge to the block what follows is unreachable, and the block is closed at once. */
  enterIfReached(block: Block): void {
    this.enter(block);
    if (this.ssa.edgeCount(block) === 0) this.terminate({ kind: 'trap', code: 0 });
  }

  /** A block for code that can not be reached but must stand somewhere. */
  enterUnreachable(): void {
    this.enter(this.block());
  }

  terminate(terminator: Terminator): void {
    this.ssa.terminate(terminator);
  }

  jump(block: Block, ...args: Value[]): void {
    this.terminate({ kind: 'jump', target: { block, args } });
  }

  branch(condition: Value, then: Block | Target, otherwise: Block | Target): void {
    this.terminate({ kind: 'brif', condition, then: asTarget(then), else: asTarget(otherwise) });
  }

  return(...values: Value[]): void {
    this.terminate({ kind: 'return', values });
  }

  zero(type: Type): Value {
    const { opcode, immediates } = zeroOf(type);
    return this.builder.op(opcode, [], ...immediates);
  }

  // Leaving -----------------------------------------------------------------------------------------------------------

  /** Ends the current block by a break, continue, return or rethrow, through the finally blocks on the way. */
  leave(exit: Exit, value?: Value): void {
    for (let index = this.control.length - 1; index >= 0; index--) {
      const scope = this.control[index];
      if (scope === undefined) break;
      if ('scope' in exit && scope === exit.scope) break;
      if (scope.kind === 'finally') return this.#enterFinally(scope, exit, value);
      if (exit.kind === 'throw' && scope.kind === 'catch') return this.jump(scope.handler.target);
    }
    if (exit.kind === 'break') return this.jump(exit.scope.breakBlock);
    if (exit.kind === 'continue') {
      if (exit.scope.continueBlock === null) throw new Error('continue leads to a scope that is no loop');
      return this.jump(exit.scope.continueBlock);
    }
    if (exit.kind === 'return') return this.returnBoxed(value ?? this.zero('val'));
    this.escapes.add(null);
    this.propagate();
  }

  #enterFinally(scope: FinallyScope, exit: Exit, value: Value | undefined): void {
    if (exit.kind === 'throw') return this.jump(scope.handler.target);
    let reason = scope.exits.findIndex((known) => sameExit(known, exit)) + 1;
    if (reason === 0) reason = scope.exits.push(exit);
    this.ssa.write(scope.reason, this.builder.i32(reason));
    if (value !== undefined) this.ssa.write(scope.value, value);
    this.jump(scope.block);
  }

  /** True if a return here would pass a finally block. */
  get insideFinally(): boolean {
    return this.control.some((scope) => scope.kind === 'finally');
  }

  // Errors ------------------------------------------------------------------------------------------------------------

  /** Goes on only if `status` (CALL) is ok; else the error in the global `error` goes to its handler. */
  check(status: Value, callee: string | null, node: ts.Node): void {
    const next = this.block();
    this.branch(status, this.errorTarget(callee, node), { block: next, args: [] });
    this.enter(next);
  }

  /** The target of an error edge: for a branch on the status of a call of `callee`, or a throw (null). */
  errorTarget(callee: string | null, node: ts.Node): Target {
    const handler = this.#handler();
    if (handler === this.#outermost) this.escapes.add(callee);
    if (!this.traced) return { block: handler.target, args: [] };
    handler.pad ??= this.block('i32');
    return { block: handler.pad, args: [this.builder.i32(this.siteOf(node))] };
  }

  /** Ends the block by a throw of a boxed value. */
  throw(value: Value, node: ts.Node): void {
    this.builder.emit('global.set', [value], 'error');
    this.terminate({ kind: 'jump', target: this.errorTarget(null, node) });
  }

  #handler(): Handler {
    for (let index = this.control.length - 1; index >= 0; index--) {
      const scope = this.control[index];
      if (scope?.kind === 'catch' || scope?.kind === 'finally') return scope.handler;
    }
    this.#outermost ??= { pad: null, target: this.block() };
    return this.#outermost;
  }

  /** Fills the pad of a handler whose edges are all made. Leaves no current block. */
  finishPad(handler: Handler): void {
    if (handler.pad === null) return;
    this.enter(handler.pad);
    this.trace(this.builder.param(handler.pad, 0));
    this.jump(handler.target);
  }

  /** Makes the function's own handler, if anything needs it. Call it last. */
  finish(): void {
    if (this.#outermost === null) return;
    this.builder.location = undefined;
    this.finishPad(this.#outermost);
    this.enter(this.#outermost.target);
    this.propagate();
  }
}

const asTarget = (to: Block | Target): Target => (typeof to === 'number' ? { block: to, args: [] } : to);

const sameExit = (a: Exit, b: Exit): boolean =>
  a.kind === b.kind && ('scope' in a ? a.scope : null) === ('scope' in b ? b.scope : null);
