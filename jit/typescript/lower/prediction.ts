/**
 * Predicts the representation that lowering gives an expression, and from that fixes the representation of variables and
 * of function results.
 *
 * Starts from what static types suggest and takes it back wherever an assigned expression is not of that representation
 * by construction, until nothing changes. A wrong prediction costs a check, never safety: assignments convert.
 */
import ts = require('typescript');
import { isClassPart, type Unit } from './bindings.js';
import { isNumberType, repOfType, type Representation } from './representation.js';
import type { ScopeFacts } from './scope-analysis.js';
import { contentOf } from './scope-syntax.js';

export interface CallPrediction {
  /** Representation of a call that goes to the library. */
  libraryResult(node: ts.CallExpression | ts.NewExpression): Representation;
}

const K = ts.SyntaxKind;

/** Operators whose result is a number whatever the operands are; bigint is refused elsewhere. */
const NUMERIC: ReadonlySet<ts.SyntaxKind> = new Set([
  K.MinusToken, K.AsteriskToken, K.SlashToken, K.PercentToken, K.AsteriskAsteriskToken, K.AmpersandToken, K.BarToken, K.CaretToken,
  K.LessThanLessThanToken, K.GreaterThanGreaterThanToken, K.GreaterThanGreaterThanGreaterThanToken,
  K.MinusEqualsToken, K.AsteriskEqualsToken, K.SlashEqualsToken, K.PercentEqualsToken, K.AsteriskAsteriskEqualsToken, K.AmpersandEqualsToken,
  K.BarEqualsToken, K.CaretEqualsToken, K.LessThanLessThanEqualsToken, K.GreaterThanGreaterThanEqualsToken,
  K.GreaterThanGreaterThanGreaterThanEqualsToken,
]);

const BOOLEAN: ReadonlySet<ts.SyntaxKind> = new Set([
  K.EqualsEqualsToken, K.EqualsEqualsEqualsToken, K.ExclamationEqualsToken, K.ExclamationEqualsEqualsToken, K.LessThanToken,
  K.LessThanEqualsToken, K.GreaterThanToken, K.GreaterThanEqualsToken, K.InKeyword, K.InstanceOfKeyword,
]);

const CHOOSING: ReadonlySet<ts.SyntaxKind> = new Set([
  K.AmpersandAmpersandToken, K.BarBarToken, K.QuestionQuestionToken, K.AmpersandAmpersandEqualsToken, K.BarBarEqualsToken,
  K.QuestionQuestionEqualsToken,
]);

export class Predictor {
  /** What was predicted since a binding or result last changed. */
  readonly #known = new Map<ts.Expression, Representation>();

  constructor(
    readonly checker: ts.TypeChecker,
    readonly facts: ScopeFacts,
    readonly calls: CallPrediction,
  ) {}

  /** Fixes the representations of all bindings and results. */
  settle(): void {
    const returns = new Map(this.facts.units.map((unit) => [unit, returnedExpressions(unit)]));
    for (const unit of this.facts.units) unit.result = this.#suggestedResult(unit);
    for (let changed = true; changed; ) {
      changed = false;
      for (const binding of this.facts.bindings) {
        if (binding.rep === 'val') continue;
        if (binding.sources.every((source) => source !== null && this.repOf(source) === binding.rep)) continue;
        binding.rep = 'val';
        this.#known.clear();
        changed = true;
      }
      for (const [unit, expressions] of returns) {
        if (unit.result === 'val' || expressions.every((each) => each !== null && this.repOf(each) === unit.result)) continue;
        unit.result = 'val';
        this.#known.clear();
        changed = true;
      }
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
    const rep = this.#predict(node);
    this.#known.set(node, rep);
    return rep;
  }

  #predict(node: ts.Expression): Representation {
    switch (node.kind) {
      case K.NumericLiteral:
      case K.PostfixUnaryExpression:
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
    if (ts.isPrefixUnaryExpression(node)) return node.operator === K.ExclamationToken ? 'bool' : 'f64';
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
    if (binding) return binding.storage === 'local' || !binding.captured ? binding.rep : this.facts.needsTest(node) ? 'val' : binding.rep;
    return node.text === 'NaN' || node.text === 'Infinity' ? 'f64' : 'val';
  }

  #ofBinary(node: ts.BinaryExpression): Representation {
    const operator = node.operatorToken.kind;
    if (NUMERIC.has(operator)) return 'f64';
    if (BOOLEAN.has(operator)) return 'bool';
    if (operator === K.CommaToken || operator === K.EqualsToken) return this.repOf(node.right);
    if (operator === K.PlusToken || operator === K.PlusEqualsToken) return this.sum(node.left, node.right);
    if (CHOOSING.has(operator)) return same(this.repOf(node.left), this.repOf(node.right));
    return 'val';
  }

  /** What `left + right` gives: a string if one side certainly is one, a number if both have number types. */
  sum(left: ts.Expression, right: ts.Expression): Representation {
    if (this.repOf(left) === 'str' || this.repOf(right) === 'str') return 'str';
    return this.isNumeric(left) && this.isNumeric(right) ? 'f64' : 'val';
  }

  isNumeric(node: ts.Expression): boolean {
    return this.repOf(node) === 'f64' || isNumberType(this.checker.getTypeAtLocation(node));
  }

  #ofCall(node: ts.CallExpression): Representation {
    const callee = this.facts.directCallee(node.expression);
    if (callee) return callee.async ? 'val' : callee.result;
    return this.calls.libraryResult(node);
  }

  #ofProperty(node: ts.PropertyAccessExpression): Representation {
    const constant = enumConstant(node, this.checker);
    if (typeof constant === 'number') return 'f64';
    if (typeof constant === 'string') return 'str';
    if (ts.isOptionalChain(node)) return 'val';
    if (numberConstant(node, this.facts) !== undefined) return 'f64';
    return node.name.text === 'length' && this.hasLength(this.checker.getTypeAtLocation(node.expression)) ? 'f64' : 'val';
  }

  /** Strings and arrays: their length is a number at known places. */
  hasLength(type: ts.Type): boolean {
    return repOfType(type) === 'str' || this.checker.isArrayType(type) || this.checker.isTupleType(type);
  }
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
    else if (!ts.isFunctionLike(child)) ts.forEachChild(child, visit);
  };
  visit(content);
  return found.length === 0 ? [null] : found;
}
