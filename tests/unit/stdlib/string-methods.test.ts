import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UNDEFINED } from '../../../jit/abi.js';
import { boxObject, boxString, type val } from '../../../jit/stdlib/intrinsics.js';
import * as cases from '../../../jit/stdlib/string-case.js';
import { String_localeCompare } from '../../../jit/stdlib/string-collate.js';
import * as parts from '../../../jit/stdlib/string-methods.js';
import { String_normalize } from '../../../jit/stdlib/string-normalize.js';
import * as replacing from '../../../jit/stdlib/string-replace.js';
import * as searching from '../../../jit/stdlib/string-search.js';
import * as statics from '../../../jit/stdlib/string-static.js';
import { expectSame } from './outcomes.js';
import { createRig, type Rig } from './rig.js';

/** `s` a string, `n` a double, `v` a boxed value (undefined when missing), `r` an array of the rest; then the result's kind. */
const SIGNATURES: Readonly<Record<string, readonly [func: (...args: never[]) => unknown, params: string, result: 's' | 'n' | 'b' | 'v' | 'a']>> = {
  at: [parts.String_at, 'n', 'v'], charAt: [parts.String_charAt, 'n', 's'], charCodeAt: [parts.String_charCodeAt, 'n', 'n'],
  codePointAt: [parts.String_codePointAt, 'n', 'v'], slice: [parts.String_slice, 'vv', 's'], substring: [parts.String_substring, 'vv', 's'],
  substr: [parts.String_substr, 'vv', 's'], concat: [parts.String_concat, 'r', 's'], trim: [parts.String_trim, '', 's'],
  trimStart: [parts.String_trimStart, '', 's'], trimEnd: [parts.String_trimEnd, '', 's'], repeat: [parts.String_repeat, 'n', 's'],
  padStart: [parts.String_padStart, 'nv', 's'], padEnd: [parts.String_padEnd, 'nv', 's'],
  indexOf: [searching.String_indexOf, 'sv', 'n'], lastIndexOf: [searching.String_lastIndexOf, 'sv', 'n'],
  includes: [searching.String_includes, 'sv', 'b'], startsWith: [searching.String_startsWith, 'sv', 'b'],
  endsWith: [searching.String_endsWith, 'sv', 'b'], replace: [replacing.String_replace, 'vv', 's'],
  replaceAll: [replacing.String_replaceAll, 'vv', 's'], split: [replacing.String_split, 'vv', 'a'],
  toUpperCase: [cases.String_toUpperCase, '', 's'], toLowerCase: [cases.String_toLowerCase, '', 's'],
  localeCompare: [String_localeCompare, 's', 'n'], normalize: [String_normalize, 'v', 's'],
};

function passed(rig: Rig, params: string, args: readonly unknown[]): unknown[] {
  return [...params].map((kind, i) => {
    if (kind === 'r') return rig.array(args.slice(i).map((arg) => rig.box(arg)));
    if (kind === 's') return rig.string(String(args[i]));
    return kind === 'n' ? Number(args[i]) : i < args.length ? rig.box(args[i]) : UNDEFINED;
  });
}

function result(rig: Rig, kind: string, raw: unknown): unknown {
  if (kind === 's') return rig.text(raw as number); // as SIGNATURES says
  if (kind === 'v') return rig.unbox(raw as val); // as above
  return kind === 'a' ? JSON.stringify(rig.unbox(boxObject(raw as number))) : raw; // as above
}

