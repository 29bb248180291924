/**
 * The V8 runner: a filetest's module through the back end, as WebAssembly of the host's own engine.
 *
 * Modules that still await, or have irreducible loops, are not for it. It has no fuel.
 */
import { controlFlow } from '../../../ir/cfg.js';
import { dominatorTree } from '../../../ir/domtree.js';
import type { IrModule } from '../../../ir/function.js';
import { findLoops } from '../../../ir/loops.js';
import type { Scalar } from '../../../ir/scalars.js';
import { Trap, type TrapReason } from '../../../ir/trap.js';
import { WASM_TYPE_OF } from '../../../ir/types.js';
import { HEADER } from '../../../jit/abi.js';
import { emitModule } from '../../../jit/backend/backend.js';
import type { Runner } from './runners.js';

const DATA_ADDRESS = 1024;
/** Where trap codes go. */
const HEADER_ADDRESS = 512;

const REASONS: readonly (readonly [RegExp, TrapReason])[] = [
  [/unreachable/, 'unreachable'],
  [/by zero/, 'divideByZero'],
  [/unrepresentable/, 'overflow'],
  [/table index is out of bounds/, 'undefinedElement'],
  [/out of bounds/, 'outOfBounds'],
  [/null function or function signature mismatch/, 'signatureMismatch'],
];

export const v8Runner: Runner = {
  name: 'v8',
  skips: (module) => [...module.functions.values()].some((func) => func.convention === 'async' || !isReducible(func)),
  /** V8 says `float unrepresentable` for both faults of a conversion, and the same for an empty and a wrong table entry. */
  canTell: (traps) => !['fuel', 'overflow', 'invalidConversion', 'undefinedElement', 'signatureMismatch'].includes(traps),
  instantiate(module) {
    const exports = new Map([...module.functions.keys()].map((name) => [name, name]));
    const { wasm, data } = emitModule({ ...module, exports, globals: withAbiGlobals(module) });
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
    new Uint8Array(memory.buffer).set(data.bytes, DATA_ADDRESS);
    const view = new DataView(memory.buffer);
    for (const offset of data.relocations) {
      view.setInt32(DATA_ADDRESS + offset, view.getInt32(DATA_ADDRESS + offset, true) + DATA_ADDRESS, true);
    }
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
    return (name, args) => {
      const func = instance.exports[name] as (...args: readonly Scalar[]) => Scalar | readonly Scalar[] | undefined; // every function is exported
      const results = attempt(() => func(...args), () => view.getInt32(HEADER_ADDRESS + HEADER.trapCode, true));
      const list = results === undefined ? [] : Array.isArray(results) ? results : [results];
      return list.map((value: Scalar, index) => (isSigned(module, name, index) && typeof value === 'bigint' ? BigInt.asIntN(64, value) : value));
    };
  },
};

function isReducible(func: Parameters<typeof controlFlow>[0]): boolean {
  const flow = controlFlow(func);
  return findLoops(flow, dominatorTree(flow)).reducible;
}

const isSigned = (module: IrModule, name: string, index: number): boolean => {
  const type = module.functions.get(name)?.results[index];
  return type !== undefined && WASM_TYPE_OF[type] === 'i64';
};

/** What the back end needs for addresses of data and for trap codes. */
function withAbiGlobals(module: IrModule): IrModule['globals'] {
  const globals = new Map(module.globals);
  globals.set('data', { name: 'data', type: 'i32', mutable: true, initial: DATA_ADDRESS });
  globals.set('header', { name: 'header', type: 'i32', mutable: true, initial: HEADER_ADDRESS });
  return globals;
}

function attempt<T>(call: () => T, trapCode: () => number): T {
  try {
    return call();
  } catch (error) {
    const reason = REASONS.find(([pattern]) => pattern.test(String(error)))?.[1];
    if (reason === undefined) throw error;
    throw new Trap(reason, reason === 'unreachable' ? trapCode() : undefined);
  }
}
