/**
 * Closures: making them, and the functions behind them that others call by table index.
 *
 * `<symbol>$entry` has CLOSURE_SIGNATURE: it takes captures from the closure, checks and converts arguments, and calls
 * the body. Entries are noted while lowering and made by entries.ts.
 */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { CLOSURE, TAG } from '../../abi.js';
import type { FunctionNode, Unit } from './bindings.js';
import { box } from './convert.js';
import { hostDeclarationOf, isForeign } from './foreign.js';
import { refuse } from '../refusals.js';
import { entrySymbol, parameterCount, unitFlags } from './function-infos.js';
import type { GuestBody } from './guest-body.js';
import { libraryFunctionOf, type ForeignFunction } from './library-functions.js';
import type { Program } from './program.js';
import type { Operand } from './representation.js';
import { functionInfoSymbol } from './static-data.js';

export function functionValue(body: GuestBody, node: FunctionNode): Operand {
  const { facts } = body.program;
  const value = makeClosure(body, facts.unitOf(node), node);
  // The name of a function expression stands for the closure in its own code.
  const own = ts.isFunctionExpression(node) && node.name ? facts.bindingOf(node.name) : undefined;
  if (own?.captured && own.declaration) {
    if (isRepeated(node, own.scope)) refuse('BR1000', own.declaration, `the name of the function expression \`${own.name}\` as a value, in a loop without a block`);
    body.initialize(own, { rep: 'val', value }, node);
  }
  return { rep: 'val', value };
}

/** Whether one life of a scope can evaluate this expression more than once. */
function isRepeated(node: ts.Node, scope: ts.Node): boolean {
  for (let at = node.parent; at !== scope; at = at.parent) if (ts.isIterationStatement(at, false)) return true;
  return ts.isForStatement(scope);
}

function makeClosure(body: GuestBody, unit: Unit, node: FunctionNode): Value {
  const { program } = body;
  program.entries.set(entrySymbol(unit.symbol), { kind: 'unit', unit });
  const info = functionInfoSymbol(program.module, unit.name, parameterCount(node), unit.captures.length, unitFlags(unit, node));
  return allocateClosure(body, entrySymbol(unit.symbol), info, capturedValues(body, unit), node);
}

/** What a closure of a unit holds. */
export function capturedValues(body: GuestBody, unit: Unit): Value[] {
  return unit.captures.map((binding) =>
    binding.storage === 'cell'
      ? body.builder.op('val.box', [body.ssa.read(body.variable(binding))], TAG.object)
      : box(body, body.read(binding)),
  );
}

export function allocateClosure(body: GuestBody, entry: string, info: string, captured: readonly Value[], node: ts.Node): Value {
  const { builder } = body;
  const operands = [builder.op('func.index', [], entry), builder.op('data.addr', [], info), builder.i32(captured.length)];
  const closure = body.libValue('alloc_closure', operands, node);
  captured.forEach((value, index) => builder.store('val', closure, CLOSURE.captures + 8 * index, value));
  return builder.op('val.box', [closure], TAG.object);
}

/** Makes the closures of the functions that are declared in a scope, on entry to it. */
export function hoistFunctions(body: GuestBody, scope: ts.Node): void {
  for (const statement of statementsOf(scope)) {
    if (!ts.isFunctionDeclaration(statement) || !statement.body || !statement.name) continue;
    if (ts.isSourceFile(scope) && statement.end <= body.program.start) continue;
    const unit = body.program.facts.unitOf(statement);
    const binding = body.program.facts.bindingOf(statement.name);
    if (!unit.escapes || !binding) continue;
    body.locate(statement);
    body.initialize(binding, functionValue(body, statement), statement.name);
  }
}

function statementsOf(scope: ts.Node): readonly ts.Statement[] {
  if (ts.isSourceFile(scope) || ts.isBlock(scope)) return scope.statements;
  if (ts.isCaseBlock(scope)) return scope.clauses.flatMap((clause) => [...clause.statements]);
  const body = ts.isFunctionDeclaration(scope) || ts.isFunctionExpression(scope) || ts.isArrowFunction(scope) || ts.isMethodDeclaration(scope) ? scope.body : undefined;
  return body && ts.isBlock(body) ? body.statements : [];
}

/** A host function or a function of the library as a value; null for any other name. */
export function lowerForeignFunction(body: GuestBody, node: ts.Identifier): Operand | null {
  const declaration = hostDeclarationOf(body.program, node);
  const count = declaration?.parameters.length ?? 0;
  const found = declaration ? { symbol: `host$${node.text}`, name: node.text, count, request: { kind: 'host' as const, declaration } } : libraryFunctionOf(body.program, null, node.text);
  return found && foreignClosure(body, found, node);
}

/** `Math.max` and the like as a value. */
export function lowerForeignMember(body: GuestBody, node: ts.PropertyAccessExpression): Operand | null {
  const { expression, name } = node;
  if (!ts.isIdentifier(expression) || !isForeign(body.program, expression)) return null;
  return foreignMember(body, expression.text, name.text, node);
}

/** A function that an object of the library has; those of Promise need it as `this`, so they are none by themselves. */
export function foreignMember(body: GuestBody, object: string, name: string, node: ts.Node): Operand | null {
  const found = object === 'Promise' ? null : libraryFunctionOf(body.program, object, name);
  return found && foreignClosure(body, found, node);
}

function foreignClosure(body: GuestBody, { symbol, name, count, request }: ForeignFunction, node: ts.Node): Operand {
  const { program } = body;
  program.entries.set(entrySymbol(symbol), request);
  const info = functionInfoSymbol(program.module, name, count, 0, 0);
  const operands = [body.builder.op('func.index', [], entrySymbol(symbol)), body.builder.op('data.addr', [], info)];
  return { rep: 'val', value: body.libValue('function_value', operands, node) };
}

/** Asks for the entry of a function that the host may call. */
export function exportEntry(program: Program, unit: Unit): string {
  const symbol = entrySymbol(unit.symbol);
  program.entries.set(symbol, { kind: 'unit', unit });
  return symbol;
}
