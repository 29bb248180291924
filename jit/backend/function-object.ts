/**
 * Object code: a function's code with holes where it names symbols, so that it fits into any module.
 *
 *   bytes:   … local.get 0 · call [ ] · i32.const [ ] …
 *   holes:                        |               |
 *                            func "add"     table "f$entry"
 *
 * A hole takes a LEB128 number as long as it needs. Kept for final functions.
 */
import type { IrFunction } from '../../ir/function.js';
import { ByteWriter } from './byte-writer.js';
import { emitFunction } from './emit.js';
import { keptForFinal } from './final-functions.js';
import type { ModuleSymbols } from './module-symbols.js';
import { namedLocals } from './names.js';
import { ObjectSink, writeLocals, type CodePosition, type Hole } from './object-sink.js';
import { planFunction } from './plan-function.js';

export interface FunctionObject {
  readonly bytes: Uint8Array;
  readonly holes: readonly Hole[];
  readonly positions: readonly CodePosition[];
  /** The function's entry of the name section, without its index; null if it names no local. */
  readonly localNames: Uint8Array | null;
}

/** `storesTrapCode`: the module has a task header for trap codes. */
export const functionObject = (func: IrFunction, storesTrapCode: boolean): FunctionObject =>
  (storesTrapCode ? objectForTask : objectAlone)(func);

const objectForTask = keptForFinal((func: IrFunction) => makeObject(func, true));
const objectAlone = keptForFinal((func: IrFunction) => makeObject(func, false));

function makeObject(func: IrFunction, storesTrapCode: boolean): FunctionObject {
  const plan = planFunction(func);
  const code = new ByteWriter();
  writeLocals(code, plan.locals.types);
  const sink = new ObjectSink(code);
  emitFunction(plan, storesTrapCode, sink);
  const names = namedLocals(plan);
  return { bytes: code.finish(), holes: sink.holes, positions: sink.positions, localNames: names.length > 0 ? nameMap(names) : null };
}

function nameMap(names: readonly { readonly index: number; readonly name: string }[]): Uint8Array {
  const out = new ByteWriter(64);
  out.unsigned(names.length);
  for (const { index, name } of names) {
    out.unsigned(index);
    out.name(name);
  }
  return out.finish();
}

/** Writes the code with its holes filled; gives the positions, counted from where the writer stood. */
export function placeObject(object: FunctionObject, symbols: ModuleSymbols, out: ByteWriter): CodePosition[] {
  const start = out.length;
  const { bytes, holes, positions } = object;
  const moved: CodePosition[] = [];
  let copied = 0;
  let nextPosition = 0;
  for (let index = 0; index <= holes.length; index++) {
    const hole = holes[index];
    const until = hole ? hole.byteOffset : bytes.length;
    for (let at = positions[nextPosition]; at && at.byteOffset < until; at = positions[++nextPosition]) {
      moved.push({ byteOffset: out.length - start + at.byteOffset - copied, location: at.location });
    }
    out.bytes(bytes.subarray(copied, until));
    copied = until;
    if (hole) fill(hole, symbols, out);
  }
  return moved;
}

function fill(hole: Hole, symbols: ModuleSymbols, out: ByteWriter): void {
  switch (hole.kind) {
    case 'func':
      return out.unsigned(symbols.func(hole.symbol));
    case 'global':
      return out.unsigned(symbols.global(hole.symbol));
    case 'type':
      return out.unsigned(symbols.typeIndex(hole.signature));
    case 'table':
      return out.signed32(symbols.tableIndex(hole.symbol));
    case 'data':
      return out.signed32(symbols.dataOffset(hole.symbol));
    case 'access':
      return out.unsigned(symbols.dataOffset(hole.symbol) + hole.addend);
  }
}
