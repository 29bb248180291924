/**
 * The compiled standard library, read lazily and once per process: object code for linking, and its IR as text for the
 * interpreter and for listings, of which a function is parsed when it is first asked for.
 *
 * Needs the files that stdlib-build wrote. Promises the same object for the same name; nobody may change it.
 */
import { readFileSync } from 'node:fs';
import type { DataSymbol, IrFunction } from '../ir/function.js';
import { indexModule, parseData, parseFunction, parseHeader, symbolsOf, type ModuleIndex } from '../ir/parse.js';
import { createModule } from '../ir/function.js';
import type { Signature } from '../ir/types.js';
import { GLOBALS } from './abi.js';
import { openObjectFile, type ObjectFile } from './backend/object-file.js';
import type { Library } from './link.js';
import { inlinable, type InlineBody } from './passes/inline.js';
import type { LibraryInterface } from './typescript/privileged/library.js';

export const LIBRARY_TEXT = new URL('./stdlib.bir', import.meta.url);
export const LIBRARY_INTERFACE = new URL('./stdlib.json', import.meta.url);

export const LIBRARY_BODIES = new URL('./stdlib.bodies.bir', import.meta.url);
export const LIBRARY_OBJECTS = new URL('./stdlib.obj', import.meta.url);

export interface LoadedLibrary {
  readonly objects: ObjectFile;
  readonly interface: LibraryInterface;
  readonly library: Library;
  /** Small functions as they are before they get fuel, stack and spills. */
  readonly bodies: (name: string) => InlineBody | undefined;
}

let loaded: LoadedLibrary | null = null;
let ir: Library | null = null;
let bodies: LoadedLibrary['bodies'] | null = null;

export function loadLibrary(): LoadedLibrary {
  loaded ??= {
    objects: openObjectFile(readFileSync(LIBRARY_OBJECTS)),
    interface: JSON.parse(readFileSync(LIBRARY_INTERFACE, 'utf8')),
    get library(): Library {
      return (ir ??= lazyLibrary(readFileSync(LIBRARY_TEXT, 'utf8')));
    },
    bodies(name) {
      return (bodies ??= lazyBodies(readFileSync(LIBRARY_BODIES, 'utf8')))(name);
    },
  };
  return loaded;
}

function lazyBodies(text: string): LoadedLibrary['bodies'] {
  const index = indexModule(text);
  return remembered((name) => {
    const func = parsedFunction(text, index, name, undefined);
    return func && inlinable(func);
  });
}

function lazyLibrary(text: string): Library {
  const index = indexModule(text);
  const globals = createModule();
  for (const { name, type } of GLOBALS) globals.globals.set(name, { name, type, mutable: true, initial: type === 'i64' || type === 'val' ? 0n : 0 });
  const symbols = symbolsOf(index, globals);
  const signatureAt = (name: string): Signature | undefined => {
    const at = index.functions.get(name);
    return at === undefined ? undefined : (parseHeader(text, at) ?? undefined);
  };
  return {
    function: remembered((name) => parsedFunction(text, index, name, symbols)),
    data: remembered((name) => parsedData(text, index, name)),
    signature: remembered(signatureAt),
  };
}

function remembered<Result>(find: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = find(name);
    known.set(name, made);
    return made;
  };
}

function parsedFunction(text: string, index: ModuleIndex, name: string, symbols: ReturnType<typeof symbolsOf> | undefined): IrFunction | undefined {
  const at = index.functions.get(name);
  if (at === undefined) return undefined;
  const { func, diagnostics } = parseFunction(text, at, symbols);
  if (!func) throw new Error(`the library's text is damaged at ${name}: ${diagnostics[0]?.message ?? 'no function there'}`);
  return func;
}

function parsedData(text: string, index: ModuleIndex, name: string): DataSymbol | undefined {
  const at = index.data.get(name);
  if (at === undefined) return undefined;
  const { data, diagnostics } = parseData(text, at);
  if (!data) throw new Error(`the library's text is damaged at ${name}: ${diagnostics[0]?.message ?? 'no data there'}`);
  return data;
}
