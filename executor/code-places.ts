/**
 * Which of the frames of a trap stands in the program's own code: library functions are part of the module but have no
 * places, and the source map alone cannot tell where a function ends. Read only when a task traps.
 */
import type { Artifact } from '../jit/artifact.js';
import type { SourceLocation } from '../ir/function.js';

const CODE_SECTION = 10;
const HEADER_BYTES = 8;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Unsigned LEB128; modules that got this far are valid. */
function unsigned(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

/** Start of the function body that holds a byte of the module, or -1. */
function bodyStart(wasm: Uint8Array, offset: number): number {
  const cursor = { bytes: wasm, at: HEADER_BYTES };
  while (cursor.at < wasm.length) {
    const section = wasm[cursor.at++];
    const end = unsigned(cursor) + cursor.at;
    if (section !== CODE_SECTION) {
      cursor.at = end;
      continue;
    }
    for (let count = unsigned(cursor); count > 0; count--) {
      const size = unsigned(cursor);
      if (offset < cursor.at) return -1;
      if (offset < cursor.at + size) return cursor.at;
      cursor.at += size;
    }
    return -1;
  }
  return -1;
}

/** The place of the innermost frame in the program's own code. `offsets`: bytes of the module, innermost first. */
export function placeOfTrap({ wasm, sourceMap }: Artifact, offsets: readonly number[]): SourceLocation | undefined {
  for (const offset of offsets) {
    let [low, high] = [0, sourceMap.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sourceMap[middle]?.offset ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const entry = sourceMap[low - 1];
    if (entry && entry.offset >= bodyStart(wasm, offset)) return entry.location;
  }
  return undefined;
}
