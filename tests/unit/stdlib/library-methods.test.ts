import { describe, expect, test } from '@jest/globals';
import { NULL, UNDEFINED } from '../../../jit/abi.js';
import { Function_apply, Function_bind, Function_call } from '../../../jit/stdlib/functions.js';
import { Map$groupBy, Object$groupBy } from '../../../jit/stdlib/grouping.js';
import { boxObject, unboxRef } from '../../../jit/stdlib/intrinsics.js';
import { Object$create, Object$getOwnPropertyNames } from '../../../jit/stdlib/objects.js';
import { Array_toLocaleString, Boolean_toString, Object_hasOwnProperty, Object_toLocaleString, Object_toString, Object_valueOf } from '../../../jit/stdlib/universal.js';
import { WeakMap$new, WeakMap_delete, WeakMap_get, WeakMap_has, WeakMap_set, WeakSet$new, WeakSet_add, WeakSet_has } from '../../../jit/stdlib/weak.js';
import { createRig } from './rig.js';

describe('methods of every value', () => {
  test.each([[5], ['x'], [true], [[1, [2]]], [{}], [new Error('e')]])('toString of %p', (value) => {
    const rig = createRig();
    expect(rig.text(Object_toString(rig.box(value)))).toBe(value.toString());
  });

  test.each([[1234567.891], [[1234, 'x', null, undefined]], ['text'], [{}]])('toLocaleString of %p', (value) => {
    const rig = createRig();
    expect(rig.text(Object_toLocaleString(rig.box(value)))).toBe(value.toLocaleString());
  });

  test('an object with its own methods has those', () => {
    const rig = createRig();
    const own = boxObject(rig.object({ toString: rig.closure(() => 'own'), valueOf: rig.closure(() => 7) }, { flags: 2 | 8 }));
    expect(rig.text(Object_toString(own))).toBe('own');
    expect(rig.unbox(Object_valueOf(own))).toBe(7);
    expect(Object_valueOf(rig.box('x')) >> 48n).toBe(0xfffbn);
  });

  test('undefined and null have none', () => {
    const rig = createRig();
    expect(() => rig.guest(() => Object_toString(UNDEFINED))).toThrow("Cannot read properties of undefined (reading 'toString')");
    expect(() => rig.guest(() => Object_valueOf(NULL))).toThrow("Cannot read properties of null (reading 'valueOf')");
    expect(() => rig.guest(() => Object_hasOwnProperty(NULL, NULL))).toThrow("Cannot read properties of null (reading 'hasOwnProperty')");
  });

  test('hasOwnProperty, own names, booleans', () => {
    const rig = createRig();
    expect(Object_hasOwnProperty(rig.box({ a: undefined }), rig.box('a'))).toBe(true);
    expect(Object_hasOwnProperty(rig.box([1, 2]), rig.box(1))).toBe(true);
    expect(Object_hasOwnProperty(rig.box([1, 2]), rig.box(2))).toBe(false);
    expect(rig.unbox(boxObject(Object$getOwnPropertyNames(rig.box([7]))))).toEqual(['0', 'length']);
    expect(rig.unbox(boxObject(Object$getOwnPropertyNames(rig.box(Object.assign(new Error('x'), { code: 1 })))))).toEqual(['message', 'code']);
    expect(rig.unbox(boxObject(Object$create(NULL)))).toEqual({});
    expect(rig.text(Boolean_toString(false))).toBe('false');
    expect(rig.text(Array_toLocaleString(rig.array([])))).toBe('');
  });
});

describe('methods of functions', () => {
  test('call, apply and bind pass this and arguments', () => {
    const rig = createRig();
    const f = unboxRef(rig.closureOfValues((args, self) => rig.box([rig.unbox(self), ...args.map((arg) => rig.unbox(arg))])));
    expect(rig.unbox(Function_call(f, rig.box('me'), rig.array([1, 2, 3, 4, 5, 6].map((x) => rig.box(x)))))).toEqual(['me', 1, 2, 3, 4, 5, 6]);
    expect(rig.unbox(Function_apply(f, rig.box('me'), rig.box([1, 2])))).toEqual(['me', 1, 2]);
    expect(rig.unbox(Function_apply(f, NULL, UNDEFINED))).toEqual([null]);
    const bound = Function_bind(f, rig.box('b'), rig.array([rig.box('x'), rig.box('y')]));
    expect(rig.unbox(Function_call(bound, rig.box('ignored'), rig.array([1, 2, 3, 4, 5].map((x) => rig.box(x)))))).toEqual(['b', 'x', 'y', 1, 2, 3, 4, 5]);
    expect(rig.unbox(Function_call(Function_bind(bound, NULL, rig.array([rig.box('z')])), NULL, rig.array([])))).toEqual(['b', 'x', 'y', 'z']);
    expect(() => rig.guest(() => Function_apply(f, NULL, rig.box(5)))).toThrow('CreateListFromArrayLike called on non-object');
  });
});

describe('groups', () => {
  test('by name and by key', () => {
    const rig = createRig();
    const items = rig.box([1, 2, 3, 4, 5]);
    expect(rig.unbox(boxObject(Object$groupBy(items, rig.closure((x: number) => (x % 2 === 0 ? 'even' : 'odd')))))).toEqual({ odd: [1, 3, 5], even: [2, 4] });
    expect(rig.unbox(boxObject(Map$groupBy(items, rig.closure((x: number, i: number) => x > 2 && i > 0))))).toEqual(new Map([[false, [1, 2]], [true, [3, 4, 5]]]));
  });
});

describe('WeakMap and WeakSet', () => {
  test('have objects as keys, and nothing else', () => {
    const rig = createRig();
    const key = rig.box({});
    const map = WeakMap$new(UNDEFINED);
    WeakMap_set(map, key, rig.box(1));
    expect(rig.unbox(WeakMap_get(map, key))).toBe(1);
    expect(WeakMap_has(map, rig.box({}))).toBe(false);
    expect(WeakMap_delete(map, key)).toBe(true);
    expect(WeakMap_get(map, key)).toBe(UNDEFINED);
    expect(() => rig.guest(() => WeakMap_set(map, rig.box(1), UNDEFINED))).toThrow('Invalid value used as weak map key');
    const set = WeakSet$new(UNDEFINED);
    WeakSet_add(set, key);
    expect(WeakSet_has(set, key)).toBe(true);
    expect(() => rig.guest(() => WeakSet_add(set, rig.box('x')))).toThrow('Invalid value used in weak set');
  });
});
