/** Values of the guest cross to the host and back unchanged; logs print what Node's console prints for the originals. */
import { format } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../executor/limits.js';
import { formatLog, wireCodec } from '../../../executor/wire.js';
import {
  BLOB, CLASS, CLOSURE, FUNCTION_FLAGS, FUNCTION_INFO, HEADER, KIND, OBJECT, RECORD, TRAP, UNDEFINED, WIRE,
} from '../../../jit/abi.js';
import { block_alloc, block_free } from '../../../jit/stdlib/blocks.js';
import { table_new, table_set } from '../../../jit/stdlib/hash-table.js';
import { alloc_array, alloc_blob, alloc_closure } from '../../../jit/stdlib/heap.js';
import {
  ReferenceTrap, boxF64, boxObject, classOf, load32, store32, storeRef, storeVal, unboxRef, type ref, type val,
} from '../../../jit/stdlib/intrinsics.js';
import { array_of_holes, array_push, array_set } from '../../../jit/stdlib/arrays.js';
import { log } from '../../../jit/stdlib/log.js';
import { object_new } from '../../../jit/stdlib/objects.js';
import { promise_alloc, promise_reject, promise_resolve } from '../../../jit/stdlib/promise-core.js';
import { set_property } from '../../../jit/stdlib/properties.js';
import { string_concat } from '../../../jit/stdlib/strings.js';
import { WIRE_MODE } from '../../../jit/stdlib/wire-mode.js';
import { wire_value } from '../../../jit/stdlib/wire-read.js';
import { wire_record } from '../../../jit/stdlib/wire-write.js';
import { createRig, type Rig } from './rig.js';

const payloadOf = (rig: Rig, record: number): Uint8Array =>
  new Uint8Array(rig.view.buffer, record + RECORD.payload, load32(record, RECORD.byteLength));

function sent(rig: Rig, value: val): Uint8Array {
  return payloadOf(rig, wire_record(value, WIRE_MODE.count));
}

function received(rig: Rig, payload: Uint8Array): val {
  const record = block_alloc(RECORD.payload + payload.length);
  store32(record, RECORD.byteLength, payload.length);
  new Uint8Array(rig.view.buffer).set(payload, record + RECORD.payload);
  const value = wire_value(record);
  block_free(record);
  return value;
}

const encode = (value: unknown): Uint8Array => wireCodec.encode(value, { kind: 'any' }, [], DEFAULT_LIMITS, 'value');
const decode = (payload: Uint8Array): unknown => wireCodec.decode(payload, (error) => error);

