import { describe, expect, test } from '@jest/globals';
import { CLASS, KIND, METHOD, UNDEFINED } from '../../../jit/abi.js';
import { array_get, array_length } from '../../../jit/stdlib/arrays.js';
import { copy_properties, copy_rest } from '../../../jit/stdlib/copy.js';
import { get_element, set_element } from '../../../jit/stdlib/elements.js';
import { boxObject, classOf, funcIndex, globals, nativeInfo, store32, storeRef, unboxRef, type val } from '../../../jit/stdlib/intrinsics.js';
import { kind_of } from '../../../jit/stdlib/kinds.js';
import { own_keys } from '../../../jit/stdlib/own-keys.js';
import {
  Object$assign, Object$entries, Object$freeze, Object$fromEntries, Object$hasOwn, Object$isFrozen, Object$preventExtensions, Object$seal,
  Object$values, object_new,
} from '../../../jit/stdlib/objects.js';
import { delete_property, get_property, has_property, set_property } from '../../../jit/stdlib/properties.js';
import { createRig, type Rig } from './rig.js';

/** The same steps on a guest object and on one of V8. */
class Twin {
  readonly js: Record<string, unknown> = {};
  readonly guest: val;
  constructor(readonly rig: Rig, start: Record<string, unknown> = {}) {
    this.guest = Object.keys(start).length === 0 ? boxObject(object_new()) : rig.box(start);
    Object.assign(this.js, start);
  }
  set(key: string, value: unknown): void {
    this.js[key] = value;
    set_property(this.guest, this.rig.string(key), this.rig.box(value));
  }
  delete(key: string): void {
    delete this.js[key];
    delete_property(this.guest, this.rig.box(key));
  }
  check(): void {
    expect(this.rig.unbox(boxObject(own_keys(this.guest)))).toEqual(Object.keys(this.js));
    expect(this.rig.unbox(boxObject(Object$entries(this.guest)))).toEqual(Object.entries(this.js));
    expect(this.rig.unbox(boxObject(Object$values(this.guest)))).toEqual(Object.values(this.js));
    for (const key of Object.keys(this.js)) expect(this.rig.unbox(get_property(this.guest, this.rig.string(key)))).toEqual(this.js[key]);
  }
}

describe('properties keep V8\'s values and order', () => {
  test('added late, overwritten, deleted and added again', () => {
    const twin = new Twin(createRig(), { b: 1, a: 2 });
    twin.set('c', 3);
    twin.set('a', 4);
    twin.check();
    twin.delete('b');
    twin.check();
    twin.set('b', 5);
    twin.check();
    twin.delete('missing');
    twin.check();
  });

  test('index names come first, ascending', () => {
    const twin = new Twin(createRig());
    for (const key of ['z', '10', '9', '4294967294', '4294967295', '07', '-1', '1.5', '0', 'y', '2147483648']) twin.set(key, key);
    twin.check();
  });

  test.each([10, 68, 69, 70, 500])('of %i names, whether slots or dictionary', (count) => {
    const twin = new Twin(createRig(), { first: 0 });
    for (let i = 0; i < count; i++) twin.set(`key${i}`, i);
    twin.check();
    for (let i = 0; i < count; i += 3) twin.delete(`key${i}`);
    for (let i = 0; i < count; i += 6) twin.set(`key${i}`, -i);
    twin.check();
  });

  test('in 2,000 random steps', () => {
    const twin = new Twin(createRig(), { a: 1 });
    let seed = 12345;
    const random = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let step = 0; step < 2000; step++) {
      const key = random(3) === 0 ? String(random(40)) : `k${random(120)}`;
      if (random(3) === 0) twin.delete(key);
      else twin.set(key, step);
      if (step % 200 === 0) twin.check();
    }
    twin.check();
  });

  test('objects that got the same names in the same order share a shape', () => {
    const rig = createRig();
    const make = (): number => {
      const object = object_new();
      for (const key of ['x', 'y', 'z', 'u', 'v', 'w']) set_property(boxObject(object), rig.string(key), rig.box(key));
      return rig.view.getInt32(object, true);
    };
    expect(make()).toBe(make());
  });

  test('keys are found by content in wide and narrow strings alike', () => {
    const rig = createRig();
    const o = rig.box({ naïve: 1, 'Жук': 2, '': 3 });
    expect(rig.unbox(get_property(o, rig.string('Жук')))).toBe(2);
    expect(rig.unbox(get_property(o, rig.string('naïve')))).toBe(1);
    expect(rig.unbox(get_element(o, rig.box('')))).toBe(3);
    expect(get_property(o, rig.string('Жуж'))).toBe(UNDEFINED);
  });
});

