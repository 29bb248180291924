/**
 * Lays out a module's data symbols: the one layout that encoder, loader and interpreter go by.
 *
 * Symbols follow each other in the order of the module, each at its alignment, from offset 0. Promises that equal
 * modules get equal layouts. Words of relocations hold offsets; the loader adds the data's address at `relocations`.
 */
import type { IrModule } from './function.js';

export interface DataLayout {
  readonly bytes: Uint8Array;
  /** The greatest alignment of a symbol, at least 8. */
  readonly align: number;
  /** Offset of each symbol. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Offsets of the i32 words that the data's address is added to, ascending. */
  readonly relocations: readonly number[];
}

/** What of a module the layout needs. */
export type WithData = Pick<IrModule, 'data' | 'table'>;

/** `tableIndex` answers for function relocations; by default the module's own table does. */
export function layoutData(module: WithData, tableIndex: (func: string) => number = tableIndexOf(module)): DataLayout {
  const offsets = new Map<string, number>();
  let end = 0;
  let align = 8;
  for (const data of module.data.values()) {
    const offset = Math.ceil(end / data.align) * data.align;
    offsets.set(data.name, offset);
    end = offset + data.bytes.length;
    align = Math.max(align, data.align);
  }
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const relocations: number[] = [];
  for (const data of module.data.values()) {
    const base = offsets.get(data.name) ?? 0;
    bytes.set(data.bytes, base);
    for (const { offset, symbol } of data.relocations) {
      const target = offsets.get(symbol);
      if (target === undefined) throw new Error(`data ${data.name} refers to ${symbol}, which does not exist (V23)`);
      view.setInt32(base + offset, target, true);
      relocations.push(base + offset);
    }
    for (const { offset, func } of data.functionRelocations) view.setInt32(base + offset, tableIndex(func), true);
  }
  return { bytes, align, offsets, relocations: relocations.sort((a, b) => a - b) };
}

/** Looks functions up in the module's table; throws for one that is not in it. */
export function tableIndexOf(module: WithData): (func: string) => number {
  const indices = new Map((module.table ?? []).map((name, index) => [name, index]));
  return (func) => {
    const index = func === '' ? undefined : indices.get(func);
    if (index === undefined) throw new Error(`function ${func} is not in the table`);
    return index;
  };
}
