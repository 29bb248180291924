/** What is known of a function as a value: the symbol of its entry, its `length`, its flags. */
import ts = require('typescript');
import { FUNCTION_FLAGS } from '../../abi.js';
import { parametersOf, type FunctionNode, type Unit } from './bindings.js';

export const entrySymbol = (symbol: string): string => `${symbol}$entry`;

/** The number that `length` of a function gives: parameters before the first with a default. */
export function parameterCount(node: FunctionNode): number {
  const parameters = parametersOf(node);
  const first = parameters.findIndex(({ initializer, dotDotDotToken }) => initializer !== undefined || dotDotDotToken !== undefined);
  return first < 0 ? parameters.length : first;
}

export const unitFlags = (unit: Unit, node: FunctionNode): number =>
  (unit.async ? FUNCTION_FLAGS.async : 0) | (unit.generator ? FUNCTION_FLAGS.generator : 0) | (ts.isArrowFunction(node) ? FUNCTION_FLAGS.arrow : 0);
