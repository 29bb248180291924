/** Well-known symbols, which are property names that no program can spell: `[Symbol.iterator]` is `@@iterator`. */
import ts = require('typescript');

const KEYS: ReadonlyMap<string, string> = new Map([
  ['iterator', '@@iterator'],
  ['asyncIterator', '@@asyncIterator'],
]);

/** The name of the property that `Symbol.iterator` and `Symbol.asyncIterator` stand for as keys; null for other keys. */
export function wellKnownKey(key: ts.Expression): string | null {
  if (!ts.isPropertyAccessExpression(key) || !ts.isIdentifier(key.expression) || key.expression.text !== 'Symbol') return null;
  return KEYS.get(key.name.text) ?? null;
}
