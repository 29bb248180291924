/** What names stand for in the emitted module: the back end's answer to every symbol in the code. */
import type { Signature } from '../../ir/types.js';

export interface SymbolIndices {
  readonly functions: ReadonlyMap<string, number>;
  readonly globals: ReadonlyMap<string, number>;
  /** Index in the module's table; the function's address was taken. */
  tableIndex(func: string): number;
  /** Byte offset of a symbol in the static data. */
  dataOffset(symbol: string): number;
  /** Index of a function type. */
  typeIndex(signature: Signature): number;
}
