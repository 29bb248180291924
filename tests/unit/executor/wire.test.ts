/** The host side of the wire: what crosses by which plan, what is refused and how the refusal reads. */
import { describe, expect, test } from '@jest/globals';
import { HostTypeError, PayloadLimitError } from '../../../executor/errors.js';
import { DEFAULT_LIMITS } from '../../../executor/limits.js';
import { wireCodec } from '../../../executor/wire.js';
import type { Plan } from '../../../jit/artifact.js';

const ANY: Plan = { kind: 'any' };
const encode = (value: unknown, plan: Plan = ANY, plans: readonly Plan[] = []): Uint8Array => wireCodec.encode(value, plan, plans, DEFAULT_LIMITS, 'result');
const decode = (payload: Uint8Array): unknown => wireCodec.decode(payload, (error) => error);
const back = (value: unknown, plan: Plan = ANY, plans: readonly Plan[] = []): unknown => decode(encode(value, plan, plans));

/** The HostTypeError's message, or what else happened. */
function refusal(run: () => unknown): string {
  try {
    return `took it as ${String(run())}`;
  } catch (error) {
    return error instanceof HostTypeError ? error.message : `${String(error)}`;
  }
}

const number: Plan = { kind: 'number' };
const string: Plan = { kind: 'string' };
const object = (fields: Record<string, Plan>, optional: readonly string[] = [], index?: Plan): Plan => ({
  kind: 'object',
  fields: Object.entries(fields).map(([name, plan]) => ({ name, plan, optional: optional.includes(name) })),
  ...(index && { index }),
});

