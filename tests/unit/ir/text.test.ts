/**
 * The text form: printing is a fixed point of parsing, faults carry their place, functions can be read alone.
 */
import { describe, expect, test } from '@jest/globals';
import { formatParseDiagnostic } from '../../../ir/diagnostics.js';
import { printFunction, printModule } from '../../../ir/print.js';
import { indexModule, parseData, parseFunction, parseModule } from '../../../ir/parse.js';

const everyForm = `source "a.ts" "let x = \\"1\\";\\n"
global fuel: i64 mut = -5
global ratio: f64 = -0
global error: val mut = 0
data text align 8 "a\\22\\5c\\00\\ff~ ." { 0: data other, 4: func "odd name" }
data other align 4 ""
export "poll" = main
table [main, _, "odd name"]

async func main(val, i32) -> (val, i32) name "main task" @0:12 {
block0(v0#input: val, v1: i32):
  v2: i32 = call "odd name"(v1, v0) @0:14
  await v0, block2(v2), block5
block2(v3: val, v4#"two words": i32):
  await_call main(v3, v4), block4(v3), block5
block4(v6: val, v7: val):
  v9 = i32.const -7
  return v7, v9 @0:3
block5(v10: val):
  v11 = i32.const 2
  return v10, v11
}

func "odd name"(i32, val) -> i32 {
block0(v0: i32, v1: val):
  v2 = f64.const 1e+21
  v3 = f64.const -inf
  v4 = f64.const nan
  v5 = f64.const -0
  v6 = i64.const -9223372036854775808
  v7 = val.const 0xfff9000000000000
  v8 = ref.null
  v9 = val.box 0xfffa v8
  v10 = i32.load v8+16
  i32.store v8+4, v10
  v11 = elem.addr v8+24, v10
  v12 = select v2, v3, v10
  v13: i64 = global.get fuel
  global.set fuel v6
  v14 = func.index main
  v15 = data.addr text
  v16: val, v17: i32 = call_indirect v14(v8, v10): (ref, i32) -> (val, i32)
  call_indirect v14(): ()
  memory.fill v10, v10, v10
  v18 = memory.size
  br_table v18, [block1(v10), block3], block3
block1(v19: i32):
  brif v19, block3, block1(v10)
block3:
  trap 9
}
`;

const messages = (text: string): string[] => parseModule(text).diagnostics.map(formatParseDiagnostic);

describe('round trip', () => {
  test('every form of item, instruction and terminator prints as it was read', () => {
    const { module, diagnostics } = parseModule(everyForm);
    expect(diagnostics.map(formatParseDiagnostic)).toEqual([]);
    expect(printModule(module)).toBe(everyForm);
  });

  test('facts survive', () => {
    const { module } = parseModule(everyForm);
    const main = module.functions.get('main');
    expect(main).toMatchObject({ convention: 'async', displayName: 'main task', location: { file: 0, offset: 12 } });
    expect([...(main?.valueNames ?? [])]).toEqual([[0, 'input'], [4, 'two words']]);
    expect([...(module.data.get('text')?.bytes ?? [])]).toEqual([97, 0x22, 0x5c, 0, 255, 126, 32, 46]);
    expect(module.data.get('text')?.functionRelocations).toEqual([{ offset: 4, func: 'odd name' }]);
    expect(module.table).toEqual(['', 'main', '', 'odd name']);
    expect(module.globals.get('ratio')?.initial).toBe(-0);
  });

  test('signatures in the same text make types of results optional', () => {
    const short = 'func f() {\nblock0:\n  v0 = call g()\n  v1 = global.get k\n  return\n}\nglobal k: f64 = 2\nfunc g() -> val {\nblock0:\n  trap 1\n}\n';
    const { module, diagnostics } = parseModule(short);
    expect(diagnostics).toEqual([]);
    expect(module.functions.get('f')?.valueTypes).toEqual(['val', 'f64']);
  });

  test('the type of a select settles when its operand is defined further down', () => {
    const text = 'func f(i32) {\nblock0(v0: i32):\n  jump block2\nblock1:\n  v1 = select v2, v2, v0\n  v3 = select v1, v1, v0\n  return\nblock2:\n  v2 = f32.const 1\n  jump block1\n}\n';
    expect(parseModule(text).module.functions.get('f')?.valueTypes).toEqual(['i32', 'f32', 'f32', 'f32']);
  });
});

