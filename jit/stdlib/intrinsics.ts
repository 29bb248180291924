/**
 * The privileged dialect of the standard library: machine types and the operations that ordinary guest code lacks.
 *
 * The files beside this one are compiled twice. Our own front end turns each call of a function below into IR
 * instructions (jit/typescript/privileged/intrinsics.ts has the table). And as plain TypeScript they run in Node over a
 * DataView, with the definitions here as reference meaning: that is how unit tests compare them with V8's own library.
 *
 * In the dialect `i32` and `f64` are numbers, `i64` and `val` bigints (signed, unsigned), `ref` and `str` addresses.
 * Both meanings agree as long as i32 arithmetic does not overflow (use `imul`, `| 0`), divisions of i32 are written
 * `(a / b) | 0`, unsigned comparisons use `ltu`, and 64-bit arithmetic that may wrap uses `add64`, `mul64` and so on.
 */
import { CLASS, CLASS_FLAGS, TAG } from '../abi.js';

/** 32-bit integer. */
export type i32 = number;
/** 64-bit integer; a signed bigint in Node. */
export type i64 = bigint;
/** Double. */
export type f64 = number;
/** Address of a heap object, traced by the collector. */
export type ref = number;
/** Address of a heap object that is a string. */
export type str = number;
/** Boxed value; an unsigned bigint in Node. */
export type val = bigint;
/** Condition; 0 or 1 when compiled. */
export type bool = boolean;

// Reference machine ---------------------------------------------------------------------------------------------------

let view: DataView = new DataView(new ArrayBuffer(0));
let bytes: Uint8Array = new Uint8Array(0);
type ClosureEntry = (closure: ref, self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref) => val;
const table: unknown[] = [null];
const strings = new Map<string, ref>();
const infos = new Map<string, ref>();
const classes = new Map<string, ref>();
let allocateStatic: (byteLength: number) => number = () => 0;
let makeStaticString: (text: string) => ref = () => 0;

/** Runs the dialect over this memory. `allocate` gives zeroed static bytes, `makeString` a flat string object. */
export function attachReferenceMemory(
  memory: ArrayBufferLike,
  allocate: (byteLength: number) => number,
  makeString: (text: string) => ref,
): void {
  view = new DataView(memory);
  bytes = new Uint8Array(memory);
  strings.clear();
  infos.clear();
  classes.clear();
  allocateStatic = allocate;
  makeStaticString = makeString;
}

/** What a guest `throw` is in the reference machine. */
export class ReferenceThrow extends Error {
  constructor(readonly value: val) {
    super('guest throw');
  }
}

/** What a trap is in the reference machine. */
export class ReferenceTrap extends Error {
  constructor(readonly code: i32) {
    super(`trap ${code}`);
  }
}

/** Instance globals (GLOBALS of jit/abi.ts): `globals.header` compiles to `global.get`. */
export const globals = {
  header: 0 as i32,
  data: 0 as i32,
  fuel: 1_000_000_000n as i64,
  stack: 1_000_000 as i32,
  shadow: 0 as i32,
  shadowLimit: 0 as i32,
  next: 0 as i32,
  limit: 0 as i32,
  error: 0n as val,
  resumeValue: 0n as val,
  resumeStatus: 0 as i32,
  awaited: 0 as ref,
};

// Memory: address plus a constant offset ------------------------------------------------------------------------------

export const load8 = (address: i32 | ref, offset: i32): i32 => view.getUint8(address + offset);
export const load8s = (address: i32 | ref, offset: i32): i32 => view.getInt8(address + offset);
export const load16 = (address: i32 | ref, offset: i32): i32 => view.getUint16(address + offset, true);
export const load32 = (address: i32 | ref, offset: i32): i32 => view.getInt32(address + offset, true);
export const load64 = (address: i32 | ref, offset: i32): i64 => view.getBigInt64(address + offset, true);
export const loadF32 = (address: i32 | ref, offset: i32): f64 => view.getFloat32(address + offset, true);
export const loadF64 = (address: i32 | ref, offset: i32): f64 => view.getFloat64(address + offset, true);
export const loadRef = (address: i32 | ref, offset: i32): ref => view.getInt32(address + offset, true);
export const loadVal = (address: i32 | ref, offset: i32): val => view.getBigUint64(address + offset, true);
export const store8 = (address: i32 | ref, offset: i32, value: i32): void => view.setUint8(address + offset, value);
export const store16 = (address: i32 | ref, offset: i32, value: i32): void => view.setUint16(address + offset, value, true);
export const store32 = (address: i32 | ref, offset: i32, value: i32): void => view.setInt32(address + offset, value, true);
export const store64 = (address: i32 | ref, offset: i32, value: i64): void => view.setBigInt64(address + offset, value, true);
export const storeF32 = (address: i32 | ref, offset: i32, value: f64): void => view.setFloat32(address + offset, value, true);
export const storeF64 = (address: i32 | ref, offset: i32, value: f64): void => view.setFloat64(address + offset, value, true);
export const storeRef = (address: i32 | ref, offset: i32, value: ref): void => view.setInt32(address + offset, value, true);
export const storeVal = (address: i32 | ref, offset: i32, value: val): void => view.setBigUint64(address + offset, value, true);
/** Address of byte `index` of an object, plus a constant offset; not to be kept across a call that suspends. */
export const elementAddress = (object: ref, index: i32, offset: i32): i32 => object + index + offset;
export const copyBytes = (to: i32, from: i32, count: i32): void => void bytes.copyWithin(to, from, from + count);
export const fillBytes = (to: i32, byte: i32, count: i32): void => void bytes.fill(byte, to, to + count);

