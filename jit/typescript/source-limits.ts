/**
 * What is refused of a source for its size before the checker sees it, so that no text takes long to be compiled, or to
 * be refused.
 *
 * The parser, the checker and the lowering recur over nesting; and the checker, which follows the flow of control
 * backwards from each use of a variable, takes time that grows with the square of what a function branches and assigns.
 * Both are bounded here, by counting, so that a limit does not depend on the machine.
 *
 * N1 Nothing is nested deeper than MAX_NESTING nodes of syntax; a chain of binary operators counts once (syntax-walk.ts).
 * N2 The squares and cubes of CHECKING_COST sum up to MAX_EFFORT at most.
 */
import ts = require('typescript');
import { diagnosticAt, type Diagnostic } from '../diagnostics.js';
import { CompileError } from '../errors.js';
import { isLooped, leftSpine } from './syntax-walk.js';

const MAX_NESTING = 400;
const MAX_EFFORT = 4_000_000;

const SPLIT = 'split it into functions, statements or data';
const TOO_DEEP = `the source is nested deeper than ${MAX_NESTING} levels: ${SPLIT}`;

const K = ts.SyntaxKind;
const OPENING: ReadonlySet<ts.SyntaxKind> = new Set([K.OpenBraceToken, K.OpenBracketToken, K.OpenParenToken]);
const CLOSING: ReadonlySet<ts.SyntaxKind> = new Set([K.CloseBraceToken, K.CloseBracketToken, K.CloseParenToken]);

/** What the checker's time grows with, in units of roughly a microsecond. */
const CHECKING_COST = {
  /** Places of a function where the flow divides or a variable changes: each is passed from all that follow. */
  flow: (places: number) => places ** 2,
  /** Operands of a chain of `+` and the like: each looks outward for the function it stands in. */
  operands: (count: number) => count ** 2 / 8,
  /** Operands of a chain of `&&`, `||`, `??`: each is narrowed by those before it, for each that follows. */
  conditions: (count: number) => count ** 3,
  /** Classes that a class extends, one by the other: members are looked for in all of them. */
  ancestors: (count: number) => 8 * count,
} as const;

interface Visit {
  readonly node: ts.Node;
  readonly depth: number;
  readonly scope: Effort;
}

/** What a function, or the text outside of functions, costs. */
interface Effort {
  readonly node: ts.Node;
  places: number;
  cost: number;
}

/** Parses; where the parser itself runs out of stack, says so with the place where brackets first nest too deeply. */
export function orTooDeep<T extends { readonly name: string; readonly text: string }>(source: T, parse: (source: T) => ts.SourceFile): ts.SourceFile {
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { name, text } = source;
    const diagnostic = diagnosticAt('SOURCE_LIMIT', '', TOO_DEEP, { file: name, text, start: deepBracket(text), length: 1 });
    throw new CompileError([diagnostic], { cause: error });
  }
}

/** Where more than MAX_NESTING brackets are open, as far as the scanner can tell without a parser; else the start. */
function deepBracket(text: string): number {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text);
  let open = 0;
  for (let token = scanner.scan(); token !== K.EndOfFileToken; token = scanner.scan()) {
    if (OPENING.has(token) && ++open > MAX_NESTING) return scanner.getTokenStart();
    if (CLOSING.has(token)) open--;
  }
  return 0;
}

/** At most one diagnostic. */
export function sourceLimits(file: ts.SourceFile): Diagnostic[] {
  const efforts: Effort[] = [];
  const effortOf = (node: ts.Node): Effort => {
    const effort = { node, places: 0, cost: 0 };
    efforts.push(effort);
    return effort;
  };
  const ancestors = new Map<string, number>();
  const stack: Visit[] = [{ node: file, depth: 0, scope: effortOf(file) }];
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { node, depth } = visit;
    if (depth > MAX_NESTING) return [tooLarge(node, TOO_DEEP)];
    const scope = ts.isFunctionLike(node) ? effortOf(node) : visit.scope;
    scope.places += placesOf(node);
    scope.cost += costOf(node) + (ts.isClassLike(node) ? CHECKING_COST.ancestors(countAncestors(node, ancestors)) : 0);
    const from = stack.length;
    ts.forEachChild(node, (child) => void stack.push({ node: child, depth: isInChain(child) ? depth : depth + 1, scope }));
    reverseFrom(stack, from);
  }
  return tooCostly(efforts);
}