describe('faults', () => {
  const inFunction = (...lines: string[]): string[] => messages(`func f(i32) {\nblock0(v0: i32):\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);

  test('are all reported, each at its place', () => {
    expect(inFunction('v1 = i32.ad v0', 'v2 = i32.add v0 v0', 'v3 = i32.const 99999999999', 'return')).toEqual([
      "3:8: P3 there is no instruction i32.ad",
      "4:19: P2 expected the end of the line, found 'v0'",
      '5:18: P4 99999999999 is not between -2147483648 and 4294967295',
    ]);
  });

  test('of lexical kind', () => {
    expect(inFunction('call "abc', 'v1 = i32.const ?', 'return')).toEqual([
      '3:8: P1 the string is not closed on its line',
      "4:18: P2 expected an integer, found '?'",
    ]);
  });

  test('a type that cannot be known must be written', () => {
    expect(inFunction('v1 = call elsewhere()', 'return')).toEqual(['3:8: P6 the type of v1 is not known; write v1: type']);
    expect(inFunction('v1 = select v7, v7, v0', 'return')).toEqual(['3:8: P6 the type of v1 is not known, v7 is not defined']);
  });

  test('code behind a terminator, before a block, and a missing brace', () => {
    expect(inFunction('return', 'return')).toEqual(['4:3: P2 nothing may follow a terminator in its block']);
    expect(messages('func f() {\n  return\n}\n')).toEqual(['2:3: P2 an instruction must stand in a block']);
    expect(messages('func f() {\nblock0:\n  return\n')).toEqual(["4:1: P2 function f is not closed by '}'"]);
  });

  test('duplicates', () => {
    expect(messages('func f() {\nblock0:\n  return\nblock0:\n  return\n}\nfunc f() {\nblock0:\n  return\n}\n')).toEqual([
      '4:1: P5 block0 is defined twice',
      '7:1: P5 func f is defined twice',
    ]);
    expect(messages('global a: i32 = 0\nglobal a: i32 = 0\nexport "e" = f\nexport "e" = g\n')).toHaveLength(2);
  });

  test('a huge number of a value or block is refused, not allocated', () => {
    expect(inFunction('v4000000000 = i32.const 1', 'jump block1000000')).toEqual([
      '3:3: P4 value numbers stay below 1000000',
      '4:8: P4 block numbers stay below 1000000',
    ]);
  });

  test('a line that starts no item', () => {
    expect(messages('; a comment\n\nfunction f() {}\n')).toEqual([
      '3:1: P2 expected source, global, data, export, table or func at the start of the line',
    ]);
  });

  test('data with bad escapes or relocations outside of its bytes', () => {
    expect(messages('data d align 1 "\\zz"\n')).toEqual(['1:16: P1 \\zz is not an escaped byte, which is \\ and two hexadecimal digits']);
    expect(messages('data d align 1 "abcd" { 1: data d }\n')).toEqual(['1:25: P4 1 is not between 0 and 0']);
  });

  test('no prefix and no cut of a good text makes the parser throw', () => {
    for (let length = 0; length < everyForm.length; length += 7) {
      parseModule(everyForm.slice(0, length));
      parseModule(everyForm.slice(0, length) + everyForm.slice(length + 11));
    }
  });
});

describe('reading by parts', () => {
  test('a function and a data symbol are read from their offsets alone', () => {
    const index = indexModule(everyForm);
    expect([...index.functions.keys()]).toEqual(['main', 'odd name']);
    const { func, diagnostics } = parseFunction(everyForm, index.functions.get('odd name') ?? -1);
    expect(diagnostics).toEqual([]);
    expect(func && everyForm.endsWith(printFunction(func))).toBe(true);
    expect(parseData(everyForm, index.data.get('other') ?? -1).data).toMatchObject({ name: 'other', align: 4 });
  });
});
