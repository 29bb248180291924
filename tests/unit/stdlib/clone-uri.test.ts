import { describe, expect, test } from '@jest/globals';
import { boxObject, boxString } from '../../../jit/stdlib/intrinsics.js';
import { Map_get, Map$new } from '../../../jit/stdlib/map.js';
import { add, compare, to_number } from '../../../jit/stdlib/operators.js';
import { date_at } from '../../../jit/stdlib/date.js';
import { global_structuredClone } from '../../../jit/stdlib/structured-clone.js';
import { global_decodeURI, global_decodeURIComponent, global_encodeURI, global_encodeURIComponent } from '../../../jit/stdlib/uri.js';
import { createRig } from './rig.js';

const attempt = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
};

describe('structuredClone', () => {
  // A hole stays a hole.
  test.each([[5], ['x'], [undefined], [[1, , [2]]], [{ a: { b: [1, { c: null }] } }], [{}]])('of %p', (value) => { // eslint-disable-line no-sparse-arrays
    const rig = createRig();
    const v = rig.box(value);
    const copy = global_structuredClone(v);
    expect(rig.unbox(copy)).toStrictEqual(structuredClone(value));
    if (typeof value === 'object') expect(copy).not.toBe(v);
  });

  test('keeps rings and shared parts', () => {
    const rig = createRig();
    const shared = { s: 1 };
    const ring: Record<string, unknown> = { a: shared, b: [shared] };
    ring.self = ring;
    const back = rig.unbox(global_structuredClone(rig.box(ring))) as { a: object; b: object[]; self: object }; // as built
    expect(back.self).toBe(back);
    expect(back.b[0]).toBe(back.a);
  });

  test('copies maps, whose keys may be objects', () => {
    const rig = createRig();
    const map = Map$new(rig.box([['k', { deep: [1] }]]));
    const copy = global_structuredClone(boxObject(map));
    expect(rig.unbox(copy)).toEqual(new Map([['k', { deep: [1] }]]));
    expect(Map_get(Number(copy & 0xffffffffn), rig.box('k'))).not.toBe(Map_get(map, rig.box('k')));
  });

  test('keeps name, message and cause of errors', () => {
    const rig = createRig();
    const copy = rig.unbox(global_structuredClone(rig.box(new TypeError('t'))));
    expect(copy).toMatchObject({ name: 'TypeError', message: 't' });
  });

  test('refuses functions', () => {
    const rig = createRig();
    expect(attempt(() => rig.guest(() => global_structuredClone(rig.box({ f: () => 1 }))))).toMatch(/^DataCloneError: .* could not be cloned\.$/);
  });

  test('goes 50,000 levels down', () => {
    const rig = createRig();
    let v = rig.box(0);
    for (let i = 0; i < 50_000; i++) v = boxObject(rig.array([v]));
    expect(() => global_structuredClone(v)).not.toThrow();
  });
});

describe('URIs', () => {
  const texts = ['', 'abc', 'a b&c=d/e?f#g', 'äöü€', '\ud83d\ude00', ';,/?:@&=+$#', "-_.!~*'()", '\ud800', '\udc00x', '100%', '\u0000\u007f\u0080\u07ff\u0800\uffff'];
  test.each(texts.map((text) => [text]))('of %j', (text) => {
    const rig = createRig();
    const run = (ours: (s: number) => number, theirs: (s: string) => string, s: string): void =>
      expect(attempt(() => rig.guest(() => rig.text(ours(rig.string(s)))))).toBe(attempt(() => theirs(s)));
    run(global_encodeURIComponent, encodeURIComponent, text);
    run(global_encodeURI, encodeURI, text);
    run(global_decodeURIComponent, decodeURIComponent, text);
    const encoded = attempt(() => encodeURIComponent(text));
    if (typeof encoded === 'string') {
      run(global_decodeURIComponent, decodeURIComponent, encoded);
      run(global_decodeURI, decodeURI, encoded);
    }
  });

  test.each([['%'], ['%4'], ['%zz'], ['%80'], ['%c0%80'], ['%c3'], ['%c3%28'], ['%e0%80%80'], ['%ed%a0%80'], ['%f4%90%80%80'], ['%f0%9f%98%80'], ['%E2%82%ac'], ['%2F%3f%41'], ['%ff']])('%s is decoded as in V8', (text) => {
    const rig = createRig();
    expect(attempt(() => rig.guest(() => rig.text(global_decodeURIComponent(rig.string(text)))))).toBe(attempt(() => decodeURIComponent(text)));
    expect(attempt(() => rig.guest(() => rig.text(global_decodeURI(rig.string(text)))))).toBe(attempt(() => decodeURI(text)));
  });
});

test('dates are numbers in differences and orders, strings in sums', () => {
  const rig = createRig();
  const date = boxObject(date_at(86_400_000));
  expect(to_number(date)).toBe(86_400_000);
  expect(compare(date, boxObject(date_at(0)))).toBe(1);
  expect(rig.unbox(add(date, boxString(rig.string('!'))))).toMatch(/^Fri Jan 02 1970 .*!$/);
});
