/**
 * Runs a unit's script entries in an arena of their own, on V8 or on the interpreter of the IR: the module is the very
 * one that a pool would run, entered by other exports.
 */
import { createArena, initThreads, threadRecord } from '../../executor/arena.js';
import { BlockCache } from '../../executor/block-cache.js';
import { createControl } from '../../executor/layout.js';
import { DEFAULT_LIMITS } from '../../executor/limits.js';
import { placeData } from '../../executor/programs.js';
import { makeHeader } from '../../executor/task-memory.js';
import { Interpreter } from '../../ir/interpret.js';
import { Trap } from '../../ir/trap.js';
import { HEADER, THREAD, TRAP, WASM_TRAPS } from '../../jit/abi.js';
import { writeArenaImage } from '../../jit/arena-image.js';
import { completeTable } from '../../jit/backend/table.js';
import { loadLibrary } from '../../jit/library.js';
import { linkedIr } from '../../jit/link.js';
import type { WasmStages } from '../../jit/webassembly/compile.js';
import { ENTER, REFRESH, SLOT_BYTES, type ScriptEntry } from './entries.js';

export const ENGINES = ['v8', 'interpreter'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Results as bits, or the words for a trap. */
export type Outcome = { readonly kind: 'results'; readonly bits: readonly bigint[] } | { readonly kind: 'trap'; readonly message: string };

type Call = (name: string, argument: number) => void;

/** Enough for all memories of a script; pages that nobody touches cost nothing. */
const ARENA_MIB = 512;
const BUFFER_SLOTS = 64;
/** Of native stack: less than a thread has, with headroom for what the estimate leaves out. */
const STACK_BYTES = 512 * 1024;

export class Machine {
  readonly #view: DataView;
  readonly #header: number;
  readonly #buffer: number;
  readonly #call: Call;

  constructor(engine: EngineName, { front, linked, emitted }: Pick<WasmStages, 'front' | 'linked' | 'emitted'>) {
    const arena = createArena(ARENA_MIB, writeArenaImage);
    initThreads(arena, 1);
    const blocks = new BlockCache(arena, createControl(1, 1), 0);
    const dataAddress = placeData(blocks, emitted.data);
    this.#buffer = blocks.alloc(SLOT_BYTES * (BUFFER_SLOTS + 2)) + 2 * SLOT_BYTES;
    const limits = { ...DEFAULT_LIMITS, memoryMiB: ARENA_MIB / 2 };
    this.#header = makeHeader(blocks, { limits, stackBytes: STACK_BYTES, seed: 1n, wall: 0 });
    this.#view = new DataView(arena.memory.buffer);
    this.#view.setInt32(this.#header + HEADER.thread, threadRecord(0), true);
    this.#view.setInt32(threadRecord(0) + THREAD.owner, 1, true);
    if (engine === 'v8') {
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(emitted.wasm), { env: { memory: arena.memory } });
      this.#call = (name, argument) => {
        const func = exports[name];
        if (typeof func !== 'function') throw new Error(`no export ${name}`);
        func(argument);
      };
      this.#call('init', dataAddress);
    } else {
      const ir = linkedIr(linked, front.module, loadLibrary().library);
      const interpreter = new Interpreter({ ...ir, table: completeTable(ir) }, {
        memory: { buffer: arena.memory.buffer, grow: () => -1 },
        dataAddress, maxFrames: 1_000_000,
        onTrap: (code) => this.#view.setInt32(this.#header + HEADER.trapCode, code, true),
      });
      this.#call = (name, argument) => void interpreter.call(ir.exports.get(name) ?? name, [argument]);
      this.#call('init', dataAddress);
    }
    this.#call(REFRESH, this.#header);
    this.#call(ENTER, this.#header);
  }

  run(entry: ScriptEntry, args: readonly bigint[]): Outcome {
    this.#view.setInt32(this.#header + HEADER.trapCode, TRAP.none, true);
    this.#call(REFRESH, this.#header);
    args.forEach((bits, index) => this.#view.setBigUint64(this.#buffer + SLOT_BYTES * index, bits, true));
    try {
      this.#call(entry.name, this.#buffer);
    } catch (error) {
      return { kind: 'trap', message: trapMessage(error, this.#view.getInt32(this.#header + HEADER.trapCode, true)) };
    }
    const bits = entry.results.map((type, index) => {
      const at = this.#buffer + SLOT_BYTES * index;
      return type === 'i64' || type === 'f64' ? this.#view.getBigUint64(at, true) : BigInt(this.#view.getUint32(at, true));
    });
    return { kind: 'results', bits };
  }
}

/** V8's words for traps of single instructions, in those of the specification. */
const V8_MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/divide by zero|remainder by zero/, 'integer divide by zero'],
  [/divide result unrepresentable/, 'integer overflow'],
  [/float unrepresentable in integer range/, 'integer overflow or invalid conversion to integer'],
  [/memory access out of bounds/, 'a native out of bounds memory access'],
];

function trapMessage(error: unknown, code: number): string {
  if (code === TRAP.stack) return 'call stack exhausted';
  if (code === TRAP.unreachable) return 'unreachable';
  if (code !== TRAP.none) return WASM_TRAPS[code] ?? `trap ${code}`;
  if (error instanceof Trap) return error.message;
  if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
  return V8_MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message;
}
