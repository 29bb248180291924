import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UNDEFINED } from '../../../jit/abi.js';
import * as formats from '../../../jit/stdlib/date-format.js';
import * as setters from '../../../jit/stdlib/date-set.js';
import * as dates from '../../../jit/stdlib/date.js';
import type { val } from '../../../jit/stdlib/intrinsics.js';
import { expectSame } from './outcomes.js';
import { createRig, type Rig } from './rig.js';

const OURS = { ...dates, ...formats, ...setters } as unknown as Readonly<Record<string, (self: number, ...args: unknown[]) => unknown>>; // by name below
const method = (date: Date, name: string): ((...args: number[]) => number) =>
  (date as unknown as Record<string, (...args: number[]) => number>)[name]!.bind(date); // names of Date's methods

/** Bounds of the range, of years, leap days, and of the forms of years. */
const TIMES = [
  0, -1, 1_700_000_000_123, NaN, 8.64e15, -8.64e15, -62198755200001, -62167219200000, 951782400000, 951868800000, 86399999, -86400000,
  253402300799999, 253402300800000, 4107542400000, 1e12, -1e12,
];
const time = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: -1e13, max: 1e13 }), fc.constantFrom(...TIMES));

const PARTS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const MOST_ARGUMENTS = [3, 2, 1, 4, 3, 2, 1];

const TEXTS = [
  '2023-01-02', '2023/01/02', '01/02/2023', 'Jan 2 2023', '2 Jan 2023 10:20', '2023-01-02 10:20', '2023-01-02T10:20Z', '2023-1-2',
  'Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)', 'Tue, 14 Nov 2023 22:13:20 GMT', '2023-01-02T24:00:00Z', '2023-01-02T24:00:01Z',
  '2023-13-01', '2023-02-31', '2023-02-30T00:00Z', 'abc', '', '2023', '2023-01-02T10:20:30.1234567Z', '2023-01-02T10:20:30.1+02:00',
  'January 5, 2021 3:04 PM GMT', '2023-01-02T10', '+012023-01-02', 'Mon Jan 02 2023 10:00:00 GMT-0500', 'Jan 32 2023', 'Feb 30 2023 UTC', '12:30',
  'Dec 25 1995 12:00 AM GMT', 'Dec 25 1995 13:00 PM', '25 Dec 1995 13:30 EST', 'Sat, 01-Jan-2000 00:00:00 GMT', '2000-01-01T00:00:00+24:00',
  '2023-01-02 10:20:30+0100', '2023T', '[1]', '1,2,2000', 'Jan 5, 2000]', '*1', 'a 1', 'é 1', '1;2', '--1', '1--', '(1', '1(', ')1', '20230102', 'Jan 1 2000 00:00 PDT', '1995-12-25T13:30-0500',
];

describe('Date, where the local zone is UTC', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig({ memoryBytes: 128 << 20 });
  });

  test('parts of any time', () => {
    fc.assert(fc.property(time, (at) => {
      for (const part of [...PARTS, 'Day']) {
        const expected = method(new Date(at), `getUTC${part}`)();
        expect(OURS[`Date_getUTC${part}`]!(dates.date_at(at))).toBe(expected); // all parts are there
        expect(OURS[`Date_get${part}`]!(dates.date_at(at))).toBe(expected); // as above
      }
    }), { numRuns: 300 });
  });

  test('setters with any number of arguments, in range or out of it', () => {
    const args = fc.array(fc.oneof(fc.integer({ min: -50, max: 100 }), fc.integer({ min: -4000, max: 4000 }), fc.constant(NaN)), { minLength: 4, maxLength: 4 });
    fc.assert(fc.property(time, fc.nat(PARTS.length - 1), fc.nat(3), args, (at, which, more, values) => {
      const [name, most] = [PARTS[which]!, MOST_ARGUMENTS[which]!]; // in range
      const given = values.slice(0, 1 + (more % most));
      const [date, ours] = [new Date(at), dates.date_at(at)];
      const boxed: val[] = Array.from({ length: most - 1 }, (_, i) => (i + 1 < given.length ? rig.box(given[i + 1]) : UNDEFINED));
      expect(OURS[`Date_set${name}`]!(ours, given[0], ...boxed)).toBe(method(date, `setUTC${name}`)(...given)); // all setters are there
      expect(dates.date_time(ours)).toBe(date.getTime());
    }), { numRuns: 500 });
  });

  test('text in all forms', () => {
    fc.assert(fc.property(time, (at) => {
      const date = new Date(at);
      const zone = { timeZone: 'UTC' };
      const text = (name: string): string => rig.text(OURS[`Date_${name}`]!(dates.date_at(at)) as number); // they give strings
      expectSame(at, rig, () => text('toISOString'), () => date.toISOString());
      expect(rig.unbox(formats.Date_toJSON(dates.date_at(at)))).toBe(date.toJSON());
      expect(text('toUTCString')).toBe(date.toUTCString());
      expect(text('toLocaleString')).toBe(date.toLocaleString('en-US', zone));
      expect(text('toLocaleDateString')).toBe(date.toLocaleDateString('en-US', zone));
      expect(text('toLocaleTimeString')).toBe(date.toLocaleTimeString('en-US', zone));
      if (Number.isNaN(at)) return;
      expect(text('toString')).toBe(`${text('toDateString')} ${text('toTimeString')}`);
      for (const form of [text('toString'), text('toUTCString'), text('toISOString')]) {
        expect([form, dates.Date$parse(rig.string(form))]).toEqual([form, Date.parse(form)]);
      }
    }), { numRuns: 300 });
  });

  test('reads what V8 reads', () => {
    for (const text of TEXTS) {
      const zoned = /GMT|UTC|Z|[+-]\d\d:?\d\d|EST|PDT/.test(text) || /^\d{4}(-\d\d){0,2}$/.test(text) ? text : `${text} UTC`;
      expect([zoned, dates.Date$parse(rig.string(zoned))]).toEqual([zoned, Date.parse(zoned)]);
    }
  });

  test('constructor and UTC', () => {
    const list = (items: readonly unknown[]): number => rig.array(items.map((item) => rig.box(item)));
    fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), fc.array(fc.integer({ min: -20, max: 100 }), { maxLength: 6 }), (year, rest) => {
      expect(dates.Date$UTC(list([year, ...rest]))).toBe(Date.UTC(year, ...(rest as [number])));
      if (rest.length > 0) expect(dates.date_time(dates.Date$new(list([year, ...rest])))).toBe(Date.UTC(year, ...(rest as [number])));
    }));
    for (const value of [0, 1.9, NaN, 1e16, '2023-01-02', 'junk', true, null]) {
      expect(dates.date_time(dates.Date$new(list([value])))).toBe(new Date(value as number).getTime());
    }
    expect(dates.date_time(dates.Date$new(list([])))).toBe(1_700_000_000_000);
  });
});
