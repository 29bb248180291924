/**
 * Gives a compiled module a memory of its own: for engines that cannot share one with JavaScript and cannot link imports.
 *
 *   import section (the arena)  ->  memory section            (function indices stay: no function is imported)
 *   exports init, poll          ->  wrapped, and what reads and writes the memory (HELPERS)
 *   -                           ->  data section: the arena's image, the static data
 *
 * Needs a module of backend/encode.ts. Promises a module without imports whose exports each return one number; the code
 * of the program is byte for byte the same, `codeShift` further on.
 */
import { EXPORTS } from '../abi.js';
import { ByteWriter } from '../backend/byte-writer.js';

export interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

export interface OwnMemoryModule {
  readonly wasm: Uint8Array;
  /** What is at byte n of the original's code is at n + codeShift. */
  readonly codeShift: number;
  /** Bytes of the longest function. */
  readonly longestBody: number;
}

/** Words that one call of `store<n>` writes. */
export const STORE_WIDTHS = [1, 4, 16] as const;
/** Bytes that one call of `load` reads: what a double holds exactly. */
export const LOAD_BYTES = 6;

const SECTION = { custom: 0, type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, element: 9, code: 10, data: 11 } as const;
const I32 = 0x7f;
const F64 = 0x7c;
const END = 0x0b;
const localGet = (index: number): number[] => [0x20, index];
const i32Const0 = [0x41, 0];

interface Helper {
  readonly name: string;
  readonly params: number;
  readonly result: number;
  /** Code without the end. */
  code(exports: ReadonlyMap<string, number>): readonly number[];
}

/** (load32_u(a) | load16_u(a + 4) << 32) as a double. */
const LOAD_CODE = [...localGet(0), 0x35, 0, 0, ...localGet(0), 0x33, 0, 4, 0x42, 32, 0x86, 0x84, 0xba];

const HELPERS: readonly Helper[] = [
  // Called, not exported as they are: what is valid then has these types.
  { name: EXPORTS.init, params: 1, result: I32, code: (exports) => [...localGet(0), 0x10, ...leb(indexOf(exports, EXPORTS.init)), ...i32Const0] },
  { name: EXPORTS.poll, params: 1, result: I32, code: (exports) => [...localGet(0), 0x10, ...leb(indexOf(exports, EXPORTS.poll))] },
  { name: 'load', params: 1, result: F64, code: () => LOAD_CODE },
  { name: 'clear', params: 2, result: I32, code: () => [...localGet(0), ...i32Const0, ...localGet(1), 0xfc, 0x0b, 0, ...i32Const0] },
  ...STORE_WIDTHS.map((width) => ({ name: `store${width}`, params: width + 1, result: I32, code: () => storeCode(width) })),
];

const storeCode = (width: number): number[] => [
  ...Array.from({ length: width }, (_, word) => [...localGet(0), ...localGet(word + 1), 0x36, 0, word * 4]).flat(),
  ...i32Const0,
];

function leb(value: number): number[] {
  const to = new ByteWriter();
  to.unsigned(value);
  return [...to.written];
}