function check(rig: Rig, name: string, self: string, args: readonly unknown[]): void {
  const [func, params, kind] = SIGNATURES[name]!; // names come from the table
  const call = func as (self: number, ...rest: unknown[]) => unknown; // the table says how it is called
  const method = (String.prototype as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!; // V8 has all of them
  expectSame([name, self, ...args], rig,
    () => result(rig, kind, call(rig.string(self), ...passed(rig, params, args))),
    () => (kind === 'a' ? JSON.stringify(method.apply(self, [...args])) : method.apply(self, [...args])));
}

const TEXTS = ['', 'a', 'hello world', '  spaced\t\n\u00a0\u2029\ufeff', 'aXbXc', 'ÄÖÜ straße ÿ µ', '日本語日本', 'a\ud83d\ude00b\ud83d', 'ab'.repeat(30)];
const INDICES = [0, 1, -1, 2.7, 5, -5, 100, -100, NaN, Infinity, -Infinity];

describe('methods of strings', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig({ memoryBytes: 256 << 20 });
  });

  test('with an index or two', () => {
    for (const text of TEXTS) {
      for (const i of INDICES) {
        for (const name of ['at', 'charAt', 'charCodeAt', 'codePointAt']) check(rig, name, text, [i]);
        for (const name of ['slice', 'substring', 'substr']) {
          check(rig, name, text, [i]);
          for (const j of INDICES) check(rig, name, text, [i, j]);
        }
      }
      for (const name of ['slice', 'trim', 'trimStart', 'trimEnd', 'toUpperCase', 'toLowerCase']) check(rig, name, text, []);
    }
  });

  test('that search, from any place', () => {
    for (const text of TEXTS) {
      for (const search of ['', 'a', 'X', 'o w', 'ab', 'ba', '日本', '\ud83d', 'not there', text, `${text}x`]) {
        for (const name of ['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith']) {
          check(rig, name, text, [search]);
          for (const i of INDICES) check(rig, name, text, [search, i]);
        }
      }
    }
  });

  test('that repeat, pad and join', () => {
    for (const count of [0, 1, 3, 2.9, -1, -0.5, NaN, Infinity, 2 ** 31]) check(rig, 'repeat', 'abc', [count]);
    check(rig, 'repeat', '', [2 ** 30]);
    for (const fill of [[], ['xy'], [''], ['日']]) {
      for (const width of [0, 3, 10, 10.9, NaN, -1]) for (const name of ['padStart', 'padEnd']) check(rig, name, 'abcd', [width, ...fill]);
    }
    check(rig, 'padEnd', 'abc', [2 ** 30]);
    check(rig, 'concat', 'a', [1, null, undefined, true, 'z']);
  });

  test('that replace by a string', () => {
    for (const name of ['replace', 'replaceAll']) {
      for (const pattern of ['X', '', 'aX', 'zz', 1]) {
        for (const by of ['-', '', '$$', '[$&]', '[$`]', "[$']", '$1', '$', '$<a>', 7]) check(rig, name, 'aXbXc1', [pattern, by]);
      }
    }
  });

  test('that replace by a function, called with match, place and text', () => {
    const calls: unknown[][] = [];
    const by = (...args: unknown[]): string => {
      calls.push(args);
      return `<${String(args[1])}>`;
    };
    const text = rig.text(replacing.String_replaceAll(rig.string('aXbX'), rig.box('X'), rig.closure(by)));
    expect(text).toBe('aXbX'.replaceAll('X', (_, at: number) => `<${at}>`));
    expect(calls).toEqual([['X', 1, 'aXbX'], ['X', 3, 'aXbX']]);
  });

  test('split, with limits', () => {
    for (const text of TEXTS) {
      for (const mark of [undefined, '', 'X', ' ', 'ab', '日', text]) {
        check(rig, 'split', text, [mark]);
        for (const limit of [undefined, 0, 1, 2, -1, 2 ** 32 + 1, 1.9]) check(rig, 'split', text, [mark, limit]);
      }
    }
  });

  test('case of all units and of the letters in plane 1', () => {
    for (let base = 0; base < 0x1f000; base += 128) {
      if (base >= 0xd800 && base < 0xe000) continue;
      const text = Array.from({ length: 128 }, (_, i) => String.fromCodePoint(base + i)).join('');
      check(rig, 'toUpperCase', text, []);
      check(rig, 'toLowerCase', text, []);
    }
    for (const text of ['ΑΣ', 'Σ', 'ΑΣΑ', 'A.Σ', 'ΑΣ.', 'ΑΣ.b', 'İstanbul', 'ﬁn', 'ŉ']) {
      check(rig, 'toUpperCase', text, []);
      check(rig, 'toLowerCase', text, []);
    }
  });

  test('localeCompare of ASCII and Latin letters with accents', () => {
    const letters = [...Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)), ...'ÀàÁáÂâÃãÄäÅåÇçÈèÉéÑñÖöØøÜüÝýÿ'];
    for (const a of letters) for (const b of letters) check(rig, 'localeCompare', a, [b]);
    fc.assert(fc.property(fc.array(fc.constantFrom(...'aAbBáÁàñ -1')), fc.array(fc.constantFrom(...'aAbBáÁàñ -1')), (a, b) => {
      check(rig, 'localeCompare', a.join(''), [b.join('')]);
    }));
  });

  test('localeCompare and normalize refuse by number what they have no tables for', () => {
    expect(() => rig.guest(() => String_localeCompare(rig.string('日'), rig.string('本')))).toThrow('BR2101');
    expect(() => rig.guest(() => String_normalize(rig.string('\u0439\u0301'), UNDEFINED))).toThrow('BR2102');
  });

  test('normalize leaves composed Latin text alone and knows its forms', () => {
    for (const form of [undefined, 'NFC']) check(rig, 'normalize', 'Grüße, naïve Ærø', [form]);
    for (const form of ['NFD', 'NFKC', 'NFKD', 'nfc']) check(rig, 'normalize', 'plain', [form]);
  });

  test('normalize takes Latin text apart and puts it together as Unicode says', () => {
    const range = (first: number, last: number): string[] => Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i));
    const letters = [...range(0x41, 0x7a), ...range(0xa0, 0x24f), ...range(0x1e00, 0x1eff)];
    const marks = range(0x300, 0x36f).filter((mark) => mark === '\u0342' || mark < '\u0340' || mark > '\u0344');
    const text = fc
      .array(fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...marks), fc.constantFrom('\u0301', '\u0323', '\u0302', '\u031b', '漢', '😀', '–', ' ')), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(fc.property(text, fc.constantFrom('NFC', 'NFD'), (given, form) => check(rig, 'normalize', given, [form])), { numRuns: 300 });
    for (const letter of letters) for (const form of ['NFC', 'NFD']) check(rig, 'normalize', letter, [form]);
  });
});

