import { describe, expect, test } from '@jest/globals';
import {
  BLOB, BLOCK, CELL, CLOSURE, HEADER, ITERATOR, KIND, OBJECT, OBJECT_HEADER, PROMISE, PROMISE_STATE, REACTION, ROOT, SETTLED,
  SHAPE, THREAD, TRAP, UNDEFINED, kindShape,
} from '../../../jit/abi.js';
import { array_push } from '../../../jit/stdlib/arrays.js';
import { collect } from '../../../jit/stdlib/collector.js';
import { type_error } from '../../../jit/stdlib/errors.js';
import { frame_alloc, frame_release } from '../../../jit/stdlib/frames.js';
import { alloc, alloc_array, alloc_blob, alloc_cell, alloc_closure, alloc_slots, close_run, slots_get, slots_set } from '../../../jit/stdlib/heap.js';
import {
  ReferenceTrap, boxF64, boxObject, boxString, globals, load32, loadRef, loadVal, nativeInfo, store32, storeRef, storeVal, unboxRef, type ref,
  type val,
} from '../../../jit/stdlib/intrinsics.js';
import { iterator_new } from '../../../jit/stdlib/iteration.js';
import { ITERATION } from '../../../jit/stdlib/iterations.js';
import { root_get } from '../../../jit/stdlib/kinds.js';
import { Map$new, Map_set } from '../../../jit/stdlib/map.js';
import { size_of } from '../../../jit/stdlib/object-size.js';
import { object_new } from '../../../jit/stdlib/objects.js';
import { operation_new } from '../../../jit/stdlib/operations.js';
import { enqueue, promise_alloc, promise_register, reaction_new } from '../../../jit/stdlib/promise-core.js';
import { get_property, set_property } from '../../../jit/stdlib/properties.js';
import { string_concat, string_length, string_part } from '../../../jit/stdlib/strings.js';

import { createRig, type Rig, type RigOptions } from './rig.js';

interface Collecting extends Rig {
  /** Roots: a shadow stack of its own, which the allocator does not see until `arm`. */
  push(v: val): void;
  pop(): void;
  collect(): void;
  /** From here on allocations may collect. */
  arm(): void;
}

function collecting(options: RigOptions = {}): Collecting {
  const rig = createRig(options);
  // The rig's own tables are static; these lie in the heap, as in a task.
  store32(rig.header, HEADER.roots, 0);
  let top = load32(load32(rig.header, HEADER.thread), THREAD.shadowBase);
  const move = (bytes: number): void => {
    top += bytes;
    if (globals.shadow !== 0) globals.shadow = top;
  };
  return {
    ...rig,
    push(v) {
      storeVal(top, 0, v);
      move(8);
    },
    pop: () => move(-8),
    collect() {
      globals.shadow = top;
      collect();
      globals.shadow = 0;
    },
    arm: () => void (globals.shadow = top),
  };
}

interface Found {
  readonly address: number;
  readonly kind: number;
  readonly bytes: number;
}

/** All objects of the heap, free runs too; fails if a block is no row of objects. */
function walk(header: number): Found[] {
  close_run();
  const found: Found[] = [];
  for (let block = load32(header, HEADER.blocks); block !== 0; block = load32(block, BLOCK.next)) {
    const end = block + load32(block, BLOCK.used);
    let at = block + BLOCK.header;
    for (; at < end; at += size_of(at)) found.push({ address: at, kind: load32(loadRef(at, 0), SHAPE.kind), bytes: size_of(at) });
    expect(at).toBe(end);
  }
  return found;
}

const living = (header: number): Set<number> => new Set(walk(header).filter(({ kind }) => kind !== KIND.free).map(({ address }) => address));
const cell = (content: ref): ref => alloc_cell(boxObject(content));

/** A static shape of frames: raw words, values and pointers. */
function frameShape(rig: Rig, raw: number, values: number, pointers: number): ref {
  const shape = rig.allocate(SHAPE.bytes);
  store32(shape, OBJECT_HEADER.shape, kindShape(KIND.shape));
  store32(shape, SHAPE.kind, KIND.frame);
  store32(shape, SHAPE.inlineCapacity, PROMISE.bytes + raw * 8 + values * 8 + ((pointers * 4 + 7) & -8));
  store32(shape, SHAPE.rawBytes, raw * 8);
  store32(shape, SHAPE.valCount, values);
  store32(shape, SHAPE.refCount, pointers);
  return shape;
}

