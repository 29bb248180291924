/**
 * The npm package `wasmtime` (0.0.2, Wasmtime 8), as far as it can be trusted: it ends the process where other bindings
 * throw, so nothing gets to it that could fail.
 *
 * W1 A module is valid (WebAssembly.validate, with the features that Wasmtime 8 has), has no imports, no start function,
 *    segments that fit, and no function so long that Cranelift would give up on it.
 * W2 There is address space for the memory: it is tried first by an allocation that can fail.
 * W3 Exports take numbers only, as many as they have parameters, and return one i32 or f64.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EngineUnavailable } from '../errors.js';

/** A trap: `stack` has the frames as V8 writes them. */
export class WasmtimeTrap extends Error {
  override readonly name: string = 'WasmtimeTrap';
}

interface WasmtimeFunction {
  call(store: object, args: readonly number[]): number;
}
/** What this file uses of the package's own declarations, which its package.json does not let the compiler find. */
interface Binding {
  Config: new () => { wasmThreads(enable: boolean): void };
  Engine: new (config: object) => object;
  Module: { fromFile(engine: object, path: string): object };
  Store: new (engine: object) => object;
  Instance: new (store: object, module: object) => { getFunc(store: object, name: string): WasmtimeFunction | null };
}

/** A function of an instance; throws WasmtimeTrap. */
export type Entry = (args: readonly number[]) => number;

/** Cranelift counts virtual registers and code offsets in some 20 bits: a tenth of what it could take. */
const LONGEST_BODY = 2 ** 18;
/** A memory reserves some 6 GiB of address space, of 128 TiB. */
const MOST_INSTANCES = 512;
/** The package has no way to let go of an instance but the garbage collector, which does not see what one weighs. */
const COLLECT_FROM = 64;
const COLLECT_EACH = 16;

/** What collects garbage now; what was found is released in a later turn of the event loop. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => undefined;
}

export interface Wasmtime {
  /** Throws EngineUnavailable for a module that W1 and W2 keep away. `codeShift` as in own-memory.ts, for places of traps. */
  instantiate(wasm: Uint8Array, pages: number, longestBody: number, codeShift: number): (name: string) => Entry;
}

export function loadWasmtime(): Wasmtime {
  const binding = requireBinding();
  const config = new binding.Config();
  config.wasmThreads(true); // the instructions; memories are not shared
  const engine = new binding.Engine(config);
  let live = 0;
  const collect = collector();
  const ended = new FinalizationRegistry<undefined>(() => void live--);
  return {
    instantiate(wasm, pages, longestBody, codeShift) {
      if (live >= COLLECT_FROM && live % COLLECT_EACH === 0) collect();
      if (live >= MOST_INSTANCES) throw new EngineUnavailable(`engine 'wasmtime' runs ${MOST_INSTANCES} programs at most at once: dispose() of some`);
      assertSafe(wasm, pages, longestBody);
      const module = throughFile(wasm, (path) => binding.Module.fromFile(engine, path));
      const store = new binding.Store(engine);
      const instance = new binding.Instance(store, module);
      live++;
      ended.register(instance, undefined);
      return (name) => {
        const func = instance.getFunc(store, name);
        if (!func) throw new TypeError(`the module has no export ${name}`);
        return (args) => {
          try {
            return func.call(store, args);
          } catch (error) {
            throw trapOf(error, codeShift);
          }
        };
      };
    },
  };
}

function requireBinding(): Binding {
  try {
    const binding: Binding = createRequire(import.meta.url)('wasmtime');
    return binding;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new EngineUnavailable(`engine 'wasmtime' needs the optional package 'wasmtime', which does not load here (${reason}): npm install wasmtime@0.0.2, or use engine 'v8'`);
  }
}

/** W1, W2. */
function assertSafe(wasm: Uint8Array, pages: number, longestBody: number): void {
  if (!WebAssembly.validate(wasm)) throw new EngineUnavailable("engine 'wasmtime' was given a module that is not valid");
  if (longestBody > LONGEST_BODY) {
    throw new EngineUnavailable(`engine 'wasmtime' takes functions of up to ${LONGEST_BODY} bytes, and the program has one of ${longestBody}: use engine 'v8'`);
  }
  try {
    new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new EngineUnavailable(`engine 'wasmtime' finds no address space for a memory: ${error instanceof Error ? error.message : String(error)}`);
  }
}

let folder: string | undefined;

/** A folder of this process alone, while it lives. */
function ownFolder(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'brolga-wasmtime-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (folder = made);
}

/** The package loads modules from files alone. */
function throughFile<T>(wasm: Uint8Array, load: (path: string) => T): T {
  const path = join(ownFolder(), `${randomUUID()}.wasm`);
  try {
    writeFileSync(path, wasm);
    return load(path);
  } finally {
    rmSync(path, { force: true });
  }
}

const FRAME = /^ *\d+: +(?:0x([0-9a-f]+) - )?/gm;
/** Wasmtime says where a trap was, not why; what ends recursion has many more frames than anything else. */
const FRAMES_OF_OVERFLOW = 1000;
const SHOWN_FRAMES = 50;

function trapOf(error: unknown, codeShift: number): Error {
  const message = error instanceof Error ? error.message : String(error);
  const frames = [...message.matchAll(FRAME)];
  const trap = frames.length >= FRAMES_OF_OVERFLOW ? new RangeError('call stack exhausted') : new WasmtimeTrap(frames.length > 0 ? 'wasm trap' : message);
  const offsets = frames.slice(0, SHOWN_FRAMES).flatMap(([, offset]) => (offset === undefined ? [] : [parseInt(offset, 16) - codeShift]));
  trap.stack = [`${trap.name}: ${trap.message}`, ...offsets.map((offset) => `    at wasm-function[0]:0x${offset.toString(16)}`)].join('\n');
  return trap;
}
