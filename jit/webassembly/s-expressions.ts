/**
 * Reads S-expressions of the WebAssembly text format with their places: enough to find marks in a module and the commands of
 * a script. What a module's text means is not looked at here.
 *
 * Needs nothing. Promises not to recur over nesting, and an error with its place for text that does not close.
 */

export interface Atom {
  readonly kind: 'atom' | 'string';
  /** The text as written; a string with its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface List {
  readonly kind: 'list';
  readonly items: Expression[];
  readonly start: number;
  end: number;
}

export type Expression = Atom | List;

export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

const TOKEN = /[ \t\r\n]+|;;[^\n]*|\(;|"(?:[^"\\\n]|\\[^\n])*"|[()]|[^\s()";]+|;/gy;

/** All expressions of a text, in order. */
export function readExpressions(text: string): Expression[] {
  const top: Expression[] = [];
  const open: List[] = [];
  for (let offset = 0; offset < text.length; ) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new ExpressionError('this is no token', offset);
    const start = offset;
    offset += token.length;
    const into = open.at(-1)?.items ?? top;
    if (token === '(;') {
      offset = behindComment(text, start);
    } else if (token === '(') {
      const list: List = { kind: 'list', items: [], start, end: start };
      into.push(list);
      open.push(list);
    } else if (token === ')') {
      const list = open.pop();
      if (!list) throw new ExpressionError('nothing is open that this could close', start);
      list.end = offset;
    } else if (!/^(?:\s|;;)/.test(token)) {
      into.push({ kind: token.startsWith('"') ? 'string' : 'atom', text: token, start, end: offset });
    }
  }
  const left = open.at(-1);
  if (left) throw new ExpressionError('this is never closed', left.start);
  return top;
}

/** Block comments nest. */
function behindComment(text: string, start: number): number {
  const mark = /\(;|;\)/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '(;' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  throw new ExpressionError('this comment is never closed', start);
}

/** The word a list starts with, or ''. */
export const headOf = (expression: Expression | undefined): string => {
  const first = expression?.kind === 'list' ? expression.items[0] : undefined;
  return first?.kind === 'atom' ? first.text : '';
};

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '"': '"', "'": "'", '\\': '\\' };

/** The bytes that a string stands for. */
export function stringBytes({ text }: Atom): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part, simple, hex, point] of text.slice(1, -1).matchAll(/\\(?:([tnr"'\\])|([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]+)\})|[^\\]+/g)) {
    if (simple !== undefined) bytes.push(...encoder.encode(SIMPLE_ESCAPES[simple]));
    else if (hex !== undefined) bytes.push(parseInt(hex, 16));
    else if (point !== undefined) bytes.push(...encoder.encode(String.fromCodePoint(parseInt(point.replaceAll('_', ''), 16))));
    else bytes.push(...encoder.encode(part));
  }
  return Uint8Array.from(bytes);
}

export const stringText = (atom: Atom): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(stringBytes(atom));
