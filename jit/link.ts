/**
 * The linker: a program's module, with references into the library, becomes a module that stands by itself. It joins
 * object code or, for tests and the interpreter, IR: all it asks of a function is what it refers to.
 *
 * Needs a program whose functions call library functions by their symbols. Promises: what the program and the runtime
 * reach of the library is there, and nothing else of it; the ABI's globals; the exports `init` and `poll`; a table with
 * every function whose address is taken. Order is deterministic: the program's functions first, then the library's as
 * they were reached.
 */
import { symbolTypesOf, type SymbolTypes } from '../ir/builder.js';
import { createModule, type DataSymbol, type GlobalDeclaration, type IrFunction, type IrModule } from '../ir/function.js';
import type { Signature } from '../ir/types.js';
import { EXPORTS, GLOBALS, UNDEFINED } from './abi.js';
import { functionObject, objectsOf, type FunctionObject, type ObjectModule } from './backend/function-object.js';
import type { ObjectFile } from './backend/object-file.js';
import { referencesOf, type Linkable, type ModuleOf } from './backend/references.js';
import { completeTable } from './backend/table.js';
import { ENTRY_SYMBOLS, initEntry, pollEntry } from './entries.js';
import { RUNTIME } from './passes/context.js';

/** Where the linker finds library items. */
export interface LibraryOf<Func> {
  function(name: string): Func | undefined;
  data(name: string): DataSymbol | undefined;
}

export interface Library extends LibraryOf<IrFunction> {
  /** The signature of a library function, without having to read its body. */
  signature(name: string): Signature | undefined;
}

export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly code = 'UNKNOWN_SYMBOL';
}

/**
 * Links IR, before or after its passes. The program's module is left alone but shares its functions with the result.
 * `program.table`, if there, gives the first table entries: that is how the front end fixes the indices of its entries.
 */
export function link(program: IrModule, library: Library): IrModule {
  const roots = runtimeFunctions(program).filter((name) => library.signature(name));
  return join(program, library, entriesFor(library.signature), roots);
}

/** Links the object code of a lowered program. */
export const linkObjects = (program: IrModule, library: ObjectFile): ObjectModule =>
  join(objectsOf({ ...program, globals: globalsOf(program) }), library, entryObjects(library), []);

/**
 * As `linkObjects`, for the next module of a session: what the program does not have comes from the module before, whose
 * table and static data stay where they are.
 */
export function linkAfter(before: ObjectModule | null, program: IrModule, library: ObjectFile): ObjectModule {
  const found: LibraryOf<FunctionObject> = {
    function: (name) => before?.functions.get(name) ?? library.function(name),
    data: (name) => before?.data.get(name) ?? library.data(name),
  };
  return join(objectsOf({ ...program, globals: globalsOf(program) }), found, entryObjects(library), [], before?.data.keys());
}

/** The same linked module as IR: `linked` says which functions, in which order. */
export function linkedIr(linked: ObjectModule, program: IrModule, library: Library): IrModule {
  const functions = new Map<string, IrFunction>(entriesFor(library.signature).map((entry) => [entry.name, entry]));
  const find = (name: string): IrFunction => {
    const func = program.functions.get(name) ?? library.function(name) ?? functions.get(name);
    if (!func) throw new LinkError(`neither the program nor the library has a function ${name}`);
    return func;
  };
  return { ...linked, functions: new Map([...linked.functions.keys()].map((name) => [name, find(name)])) };
}

function entriesFor(signature: Library['signature']): IrFunction[] {
  const globals = symbolTypesOf({ ...createModule(), globals: globalsOf(createModule()) });
  const symbols: SymbolTypes = { signature: (name) => signature(name) ?? globals.signature(name), globalType: globals.globalType };
  return [initEntry(symbols), pollEntry(symbols)];
}

const knownEntries = new WeakMap<ObjectFile, readonly FunctionObject[]>();

