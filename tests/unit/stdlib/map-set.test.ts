import { describe, expect, test } from '@jest/globals';
import { UNDEFINED } from '../../../jit/abi.js';
import { array_push } from '../../../jit/stdlib/arrays.js';
import { boxObject, unboxRef, type ref, type val } from '../../../jit/stdlib/intrinsics.js';
import { array_extend, iterator_close, iterator_next, iterator_open, iterator_value, list_from_iterable } from '../../../jit/stdlib/iteration.js';
import { Iterator_next } from '../../../jit/stdlib/iterator-methods.js';
import { Map$new, Map_clear, Map_delete, Map_entries, Map_forEach, Map_get, Map_get_size, Map_has, Map_keys, Map_set, Map_values } from '../../../jit/stdlib/map.js';
import { Set$new, Set_add, Set_clear, Set_delete, Set_entries, Set_forEach, Set_get_size, Set_has, Set_values } from '../../../jit/stdlib/set.js';
import { get_property } from '../../../jit/stdlib/properties.js';
import { createRig, type Rig } from './rig.js';

const list = (rig: Rig, iterable: ref): unknown => rig.unbox(boxObject(list_from_iterable(boxObject(iterable))));
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`; // guest and host throw errors here
  }
  return 'no error';
};

describe('Map', () => {
  test('has keys by SameValueZero, objects by identity, in order of insertion', () => {
    const rig = createRig();
    const keys = [NaN, 0, 'text', true, null, undefined, 1.5, -7, 'wide \u0416', ''];
    const map = Map$new(UNDEFINED);
    for (const key of keys) expect(Map_set(map, rig.box(key), rig.box(String(key)))).toBe(map);
    const object = rig.box({ a: 1 });
    Map_set(map, object, rig.box('object'));
    for (const key of keys) expect(rig.unbox(Map_get(map, rig.box(key)))).toBe(String(key));
    expect(Map_has(map, rig.box(-0))).toBe(true);
    expect(Map_has(map, object)).toBe(true);
    expect(Map_has(map, rig.box({ a: 1 }))).toBe(false);
    expect(Map_get(map, rig.box('none'))).toBe(UNDEFINED);
    expect(list(rig, Map_keys(map))).toEqual([...keys, { a: 1 }]);
    expect(Map_get_size(map)).toBe(keys.length + 1);
    expect(rig.unbox(get_property(boxObject(map), rig.string('size')))).toBe(keys.length + 1);
  });

  test('keeps 0 for the key -0', () => {
    const rig = createRig();
    const map = Map$new(UNDEFINED);
    Map_set(map, rig.box(-0), UNDEFINED);
    expect(Object.is((list(rig, Map_keys(map)) as number[])[0], 0)).toBe(true); // a list of one number
  });

  test('agrees with V8 in 3,000 random steps', () => {
    const rig = createRig();
    const ours = Map$new(UNDEFINED);
    const theirs = new Map<unknown, number>();
    let seed = 99;
    const random = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let step = 0; step < 3000; step++) {
      const key = random(2) === 0 ? random(200) : `k${random(100)}`;
      if (random(3) === 0) expect(Map_delete(ours, rig.box(key))).toBe(theirs.delete(key));
      else {
        Map_set(ours, rig.box(key), rig.box(step));
        theirs.set(key, step);
      }
      if (step === 1500) {
        Map_clear(ours);
        theirs.clear();
      }
      if (step % 500 === 0) expect(list(rig, Map_entries(ours))).toEqual([...theirs]);
    }
    expect(rig.unbox(boxObject(ours))).toEqual(theirs);
    expect(list(rig, Map_values(ours))).toEqual([...theirs.values()]);
  });

  test('is made of entries', () => {
    const rig = createRig();
    const map = Map$new(rig.box([['a', 1], ['b', 2], ['a', 3]]));
    expect(rig.unbox(boxObject(map))).toEqual(new Map([['a', 3], ['b', 2]]));
    expect(rig.unbox(boxObject(Map$new(boxObject(map))))).toEqual(new Map([['a', 3], ['b', 2]]));
  });

  test.each([[5], [[5]], [{}], ['ab']])('new Map(%p) fails as in V8', (source) => {
    const rig = createRig();
    expect(messageOf(() => rig.guest(() => Map$new(rig.box(source))))).toBe(messageOf(() => new Map(source as [])));
  });
});

describe('walks over a changing table', () => {
  /** The visited keys when the callback runs `change` at each visit. */
  function visits(change: (ours: ref, theirs: Map<number, number>, key: number, rig: Rig) => void): [unknown[], unknown[]] {
    const rig = createRig();
    const start = [1, 2, 3, 4, 5];
    const ours = Map$new(rig.box(start.map((key) => [key, key * 10])));
    const theirs = new Map(start.map((key) => [key, key * 10]));
    const [seenOurs, seenTheirs]: [unknown[], unknown[]] = [[], []];
    const shadow = new Map<number, number>();
    Map_forEach(ours, rig.closureOfValues((args) => {
      const key = rig.unbox(args[1]!) as number; // forEach passes three, keys are numbers
      seenOurs.push([rig.unbox(args[0]!), key]);
      if (seenOurs.length < 100) change(ours, shadow, key, rig);
      return UNDEFINED;
    }), UNDEFINED);
    theirs.forEach((value, key) => {
      seenTheirs.push([value, key]);
      if (seenTheirs.length < 100) change(0, theirs, key, rig);
    });
    return [seenOurs, seenTheirs];
  }
  const set = (ours: ref, theirs: Map<number, number>, rig: Rig, key: number): void => {
    if (ours !== 0) Map_set(ours, rig.box(key), rig.box(key * 10));
    else theirs.set(key, key * 10);
  };
  const remove = (ours: ref, theirs: Map<number, number>, rig: Rig, key: number): void => {
    if (ours !== 0) Map_delete(ours, rig.box(key));
    else theirs.delete(key);
  };

  test.each<[string, (ours: ref, theirs: Map<number, number>, key: number, rig: Rig) => void]>([
    ['adding', (o, t, key, rig) => { if (key < 50) set(o, t, rig, key + 100), set(o, t, rig, key + 200); }],
    ['deleting what was visited', (o, t, key, rig) => remove(o, t, rig, key)],
    ['deleting what comes next', (o, t, key, rig) => remove(o, t, rig, key + 1)],
    ['deleting and adding again', (o, t, key, rig) => { if (key < 3) remove(o, t, rig, key), set(o, t, rig, key); }],
    ['growing after deletions', (o, t, key, rig) => { remove(o, t, rig, key - 1); if (key < 40) for (let i = 0; i < 5; i++) set(o, t, rig, key * 10 + i); }],
    ['clearing', (o, t, key, rig) => {
      if (key !== 2) return;
      if (o !== 0) Map_clear(o);
      else t.clear();
      set(o, t, rig, 7);
      set(o, t, rig, 1);
    }],
  ])('%s visits what V8 visits', (_name, change) => {
    const [ours, theirs] = visits(change);
    expect(ours).toEqual(theirs);
  });

  test('an iterator follows growth between its steps, and stays at its end', () => {
    const rig = createRig();
    const set = Set$new(rig.box([1, 2]));
    const it = Set_values(set);
    const next = (): unknown => rig.unbox(boxObject(Iterator_next(it, UNDEFINED)));
    expect(next()).toEqual({ value: 1, done: false });
    for (let i = 3; i < 30; i++) Set_add(set, rig.box(i));
    Set_delete(set, rig.box(2));
    expect(next()).toEqual({ value: 3, done: false });
    for (let i = 4; i < 30; i++) expect(next()).toEqual({ value: i, done: false });
    expect(next()).toEqual({ value: undefined, done: true });
    Set_add(set, rig.box(99));
    expect(next()).toEqual({ value: undefined, done: true });
  });
});

describe('Set', () => {
  test('has each value once, in order', () => {
    const rig = createRig();
    const set = Set$new(rig.box(['b', 'a', 'b', NaN, NaN, 0, -0]));
    expect(list(rig, set)).toEqual(['b', 'a', NaN, 0]);
    expect(Set_get_size(set)).toBe(4);
    expect(Set_has(set, rig.box('a'))).toBe(true);
    expect(Set_delete(set, rig.box('a'))).toBe(true);
    expect(Set_delete(set, rig.box('a'))).toBe(false);
    expect(list(rig, Set_entries(set))).toEqual([['b', 'b'], [NaN, NaN], [0, 0]]);
    const seen: unknown[] = [];
    Set_forEach(set, rig.closure((value: unknown, key: unknown) => { seen.push(value, key); }), UNDEFINED);
    expect(seen).toEqual(['b', 'b', NaN, NaN, 0, 0]);
    Set_clear(set);
    expect(list(rig, set)).toEqual([]);
  });

  test.each([[5], [undefined]])('forEach(%p) fails as in V8', (callback) => {
    const rig = createRig();
    expect(messageOf(() => rig.guest(() => Set_forEach(Set$new(UNDEFINED), rig.box(callback), UNDEFINED))))
      .toBe(messageOf(() => new Set().forEach(callback as unknown as () => void))); // the point is a wrong one
  });
});

describe('iteration', () => {
  test.each([['a\ud83d\ude00\ud800b'], [[1, undefined, 'x']], ['']])('of %p gives what spread gives', (source) => {
    const rig = createRig();
    expect(rig.unbox(boxObject(list_from_iterable(rig.box(source))))).toEqual([...source]);
  });

  test('of an array sees elements pushed meanwhile', () => {
    const rig = createRig();
    const a = unboxRef(rig.box([1, 2]));
    const it = iterator_open(boxObject(a));
    const seen: unknown[] = [];
    while (iterator_next(it)) {
      seen.push(rig.unbox(iterator_value(it)));
      if (seen.length < 4) array_push(a, rig.box(seen.length * 100));
    }
    expect(seen).toEqual([1, 2, 100, 200, 300]);
  });

  function guestIterator(rig: Rig, log: string[]): val {
    let i = 0;
    const self = rig.object({
      next: rig.closure(() => { log.push('next'); return i < 3 ? { value: i++, done: false } : { value: 'end', done: true }; }),
      return: rig.closure(() => { log.push('return'); return {}; }),
    });
    return boxObject(self);
  }

  const guestIterable = (rig: Rig, log: string[]): val =>
    boxObject(rig.object({ '\0@@Symbol.iterator': rig.closureOfValues(() => guestIterator(rig, log)) }));

  test('of a guest iterator calls next until done, and return only when left early', () => {
    const rig = createRig();
    const log: string[] = [];
    expect(list(rig, unboxRef(guestIterable(rig, log)))).toEqual([0, 1, 2]);
    expect(log).toEqual(['next', 'next', 'next', 'next']);
    const it = iterator_open(guestIterable(rig, log));
    iterator_next(it);
    iterator_close(it);
    expect(log.slice(4)).toEqual(['next', 'return']);
    expect(iterator_next(it)).toBe(false);
  });

  test('of a guest iterable asks its method first', () => {
    const rig = createRig();
    const into = rig.array([rig.box('before')]);
    array_extend(into, guestIterable(rig, []));
    expect(rig.unbox(boxObject(into))).toEqual(['before', 0, 1, 2]);
  });

  test('an array extended by itself doubles', () => {
    const rig = createRig();
    const a = rig.array([rig.box(1)]);
    array_extend(a, rig.box([2, 3]));
    expect(rig.unbox(boxObject(a))).toEqual([1, 2, 3]);
  });

  test.each([[5], [{}], [null], [true]])('of %p is refused in V8\'s words', (source) => {
    const rig = createRig();
    const theirs = messageOf(() => new Set(source as Iterable<number>)); // the point is a wrong one
    const ours = messageOf(() => rig.guest(() => list_from_iterable(rig.box(source))));
    if (source !== null) expect(ours).toBe(theirs);
    expect(ours).toMatch(/is not iterable/);
  });
});