export const atomicLoad = (address: i32, offset: i32): i32 => load32(address, offset);
export const atomicStore = (address: i32, offset: i32, value: i32): void => store32(address, offset, value);
/** Compare and exchange; gives the old value. */
export function atomicCompareExchange(address: i32, offset: i32, expected: i32, replacement: i32): i32 {
  const old = load32(address, offset);
  if (old === expected) store32(address, offset, replacement);
  return old;
}

// Integers ------------------------------------------------------------------------------------------------------------

const u32 = (x: i32): number => x >>> 0;
const u64 = (x: i64): bigint => BigInt.asUintN(64, x);
const s64 = (x: bigint): i64 => BigInt.asIntN(64, x);
export const ltu = (a: i32, b: i32): bool => u32(a) < u32(b);
export const gtu = (a: i32, b: i32): bool => u32(a) > u32(b);
export const leu = (a: i32, b: i32): bool => u32(a) <= u32(b);
export const geu = (a: i32, b: i32): bool => u32(a) >= u32(b);
export const divu = (a: i32, b: i32): i32 => (u32(a) / u32(b)) | 0;
export const remu = (a: i32, b: i32): i32 => (u32(a) % u32(b)) | 0;
export const imul = (a: i32, b: i32): i32 => Math.imul(a, b);
export const clz32 = (a: i32): i32 => Math.clz32(a);
export const ctz32 = (a: i32): i32 => (a === 0 ? 32 : 31 - Math.clz32(a & -a));
export const rotl32 = (a: i32, b: i32): i32 => (a << b) | (a >>> (32 - b));
export const add64 = (a: i64, b: i64): i64 => s64(a + b);
export const sub64 = (a: i64, b: i64): i64 => s64(a - b);
export const mul64 = (a: i64, b: i64): i64 => s64(a * b);
export const divu64 = (a: i64, b: i64): i64 => s64(u64(a) / u64(b));
export const remu64 = (a: i64, b: i64): i64 => s64(u64(a) % u64(b));
export const shl64 = (a: i64, b: i64): i64 => s64(a << (b & 63n));
export const shru64 = (a: i64, b: i64): i64 => s64(u64(a) >> (b & 63n));
export const shrs64 = (a: i64, b: i64): i64 => a >> (b & 63n);
export const ltu64 = (a: i64, b: i64): bool => u64(a) < u64(b);
export const clz64 = (a: i64): i64 => BigInt(u64(a) === 0n ? 64 : 64 - u64(a).toString(2).length);
export const ctz64 = (a: i64): i64 => BigInt(a === 0n ? 64 : (u64(a).toString(2).match(/0*$/)?.[0].length ?? 0));

// Conversions ---------------------------------------------------------------------------------------------------------

export const toF64 = (a: i32): f64 => a | 0;
export const toF64u = (a: i32): f64 => u32(a);
/** Truncates and saturates; NaN gives 0. */
export const toI32 = (a: f64): i32 => (a !== a ? 0 : Math.max(-2147483648, Math.min(2147483647, Math.trunc(a)))) | 0;
export const toI64 = (a: i32): i64 => BigInt(a | 0);
export const toI64u = (a: i32): i64 => BigInt(u32(a));
export const wrap = (a: i64): i32 => Number(BigInt.asIntN(32, a));
export const i64ToF64 = (a: i64): f64 => Number(a);
export const i64ToF64u = (a: i64): f64 => Number(u64(a));
/** Truncates and saturates; NaN gives 0. */
export const f64ToI64 = (a: f64): i64 =>
  a !== a ? 0n : a >= 2 ** 63 ? 2n ** 63n - 1n : a < -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(a));
const scratch = new DataView(new ArrayBuffer(8));
export function bitsOfF64(a: f64): i64 {
  scratch.setFloat64(0, a);
  return scratch.getBigInt64(0);
}
export function f64OfBits(a: i64): f64 {
  scratch.setBigInt64(0, a);
  return scratch.getFloat64(0);
}

// Doubles -------------------------------------------------------------------------------------------------------------