describe('code points', () => {
  let rig: Rig;
  beforeAll(() => {
    rig = createRig();
  });

  test('iteration goes by code points, lone surrogates by themselves', () => {
    const text = 'a\ud83d\ude00\ud83db\udc00';
    const seen: string[] = [];
    const s = rig.string(text);
    for (let i = 0; i < text.length; i += parts.string_code_point_units(parts.string_code_point_at(s, i))) {
      seen.push(rig.text(parts.string_code_point(s, i)));
    }
    expect(seen).toEqual([...text]);
  });

  test('isWellFormed and toWellFormed', () => {
    for (const text of ['', 'abc', '\ud83d\ude00', '\ud83d', 'a\udc00b\ud800', '\ude00\ud83d']) {
      const fixed = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
      expect(rig.text(parts.String_toWellFormed(rig.string(text)))).toBe(fixed);
      expect(parts.String_isWellFormed(rig.string(text))).toBe(fixed === text);
    }
  });

  test('fromCharCode, fromCodePoint and raw', () => {
    const list = (...items: unknown[]): number => rig.array(items.map((item) => rig.box(item)));
    const units = [72, 0x65e5, -1, 65536 + 65, '66', NaN];
    expect(rig.text(statics.String$fromCharCode(list(...units)))).toBe(String.fromCharCode(...units.map(Number)));
    expect(rig.text(statics.String$fromCodePoint(list(65, 0x1f600)))).toBe('A\u{1f600}');
    for (const bad of [-1, 1.5, 1114112, NaN]) {
      expectSame(bad, rig, () => statics.String$fromCodePoint(list(bad)), () => String.fromCodePoint(bad));
    }
    const raw = rig.text(statics.String$raw(rig.box({ raw: ['a\\n', 'b', 'c'] }), list(1, 2, 3)));
    expect(raw).toBe(String.raw({ raw: ['a\\n', 'b', 'c'] }, 1, 2, 3));
    expect(rig.unbox(boxString(statics.global_String(rig.box(null))))).toBe('null');
  });
});
