/** What lowering makes of programs, seen in the IR: representations, direct calls, throws, environment slots. */
import { describe, expect, test } from '@jest/globals';
import { formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import type { IrFunction, IrModule } from '../../../ir/function.js';
import { verifyFunction } from '../../../ir/verify.js';
import { checkProgram, diagnosticsOf } from '../../../jit/typescript/checker.js';
import { lowerProgram, type LoweredProgram } from '../../../jit/typescript/lower/modules.js';
import { COMPILED_LIBRARY, LIBRARY } from './library.js';

function lowered(text: string): LoweredProgram {
  const checked = checkProgram({ name: 'snippet.ts', text });
  expect(diagnosticsOf(checked)).toEqual([]);
  const program = lowerProgram(checked, LIBRARY);
  expect(program.diagnostics).toEqual([]);
  expect(broken(program.module)).toEqual([]);
  return program;
}

function broken(module: IrModule): string[] {
  const library = COMPILED_LIBRARY.module;
  const symbols = {
    func: (name: string) => module.functions.get(name) ?? library.functions.get(name),
    global: (name: string) => module.globals.get(name),
    hasData: (name: string) => module.data.has(name) || library.data.has(name),
  };
  return [...module.functions.values()].flatMap((func) => verifyFunction(func, symbols)).map(formatVerifyDiagnostic);
}

function functionOf(program: LoweredProgram, name: string): IrFunction {
  const func = program.module.functions.get(name);
  if (!func) throw new Error(`no function ${name} among ${[...program.module.functions.keys()].join()}`);
  return func;
}

const opcodesOf = (func: IrFunction): string[] =>
  func.blocks.flatMap((block) => block?.instructions.map(({ opcode, immediates }) => (opcode === 'call' ? `call ${String(immediates[0])}` : opcode)) ?? []);

describe('lowering', () => {
  test('numbers stay unboxed and pure functions cannot throw', () => {
    const program = lowered('function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nexport const main = (n: number) => fib(n);');
    const fib = functionOf(program, 'u$fib');
    expect({ params: fib.params, results: fib.results }).toEqual({ params: ['f64'], results: ['f64'] });
    expect(opcodesOf(fib).filter((opcode) => opcode.includes('val'))).toEqual([]);
  });

  test('a variable that may hold something else is boxed', () => {
    const program = lowered('export function f(xs: number[]) { let s = 0; let last = xs[0]!; for (const x of xs) { s += x; last = x; } return s + last; }');
    const names = new Map([...functionOf(program, 'u$f').valueNames].map(([value, name]) => [name, functionOf(program, 'u$f').valueTypes[value]]));
    expect([names.get('s'), names.get('last')]).toEqual(['f64', 'val']);
  });

  test('an awaited call of a known function makes no promise', () => {
    const program = lowered('async function g() { return 1; }\nexport async function main() { return await g(); }');
    const kinds = functionOf(program, 'u$main').blocks.map((block) => block?.terminator?.kind);
    expect(kinds).toContain('await_call');
  });

  test('module variables that functions use live in the environment; functions called directly need no closure', () => {
    const program = lowered('let n = 0;\nfunction bump() { n++; }\nbump();\nexport function main() { bump(); return n; }');
    expect(opcodesOf(functionOf(program, '$top'))).toContain('call alloc_slots');
    expect(opcodesOf(functionOf(program, '$top'))).not.toContain('call alloc_closure');
  });

  test('the table starts with the top level and the exports', () => {
    const program = lowered('export function a() {}\nexport const b = async () => 1;\nexport const c = 5;');
    expect(program.module.table).toEqual(['', '$top$entry', 'u$a$entry', 'u$b$entry']);
    expect(program.exports.map(({ name, async }) => [name, async])).toEqual([['a', false], ['b', true]]);
  });

  test('host functions are listed with the plans of their results', () => {
    const program = lowered('declare function get(id: number): Promise<{ name: string }>;\nexport const main = async () => (await get(1)).name;');
    expect(program.hostFunctions.map(({ name }) => name)).toEqual(['get']);
    expect(program.plans).toEqual([{ kind: 'object', fields: [{ name: 'name', optional: false, plan: { kind: 'string' } }] }]);
  });

  test('long sums do not take long', () => {
    const sum = Array.from({ length: 400 }, (_, index) => (index % 3 ? 'a' : 's')).join(' + ');
    lowered(`export function f(a: number, s: string) { return ${sum}; }`);
  });
});
