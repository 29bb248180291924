/**
 * The linker: a program's module, with references into the library, becomes a module that stands by itself.
 *
 * Needs a program whose functions call library functions by their symbols, before or after its passes. Promises: what
 * the program and the runtime reach of the library is there, and nothing else of it; the ABI's globals; the exports
 * `init` and `poll`; a table with every function whose address is taken. Order is deterministic: the program's functions
 * first, then the library's as they were reached.
 */
import { symbolTypesOf, type SymbolTypes } from '../ir/builder.js';
import { createModule, type DataSymbol, type GlobalDeclaration, type IrFunction, type IrModule } from '../ir/function.js';
import type { Signature } from '../ir/types.js';
import { EXPORTS, GLOBALS, UNDEFINED } from './abi.js';
import { markFinal } from './backend/final-functions.js';
import { referencesOf } from './backend/references.js';
import { completeTable } from './backend/table.js';
import { ENTRY_SYMBOLS, initEntry, pollEntry } from './entries.js';
import { RUNTIME } from './passes/context.js';

/**
 * Where the linker finds library items. A function it hands out is the receiver's own, to be changed by passes; unless
 * the library is `shared`: then it went through its passes before, is the same object each time, and nobody changes it.
 */
export interface Library {
  readonly shared?: boolean;
  function(name: string): IrFunction | undefined;
  data(name: string): DataSymbol | undefined;
  /** The signature of a library function, without having to read its body. */
  signature(name: string): Signature | undefined;
}

export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly code = 'UNKNOWN_SYMBOL';
}

/**
 * Links. The program's module is left alone but shares its functions with the result. `program.table`, if there, gives
 * the first table entries: that is how the front end fixes the indices of its entries.
 */
export function link(program: IrModule, library: Library): IrModule {
  const linked = createModule();
  linked.sources.push(...program.sources);
  declareGlobals(linked, program);
  const symbols = symbolTypes(linked, library);
  const reach = new Reach(linked, program, library);
  for (const name of program.functions.keys()) reach.func(name);
  for (const name of program.data.keys()) reach.data(name);
  for (const name of program.table ?? []) if (name !== '') reach.func(name);
  for (const name of runtimeFunctions(program)) if (library.signature(name)) reach.func(name);
  for (const entry of [initEntry(symbols), pollEntry(symbols)]) {
    linked.functions.set(entry.name, entry);
    reach.referencesOf(entry);
  }
  reach.run();
  for (const [name, func] of program.exports) linked.exports.set(name, func);
  linked.exports.set(EXPORTS.init, ENTRY_SYMBOLS.init).set(EXPORTS.poll, ENTRY_SYMBOLS.poll);
  linked.table = program.table ? [...program.table] : [''];
  linked.table = completeTable(linked);
  return linked;
}

/** Answers for symbols of the linked module and of the library. */
function symbolTypes(linked: IrModule, library: Library): SymbolTypes {
  const known = symbolTypesOf(linked);
  return { signature: (name) => library.signature(name) ?? known.signature(name), globalType: known.globalType };
}

/** What passes will put calls of: the fuel check everywhere, the rest where something suspends. */
function runtimeFunctions(program: IrModule): string[] {
  const suspends = [...program.functions.values()].some((func) => func.convention === 'async');
  return suspends ? Object.keys(RUNTIME) : ['fuel_slow'];
}

function declareGlobals(linked: IrModule, program: IrModule): void {
  for (const { name, type } of GLOBALS) {
    const initial = type === 'val' ? BigInt.asIntN(64, UNDEFINED) : type === 'i64' ? 0n : 0;
    const declaration: GlobalDeclaration = { name, type, mutable: true, initial };
    linked.globals.set(name, declaration);
  }
  for (const [name, declaration] of program.globals) if (!linked.globals.has(name)) linked.globals.set(name, declaration);
}

/** Worklist over symbols: each is brought in once, then its references are followed. */
class Reach {
  readonly #functions: IrFunction[] = [];
  readonly #data: DataSymbol[] = [];

  constructor(
    readonly linked: IrModule,
    readonly program: IrModule,
    readonly library: Library,
  ) {}

  func(name: string): void {
    if (this.linked.functions.has(name)) return;
    const func = this.program.functions.get(name) ?? this.#libraryFunction(name);
    if (!func) throw new LinkError(`neither the program nor the library has a function ${name}`);
    this.linked.functions.set(name, func);
    this.#functions.push(func);
  }

  #libraryFunction(name: string): IrFunction | undefined {
    const func = this.library.function(name);
    if (func && this.library.shared) markFinal(func);
    return func;
  }

  data(name: string): void {
    if (this.linked.data.has(name)) return;
    const symbol = this.program.data.get(name) ?? this.library.data(name);
    if (!symbol) throw new LinkError(`neither the program nor the library has data ${name}`);
    this.linked.data.set(name, symbol);
    this.#data.push(symbol);
  }

  run(): void {
    for (;;) {
      const func = this.#functions.shift();
      if (func) {
        this.referencesOf(func);
        continue;
      }
      const symbol = this.#data.shift();
      if (!symbol) return;
      for (const relocation of symbol.relocations) this.data(relocation.symbol);
      for (const relocation of symbol.functionRelocations) this.func(relocation.func);
    }
  }

  referencesOf(func: IrFunction): void {
    const { functions, data, globals } = referencesOf(func);
    for (const name of functions) this.func(name);
    for (const name of data) this.data(name);
    for (const name of globals) if (!this.linked.globals.has(name)) throw new LinkError(`nobody declares the global ${name}`);
  }
}
