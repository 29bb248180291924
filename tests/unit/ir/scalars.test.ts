/**
 * The scalar opcodes against V8: each becomes a one-instruction module and gets every pair of awkward operands.
 */
import { describe, expect, test } from '@jest/globals';
import { Interpreter } from '../../../ir/interpret.js';
import { parseModule } from '../../../ir/parse.js';
import { OPCODES, opcodeRow, type Opcode, type OperandKind } from '../../../ir/opcodes.js';
import { isScalarOpcode, SCALARS, type Scalar } from '../../../ir/scalars.js';
import { Trap } from '../../../ir/trap.js';
import { WASM_TYPE_OF, type Type } from '../../../ir/types.js';

const INTEGERS = [0, 1, -1, 2, 7, 31, 32, 33, 63, 255, -128, 0x7fff, 0x12345678, 0x7fffffff, -0x80000000, -0x7fffffff, -0x55555556];
const WIDE = [0n, 1n, -1n, 2n, 31n, 63n, 64n, 65n, 0x80n, -0x8000n, 0x7fffffffn, -0x80000000n, 0x100000000n, 0x20000030000001n, 0x7ffffffffffffffn, 0x7fffffbfffffffffn, 0x123456789abcdef0n, -0x123456789abcdef1n, 2n ** 63n - 1n, -(2n ** 63n)];
const FLOATS = [0, -0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2.5, 3.49, 4.9e-324, 1e-45, 0.1, 2147483647, 2147483647.5, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296, 2 ** 52 + 0.5, 2 ** 53 + 2, 2 ** 63, -(2 ** 63), 2 ** 63 - 1024, 2 ** 64, 2 ** 64 - 2048, 3.4e38, 1e39, -1e308, 1e308, Infinity, -Infinity, NaN];

const OPERANDS: Readonly<Record<Type, readonly Scalar[]>> = {
  i32: INTEGERS, ref: INTEGERS, i64: WIDE, val: WIDE, f64: FLOATS, f32: FLOATS.map(Math.fround),
};
const WASM_BYTE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c } as const;

/** The types of a row, polymorphic ones as f64. */
const concrete = (kinds: readonly OperandKind[]): Type[] => kinds.map((kind) => (kind === 'any' ? 'f64' : kind === 'addr' ? 'i32' : kind));

/** A module whose export `f` runs the opcode's bytes over its parameters. */
function wasmOf(params: readonly Type[], result: Type, bytes: readonly number[]): (...args: Scalar[]) => Scalar {
  const section = (id: number, content: readonly number[]): number[] => [id, content.length, ...content];
  const body = [0, ...params.flatMap((_, index) => [0x20, index]), ...bytes, 0x0b];
  const module = new WebAssembly.Module(new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, params.length, ...params.map((type) => WASM_BYTE[WASM_TYPE_OF[type]]), 1, WASM_BYTE[WASM_TYPE_OF[result]]]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0, 0]),
    ...section(10, [1, body.length, ...body]),
  ]));
  return new WebAssembly.Instance(module).exports['f'] as (...args: Scalar[]) => Scalar; // the export above
}

const REASON_OF: readonly (readonly [RegExp, string])[] = [
  [/divide by zero|remainder by zero/, 'divideByZero'],
  [/divide result unrepresentable/, 'overflow'],
  [/float unrepresentable/, 'float'],
];

function attempt(run: () => Scalar): string {
  try {
    const value = run();
    return Object.is(value, -0) ? '-0' : String(value);
  } catch (error) {
    if (error instanceof Trap) return error.reason === 'invalidConversion' ? 'float' : error.reason;
    return REASON_OF.find(([pattern]) => pattern.test(String(error)))?.[1] ?? String(error);
  }
}

/** V8 has one message where WebAssembly has two reasons for a conversion. */
const alike = (opcode: Opcode, outcome: string): string => (opcode.includes('.trunc_') && outcome === 'overflow' ? 'float' : outcome);

const scalarOpcodes = (Object.keys(SCALARS) as Opcode[]).filter((opcode) => opcodeRow(opcode).wasm !== undefined); // keys of the table

describe('scalar opcodes', () => {
  test.each(scalarOpcodes)('%s means what V8 makes of its bytes', (opcode) => {
    if (!isScalarOpcode(opcode)) throw new Error('not scalar');
    const row = opcodeRow(opcode);
    const params = concrete(row.operands);
    const [result = 'i32'] = concrete(row.results === 'callee' ? [] : row.results);
    const wasm = wasmOf(params, result, row.wasm ?? []);
    const choices = params.map((type) => OPERANDS[type]);
    const combinations = choices.reduce<Scalar[][]>((all, values) => all.flatMap((start) => values.map((value) => [...start, value])), [[]]);
    const step = Math.max(1, Math.floor(combinations.length / 1500));
    for (let index = 0; index < combinations.length; index += step) {
      const args = combinations[index] ?? [];
      const expected = attempt(() => wasm(...args));
      const found = alike(opcode, attempt(() => SCALARS[opcode](args[0] ?? 0, args[1] ?? 0, args[2] ?? 0)));
      if (found !== expected) throw new Error(`${opcode}(${args.map(String).join(', ')}) is ${expected} in V8, ${found} here`);
    }
  });

  test('predecoded instructions mean what the table says', () => {
    const names = ['i32.add', 'i32.sub', 'i32.and', 'i32.eq', 'i32.ne', 'i32.lt_s', 'i32.ge_s'] as const;
    const text = names.map((name) => `func ${name}(i32, i32) -> i32 {\nblock0(v0: i32, v1: i32):\n  v2 = ${name} v0, v1\n  return v2\n}\n`).join('');
    const interpreter = new Interpreter(parseModule(text).module);
    for (const name of names) {
      for (const a of INTEGERS) for (const b of INTEGERS) expect(interpreter.call(name, [a, b])).toEqual([SCALARS[name](a, b, 0)]);
    }
  });

  test('bits of a NaN survive a round trip through f64 and val', () => {
    const bits = 0x7ff8dead00000000n;
    expect(SCALARS['i64.reinterpret_f64'](SCALARS['f64.reinterpret_i64'](bits, 0, 0), 0, 0)).toBe(bits);
  });

  test('every pure opcode but constants and symbols is in the table', () => {
    const others = (Object.keys(OPCODES) as Opcode[]).filter((opcode) => ['pure', 'trap'].includes(opcodeRow(opcode).effect) && !isScalarOpcode(opcode));
    expect(others).toEqual(['i32.const', 'i64.const', 'f32.const', 'f64.const', 'val.const', 'ref.null', 'val.box', 'elem.addr', 'func.index', 'data.addr']);
  });
});
