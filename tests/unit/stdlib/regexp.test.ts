import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { REGEXP, TRAP, UNDEFINED } from '../../../jit/abi.js';
import { boxF64, boxObject, ReferenceTrap, type ref } from '../../../jit/stdlib/intrinsics.js';
import { RegExp$new, RegExp_exec } from '../../../jit/stdlib/regexp.js';
import { fold_point, fold_unit } from '../../../jit/stdlib/regexp-case.js';
import { String_match } from '../../../jit/stdlib/string-match.js';
import { String_replace, String_split } from '../../../jit/stdlib/string-replace.js';
import { createRig, type Rig } from './rig.js';

/** What happened: a value, or an error's text. */
function outcome(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : error };
  }
}

/** Ours and V8's answers to everything that can be asked of a pattern and a text. */
function compare(rig: Rig, pattern: string, flags: string, text: string): void {
  const theirs = outcome(() => new RegExp(pattern, flags));
  let ours: ref = 0;
  const made = outcome(() => {
    ours = rig.guest(() => RegExp$new(rig.box(pattern), rig.box(flags)));
    return null;
  });
  if ('error' in (theirs as object)) return expect(made).toEqual(theirs);
  expect(made).toEqual({ value: null });
  const expression = new RegExp(pattern, flags);
  const subject = rig.string(text);
  const list = (match: RegExpMatchArray | null): unknown => match && [...match];
  const ask = (what: string, native: () => unknown, guest: () => unknown): void => {
    expression.lastIndex = 0;
    rig.view.setBigUint64(ours + REGEXP.lastIndex, boxF64(0), true);
    expect({ what, pattern, flags, text, outcome: outcome(() => rig.guest(guest)) }).toEqual({ what, pattern, flags, text, outcome: outcome(native) });
  };
  ask('exec', () => list(expression.exec(text)), () => rig.unbox(RegExp_exec(ours, subject)));
  ask('match', () => list(text.match(expression)), () => rig.unbox(String_match(subject, boxObject(ours))));
  const template = '[$&|$1|$2|$`]';
  ask('replace', () => text.replace(expression, template), () => rig.text(String_replace(subject, boxObject(ours), rig.box(template))));
  ask('split', () => text.split(expression), () => rig.unbox(boxObject(String_split(subject, boxObject(ours), UNDEFINED))));
}

const flags = fc.constantFrom('', 'g', 'i', 'u', 'iu', 'gu', 'm', 's', 'gi', 'y', 'gy');
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'A', 'a', 'b', ' ', '\n', 'é', 'É', '😀', 'k', 'K', 'ſ', '1'), { maxLength: 14 }).map((units) => units.join(''));
const QUANTIFIERS = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,3}?', '{2,}', '{0,2}', '{3,70}'];
const ATOMS = [
  'a', 'b', 'c', 'A', '.', '[ab]', '[^a]', '[a-c]', '\\w', '\\W', '\\d', '\\s', '[\\Wa]', '[bé]', '^', '$', '\\b', '\\1', '\\2', 'é', '😀', 'k', '(?:)', '\\u0061',
];

/** Patterns whose groups are nested this deep. */
function patterns(depth: number): fc.Arbitrary<string> {
  const atoms = [fc.constantFrom(...ATOMS)];
  if (depth > 0) {
    const inner = patterns(depth - 1);
    atoms.push(fc.tuple(fc.constantFrom('', '', '?:', '?=', '?!', '?<=', '?<!'), inner).map(([kind, text]) => `(${kind}${text})`));
  }
  const term = fc.tuple(fc.oneof(...atoms), fc.constantFrom(...QUANTIFIERS))
    .map(([atom, quantifier]) => (/^(?:\^|\$|\\[bB]|\(\?<?[=!])/.test(atom) ? atom : atom + quantifier));
  const sequence = fc.array(term, { maxLength: 3 }).map((parts) => parts.join(''));
  return fc.array(sequence, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('|'));
}
const pattern = patterns(2);

describe('against V8', () => {
  test('random patterns on random texts', () => {
    let rig = createRig();
    let runs = 0;
    fc.assert(fc.property(pattern, flags, text, (source, letters, subject) => {
      if (++runs % 100 === 0) rig = createRig();
      compare(rig, source, letters, subject);
    }), { numRuns: 300 });
  });

  test.each([
    '(', ')', '[a', 'a**', '*', 'a{2,1}', '\\', '(?<n>a)(?<n>b)', '(?<n', '(?<a>x)\\k<b', '[b-a]', '{', '}', ']', '(?:', '(?<=a)*', '(?=a)*', '\\c', '\\_', '[\\d-z]',
    '[a-\\d]', '(?a)', '\\x1', '\\u12', '\\u{110000}', '\\u{61}', '(?<1a>x)', '\\01', '[\\1]', 'a{99999999999999,1}', '{1}', 'x{1}{1}', '\\k<a>', '\\k', '(?<a>.)\\k',
    '[\\b-\\B]', '\\2', '\\8', 'a{', 'a{1', 'a{,2}', '[\\c]', '[\\c1]', '\\10', '(a)\\10', '(?', '(?<', 'a{1}?', 'a+*', '^*', '\\b+', '[]]', '[^]]', '[\\ud83d\\ude00]', '\\1(a)', '[/]',
  ])('the grammar at its edges: %s', (source) => {
    for (const letters of ['', 'u', 'g']) compare(createRig(), source, letters, 'abc a1b ]{} 😀k<a> a{1 a{,2}\u0001');
  });

  test('all cases of all letters', () => {
    createRig();
    const letters = Array.from({ length: 0x1ffff }, (_, point) => point).filter((point) => (point & 0x1ff800) !== 0xd800 && /\p{L}|\p{M}|\p{N}|\p{So}/u.test(String.fromCodePoint(point)));
    const classes = (fold: (point: number) => number, most: number): Map<number, number[]> => {
      const found = new Map<number, number[]>();
      for (const point of letters) if (point <= most) found.set(fold(point), [...(found.get(fold(point)) ?? []), point]);
      return found;
    };
    for (const [fold, most, letter] of [[fold_unit, 0xffff, 'i'], [fold_point, 0x1ffff, 'iu']] as const) {
      for (const [, points] of classes(fold, most)) {
        if (points.length === 1) continue;
        const escaped = points.map((point) => (letter === 'i' ? `\\u${point.toString(16).padStart(4, '0')}` : `\\u{${point.toString(16)}}`));
        for (const each of escaped) expect(points.map((point) => new RegExp(`^${each}$`, letter).test(String.fromCodePoint(point)))).not.toContain(false);
      }
    }
  });
});

describe('fuel', () => {
  const spent = (source: string, subject: string): string => {
    const rig = createRig({ fuel: 400_000n, slice: 10_000, heapCap: 32 << 20 });
    try {
      const expression = rig.guest(() => RegExp$new(rig.box(source), rig.box('')));
      rig.guest(() => RegExp_exec(expression, rig.string(subject)));
      return 'ended';
    } catch (error) {
      return error instanceof ReferenceTrap && error.code === TRAP.fuel ? 'fuel' : String(error);
    }
  };

  test.each(['(a+)+$', '^(a|aa)+$', '(a*)*b', '(x+x+)+y|(a+a+)+b'])('%s takes time linear in the text', (source) => {
    expect(spent(source, `${'a'.repeat(500)}!`)).toBe('ended');
  });

  test('what references back make exponential is ended by fuel', () => {
    expect(spent('^(?:(a+)+\\1?)+$', `${'a'.repeat(40)}!`)).toBe('fuel');
  });
});
