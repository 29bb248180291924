/**
 * The back end: a linked module of plain functions to WebAssembly. print-module.ts gives the same code as text.
 *
 * Throws BackendError for a module that breaks its contract: an async or irreducible function, an unknown symbol.
 */
import type { DataLayout } from '../../ir/data-layout.js';
import type { IrModule } from '../../ir/function.js';
import type { SourceMapEntry } from '../artifact.js';
import { encodeModule } from './encode.js';
import { objectsOf, type ObjectModule } from './function-object.js';
import { resolveSymbols } from './module-symbols.js';

export interface Emitted {
  readonly wasm: Uint8Array;
  readonly sourceMap: readonly SourceMapEntry[];
  readonly data: DataLayout;
  /** Function symbols by table index; index 0 is unused. */
  readonly table: readonly string[];
}

export const emitModule = (module: IrModule): Emitted => emitObjects(objectsOf(module));

/** Places and joins object code. */
export function emitObjects(module: ObjectModule): Emitted {
  const symbols = resolveSymbols(module);
  return { ...encodeModule(module, symbols), data: symbols.data, table: symbols.table };
}
