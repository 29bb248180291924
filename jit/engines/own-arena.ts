/**
 * The arena inside a memory that JavaScript reaches only through calls: its layout, and blocks in it for messages.
 *
 *   | image: kind shapes, strings, owners, thread record | shadow stack | static data | chunks ... | last chunk |
 *   0                                                  192 KiB                                      never used
 *
 * A call costs some 300 ns, so what is read and written is counted in calls. Needs: nobody calls in during a poll.
 * Promises what executor/block-cache.ts does of blocks (A1 to A3), over the guest's own thread record.
 */
import { ARENA, BLOCK, BLOCK_CLASSES, THREAD } from '../abi.js';
import { RESERVED_CHUNK, writeArenaImage, writeThreadRecord } from '../arena-image.js';
import type { Artifact } from '../artifact.js';
import { LOAD_BYTES, STORE_WIDTHS, type Segment } from './own-memory.js';
import type { Entry } from './wasmtime-binding.js';

const SHADOW_CHUNKS = 32;
const LINE_WORDS = 16;
export const LINE_BYTES = LINE_WORDS * 4;
const CHUNK_CLASS = BLOCK_CLASSES.length - 1;
const FIRST_DATA_CHUNK = ARENA.firstChunk + SHADOW_CHUNKS;
export const DATA_ADDRESS = FIRST_DATA_CHUNK * ARENA.chunkBytes;
export const THREAD_RECORD = ARENA.threadRecords;

/** What the memory of `pages` holds before its first poll. */
export function imageOf(data: Artifact['data'], pages: number): Segment[] {
  const image = new DataView(new ArrayBuffer(ARENA.firstChunk * ARENA.chunkBytes));
  writeArenaImage(image);
  writeThreadRecord(image, 0, ARENA.firstChunk * ARENA.chunkBytes, DATA_ADDRESS);
  const firstFree = FIRST_DATA_CHUNK + Math.ceil(data.bytes.length / ARENA.chunkBytes);
  if (firstFree + 2 > pages) throw new RangeError(`static data of ${data.bytes.length} bytes does not fit a memory of ${pages} pages`);
  for (const [field, value] of [[THREAD.chunkHint, firstFree], [THREAD.chunkCount, pages]] as const) image.setInt32(THREAD_RECORD + field, value, true);
  // The last chunk stays free of blocks: loads read a little further than asked.
  for (const chunk of [...Array(firstFree).keys(), pages - 1]) image.setInt32(ARENA.chunkOwners + chunk * 4, RESERVED_CHUNK, true);
  const placed = data.bytes.slice();
  const view = new DataView(placed.buffer);
  for (const offset of data.relocations) view.setInt32(offset, view.getInt32(offset, true) + DATA_ADDRESS, true);
  return [{ address: 0, bytes: new Uint8Array(image.buffer) }, { address: DATA_ADDRESS, bytes: placed }].flatMap(nonZeroParts);
}

/** The segment without long stretches of zeros, which memory has anyway. */
function nonZeroParts({ address, bytes }: Segment): Segment[] {
  const parts: Segment[] = [];
  let start = -1;
  for (let at = 0; at < bytes.length + LINE_BYTES; at += LINE_BYTES) {
    const used = at < bytes.length && bytes.subarray(at, at + LINE_BYTES).some((byte) => byte !== 0);
    if (used && start < 0) start = at;
    if (!used && start >= 0) {
      parts.push({ address: address + start, bytes: bytes.subarray(start, at) });
      start = -1;
    }
  }
  return parts;
}

const bytesOfClass = (sizeClass: number): number =>
  sizeClass >= BLOCK.runClass ? (sizeClass - BLOCK.runClass) * ARENA.chunkBytes : (BLOCK_CLASSES[sizeClass] ?? 0);

/** The memory through an instance's exports, and the blocks in it. */
export class OwnArena {
  private readonly load: Entry;
  private readonly clear: Entry;
  private readonly stores: readonly { readonly width: number; readonly store: Entry }[];
  /** Where the search for a free chunk goes on, downwards: guests search upwards. */
  private highest: number;
  /** The chunk that blocks are cut from: next free byte, and end. */
  private next = 0;
  private end = 0;

