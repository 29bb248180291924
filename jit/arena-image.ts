/**
 * The fixed first pages of an arena: shapes that kinds share, one-unit strings, the empty string, the table of chunk
 * owners, thread records. Needs a fresh, zeroed memory; promises what jit/abi.ts draws under "Arena memory". Whoever
 * makes an arena calls `writeArenaImage` once before any module runs in it, then `writeThreadRecord` per thread.
 */
import { ARENA, KIND, OBJECT_HEADER, SHAPE, STRING, THREAD, kindShape } from './abi.js';

/** Owner word of chunks that never circulate: the pages of the image itself. */
export const RESERVED_CHUNK = -1;

export function writeArenaImage(view: DataView): void {
  for (const kind of Object.values(KIND)) writeKindShape(view, kind);
  for (let unit = 0; unit < 256; unit++) {
    const address = ARENA.unitStrings + unit * ARENA.unitStringBytes;
    writeStringHeader(view, address, 1);
    view.setUint8(address + STRING.units, unit);
  }
  writeStringHeader(view, ARENA.emptyString, 0);
  for (let chunk = 0; chunk < ARENA.firstChunk; chunk++) {
    view.setInt32(ARENA.chunkOwners + chunk * 4, RESERVED_CHUNK, true);
  }
}

/** The record of thread `thread`, whose shadow stack is [shadowBase, shadowLimit); gives its address. */
export function writeThreadRecord(view: DataView, thread: number, shadowBase: number, shadowLimit: number): number {
  const address = ARENA.threadRecords + thread * ARENA.threadRecordBytes;
  view.setInt32(address + THREAD.chunkHint, ARENA.firstChunk, true);
  view.setInt32(address + THREAD.chunkCount, Math.floor(view.byteLength / ARENA.chunkBytes), true);
  view.setInt32(address + THREAD.shadowBase, shadowBase, true);
  view.setInt32(address + THREAD.shadowLimit, shadowLimit, true);
  view.setInt32(address + THREAD.owner, thread + 1, true);
  return address;
}

function writeKindShape(view: DataView, kind: number): void {
  const address = kindShape(kind);
  view.setInt32(address + OBJECT_HEADER.shape, kindShape(KIND.shape), true);
  view.setInt32(address + SHAPE.kind, kind, true);
}

function writeStringHeader(view: DataView, address: number, length: number): void {
  view.setInt32(address + OBJECT_HEADER.shape, kindShape(KIND.stringOne), true);
  view.setInt32(address + STRING.length, length, true);
}
