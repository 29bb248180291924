/**
 * Source map: which source position the instruction at a byte of the module stems from. The offsets are those that V8
 * prints in a frame, `wasm-function[i]:0xoffset`, and Wasmtime in a backtrace.
 */
import type { SourceMapEntry } from '../artifact.js';

/** The entry that covers a byte offset; undefined in front of the first. */
export function locate(map: readonly SourceMapEntry[], offset: number): SourceMapEntry | undefined {
  let low = 0;
  let high = map.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return map[low - 1];
}
