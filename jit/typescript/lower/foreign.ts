/** Names that the program does not define: host functions and the library's globals. */
import ts = require('typescript');
import { isLibraryFile } from '../checker.js';
import { refuse, type RefusalNumber } from '../refusals.js';
import type { Program } from './program.js';

/** True for an identifier that stands for a host function or a global of the library. */
export function isForeign(program: Program, node: ts.Identifier): boolean {
  return program.facts.bindingOf(node) === undefined && node.text !== 'undefined';
}

/** The ambient declaration behind a name, if it is a host function. */
export function hostDeclarationOf(program: Program, node: ts.Identifier): ts.FunctionDeclaration | null {
  let symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? program.checker.getShorthandAssignmentValueSymbol(node.parent)
    : program.checker.getSymbolAtLocation(node);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = program.checker.getAliasedSymbol(symbol);
  const declaration = symbol?.declarations?.find(ts.isFunctionDeclaration);
  if (!declaration || isLibraryFile(declaration.getSourceFile())) return null;
  return declaration;
}

/** Numbers of refusals for names of the library that are a chapter of their own. */
const REFUSED_NAMES: Readonly<Record<string, RefusalNumber>> = {
  Symbol: 'BR1019',
  Function: 'BR1001',
  ArrayBuffer: 'BR1029',
  DataView: 'BR1029',
};

/** Refuses a name of the library that lowering does not know. */
export function refuseName(node: ts.Node, name: string, otherwise: RefusalNumber): never {
  const number = REFUSED_NAMES[name] ?? (/(8|16|32|64)(Clamped)?Array$/.test(name) ? 'BR1029' : otherwise);
  return refuse(number, node, name);
}

/** The name of the library class or namespace that an interface declares the members of. */
const CLASS_OF_INTERFACE: Readonly<Record<string, string>> = {
  ReadonlyArray: 'Array',
  ConcatArray: 'Array',
  ReadonlyMap: 'Map',
  ReadonlySet: 'Set',
  CallableFunction: 'Function',
  NewableFunction: 'Function',
  PromiseLike: 'Promise',
  AsyncGenerator: 'AsyncIterator',
};

/** Objects of the library that can be values, and the interfaces that declare their members. */
const NAMESPACE_OF_INTERFACE: Readonly<Record<string, string>> = { Console: 'console', JSON: 'JSON', Math: 'Math', Performance: 'performance' };
export const NAMESPACES: ReadonlySet<string> = new Set(Object.values(NAMESPACE_OF_INTERFACE));
/** Whether an interface declares what such an object has: its functions need no `this` and are read as properties. */
export const isNamespaceInterface = (name: string): boolean => Object.hasOwn(NAMESPACE_OF_INTERFACE, name);

/** Whether a member is a method of a library class, which would be lost without its object. */
export function isLibraryMethod(symbol: ts.Symbol | undefined): boolean {
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Method)) return false;
  return (symbol.declarations ?? []).every(
    ({ parent }) => isLibraryFile(parent.getSourceFile()) && !(ts.isInterfaceDeclaration(parent) && isNamespaceInterface(parent.name.text)),
  );
}

/** The library classes that declare a member, by the declarations of its symbol; null if others declare it too. */
export function libraryClassesOf(symbol: ts.Symbol): string[] | null {
  const names = new Set<string>();
  for (const declaration of symbol.declarations ?? []) {
    if (!isLibraryFile(declaration.getSourceFile()) || !ts.isInterfaceDeclaration(declaration.parent)) return null;
    const { text } = declaration.parent.name;
    names.add(CLASS_OF_INTERFACE[text] ?? text);
  }
  return names.size === 0 ? null : [...names];
}
