/**
 * Reads the text form of modules (`.bir`); docs/ir.md has the grammar, print.ts writes it.
 *
 * Collects all faults with line and column, and goes on behind each. One data symbol or one function can be read alone,
 * by the offsets of module-index.ts.
 */
import type { ParseDiagnostic } from './diagnostics.js';
import { createModule, type DataSymbol, type GlobalDeclaration, type IrModule } from './function.js';
import { TOKEN } from './lexer.js';
import { indexModule, type ModuleIndex } from './module-index.js';
import { parseFunction, parseHeader, type ParseSymbols } from './parse-function.js';
import { Fault, PUNCTUATION, Reader } from './reader.js';

export { indexModule, type ModuleIndex } from './module-index.js';
export { parseFunction, parseHeader, type FunctionHeader, type ParsedFunction, type ParseSymbols } from './parse-function.js';

export interface ParsedModule {
  readonly module: IrModule;
  /** In the order of the text. */
  readonly diagnostics: readonly ParseDiagnostic[];
}

export function parseModule(text: string): ParsedModule {
  const index = indexModule(text);
  const module = createModule();
  const diagnostics = [...index.diagnostics];
  for (const offset of index.others) readItem(text, offset, module, diagnostics);
  for (const offset of index.data.values()) {
    const parsed = parseData(text, offset);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.data) module.data.set(parsed.data.name, parsed.data);
  }
  const symbols = symbolsOf(index, module);
  for (const offset of index.functions.values()) {
    const parsed = parseFunction(text, offset, symbols);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.func) module.functions.set(parsed.func.name, parsed.func);
  }
  return { module, diagnostics: diagnostics.sort((a, b) => a.offset - b.offset) };
}

/** Reads the data symbol whose `data` stands at `from`. */
export function parseData(text: string, from: number): { data: DataSymbol | null; diagnostics: readonly ParseDiagnostic[] } {
  const diagnostics: ParseDiagnostic[] = [];
  const reader = new Reader(text, from, diagnostics);
  const data = attempt(() => readData(reader));
  return { data, diagnostics };
}

/** Symbols by reading heads of functions when asked, each once. */
export function symbolsOf(index: ModuleIndex, module: IrModule): ParseSymbols {
  const headers = new Map<string, ReturnType<typeof parseHeader>>();
  return {
    signature(name) {
      let header = headers.get(name);
      if (header === undefined) {
        const offset = index.functions.get(name);
        header = offset === undefined ? null : parseHeader(index.text, offset);
        headers.set(name, header);
      }
      return header ?? undefined;
    },
    globalType: (name) => module.globals.get(name)?.type,
  };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

function readItem(text: string, from: number, module: IrModule, diagnostics: ParseDiagnostic[]): void {
  const reader = new Reader(text, from, diagnostics);
  attempt(() => {
    const { word } = reader.lexer;
    reader.lexer.next();
    if (word === 'source') {
      const name = reader.text();
      module.sources.push({ name, text: reader.text() });
    } else if (word === 'global') {
      const global = readGlobal(reader);
      if (module.globals.has(global.name)) reader.report('P5', `global ${global.name} is defined twice`, from);
      module.globals.set(global.name, global);
    } else if (word === 'export') {
      const name = reader.symbol('an export name');
      reader.expect(PUNCTUATION.equals);
      if (module.exports.has(name)) reader.report('P5', `export ${name} is defined twice`, from);
      module.exports.set(name, reader.symbol('a function name'));
    } else {
      module.table = readTable(reader);
    }
    endOfItem(reader);
  });
}

function endOfItem(reader: Reader): void {
  if (!reader.lexer.firstOfLine && reader.lexer.kind !== TOKEN.end) reader.unexpected('the end of the line');
}

/** `table [f, _, g]`: entries from index 1 on. */
function readTable(reader: Reader): string[] {
  const table = [''];
  reader.expect(PUNCTUATION.bracket);
  while (!reader.take(PUNCTUATION.unbracket)) {
    if (table.length > 1) reader.expect(PUNCTUATION.comma);
    table.push(reader.takeWord('_') ? '' : reader.symbol('a function name'));
  }
  return table;
}

/** `global fuel: i64 mut = 0`. */
function readGlobal(reader: Reader): GlobalDeclaration {
  const name = reader.symbol('a global name');
  reader.expect(PUNCTUATION.colon);
  const type = reader.type();
  const mutable = reader.takeWord('mut');
  reader.expect(PUNCTUATION.equals);
  if (type === 'i64' || type === 'val') return { name, type, mutable, initial: reader.bigint() };
  if (type === 'f32' || type === 'f64') return { name, type, mutable, initial: reader.float() };
  return { name, type, mutable, initial: reader.integer(-0x80000000, 0xffffffff) | 0 };
}

/** `data name align 8 "bytes" { 24: data other, 32: func f }`. */
function readData(reader: Reader): DataSymbol {
  reader.takeWord('data');
  const name = reader.symbol('a data symbol');
  if (!reader.takeWord('align')) reader.unexpected("'align'");
  const align = reader.integer(1, 65536);
  if (reader.lexer.kind !== TOKEN.string) reader.unexpected('quoted bytes');
  const bytes = decodeBytes(reader, reader.lexer.word);
  reader.lexer.next();
  const data = { name, align, bytes, relocations: [] as { offset: number; symbol: string }[], functionRelocations: [] as { offset: number; func: string }[] }; // types of the empty lists
  if (reader.take(PUNCTUATION.brace)) {
    for (let first = true; !reader.take(PUNCTUATION.unbrace); first = false) {
      if (!first) reader.expect(PUNCTUATION.comma);
      const offset = reader.integer(0, Math.max(0, bytes.length - 4));
      reader.expect(PUNCTUATION.colon);
      if (reader.takeWord('func')) data.functionRelocations.push({ offset, func: reader.symbol('a function name') });
      else if (reader.takeWord('data')) data.relocations.push({ offset, symbol: reader.symbol('a data symbol') });
      else reader.unexpected("'data' or 'func'");
    }
  }
  endOfItem(reader);
  return data;
}

/** Printable ASCII stands for itself, all else is a backslash and two hexadecimal digits. */
function decodeBytes(reader: Reader, quoted: string): Uint8Array {
  const bytes = new Uint8Array(quoted.length);
  let length = 0;
  for (let at = 1; at < quoted.length - 1; at++) {
    const code = quoted.charCodeAt(at);
    if (code === 0x5c) {
      const byte = hexDigit(quoted.charCodeAt(at + 1)) * 16 + hexDigit(quoted.charCodeAt(at + 2));
      if (Number.isNaN(byte)) reader.fail('P1', `\\${quoted.substring(at + 1, at + 3)} is not an escaped byte, which is \\ and two hexadecimal digits`);
      bytes[length++] = byte;
      at += 2;
    } else {
      if (code > 0x7e) reader.fail('P1', `the character ${JSON.stringify(quoted.charAt(at))} must be written as escaped bytes`);
      bytes[length++] = code;
    }
  }
  return bytes.slice(0, length);
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NaN;
}
