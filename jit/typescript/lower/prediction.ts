/**
 * Predicts the representation that lowering gives an expression, and from that fixes the representation of variables and
 * of function results.
 *
 * Starts from what static types suggest and takes it back wherever an assigned expression is not of that representation
 * by construction, until nothing changes. A wrong prediction costs a check, never safety: assignments convert.
 */
import ts = require('typescript');
import { forEachPart, isLooped, leftSpine } from '../syntax-walk.js';
import { isClassPart, type Binding, type Unit } from './bindings.js';
import type { ExpressionTypes } from './expression-types.js';
import { BOOLEAN_OPERATORS, CHOOSING_OPERATORS, NUMERIC_OPERATORS } from './operator-kinds.js';
import { isBigIntType, isNumberType, repOfType, type Representation } from './representation.js';
import type { ScopeFacts } from './scope-analysis.js';
import { contentOf } from './scope-syntax.js';

export interface CallPrediction {
  /** Representation of a call that goes to the library. */
  libraryResult(node: ts.CallExpression | ts.NewExpression): Representation;
}

const K = ts.SyntaxKind;

/** What a prediction rests on, and is taken back with. */
type Fact = Binding | Unit;

export class Predictor {
  readonly #known = new Map<ts.Expression, Representation>();
  /** Expressions whose prediction asked for a fact. */
  readonly #readers = new Map<Fact, ts.Expression[]>();
  /** Facts that rest on an expression. */
  readonly #restOn = new Map<ts.Expression, Fact[]>();

  constructor(
    readonly checker: ts.TypeChecker,
    readonly facts: ScopeFacts,
    readonly calls: CallPrediction,
    readonly types: ExpressionTypes,
    /** The program's text speaks of bigints: what is `any` may be one. */
    readonly hasBigInts: boolean,
  ) {}

