/** Engines by the names of the `engine` option: where each thread finds the maker of its own. */
import type { Source } from './messages.js';

const at = (file: string): string => new URL(`../jit/engines/${file}.js`, import.meta.url).href;

export const ENGINES = {
  v8: { module: at('v8'), name: 'createV8Engine' },
  /** Slow: the reference meaning of the IR, for tests and second opinions. */
  interpreter: { module: at('interpreter'), name: 'createInterpreterEngine' },
  /** The optional package `wasmtime`, for second opinions: its guests have a memory of their own each. */
  wasmtime: { module: at('wasmtime'), name: 'createWasmtimeEngine' },
} as const satisfies Record<string, Source>;

export type EngineName = keyof typeof ENGINES;
/** Engines whose guests do not share the arena: nothing reaches a poll from outside, and a task stays with its module. */
export const OWN_MEMORY: ReadonlySet<EngineName> = new Set<EngineName>(['wasmtime']);

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[]; // Object.keys forgets them

export const CODEC: Source = { module: new URL('../executor/wire.js', import.meta.url).href, name: 'wireCodec' };