function tooCostly(efforts: readonly Effort[]): Diagnostic[] {
  const total = ({ cost, places }: Effort): number => cost + CHECKING_COST.flow(places);
  if (efforts.reduce((sum, each) => sum + total(each), 0) <= MAX_EFFORT) return [];
  const worst = efforts.reduce((a, b) => (total(b) > total(a) ? b : a));
  const what = ts.isSourceFile(worst.node) ? 'the text outside of functions' : 'this function';
  return [tooLarge(worst.node, `the source branches, assigns or chains too much to be checked in time, most of it in ${what}: ${SPLIT}`)];
}

const tooLarge = (node: ts.Node, message: string): Diagnostic =>
  diagnosticAt('SOURCE_LIMIT', '', message, {
    file: node.getSourceFile().fileName, text: node.getSourceFile().text, start: node.getStart(), length: 1,
  });

/** The left side of a chain of binary operators, which costs no level. */
const isInChain = (node: ts.Node): boolean => isLooped(node) && isLooped(node.parent) && node.parent.left === node;

/** How often the flow of control divides at a node, or a variable changes. */
function placesOf(node: ts.Node): number {
  switch (node.kind) {
    case K.IfStatement:
    case K.ConditionalExpression:
    case K.TryStatement:
    case K.PostfixUnaryExpression:
      return 1;
    case K.PrefixUnaryExpression:
      return ts.isPrefixUnaryExpression(node) && (node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken) ? 1 : 0;
    case K.BinaryExpression:
      return ts.isBinaryExpression(node) && (isAssignment(node.operatorToken.kind) || isCondition(node)) ? 1 : 0;
  }
  return 0;
}

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= K.FirstAssignment && kind <= K.LastAssignment;
const isCondition = (node: ts.Node): node is ts.BinaryExpression => ts.isBinaryExpression(node) && !isLooped(node);

/** The cost of a chain of operators, counted at its outermost. */
function costOf(node: ts.Node): number {
  if (!ts.isBinaryExpression(node)) return 0;
  if (isLooped(node)) return isInChain(node) ? 0 : CHECKING_COST.operands(leftSpine(node).length);
  if (isCondition(outsideParentheses(node))) return 0;
  let count = 0;
  const stack: ts.Expression[] = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const inner = withoutParentheses(at);
    if (isCondition(inner)) stack.push(inner.left, inner.right);
    else count++;
  }
  return CHECKING_COST.conditions(count);
}

function outsideParentheses(node: ts.Node): ts.Node {
  let at = node.parent;
  while (ts.isParenthesizedExpression(at)) at = at.parent;
  return at;
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isParenthesizedExpression(at)) at = at.expression;
  return at;
}

/** By name alone, and only of classes that stand before: what misses some is refused by the checker or by N1. */
function countAncestors(node: ts.ClassLikeDeclaration, known: Map<string, number>): number {
  const clause = node.heritageClauses?.find(({ token }) => token === K.ExtendsKeyword);
  const parent = clause?.types[0]?.expression;
  const count = parent && ts.isIdentifier(parent) ? (known.get(parent.text) ?? 0) + 1 : 0;
  if (node.name) known.set(node.name.text, count);
  return count;
}

/** In place and without a call per child: a literal may have a hundred thousand. The first child is then visited first. */
function reverseFrom(stack: Visit[], from: number): void {
  for (let low = from, high = stack.length - 1; low < high; low++, high--) {
    const [a, b] = [stack[low], stack[high]];
    if (a && b) [stack[low], stack[high]] = [b, a];
  }
}