/** A parent object for each place that holds a pointer; each names `child` there and nowhere else. */
const HOLDERS: Readonly<Record<string, (child: ref, rig: Rig) => ref>> = {
  cell: (child) => cell(child),
  slots: (child) => {
    const slots = alloc_slots(1000);
    slots_set(slots, 999, boxObject(child));
    return slots;
  },
  array: (child) => {
    const array = alloc_array(1);
    array_push(array, boxObject(child));
    return array;
  },
  'object, inline': (child, rig) => {
    const object = alloc(OBJECT.slots + 8, loadRef(rig.object({ only: UNDEFINED }), 0));
    storeVal(object, OBJECT.slots, boxObject(child));
    return object;
  },
  'object, overflow': (child, rig) => {
    const object = object_new();
    for (let i = 0; i < 12; i++) set_property(boxObject(object), rig.string(`key${i}`), boxF64(i));
    set_property(boxObject(object), rig.string('last'), boxObject(child));
    return object;
  },
  dictionary: (child, rig) => {
    const object = object_new();
    for (let i = 0; i < 200; i++) set_property(boxObject(object), rig.string(`key${i}`), boxF64(i));
    set_property(boxObject(object), rig.string('last'), boxObject(child));
    return object;
  },
  'error, property': (child, rig) => {
    const error = type_error(rig.string('m'));
    set_property(error, rig.string('extra'), boxObject(child));
    return unboxRef(error);
  },
  'closure, capture': (child) => {
    const closure = alloc_closure(0, nativeInfo('f', 0, 2), 2);
    storeVal(closure, CLOSURE.captures + 8, boxObject(child));
    return closure;
  },
  'map, key': (child) => {
    const map = Map$new(UNDEFINED);
    Map_set(map, boxObject(child), boxF64(1));
    return map;
  },
  'map, value': (child) => {
    const map = Map$new(UNDEFINED);
    for (let i = 0; i < 100; i++) Map_set(map, boxF64(i), i === 77 ? boxObject(child) : UNDEFINED);
    return map;
  },
  'promise, value': (child) => {
    const promise = promise_alloc();
    store32(promise, PROMISE.state, SETTLED.fulfilled);
    storeVal(promise, PROMISE.value, boxObject(child));
    return promise;
  },
  'promise, reaction': (child) => {
    const promise = promise_alloc();
    promise_register(promise, reaction_new(1, child, UNDEFINED, UNDEFINED));
    return promise;
  },
  'reaction, callback': (child) => reaction_new(1, 0, boxObject(child), UNDEFINED),
  'reaction, second callback': (child) => reaction_new(1, 0, UNDEFINED, boxObject(child)),
  'reaction, value': (child) => {
    const reaction = reaction_new(1, 0, UNDEFINED, UNDEFINED);
    storeVal(reaction, REACTION.value, boxObject(child));
    return reaction;
  },
  'iterator, target': (child) => iterator_new(ITERATION.done, boxObject(child)),
  'iterator, state': (child) => {
    const iterator = iterator_new(ITERATION.done, UNDEFINED);
    storeVal(iterator, ITERATOR.state, boxObject(child));
    return iterator;
  },
  'frame, value': (child, rig) => {
    const frame = frame_alloc(frameShape(rig, 1, 2, 1));
    storeVal(frame, PROMISE.bytes + 16, boxObject(child));
    return frame;
  },
  'frame, pointer': (child, rig) => {
    const frame = frame_alloc(frameShape(rig, 1, 2, 3));
    storeRef(frame, PROMISE.bytes + 8 + 16 + 8, child);
    return frame;
  },
  'frame, waiter': (child, rig) => {
    const frame = frame_alloc(frameShape(rig, 0, 0, 0));
    storeRef(frame, PROMISE.reactions, cell(child));
    return frame;
  },
};

