/**
 * The V8 engine: artifacts as modules of the WebAssembly that Node itself brings. It fits the executor's `Engine`.
 *
 * Promises that an artifact object is compiled once, and that its module goes when the artifact does. Traps leave `poll`
 * as WebAssembly.RuntimeError, a native stack overflow as RangeError; what else an instance holds is not trusted then.
 */
import { EXPORTS } from '../abi.js';
import type { Artifact } from '../artifact.js';

export interface V8Instance {
  poll(header: number): number;
}

export interface V8Engine {
  readonly name: 'v8';
  /** `dataAddress`: where the artifact's static data, already relocated, lies in the memory. */
  instantiate(artifact: Artifact, memory: WebAssembly.Memory, dataAddress: number): V8Instance;
}

export function createV8Engine(): V8Engine {
  const modules = new WeakMap<Artifact, WebAssembly.Module>();
  const compiled = (artifact: Artifact): WebAssembly.Module => {
    const known = modules.get(artifact);
    if (known) return known;
    const module = new WebAssembly.Module(artifact.wasm);
    modules.set(artifact, module);
    return module;
  };
  return {
    name: 'v8',
    instantiate(artifact, memory, dataAddress) {
      const { exports } = new WebAssembly.Instance(compiled(artifact), { env: { memory } });
      const init = exports[EXPORTS.init];
      const poll = exports[EXPORTS.poll];
      if (!isEntry(init) || !isEntry(poll)) throw new TypeError(`the artifact lacks the exports ${EXPORTS.init} and ${EXPORTS.poll}`);
      init(dataAddress);
      // The export itself: one call less on the way in.
      return { poll };
    },
  };
}

const isEntry = (value: unknown): value is (argument: number) => number => typeof value === 'function';