describe('element access', () => {
  test.each([[[10, 20, 30]], ['abc'], [{ 0: 'zero', 1.5: 'x', a: 'y', null: 'n', undefined: 'u', true: 't' }]])('of %p reads as V8 does', (target) => {
    const rig = createRig();
    const o = rig.box(target);
    for (const key of [0, 1, 2, 3, -1, 1.5, NaN, '0', '1', '01', 'length', 'a', '4294967295', null, undefined, true]) {
      // Any key is legal in the language.
      expect([key, rig.unbox(get_element(o, rig.box(key)))]).toEqual([key, (target as Record<string, unknown>)[key as string]]);
    }
  });

  test('writes grow arrays with holes', () => {
    const rig = createRig();
    const js: unknown[] = [1];
    const a = rig.box(js);
    const put = (key: number | string, value: unknown): void => {
      js[key as number] = value; // numeric strings are indices
      set_element(a, rig.box(key), rig.box(value));
    };
    put(3, 'x');
    put('1', 'y');
    set_property(a, rig.string('length'), rig.box(6));
    js.length = 6;
    expect(rig.unbox(a)).toStrictEqual(js);
    set_element(a, rig.box('length'), rig.box(1));
    expect(rig.unbox(a)).toStrictEqual([1]);
    expect(rig.unbox(boxObject(own_keys(rig.box([1, , 2]))))).toEqual(['0', '2']); // eslint-disable-line no-sparse-arrays
  });
});

describe('copies', () => {
  test('spread takes own enumerable properties in order', () => {
    const rig = createRig();
    for (const from of [{ b: 1, a: 2 }, { 2: 'b', x: 1, 1: 'a' }, [1, , 3], 'hi', 5, null, undefined, Object.assign(new Error('m'), { code: 1 })]) { // eslint-disable-line no-sparse-arrays
      const to = boxObject(object_new());
      copy_properties(to, rig.box(from));
      expect(rig.unbox(to)).toEqual({ ...(from as object) }); // spread takes anything
      expect(rig.unbox(boxObject(own_keys(to)))).toEqual(Object.keys({ ...(from as object) }));
    }
  });

  test('the rest of a destructuring leaves names out', () => {
    const rig = createRig();
    const to = boxObject(object_new());
    copy_rest(to, rig.box({ a: 1, b: 2, c: 3 }), unboxRef(rig.box(['b', 'x'])));
    expect(rig.unbox(to)).toEqual({ a: 1, c: 3 });
  });

  test('assign goes over all sources and gives the target', () => {
    const rig = createRig();
    const target = rig.box({ a: 1 });
    expect(Object$assign(target, rig.array([rig.box({ b: 2 }), rig.box(null), rig.box({ a: 3 })]))).toBe(target);
    expect(rig.unbox(target)).toEqual({ a: 3, b: 2 });
  });

  test('fromEntries', () => {
    const rig = createRig();
    expect(rig.unbox(boxObject(Object$fromEntries(rig.box([['a', 1], ['b', [2]], [3, 4]]))))).toEqual({ a: 1, b: [2], 3: 4 });
  });
});

describe('frozen and sealed objects', () => {
  test('isFrozen', () => {
    const rig = createRig();
    const o = rig.box({ a: 1 });
    expect(Object$isFrozen(o)).toBe(false);
    expect(Object$freeze(o)).toBe(o);
    expect(Object$isFrozen(o)).toBe(true);
    expect(Object$isFrozen(rig.box(1))).toBe(true);
  });
});

