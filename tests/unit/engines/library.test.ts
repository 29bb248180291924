/**
 * Library functions, linked, on both engines: what they compute is what JavaScript does.
 *
 * The program is IR text; it sets up the instance globals for a task by hand and calls into the library.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { Interpreter } from '../../../ir/interpret.js';
import { parseModule } from '../../../ir/parse.js';
import type { Scalar } from '../../../ir/scalars.js';
import { verifyModule } from '../../../ir/verify.js';
import { ARENA, GLOBALS, HEADER, KIND, STRING, kindShape } from '../../../jit/abi.js';
import { writeArenaImage, writeThreadRecord } from '../../../jit/arena-image.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { loadLibrary } from '../../../jit/library.js';
import { link } from '../../../jit/link.js';

const PAGES = 64;
/** In chunks that are marked as taken. */
const HEADER_ADDRESS = 4 * ARENA.chunkBytes;
const DATA_ADDRESS = 6 * ARENA.chunkBytes;
const SHADOW_ADDRESS = 5 * ARENA.chunkBytes;

const GLOBAL_LINES = GLOBALS.map(({ name, type }) => `global ${name}: ${type} mut = 0`).join('\n');

/** Results of a call as text, numbered from `first`: whether a library function can throw shows in its signature. */
function results(func: string, first: number): string {
  const signature = loadLibrary().library.signature(func);
  if (!signature) throw new Error(`the library has no function ${func}`);
  return signature.results.map((type, index) => `v${first + index}: ${type}`).join(', ');
}

const PROGRAM = `${GLOBAL_LINES}

func start(i32, i32) {
block0(v0: i32, v1: i32):
  global.set header v0
  global.set shadow v1
  v9 = i32.const 65536
  v10 = i32.add v1, v9
  global.set shadowLimit v10
  v2 = i64.const 1000000000
  global.set fuel v2
  v3 = i32.const 100000
  global.set stack v3
  return
}

func print_number(i32, i32, f64) -> ref {
block0(v0: i32, v1: i32, v2: f64):
  call start(v0, v1)
  ${results('number_to_string', 3)} = call number_to_string(v2)
  return v3
}

; The text of a number twice: perhaps a rope, then flat.
func join(i32, i32, f64) -> ref {
block0(v0: i32, v1: i32, v2: f64):
  call start(v0, v1)
  ${results('number_to_string', 3)} = call number_to_string(v2)
  ${results('string_concat', 5)} = call string_concat(v3, v3)
  ${results('string_flatten', 7)} = call string_flatten(v5)
  return v7
}

func to_int(i32, i32, f64) -> i32 {
block0(v0: i32, v1: i32, v2: f64):
  call start(v0, v1)
  v3: i32 = call to_int32(v2)
  return v3
}
`;

const NUMBERS = [
  0, -0, 1, -1, 0.1, 0.5, 123456789, 1e21, 1e-7, 123e-20, 5e-324, 1.7976931348623157e308, 2 ** 53, 2 ** 53 + 2, 1 / 3, 4.35, 0.000001, 1e-6 / 3,
  100, 1e20, 123456789012345680000, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31) - 1, 2 ** 32 + 5, 9007199254740993e3, -2.5e-10,
];

function linkedModule(): IrModule {
  const { module, diagnostics } = parseModule(PROGRAM);
  // Library functions are not known before linking, so the program's calls carry their types.
  expect(diagnostics).toEqual([]);
  const linked = link(module, loadLibrary().library);
  expect(verifyModule(linked)).toEqual([]);
  for (const name of ['print_number', 'join', 'to_int']) linked.exports.set(name, name);
  return linked;
}

function arena(): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  const view = new DataView(memory.buffer);
  writeArenaImage(view);
  for (let chunk = 3; chunk < 8; chunk++) view.setInt32(ARENA.chunkOwners + chunk * 4, -1, true);
  const thread = writeThreadRecord(view, 0, SHADOW_ADDRESS, SHADOW_ADDRESS + ARENA.chunkBytes);
  view.setInt32(HEADER_ADDRESS + HEADER.thread, thread, true);
  view.setInt32(HEADER_ADDRESS + HEADER.heapCap, 0x7fffffff, true);
  view.setInt32(HEADER_ADDRESS + HEADER.slice, 1_000_000, true);
  return memory;
}

function textOf(memory: WebAssembly.Memory, string: number): string {
  const view = new DataView(memory.buffer);
  expect(view.getInt32(string, true)).toBe(kindShape(KIND.stringOne));
  const length = view.getInt32(string + STRING.length, true);
  return String.fromCharCode(...Array.from({ length }, (_, unit) => view.getUint8(string + STRING.units + unit)));
}

interface Started {
  readonly memory: WebAssembly.Memory;
  call(name: string, number: number): number;
}

const STARTS: Readonly<Record<string, (module: IrModule) => Started>> = {
  interpreter(module) {
    const memory = arena();
    const { data } = emitModule(module);
    writeData(memory, data);
    const interpreter = new Interpreter(module, { memory, dataAddress: DATA_ADDRESS });
    interpreter.setGlobal('data', DATA_ADDRESS);
    return { memory, call: (name, number) => Number(interpreter.call(name, [HEADER_ADDRESS, SHADOW_ADDRESS, number])[0]) };
  },
  v8(module) {
    const memory = arena();
    const { data, wasm } = emitModule(module);
    writeData(memory, data);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
    const func = (name: string) => exports[name] as (...args: Scalar[]) => number; // exported by `linkedModule`
    func('init')(DATA_ADDRESS);
    return { memory, call: (name, number) => func(name)(HEADER_ADDRESS, SHADOW_ADDRESS, number) };
  },
};

function writeData(memory: WebAssembly.Memory, { bytes, relocations }: ReturnType<typeof emitModule>['data']): void {
  new Uint8Array(memory.buffer).set(bytes, DATA_ADDRESS);
  const view = new DataView(memory.buffer);
  for (const offset of relocations) view.setInt32(DATA_ADDRESS + offset, view.getInt32(DATA_ADDRESS + offset, true) + DATA_ADDRESS, true);
}

describe.each(Object.keys(STARTS))('library on %s', (engine) => {
  let started: Started;
  beforeAll(() => {
    const start = STARTS[engine];
    if (!start) throw new Error(`there is no engine ${engine}`);
    started = start(linkedModule());
  });

  test.each(NUMBERS)('%d is printed as JavaScript prints it', (number) => {
    expect(textOf(started.memory, started.call('print_number', number))).toBe(String(number));
  });

  test.each(NUMBERS)('the text of %d twice is a flat string', (number) => {
    expect(textOf(started.memory, started.call('join', number))).toBe(String(number).repeat(2));
  });

  test.each(NUMBERS)('%d to a 32-bit integer', (number) => {
    expect(started.call('to_int', number)).toBe(number | 0);
  });
});
