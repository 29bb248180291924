/** Every construct outside the language ends as a numbered diagnostic at its place, never as code. */
import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '../../../jit/diagnostics.js';
import { checkProgram, diagnosticsOf } from '../../../jit/typescript/checker.js';
import { lowerProgram } from '../../../jit/typescript/lower/modules.js';
import { LIBRARY } from './library.js';

function refusalsOf(text: string): readonly Diagnostic[] {
  const checked = checkProgram({ name: 'snippet.ts', text: `${text}\nexport {};\n` });
  const found = diagnosticsOf(checked);
  return found.length > 0 ? found : lowerProgram(checked, LIBRARY).diagnostics;
}

describe('refusals', () => {
  test.each([
    ['for (using x of [] as Disposable[]) { x; }', 'BR1020', 6],
    ['class A { constructor() { return {}; } }', 'BR1015', 27],
    ['class A {} console.log(A.prototype);', 'BR1011', 24],
    ['class A { accessor x = 1; }', 'BR1041', 11],
    ['class A extends Map<string, number> {}', 'BR1042', 17],
    ['function f() { return new.target; }', 'BR1043', 23],
    ['const r = /\\p{L}/u;', 'BR1017', 11],
    ['const r = /a/v;', 'BR1017', 11],
    ['const s = Symbol.iterator;', 'BR1019', 11],
    ['const o = { get [Symbol.toStringTag]() { return "x"; } };', 'BR1019', 13],
    ['class C { get [Symbol.toStringTag]() { return "x"; } }', 'BR1019', 15],
    ['namespace N { export const x = 1; }', 'BR1010', 1],
    ['declare function f(): number;', 'BR1007', 1],
    ['declare const x: number; console.log(x);', 'BR1006', 9],
    ['declare global { interface Date { x: 1 } }', 'BR1008', 1],
    ['function f(x: Function) { x(); }', 'BR1009', 15],
    ['const o = { __proto__: null };', 'BR1011', 13],
    ['function f() { return arguments.length; }', 'BR1012', 23],
    ["import { x } from './y';", 'BR1004', 1],
    ['const m = [1].push;', 'BR1024', 11],
    ['const { push } = [1];', 'BR1024', 9],
    ['console.log(this);', 'BR1025', 13],
    ['const t = (a: TemplateStringsArray) => a; t`\\unit`;', 'BR1022', 44],
    ['const x = new Uint8Array(4);', 'BR1029', 11],
    ["const e = (x: unknown) => x instanceof Symbol;", 'BR1031', 40],
  ])('%s', (text, number, column) => {
    const [first, ...more] = refusalsOf(text);
    expect({ number: first?.number, line: first?.line, column: first?.column, more: more.length }).toEqual({ number, line: 1, column, more: 0 });
  });

  test('every function of a program reports its own', () => {
    const text = 'function a() { return /x/v; }\nfunction b() { return arguments; }\nconst c = () => { class D extends Map {} };';
    expect(refusalsOf(text).map(({ line, number }) => `${line} ${number}`)).toEqual(['1 BR1017', '2 BR1012', '3 BR1042']);
  });

  test('a type error comes before any refusal', () => {
    expect(refusalsOf('const n: number = "x"; class A {}').map(({ number }) => number)).toEqual(['TS2322']);
  });
});
