/** Closure entries that lowering asks for; entries.ts makes them. */
import type ts from 'typescript';
import type { LibrarySignature } from '../privileged/library-scope.js';
import type { Unit } from './bindings.js';

/** Entries that were asked for: of units, host functions and library functions; of getters of constants. */
export type EntryRequest =
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'host'; readonly declaration: ts.FunctionDeclaration }
  | { readonly kind: 'library'; readonly signature: LibrarySignature }
  | { readonly kind: 'log'; readonly level: number }
  | { readonly kind: 'constant'; readonly value: number };