/** `pages`: size of the memory, which never grows. Segments must lie in it. */
export function withOwnMemory(wasm: Uint8Array, pages: number, segments: readonly Segment[]): OwnMemoryModule {
  const sections = sectionsOf(wasm);
  const find = (id: number): Section => sections.find((section) => section.id === id) ?? { id, start: 0, end: 0 };
  const types = vector(wasm, find(SECTION.type));
  const functions = vector(wasm, find(SECTION.function));
  const code = vector(wasm, find(SECTION.code));
  const exports = exportsOf(wasm, find(SECTION.export));
  const out = new ByteWriter(wasm.length + 4096);
  out.bytes(wasm.subarray(0, 8));
  const write = (id: number, body: (to: ByteWriter) => void): void => {
    out.u8(id);
    out.sized(body);
  };
  const copy = (id: number): void => {
    const { start, end } = find(id);
    if (end > start) write(id, (to) => to.bytes(wasm.subarray(start, end)));
  };
  write(SECTION.type, (to) => extend(to, types, HELPERS.map(({ params, result }) => [0x60, params, ...Array<number>(params).fill(I32), 1, result])));
  write(SECTION.function, (to) => extend(to, functions, HELPERS.map((_, index) => leb(types.count + index))));
  copy(SECTION.table);
  write(SECTION.memory, (to) => to.bytes([1, 1, ...leb(pages), ...leb(pages)]));
  copy(SECTION.global);
  write(SECTION.export, (to) => {
    to.unsigned(HELPERS.length);
    HELPERS.forEach(({ name }, index) => {
      to.name(name);
      to.u8(0);
      to.unsigned(functions.count + index);
    });
  });
  copy(SECTION.element);
  write(SECTION.code, (to) => extend(to, code, HELPERS.map((helper) => bodyOf(helper, exports))));
  const codeStart = startOfItems(out.written, SECTION.code);
  write(SECTION.data, (to) => writeData(to, segments));
  for (const section of sections.filter(({ id }) => id === SECTION.custom)) {
    write(SECTION.custom, (to) => to.bytes(wasm.subarray(section.start, section.end)));
  }
  return { wasm: out.finish(), codeShift: codeStart - code.items, longestBody: longestBody(wasm, code) };
}

function bodyOf(helper: Helper, exports: ReadonlyMap<string, number>): number[] {
  const code = [0, ...helper.code(exports), END]; // no locals
  return [...leb(code.length), ...code];
}

function writeData(to: ByteWriter, segments: readonly Segment[]): void {
  to.unsigned(segments.length);
  for (const { address, bytes } of segments) {
    to.bytes([0, 0x41]);
    to.signed32(address);
    to.u8(END);
    to.unsigned(bytes.length);
    to.bytes(bytes);
  }
}

// Reading -----------------------------------------------------------------------------------------------------------------

interface Section {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** A section that is a count and items; `items`: where the first stands. */
interface Vector extends Section {
  readonly count: number;
  readonly items: number;
  readonly bytes: Uint8Array;
}

function unsignedAt(wasm: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = wasm[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}

function sectionsOf(wasm: Uint8Array): Section[] {
  const found: Section[] = [];
  for (let at = 8; at < wasm.length; ) {
    const { value, next } = unsignedAt(wasm, at + 1);
    found.push({ id: wasm[at] ?? 0, start: next, end: next + value });
    at = next + value;
  }
  return found;
}

function vector(wasm: Uint8Array, section: Section): Vector {
  const { value, next } = section.end > section.start ? unsignedAt(wasm, section.start) : { value: 0, next: section.start };
  return { ...section, count: value, items: next, bytes: wasm.subarray(next, section.end) };
}

const startOfItems = (wasm: Uint8Array, id: number): number =>
  vector(wasm, sectionsOf(wasm).find((section) => section.id === id) ?? { id, start: 0, end: 0 }).items;

function extend(to: ByteWriter, { count, bytes }: Vector, more: readonly (readonly number[])[]): void {
  to.unsigned(count + more.length);
  to.bytes(bytes);
  for (const item of more) to.bytes(item);
}

function exportsOf(wasm: Uint8Array, section: Section): Map<string, number> {
  const found = new Map<string, number>();
  const { count, items } = vector(wasm, section);
  let at = items;
  for (let left = count; left > 0; left--) {
    const { value: length, next } = unsignedAt(wasm, at);
    const name = new TextDecoder().decode(wasm.subarray(next, next + length));
    const index = unsignedAt(wasm, next + length + 1);
    if (wasm[next + length] === 0) found.set(name, index.value);
    at = index.next;
  }
  return found;
}

function indexOf(exports: ReadonlyMap<string, number>, name: string): number {
  const index = exports.get(name);
  if (index === undefined) throw new TypeError(`the artifact lacks the export ${name}`);
  return index;
}

function longestBody(wasm: Uint8Array, { count, items }: Vector): number {
  let longest = 0;
  for (let left = count, at = items; left > 0; left--) {
    const { value, next } = unsignedAt(wasm, at);
    longest = Math.max(longest, value);
    at = next + value;
  }
  return longest;
}
