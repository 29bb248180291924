/**
 * Encodes a planned module in the WebAssembly binary format, with name section and source map.
 *
 *   magic version | type | import | function | table | global | export | element | code | custom "name"
 *
 * Promises: nothing is imported but a shared memory; offsets of the source map count from the module's first byte, as
 * engines report them.
 */
import { WASM_TYPE_OF, type WasmType } from '../../ir/types.js';
import type { SourceMapEntry } from '../artifact.js';
import { BinarySink, VALUE_TYPE_BYTES, type CodePosition } from './binary-sink.js';
import { ByteWriter } from './byte-writer.js';
import { emitFunction } from './emit.js';
import { writeNameSection } from './name-section.js';
import { MEMORY, type ModulePlan } from './plan-module.js';
import { sourceMapOf } from './source-map.js';

const SECTION = { type: 1, import: 2, function: 3, table: 4, global: 6, export: 7, element: 9, code: 10 } as const;
const FUNCREF = 0x70;
const SHARED_WITH_MAXIMUM = 0x03;
const END = 0x0b;

/** The code of one function, with the size in front and the locals declared. */
interface Body {
  readonly bytes: Uint8Array;
  /** Counted from `bytes`. */
  readonly positions: readonly CodePosition[];
}

export function encodeModule(plan: ModulePlan): { wasm: Uint8Array; sourceMap: SourceMapEntry[] } {
  const out = new ByteWriter(4096);
  out.bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(out, SECTION.type, plan.types, (to, { params, results }) => {
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
  section(out, SECTION.function, plan.functions, (to, { typeIndex }) => to.unsigned(typeIndex));
  section(out, SECTION.table, [plan.table.length], (to, size) => {
    to.bytes([FUNCREF, 1]);
    to.unsigned(size);
    to.unsigned(size);
  });
  section(out, SECTION.global, plan.globals, (to, { type, mutable, initial }) => {
    to.bytes([VALUE_TYPE_BYTES[WASM_TYPE_OF[type]], mutable ? 1 : 0]);
    new BinarySink(to).constant(WASM_TYPE_OF[type], initial);
    to.u8(END);
  });
  section(out, SECTION.export, plan.exports, (to, { name, func }) => {
    to.name(name);
    to.u8(0);
    to.unsigned(func);
  });
  section(out, SECTION.element, plan.table.length > 1 ? [plan.table.slice(1)] : [], (to, names) => {
    to.bytes([0, 0x41, 1, END]); // active, table 0, from index 1
    to.unsigned(names.length);
    for (const name of names) to.unsigned(plan.symbols.functions.get(name) ?? 0);
  });
  const codeStarts = writeCode(out, plan);
  writeNameSection(out, plan);
  return { wasm: out.finish(), sourceMap: sourceMapOf(codeStarts) };
}

/** Writes the code section; gives each body's positions with the offset they count from. */
function writeCode(out: ByteWriter, plan: ModulePlan): { start: number; positions: readonly CodePosition[] }[] {
  const bodies = plan.functions.map(({ plan: func }): Body => {
    const code = new ByteWriter();
    writeLocals(code, func.locals.types);
    const sink = new BinarySink(code);
    emitFunction(func, plan.symbols, sink);
    return { bytes: code.finish(), positions: sink.positions };
  });
  const content = new ByteWriter();
  content.unsigned(bodies.length);
  const starts: number[] = [];
  for (const { bytes } of bodies) {
    content.unsigned(bytes.length);
    starts.push(content.length);
    content.bytes(bytes);
  }
  out.u8(SECTION.code);
  out.unsigned(content.length);
  const base = out.length;
  out.bytes(content.written);
  return bodies.map(({ positions }, index) => ({ start: base + (starts[index] ?? 0), positions }));
}

/** Neighbours of one type are declared together. */
function writeLocals(code: ByteWriter, types: readonly WasmType[]): void {
  const runs: { type: WasmType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  code.unsigned(runs.length);
  for (const { type, count } of runs) {
    code.unsigned(count);
    code.u8(VALUE_TYPE_BYTES[type]);
  }
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
