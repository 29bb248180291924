/**
 * Names of the library: its functions over all files (one flat namespace for exported ones), what each file imports, and
 * module-level constants.
 */
import ts = require('typescript');
import { abiConstant, constantOf, type Constant } from './constants.js';
import { machineTypeOf, type MachineType } from './machine-types.js';

export interface LibraryParameter {
  readonly name: string;
  readonly type: MachineType;
}

/** A function of the library as callers see it. The IR signature has an i32 more in its results if it `throws`. */
export interface LibrarySignature {
  readonly name: string;
  readonly params: readonly LibraryParameter[];
  readonly result: MachineType;
  throws: boolean;
}

export interface LibraryFunction extends LibrarySignature {
  readonly node: ts.FunctionDeclaration;
  readonly file: LibraryFile;
}

export interface LibraryFile {
  readonly index: number;
  readonly source: ts.SourceFile;
  /** Local name to what it names elsewhere. */
  readonly imports: Map<string, { readonly module: string; readonly name: string }>;
  readonly functions: Map<string, LibraryFunction>;
  readonly constants: Map<string, ts.Expression>;
}

export type Report = (file: LibraryFile, node: ts.Node, message: string) => void;

/** Base name of a module specifier: `./strings.js` is `strings`. */
export const baseName = (path: string): string => path.replace(/^.*\//, '').replace(/\.(js|ts)$/, '');

export class LibraryScope {
  readonly files = new Map<string, LibraryFile>();
  readonly #values = new Map<ts.Expression, Constant | undefined>();

  constructor(
    sources: readonly ts.SourceFile[],
    readonly report: Report,
  ) {
    sources.forEach((source, index) => {
      const file: LibraryFile = { index, source, imports: new Map(), functions: new Map(), constants: new Map() };
      this.files.set(baseName(source.fileName), file);
      for (const statement of source.statements) this.#declare(file, statement);
    });
  }

  #declare(file: LibraryFile, statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement)) this.#import(file, statement);
    else if (ts.isExportDeclaration(statement)) this.#exportFrom(file, statement);
    else if (ts.isFunctionDeclaration(statement)) this.#function(file, statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name) && initializer) file.constants.set(name.text, initializer);
      }
    } else if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) {
      this.report(file, statement, 'the dialect has functions, constants and imports at the top level');
    }
  }

  #import(file: LibraryFile, statement: ts.ImportDeclaration): void {
    if (!ts.isStringLiteral(statement.moduleSpecifier)) return;
    const module = baseName(statement.moduleSpecifier.text);
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return;
    for (const { name, propertyName } of bindings.elements) {
      file.imports.set(name.text, { module, name: (propertyName ?? name).text });
    }
  }

  /** `export { f } from './other.js'`: others find it here as if this file had imported it. */
  #exportFrom(file: LibraryFile, statement: ts.ExportDeclaration): void {
    const { moduleSpecifier, exportClause } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || !exportClause || !ts.isNamedExports(exportClause)) return;
    for (const { name, propertyName } of exportClause.elements) {
      file.imports.set(name.text, { module: baseName(moduleSpecifier.text), name: (propertyName ?? name).text });
    }
  }

  #function(file: LibraryFile, node: ts.FunctionDeclaration): void {
    const own = node.name?.text;
    if (own === undefined || !node.body) return;
    const exported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    const params = node.parameters.map((parameter): LibraryParameter => {
      const type = parameter.type && machineTypeOf(parameter.type);
      if (!type) this.report(file, parameter, 'a parameter needs a machine type');
      return { name: parameter.name.getText(file.source), type: type ?? 'i32' };
    });
    const result = node.type && machineTypeOf(node.type);
    if (!result) this.report(file, node, `${own} needs a machine type as its result`);
    const name = exported ? own : `${own}$${baseName(file.source.fileName)}`;
    file.functions.set(own, { name, params, result: result ?? 'void', throws: true, node, file });
  }

  /** All functions, in file order. */
  *functions(): Iterable<LibraryFunction> {
    for (const file of this.files.values()) yield* file.functions.values();
  }

  functionNamed(file: LibraryFile, local: string): LibraryFunction | undefined {
    const own = file.functions.get(local);
    if (own) return own;
    const imported = file.imports.get(local);
    const from = imported && this.files.get(imported.module);
    return from && this.functionNamed(from, imported.name);
  }

  /** Name of the intrinsic that a local name stands for. */
  intrinsicNamed(file: LibraryFile, local: string): string | undefined {
    const imported = file.imports.get(local);
    return imported?.module === 'intrinsics' ? imported.name : undefined;
  }

  constantNamed(file: LibraryFile, local: string): Constant | undefined {
    const initializer = file.constants.get(local);
    if (initializer) return this.#valueOf(file, initializer);
    const imported = file.imports.get(local);
    if (!imported) return undefined;
    if (imported.module === 'abi') return abiConstant(imported.name);
    const from = this.files.get(imported.module);
    const constant = from?.constants.get(imported.name);
    return from && constant && this.#valueOf(from, constant);
  }

  #valueOf(file: LibraryFile, initializer: ts.Expression): Constant | undefined {
    if (!this.#values.has(initializer)) {
      this.#values.set(initializer, undefined);
      this.#values.set(initializer, constantOf(initializer, (name) => this.constantNamed(file, name)));
    }
    return this.#values.get(initializer);
  }
}
