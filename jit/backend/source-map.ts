/**
 * Source map: which source position the instruction at a byte of the module stems from. The offsets are those that V8
 * prints in a frame, `wasm-function[i]:0xoffset`, and Wasmtime in a backtrace.
 *
 * An entry holds from its byte to the next entry or to the end of the function body, whichever comes first: bodies
 * without entries, such as the library's, have no positions.
 */
import type { SourceMapEntry } from '../artifact.js';
import type { CodePosition } from './object-sink.js';

/** `start`: offset of a function body in the module. Bodies come in ascending order. */
export function sourceMapOf(bodies: readonly { readonly start: number; readonly positions: readonly CodePosition[] }[]): SourceMapEntry[] {
  return bodies.flatMap(({ start, positions }) =>
    positions.map(({ byteOffset, location }) => ({ offset: start + byteOffset, location })),
  );
}