describe('marking', () => {
  test.each(Object.keys(HOLDERS))('%s keeps what it names, as long as it is named itself', (name) => {
    const rig = collecting();
    const child = cell(alloc_blob(100));
    const holder = HOLDERS[name]?.(child, rig) ?? 0;
    rig.push(boxObject(holder));
    rig.collect();
    rig.collect();
    expect(living(rig.header)).toContain(child);
    expect(living(rig.header)).toContain(unboxRef(loadVal(child, CELL.value)));
    rig.pop();
    rig.collect();
    const left = living(rig.header);
    expect(left).not.toContain(child);
    expect(left).not.toContain(holder);
  });

  test('ropes keep their parts, slices their base', () => {
    const rig = collecting();
    const text = (fill: string): ref => string_concat(rig.string(fill.repeat(30)), rig.string(fill));
    const rope = string_concat(text('a'), text('b'));
    const slice = string_part(text('c'), 5, 25);
    rig.push(boxString(rope));
    rig.push(boxString(slice));
    for (let i = 0; i < 3; i++) rig.collect();
    for (let i = 0; i < 100; i++) alloc_blob(40);
    expect(rig.text(rope)).toBe('a'.repeat(31) + 'b'.repeat(31));
    expect(rig.text(slice)).toBe('c'.repeat(20));
    expect(string_length(rope)).toBe(62);
  });

  test('shapes made at run time keep their keys, and outlive a collection of the object alone', () => {
    const rig = collecting();
    const object = boxObject(object_new());
    const name = (i: number): ref => string_concat(rig.string('a key that is long enough '), rig.string(String(i)));
    rig.push(object);
    for (let i = 0; i < 10; i++) set_property(object, name(i), boxF64(i));
    rig.collect();
    for (let i = 0; i < 1000; i++) alloc_blob(40);
    for (let i = 0; i < 10; i++) expect(get_property(object, name(i))).toBe(boxF64(i));
  });

  test('cycles go as one', () => {
    const rig = collecting();
    const first = alloc_cell(UNDEFINED);
    let last = first;
    for (let i = 0; i < 50; i++) last = cell(last);
    storeVal(first, CELL.value, boxObject(last));
    rig.push(boxObject(first));
    rig.collect();
    expect(living(rig.header)).toContain(last);
    rig.pop();
    rig.collect();
    expect(living(rig.header).size).toBe(0);
  });

  test.each([
    ['the next one last', (next: val, other: val) => [other, next]],
    ['the next one first', (next: val, other: val) => [next, other]],
  ])('a deep list, %s, is traced with little memory', (_, order) => {
    const rig = collecting();
    const length = 100_000;
    let list = UNDEFINED;
    for (let i = 0; i < length; i++) {
      const node = alloc_slots(2);
      order(list, boxObject(alloc_cell(boxF64(i)))).forEach((part, slot) => slots_set(node, slot, part));
      list = boxObject(node);
    }
    rig.push(list);
    rig.collect();
    expect(living(rig.header).size).toBe(2 * length);
    rig.pop();
    rig.collect();
    expect(living(rig.header).size).toBe(0);
    expect(rig.heapBytes()).toBe(0);
  });

  test('wide objects full of objects survive', () => {
    const rig = collecting();
    const slots = alloc_slots(50_000);
    rig.push(boxObject(slots));
    for (let i = 0; i < 50_000; i++) slots_set(slots, i, boxObject(alloc_cell(boxF64(i))));
    rig.collect();
    for (let i = 0; i < 50_000; i++) if (loadVal(unboxRef(slots_get(slots, i)), CELL.value) !== boxF64(i)) throw new Error(`lost ${i}`);
  });
});

