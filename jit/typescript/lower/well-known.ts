/** Well-known symbols as keys: `[Symbol.iterator]` is a property under a name that no program can spell. */
import ts = require('typescript');
import { SYMBOL_NAMES } from '../../abi.js';

const KEYS: ReadonlyMap<string, string> = new Map(Object.entries(SYMBOL_NAMES));

/** The name of the property that `Symbol.iterator` and the like stand for as keys; null for other keys. */
export function wellKnownKey(key: ts.Expression): string | null {
  if (!ts.isPropertyAccessExpression(key) || !ts.isIdentifier(key.expression) || key.expression.text !== 'Symbol') return null;
  return KEYS.get(key.name.text) ?? null;
}

/** Keys that objects of the library answer to by themselves. */
export const isIterationKey = (key: string | null): boolean => key === SYMBOL_NAMES.iterator || key === SYMBOL_NAMES.asyncIterator;
