/**
 * What is refused wherever it stands, since types are not lowered: types and declarations that brolga does not have.
 * Also registers the host functions that the program declares, used or not, so that a missing one is found.
 */
import ts = require('typescript');
import { isLibraryFile, type CheckedProgram } from '../checker.js';
import { refusal } from '../refusals.js';
import { forEachPart } from '../syntax-walk.js';
import { collectRefusals } from './functions.js';
import type { Program } from './program.js';

export function refuseDeclarations(program: Program, { file }: CheckedProgram): void {
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && isDeclared(statement)) collectRefusals(program, () => void program.hostFunction(statement));
  }
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && isFunctionType(program, node)) program.diagnostics.push(refusal('BR1009', node));
    else if (ts.isDecorator(node)) program.diagnostics.push(refusal('BR1003', node));
    forEachPart(node, visit);
  };
  visit(file);
}

const isDeclared = (node: ts.FunctionDeclaration): boolean =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;

function isFunctionType(program: Program, { typeName }: ts.TypeReferenceNode): boolean {
  if (!ts.isIdentifier(typeName) || typeName.text !== 'Function') return false;
  const declarations = program.checker.getSymbolAtLocation(typeName)?.declarations;
  return declarations?.some((declaration) => isLibraryFile(declaration.getSourceFile())) ?? false;
}