describe('roots', () => {
  const ROOTS: Readonly<Record<string, (object: ref, rig: Rig) => void>> = {
    'the frame that yielded': (object, rig) => storeRef(rig.header, HEADER.current, object),
    'module variables': (object, rig) => {
      const slots = alloc_slots(1);
      slots_set(slots, 0, boxObject(object));
      storeRef(rig.header, HEADER.environment, slots);
    },
    'the error that unwinds': (object) => void (globals.error = boxObject(object)),
    'the value an await goes on with': (object) => void (globals.resumeValue = boxObject(object)),
    'what a frame is about to wait for': (object) => void (globals.awaited = object),
    'a job': (object) => enqueue(reaction_new(1, 0, boxObject(object), UNDEFINED)),
    'the second job': (object) => {
      enqueue(reaction_new(1, 0, UNDEFINED, UNDEFINED));
      enqueue(reaction_new(1, 0, boxObject(object), UNDEFINED));
    },
    'an operation of the host': (object, rig) => {
      const promise = promise_alloc();
      promise_register(promise, reaction_new(1, object, UNDEFINED, UNDEFINED));
      const roots = alloc_slots(ROOT.count);
      for (let i = 0; i < ROOT.count; i++) slots_set(roots, i, UNDEFINED);
      storeRef(rig.header, HEADER.roots, roots);
      operation_new(promise);
      expect(root_get(ROOT.operations)).not.toBe(UNDEFINED);
    },
  };
  test.each(Object.keys(ROOTS))('%s', (name) => {
    const rig = collecting();
    const object = cell(alloc_blob(8));
    ROOTS[name]?.(object, rig);
    rig.collect();
    expect(living(rig.header)).toContain(object);
    expect(living(rig.header)).toContain(unboxRef(loadVal(object, CELL.value)));
  });

  test('addresses outside the heap are left alone, whatever they point to', () => {
    const rig = collecting();
    const bytes = rig.allocate(64);
    for (let at = 0; at < 64; at += 4) store32(bytes + at, 0, -1);
    rig.push(boxObject(bytes));
    rig.push(boxObject(kindShape(KIND.map)));
    rig.push(boxObject(0));
    rig.push(boxString(load32(rig.header, HEADER.thread)));
    alloc_cell(UNDEFINED);
    rig.collect();
    for (let at = 0; at < 64; at += 4) expect(load32(bytes + at, 0)).toBe(-1);
    expect(load32(kindShape(KIND.map), OBJECT_HEADER.meta)).toBe(0);
  });

  test('a settled frame keeps its result, not what it had saved', () => {
    const rig = collecting();
    const frame = frame_alloc(frameShape(rig, 0, 1, 0));
    const saved = alloc_cell(UNDEFINED);
    const result = alloc_cell(UNDEFINED);
    storeVal(frame, PROMISE.bytes, boxObject(saved));
    storeVal(frame, PROMISE.value, boxObject(result));
    store32(frame, PROMISE.state, PROMISE_STATE.handled | SETTLED.fulfilled);
    rig.push(boxObject(frame));
    rig.collect();
    expect([frame, saved, result].map((object) => living(rig.header).has(object))).toEqual([true, false, true]);
  });

  test('frames on the free lists go, and the lists with them', () => {
    const rig = collecting();
    const shape = frameShape(rig, 1, 1, 1);
    const frame = frame_alloc(shape);
    frame_release(frame);
    rig.collect();
    expect(living(rig.header)).not.toContain(frame);
    rig.push(boxObject(alloc_blob(200)));
    rig.push(boxObject(frame_alloc(shape)));
    rig.collect();
    walk(rig.header);
  });
});

describe('sweeping', () => {
  test('dead neighbours become one run, which is used again and zeroed', () => {
    const rig = collecting();
    for (let i = 0; i < 100; i++) alloc_blob(40);
    const blobs = Array.from({ length: 12 }, () => alloc_blob(100));
    [0, 11].forEach((i) => rig.push(boxObject(blobs[i] ?? 0)));
    blobs.forEach((blob) => store32(blob, BLOB.data + 4, -1));
    rig.collect();
    const runs = walk(rig.header).filter(({ kind, bytes }) => kind === KIND.free && bytes === 10 * size_of(blobs[0] ?? 0));
    expect(runs).toHaveLength(1);
    const before = rig.heapBytes();
    const fresh = Array.from({ length: 8 }, () => alloc_blob(100));
    expect(rig.heapBytes()).toBe(before);
    for (const blob of fresh) for (let at = 0; at < 100; at += 4) expect(load32(blob, BLOB.data + at)).toBe(0);
  });

  test('blocks that hold nothing go back', () => {
    const rig = collecting();
    rig.push(boxObject(alloc_blob(10)));
    for (let i = 0; i < 50; i++) alloc_blob(60_000);
    expect(rig.heapBytes()).toBeGreaterThan(3_000_000);
    rig.collect();
    expect(rig.heapBytes()).toBeLessThan(1000);
  });

  test('what lives is counted', () => {
    const rig = collecting();
    rig.push(boxObject(alloc_blob(1000 - BLOB.data)));
    alloc_blob(5000);
    rig.collect();
    expect(load32(rig.header, HEADER.liveBytes)).toBe(1000);
    expect(load32(rig.header, HEADER.allocated)).toBe(0);
  });

  test('random graphs keep exactly what can be reached', () => {
    const rig = collecting();
    let state = 12345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >> 8) % below;
    };
    const roots = alloc_slots(40);
    rig.push(boxObject(roots));
    const links = new Map<number, Set<number>>();
    for (let round = 0; round < 30; round++) {
      const fresh = Array.from({ length: 100 }, () => alloc_slots(1 + random(6)));
      for (const object of fresh) links.set(object, new Set());
      const all = [...links.keys()];
      for (let i = 0; i < 200; i++) {
        const from = all[random(all.length)] ?? 0;
        slots_set(from, random(load32(from, 8)), boxObject(all[random(all.length)] ?? 0));
      }
      for (let i = 0; i < 10; i++) slots_set(roots, random(40), boxObject(all[random(all.length)] ?? 0));
      const reached = new Set<number>();
      const work: number[] = [roots];
      for (let object = work.pop(); object !== undefined; object = work.pop()) {
        if (reached.has(object)) continue;
        reached.add(object);
        for (let i = 0; i < load32(object, 8); i++) {
          const part = slots_get(object, i);
          if (part > 0xfff9ffffffffffffn) work.push(unboxRef(part));
        }
      }
      rig.collect();
      expect(living(rig.header)).toEqual(reached);
      for (const object of [...links.keys()]) if (!reached.has(object)) links.delete(object);
    }
  });
});

