/**
 * The interpreter as a checking engine: each access of compiled code must lie in what its task may touch.
 *
 * Y1 The page below the shared shapes is nobody's: pointers to nothing lead there. Y2 Above the image, only chunks that
 * the thread owns are touched. Y3 Of these, no block or header of another living task.
 */
import { ARENA, BLOCK, HEADER } from '../../jit/abi.js';
import { createInterpreterEngine } from '../../jit/engines/interpreter.js';
import type { Engine } from '../../executor/engine.js';
import { sizeOfClass } from '../../executor/block-cache.js';

export interface CheckedEngine extends Engine {
  /** What was touched against the rules, since the last `take`. */
  take(): string[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const FIRST_CHUNK = ARENA.firstChunk * ARENA.chunkBytes;
/** Thread record 0 is the embedder's own thread, which polls here. */
const OWNER = 1;

export function createCheckedEngine(): CheckedEngine {
  const living = new Set<number>();
  const violations: string[] = [];
  let words: Int32Array = new Int32Array(0);
  let foreign: readonly Range[] = [];

  const refuse = (rule: string, address: number, byteLength: number): never => {
    const text = `${rule}: ${byteLength} bytes at ${address}`;
    violations.push(text);
    throw new Error(text);
  };
  const guard = (address: number, byteLength: number): void => {
    const from = address >>> 0;
    if (byteLength === 0) return;
    if (from < ARENA.kindShapes) refuse('Y1', from, byteLength);
    for (let at = from; at < from + byteLength; at += ARENA.chunkBytes) {
      if (at >= FIRST_CHUNK && words[(ARENA.chunkOwners >> 2) + Math.floor(at / ARENA.chunkBytes)] !== OWNER) refuse('Y2', from, byteLength);
    }
    if (foreign.some(({ start, end }) => from < end && from + byteLength > start)) refuse('Y3', from, byteLength);
  };
  const engine = createInterpreterEngine(guard);
  return {
    name: 'checked interpreter',
    take: () => violations.splice(0),
    instantiate(artifact, memory, dataAddress) {
      words = new Int32Array(memory.buffer);
      const instance = engine.instantiate(artifact, memory, dataAddress);
      return {
        poll(header) {
          living.add(header);
          foreign = [...living].filter((other) => other !== header).flatMap((other) => rangesOf(words, other));
          return instance.poll(header);
        },
        end: (header) => void living.delete(header),
      };
    },
  };
}

/** A task's header, and the blocks of its heap. */
function rangesOf(words: Int32Array, header: number): Range[] {
  const ranges: Range[] = [{ start: header, end: header + HEADER.bytes }];
  for (let block = words[(header + HEADER.blocks) >> 2] ?? 0; block !== 0; block = words[(block + BLOCK.next) >> 2] ?? 0) {
    ranges.push({ start: block, end: block + sizeOfClass(words[(block + BLOCK.sizeClass) >> 2] ?? 0) });
  }
  return ranges;
}
