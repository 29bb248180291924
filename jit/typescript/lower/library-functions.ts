/** Functions of the library and the host as values: what their closures call, and what they say of themselves. */
import { LOG_LEVELS } from '../../abi.js';
import type { EntryRequest } from './entry-requests.js';
import type { Program } from './program.js';

export interface ForeignFunction {
  /** The name of what is called; entries are named after it. */
  readonly symbol: string;
  readonly name: string;
  /** Its `length`. */
  readonly count: number;
  readonly request: EntryRequest;
}

/** A global function of the library, or what one of its objects has; null if it has none of that name. */
export function libraryFunctionOf(program: Program, object: string | null, name: string): ForeignFunction | null {
  const level = object === 'console' ? LOG_LEVELS.findIndex((each) => each === name) : -1;
  if (level >= 0) return { symbol: `console$${name}`, name, count: 0, request: { kind: 'log', level } };
  const symbol = object === null ? `global_${name}` : `${object}$${name}`;
  const signature = program.libraryFunction(symbol);
  return signature ? { symbol, name, count: lengthOf(object, name) ?? signature.params.length, request: { kind: 'library', signature } } : null;
}

/** The `length` of a function of the library: what this realm's own says, where it has one. */
function lengthOf(object: string | null, name: string): number | undefined {
  const holder: unknown = object === null ? globalThis : Reflect.get(globalThis, object);
  const found: unknown = typeof holder === 'object' || typeof holder === 'function' ? Reflect.get(holder ?? {}, name) : undefined;
  return typeof found === 'function' ? found.length : undefined;
}
