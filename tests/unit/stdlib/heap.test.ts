import { describe, expect, test } from '@jest/globals';
import { ARENA, BLOCK, HEADER, KIND, OBJECT_HEADER, SHAPE, STOP, TRAP, UNDEFINED, kindShape } from '../../../jit/abi.js';
import { block_alloc, block_bytes, block_free } from '../../../jit/stdlib/blocks.js';
import { charge, fuel_slow } from '../../../jit/stdlib/fuel.js';
import { alloc, alloc_array, alloc_blob, alloc_closure, alloc_object, alloc_slots, close_run } from '../../../jit/stdlib/heap.js';
import { ReferenceTrap, boxObject, globals, load32, load8, loadRef, nativeInfo, store32, store8 } from '../../../jit/stdlib/intrinsics.js';
import { size_of } from '../../../jit/stdlib/object-size.js';
import { type_error, error_trace } from '../../../jit/stdlib/errors.js';
import { list_from_iterable } from '../../../jit/stdlib/iteration.js';
import { Map$new } from '../../../jit/stdlib/map.js';
import { number_to_string } from '../../../jit/stdlib/number-format.js';
import { Object$entries, object_new, pair_new } from '../../../jit/stdlib/objects.js';
import { delete_property, set_property } from '../../../jit/stdlib/properties.js';
import { string_concat } from '../../../jit/stdlib/strings.js';
import { Array_sort } from '../../../jit/stdlib/array-sort.js';
import { global_structuredClone } from '../../../jit/stdlib/structured-clone.js';
import { root_shape } from '../../../jit/stdlib/shapes.js';
import { createRig, type Rig } from './rig.js';

function trapOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    if (error instanceof ReferenceTrap) return error.code;
    throw error;
  }
  return TRAP.none;
}

describe('blocks', () => {
  test.each([[1, 64], [64, 64], [65, 128], [200, 256], [257, 1024], [4096, 4096], [5000, 65536], [65537, 131072], [300_000, 327_680]])(
    'for %i bytes take %i', (bytes, whole) => {
      createRig();
      expect(block_bytes(block_alloc(bytes))).toBe(whole);
    });

  test('do not overlap, and are zero again after they were used and freed', () => {
    createRig();
    const sizes = [64, 100, 250, 1000, 70_000, 64, 3000, 40_000, 200_000];
    const blocks = sizes.map((size) => block_alloc(size));
    for (const block of blocks) {
      for (let at = BLOCK.header; at < block_bytes(block); at++) {
        if (load8(block, at) !== 0) throw new Error(`block at ${block} is not zero at ${at}`);
        store8(block, at, 0xab);
      }
    }
    blocks.forEach((block) => block_free(block));
    for (const size of sizes) {
      const block = block_alloc(size);
      for (let at = BLOCK.header; at < block_bytes(block); at++) {
        if (load8(block, at) !== 0) throw new Error(`block at ${block} was not cleaned at ${at}`);
      }
    }
  });

  test('of one chunk and more go back to the table of owners', () => {
    createRig();
    const owned = (): number => {
      let count = 0;
      for (let chunk = ARENA.firstChunk; chunk < 1024; chunk++) if (load32(ARENA.chunkOwners + chunk * 4, 0) === 1) count++;
      return count;
    };
    const run = block_alloc(300_000);
    expect(owned()).toBe(5);
    block_free(run);
    expect(owned()).toBe(0);
    expect(block_alloc(300_000)).toBe(run);
  });

  test('a run goes round chunks of others', () => {
    createRig();
    store32(ARENA.chunkOwners + 5 * 4, 0, 9);
    expect(block_alloc(3 * 65536)).toBe(6 * 65536);
    expect(block_alloc(2 * 65536)).toBe(3 * 65536);
  });

  test('end with a memory trap when the arena is full', () => {
    createRig({ memoryBytes: 16 * 65536 });
    expect(trapOf(() => { for (;;) block_alloc(65536); })).toBe(TRAP.memory);
  });
});

