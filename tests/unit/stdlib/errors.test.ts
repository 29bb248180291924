import { describe, expect, test } from '@jest/globals';
import { UNDEFINED } from '../../../jit/abi.js';
import { call_value } from '../../../jit/stdlib/calls.js';
import { Error_toString, error_init, error_new, error_site, error_site_count, error_trace, range_error, type_error } from '../../../jit/stdlib/errors.js';
import { boxObject, classOf, globals, unboxRef } from '../../../jit/stdlib/intrinsics.js';
import { own_keys } from '../../../jit/stdlib/own-keys.js';
import { delete_property, get_property, has_property, set_property } from '../../../jit/stdlib/properties.js';
import { createRig } from './rig.js';

describe('errors', () => {
  test.each([['Error', 'm', undefined], ['TypeError', undefined, undefined], ['RangeError', '', { cause: 7 }], ['Error', 42, { cause: undefined }], ['Error', 'x', 5]])(
    'new %s(%p, %p) has V8\'s text and properties', (name, message, options) => {
      const rig = createRig();
      const theirs: Error = new ({ Error, TypeError, RangeError }[name]!)(message as string, options as ErrorOptions); // any argument is legal
      const ours = error_new(classOf(name), rig.box(message), rig.box(options));
      const error = boxObject(ours);
      expect(rig.text(Error_toString(ours))).toBe(String(theirs));
      for (const key of ['name', 'message', 'cause']) expect(rig.unbox(get_property(error, rig.string(key)))).toBe(theirs[key as 'cause']);
      expect(has_property(error, rig.box('cause'))).toBe('cause' in theirs);
      expect(rig.unbox(boxObject(own_keys(error)))).toEqual(Object.keys(theirs));
    });

  test('own fields are enumerated, message and cause are not', () => {
    const rig = createRig();
    const error = type_error(rig.string('no'));
    set_property(error, rig.string('code'), rig.box(7));
    set_property(error, rig.string('name'), rig.box('Custom'));
    set_property(error, rig.string('message'), rig.box('changed'));
    expect(rig.unbox(boxObject(own_keys(error)))).toEqual(['code', 'name']);
    expect(rig.text(Error_toString(unboxRef(error)))).toBe('Custom: changed');
    delete_property(error, rig.box('code'));
    expect(rig.unbox(boxObject(own_keys(error)))).toEqual(['name']);
    expect(rig.text(Error_toString(unboxRef(error)))).toBe('Custom: changed');
  });

  test('error_init sets what super() sets on an object of a class', () => {
    const rig = createRig();
    const error = error_new(classOf('Error'), UNDEFINED, UNDEFINED);
    error_init(error, rig.box('late'), UNDEFINED);
    expect(rig.text(Error_toString(error))).toBe('Error: late');
  });

  test('keep their trace, innermost first, up to 64 sites', () => {
    const rig = createRig();
    globals.error = range_error(rig.string('far'));
    for (let site = 1; site <= 100; site++) error_trace(site);
    const error = unboxRef(globals.error);
    expect(error_site_count(error)).toBe(64);
    expect(Array.from({ length: 64 }, (_, i) => error_site(error, i))).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  });

  test('a thrown value that is no error has no trace', () => {
    const rig = createRig();
    globals.error = rig.box('text');
    expect(() => error_trace(1)).not.toThrow();
  });
});

describe('calls of values', () => {
  test('pass self and arguments', () => {
    const rig = createRig();
    const f = rig.closureOfValues((args, self) => rig.box([...args.map((arg) => rig.unbox(arg)), rig.unbox(self)]));
    const result = call_value(f, rig.box('self'), 5, rig.box(1), rig.box(2), rig.box(3), rig.box(4), rig.array([rig.box(5)]));
    expect(rig.unbox(result)).toEqual([1, 2, 3, 4, 5, 'self']);
  });

  test.each([[5, '5'], [undefined, 'undefined'], ['abc', 'abc'], [{}, '#<Object>'], [[1], '[object Array]'], [new Error('hm'), 'Error: hm']])(
    'of %p say that it is not a function', (value, text) => {
      const rig = createRig();
      expect(() => rig.guest(() => call_value(rig.box(value), UNDEFINED, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0))).toThrow(`${text} is not a function`);
    });
});