describe('plain data', () => {
  const values: readonly unknown[] = [
    undefined, null, true, false, 0, -0, 1.5, NaN, Infinity, 2 ** 53, '', 'short', 'a longer string than sixteen units', 'ÿ', 'Ж', '😀'.repeat(20),
    '\ud800 alone', [], [1, [2, [3]]], {}, { a: 1, b: undefined, c: { d: null } }, { 2: 'two', b: 1, 1: 'one' },
    new Map<unknown, unknown>([['a', 1], [{ k: 1 }, new Map()]]), new Set([1, 'a']), new Date(1e12),
  ];
  test.each(values.map((value) => [value]))('%p comes back as it went', (value) => {
    expect(back(value)).toStrictEqual(value);
  });

  test.each([0n, 1n, -1n, 2n ** 32n - 1n, -(2n ** 64n), 123456789012345678901234567890n])('%p crosses where bigint is declared', (value) => {
    expect(back([value], { kind: 'array', item: { kind: 'bigint' } })).toStrictEqual([value]);
  });

  test('holes stay holes', () => {
    const items = back([1, , 3]) as unknown[]; // eslint-disable-line no-sparse-arrays
    expect([items.length, 1 in items, items[2]]).toEqual([3, false, 3]);
  });

  test('__proto__ is a field like others', () => {
    const sent: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}');
    const got = back(sent) as { a: number; admin?: unknown };
    expect(got.admin).toBeUndefined();
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(got, '__proto__')?.value).toEqual({ admin: true });
  });

  test('class instances cross as their own data', () => {
    class Point {
      #hidden = 1;
      x = 2;
      get sum(): number {
        return this.x + this.#hidden;
      }
    }
    expect(back(new Point())).toStrictEqual({ x: 2 });
  });

  test('a length is read once', () => {
    let reads = 0;
    const items = new Proxy([1, 2, 3], {
      get: (target, key, receiver) => {
        if (key === 'length') reads++;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(back(items)).toEqual([1, 2, 3]);
    expect(reads).toBe(1);
  });
});

describe('refusals name the path, what was expected and what came', () => {
  const cases: readonly [string, Plan, unknown, string][] = [
    ['a function', ANY, { f: () => 1 }, 'result.f: expected plain data, received a function'],
    ['a symbol', ANY, [Symbol('s')], 'result[0]: expected plain data, received a symbol'],
    ['a promise', ANY, { p: Promise.resolve() }, 'result.p: expected plain data, received an object (Promise)'],
    ['a bigint', ANY, [5n], 'result[0]: expected plain data, received 5n'],
    ['bytes', ANY, new Uint8Array(1), 'result: expected plain data, received an object (Uint8Array)'],
    ['a string for a number', number, '5', 'result: expected number, received "5"'],
    ['NaN is a number', number, NaN, 'took it as NaN'],
    ['null for a string', object({ name: string }), { name: null }, 'result.name: expected string, received null'],
    ['a missing property', object({ name: string }), {}, 'result.name: expected string, received nothing: the property is missing'],
    ['a deep one', object({ items: { kind: 'array', item: object({ id: number }) } }), { items: [{ id: 1 }, { id: 'x' }] }, 'result.items[1].id: expected number, received "x"'],
    ['odd keys', object({ 'a b': number }), { 'a b': true }, 'result["a b"]: expected number, received true'],
    ['a short tuple', { kind: 'tuple', items: [number, number] }, [1], 'result: expected a tuple of 2, received an array of 1'],
    ['no member of a union', { kind: 'union', of: [number, { kind: 'null' }] }, 'x', 'result: expected number | null, received "x"'],
    ['a literal', { kind: 'literal', value: 'ok' }, 'no', 'result: expected "ok", received "no"'],
    ['an array for an object', object({}), [], 'result: expected an object, received an array of 0'],
    ['an object for an array', { kind: 'array', item: ANY }, { length: 1 }, 'result: expected an array of plain data, received an object (Object)'],
    ['an index type', object({}, [], number), { a: 1, b: 'x' }, 'result.b: expected number, received "x"'],
    ['a Map value', { kind: 'map', key: string, value: number }, new Map([['a', 'x']]), 'result["value 0"]: expected number, received "x"'],
    ['a getter that throws', ANY, { get a(): number { throw new Error('no'); } }, 'result.a: expected plain data, received a property that throws when it is read'],
  ];
  test.each(cases)('%s', (_, plan, value, message) => {
    const answer = refusal(() => back(value, plan));
    expect(answer).toBe(message);
  });

  test('a cycle', () => {
    const ring: { self?: unknown } = {};
    ring.self = { ring };
    expect(refusal(() => encode(ring))).toBe('result.self.ring: expected plain data, received a value that contains itself');
  });

  test('one value in two places is no cycle', () => {
    const shared = { a: 1 };
    expect(back([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
  });
});

describe('plans', () => {
  test('fields that the type does not name cross too, functions among them are left behind', () => {
    expect(back({ id: 1, extra: [2], method: () => 1 }, object({ id: number }))).toEqual({ id: 1, extra: [2] });
  });

  test('optional fields may be missing or undefined', () => {
    const plan = object({ a: number, b: number }, ['b']);
    expect(back({ a: 1 }, plan)).toStrictEqual({ a: 1 });
    expect(back({ a: 1, b: undefined }, plan)).toStrictEqual({ a: 1, b: undefined });
  });

  test('void takes whatever the function gave', () => {
    expect(back(() => 5, { kind: 'undefined' })).toBeUndefined();
  });

  test('a union of objects is told by fields, deep differences by trial', () => {
    const byKind: Plan = { kind: 'union', of: [object({ kind: { kind: 'literal', value: 'a' }, x: number }), object({ kind: { kind: 'literal', value: 'b' }, y: string })] };
    expect(back({ kind: 'b', y: 's' }, byKind)).toEqual({ kind: 'b', y: 's' });
    expect(refusal(() => encode({ kind: 'b', y: 1 }, byKind))).toMatch(/^result: expected an object with kind, x \| an object with kind, y/);
    const byItem: Plan = { kind: 'union', of: [{ kind: 'array', item: number }, { kind: 'array', item: string }] };
    expect(back(['a'], byItem)).toEqual(['a']);
  });

  test('recursive types', () => {
    const plans: Plan[] = [object({ value: number, next: { kind: 'union', of: [{ kind: 'ref', plan: 0 }, { kind: 'null' }] } })];
    const list = { value: 1, next: { value: 2, next: null } };
    expect(back(list, { kind: 'ref', plan: 0 }, plans)).toEqual(list);
    expect(refusal(() => encode({ value: 1, next: { value: 'x', next: null } }, { kind: 'ref', plan: 0 }, plans))).toMatch(/^result\.next/);
  });

  test('no type makes checking exponential', () => {
    const either = (deep: Plan): Plan => ({ kind: 'union', of: [{ kind: 'array', item: deep }, { kind: 'array', item: deep }] });
    const plans: Plan[] = [{ kind: 'union', of: [either({ kind: 'ref', plan: 0 }), number] }];
    let value: unknown = 'wrong';
    for (let i = 0; i < 60; i++) value = [value];
    expect(refusal(() => encode(value, { kind: 'ref', plan: 0 }, plans))).toMatch(/^result/);
  });
});

describe('limits', () => {
  const limited = (value: unknown, limits: object): (() => unknown) => () => wireCodec.encode(value, ANY, [], { ...DEFAULT_LIMITS, ...limits }, 'result');
  test('bytes', () => {
    expect(limited('x'.repeat(1000), { payloadBytes: 500 })).toThrow(PayloadLimitError);
    expect(limited('x'.repeat(400), { payloadBytes: 500 })).not.toThrow();
  });
  test('depth', () => {
    let value: unknown = 1;
    for (let i = 0; i < 50; i++) value = [value];
    expect(limited(value, { payloadDepth: 49 })).toThrow(/payloadDepth/);
    expect(limited(value, { payloadDepth: 50 })).not.toThrow();
  });
});

describe('errors', () => {
  const thrown = (error: unknown): unknown => decode(wireCodec.encodeError(error, DEFAULT_LIMITS));
  test('keep name, message, cause and own fields; not the stack of the host', () => {
    const error = Object.assign(new TypeError('bad', { cause: new Error('why') }), { code: 'E1', f: () => 1 });
    expect(thrown(error)).toEqual({
      name: 'TypeError', message: 'bad', trace: [], fields: { code: 'E1', cause: { name: 'Error', message: 'why', trace: [], fields: {} } },
    });
  });
  test('any value can be thrown', () => {
    expect(thrown('text')).toBe('text');
    expect(thrown(undefined)).toBeUndefined();
    expect(thrown(() => 1)).toMatchObject({ name: 'Error' });
  });
  test('never fails', () => {
    const evil = new Proxy(new Error('x'), { get: () => { throw new Error('trap'); }, ownKeys: () => { throw new Error('trap'); } });
    expect(thrown(evil)).toMatchObject({ name: 'Error' });
  });
});

describe('malformed payloads', () => {
  test('are refused without harm', () => {
    const good = encode({ a: [1, 'text', { b: new Map([[1, 2]]) }] });
    for (let cut = 1; cut < good.length; cut++) expect(() => decode(good.slice(0, cut))).toThrow();
    expect(() => decode(new Uint8Array([7, 255, 255, 255, 255]))).toThrow(/malformed/);
    expect(() => decode(new Uint8Array([200]))).toThrow(/malformed/);
  });
});
