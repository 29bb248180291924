/**
 * Runs one function of a module on every engine, through the only entry that all of them have: `poll(k)` calls the
 * function with the k-th arguments and stores what it gives, with canonical NaNs, where memory is compared.
 */
import { Builder, symbolTypesOf } from '../../ir/builder.js';
import { createFunction, type IrModule } from '../../ir/function.js';
import { Interpreter } from '../../ir/interpret.js';
import { createMemory } from '../../ir/machine.js';
import type { Scalar } from '../../ir/scalars.js';
import { WASM_TYPE_OF, type Type, type Value } from '../../ir/types.js';
import { EXPORTS } from '../../jit/abi.js';
import { LOAD_BYTES, withOwnMemory } from '../../jit/engines/own-memory.js';
import { loadWasmtime, type Wasmtime } from '../../jit/engines/wasmtime-binding.js';

/** Where results go: behind what the programs themselves write. */
const RESULTS = 2048;
const COMPARED_BYTES = 4096;
const PAGES = 8;
const DATA_ADDRESS = 1024;

/** Adds `init` and `poll` to a module, for these arguments of `target`. */
export function addDriver(module: IrModule, target: string, inputs: readonly (readonly Scalar[])[]): IrModule {
  const callee = module.functions.get(target);
  if (!callee) throw new Error(`there is no function ${target}`);
  for (const name of ['data', 'header']) if (!module.globals.has(name)) module.globals.set(name, { name, type: 'i32', mutable: true, initial: 0 });
  const init = createFunction(EXPORTS.init, { params: ['i32'], results: [] });
  const poll = createFunction(EXPORTS.poll, { params: ['i32'], results: ['i32'] });
  for (const func of [init, poll]) module.functions.set(func.name, func);
  for (const name of [EXPORTS.init, EXPORTS.poll]) module.exports.set(name, name);
  const begin = new Builder(init, symbolTypesOf(module));
  begin.emit('global.set', begin.entry().slice(0, 1), 'data');
  begin.ret();
  const build = new Builder(poll, symbolTypesOf(module));
  const [which] = build.entry();
  if (which === undefined) throw new Error('poll has a parameter');
  inputs.forEach((input, index) => {
    const [run, next] = [build.block(), build.block()];
    build.brif(build.op('i32.eq', [which, build.i32(index)]), { block: run, args: [] }, { block: next, args: [] });
    build.switchTo(run);
    const results = build.call(target, callee.params.map((type, position) => constant(build, type, input[position] ?? 0)));
    results.forEach((result, position) => storeResult(build, result, RESULTS + position * 8));
    build.ret(build.i32(1));
    build.switchTo(next);
  });
  build.ret(build.i32(0));
  return module;
}

function constant(build: Builder, type: Type, value: Scalar): Value {
  if (type === 'val') return build.val(BigInt(value));
  if (type === 'i64') return build.i64(BigInt(value));
  return type === 'f64' ? build.f64(Number(value)) : build.i32(Number(value));
}

function storeResult(build: Builder, result: Value, address: number): void {
  const type = build.func.valueTypes[result] ?? 'i32';
  const at = build.i32(address);
  if (WASM_TYPE_OF[type] !== 'f64') return build.store(type, at, 0, result);
  // Engines may choose the bits of a NaN.
  build.store('f64', at, 0, build.op('select', [result, build.f64(NaN), build.op('f64.eq', [result, result])]));
}

/** What each poll gave, or that it trapped, and the memory at the end in hexadecimal digits. */
export interface Behaviour {
  readonly polls: readonly (number | 'trap')[];
  readonly memory: string;
}

function behave(inputs: number, poll: (k: number) => number, isTrap: (error: unknown) => boolean, memory: () => Uint8Array): Behaviour {
  const polls = Array.from({ length: inputs }, (_, k) => {
    try {
      return poll(k);
    } catch (error) {
      if (!isTrap(error)) throw error;
      return 'trap' as const;
    }
  });
  return { polls, memory: Buffer.from(memory().slice(0, COMPARED_BYTES)).toString('hex') };
}

const named = (...names: readonly string[]) => (error: unknown): boolean => error instanceof Error && names.includes(error.name);

export function onInterpreter(module: IrModule, inputs: number): Behaviour {
  const memory = createMemory(PAGES);
  const interpreter = new Interpreter(module, { memory });
  interpreter.call(EXPORTS.init, [DATA_ADDRESS]);
  return behave(inputs, (k) => Number(interpreter.call(EXPORTS.poll, [k])[0]), named('Trap'), () => new Uint8Array(memory.buffer));
}

/** `data`: the static data, as emitted. */
export interface EmittedCode {
  readonly wasm: Uint8Array;
  readonly data: { readonly bytes: Uint8Array; readonly relocations: readonly number[] };
}

function placedData({ data }: EmittedCode): Uint8Array {
  const bytes = data.bytes.slice();
  const view = new DataView(bytes.buffer);
  for (const offset of data.relocations) view.setInt32(offset, view.getInt32(offset, true) + DATA_ADDRESS, true);
  return bytes;
}

/** Throws for a module that is not valid. */
export function onV8(code: EmittedCode, inputs: number): Behaviour {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  new Uint8Array(memory.buffer).set(placedData(code), DATA_ADDRESS);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code.wasm), { env: { memory } });
  const entry = (name: string) => exports[name] as (argument: number) => number; // added by addDriver
  entry(EXPORTS.init)(DATA_ADDRESS);
  return behave(inputs, entry(EXPORTS.poll), (error) => error instanceof WebAssembly.RuntimeError || named('RangeError')(error), () => new Uint8Array(memory.buffer));
}

let wasmtime: Wasmtime | undefined;

export function onWasmtime(code: EmittedCode, inputs: number): Behaviour {
  wasmtime ??= loadWasmtime();
  const { wasm, codeShift, longestBody } = withOwnMemory(code.wasm, PAGES, [{ address: DATA_ADDRESS, bytes: placedData(code) }]);
  const exported = wasmtime.instantiate(wasm, PAGES, longestBody, codeShift);
  exported(EXPORTS.init)([DATA_ADDRESS]);
  const [poll, load] = [exported(EXPORTS.poll), exported('load')];
  const memory = (): Uint8Array => {
    const bytes = Buffer.alloc(COMPARED_BYTES + LOAD_BYTES);
    for (let at = 0; at < COMPARED_BYTES; at += LOAD_BYTES) bytes.writeUIntLE(load([at]), at, LOAD_BYTES);
    return bytes;
  };
  return behave(inputs, (k) => poll([k]), named('WasmtimeTrap', 'RangeError'), memory);
}

/** Throws with both when they differ. */
export function assertSame(what: string, actual: Behaviour, expected: Behaviour): void {
  if (JSON.stringify(actual.polls) !== JSON.stringify(expected.polls)) throw new Error(`${what}: polls give ${actual.polls.join(' ')}, not ${expected.polls.join(' ')}`);
  if (actual.memory === expected.memory) return;
  let at = 0;
  while (actual.memory[at] === expected.memory[at]) at++;
  throw new Error(`${what}: memory differs from byte ${at >> 1} on: ${actual.memory.slice(at & ~1, (at & ~1) + 16)}, not ${expected.memory.slice(at & ~1, (at & ~1) + 16)}`);
}
