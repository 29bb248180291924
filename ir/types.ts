/**
 * The types and entity ids of the IR.
 *
 * Needs nothing. Promises that ids of different kinds cannot be mixed up: they are branded numbers, dense from 0
 * within their function, so tables over them are plain arrays.
 */

/** `ref` is a pointer to an object of the task's heap; `val` is a NaN-boxed guest value. Both are in reference maps. */
export type Type = 'i32' | 'i64' | 'f32' | 'f64' | 'ref' | 'val';

export const TYPES: readonly Type[] = ['i32', 'i64', 'f32', 'f64', 'ref', 'val'];

/** The WebAssembly value type that carries an IR type. */
export type WasmType = 'i32' | 'i64' | 'f32' | 'f64';

export const WASM_TYPE_OF: Readonly<Record<Type, WasmType>> = {
  i32: 'i32',
  i64: 'i64',
  f32: 'f32',
  f64: 'f64',
  ref: 'i32',
  val: 'i64',
};

/** Size in bytes of a value of the type in memory, also its natural alignment. */
export const BYTES_OF: Readonly<Record<Type, number>> = { i32: 4, i64: 8, f32: 4, f64: 8, ref: 4, val: 8 };

declare const brand: unique symbol;
type Id<Name extends string> = number & { readonly [brand]: Name };

/** An SSA value of one function. */
export type Value = Id<'value'>;
/** A basic block of one function. */
export type Block = Id<'block'>;

export const valueId = (index: number): Value => index as Value; // brands an id
export const blockId = (index: number): Block => index as Block; // brands an id

export interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}

/** True when a value of this type may point into the task's heap and must be known to the collector. */
export const isTraced = (type: Type): boolean => type === 'ref' || type === 'val';

/** Ends a switch over a union; the argument's type proves that every case was handled. */
export function assertNever(value: never): never {
  throw new Error(`unreachable variant ${JSON.stringify(value)}`);
}
