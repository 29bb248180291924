/**
 * Tokens of the IR text form, one at a time without allocating.
 *
 * Holds a position in the text and the facts of the current token in fields. Comments run from `;` to the line's end.
 * Strings stay on one line; a backslash takes the next character with it. The parser decodes them.
 */

/** Kinds of token. `value` is `v` and digits, `block` is `block` and digits; other names are `name`. */
export const TOKEN = { end: 0, name: 1, value: 2, block: 3, number: 4, string: 5, punctuation: 6, arrow: 7, bad: 8 } as const;

const CLASS_NAME_START = 1;
const CLASS_DIGIT = 2;
const CLASS_SPACE = 4;
const CLASS_NAME_REST = 8;

const CLASS_OF = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(char)) CLASS_OF[code] = CLASS_NAME_START | CLASS_NAME_REST;
  else if (/[0-9]/.test(char)) CLASS_OF[code] = CLASS_DIGIT | CLASS_NAME_REST;
  else if (char === '.') CLASS_OF[code] = CLASS_NAME_REST;
  else if (/[ \t\r\n]/.test(char)) CLASS_OF[code] = CLASS_SPACE;
}

const classOf = (code: number): number => CLASS_OF[code] ?? 0;
const NEWLINE = 10;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;
const MINUS = 0x2d;
const GREATER = 0x3e;
const PLUS = 0x2b;
const LOWER_V = 0x76;
const LOWER_B = 0x62;
const LOWER_E = 0x65;
const LOWER_I = 0x69;

export class Lexer {
  /** A TOKEN. */
  kind = 0;
  start = 0;
  end: number;
  /** The id of a `value` or `block` token. */
  id = 0;
  /** The character code of a `punctuation` token, else 0. */
  punctuation = 0;
  /** True when the token is the first of its line. */
  firstOfLine = true;

  constructor(
    readonly text: string,
    from = 0,
  ) {
    this.end = from;
  }

  /** The text of the token. */
  get word(): string {
    return this.text.substring(this.start, this.end);
  }

  next(): void {
    this.#skipSpace();
    const { text } = this;
    const start = this.end;
    const code = start < text.length ? text.charCodeAt(start) : -1;
    this.start = start;
    this.punctuation = 0;
    const kindOfChar = code < 0 ? 0 : classOf(code);
    if (kindOfChar & CLASS_NAME_START) this.#name(code);
    else if (kindOfChar & CLASS_DIGIT) this.#number();
    else if (code < 0) this.kind = TOKEN.end;
    else if (code === QUOTE) this.#string();
    else if (code === MINUS) this.#minus();
    else this.#punctuation(code);
  }

  /** Moves behind the end of the current line; the next token is the first of its line. */
  skipLine(): void {
    const found = this.text.indexOf('\n', this.end);
    this.end = found < 0 ? this.text.length : found;
    this.next();
  }

  #skipSpace(): void {
    const { text } = this;
    let at = this.end;
    let first = at === 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        first = true;
      } else if (code === SEMICOLON) {
        const newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length - 1 : newline - 1;
      } else if (!(classOf(code) & CLASS_SPACE)) {
        break;
      }
    }
    this.firstOfLine = first;
    this.end = at;
  }

  #name(first: number): void {
    const { text } = this;
    let at = this.start + 1;
    while (at < text.length && classOf(text.charCodeAt(at)) & CLASS_NAME_REST) at++;
    this.end = at;
    this.kind = TOKEN.name;
    if (first === LOWER_V && this.#digits(this.start + 1)) this.kind = TOKEN.value;
    else if (first === LOWER_B && text.startsWith('block', this.start) && this.#digits(this.start + 5)) this.kind = TOKEN.block;
  }

  /** Reads the rest of the token as a decimal id; false if it is anything else. */
  #digits(from: number): boolean {
    if (from >= this.end) return false;
    let id = 0;
    for (let at = from; at < this.end; at++) {
      const code = this.text.charCodeAt(at);
      if (!(classOf(code) & CLASS_DIGIT)) return false;
      id = id * 10 + code - 0x30;
    }
    this.id = id;
    return true;
  }

  /** Digits, letters and dots, and a sign behind the `e` of a decimal number. */
  #number(): void {
    const { text } = this;
    let at = this.end + 1;
    const hexadecimal = text.startsWith('0x', this.end);
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (classOf(code) & CLASS_NAME_REST) continue;
      const exponentSign = (code === PLUS || code === MINUS) && !hexadecimal && text.charCodeAt(at - 1) === LOWER_E;
      if (!exponentSign) break;
    }
    this.end = at;
    this.kind = TOKEN.number;
  }

  #minus(): void {
    const next = this.start + 1 < this.text.length ? this.text.charCodeAt(this.start + 1) : 0;
    this.end = this.start + 1;
    if (next === GREATER) {
      this.end++;
      this.kind = TOKEN.arrow;
    } else if (classOf(next) & CLASS_DIGIT || next === LOWER_I) {
      this.#number();
    } else {
      this.kind = TOKEN.bad;
    }
  }

  #string(): void {
    const { text } = this;
    let at = this.start + 1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || code === NEWLINE) break;
      if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at++;
    }
    const closed = at < text.length && text.charCodeAt(at) === QUOTE;
    this.end = closed ? at + 1 : Math.min(at, text.length);
    this.kind = closed ? TOKEN.string : TOKEN.bad;
  }

  #punctuation(code: number): void {
    this.end = this.start + 1;
    this.punctuation = code;
    this.kind = TOKEN.punctuation;
  }
}
