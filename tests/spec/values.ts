/**
 * Values of scripts as bits. Literals are read by assembling them, so that there is one reader of hexadecimal floats.
 */
import { readSource } from '../../jit/webassembly/read-source.js';
import type { Constant } from './script.js';

/** What a result must be. */
export type Expected =
  | { readonly kind: 'bits'; readonly bits: bigint }
  | { readonly kind: 'canonical' | 'arithmetic'; readonly type: 'f32' | 'f64' }
  | { readonly kind: 'null' | 'anyReference' }
  | { readonly kind: 'unknown'; readonly text: string };

const NUMERIC = /^([if](?:32|64))\.const$/;

/** The bits of all numeric literals among these, by their text. */
export function literalBits(constants: Iterable<Constant>): Map<string, bigint> {
  const texts = [...new Set([...constants].filter(({ head, argument }) => NUMERIC.test(head) && !isPattern(argument)).map(textOf))];
  const globals = texts.map((text) => `(global ${text.slice(1, 4)} ${text})`);
  const { module } = readSource(`(module ${globals.join('\n')})`, 'literals.wat');
  return new Map(module.globals.map(({ initial }, index) => [texts[index] ?? '', initial.kind === 'const' ? initial.bits : 0n]));
}

const textOf = ({ head, argument }: Constant): string => `(${head} ${argument})`;
const isPattern = (argument: string): boolean => argument === 'nan:canonical' || argument === 'nan:arithmetic';

/** Bits of an argument; an extern is its number from 1 on, null is 0; undefined for what cannot be given. */
export function argumentBits(constant: Constant, literals: ReadonlyMap<string, bigint>): bigint | undefined {
  if (constant.head === 'ref.null') return 0n;
  if (constant.head === 'ref.extern') return BigInt(constant.argument) + 1n;
  return literals.get(textOf(constant));
}

export function expectedOf(constant: Constant, literals: ReadonlyMap<string, bigint>): Expected {
  const { head, argument } = constant;
  const [, type] = NUMERIC.exec(head) ?? [];
  if ((type === 'f32' || type === 'f64') && isPattern(argument)) return { kind: argument === 'nan:canonical' ? 'canonical' : 'arithmetic', type };
  if (head === 'ref.null') return { kind: 'null' };
  if (head === 'ref.func' || (head === 'ref.extern' && argument === '')) return { kind: 'anyReference' };
  const bits = argumentBits(constant, literals);
  return bits === undefined ? { kind: 'unknown', text: textOf(constant) } : { kind: 'bits', bits };
}

const CANONICAL = { f32: 0x7fc00000n, f64: 0x7ff8000000000000n } as const;
const SIGN = { f32: 0x80000000n, f64: 0x8000000000000000n } as const;

export function matches(bits: bigint, expected: Expected): boolean {
  switch (expected.kind) {
    case 'bits':
      return bits === expected.bits;
    case 'canonical':
      return (bits & ~SIGN[expected.type]) === CANONICAL[expected.type];
    case 'arithmetic':
      return (bits & CANONICAL[expected.type]) === CANONICAL[expected.type];
    case 'null':
      return bits === 0n;
    case 'anyReference':
      return bits !== 0n;
    case 'unknown':
      return false;
  }
}

export const describeExpected = (expected: Expected): string =>
  expected.kind === 'bits' ? `0x${expected.bits.toString(16)}` : expected.kind === 'unknown' ? expected.text : expected.kind;
