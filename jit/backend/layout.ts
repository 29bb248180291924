/**
 * Layout of static data: where each symbol lies, and which words hold addresses.
 *
 * Needs the data symbols and the table. Promises one block of bytes: symbols aligned, in the module's order; words that
 * point into it hold offsets from its start, listed as relocations for the loader, who adds the address it chose. Words
 * that name functions hold table indices and need no loader.
 */
import type { DataSymbol, IrModule } from '../../ir/function.js';
import { BackendError } from './backend-error.js';

export interface DataLayout {
  readonly bytes: Uint8Array;
  readonly align: number;
  /** Byte offsets of the i32 words that the address of the block is added to; ascending. */
  readonly relocations: readonly number[];
  /** Byte offset of each symbol. */
  readonly offsets: ReadonlyMap<string, number>;
}

export function layOutData(module: IrModule, tableIndex: (func: string) => number): DataLayout {
  const offsets = new Map<string, number>();
  let byteLength = 0;
  let align = 1;
  for (const symbol of module.data.values()) {
    checkAlignment(symbol);
    align = Math.max(align, symbol.align);
    const byteOffset = Math.ceil(byteLength / symbol.align) * symbol.align;
    offsets.set(symbol.name, byteOffset);
    byteLength = byteOffset + symbol.bytes.length;
  }
  const bytes = new Uint8Array(Math.ceil(byteLength / align) * align);
  const relocations: number[] = [];
  const view = new DataView(bytes.buffer);
  for (const symbol of module.data.values()) {
    const base = offsets.get(symbol.name) ?? 0;
    bytes.set(symbol.bytes, base);
    for (const { offset, symbol: target } of symbol.relocations) {
      const targetOffset = offsets.get(target);
      if (targetOffset === undefined) throw new BackendError('UNKNOWN_SYMBOL', `data ${symbol.name} points to unknown ${target}`);
      // The word may hold an offset into its target.
      view.setInt32(base + offset, symbolWord(symbol, offset) + targetOffset, true);
      relocations.push(base + offset);
    }
    for (const { offset, func } of symbol.functionRelocations) view.setInt32(base + offset, tableIndex(func), true);
  }
  return { bytes, align, relocations: relocations.sort((a, b) => a - b), offsets };
}

function checkAlignment({ name, align }: DataSymbol): void {
  if (align >= 1 && align <= 65536 && (align & (align - 1)) === 0) return;
  throw new BackendError('LAYOUT', `data ${name} has alignment ${align}, which is no power of two`);
}

const symbolWord = ({ bytes }: DataSymbol, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(offset, true);
