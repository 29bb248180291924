/**
 * Object code: a function's code with holes where it names symbols, so that it fits into any module.
 *
 *   bytes:   … local.get 0 · call [ ] · i32.const [ ] …
 *   holes:                        |               |
 *                            func "add"     table "f$entry"
 *
 * A hole takes a LEB128 number as long as it needs. Holes name symbols by their places in the function's references, so
 * that each symbol is looked up once per function. The library's functions are made ahead of time (object-file.ts).
 */
import type { IrFunction } from '../../ir/function.js';
import type { Signature } from '../../ir/types.js';
import { ByteWriter } from './byte-writer.js';
import { emitFunction } from './emit.js';
import type { ModuleSymbols } from './module-symbols.js';
import { namedLocals } from './names.js';
import { ObjectSink, writeLocals, type CodePosition, type Hole } from './object-sink.js';
import { planFunction } from './plan-function.js';
import { referencesOf, type ModuleOf, type References } from './references.js';

export interface FunctionObject extends Signature {
  readonly name: string;
  /** The name that engines show, UTF-8 with its length in front; null if none need be shown. */
  readonly shownName: Uint8Array | null;
  readonly references: References;
  readonly bytes: Uint8Array;
  /** HOLE_WORDS for each hole: byte offset, kind + 8 * index in the kind's list of references, addend. */
  readonly holes: Int32Array;
  readonly positions: readonly CodePosition[];
  /** The function's entry of the name section, without its index; null if it names no local. */
  readonly localNames: Uint8Array | null;
}

/** A module as the linker joins it and the encoder writes it. */
export type ObjectModule = ModuleOf<FunctionObject>;

const HOLE_WORDS = 3;
const HOLE_KINDS = ['func', 'table', 'data', 'access', 'global', 'type'] as const satisfies readonly Hole['kind'][];
const KIND_BITS = 3;

/** Object code of all functions of an IR module. */
export function objectsOf(module: ModuleOf<IrFunction>): ObjectModule {
  const storesTrapCode = module.globals.has('header');
  const functions = new Map<string, FunctionObject>();
  for (const [name, func] of module.functions) functions.set(name, functionObject(func, storesTrapCode));
  return { ...module, functions };
}

/** `storesTrapCode`: the module has a task header for trap codes. */
export function functionObject(func: IrFunction, storesTrapCode: boolean): FunctionObject {
  const plan = planFunction(func);
  const code = new ByteWriter();
  writeLocals(code, plan.locals.types);
  const sink = new ObjectSink(code);
  emitFunction(plan, storesTrapCode, sink);
  const names = namedLocals(plan);
  const { name, params, results } = func;
  return {
    name,
    params,
    results,
    shownName: written((out) => out.name(func.displayName ?? name)),
    bytes: code.finish(),
    positions: sink.positions,
    localNames: names.length > 0 ? written((out) => nameMap(names, out)) : null,
    ...packed(sink.holes, referencesOf(func)),
  };
}

function written(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(64);
  write(out);
  return out.finish();
}

function nameMap(names: readonly { readonly index: number; readonly name: string }[], out: ByteWriter): void {
  out.unsigned(names.length);
  for (const { index, name } of names) {
    out.unsigned(index);
    out.name(name);
  }
}

/** Numbers the symbols of the holes. What only emission names, such as the header that traps write, joins the references. */
function packed(holes: readonly Hole[], named: References): { holes: Int32Array; references: References } {
  const functions = new Numbering(named.functions);
  const addresses = new Numbering(named.addresses);
  const data = new Numbering(named.data);
  const globals = new Numbering(named.globals);
  const signatures = new Numbering<Signature>([], ({ params, results }) => `${params.join()}:${results.join()}`);
  const words = new Int32Array(holes.length * HOLE_WORDS);
  const numberOf = (hole: Hole): number => {
    if (hole.kind === 'type') return signatures.of(hole.signature);
    return { func: functions, table: addresses, data, access: data, global: globals }[hole.kind].of(hole.symbol);
  };
  holes.forEach((hole, index) => {
    const kind = HOLE_KINDS.indexOf(hole.kind);
    words.set([hole.byteOffset, kind + (numberOf(hole) << KIND_BITS), hole.kind === 'access' ? hole.addend : 0], index * HOLE_WORDS);
  });
  return {
    holes: words,
    references: { functions: functions.all, addresses: addresses.all, data: data.all, globals: globals.all, signatures: signatures.all },
  };
}

class Numbering<Item> {
  readonly all: Item[];
  readonly #numbers: Map<unknown, number>;

  constructor(
    first: readonly Item[],
    private readonly keyOf: (item: Item) => unknown = (item) => item,
  ) {
    this.all = [...first];
    this.#numbers = new Map(first.map((item, index) => [keyOf(item), index]));
  }

  of(item: Item): number {
    const key = this.keyOf(item);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(item) - 1;
  }
}

/** Writes the code with its holes filled; gives the positions, counted from where the writer stood. */
export function placeObject(object: FunctionObject, symbols: ModuleSymbols, out: ByteWriter): CodePosition[] {
  const start = out.length;
  const { bytes, holes, positions } = object;
  const fill = filler(object, symbols, out);
  const moved: CodePosition[] = [];
  let copied = 0;
  let nextPosition = 0;
  for (let hole = 0; hole <= holes.length; hole += HOLE_WORDS) {
    const until = holes[hole] ?? bytes.length;
    for (let at = positions[nextPosition]; at && at.byteOffset < until; at = positions[++nextPosition]) {
      moved.push({ byteOffset: out.length - start + at.byteOffset - copied, location: at.location });
    }
    out.part(bytes, copied, until);
    copied = until;
    if (hole < holes.length) fill(holes[hole + 1] ?? 0, holes[hole + 2] ?? 0);
  }
  return moved;
}

function filler({ references }: FunctionObject, symbols: ModuleSymbols, out: ByteWriter): (kindAndIndex: number, addend: number) => void {
  const data = references.data.map(symbols.dataOffset);
  const numbers: Record<Hole['kind'], readonly number[]> = {
    func: references.functions.map(symbols.func),
    table: references.addresses.map(symbols.tableIndex),
    data,
    access: data,
    global: references.globals.map(symbols.global),
    type: references.signatures.map(symbols.typeIndex),
  };
  return (kindAndIndex, addend) => {
    const kind = HOLE_KINDS[kindAndIndex & ((1 << KIND_BITS) - 1)] ?? 'func';
    const number = numbers[kind][kindAndIndex >>> KIND_BITS] ?? 0;
    if (kind === 'table' || kind === 'data') out.signed32(number);
    else out.unsigned(number + addend);
  };
}
