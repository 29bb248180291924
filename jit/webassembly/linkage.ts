/**
 * Links instances: every import of a module meets what it is to be, a part of an earlier instance or a host function.
 *
 * L1 An instance links to instances before it only. L2 What an import meets has its type; of sizes that can grow only the
 * maximum counts here, and instantiation looks at the minimum once more. L3 An async and a sync function type never link.
 *
 * Needs modules that are valid by themselves. Throws WasmLinkError, which names both types.
 */
import type { ExternalKind, FunctionType, Global, GlobalType, Import, SizeLimits, TableType, WasmModule } from './module.js';
import { printFunctionType, sameFunctionType } from './module.js';

export class WasmLinkError extends Error {
  override readonly name = 'WasmLinkError';
  readonly code = 'UNLINKABLE';
  constructor(message: string, readonly imported: number) {
    super(message);
  }
}

/** A function of an index space: its body is a function of an instance, or the host has it. */
export type FunctionTarget =
  | { readonly kind: 'defined'; readonly instance: number; readonly index: number; readonly type: FunctionType }
  | { readonly kind: 'host'; readonly host: number; readonly type: FunctionType };

/** A table, memory or global of an index space: `index` counts what the instance itself defines. */
export interface Owned<Type> {
  readonly instance: number;
  readonly index: number;
  readonly type: Type;
}

export interface Instance {
  readonly id: number;
  readonly module: WasmModule;
  readonly functions: readonly FunctionTarget[];
  readonly tables: readonly Owned<TableType>[];
  readonly memories: readonly Owned<SizeLimits>[];
  readonly globals: readonly Owned<GlobalType>[];
  /** How many of `functions` are imports. */
  readonly importedFunctions: number;
}

export interface HostImport {
  readonly module: string;
  readonly name: string;
  readonly type: FunctionType;
  /** The function's import, of instance `instance`. */
  readonly instance: number;
  readonly imported: number;
  /** Marked, or bound to an async function. */
  readonly asynchronous: boolean;
}

export type External =
  | { readonly kind: 'func'; readonly target: FunctionTarget; readonly asynchronous: boolean }
  | { readonly kind: 'table'; readonly target: Owned<TableType> }
  | { readonly kind: 'memory'; readonly target: Owned<SizeLimits> }
  | { readonly kind: 'global'; readonly target: Owned<GlobalType> };

/** Instances that belong together, with what they need of the host. */
export interface Unit {
  readonly instances: readonly Instance[];
  readonly hostImports: readonly HostImport[];
}

/** Answers for an import: an export of another instance, or that the host shall have it; undefined where there is nothing. */
export type Resolve = (imported: Import) => External | 'host' | undefined;

export interface LinkOptions {
  /** Function imports, by their index, that are async. */
  readonly asyncImports: ReadonlySet<number>;
}

/** Links one more module; the unit before it stays as it is. */
export function linkInstance(unit: Unit, module: WasmModule, resolve: Resolve, { asyncImports }: LinkOptions): Unit {
  const id = unit.instances.length;
  const hostImports = [...unit.hostImports];
  const functions: FunctionTarget[] = [];
  const tables: Owned<TableType>[] = [];
  const memories: Owned<SizeLimits>[] = [];
  const globals: Owned<GlobalType>[] = [];
  module.imports.forEach((imported, index) => {
    const found = resolve(imported);
    const asynchronous = asyncImports.has(functions.length);
    if (found === 'host' && imported.description.kind === 'func') {
      const { type } = imported.description;
      functions.push({ kind: 'host', host: hostImports.length, type });
      hostImports.push({ module: imported.module, name: imported.name, type, instance: id, imported: index, asynchronous });
      return;
    }
    if (found === undefined || found === 'host') throw new WasmLinkError(`unknown import ${quoted(imported)}: ${whatIsMissing(imported, found)}`, index);
    const problem = mismatch(imported, found, asynchronous);
    if (problem !== null) throw new WasmLinkError(`incompatible import type of ${quoted(imported)}: ${problem}`, index);
    if (found.kind === 'func') functions.push(found.target);
    else if (found.kind === 'table') tables.push({ ...found.target, type: found.target.type });
    else if (found.kind === 'memory') memories.push(found.target);
    else globals.push(found.target);
  });
  const importedFunctions = functions.length;
  module.functions.forEach(({ type }, index) => functions.push({ kind: 'defined', instance: id, index, type }));
  module.tables.forEach((type, index) => tables.push({ instance: id, index, type }));
  module.memories.forEach((type, index) => memories.push({ instance: id, index, type }));
  module.globals.forEach((type: Global, index) => globals.push({ instance: id, index, type }));
  return { instances: [...unit.instances, { id, module, functions, tables, memories, globals, importedFunctions }], hostImports };
}