/** All objects of the heap, by a walk over its blocks. */
function walk(rig: Rig): number[] {
  close_run();
  const kinds: number[] = [];
  for (let block = load32(rig.header, HEADER.blocks); block !== 0; block = load32(block, BLOCK.next)) {
    const end = block + load32(block, BLOCK.used);
    let at = block + BLOCK.header;
    while (at < end) {
      kinds.push(load32(loadRef(at, OBJECT_HEADER.shape), SHAPE.kind));
      at += size_of(at);
    }
    expect(at).toBe(end);
  }
  return kinds;
}

describe('the heap', () => {
  test('can be walked object by object, small and large', () => {
    const rig = createRig();
    for (let i = 0; i < 500; i++) {
      alloc_object(root_shape(KIND.object, 0, i % 5, 0));
      alloc_array(i % 7);
      alloc_blob(i * 3);
      alloc_closure(0, nativeInfo('f', 0, 2), 2);
      if (i % 100 === 0) alloc_slots(i * 100);
    }
    const kinds = walk(rig);
    for (const kind of [KIND.object, KIND.array, KIND.slots, KIND.blob, KIND.closure]) expect(kinds).toContain(kind);
    expect(kinds.filter((kind) => kind === KIND.closure)).toHaveLength(500);
  });

  test('can be walked after all kinds of library work', () => {
    const rig = createRig();
    const o = boxObject(object_new());
    for (let i = 0; i < 200; i++) set_property(o, string_concat(rig.string('key'), number_to_string(i)), boxObject(pair_new(UNDEFINED, o)));
    delete_property(o, rig.box('key3'));
    const map = Map$new(boxObject(Object$entries(o)));
    const list = list_from_iterable(boxObject(map));
    Array_sort(list, UNDEFINED);
    globals.error = type_error(string_concat(rig.string('a text that is long enough'), rig.string(' to be joined as a rope')));
    error_trace(7);
    global_structuredClone(boxObject(list));
    const kinds = walk(rig);
    for (const kind of [KIND.dictionary, KIND.map, KIND.error, KIND.shape, KIND.array, KIND.iterator]) expect(kinds).toContain(kind);
  });

  test('counts its blocks and starts small', () => {
    const rig = createRig();
    alloc_array(0);
    expect(rig.heapBytes()).toBe(256);
    for (let i = 0; i < 10_000; i++) alloc_array(0);
    expect(rig.heapBytes()).toBeGreaterThan(240_000);
    expect(rig.heapBytes()).toBeLessThan(330_000);
  });

  test('ends with a memory trap at its cap, saying how much was asked for', () => {
    const rig = createRig({ heapCap: 100_000 });
    expect(trapOf(() => { for (;;) alloc_blob(64); })).toBe(TRAP.memory);
    expect(rig.heapBytes()).toBeLessThanOrEqual(100_000);
    expect(load32(rig.header, HEADER.trapDetail)).toBeGreaterThan(100_000);
    expect(trapOf(() => alloc_slots(0x0fffffff))).toBe(TRAP.memory);
    expect(trapOf(() => alloc_slots(-1))).toBe(TRAP.memory);
  });

  test('gives zeroed memory', () => {
    createRig();
    const blob = alloc_blob(1000);
    for (let i = 0; i < 1000; i++) expect(load8(blob, 16 + i)).toBe(0);
    expect(loadRef(alloc(16, kindShape(KIND.blob)), 8)).toBe(0);
  });
});

describe('fuel', () => {
  test('refills slices from the budget, asks to yield, and traps when the budget is used up', () => {
    const rig = createRig({ fuel: 2500n, slice: 1000 });
    charge(1001);
    expect(globals.fuel).toBe(1000n);
    expect(load32(rig.header, HEADER.yieldRequested)).toBe(1);
    charge(1400);
    expect(globals.fuel).toBe(1000n);
    expect(trapOf(() => charge(5000))).toBe(TRAP.fuel);
  });

  test.each([[STOP.timeout, TRAP.timeout], [STOP.cancel, TRAP.cancelled], [STOP.kill, TRAP.cancelled]])('stop word %i traps with %i', (stop, code) => {
    const rig = createRig();
    store32(rig.header, HEADER.stop, stop);
    globals.fuel = -1n;
    expect(trapOf(fuel_slow)).toBe(code);
  });
});