  /** Fixes the representations of all bindings and results. A fact is taken back once at most, and looked at again for each it rests on. */
  settle(): void {
    const sources = new Map<Fact, readonly (ts.Expression | null)[]>();
    for (const unit of this.facts.units) {
      unit.result = this.#suggestedResult(unit);
      sources.set(unit, returnedExpressions(unit));
    }
    for (const binding of this.facts.bindings) sources.set(binding, binding.sources);
    for (const [fact, expressions] of sources) {
      for (const each of expressions) if (each) push(this.#restOn, each, fact);
    }
    const doubtful = new Set(sources.keys());
    for (const fact of doubtful) {
      doubtful.delete(fact);
      const expected = 'result' in fact ? fact.result : fact.rep;
      if (expected === 'val' || sources.get(fact)?.every((each) => each !== null && this.repOf(each) === expected)) continue;
      if ('result' in fact) fact.result = 'val';
      else fact.rep = 'val';
      for (const reader of this.#readers.get(fact) ?? []) this.#takeBack(reader, doubtful);
    }
  }

  /** Forgets what was predicted of an expression and of those that it is part of. */
  #takeBack(reader: ts.Expression, doubtful: Set<Fact>): void {
    for (let at: ts.Node = reader; ts.isExpression(at); at = at.parent) {
      // Parts of a chain may be many; what is above one that was taken back, was taken back too.
      if (!this.#known.delete(at) && isLooped(at)) return;
      for (const fact of this.#restOn.get(at) ?? []) doubtful.add(fact);
    }
  }

  #suggestedResult({ node, async, generator }: Unit): Representation {
    if (ts.isSourceFile(node) || isClassPart(node) || ts.isConstructorDeclaration(node) || async || generator) return 'val';
    const signature = this.checker.getSignatureFromDeclaration(node);
    return signature ? repOfType(signature.getReturnType()) : 'val';
  }

  repOf(node: ts.Expression): Representation {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // From the inside out, so that nothing recurs over a long chain.
    const parts = isLooped(node) ? leftSpine(node, (link) => this.#known.has(link)).slice(1).reverse() : [];
    for (const part of parts) this.#known.set(part, this.#predict(part));
    const rep = this.#predict(node);
    this.#known.set(node, rep);
    return rep;
  }

  #predict(node: ts.Expression): Representation {
    switch (node.kind) {
      case K.NumericLiteral:
        return 'f64';
      case K.StringLiteral:
      case K.NoSubstitutionTemplateLiteral:
      case K.TemplateExpression:
      case K.TypeOfExpression:
        return 'str';
      case K.TrueKeyword:
      case K.FalseKeyword:
      case K.DeleteExpression:
        return 'bool';
    }
    if (ts.isPostfixUnaryExpression(node)) return this.mayBeBig(node.operand) ? 'val' : 'f64';
    if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === K.ExclamationToken) return 'bool';
      return node.operator !== K.PlusToken && this.mayBeBig(node.operand) ? 'val' : 'f64';
    }
    if (ts.isIdentifier(node)) return this.#ofIdentifier(node);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
      return this.repOf(node.expression);
    }
    if (ts.isConditionalExpression(node)) return same(this.repOf(node.whenTrue), this.repOf(node.whenFalse));
    if (ts.isBinaryExpression(node)) return this.#ofBinary(node);
    if (ts.isCallExpression(node)) return this.#ofCall(node);
    if (ts.isNewExpression(node)) return 'val';
    if (ts.isPropertyAccessExpression(node)) return this.#ofProperty(node);
    return 'val';
  }

  #ofIdentifier(node: ts.Identifier): Representation {
    const binding = this.facts.bindingOf(node);
    if (binding) push(this.#readers, binding, node);
    if (binding) return binding.storage === 'local' || !binding.captured ? binding.rep : this.facts.needsTest(node) ? 'val' : binding.rep;
    return node.text === 'NaN' || node.text === 'Infinity' ? 'f64' : 'val';
  }

  #ofBinary(node: ts.BinaryExpression): Representation {
    const operator = node.operatorToken.kind;
    if (NUMERIC_OPERATORS.has(operator)) return this.mayBeBig(node.left) || this.mayBeBig(node.right) ? 'val' : 'f64';
    if (BOOLEAN_OPERATORS.has(operator)) return 'bool';
    if (operator === K.CommaToken || operator === K.EqualsToken) return this.repOf(node.right);
    if (operator === K.PlusToken || operator === K.PlusEqualsToken) return this.sum(node.left, node.right);
    if (CHOOSING_OPERATORS.has(operator)) return same(this.repOf(node.left), this.repOf(node.right));
    return 'val';
  }

  /** What `left + right` gives: a string if one side certainly is one, a number if both have number types. */
  sum(left: ts.Expression, right: ts.Expression): Representation {
    if (this.repOf(left) === 'str' || this.repOf(right) === 'str') return 'str';
    return this.isNumeric(left) && this.isNumeric(right) ? 'f64' : 'val';
  }

  isNumeric(node: ts.Expression): boolean {
    return this.repOf(node) === 'f64' || (isNumberType(this.types.of(node)) && !this.mayBeBig(node));
  }

  /** Whether the value of an operand may be a bigint. */
  mayBeBig(node: ts.Expression): boolean {
    if (!this.hasBigInts || this.repOf(node) !== 'val') return false;
    const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
    if (inner !== node) return this.mayBeBig(inner);
    // The checker takes the product of what is `any` for a number.
    if (ts.isBinaryExpression(node) && NUMERIC_OPERATORS.has(node.operatorToken.kind)) return this.mayBeBig(node.left) || this.mayBeBig(node.right);
    const type = this.types.of(node);
    return isBigIntType(type) || (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Instantiable)) !== 0;
  }

  #ofCall(node: ts.CallExpression): Representation {
    const callee = this.facts.directCallee(node.expression);
    if (callee) push(this.#readers, callee, node);
    if (callee) return callee.async ? 'val' : callee.result;
    return this.calls.libraryResult(node);
  }

  #ofProperty(node: ts.PropertyAccessExpression): Representation {
    const constant = enumConstant(node, this.checker);
    if (typeof constant === 'number') return 'f64';
    if (typeof constant === 'string') return 'str';
    if (ts.isOptionalChain(node)) return 'val';
    if (numberConstant(node, this.facts) !== undefined) return 'f64';
    return node.name.text === 'length' && this.hasLength(this.types.of(node.expression)) ? 'f64' : 'val';
  }

  /** Strings and arrays: their length is a number at known places. */
  hasLength(type: ts.Type): boolean {
    return repOfType(type) === 'str' || this.checker.isArrayType(type) || this.checker.isTupleType(type);
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const same = (a: Representation, b: Representation): Representation => (a === b ? a : 'val');

/** The value of an enum's member, by name or by a literal. */
export function enumConstant(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, checker: ts.TypeChecker): string | number | undefined {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(name)) return undefined;
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration && ts.isEnumMember(declaration) ? checker.getConstantValue(declaration) : undefined;
}

/** `Math.PI`, `Number.EPSILON` and the like: equal in every realm, so taken from this one. */
export function numberConstant(node: ts.PropertyAccessExpression, facts: ScopeFacts): number | undefined {
  const { expression, name } = node;
  if (!ts.isIdentifier(expression) || facts.bindingOf(expression)) return undefined;
  return numberNamed(expression.text, name.text);
}

export function numberNamed(object: string, name: string): number | undefined {
  const table: Readonly<Record<string, unknown>> | undefined = NUMBER_TABLES[object];
  const value = table && Object.hasOwn(table, name) ? table[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** All of them that an object of the library has. */
export const numbersOf = (object: string): [string, number][] =>
  Object.entries(NUMBER_TABLES[object] ?? {}).flatMap(([name, value]) => (typeof value === 'number' && name !== 'length' ? [[name, value]] : []));

const ownNumbers = (object: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, { value }]) => [name, value as unknown])); // descriptors hold any

const NUMBER_TABLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { Math: ownNumbers(Math), Number: ownNumbers(Number) };

/** Expressions that a function returns; null where it ends without one. */
function returnedExpressions({ node }: Unit): (ts.Expression | null)[] {
  const content = ts.isSourceFile(node) ? undefined : contentOf(node);
  if (!content) return [null];
  if (!ts.isBlock(content)) return [content];
  const found: (ts.Expression | null)[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isReturnStatement(child)) found.push(child.expression ?? null);
    else if (!ts.isFunctionLike(child)) forEachPart(child, visit);
  };
  visit(content);
  return found.length === 0 ? [null] : found;
}
