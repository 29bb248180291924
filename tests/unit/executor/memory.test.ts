import { describe, expect, test } from '@jest/globals';
import { ARENA, BLOCK, BLOCK_CLASSES, HEADER, RECORD } from '../../../jit/abi.js';
import { createArena, initThreads } from '../../../executor/arena.js';
import { BlockCache, sizeOfClass } from '../../../executor/block-cache.js';
import { handOver, hasInbox, pushGroup, takeInbox } from '../../../executor/inbox.js';
import { createControl } from '../../../executor/layout.js';
import { placeData } from '../../../executor/programs.js';
import { makeRecord, makeTextRecord, readTextRecord, recordNext, recordOpId } from '../../../executor/records.js';
import { TaskTable } from '../../../executor/task-table.js';

function setUp(threads = 2) {
  const arena = createArena(16, () => undefined);
  initThreads(arena, threads);
  const control = createControl(1, 16);
  const caches = Array.from({ length: threads }, (_, thread) => new BlockCache(arena, control, thread));
  return { arena, control, table: new TaskTable(control), caches: caches as [BlockCache, BlockCache] };
}

const owners = (arena: { words: Int32Array }): number =>
  arena.words.subarray(ARENA.chunkOwners >> 2, (ARENA.chunkOwners >> 2) + 256).reduce((count, owner) => count + (owner === 0 ? 0 : 1), 0);

describe('blocks', () => {
  test.each(BLOCK_CLASSES.map((size) => [size]))('A1: a block of %i bytes is zero again after its use', (size) => {
    const { arena, caches: [cache] } = setUp();
    const block = cache.alloc(size);
    expect(sizeOfClass(arena.words[(block + BLOCK.sizeClass) >> 2] ?? -1)).toBe(size);
    arena.bytes.fill(0xff, block + BLOCK.header, block + size);
    cache.free(block);
    expect(arena.bytes.subarray(block + BLOCK.header, block + size).every((byte) => byte === 0)).toBe(true);
    expect(cache.alloc(size)).toBe(block);
  });

  test('A3: runs of chunks go back to the table', () => {
    const { arena, caches: [cache, other] } = setUp();
    const before = owners(arena);
    const run = cache.alloc(3 * 65536 - 10);
    expect(owners(arena)).toBe(before + 3);
    other.free(run);
    expect(owners(arena)).toBe(before);
  });

  test('a full arena gives 0, and room again after a free', () => {
    const { caches: [cache] } = setUp();
    const blocks = [];
    for (let block = cache.alloc(65536); block !== 0; block = cache.alloc(65536)) blocks.push(block);
    expect(new Set(blocks).size).toBe(blocks.length);
    cache.free(blocks[5] ?? 0);
    expect(cache.alloc(65536)).toBe(blocks[5]);
  });

  test('A4: what one thread frees and another allocates goes round instead of growing', () => {
    const { arena, caches: [maker, freer] } = setUp();
    for (let round = 0; round < 200; round++) {
      const blocks = Array.from({ length: 500 }, () => maker.alloc(64));
      for (const block of blocks) freer.free(block);
      maker.balance();
      freer.balance();
    }
    expect(owners(arena)).toBeLessThan(3 + 64 + 10);
  });
});

describe('records', () => {
  test('an inbox keeps the order of groups and of records in them', () => {
    const { arena, table, caches: [cache] } = setUp();
    const record = (opId: number): number => makeRecord(cache, 2, opId, 0);
    pushGroup(arena, table, 3, [record(1), record(2)]);
    pushGroup(arena, table, 3, [record(3)]);
    const seen: number[][] = [];
    for (let at = takeInbox(arena, table, 3); at !== 0; at = recordNext(arena, at)) seen.push([recordOpId(arena, at), arena.words[(at + RECORD.number) >> 2] ?? 0]);
    expect(seen).toEqual([[1, 1], [2, 0], [3, 1]]);
    expect(hasInbox(table, 3)).toBe(false);
  });

  test('what the guest has not taken stays in front', () => {
    const { arena, caches: [cache] } = setUp();
    const header = cache.alloc(256) + BLOCK.header;
    const [first, second] = [makeRecord(cache, 2, 1, 0), makeRecord(cache, 2, 2, 0)];
    handOver(arena, header, first);
    handOver(arena, header, second);
    expect(arena.words[(header + HEADER.inbox) >> 2]).toBe(first);
    expect(recordNext(arena, first)).toBe(second);
  });

  test.each(['plain', 'é', 'ünï → 🦤 \ud800'])('text %s crosses unchanged', (text) => {
    const { arena, caches: [cache] } = setUp();
    expect(readTextRecord(arena, makeTextRecord(cache, 0, text))).toBe(text);
  });

  test('static data is relocated to where it lies', () => {
    const { arena, caches: [cache] } = setUp();
    const address = placeData(cache, { bytes: new Uint8Array([8, 0, 0, 0, 5, 0, 0, 0]), align: 8, relocations: [0] });
    expect([arena.words[address >> 2], arena.words[(address >> 2) + 1]]).toEqual([address + 8, 5]);
  });
});
