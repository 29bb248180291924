/**
 * Where the items of a module's text stand, found by a cheap scan, so that a library can be read one function at a time.
 *
 * Rests on T1 and T2 of print.ts: items start at column 1, and a line that starts with `}` ends a function.
 */
import type { ParseDiagnostic } from './diagnostics.js';
import { lineAndColumn } from './diagnostics.js';
import { Lexer, TOKEN } from './lexer.js';

export interface ModuleIndex {
  readonly text: string;
  /** Offset of each function by symbol, for parseFunction and parseHeader. */
  readonly functions: ReadonlyMap<string, number>;
  /** Offset of each data symbol, for parseData. */
  readonly data: ReadonlyMap<string, number>;
  /** Offsets of all other items, in order. */
  readonly others: readonly number[];
  /** Lines that start no item, and items defined twice. */
  readonly diagnostics: readonly ParseDiagnostic[];
}

export function indexModule(text: string): ModuleIndex {
  const functions = new Map<string, number>();
  const data = new Map<string, number>();
  const others: number[] = [];
  const diagnostics: ParseDiagnostic[] = [];
  const report = (code: 'P2' | 'P5', offset: number, message: string): void => {
    diagnostics.push({ code, message, offset, ...lineAndColumn(text, offset) });
  };
  const define = (items: Map<string, number>, keyword: string, offset: number): void => {
    const name = symbolAt(text, offset + keyword.length);
    if (name === undefined) report('P2', offset, `expected a symbol behind '${keyword.trim()}'`);
    else if (items.has(name)) report('P5', offset, `${keyword.trim()} ${name} is defined twice`);
    else items.set(name, offset);
  };
  for (let at = 0; at < text.length; ) {
    const keyword = FUNCTION_KEYWORDS.find((word) => text.startsWith(word, at));
    if (keyword !== undefined) {
      define(functions, keyword, at);
      at = lineAfter(text, endOfFunction(text, at));
      continue;
    }
    if (text.startsWith('data ', at)) define(data, 'data ', at);
    else if (OTHER_KEYWORDS.some((word) => text.startsWith(word, at))) others.push(at);
    else if (!isBlankLine(text, at)) report('P2', at, 'expected source, global, data, export, table or func at the start of the line');
    at = lineAfter(text, at);
  }
  return { text, functions, data, others, diagnostics };
}

const FUNCTION_KEYWORDS = ['func ', 'async func '] as const;
const OTHER_KEYWORDS = ['source ', 'global ', 'export ', 'table '] as const;

function lineAfter(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
}

/** Where the function's closing brace stands; if there is none, the end of the text. */
function endOfFunction(text: string, at: number): number {
  const found = text.indexOf('\n}', at);
  return found < 0 ? text.length : found + 1;
}

function isBlankLine(text: string, at: number): boolean {
  const lexer = new Lexer(text, at);
  lexer.next();
  return lexer.kind === TOKEN.end || lexer.start >= lineAfter(text, at);
}

function symbolAt(text: string, from: number): string | undefined {
  const lexer = new Lexer(text, from);
  lexer.next();
  if (lexer.kind === TOKEN.name) return lexer.word;
  if (lexer.kind !== TOKEN.string) return undefined;
  try {
    return String(JSON.parse(lexer.word));
  } catch {
    return undefined; // reported when the item itself is read
  }
}
