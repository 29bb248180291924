/**
 * Objects of the library as values: `const logger = console`. Each is one object of a class of its own, whose members are
 * the library's functions (the same values as `console.log` written out) and constants.
 */
import type ts from 'typescript';
import { CLASS, LOG_LEVELS, METHOD } from '../../abi.js';
import { isForeign, NAMESPACES } from './foreign.js';
import { entrySymbol } from './function-infos.js';
import type { GuestBody } from './guest-body.js';
import { libraryFunctionOf } from './library-functions.js';
import { numbersOf } from './prediction.js';
import type { Program } from './program.js';
import type { Operand } from './representation.js';
import { defineData, functionInfoSymbol, stringSymbol } from './static-data.js';

/** Values of METHOD.kind. */
const MEMBER_KIND = { getter: 1, shared: 3 } as const;

export function lowerNamespace(body: GuestBody, node: ts.Identifier): Operand | null {
  if (!NAMESPACES.has(node.text) || !isForeign(body.program, node)) return null;
  const descriptor = body.builder.op('data.addr', [], descriptorSymbol(body.program, node.text));
  return { rep: 'val', value: body.libValue('namespace_value', [descriptor], node) };
}

function descriptorSymbol(program: Program, namespace: string): string {
  const symbol = `namespace$${namespace}`;
  if (program.module.data.has(symbol)) return symbol;
  const members = [...functionsOf(program, namespace), ...constantsOf(program, namespace)];
  const bytes = new Uint8Array(CLASS.bytes);
  new DataView(bytes.buffer).setInt32(CLASS.methodCount, members.length, true);
  return defineData(program.module, symbol, bytes, [
    { offset: CLASS.name, symbol: stringSymbol(program.module, namespace) },
    { offset: CLASS.methods, symbol: methodsSymbol(program, `${symbol}$methods`, members) },
  ]);
}

interface Member {
  readonly name: string;
  readonly kind: number;
  /** Symbol of the closure entry. */
  readonly entry: string;
  readonly info: string;
}

function functionsOf(program: Program, namespace: string): Member[] {
  const prefix = `${namespace}$`;
  const names = Object.keys(program.library.functions).flatMap((symbol) => (symbol.startsWith(prefix) ? [symbol.slice(prefix.length)] : []));
  return [...(namespace === 'console' ? LOG_LEVELS : []), ...names].flatMap((name) => {
    const found = libraryFunctionOf(program, namespace, name);
    if (!found) return [];
    const entry = entrySymbol(found.symbol);
    program.entries.set(entry, found.request);
    return [{ name, kind: MEMBER_KIND.shared, entry, info: functionInfoSymbol(program.module, name, found.count, 0, 0) }];
  });
}

function constantsOf(program: Program, namespace: string): Member[] {
  return numbersOf(namespace).map(([name, value]) => {
    const entry = entrySymbol(`${namespace}$${name}`);
    program.entries.set(entry, { kind: 'constant', value });
    return { name, kind: MEMBER_KIND.getter, entry, info: functionInfoSymbol(program.module, name, 0, 0, 0) };
  });
}

function methodsSymbol(program: Program, symbol: string, members: readonly Member[]): string {
  const bytes = new Uint8Array(METHOD.bytes * members.length);
  const view = new DataView(bytes.buffer);
  members.forEach(({ kind }, index) => view.setInt32(METHOD.bytes * index + METHOD.kind, kind, true));
  const relocations = members.flatMap(({ name, info }, index) => [
    { offset: METHOD.bytes * index + METHOD.name, symbol: stringSymbol(program.module, name) },
    { offset: METHOD.bytes * index + METHOD.info, symbol: info },
  ]);
  const functions = members.map(({ entry }, index) => ({ offset: METHOD.bytes * index + METHOD.func, func: entry }));
  return defineData(program.module, symbol, bytes, relocations, 4, functions);
}
