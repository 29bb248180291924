/**
 * Plan of a module: functions planned, types deduplicated, names resolved to indices, table and data laid out.
 *
 * Needs a linked module of plain functions. Promises indices in the module's own order, so that equal input gives equal
 * bytes. The table goes on where `module.table` ends (table.ts).
 */
import { layoutData, type DataLayout } from '../../ir/data-layout.js';
import type { GlobalDeclaration, IrModule } from '../../ir/function.js';
import { WASM_TYPE_OF, type Signature, type WasmType } from '../../ir/types.js';
import { BackendError } from './backend-error.js';
import { planFunction, type FunctionPlan } from './plan-function.js';
import type { SymbolIndices } from './symbol-indices.js';
import { completeTable } from './table.js';

export interface WasmSignature {
  readonly params: readonly WasmType[];
  readonly results: readonly WasmType[];
}

export interface ModulePlan {
  readonly module: IrModule;
  readonly types: readonly WasmSignature[];
  readonly functions: readonly { readonly plan: FunctionPlan; readonly typeIndex: number }[];
  readonly globals: readonly GlobalDeclaration[];
  readonly exports: readonly { readonly name: string; readonly func: number }[];
  /** Function symbols by table index; index 0 is unused and holds ''. */
  readonly table: readonly string[];
  readonly data: DataLayout;
  readonly symbols: SymbolIndices;
}

/** Limits of the imported memory, in pages of 64 KiB; any shared memory up to 2 GiB matches. */
export const MEMORY = { module: 'env', name: 'memory', minimum: 1, maximum: 32768 } as const;

export function planModule(module: IrModule): ModulePlan {
  const types = new TypeTable();
  const table = completeTable(module);
  const tableIndices = indexNames(table);
  const tableIndex = (func: string): number => find(tableIndices, func, 'table entry for function');
  const data = layoutData(module, tableIndex);
  const functionIndices = indexNames([...module.functions.keys()]);
  const symbols: SymbolIndices = {
    functions: functionIndices,
    globals: indexNames([...module.globals.keys()]),
    tableIndex,
    dataOffset: (symbol) => find(data.offsets, symbol, 'data'),
    typeIndex: (signature) => types.index(signature),
  };
  const functions = [...module.functions.values()].map((func) => ({ plan: planFunction(func), typeIndex: types.index(func) }));
  internIndirectTypes(module, types);
  const exports = [...module.exports].map(([name, func]) => ({ name, func: find(functionIndices, func, 'function') }));
  return { module, types: types.all, functions, globals: [...module.globals.values()], exports, table, data, symbols };
}

/** Function types by content. */
class TypeTable {
  readonly all: WasmSignature[] = [];
  readonly #byText = new Map<string, number>();

  index(signature: Signature): number {
    const params = signature.params.map((type) => WASM_TYPE_OF[type]);
    const results = signature.results.map((type) => WASM_TYPE_OF[type]);
    const text = `${params.join()}:${results.join()}`;
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.all.length);
    return this.all.push({ params, results }) - 1;
  }
}

/** The type section is written before the code that asks for these. */
function internIndirectTypes(module: IrModule, types: TypeTable): void {
  for (const func of module.functions.values()) {
    for (const block of func.blocks) {
      for (const { opcode, immediates } of block?.instructions ?? []) {
        if (opcode === 'call_indirect') types.index(immediates[0] as Signature); // by the opcode's row
      }
    }
  }
}

const indexNames = (names: readonly string[]): Map<string, number> => new Map(names.map((name, index) => [name, index]));

function find(indices: ReadonlyMap<string, number>, name: string, what: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new BackendError('UNKNOWN_SYMBOL', `the module has no ${what} ${name}`);
  return index;
}