describe('errors are V8\'s', () => {
  const cases: readonly [string, (rig: Rig) => void, () => unknown][] = [
    ['read of undefined', (r) => void get_property(UNDEFINED, r.string('x')), () => (undefined as unknown as { x: 1 }).x],
    ['read of null', (r) => void get_element(r.box(null), r.box(0)), () => (null as unknown as number[])[0]],
    ['write to undefined', (r) => set_property(UNDEFINED, r.string('x'), UNDEFINED), () => { (undefined as unknown as { x: number }).x = 1; }],
    ['write to null', (r) => set_element(r.box(null), r.box(0), UNDEFINED), () => { (null as unknown as number[])[0] = 1; }],
    ['write to a string', (r) => set_property(r.box('abc'), r.string('x'), UNDEFINED), () => { ('abc' as unknown as { x: number }).x = 1; }],
    ['write to a unit', (r) => set_element(r.box('abc'), r.box(0), UNDEFINED), () => { ('abc' as unknown as number[])[0] = 1; }],
    ['write to a number', (r) => set_property(r.box(5), r.string('x'), UNDEFINED), () => { (5 as unknown as { x: number }).x = 1; }],
    ['write to a boolean', (r) => set_property(r.box(true), r.string('x'), UNDEFINED), () => { (true as unknown as { x: number }).x = 1; }],
    ['frozen write', (r) => set_property(Object$freeze(r.box({ a: 1 })), r.string('a'), UNDEFINED), () => { (Object.freeze({ a: 1 }) as { a: number }).a = 2; }],
    ['frozen add', (r) => set_property(Object$freeze(r.box({ a: 1 })), r.string('b'), UNDEFINED), () => { (Object.freeze({ a: 1 }) as { b?: number }).b = 2; }],
    ['sealed add', (r) => set_property(Object$seal(r.box({ a: 1 })), r.string('b'), UNDEFINED), () => { (Object.seal({ a: 1 }) as { b?: number }).b = 2; }],
    ['closed add', (r) => set_property(Object$preventExtensions(r.box({ a: 1 })), r.string('b'), UNDEFINED), () => { (Object.preventExtensions({ a: 1 }) as { b?: number }).b = 2; }],
    ['frozen delete', (r) => void delete_property(Object$freeze(r.box({ a: 1 })), r.box('a')), () => delete (Object.freeze({ a: 1 }) as { a?: number }).a],
    ['sealed delete', (r) => void delete_property(Object$seal(r.box({ a: 1 })), r.box('a')), () => delete (Object.seal({ a: 1 }) as { a?: number }).a],
    ['frozen element', (r) => set_element(Object$freeze(r.box([1])), r.box(0), UNDEFINED), () => { (Object.freeze([1]) as number[])[0] = 2; }],
    ['frozen element add', (r) => set_element(Object$freeze(r.box([1])), r.box(1), UNDEFINED), () => { (Object.freeze([1]) as number[])[1] = 2; }],
    ['frozen length', (r) => set_element(Object$freeze(r.box([1])), r.box('length'), r.box(0)), () => { (Object.freeze([1]) as number[]).length = 0; }],
    ['bad length', (r) => set_element(r.box([1]), r.box('length'), r.box(-1)), () => { [1].length = -1; }],
    ['in a string', (r) => void has_property(r.box('abc'), r.box('a')), () => 'a' in ('abc' as unknown as object)],
    ['in a number', (r) => void has_property(r.box(5), r.box('a')), () => 'a' in (5 as unknown as object)],
    ['keys of null', (r) => void own_keys(r.box(null)), () => Object.keys(null as unknown as object)],
    ['assign to null', (r) => void Object$assign(r.box(null), r.array([])), () => Object.assign(null as unknown as object, {})],
    ['fromEntries of a number', (r) => void Object$fromEntries(r.box(5)), () => Object.fromEntries(5 as unknown as [])],
    ['fromEntries of undefined', () => void Object$fromEntries(UNDEFINED), () => Object.fromEntries(undefined as unknown as [])],
    ['fromEntries of no entries', (r) => void Object$fromEntries(r.box([1])), () => Object.fromEntries([1] as unknown as [])],
    ['delete of undefined', (r) => void delete_property(UNDEFINED, r.box('a')), () => delete (undefined as unknown as { a?: number }).a],
  ];
  test.each(cases)('%s', (_name, ours, theirs) => {
    const rig = createRig();
    const outcome = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        return error instanceof Error ? [error.name, error.message] : error;
      }
      return 'no error';
    };
    const expected = outcome(theirs);
    expect(expected).not.toBe('no error');
    expect(outcome(() => rig.guest(() => ours(rig)))).toEqual(expected);
  });
});

