/**
 * The Wasmtime engine: a second opinion on compiled code, by the npm package `wasmtime`. It fits the executor's `Engine`.
 *
 * Its instances cannot share the arena, so each has an arena of its own and a task has two headers. Between polls the
 * messages and the words that both sides know are copied; heaps are never seen from outside.
 *
 *   executor's arena            poll(header)              the instance's own
 *   inbox records        --- copied, freed here --->      inbox records
 *   stop, clocks         ------------------------->       header
 *                                                         poll
 *   outbox records       <-- copied, freed there ---      outbox records
 *   counts, trap code    <-------------------------       header
 *
 * Nobody can stop a poll from outside: stop words are seen when the next one begins. Promises traps as errors that leave
 * `poll`, with HEADER.trapCode where the code has a reason to give, and that an artifact's instance outlives its traps,
 * since other tasks have their heaps in it.
 */
import { BLOCK, HEADER, RECORD, TRAP } from '../abi.js';
import type { Artifact } from '../artifact.js';
import { DATA_ADDRESS, imageOf, LINE_BYTES, OwnArena, THREAD_RECORD } from './own-arena.js';
import { withOwnMemory } from './own-memory.js';
import { loadWasmtime, type Entry, type Wasmtime } from './wasmtime-binding.js';

export interface WasmtimeInstance {
  poll(header: number): number;
  /** The task is over: its heap goes. */
  end(header: number): void;
}

/** Blocks of the executor's arena. */
export interface MessageBlocks {
  /** Zeroed, with its size class; 0 when the arena is full. */
  alloc(bytes: number): number;
  free(block: number): void;
}

export interface WasmtimeEngine {
  readonly name: 'wasmtime';
  instantiate(artifact: Artifact, memory: WebAssembly.Memory, dataAddress: number, blocks: MessageBlocks): WasmtimeInstance;
}

/** Throws EngineUnavailable where the optional package is missing. */
export function createWasmtimeEngine(): WasmtimeEngine {
  const wasmtime = loadWasmtime();
  const known = new WeakMap<Artifact, WasmtimeInstance>();
  return {
    name: 'wasmtime',
    instantiate(artifact, memory, _dataAddress, blocks) {
      const instance = known.get(artifact) ?? new Mirror(wasmtime, artifact, memory, blocks);
      known.set(artifact, instance);
      return instance;
    },
  };
}

const PAGE = 65536;
/** Ranges of the header that the executor reads, or that tell where messages are. */
const RESULTS = [
  { from: HEADER.fuel, to: HEADER.slice },
  { from: HEADER.inbox, to: HEADER.maxHostCalls },
  { from: HEADER.heapBytes, to: HEADER.heapCap },
  { from: HEADER.published, to: HEADER.logCap },
  { from: HEADER.hostCalls, to: HEADER.freeFrames },
] as const;
/** Of these ranges, what points into the instance's own arena. */
const POINTERS = new Set<number>([HEADER.inbox, HEADER.outboxHead, HEADER.outboxTail]);

class Mirror implements WasmtimeInstance {
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly arena: OwnArena;
  private readonly pollEntry: Entry;
  /** The task's header there, by its header here. */
  private readonly headers = new Map<number, number>();

  constructor(
    wasmtime: Wasmtime,
    artifact: Artifact,
    memory: WebAssembly.Memory,
    private readonly blocks: MessageBlocks,
  ) {
    this.words = new Int32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
    const pages = memory.buffer.byteLength / PAGE;
    const { wasm, codeShift, longestBody } = withOwnMemory(artifact.wasm, pages, imageOf(artifact.data, pages));
    const exported = wasmtime.instantiate(wasm, pages, longestBody, codeShift);
    this.arena = new OwnArena(exported, pages);
    this.pollEntry = exported('poll');
    exported('init')([DATA_ADDRESS]);
  }

  poll(header: number): number {
    const own = this.headers.get(header) ?? this.begin(header);
    if (own === 0 || !this.sendInbox(header, own)) return this.full(header);
    this.sendTime(header, own);
    const { status, trap } = this.run(own);
    const room = this.takeResults(header, own);
    if (trap !== undefined) throw trap;
    return room ? status : this.full(header);
  }

  private run(own: number): { readonly status: number; readonly trap?: unknown } {
    try {
      return { status: this.pollEntry([own]) };
    } catch (trap) {
      return { status: 0, trap };
    }
  }

