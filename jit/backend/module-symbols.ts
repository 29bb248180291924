/**
 * Module symbols: what the names in code stand for in one module. Types deduplicated, table and data laid out.
 *
 * Promises indices in the module's own order, so that equal input gives equal bytes.
 */
import { layoutData, type DataLayout } from '../../ir/data-layout.js';
import { WASM_TYPE_OF, type Signature, type WasmType } from '../../ir/types.js';
import { BackendError } from './backend-error.js';
import { referencesOf, type Linkable, type ModuleOf } from './references.js';
import { completeTable } from './table.js';

export interface WasmSignature {
  readonly params: readonly WasmType[];
  readonly results: readonly WasmType[];
}

export interface ModuleSymbols {
  readonly types: readonly WasmSignature[];
  /** Function symbols by table index; index 0 is unused and holds ''. */
  readonly table: readonly string[];
  readonly data: DataLayout;
  func(name: string): number;
  global(name: string): number;
  tableIndex(func: string): number;
  /** Byte offset of a symbol in the static data. */
  dataOffset(symbol: string): number;
  typeIndex(signature: Signature): number;
}

export function resolveSymbols(module: ModuleOf<Linkable>): ModuleSymbols {
  const types = new TypeTable();
  for (const func of module.functions.values()) {
    types.index(func);
    // Of indirect calls: the type section is written before the code that names these.
    for (const signature of referencesOf(func).signatures) types.index(signature);
  }
  const table = completeTable(module);
  const tableIndices = indexNames(table);
  const functions = indexNames(module.functions.keys());
  const globals = indexNames(module.globals.keys());
  const tableIndex = (func: string): number => find(tableIndices, func, 'table entry for function');
  const data = layoutData(module, tableIndex);
  return {
    types: types.all,
    table,
    data,
    func: (name) => find(functions, name, 'function'),
    global: (name) => find(globals, name, 'global'),
    tableIndex,
    dataOffset: (symbol) => find(data.offsets, symbol, 'data'),
    typeIndex: (signature) => types.index(signature),
  };
}

/** Function types by content. */
class TypeTable {
  readonly all: WasmSignature[] = [];
  readonly #byText = new Map<string, number>();
  readonly #known = new Map<Signature, number>();

  index(signature: Signature): number {
    const index = this.#known.get(signature) ?? this.#byContent(signature);
    this.#known.set(signature, index);
    return index;
  }

  #byContent({ params, results }: Signature): number {
    let text = '';
    for (const type of params) text += WASM_TYPE_OF[type];
    text += ':';
    for (const type of results) text += WASM_TYPE_OF[type];
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.all.length);
    return this.all.push({ params: params.map(wasmType), results: results.map(wasmType) }) - 1;
  }
}

const wasmType = (type: keyof typeof WASM_TYPE_OF): WasmType => WASM_TYPE_OF[type];

function indexNames(names: Iterable<string>): Map<string, number> {
  const indices = new Map<string, number>();
  for (const name of names) indices.set(name, indices.size);
  return indices;
}

function find(indices: ReadonlyMap<string, number>, name: string, what: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new BackendError('UNKNOWN_SYMBOL', `the module has no ${what} ${name}`);
  return index;
}
