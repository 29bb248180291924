/** What goes between the embedder's thread and the compile thread. */
import type { Artifact } from '../jit/artifact.js';
import type { Source, SourceOptions } from '../jit/compile-source.js';
import type { Diagnostic } from '../jit/diagnostics.js';

export interface CompileJob {
  readonly id: number;
  readonly source: Source;
  readonly options: SourceOptions;
}

export type CompileAnswer =
  | { readonly id: number; readonly artifact: Artifact }
  /** A CompileError; `cause`: the stack of what failed inside the compiler. */
  | { readonly id: number; readonly diagnostics: readonly Diagnostic[]; readonly cause: string | undefined };
