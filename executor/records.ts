/**
 * Records: blocks that carry one message between guest and executor, with a payload in the wire format. Whoever takes a
 * record owns it and frees it with its own thread's cache.
 */
import { RECORD } from '../jit/abi.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import { MemoryLimitError } from './errors.js';

const word = (record: number, field: number): number => (record + field) >> 2;

export const recordNext = (arena: Arena, record: number): number => arena.words[word(record, RECORD.next)] ?? 0;
export const setRecordNext = (arena: Arena, record: number, next: number): void => {
  arena.words[word(record, RECORD.next)] = next;
};
export const recordKind = (arena: Arena, record: number): number => arena.words[word(record, RECORD.kind)] ?? 0;
export const recordOpId = (arena: Arena, record: number): number => arena.words[word(record, RECORD.opId)] ?? 0;
export const recordArgument = (arena: Arena, record: number): number => arena.words[word(record, RECORD.argument)] ?? 0;
export const recordBytes = (arena: Arena, record: number): number => arena.words[word(record, RECORD.byteLength)] ?? 0;
export const recordMilliseconds = (arena: Arena, record: number): number => arena.doubles[(record + RECORD.number) >> 3] ?? 0;
/** Marks the first record of a turn group: what the guest enqueues from here to the next mark is one macrotask. */
export const setGroupStart = (arena: Arena, record: number): void => {
  arena.words[word(record, RECORD.number)] = 1;
};

/** The payload in place: valid until the record is freed. */
export const recordPayload = (arena: Arena, record: number): Uint8Array =>
  arena.bytes.subarray(record + RECORD.payload, record + RECORD.payload + recordBytes(arena, record));

/** Makes a record; throws MemoryLimitError when the arena is full. */
export function makeRecord(blocks: BlockCache, kind: number, opId: number, argument: number, payload?: Uint8Array): number {
  const arena = blocks.arena;
  const byteLength = payload?.length ?? 0;
  const record = blocks.alloc(RECORD.payload + byteLength);
  if (record === 0) throw arenaFull(arena);
  arena.words[word(record, RECORD.kind)] = kind;
  arena.words[word(record, RECORD.opId)] = opId;
  arena.words[word(record, RECORD.argument)] = argument;
  arena.words[word(record, RECORD.byteLength)] = byteLength;
  if (payload) arena.bytes.set(payload, record + RECORD.payload);
  return record;
}

export function arenaFull(arena: Arena): MemoryLimitError {
  const mebibytes = arena.bytes.length / 2 ** 20;
  return new MemoryLimitError(mebibytes, mebibytes, 'arenaMiB');
}

export const freeRecord = (blocks: BlockCache, record: number): void =>
  blocks.free(record, RECORD.payload + recordBytes(blocks.arena, record));

/** Frees a list of records linked by RECORD.next. */
export function freeRecords(blocks: BlockCache, first: number): void {
  for (let record = first; record !== 0; ) {
    const next = recordNext(blocks.arena, record);
    freeRecord(blocks, record);
    record = next;
  }
}

/** A record with text for the host alone: byte 0 tells the unit size. */
export function makeTextRecord(blocks: BlockCache, argument: number, text: string): number {
  const wide = /[^\x00-\xff]/.test(text);
  const payload = Buffer.from(text, wide ? 'utf16le' : 'latin1');
  const record = makeRecord(blocks, 0, wide ? 1 : 0, argument, payload);
  return record;
}

export function readTextRecord(arena: Arena, record: number): string {
  const bytes = recordPayload(arena, record);
  return Buffer.from(bytes).toString(recordOpId(arena, record) === 1 ? 'utf16le' : 'latin1');
}
