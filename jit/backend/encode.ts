/**
 * Encodes a module in the WebAssembly binary format, with name section and source map, from its functions' object code.
 *
 *   magic version | type | import | function | table | global | export | element | code | custom "name"
 *
 * Promises: nothing is imported but a shared memory; offsets of the source map count from the module's first byte, as
 * engines report them.
 */
import { WASM_TYPE_OF, type WasmType } from '../../ir/types.js';
import type { SourceMapEntry } from '../artifact.js';
import { ByteWriter } from './byte-writer.js';
import { placeObject, type FunctionObject, type ObjectModule } from './function-object.js';
import type { ModuleSymbols } from './module-symbols.js';
import { writeNameSection } from './name-section.js';
import { sourceMapOf } from './source-map.js';
import { VALUE_TYPE_BYTES, writeConstant, type CodePosition } from './object-sink.js';

/** Limits of the imported memory, in pages of 64 KiB; any shared memory up to 2 GiB matches. */
export const MEMORY = { module: 'env', name: 'memory', minimum: 1, maximum: 32768 } as const;

const SECTION = { type: 1, import: 2, function: 3, table: 4, global: 6, export: 7, element: 9, code: 10 } as const;
const FUNCREF = 0x70;
const SHARED_WITH_MAXIMUM = 0x03;
const END = 0x0b;

export function encodeModule(module: ObjectModule, symbols: ModuleSymbols): { wasm: Uint8Array; sourceMap: SourceMapEntry[] } {
  const out = new ByteWriter(1 << 16);
  out.bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  writeDeclarations(out, module, symbols);
  const objects = [...module.functions.values()];
  const sourceMap = writeCode(out, objects, symbols);
  writeNameSection(out, module, objects);
  return { wasm: out.finish(), sourceMap };
}

function writeDeclarations(out: ByteWriter, module: ObjectModule, symbols: ModuleSymbols): void {
  section(out, SECTION.type, symbols.types, (to, { params, results }) => {
    to.u8(0x60);
    valueTypes(to, params);
    valueTypes(to, results);
  });
  section(out, SECTION.import, [MEMORY], (to, memory) => {
    to.name(memory.module);
    to.name(memory.name);
    to.bytes([2, SHARED_WITH_MAXIMUM]);
    to.unsigned(memory.minimum);
    to.unsigned(memory.maximum);
  });
  section(out, SECTION.function, [...module.functions.values()], (to, func) => to.unsigned(symbols.typeIndex(func)));
  section(out, SECTION.table, [symbols.table.length], (to, size) => {
    to.bytes([FUNCREF, 1]);
    to.unsigned(size);
    to.unsigned(size);
  });
  section(out, SECTION.global, [...module.globals.values()], (to, { type, mutable, initial }) => {
    to.bytes([VALUE_TYPE_BYTES[WASM_TYPE_OF[type]], mutable ? 1 : 0]);
    writeConstant(to, WASM_TYPE_OF[type], initial);
    to.u8(END);
  });
  section(out, SECTION.export, [...module.exports], (to, [name, func]) => {
    to.name(name);
    to.u8(0);
    to.unsigned(symbols.func(func));
  });
  section(out, SECTION.element, symbols.table.length > 1 ? [symbols.table.slice(1)] : [], (to, names) => {
    to.bytes([0, 0x41, 1, END]); // active, table 0, from index 1
    to.unsigned(names.length);
    for (const name of names) to.unsigned(symbols.func(name));
  });
}

function writeCode(out: ByteWriter, objects: readonly FunctionObject[], symbols: ModuleSymbols): SourceMapEntry[] {
  const content = new ByteWriter(1 << 16);
  const body = new ByteWriter();
  const bodies: { start: number; positions: readonly CodePosition[] }[] = [];
  content.unsigned(objects.length);
  for (const object of objects) {
    body.length = 0;
    const positions = placeObject(object, symbols, body);
    content.unsigned(body.length);
    bodies.push({ start: content.length, positions });
    content.bytes(body.written);
  }
  out.u8(SECTION.code);
  out.unsigned(content.length);
  const base = out.length;
  out.bytes(content.written);
  return sourceMapOf(bodies.map(({ start, positions }) => ({ start: base + start, positions })));
}

function section<T>(out: ByteWriter, id: number, items: readonly T[], write: (to: ByteWriter, item: T) => void): void {
  if (items.length === 0) return;
  out.u8(id);
  out.sized((body) => {
    body.unsigned(items.length);
    for (const item of items) write(body, item);
  });
}

function valueTypes(to: ByteWriter, types: readonly WasmType[]): void {
  to.unsigned(types.length);
  for (const type of types) to.u8(VALUE_TYPE_BYTES[type]);
}