  end(header: number): void {
    const own = this.headers.get(header);
    if (own === undefined) return;
    this.headers.delete(header);
    for (const list of [HEADER.inbox, HEADER.outboxHead, HEADER.held, HEADER.blocks]) this.arena.freeList(this.arena.word(own + list));
    this.arena.free(own - BLOCK.header);
  }

  /** A task that has not been here: its header, but for what points into the executor's arena. */
  private begin(header: number): number {
    const block = this.arena.alloc(BLOCK.header + HEADER.bytes);
    if (block === 0) return 0;
    const own = block + BLOCK.header;
    const image = this.words.slice(header >> 2, (header + HEADER.bytes) >> 2);
    image[HEADER.thread >> 2] = THREAD_RECORD;
    for (const field of POINTERS) image[field >> 2] = 0;
    this.arena.write(own, image);
    this.headers.set(header, own);
    return own;
  }

  private sendTime(header: number, own: number): void {
    this.arena.write(own + HEADER.stop, this.words.subarray((header + HEADER.stop) >> 2, (header + HEADER.current) >> 2));
  }

  // Messages --------------------------------------------------------------------------------------------------------------

  /** Copies the new completions behind those that the guest has yet to take; false when there is no room. */
  private sendInbox(header: number, own: number): boolean {
    const head = (header + HEADER.inbox) >> 2;
    let link = 0;
    for (let record = this.words[head] ?? 0; record !== 0; record = this.words[head] ?? 0) {
      const copy = this.copyIn(record);
      if (copy === 0) return false;
      if (link === 0) link = this.endOfInbox(own);
      this.arena.setWord(link, copy);
      link = copy + RECORD.next;
      this.words[head] = this.words[(record + RECORD.next) >> 2] ?? 0;
      this.blocks.free(record);
    }
    return true;
  }

  /** The word that the last record hangs from, or would. */
  private endOfInbox(own: number): number {
    let link = own + HEADER.inbox;
    for (let record = this.arena.word(link); record !== 0; record = this.arena.word(link)) link = record + RECORD.next;
    return link;
  }

  private copyIn(record: number): number {
    const bytes = RECORD.payload + (this.words[(record + RECORD.byteLength) >> 2] ?? 0);
    const copy = this.arena.alloc(bytes);
    if (copy === 0) return 0;
    const lines = Math.ceil(bytes / LINE_BYTES) * LINE_BYTES; // a block is whole lines
    this.arena.write(copy + RECORD.kind, this.words.subarray((record + RECORD.kind) >> 2, (record + lines) >> 2));
    return copy;
  }

  private takeOutbox(header: number, own: number): boolean {
    const head = this.arena.word(own + HEADER.outboxHead);
    let link = (header + HEADER.outboxHead) >> 2;
    let room = true;
    for (let record = head; record !== 0; ) {
      const copy: number = room ? this.copyOut(record) : 0;
      room = copy !== 0;
      if (room) this.words[link] = copy;
      link = (copy + RECORD.next) >> 2;
      record = this.arena.free(record);
    }
    if (head !== 0) this.arena.write(own + HEADER.outboxHead, Int32Array.of(0, 0));
    return room;
  }

  private copyOut(record: number): number {
    const start = new Uint8Array(RECORD.payload - RECORD.kind);
    this.arena.read(record + RECORD.kind, start);
    const byteLength = new DataView(start.buffer).getInt32(RECORD.byteLength - RECORD.kind, true);
    const copy = this.blocks.alloc(RECORD.payload + byteLength);
    if (copy === 0) return 0;
    this.bytes.set(start, copy + RECORD.kind);
    this.arena.read(record + RECORD.payload, this.bytes.subarray(copy + RECORD.payload, copy + RECORD.payload + byteLength));
    return copy;
  }

  // Results ---------------------------------------------------------------------------------------------------------------

  /** False when a message found no room. */
  private takeResults(header: number, own: number): boolean {
    for (const { from, to } of RESULTS) {
      const found = new Int32Array((to - from) / 4);
      this.arena.read(own + from, new Uint8Array(found.buffer));
      found.forEach((value, index) => {
        const field = from + index * 4;
        if (!POINTERS.has(field)) this.words[(header + field) >> 2] = value;
      });
    }
    return this.takeOutbox(header, own);
  }

  /** Neither arena has room for a message: the task ends as one does that meets the end of memory by itself. */
  private full(header: number): never {
    this.words[(header + HEADER.trapCode) >> 2] = TRAP.memory;
    throw new RangeError('no room for messages');
  }
}
