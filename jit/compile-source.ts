/**
 * The compilers behind one function: which one a source is for is told by its name and kind. Each is loaded when it is
 * first needed, so that WebAssembly does not wait for TypeScript's checker.
 *
 * Rejects with CompileError, and nothing else.
 */
import type { Artifact } from './artifact.js';
import type { CompilerOptions } from './compile.js';

/** `asyncImports` and `asyncHost` concern WebAssembly alone, `declarations` TypeScript. */
export interface SourceOptions extends CompilerOptions {
  /** Imports that are async: `name` or `module.name`. */
  readonly asyncImports?: readonly string[];
  /** Host functions that are async functions, by name. */
  readonly asyncHost?: readonly string[];
}

/** Text, or the bytes of a WebAssembly module. */
export type Source = string | Uint8Array;

export const isWebAssembly = (source: Source, filename: string | undefined): boolean => typeof source !== 'string' || (filename?.endsWith('.wat') ?? false);

export async function compileSource(source: Source, options: SourceOptions): Promise<Artifact> {
  if (isWebAssembly(source, options.filename)) {
    const { assemblerReady, compileWasm } = await import('./webassembly/compile.js');
    await assemblerReady();
    return compileWasm(source, options);
  }
  return (await import('./compile.js')).compile(String(source), options);
}
