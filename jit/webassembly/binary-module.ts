/**
 * Reads a module of the binary format, section by section.
 *
 * Needs bytes that a validator accepted: what is checked here is only what brolga does not take (WasmReadError says what
 * and where). Linear in the bytes.
 */
import { readBody, readConstant, readReferenceType, readValueType, type CodeContext } from './binary-code.js';
import { ByteReader, WasmReadError } from './byte-reader.js';
import type {
  ConstantInstruction, DataSegment, ElementSegment, Export, ExternalKind, FunctionBody, FunctionType, Global, GlobalType, Import, ImportDescription,
  ReferenceType, SizeLimits, TableType, ValueType, WasmModule,
} from './module.js';

const HEADER_BYTES = 8;
const FUNCTION_TYPE = 0x60;
const EXTERNAL_KINDS: readonly ExternalKind[] = ['func', 'table', 'memory', 'global'];
const FUNCTION_NAMES = 1;
const LOCAL_NAMES = 2;

/** Sections as they are read, in the order of the format. */
interface Draft {
  types: FunctionType[];
  imports: Import[];
  functionTypes: FunctionType[];
  tables: TableType[];
  memories: SizeLimits[];
  globals: Global[];
  exports: Export[];
  start: number | null;
  elements: ElementSegment[];
  data: DataSegment[];
  functions: FunctionBody[];
  functionNames: Map<number, string>;
  localNames: Map<number, Map<number, string>>;
  customs: Map<string, Uint8Array>;
}

type ReadSection = (reader: ByteReader, draft: Draft) => void;

const SECTIONS: Readonly<Record<number, ReadSection>> = {
  0: readCustom,
  1: (reader, draft) => void (draft.types = reader.list(() => readFunctionType(reader))),
  2: (reader, draft) => void (draft.imports = reader.list(() => readImport(reader, contextOf(draft)))),
  3: (reader, draft) => void (draft.functionTypes = reader.list(() => contextOf(draft).type(reader.u32()))),
  4: (reader, draft) => void (draft.tables = reader.list(() => readTable(reader))),
  5: (reader, draft) => void (draft.memories = reader.list(() => readLimits(reader))),
  6: (reader, draft) => void (draft.globals = reader.list(() => ({ ...readGlobalType(reader), initial: readConstant(reader, contextOf(draft)) }))),
  7: (reader, draft) => void (draft.exports = reader.list(() => ({ name: reader.text(), kind: readKind(reader), index: reader.u32() }))),
  8: (reader, draft) => void (draft.start = reader.u32()),
  9: (reader, draft) => void (draft.elements = reader.list(() => readElements(reader, contextOf(draft)))),
  10: readCode,
  11: (reader, draft) => void (draft.data = reader.list(() => readData(reader, contextOf(draft)))),
  12: (reader) => void reader.u32(), // the number of data segments, for one-pass validators
};

export function readBinary(bytes: Uint8Array): WasmModule {
  const draft: Draft = {
    types: [], imports: [], functionTypes: [], tables: [], memories: [], globals: [], exports: [], start: null, elements: [], data: [], functions: [],
    functionNames: new Map(), localNames: new Map(), customs: new Map(),
  };
  const reader = new ByteReader(bytes, HEADER_BYTES);
  while (!reader.done) {
    const at = reader.offset;
    const id = reader.u8();
    const section = reader.part(reader.u32());
    const read = SECTIONS[id] ?? ((): never => reader.fail(`section ${id} is not supported`, at));
    read(section, draft);
  }
  const { types: _, functionTypes: __, ...module } = draft;
  return module;
}

const contextOf = ({ types }: Draft): CodeContext => ({
  type(index) {
    const type = types[index];
    if (!type) throw new WasmReadError(`there is no type ${index}`, 0);
    return type;
  },
});

// Types -----------------------------------------------------------------------------------------------------------------

function readFunctionType(reader: ByteReader): FunctionType {
  const at = reader.offset;
  if (reader.u8() !== FUNCTION_TYPE) reader.fail('types other than those of functions are not supported', at);
  return { params: reader.list(() => readValueType(reader)), results: reader.list(() => readValueType(reader)) };
}

function readLimits(reader: ByteReader): SizeLimits {
  const at = reader.offset;
  const flags = reader.u8();
  if (flags > 1) reader.fail('shared and 64-bit memories are not supported', at);
  return { minimum: reader.u32(), maximum: flags === 1 ? reader.u32() : null };
}