  constructor(
    exported: (name: string) => Entry,
    private readonly pages: number,
  ) {
    this.load = exported('load');
    this.clear = exported('clear');
    this.stores = STORE_WIDTHS.map((width) => ({ width, store: exported(`store${width}`) })).reverse();
    this.highest = pages - 1;
  }

  /** Reads whole groups of LOAD_BYTES from `address` on until `into` is full. */
  read(address: number, into: Uint8Array): void {
    for (let at = 0; at < into.length; at += LOAD_BYTES) {
      let rest = this.load([address + at]);
      for (let byte = at; byte < at + LOAD_BYTES && byte < into.length; byte++) {
        into[byte] = rest % 256;
        rest = Math.floor(rest / 256);
      }
    }
  }

  word(address: number): number {
    return this.load([address]) | 0; // of 48 bits the low 32
  }

  /** Writes words, in as few calls as there are. */
  write(address: number, words: Int32Array): void {
    let at = 0;
    for (const { width, store } of this.stores) {
      for (; words.length - at >= width; at += width) store([address + at * 4, ...words.subarray(at, at + width)]);
    }
  }

  setWord(address: number, value: number): void {
    this.write(address, Int32Array.of(value));
  }

  /** A zeroed block of at least `bytes` with its size class in place; 0 when the memory is full. */
  alloc(bytes: number): number {
    const small = BLOCK_CLASSES.findIndex((size) => size >= bytes);
    const chunks = Math.ceil(bytes / ARENA.chunkBytes);
    const sizeClass = small < 0 ? BLOCK.runClass + chunks : small;
    const block = sizeClass < CHUNK_CLASS ? this.pop(sizeClass) || this.cut(bytesOfClass(sizeClass)) : this.claim(chunks);
    if (block !== 0) this.setWord(block + BLOCK.sizeClass, sizeClass);
    return block;
  }

  /** Takes a block back; gives what its BLOCK.next was. */
  free(block: number): number {
    const both = this.load([block]);
    const next = both | 0;
    const sizeClass = Math.floor(both / 2 ** 32);
    const bytes = bytesOfClass(sizeClass);
    this.clear([block, bytes]);
    if (sizeClass >= CHUNK_CLASS) {
      this.highest = Math.max(this.highest, (block + bytes) / ARENA.chunkBytes);
      for (let at = block; at < block + bytes; at += ARENA.chunkBytes) this.setWord(ownerOf(at), 0);
    } else {
      const list = THREAD_RECORD + THREAD.freeLists + sizeClass * 4;
      this.write(block + BLOCK.next, Int32Array.of(this.word(list), sizeClass));
      this.setWord(list, block);
    }
    return next;
  }

  freeList(first: number): void {
    for (let block = first; block !== 0; ) block = this.free(block);
  }

  private pop(sizeClass: number): number {
    const list = THREAD_RECORD + THREAD.freeLists + sizeClass * 4;
    const block = this.word(list);
    if (block !== 0) {
      this.setWord(list, this.word(block + BLOCK.next));
      this.setWord(block + BLOCK.next, 0);
    }
    return block;
  }

  private cut(bytes: number): number {
    const start = Math.ceil(this.next / bytes) * bytes;
    if (start + bytes > this.end) {
      this.next = this.claim(1);
      this.end = this.next + (this.next === 0 ? 0 : ARENA.chunkBytes);
      if (this.next === 0) return 0;
      return this.cut(bytes);
    }
    this.next = start + bytes;
    return start;
  }

  /** Claims neighbouring chunks; gives the first's address, or 0. */
  private claim(count: number): number {
    for (const from of [this.highest, this.pages - 1]) {
      let free = 0;
      for (let chunk = from - 1; chunk >= FIRST_DATA_CHUNK; chunk--) {
        free = this.word(ARENA.chunkOwners + chunk * 4) === 0 ? free + 1 : 0;
        if (free < count) continue;
        for (let each = chunk; each < chunk + count; each++) this.setWord(ARENA.chunkOwners + each * 4, 1);
        this.highest = chunk;
        return chunk * ARENA.chunkBytes;
      }
    }
    return 0;
  }
}

const ownerOf = (address: number): number => ARENA.chunkOwners + (address / ARENA.chunkBytes) * 4;
