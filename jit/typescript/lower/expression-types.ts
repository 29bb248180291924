/**
 * The static types of expressions, each asked for once.
 *
 * The checker keeps no types of operators: whoever asks it for the type of `a + b + c` has `a`, `b` and `c` checked again,
 * and whoever asks for each part of a long expression has that done over and over. So types of operators are made here
 * from those of their operands, and the checker is asked for leaves.
 */
import ts = require('typescript');
import { isLooped, leftSpine } from '../syntax-walk.js';
import { BOOLEAN_OPERATORS, NUMERIC_OPERATORS } from './operator-kinds.js';
import { isBigIntType, isNumberType, isStringType } from './representation.js';

export class ExpressionTypes {
  readonly #known = new Map<ts.Node, ts.Type>();

  constructor(readonly checker: ts.TypeChecker) {}

  of(node: ts.Node): ts.Type {
    const known = this.#known.get(node);
    if (known) return known;
    // From the inside out, so that nothing recurs over a long chain.
    const parts = isLooped(node) ? leftSpine(node, (link) => this.#known.has(link)).slice(1).reverse() : [];
    for (const part of parts) this.#known.set(part, this.#make(part));
    const type = this.#make(node);
    this.#known.set(node, type);
    return type;
  }

  #make(node: ts.Node): ts.Type {
    if (ts.isParenthesizedExpression(node)) return this.of(node.expression);
    if (isLooped(node)) return this.#ofOperator(node) ?? this.checker.getTypeAtLocation(node);
    // What is reached through `any` is `any`, however long the way.
    const reaches = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node);
    if (reaches && isAny(this.of(node.expression))) return this.of(node.expression);
    return this.checker.getTypeAtLocation(node);
  }

  #ofOperator({ operatorToken, left, right }: ts.BinaryExpression): ts.Type | null {
    const { kind } = operatorToken;
    if (kind === ts.SyntaxKind.CommaToken) return this.of(right);
    if (BOOLEAN_OPERATORS.has(kind)) return this.checker.getBooleanType();
    if (NUMERIC_OPERATORS.has(kind)) return isBigIntType(this.of(left)) || isBigIntType(this.of(right)) ? null : this.checker.getNumberType();
    if (kind !== ts.SyntaxKind.PlusToken) return null;
    const [a, b] = [this.of(left), this.of(right)];
    if (isNumberType(a) && isNumberType(b)) return this.checker.getNumberType();
    if (isStringType(a) || isStringType(b)) return this.checker.getStringType();
    return isAny(a) ? a : isAny(b) ? b : null;
  }
}

const isAny = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.Any) !== 0;