describe('classes', () => {
  function pointClass(rig: Rig): number {
    const parent = rig.allocate(CLASS.bytes);
    storeRef(parent, CLASS.name, rig.string('Shape'));
    const descriptor = rig.allocate(CLASS.bytes);
    storeRef(descriptor, CLASS.name, rig.string('Point'));
    store32(descriptor, CLASS.parent, parent);
    const member = (at: number, i: number, name: string, kind: number, func: (...args: never[]) => unknown): void => {
      storeRef(at + i * METHOD.bytes, METHOD.name, rig.string(name));
      store32(at + i * METHOD.bytes, METHOD.kind, kind);
      store32(at + i * METHOD.bytes, METHOD.func, funcIndex(func));
      storeRef(at + i * METHOD.bytes, METHOD.info, nativeInfo(name, 0, 0));
    };
    const methods = rig.allocate(3 * METHOD.bytes);
    member(methods, 0, 'norm', 0, (_: number, self: val) => get_property(self, rig.string('x')));
    member(methods, 1, 'twice', 1, (_: number, self: val) => rig.box((rig.unbox(get_property(self, rig.string('x'))) as number) * 2)); // x is a number
    member(methods, 2, 'twice', 2, (_: number, self: val, _argc: number, v: val) => {
      set_property(self, rig.string('x'), rig.box((rig.unbox(v) as number) / 2)); // as above
      return UNDEFINED;
    });
    store32(descriptor, CLASS.methodCount, 3);
    store32(descriptor, CLASS.methods, methods);
    const inherited = rig.allocate(METHOD.bytes);
    member(inherited, 0, 'fixed', 1, () => rig.box('always'));
    store32(parent, CLASS.methodCount, 1);
    store32(parent, CLASS.methods, inherited);
    return descriptor;
  }

  test('methods, getters and setters are found through the parents', () => {
    const rig = createRig();
    const point = boxObject(rig.object({ x: rig.box(3) }, { class: pointClass(rig) }));
    const get = (name: string): unknown => rig.unbox(get_property(point, rig.string(name)));
    expect(get('twice')).toBe(6);
    set_property(point, rig.string('twice'), rig.box(20));
    expect(get('x')).toBe(10);
    expect(get('fixed')).toBe('always');
    expect(get_property(point, rig.string('norm'))).toBe(get_property(point, rig.string('norm')));
    expect(kind_of(get_property(point, rig.string('norm')))).toBe(KIND.closure);
    expect(has_property(point, rig.box('norm'))).toBe(true);
    expect(Object$hasOwn(point, rig.box('norm'))).toBe(false);
    expect(rig.unbox(boxObject(own_keys(point)))).toEqual(['x']);
    expect(() => rig.guest(() => set_property(point, rig.string('fixed'), UNDEFINED))).toThrow('Cannot set property fixed of #<Point> which has only a getter');
  });

  test('an object keeps its class and methods as a dictionary', () => {
    const rig = createRig();
    const point = boxObject(rig.object({ x: rig.box(3), y: rig.box(4) }, { class: pointClass(rig) }));
    delete_property(point, rig.box('y'));
    expect(kind_of(point)).toBe(KIND.dictionary);
    expect(rig.unbox(get_property(point, rig.string('twice')))).toBe(6);
  });

  test('errors have their class\'s library name', () => {
    const rig = createRig();
    const own = rig.allocate(CLASS.bytes);
    storeRef(own, CLASS.name, rig.string('MyError'));
    store32(own, CLASS.parent, classOf('TypeError'));
    const error = boxObject(rig.object({}, { kind: KIND.error, class: own }));
    expect(rig.unbox(get_property(error, rig.string('name')))).toBe('TypeError');
    expect(rig.unbox(get_property(error, rig.string('message')))).toBe('');
  });
});

test('arrays read by index out of range give undefined', () => {
  const rig = createRig();
  const a = unboxRef(rig.box([1, 2]));
  expect(array_length(a)).toBe(2);
  expect(array_get(a, 5)).toBe(UNDEFINED);
  expect(array_get(a, -1)).toBe(UNDEFINED);
  expect(globals.fuel).toBeGreaterThan(0n);
});
