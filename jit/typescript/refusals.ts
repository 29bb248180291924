/**
 * What brolga refuses although TypeScript accepts it: one numbered row per construct, with the reason and a rewrite.
 *
 * Numbers are stable: users search for them and docs/language.md lists them. A construct without a row of its own is
 * refused under BR1000 with its syntax kind, so that nothing unknown is ever compiled.
 */
import ts = require('typescript');
import { diagnosticAt, type Diagnostic } from '../diagnostics.js';

export const REFUSALS = {
  BR1000: 'this syntax is not supported',
  BR1001: '`eval` and code from strings are not supported: compile the text as a program of its own',
  BR1002: '`with` is not supported',
  BR1003: 'decorators are not supported: call the wrapping function yourself',
  BR1004: '`import` is not supported: a program is one file; pass what it needs as host functions or arguments',
  BR1005: '`// @ts-ignore`, `@ts-expect-error` and `@ts-nocheck` are not supported: types choose how code is compiled, so every error counts',
  BR1006: 'a declared value has no definition: only functions that return a promise can be declared (`declare function f(…): Promise<T>`)',
  BR1007: 'a host function must return a promise, since the host answers later: declare the result as `Promise<…>`',
  BR1008: 'global augmentation is not supported',
  BR1009: 'the `Function` type is not supported: write the signature, `(…args: A) => R`',
  BR1010: 'namespaces with values are not supported: use an object or plain functions',
  BR1011: 'prototypes cannot be reached or changed: use classes',
  BR1012: '`arguments` is not supported: use a rest parameter',
  BR1015: 'a constructor that returns a value is not supported: use a static method that makes the object',
  BR1017: 'this part of regular expressions is not supported: write the characters out, as in `[a-z\\u00e0-\\u00ff]`',
  BR1019: 'this use of symbols is not supported: `Symbol.iterator` and `Symbol.asyncIterator` are keys only, and `Symbol.toStringTag` names a field',
  BR1020: '`using` is not supported here: put it in a block of its own',
  BR1021: 'this library function is not supported yet',
  BR1022: 'an escape without a value in a tagged template is not supported: write the backslash twice',
  BR1024: 'a library method as a value is not supported: wrap it, `(x) => object.method(x)`',
  BR1025: '`this` outside methods is not supported',
  BR1026: 'a spread argument is not supported in this call',
  BR1027: 'assigning to a function or an import is not supported',
  BR1028: 'enums with computed members are not supported: write the values out',
  BR1029: 'typed arrays and buffers are not supported yet: use number[]',
  BR1030: 'this property cannot be deleted: only entries of a record can',
  BR1031: '`instanceof` is supported for library classes and classes of the program only',
  BR1041: '`accessor` fields are not supported: write a getter and a setter',
  BR1042: 'of the library, only errors can be extended: keep a Map, Set or array in a field',
  BR1043: '`new.target` is not supported: pass what the constructor should know as an argument',
} as const;

export type RefusalNumber = keyof typeof REFUSALS;

/** Makes the diagnostic for a refused node; `detail` is added in front of the reason, usually the offending name. */
export function refusal(number: RefusalNumber, node: ts.Node, detail = ''): Diagnostic {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  const what = number === 'BR1000' && detail === '' ? ts.SyntaxKind[node.kind] : detail;
  const message = what === '' ? REFUSALS[number] : `${what}: ${REFUSALS[number]}`;
  return diagnosticAt('UNSUPPORTED', number, message, {
    file: file.fileName,
    text: file.text,
    start,
    length: Math.max(1, node.getEnd() - start),
  });
}

/** Thrown where lowering meets a refused node and cannot go on with the enclosing function. */
export class Refused extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}

export function refuse(number: RefusalNumber, node: ts.Node, detail = ''): never {
  throw new Refused(refusal(number, node, detail));
}