const readTable = (reader: ByteReader): TableType => ({ element: readReferenceType(reader), ...readLimits(reader) });
const readGlobalType = (reader: ByteReader): GlobalType => ({ type: readValueType(reader), mutable: reader.u8() === 1 });

function readKind(reader: ByteReader): ExternalKind {
  const at = reader.offset;
  return EXTERNAL_KINDS[reader.u8()] ?? reader.fail('imports and exports of tags are not supported', at);
}

function readImport(reader: ByteReader, context: CodeContext): Import {
  return { module: reader.text(), name: reader.text(), description: readDescription(reader, context) };
}

function readDescription(reader: ByteReader, context: CodeContext): ImportDescription {
  const kind = readKind(reader);
  switch (kind) {
    case 'func':
      return { kind, type: context.type(reader.u32()) };
    case 'table':
      return { kind, type: readTable(reader) };
    case 'memory':
      return { kind, type: readLimits(reader) };
    case 'global':
      return { kind, type: readGlobalType(reader) };
  }
}

// Segments --------------------------------------------------------------------------------------------------------------

/** Bits of a segment's flags word. */
const SEGMENT = { notActive: 1, explicit: 2, expressions: 4 } as const;

function readElements(reader: ByteReader, context: CodeContext): ElementSegment {
  const flags = reader.u32();
  const explicit = (flags & SEGMENT.explicit) !== 0;
  let mode: ElementSegment['mode'] = { kind: explicit ? 'declarative' : 'passive' };
  if ((flags & SEGMENT.notActive) === 0) {
    const table = explicit ? reader.u32() : 0;
    mode = { kind: 'active', table, offset: readConstant(reader, context) };
  }
  const typed = (flags & (SEGMENT.notActive | SEGMENT.explicit)) !== 0;
  let type: ReferenceType = 'funcref';
  if ((flags & SEGMENT.expressions) !== 0) {
    if (typed) type = readReferenceType(reader);
    return { type, mode, items: reader.list(() => readConstant(reader, context)) };
  }
  if (typed) reader.u8(); // the kind of element: functions
  return { type, mode, items: reader.list((): ConstantInstruction => ({ kind: 'ref.func', index: reader.u32() })) };
}

function readData(reader: ByteReader, context: CodeContext): DataSegment {
  const flags = reader.u32();
  let mode: DataSegment['mode'] = { kind: 'passive' };
  if ((flags & SEGMENT.notActive) === 0) {
    const memory = (flags & SEGMENT.explicit) !== 0 ? reader.u32() : 0;
    mode = { kind: 'active', memory, offset: readConstant(reader, context) };
  }
  return { mode, bytes: reader.take(reader.u32()) };
}

// Code ------------------------------------------------------------------------------------------------------------------

/** Locals of one function; the specification allows more, engines do not. */
const MAX_LOCALS = 50_000;

function readCode(reader: ByteReader, draft: Draft): void {
  const context = contextOf(draft);
  let next = 0;
  draft.functions = reader.list(() => {
    const type = draft.functionTypes[next++] ?? reader.fail('more bodies than functions');
    const part = reader.part(reader.u32());
    const locals: ValueType[] = [];
    for (let groups = part.u32(); groups > 0; groups--) {
      const count = part.u32();
      if (locals.length + count > MAX_LOCALS) part.fail(`a function has at most ${MAX_LOCALS} locals`);
      locals.push(...Array<ValueType>(count).fill(readValueType(part)));
    }
    return { type, locals, body: readBody(part, context) };
  });
}

// Custom sections -------------------------------------------------------------------------------------------------------

function readCustom(reader: ByteReader, draft: Draft): void {
  const name = reader.text();
  const contents = reader.take(reader.end - reader.offset);
  draft.customs.set(name, contents);
  if (name === 'name') readNames(contents, draft);
}

/** Names are for people: what cannot be read of them is left out. */
function readNames(contents: Uint8Array, { functionNames, localNames }: Draft): void {
  try {
    const reader = new ByteReader(contents);
    while (!reader.done) {
      const id = reader.u8();
      const part = reader.part(reader.u32());
      const pairs = (): [number, string][] => part.list(() => [part.u32(), part.text()]);
      if (id === FUNCTION_NAMES) for (const [index, name] of pairs()) functionNames.set(index, name);
      else if (id === LOCAL_NAMES) part.list(() => localNames.set(part.u32(), new Map(pairs())));
    }
  } catch (error) {
    if (!(error instanceof WasmReadError)) throw error;
  }
}
