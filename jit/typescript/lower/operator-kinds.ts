/** Operators by what they give. */
import ts = require('typescript');

const K = ts.SyntaxKind;

/** Operators whose result is a number unless an operand is a bigint. */
export const NUMERIC_OPERATORS: ReadonlySet<ts.SyntaxKind> = new Set([
  K.MinusToken, K.AsteriskToken, K.SlashToken, K.PercentToken, K.AsteriskAsteriskToken, K.AmpersandToken, K.BarToken, K.CaretToken,
  K.LessThanLessThanToken, K.GreaterThanGreaterThanToken, K.GreaterThanGreaterThanGreaterThanToken,
  K.MinusEqualsToken, K.AsteriskEqualsToken, K.SlashEqualsToken, K.PercentEqualsToken, K.AsteriskAsteriskEqualsToken, K.AmpersandEqualsToken,
  K.BarEqualsToken, K.CaretEqualsToken, K.LessThanLessThanEqualsToken, K.GreaterThanGreaterThanEqualsToken,
  K.GreaterThanGreaterThanGreaterThanEqualsToken,
]);

export const BOOLEAN_OPERATORS: ReadonlySet<ts.SyntaxKind> = new Set([
  K.EqualsEqualsToken, K.EqualsEqualsEqualsToken, K.ExclamationEqualsToken, K.ExclamationEqualsEqualsToken, K.LessThanToken,
  K.LessThanEqualsToken, K.GreaterThanToken, K.GreaterThanEqualsToken, K.InKeyword, K.InstanceOfKeyword,
]);

/** Operators that give one of their operands. */
export const CHOOSING_OPERATORS: ReadonlySet<ts.SyntaxKind> = new Set([
  K.AmpersandAmpersandToken, K.BarBarToken, K.QuestionQuestionToken, K.AmpersandAmpersandEqualsToken, K.BarBarEqualsToken,
  K.QuestionQuestionEqualsToken,
]);
