/** The interface of the library, compiled from its sources once per test file. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileLibrary, type CompiledLibrary } from '../../../jit/typescript/privileged/library.js';

const FOLDER = fileURLToPath(new URL('../../../../jit/stdlib/', import.meta.url));

export const COMPILED_LIBRARY: CompiledLibrary = compileLibrary(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name: `stdlib/${name}`, text: readFileSync(FOLDER + name, 'utf8') })),
);

export const LIBRARY = COMPILED_LIBRARY.interface;