export const sqrt = (a: f64): f64 => Math.sqrt(a);
export const floor = (a: f64): f64 => Math.floor(a);
export const ceil = (a: f64): f64 => Math.ceil(a);
export const trunc = (a: f64): f64 => Math.trunc(a);
export const abs = (a: f64): f64 => Math.abs(a);
/** To the nearest integer, ties to even. */
export function nearest(a: f64): f64 {
  const down = Math.floor(a);
  const rest = a - down;
  if (rest < 0.5) return down === 0 && a < 0 ? -0 : down;
  if (rest > 0.5) return Math.ceil(a);
  return rest === 0.5 && down % 2 !== 0 ? down + 1 : down;
}
export const fmin = (a: f64, b: f64): f64 => Math.min(a, b);
export const fmax = (a: f64, b: f64): f64 => Math.max(a, b);
export const copysign = (a: f64, b: f64): f64 => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a));

// Boxed values --------------------------------------------------------------------------------------------------------

export const boxF64 = (a: f64): val => BigInt.asUintN(64, bitsOfF64(a));
export const unboxF64 = (a: val): f64 => f64OfBits(a);
/** Boxes a pointer under a constant tag of TAG. */
export const boxRef = (tag: i32, object: ref): val => (BigInt(tag) << 48n) | BigInt(u32(object));
export const boxObject = (object: ref): val => boxRef(TAG.object, object);
export const boxString = (string: str): val => boxRef(TAG.string, string);
export const boxBool = (a: bool): val => (a ? 0xfff9000000000003n : 0xfff9000000000002n);
export const unboxRef = (a: val): ref => Number(BigInt.asIntN(32, a));
export const isNumber = (a: val): bool => a < 0xfff9000000000000n;
export const isObject = (a: val): bool => a >> 48n === BigInt(TAG.object);
export const isString = (a: val): bool => a >> 48n === BigInt(TAG.string);
/** The top 16 bits. */
export const tagOf = (a: val): i32 => Number(a >> 48n);
export const valBits = (a: val): i64 => s64(a);
export const valOfBits = (a: i64): val => u64(a);
export const refAt = (address: i32): ref => address;
export const addressOf = (object: ref): i32 => object;

// Functions and static data -------------------------------------------------------------------------------------------

/** Address of the static string with this literal text. */
export function str(text: string): str {
  const known = strings.get(text);
  if (known !== undefined) return known;
  const made = makeStaticString(text);
  strings.set(text, made);
  return made;
}

/** Address of a FUNCTION_INFO for a native closure; both arguments are literals. */
export function nativeInfo(name: string, parameterCount: i32, captureCount: i32): ref {
  const key = `${name}/${parameterCount}/${captureCount}`;
  const known = infos.get(key);
  if (known !== undefined) return known;
  const made = allocateStatic(24);
  store32(made, 0, str(name));
  store32(made, 4, parameterCount);
  store32(made, 8, captureCount);
  infos.set(key, made);
  return made;
}

/**
 * Address of the class descriptor of a library class (data symbol `class$<name>`); the argument is a literal. The
 * front end makes these symbols; in the reference machine Error is the parent of every name that ends in Error.
 */
export function classOf(name: string): ref {
  const known = classes.get(name);
  if (known !== undefined) return known;
  const made = allocateStatic(CLASS.bytes);
  classes.set(name, made);
  store32(made, CLASS.name, str(name));
  store32(made, CLASS.flags, CLASS_FLAGS.library);
  if (name === 'AbortError' || name === 'TimeoutError' || name === 'DataCloneError') store32(made, CLASS.parent, classOf('DOMException'));
  else if (name === 'DOMException' || (name !== 'Error' && name.endsWith('Error'))) store32(made, CLASS.parent, classOf('Error'));
  return made;
}

/** Table index of a function of the library. */
export function funcIndex(func: (...args: never[]) => unknown): i32 {
  const known = table.indexOf(func);
  return known >= 0 ? known : table.push(func) - 1;
}

/** Calls a closure entry by its table index; throws what it throws. */
export const callClosure = (
  func: i32, closure: ref, self: val, argc: i32, a0: val, a1: val, a2: val, a3: val, rest: ref,
): val => (table[func] as ClosureEntry)(closure, self, argc, a0, a1, a2, a3, rest); // the table holds what funcIndex put there

/**
 * Runs a frame's resume thunk by table index, with mode; gives the ASYNC status and leaves the value in
 * `globals.resumeValue`.
 */
export function callResume(func: i32, frame: ref, mode: i32): i32 {
  const [value, status] = (table[func] as (frame: ref, mode: i32) => [val, i32])(frame, mode); // as above
  globals.resumeValue = value;
  return status;
}

/**
 * The guest value that a catch clause of the dialect received: `catch (error) { const e: val = caught(error); … }`.
 * Compiled it is the variable itself; in the reference machine whatever is no guest throw goes on.
 */
export function caught(error: unknown): val {
  if (typeof error === 'bigint') return error;
  if (error instanceof ReferenceThrow) return error.value;
  throw error;
}

/** Ends the task with a TRAP code. */
export function trap(code: i32): never {
  throw new ReferenceTrap(code);
}