function entryObjects(library: ObjectFile): readonly FunctionObject[] {
  const known = knownEntries.get(library);
  if (known) return known;
  const made = entriesFor((name) => library.function(name)).map((entry) => functionObject(entry, true));
  knownEntries.set(library, made);
  return made;
}

/** What passes will put calls of: the fuel check everywhere, the rest where something suspends. */
function runtimeFunctions(program: IrModule): string[] {
  const suspends = [...program.functions.values()].some((func) => func.convention === 'async');
  return suspends ? Object.keys(RUNTIME) : ['fuel_slow'];
}

function globalsOf(program: Pick<IrModule, 'globals'>): Map<string, GlobalDeclaration> {
  const globals = new Map<string, GlobalDeclaration>();
  for (const { name, type } of GLOBALS) {
    const initial = type === 'val' ? BigInt.asIntN(64, UNDEFINED) : type === 'i64' ? 0n : 0;
    globals.set(name, { name, type, mutable: true, initial });
  }
  for (const [name, declaration] of program.globals) if (!globals.has(name)) globals.set(name, declaration);
  return globals;
}

function join<Func extends Linkable>(program: ModuleOf<Func>, library: LibraryOf<Func>, entries: readonly Func[], roots: readonly string[], firstData: Iterable<string> = []): ModuleOf<Func> {
  const linked: ModuleOf<Func> = {
    functions: new Map(),
    data: new Map(),
    globals: globalsOf(program),
    exports: new Map([...program.exports, [EXPORTS.init, ENTRY_SYMBOLS.init], [EXPORTS.poll, ENTRY_SYMBOLS.poll]]),
    sources: [...program.sources],
    table: program.table ? [...program.table] : [''],
  };
  const reach = new Reach(linked, program, library);
  for (const name of firstData) reach.data(name);
  for (const name of program.functions.keys()) reach.func(name);
  for (const name of program.data.keys()) reach.data(name);
  for (const name of program.table ?? []) if (name !== '') reach.func(name);
  for (const name of roots) reach.func(name);
  for (const entry of entries) {
    linked.functions.set(entry.name, entry);
    reach.referencesOf(entry);
  }
  reach.run();
  linked.table = completeTable(linked);
  return linked;
}

/** Worklist over symbols: each is brought in once, then its references are followed. */
class Reach<Func extends Linkable> {
  readonly #functions: Func[] = [];
  readonly #data: DataSymbol[] = [];

  constructor(
    readonly linked: ModuleOf<Func>,
    readonly program: ModuleOf<Func>,
    readonly library: LibraryOf<Func>,
  ) {}

  func(name: string): void {
    if (this.linked.functions.has(name)) return;
    const func = this.program.functions.get(name) ?? this.library.function(name);
    if (!func) throw new LinkError(`neither the program nor the library has a function ${name}`);
    this.linked.functions.set(name, func);
    this.#functions.push(func);
  }

  data(name: string): void {
    if (this.linked.data.has(name)) return;
    const symbol = this.program.data.get(name) ?? this.library.data(name);
    if (!symbol) throw new LinkError(`neither the program nor the library has data ${name}`);
    this.linked.data.set(name, symbol);
    this.#data.push(symbol);
  }

  run(): void {
    for (let func = 0, data = 0; ; ) {
      const nextFunction = this.#functions[func];
      if (nextFunction) {
        this.referencesOf(nextFunction);
        func++;
        continue;
      }
      const symbol = this.#data[data++];
      if (!symbol) return;
      for (const relocation of symbol.relocations) this.data(relocation.symbol);
      for (const relocation of symbol.functionRelocations) this.func(relocation.func);
    }
  }

  referencesOf(func: Func): void {
    const { functions, data, globals } = referencesOf(func);
    for (const name of functions) this.func(name);
    for (const name of data) this.data(name);
    for (const name of globals) if (!this.linked.globals.has(name)) throw new LinkError(`nobody declares the global ${name}`);
  }
}