describe('when it runs', () => {
  test('without a shadow stack never', () => {
    const rig = createRig({ heapCap: 1 << 20 });
    expect(() => { for (;;) alloc_blob(1000); }).toThrow(ReferenceTrap);
    expect(load32(rig.header, HEADER.trapDetail)).toBeGreaterThan(1 << 20);
  });

  test('at the cap: garbage makes room', () => {
    const rig = collecting({ heapCap: 200_000 });
    rig.push(boxObject(alloc_blob(50_000)));
    rig.arm();
    for (let i = 0; i < 2000; i++) alloc_blob(1000 + (i % 7) * 100);
    for (let i = 0; i < 20; i++) alloc_blob(60_000);
    expect(rig.heapBytes()).toBeLessThanOrEqual(200_000);
  });

  test('at the cap with everything alive the task ends', () => {
    const rig = collecting({ heapCap: 200_000 });
    rig.arm();
    let list = UNDEFINED;
    const grow = (): void => {
      rig.push(list);
      const next = alloc_slots(10);
      rig.pop();
      slots_set(next, 0, list);
      list = boxObject(next);
    };
    let code: number = TRAP.none;
    try {
      for (let i = 0; i < 10_000; i++) grow();
    } catch (error) {
      if (!(error instanceof ReferenceTrap)) throw error;
      code = error.code;
    }
    expect(code).toBe(TRAP.memory);
  });

  test('as much is allocated between two as lives, and a mebibyte at least', () => {
    const rig = collecting();
    rig.push(boxObject(alloc_blob(3 << 20)));
    rig.arm();
    let most = 0;
    for (let i = 0; i < 20_000; i++) {
      alloc_blob(1000);
      most = Math.max(most, rig.heapBytes());
    }
    expect(most).toBeLessThan(9 << 20);
    rig.pop();
    rig.collect();
    rig.arm();
    most = 0;
    for (let i = 0; i < 20_000; i++) {
      alloc_blob(1000);
      most = Math.max(most, rig.heapBytes());
    }
    expect(most).toBeLessThan(1.3 * 2 ** 20);
  });

  test('at every allocation, if a test asks for it', () => {
    const rig = collecting();
    store32(rig.header, HEADER.collectEvery, 1);
    rig.arm();
    const kept = alloc_cell(UNDEFINED);
    rig.push(boxObject(kept));
    for (let i = 0; i < 100; i++) alloc_cell(UNDEFINED);
    expect(living(rig.header)).toContain(kept);
    expect(living(rig.header).size).toBe(2);
  });

  test('it is paid for', () => {
    const rig = collecting();
    const slots = alloc_slots(20_000);
    rig.push(boxObject(slots));
    const before = globals.fuel;
    rig.collect();
    expect(before - globals.fuel).toBeGreaterThan(1000n);
  });
});