const quoted = ({ module, name }: Import): string => `${JSON.stringify(module)} ${JSON.stringify(name)}`;

const whatIsMissing = ({ description }: Import, found: 'host' | undefined): string =>
  found === 'host' ? `the host gives functions only, not a ${description.kind}` : 'nothing of that name is exported';

// Matching --------------------------------------------------------------------------------------------------------------

const KIND_NAMES: Readonly<Record<ExternalKind, string>> = { func: 'a function', table: 'a table', memory: 'a memory', global: 'a global' };

/** Why an export cannot be what the import says, or null. */
function mismatch({ description }: Import, found: External, asynchronous: boolean): string | null {
  if (description.kind === 'func' && found.kind === 'func') {
    const same = sameFunctionType(description.type, found.target.type) && asynchronous === found.asynchronous;
    return same ? null : differ(printFunctionType(description.type, asynchronous), printFunctionType(found.target.type, found.asynchronous));
  }
  if (description.kind === 'table' && found.kind === 'table') {
    const fits = description.type.element === found.target.type.element && maximumFits(description.type, found.target.type);
    return fits ? null : differ(printTable(description.type), printTable(found.target.type));
  }
  if (description.kind === 'memory' && found.kind === 'memory') {
    return maximumFits(description.type, found.target.type) ? null : differ(printLimits('memory', description.type), printLimits('memory', found.target.type));
  }
  if (description.kind === 'global' && found.kind === 'global') {
    const { type, mutable } = description.type;
    const fits = type === found.target.type.type && mutable === found.target.type.mutable;
    return fits ? null : differ(printGlobal(description.type), printGlobal(found.target.type));
  }
  return differ(KIND_NAMES[description.kind], KIND_NAMES[found.kind]);
}

const differ = (wanted: string, given: string): string => `the import is ${wanted}, the export is ${given}`;
const maximumFits = (wanted: SizeLimits, given: SizeLimits): boolean => wanted.maximum === null || (given.maximum !== null && given.maximum <= wanted.maximum);
const printLimits = (kind: string, { minimum, maximum }: SizeLimits, rest = ''): string => `(${kind} ${minimum}${maximum === null ? '' : ` ${maximum}`}${rest})`;
const printTable = (type: TableType): string => printLimits('table', type, ` ${type.element}`);
const printGlobal = ({ type, mutable }: GlobalType): string => `(global ${mutable ? `(mut ${type})` : type})`;

// Exports ---------------------------------------------------------------------------------------------------------------

/** What an instance exports under a name. `isAsync` tells of functions. */
export function exportOf(instance: Instance, name: string, isAsync: (target: FunctionTarget) => boolean): External | undefined {
  const found = instance.module.exports.find((each) => each.name === name);
  if (!found) return undefined;
  switch (found.kind) {
    case 'func': {
      const target = at(instance.functions, found.index);
      return { kind: 'func', target, asynchronous: isAsync(target) };
    }
    case 'table':
      return { kind: 'table', target: at(instance.tables, found.index) };
    case 'memory':
      return { kind: 'memory', target: at(instance.memories, found.index) };
    case 'global':
      return { kind: 'global', target: at(instance.globals, found.index) };
  }
}

/** The item of an index space; a valid module names only what is there. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`index ${index} of ${items.length} in a module that passed validation`);
  return item;
}

export const holdsFuncref = ({ params, results }: FunctionType): boolean => [...params, ...results].includes('funcref');
