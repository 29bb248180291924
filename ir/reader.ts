/**
 * What all readers of IR text share: expectations on tokens, names, types, numbers, and faults with their place.
 *
 * Needs the lexer. A fault is thrown as `Fault` to where reading can go on, and is in `diagnostics` by then.
 */
import { lineAndColumn, type ParseCode, type ParseDiagnostic } from './diagnostics.js';
import type { SourceLocation } from './function.js';
import { Lexer, TOKEN } from './lexer.js';
import { TYPES, type Signature, type Type } from './types.js';

/** Thrown to leave a statement that was reported. */
export class Fault extends Error {}

export const PUNCTUATION = { open: 0x28, close: 0x29, comma: 0x2c, colon: 0x3a, equals: 0x3d, brace: 0x7b, unbrace: 0x7d, bracket: 0x5b, unbracket: 0x5d, at: 0x40, plus: 0x2b, hash: 0x23 } as const;

const TYPE_OF: ReadonlyMap<string, Type> = new Map(TYPES.map((type) => [type, type]));

export class Reader {
  readonly lexer: Lexer;

  constructor(
    text: string,
    from: number,
    readonly diagnostics: ParseDiagnostic[],
  ) {
    this.lexer = new Lexer(text, from);
    this.lexer.next();
  }

  report(code: ParseCode, message: string, offset = this.lexer.start): void {
    this.diagnostics.push({ code, message, offset, ...lineAndColumn(this.lexer.text, offset) });
  }

  fail(code: ParseCode, message: string): never {
    this.report(code, message);
    throw new Fault(message);
  }

  /** Fails with what stands here instead of what was wanted. */
  unexpected(wanted: string): never {
    const { lexer } = this;
    if (lexer.kind === TOKEN.bad) {
      this.fail('P1', lexer.word.startsWith('"') ? 'the string is not closed on its line' : `the character ${JSON.stringify(lexer.word)} has no meaning here`);
    }
    const found = lexer.kind === TOKEN.end ? 'the end of the text' : `'${lexer.word.slice(0, 40)}'`;
    return this.fail('P2', `expected ${wanted}, found ${found}`);
  }

  expect(punctuation: number): void {
    if (this.lexer.punctuation !== punctuation) this.unexpected(`'${String.fromCharCode(punctuation)}'`);
    this.lexer.next();
  }

  /** Takes the punctuation if it stands here. */
  take(punctuation: number): boolean {
    if (this.lexer.punctuation !== punctuation) return false;
    this.lexer.next();
    return true;
  }

  /** Takes the keyword if it stands here. */
  takeWord(word: string): boolean {
    if (this.lexer.kind !== TOKEN.name || this.lexer.word !== word) return false;
    this.lexer.next();
    return true;
  }

  /** A bare or quoted symbol. */
  symbol(what: string): string {
    const { lexer } = this;
    if (lexer.kind === TOKEN.string) return this.text();
    if (lexer.kind !== TOKEN.name) return this.unexpected(what);
    const { word } = lexer;
    lexer.next();
    return word;
  }

  /** A quoted text with JSON's escapes. */
  text(): string {
    if (this.lexer.kind !== TOKEN.string) this.unexpected('a quoted text');
    let text: unknown;
    try {
      text = JSON.parse(this.lexer.word);
    } catch {
      this.fail('P1', 'the text has an escape that JSON does not know');
    }
    if (typeof text !== 'string') this.unexpected('a quoted text');
    this.lexer.next();
    return text;
  }

  type(): Type {
    const type = this.lexer.kind === TOKEN.name ? TYPE_OF.get(this.lexer.word) : undefined;
    if (type === undefined) return this.unexpected('a type');
    this.lexer.next();
    return type;
  }

  types(): Type[] {
    this.expect(PUNCTUATION.open);
    const types: Type[] = [];
    while (!this.take(PUNCTUATION.close)) {
      if (types.length > 0) this.expect(PUNCTUATION.comma);
      types.push(this.type());
    }
    return types;
  }

  /** `(i32, val) -> (val, i32)`; one result needs no parentheses, none no arrow. */
  signature(): Signature {
    const params = this.types();
    if (this.lexer.kind !== TOKEN.arrow) return { params, results: [] };
    this.lexer.next();
    return { params, results: this.lexer.punctuation === PUNCTUATION.open ? this.types() : [this.type()] };
  }

  /** An integer between the bounds, in decimal or hexadecimal. */
  integer(least: number, most: number): number {
    const { lexer } = this;
    if (lexer.kind !== TOKEN.number) this.unexpected('an integer');
    const number = integerOf(lexer.word);
    if (!Number.isInteger(number)) this.unexpected('an integer');
    if (number < least || number > most) this.fail('P4', `${lexer.word} is not between ${least} and ${most}`);
    lexer.next();
    return number;
  }

  /** A 64-bit integer, signed or unsigned; gives the signed one with the same bits. */
  bigint(): bigint {
    const { lexer } = this;
    if (lexer.kind !== TOKEN.number || !/^(-?[0-9]+|-?0x[0-9a-fA-F]+)$/.test(lexer.word)) this.unexpected('an integer');
    const negative = lexer.word.startsWith('-');
    const magnitude = BigInt(negative ? lexer.word.slice(1) : lexer.word);
    const value = negative ? -magnitude : magnitude;
    if (value < -(2n ** 63n) || value >= 2n ** 64n) this.fail('P4', `${lexer.word} does not fit 64 bits`);
    lexer.next();
    return BigInt.asIntN(64, value);
  }

  /** A float: a decimal number, `inf`, `-inf` or `nan`. */
  float(): number {
    const { lexer } = this;
    const number = floatOf(lexer.word);
    if ((lexer.kind !== TOKEN.number && lexer.kind !== TOKEN.name) || number === undefined) return this.unexpected('a float');
    lexer.next();
    return number;
  }

  /** `@file:offset`, or nothing. */
  location(): SourceLocation | undefined {
    if (this.lexer.punctuation !== PUNCTUATION.at) return undefined;
    this.lexer.next();
    const file = this.integer(-1, 0xffff);
    this.expect(PUNCTUATION.colon);
    return { file, offset: this.integer(-1, 0x7fffffff) };
  }
}

function integerOf(word: string): number {
  if (/^-0x/.test(word)) return -Number(word.slice(1));
  return /^-?[0-9a-fA-Fx]+$/.test(word) ? Number(word) : NaN;
}

function floatOf(word: string): number | undefined {
  if (word === 'nan') return NaN;
  if (word === 'inf') return Infinity;
  if (word === '-inf') return -Infinity;
  if (!/^-?[0-9]/.test(word)) return undefined;
  const number = Number(word);
  return Number.isNaN(number) ? undefined : number;
}
