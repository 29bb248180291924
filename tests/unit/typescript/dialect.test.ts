/** The dialect of the standard library: what it compiles to, run on the interpreter, and what it refuses. */
import { describe, expect, test } from '@jest/globals';
import { Interpreter } from '../../../ir/interpret.js';
import { formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import { verifyModule } from '../../../ir/verify.js';
import { KIND, STRING, kindShape } from '../../../jit/abi.js';
import { stringHash } from '../../../jit/string-hash.js';
import { compileLibrary, type CompiledLibrary } from '../../../jit/typescript/privileged/library.js';

const HEAD = `import { TAG, UNDEFINED, KIND, ARRAY, kindShape } from '../abi.js';
import { ltu, imul, toF64, toI32, boxF64, isNumber, str, trap, globals, type i32, type i64, type f64, type val, type bool, type ref } from './intrinsics.js';
`;

function compiled(body: string): CompiledLibrary {
  const library = compileLibrary([{ name: 'stdlib/a.ts', text: HEAD + body }]);
  expect(library.errors).toEqual([]);
  expect(verifyModule(library.module).map(formatVerifyDiagnostic)).toEqual([]);
  return library;
}

const run = (body: string, name: string, ...args: (number | bigint)[]): unknown =>
  new Interpreter(compiled(body).module).call(name, args);

describe('what the dialect means', () => {
  test('loops, locals and integer arithmetic', () => {
    const body = 'export function f(n: i32): i32 { let sum: i32 = 0; for (let i: i32 = 0; i < n; i++) { if (i === 3) continue; sum += i * 2; } return sum; }';
    expect(run(body, 'f', 5)).toEqual([14]);
  });

  test('a constant takes the type of its place', () => {
    expect(run('export function f(x: f64): f64 { return x * 2 + 1; }', 'f', 1.5)).toEqual([4]);
    expect(run('export function f(x: i64): i64 { return x + 1n; }', 'f', 4n)).toEqual([5n]);
  });

  test('tables of the abi are folded', () => {
    expect(run('export function f(): i32 { return TAG.object + kindShape(KIND.array); }', 'f')).toEqual([0xfffa + kindShape(KIND.array)]);
    expect(run('const BASE = ARRAY.bytes * 2; export function f(): i32 { return BASE + 1; }', 'f')).toEqual([49]);
  });

  test('boxed values compare as unsigned bits', () => {
    const body = 'export function f(v: val): bool { return v !== UNDEFINED && isNumber(v); }';
    expect(run(body, 'f', 0x3ff0000000000000n)).toEqual([1]);
    expect(run(body, 'f', BigInt.asIntN(64, 0xfff9000000000000n))).toEqual([0]);
  });

  test('switch falls through and has its default anywhere', () => {
    const body = 'export function f(k: i32): i32 { let r: i32 = 0; switch (k) { default: r += 100; case 1: r += 1; break; case 2: r += 2; } return r; }';
    expect([0, 1, 2].map((k) => run(body, 'f', k))).toEqual([[101], [1], [2]]);
  });

  test('a labelled break leaves the outer loop', () => {
    const body = `export function f(): i32 { let n: i32 = 0; outer: for (let i: i32 = 0; i < 9; i++) { for (let j: i32 = 0; j < 9; j++) {
      if (j === 2) continue outer; if (i === 3) break outer; n++; } } return n; }`;
    expect(run(body, 'f')).toEqual([6]);
  });
});

describe('throws', () => {
  const body = `function inner(k: i32): i32 { if (k === 1) throw boxF64(7); return k; }
    export function outer(k: i32): i32 { return inner(k) + 1; }
    export function guarded(k: i32): i32 { try { return inner(k); } catch (e) { return -1; } }
    export function pure(k: i32): i32 { return imul(k, 3); }
    export function loops(k: i32): i32 { return k === 0 ? 0 : loops(k - 1) + pure(k); }`;

  test('are inferred along calls, and catch stops them', () => {
    const { functions } = compiled(body).interface;
    expect(Object.fromEntries(Object.entries(functions).map(([name, { throws }]) => [name, throws]))).toEqual({
      inner$a: true, outer: true, guarded: false, pure: false, loops: false,
    });
  });

  test('are a second result', () => {
    expect(run(body, 'outer', 4)).toEqual([5, 0]);
    expect(run(body, 'outer', 1)).toEqual([0, 1]);
    expect(run(body, 'guarded', 1)).toEqual([-1]);
  });
});

describe('static strings', () => {
  test('have the layout of flat strings, with their hash', () => {
    const { module } = compiled("export function f(): ref { return str('hé'); }");
    const [data] = [...module.data.values()];
    const view = new DataView(data?.bytes.slice().buffer ?? new ArrayBuffer(0));
    expect(view.getInt32(0, true)).toBe(kindShape(KIND.stringOne));
    expect(view.getInt32(STRING.hash, true)).toBe(stringHash('hé'));
    expect(view.getInt32(STRING.length, true)).toBe(2);
    expect([...(data?.bytes.slice(STRING.units, STRING.units + 2) ?? [])]).toEqual([0x68, 0xe9]);
  });

  test('the hash is FNV-1a over units, never 0', () => {
    expect(stringHash('')).toBe(0x811c9dc5 | 0);
    expect(stringHash('a')).toBe(Math.imul(0x811c9dc5 ^ 0x61, 0x01000193));
  });
});

describe('mistakes are reported with their place', () => {
  const errorOf = (body: string): string => {
    const { errors } = compileLibrary([{ name: 'stdlib/a.ts', text: HEAD + body }]);
    return errors.map(({ line, column, message }) => `${line - 2}:${column} ${message}`).join('; ');
  };

  test.each([
    ['export function f(x: f64): i32 { return x; }', '1:41 the dialect does not have an implicit conversion from f64 to i32'],
    ['export function f(): void { g(); }', '1:29 the dialect does not have a function g'],
    ['export function f(): i32 { const x = {}; return 0; }', '1:34 the dialect does not have a variable without an evident machine type: x'],
    ['export function f(x: number): i32 { return 1; }', '1:19 a parameter needs a machine type'],
    ['export function f(x: i32): i32 { return h(x); } function h(a: i32, b: i32): i32 { return a; }', '1:41 the dialect does not have a call of h$a with 1 arguments in place of 2'],
  ])('%s', (body, message) => expect(errorOf(body)).toBe(message));
});
