/**
 * compileLibrary: the standard library, written in the privileged dialect, to one IR module.
 *
 * Needs all files at once, since which function throws is inferred over the whole. Promises either a module in which
 * every function is lowered, or errors with their places; not both.
 */
import type { LibraryFacts } from '../../passes/call-facts.js';
import ts = require('typescript');
import type { SymbolTypes } from '../../../ir/builder.js';
import { createFunction, createModule, type IrModule } from '../../../ir/function.js';
import type { Type } from '../../../ir/types.js';
import { CLOSURE_SIGNATURE, GLOBALS } from '../../abi.js';
import { cleanUp } from '../lower/cleanup.js';
import { inferThrows, type Analysed } from '../lower/throws-analysis.js';
import { EXPRESSIONS } from './expressions.js';
import { DialectError, LibraryBody } from './library-body.js';
import { LibraryScope, type LibraryFunction, type LibrarySignature } from './library-scope.js';
import { IR_TYPE } from './machine-types.js';

export interface LibrarySource {
  readonly name: string;
  readonly text: string;
}

export interface LibraryError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What guest code needs to know of the library: plain data, kept beside the compiled module. */
export interface LibraryInterface {
  readonly functions: Readonly<Record<string, LibrarySignature>>;
  /** What lowering found out, for the passes over programs. */
  readonly facts?: LibraryFacts;
}

export interface CompiledLibrary {
  readonly module: IrModule;
  readonly interface: LibraryInterface;
  readonly errors: readonly LibraryError[];
}

/** Files of the dialect's own definition are no part of the library. */
const DEFINITIONS = new Set(['intrinsics', 'abi']);

export function compileLibrary(files: readonly LibrarySource[]): CompiledLibrary {
  const errors: LibraryError[] = [];
  const report = (source: ts.SourceFile, node: ts.Node, message: string): void => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    errors.push({ file: source.fileName, line: line + 1, column: character + 1, message });
  };
  const sources = files
    .filter(({ name }) => !DEFINITIONS.has(name.replace(/^.*\//, '').replace(/\.ts$/, '')))
    .map(({ name, text }) => ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true));
  const scope = new LibraryScope(sources, (file, node, message) => report(file.source, node, message));
  const module = createModule();
  for (const source of sources) module.sources.push({ name: source.fileName, text: source.text });
  for (const { name, type } of GLOBALS) module.globals.set(name, { name, type, mutable: true, initial: type === 'i64' || type === 'val' ? 0n : 0 });

  const functions = [...scope.functions()];
  const analysed = lowerAll(functions, scope, module, report);
  if (errors.length === 0) inferThrows(analysed);
  const signatures: Record<string, LibrarySignature> = {};
  for (const { name, params, result } of functions) {
    const func = module.functions.get(name);
    const throws = func !== undefined && func.results.length > (IR_TYPE[result] ? 1 : 0);
    signatures[name] = { name, params, result, throws };
  }
  return { module, interface: { functions: signatures }, errors };
}

function lowerAll(
  functions: readonly LibraryFunction[],
  scope: LibraryScope,
  module: IrModule,
  report: (source: ts.SourceFile, node: ts.Node, message: string) => void,
): Analysed[] {
  for (const { name, params, result, node, file } of functions) {
    if (module.functions.has(name)) report(file.source, node, `the library has a second function ${name}`);
    module.functions.set(name, createFunction(name, { params: irTypes(params.map(({ type }) => type)), results: [...irTypes([result]), 'i32'] }));
  }
  const symbols = symbolsOf(module);
  const addressTaken = new Set<string>();
  const bodies = functions.map((self) => {
    const func = module.functions.get(self.name);
    if (!func) throw new Error(`${self.name} was declared above`);
    func.location = { file: self.file.index, offset: self.node.getStart(self.file.source) };
    const body = new LibraryBody(func, symbols, module, scope, self, addressTaken, EXPRESSIONS);
    try {
      body.lowerFunction();
    } catch (error) {
      if (!(error instanceof DialectError)) throw error;
      report(self.file.source, error.node, error.message);
    }
    return body;
  });
  return bodies.map(({ func, escapes }) => {
    cleanUp(func);
    return { func, escapes, keepsStatus: addressTaken.has(func.name) && isClosureEntry(func.params) };
  });
}

const irTypes = (types: readonly LibrarySignature['result'][]): Type[] => types.flatMap((type) => IR_TYPE[type] ?? []);

const isClosureEntry = (params: readonly Type[]): boolean =>
  params.length === CLOSURE_SIGNATURE.params.length && params.every((type, index) => type === CLOSURE_SIGNATURE.params[index]);

function symbolsOf(module: IrModule): SymbolTypes {
  return {
    signature(name) {
      const func = module.functions.get(name);
      if (!func) throw new Error(`the library has no function ${name}`);
      return func;
    },
    globalType(name) {
      const global = module.globals.get(name);
      if (!global) throw new Error(`there is no instance global ${name}`);
      return global.type;
    },
  };
}
