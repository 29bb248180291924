/** i64 in JSON, which has no bigints: decimal digits both ways. */
import type { Program } from '../index.js';
import { UsageError } from './options.js';

/** Arguments for an export of a WebAssembly module: what it takes as i64 may be written as digits or as a whole number. */
export function wasmArguments(program: Program, name: string | undefined, args: readonly unknown[]): unknown[] {
  const params = program.artifact.exports.find((each) => each.name === name)?.wasm?.params ?? [];
  return args.map((value, index) => (params[index] === 'i64' ? toBigint(value, index) : value));
}

function toBigint(value: unknown, index: number): bigint {
  const digits = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof digits !== 'string' || !/^-?\d+$/.test(digits)) throw new UsageError(`argument ${index + 1} is an i64: give a string of digits, not ${JSON.stringify(value)}`);
  return BigInt(digits);
}

/** What `--json` prints for a result. */
export function jsonResult(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonResult);
  return typeof value === 'bigint' ? String(value) : value;
}
