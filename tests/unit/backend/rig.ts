/** Rig of the back end's tests: builds functions, emits and validates modules, runs them on this engine. */
import { Builder, symbolTypesOf } from '../../../ir/builder.js';
import { createFunction, createModule, type DataSymbol, type IrFunction, type IrModule } from '../../../ir/function.js';
import type { Type, Value } from '../../../ir/types.js';
import { emitModule } from '../../../jit/backend/backend.js';

export type Exports = Record<string, (...args: (number | bigint)[]) => unknown>;

/** Adds a function whose body `build` makes, and exports it under its name. */
export function define(
  module: IrModule,
  name: string,
  params: Type[],
  results: Type[],
  build: (b: Builder, ...params: Value[]) => void,
): IrFunction {
  const func = createFunction(name, { params, results });
  module.functions.set(name, func);
  module.exports.set(name, name);
  const builder = new Builder(func, symbolTypesOf(module));
  build(builder, ...builder.entry());
  return func;
}

/** A module with one function. */
export function single(params: Type[], results: Type[], build: (b: Builder, ...params: Value[]) => void): IrModule {
  const module = createModule();
  define(module, 'f', params, results, build);
  return module;
}

export const dataSymbol = (name: string, align: number, bytes: number[], more: Partial<DataSymbol> = {}): DataSymbol => ({
  name,
  align,
  bytes: Uint8Array.from(bytes),
  relocations: [],
  functionRelocations: [],
  ...more,
});

export const sharedMemory = (pages = 1): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });

export function instantiate(wasm: Uint8Array, memory: WebAssembly.Memory = sharedMemory()): Exports {
  if (!WebAssembly.validate(wasm)) new WebAssembly.Module(wasm); // throws with the reason
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  return instance.exports as Exports; // all exports are functions of numbers
}

export const run = (module: IrModule, memory?: WebAssembly.Memory): Exports => instantiate(emitModule(module).wasm, memory);

/** What wabt must be told that modules use. */
export const FEATURES = {
  threads: true,
  bulk_memory: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  mutable_globals: true,
};

/** The code section in hexadecimal digits: equal when all code is. */
export const codeSection = (wasm: Uint8Array): string => {
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (id === 10) return Buffer.from(wasm.slice(at, at + size)).toString('hex');
    at += size;
  }
  return '';
};
