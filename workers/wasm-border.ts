/**
 * i64 at the border of WebAssembly modules: bigints for the embedder, decimal digits on the wire, which has no bigints.
 *
 * Needs the types of the export or import; functions of other programs, which have none, pass as they are.
 */
import type { WasmFunctionType } from '../jit/artifact.js';
import type { Run } from '../executor/call.js';
import { HostTypeError } from '../executor/errors.js';
import type { HostImplementation } from '../executor/host-calls.js';

const hasBigints = (types: readonly string[]): boolean => types.includes('i64');

/** As JavaScript's own interface converts to i64: bigints only, modulo 2^64. */
function digitsOf(value: unknown, what: string): string {
  if (typeof value !== 'bigint') throw new HostTypeError(what, 'a bigint', typeof value);
  return BigInt.asIntN(64, value).toString();
}

const toGuest = (value: unknown, type: string | undefined, what: string): unknown => (type === 'i64' ? digitsOf(value, what) : value);
const fromGuest = (value: unknown, type: string | undefined): unknown => (type === 'i64' ? BigInt(String(value)) : value);

/** Missing arguments are undefined, as in JavaScript. */
export function argumentsToGuest(args: readonly unknown[], wasm: WasmFunctionType | undefined): readonly unknown[] {
  if (!wasm || !hasBigints(wasm.params)) return args;
  return wasm.params.map((type, index) => toGuest(args[index], type, `argument ${index + 1}`));
}

export function resultFromGuest(run: Run, wasm: WasmFunctionType | undefined): Run {
  if (!wasm || !hasBigints(wasm.results)) return run;
  const { results } = wasm;
  const result = run.result.then((value) => (results.length > 1 && Array.isArray(value) ? value.map((each, index) => fromGuest(each, results[index])) : fromGuest(value, results[0])));
  return { result, finished: run.finished };
}

/** A host function that takes and gives bigints, as one that takes and gives digits. */
export function withBigints(implementation: HostImplementation, wasm: WasmFunctionType | undefined): HostImplementation {
  if (!wasm || !(hasBigints(wasm.params) || hasBigints(wasm.results))) return implementation;
  const { params, results } = wasm;
  return async (...args: unknown[]) => {
    const value: unknown = await implementation(...(args.map((each, index) => fromGuest(each, params[index])) as never[])); // what the closure takes is between it and the import
    if (results.length <= 1) return toGuest(value, results[0], 'result');
    if (!Array.isArray(value)) throw new HostTypeError('result', `an array of ${results.length} values`, typeof value);
    return value.map((each, index) => toGuest(each, results[index], `result[${index}]`));
  };
}