describe('values', () => {
  const values: readonly unknown[] = [
    undefined, null, true, false, 0, -0, 1.5, NaN, '', 'text', 'wide Ж', 'long '.repeat(100), [], [1, 'x', [null]], {}, { a: 1, b: { c: [] } },
    { 2: 'two', b: 1, 1: 'one' }, Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key${i}`, i])), [1, , 3], // eslint-disable-line no-sparse-arrays
  ];
  test.each(values.map((value) => [value]))('%p goes host, guest, host', (value) => {
    const rig = createRig();
    const inside = received(rig, encode(value));
    expect(rig.unbox(inside)).toStrictEqual(value);
    expect(decode(sent(rig, inside))).toStrictEqual(value);
  });

  test('Map and Set', () => {
    const rig = createRig();
    const value = [new Map<unknown, unknown>([['a', 1], [2, new Set(['x'])]]), new Set([1])];
    expect(decode(sent(rig, received(rig, encode(value))))).toStrictEqual(value);
  });

  test('dates', () => {
    const rig = createRig();
    const value = [new Date(1e12), new Date(-1.5)];
    expect(decode(sent(rig, received(rig, encode(value))))).toStrictEqual(value);
  });

  test('a node that programs have no value for is a TypeError', () => {
    const rig = createRig();
    expect(() => rig.guest(() => received(rig, new Uint8Array([WIRE.promise, 0, 0, 0, 0, 0])))).toThrow('cannot take');
  });

  test('errors of the host are errors of the guest, class, cause and own fields included', () => {
    const rig = createRig();
    const error = Object.assign(new RangeError('far', { cause: new Error('why') }), { code: 5 });
    const inside = received(rig, wireCodec.encodeError(error, DEFAULT_LIMITS));
    expect(rig.unbox(inside)).toMatchObject({ name: 'RangeError', message: 'far', code: 5 });
    expect(decode(sent(rig, inside))).toEqual({
      name: 'RangeError', message: 'far', trace: [], fields: { code: 5, cause: { name: 'Error', message: 'why', trace: [], fields: {} } },
    });
  });

  test('an error of a name that the library lacks keeps it', () => {
    const rig = createRig();
    const error = Object.assign(new Error('slow'), { name: 'TimeoutError' });
    const inside = received(rig, wireCodec.encodeError(error, DEFAULT_LIMITS));
    expect(decode(sent(rig, inside))).toMatchObject({ name: 'TimeoutError', message: 'slow', fields: {} });
  });

  test('ropes and slices cross as the strings they are', () => {
    const rig = createRig();
    const rope = string_concat(rig.string('a'.repeat(40)), rig.string('Ж'.repeat(40)));
    expect(decode(sent(rig, rig.box([rig.text(rope)])))).toEqual(['a'.repeat(40) + 'Ж'.repeat(40)]);
    const array = alloc_array(1);
    array_push(array, (0xfffbn << 48n) | BigInt(rope));
    expect(decode(sent(rig, boxObject(array)))).toEqual(['a'.repeat(40) + 'Ж'.repeat(40)]);
  });

  test('NaN payloads from outside are made canonical', () => {
    const rig = createRig();
    const payload = encode(NaN).slice();
    payload.set([1, 0, 0, 0, 0, 0, 0xfa, 0xff], 1);
    expect(received(rig, payload)).toBe(boxF64(NaN));
  });

  test('what the host cannot take is refused by the host, with its path', () => {
    const rig = createRig();
    const ring = alloc_array(1);
    array_push(ring, boxObject(ring));
    expect(() => decode(sent(rig, boxObject(ring)))).toThrow('value[0]: expected plain data, received a value that contains itself');
    const holder = rig.object({ f: rig.closure(() => 1), p: boxObject(promise_alloc()) });
    expect(() => decode(sent(rig, boxObject(holder)))).toThrow('value.f: expected plain data, received a function');
  });

  test('an error arrives whatever its fields hold', () => {
    const rig = createRig();
    const error = unboxRef(rig.box(Object.assign(new Error('with'), { f: 0, p: 0, self: 0, list: 0 })));
    const set = (name: string, value: val): void => set_property(boxObject(error), rig.string(name), value);
    set('f', rig.closure(function retry() { return 1; }));
    set('p', boxObject(promise_alloc()));
    set('self', boxObject(error));
    set('list', boxObject(rig.array([rig.closure(() => 1), boxF64(2)])));
    expect(decode(sent(rig, boxObject(error)))).toMatchObject({
      name: 'Error', message: 'with', fields: { f: '[Function: retry]', p: '[Promise]', self: '[Circular]', list: ['[Function: ]', 2] },
    });
  });

  test('a value nested too deep is refused, not overflown', () => {
    const rig = createRig();
    let value = rig.box(1);
    for (let i = 0; i < 5000; i++) {
      const outer = alloc_array(1);
      array_push(outer, value);
      value = boxObject(outer);
    }
    expect(() => decode(sent(rig, value))).toThrow(/a value nested too deep/);
  });

  test('a payload over its limit traps, also when shared parts make it so', () => {
    const rig = createRig();
    let value = rig.box('x'.repeat(100));
    for (let i = 0; i < 60; i++) value = boxObject(rig.array([value, value]));
    expect(() => sent(rig, value)).toThrow(ReferenceTrap);
    expect(load32(rig.header, HEADER.trapCode)).toBe(0);
  });
});

// Logs ----------------------------------------------------------------------------------------------------------------

/** Guest twins of JavaScript values that a log can show. */
class Twins {
  private readonly made = new Map<unknown, val>();
  private readonly classes = new Map<unknown, ref>();
  constructor(private readonly rig: Rig) {}

  of(js: unknown): val {
    if ((typeof js !== 'object' && typeof js !== 'function') || js === null) return this.rig.box(js);
    const known = this.made.get(js);
    if (known !== undefined) return known;
    if (typeof js === 'function') return this.keep(js, this.func(js));
    if (Array.isArray(js)) return this.array(js);
    if (js instanceof Map) return this.map(js);
    if (js instanceof Set) return this.set(js);
    if (js instanceof Promise) return this.keep(js, this.promise(js));
    return this.object(js);
  }

  private keep(js: unknown, value: val): val {
    this.made.set(js, value);
    return value;
  }

  private array(js: readonly unknown[]): val {
    const array = array_of_holes(js.length);
    const value = this.keep(js, boxObject(array));
    for (let i = 0; i < js.length; i++) {
      if (i in js) array_set(array, i, this.of(js[i]));
    }
    return value;
  }

  private map(js: ReadonlyMap<unknown, unknown>): val {
    const table = table_new(KIND.map);
    const value = this.keep(js, boxObject(table));
    for (const [key, item] of js) table_set(table, this.of(key), this.of(item));
    return value;
  }

  private set(js: ReadonlySet<unknown>): val {
    const table = table_new(KIND.set);
    const value = this.keep(js, boxObject(table));
    for (const item of js) table_set(table, this.of(item), UNDEFINED);
    return value;
  }

  private func(js: object): val {
    const text = Function.prototype.toString.call(js);
    const info = this.rig.allocate(FUNCTION_INFO.bytes);
    store32(info, FUNCTION_INFO.name, this.rig.string((js as { name: string }).name)); // functions have names
    const isClass = text.startsWith('class');
    const flags = (text.startsWith('async') ? FUNCTION_FLAGS.async : 0) | (text.includes('*') ? FUNCTION_FLAGS.generator : 0);
    store32(info, FUNCTION_INFO.flags, isClass ? FUNCTION_FLAGS.class : flags);
    const captured = isClass ? [boxObject(object_new()), boxF64(this.classOf(js))] : [];
    store32(info, FUNCTION_INFO.captureCount, captured.length);
    const closure = alloc_closure(0, info, captured.length);
    captured.forEach((value, index) => storeVal(closure, CLOSURE.captures + 8 * index, value));
    for (const [key, item] of Object.entries(js)) set_property(boxObject(closure), this.rig.string(key), this.of(item));
    return boxObject(closure);
  }

  private classOf(js: object): ref {
    const known = this.classes.get(js);
    if (known !== undefined) return known;
    const name = (js as { name: string }).name; // a class
    if (globalThis[name as keyof typeof globalThis] === js) return classOf(name);
    const made = this.rig.allocate(CLASS.bytes);
    this.classes.set(js, made);
    store32(made, CLASS.name, this.rig.string(name));
    const parent: unknown = Object.getPrototypeOf(js);
    if (typeof parent === 'function' && parent !== Function.prototype) store32(made, CLASS.parent, this.classOf(parent));
    return made;
  }

  private promise(js: Promise<unknown>): val {
    const promise = promise_alloc();
    const state = states.get(js);
    if (state?.status === 'fulfilled') promise_resolve(promise, this.of(state.value));
    if (state?.status === 'rejected') promise_reject(promise, this.of(state.value));
    return boxObject(promise);
  }

  private object(js: object): val {
    const isError = js instanceof Error;
    const constructor: unknown = Object.getPrototypeOf(js).constructor;
    const isPlain = constructor === Object;
    const object = this.rig.object({}, { kind: isError ? KIND.error : KIND.object, class: isPlain ? 0 : this.classOf(constructor as object) }); // a class
    const value = this.keep(js, boxObject(object));
    const names = isError ? ['message', 'cause', 'errors', ...Object.keys(js)] : Object.keys(js);
    for (const name of names) {
      if (Object.hasOwn(js, name)) set_property(value, this.rig.string(name), this.of(Reflect.get(js, name)));
    }
    if (isError) {
      const trace = alloc_blob(8);
      store32(trace, BLOB.data, 1);
      store32(trace, BLOB.data + 4, 42);
      storeRef(object, OBJECT.trace, trace);
    }
    return value;
  }
}

/** Without the marks that asynchronous hooks of the test runner leave on promises. */
function unmarked<P extends object>(promise: P): P {
  for (const key of Object.getOwnPropertySymbols(promise)) Reflect.deleteProperty(promise, key);
  return promise;
}

const states = new Map<unknown, { readonly status: 'fulfilled' | 'rejected'; readonly value: unknown }>();
function settledPromise(status: 'fulfilled' | 'rejected', value: unknown): Promise<unknown> {
  const promise = status === 'fulfilled' ? Promise.resolve(value) : Promise.reject(value);
  promise.catch(() => {});
  states.set(promise, { status, value });
  return unmarked(promise);
}

const SITE = '    at f (snippet.ts:1:2)';
/** With a stack of one line, as the guest's trace of site 42 has. */
function stacked<E extends Error>(error: E): E {
  Object.defineProperty(error, 'stack', { value: `${String(error)}\n${SITE}`, writable: true, configurable: true });
  return error;
}

function logged(rig: Rig, args: readonly unknown[]): string {
  const twins = new Twins(rig);
  const array = alloc_array(args.length);
  for (const arg of args) array_push(array, twins.of(arg));
  store32(rig.header, HEADER.outboxHead, 0);
  log(0, array);
  return formatLog(payloadOf(rig, load32(rig.header, HEADER.outboxHead)), 0, (trace) => trace.map((site) => (site === 42 ? SITE : `site ${site}`)));
}

class Point {
  x = 1;
  y = [2];
}
class Empty {}
class Named extends Point {
  label = 'n';
}
class MyError extends Error {
  code = 7;
}
class OwnName extends Error {
  override name = 'Renamed';
}
class Deep extends TypeError {}
const ring: Record<string, unknown> = { a: 1 };
ring['self'] = ring;
ring['list'] = [ring, { up: ring }];
const pair: { left: Record<string, unknown>; right: Record<string, unknown> } = { left: {}, right: {} };
pair.left['to'] = pair.right;
pair.right['to'] = pair.left;
const ringMap = new Map<unknown, unknown>();
ringMap.set('me', ringMap);
const ringError = stacked(new Error('round'));
Object.assign(ringError, { self: ringError });
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('logs print what Node prints', () => {
  const cases: readonly (readonly unknown[])[] = [
    [], ['text'], ['a', 'b', 1, null, undefined, true, -0], ['%s is %d and %i', 'x', 1.5, 2.7], ['%o', { a: { b: { c: { d: {} } } } }],
    ['%O', { a: { b: { c: { d: 1 } } } }], ['%j', { a: [{ b: { c: { d: { e: 1 } } } }] }], ['100%', 5], ['%s', 'a', 'b', [1]], ['%c styled', 'color: red'],
    ['it\'s', ['it\'s', 'say "x"', 'both \' "', 'line\nbreak']], [[]], [[1, 2, 3]], [['a', ['b', ['c', ['d', ['e']]]]]],
    [{}], [{ a: 1, 'b-c': 2, 3: 4 }], [{ a: { b: { c: { d: 1 } } } }], [{ a: { b: { c: {} } } }], [{ a: { b: { c: [] } } }], [{ a: { b: { c: [1] } } }],
    [range(100)], [range(101)], [range(150)], [range(1000)], [range(120).map(String)], [[...range(99), 'x', 'y', 'z']], [range(7).map((i) => i * 1000.5)],
    [[1, , 3]], [[, , 1]], [new Array(5)], // eslint-disable-line no-sparse-arrays
    [{ text: 'x'.repeat(200) }], [['x'.repeat(50), 'y'.repeat(50)]], [{ list: range(30), name: 'wide', nested: { list: range(30) } }],
    [new Map<unknown, unknown>([['a', 1], [{ k: 1 }, [2]]])], [new Set([1, 'a', { b: 1 }])], [new Map()], [new Set()], [{ m: new Map([[1, new Map([[2, new Map([[3, new Map()]])]])]]) }],
    [new Map(range(150).map((i) => [i, i]))], [new Set(range(150))], [new Set(range(101))], [new Map(range(100).map((i) => [i, i]))],
    [new Point()], [new Empty()], [new Named()], [{ p: new Point(), e: new Empty() }], [{ a: { b: { c: new Point() } } }], [{ a: { b: { c: new Empty() } } }],
    [function named() {}], [() => {}], [async () => {}], [function* gen() {}], [async function* agen() {}], [class A {}], [class {}], [Point], [Named], [Object.assign(() => {}, { cancel() {}, ms: 5 })], [class S { static limit = 3; }], [{ f() {}, g: () => {}, h: async () => {} }],
    [unmarked(new Promise(() => {}))], [settledPromise('fulfilled', 5)], [settledPromise('fulfilled', { a: [1] })], [settledPromise('rejected', 'no')], [{ p: settledPromise('fulfilled', undefined) }],
    [ring], [[ring]], [pair.left], [ringMap], [{ ring, side: pair.left }],
    [stacked(new Error('boom'))], [stacked(new TypeError('bad'))], [stacked(new Error(''))], [stacked(new Error())], ['failed:', stacked(new RangeError('far'))],
    [{ error: stacked(new Error('inside')) }], [{ a: { b: { c: stacked(new Error('deep')) } } }], [[stacked(new Error('listed'))]],
    [stacked(new MyError('mine'))], [stacked(new OwnName('own'))], [stacked(new Deep('deep'))], [{ e: stacked(new MyError('mine')) }],
    [stacked(new Error('outer', { cause: stacked(new Error('inner')) }))], [stacked(new Error('outer', { cause: 'text' }))], [stacked(new Error('outer', { cause: { code: 1 } }))],
    [stacked(new AggregateError([stacked(new Error('one')), 2], 'many'))], [stacked(Object.assign(new Error('fields'), { code: 'E', info: { a: [1] } }))],
    [stacked(new Error('two\nlines'))], [settledPromise('rejected', stacked(new Error('in promise')))], [ringError], [{ a: { b: { c: stacked(new MyError('deep')) } } }],
    ['%s', stacked(new Error('as text'))], ['%s', { a: 1 }], ['%s', [1, [2, [3]]]], ['%d', 'x'], ['%i', '42.9px'], ['%f', '1.5'], ['%s', null, undefined],
    [{ undefined: undefined, null: null, bool: false, neg: -0, nan: NaN, big: 1e21 }], [{ __proto__x: 1, constructor: 'field', toString: 'own' }],
    ['many', { a: 1 }, [2], 'three', null], [{ key: 'Ж', 'ключ': 1 }], [{ a: 'x'.repeat(12000) }],
    [Array.from({ length: 30 }, (_, i) => ({ id: i, name: `name${i}`, tags: ['a', 'b'] }))], [{ deep: [[[[1]]]], map: new Map([['k', { v: [1, { w: 2 }] }]]) }],
  ];
  test.each(cases.map((args, i) => [i, format(...args).slice(0, 60), args] as const))('%i %s', (_, __, args) => {
    expect(logged(createRig({ memoryBytes: 8 << 20 }), args)).toBe(format(...args));
  });

  test('the bytes of all logs are counted, and too many trap', () => {
    const rig = createRig();
    logged(rig, ['x'.repeat(1000)]);
    expect(load32(rig.header, HEADER.logBytes)).toBeGreaterThan(1000);
    store32(rig.header, HEADER.logCap, 2500);
    logged(rig, ['x'.repeat(1000)]);
    const trapped = (): string => logged(rig, ['x'.repeat(1000)]);
    expect(trapped).toThrow(ReferenceTrap);
    expect(trapped).toThrow(`trap ${TRAP.logs}`);
  });

  test('a long array costs no more than what is printed', () => {
    const rig = createRig();
    logged(rig, [range(10_000)]);
    expect(load32(rig.header, HEADER.logBytes)).toBeLessThan(2000);
  });
});

