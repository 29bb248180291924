/**
 * The meaning of every opcode that only computes: constants, memory, globals, calls and symbols are interpret.ts's.
 *
 * i32 and ref are signed JavaScript numbers, i64 and val signed bigints, floats numbers (f32 rounded by Math.fround).
 * NaN payloads survive moves and reinterpretation (single.ts). Faults are thrown as `Trap`.
 */
import type { Opcode } from './opcodes.js';
import { Trap, type TrapReason } from './trap.js';
import { bitsOfSingle, negated, quieted, singleOfBits } from './single.js';

export type Scalar = number | bigint;
/** Takes as many scalars as the opcode's row has operands. */
export type ScalarFunction = (a: Scalar, b: Scalar, c: Scalar) => Scalar;

// Operand types are the verifier's promise (V9): the casts below state it.
const n = (f: (a: number) => Scalar): ScalarFunction => f as ScalarFunction;
const nn = (f: (a: number, b: number) => Scalar): ScalarFunction => f as ScalarFunction;
const b = (f: (a: bigint) => Scalar): ScalarFunction => f as ScalarFunction;
const bb = (f: (a: bigint, b: bigint) => Scalar): ScalarFunction => f as ScalarFunction;

const bit = (condition: boolean): number => (condition ? 1 : 0);
const s64 = (a: bigint): bigint => BigInt.asIntN(64, a);
const u64 = (a: bigint): bigint => BigInt.asUintN(64, a);
const count = (a: bigint): bigint => a & 63n;
const trap = (reason: TrapReason): never => {
  throw new Trap(reason);
};

const scratch = new DataView(new ArrayBuffer(8));
const LEAST_I32 = -0x80000000;
const LEAST_I64 = -(2n ** 63n);

const high = (a: bigint): number => Number(BigInt.asIntN(32, a >> 32n));
const low = (a: bigint): number => Number(BigInt.asIntN(32, a));
const ctz32 = (a: number): number => (a === 0 ? 32 : 31 - Math.clz32(a & -a));

function popcnt32(a: number): number {
  let bits = a - ((a >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function divS32(a: number, by: number): number {
  if (by === 0) trap('divideByZero');
  if (a === LEAST_I32 && by === -1) trap('overflow');
  return (a / by) | 0;
}

function divS64(a: bigint, by: bigint): bigint {
  if (by === 0n) trap('divideByZero');
  if (a === LEAST_I64 && by === -1n) trap('overflow');
  return a / by;
}

const nonZero = (by: number): number => (by === 0 ? trap('divideByZero') : by);
const nonZero64 = (by: bigint): bigint => (by === 0n ? trap('divideByZero') : by);

function rotl64(a: bigint, by: bigint): bigint {
  const left = count(by);
  return s64((u64(a) << left) | (u64(a) >> (64n - left)));
}

/** To the nearest integer, ties to even. */
function nearest(a: number): number {
  if (!Number.isFinite(a) || Math.abs(a) >= 2 ** 52 || a === 0) return a;
  const down = Math.floor(a);
  const rest = a - down;
  const rounded = rest < 0.5 ? down : rest > 0.5 ? down + 1 : down % 2 === 0 ? down : down + 1;
  return rounded === 0 && a < 0 ? -0 : rounded;
}

function isNegative(a: number): boolean {
  scratch.setFloat64(0, a);
  return scratch.getInt8(0) < 0;
}

const copysign = (a: number, sign: number): number => (isNegative(a) === isNegative(sign) ? a : negated(a));

/** A 64-bit integer to single precision with one rounding: what does not fit a double's mantissa becomes a sticky bit. */
function i64ToF32(a: bigint): number {
  const magnitude = a < 0n ? -a : a;
  if (magnitude < 2n ** 53n) return Math.fround(Number(a));
  const shifted = (magnitude >> 12n) | (magnitude & 0xfffn ? 1n : 0n);
  const rounded = Math.fround(Number(shifted)) * 4096;
  return a < 0n ? -rounded : rounded;
}

const LIMITS = { i32s: [LEAST_I32, 0x80000000], i32u: [0, 0x100000000], i64s: [-(2 ** 63), 2 ** 63], i64u: [0, 2 ** 64] } as const;
type IntegerKind = keyof typeof LIMITS;
const wrapInteger = (kind: IntegerKind, a: number): Scalar => (kind === 'i32s' || kind === 'i32u' ? a | 0 : s64(BigInt(a)));

const truncate = (kind: IntegerKind): ScalarFunction =>
  n((a) => {
    if (Number.isNaN(a)) return trap('invalidConversion');
    const whole = Math.trunc(a);
    const [least, beyond] = LIMITS[kind];
    return whole < least || whole >= beyond ? trap('overflow') : wrapInteger(kind, whole);
  });

const saturate = (kind: IntegerKind): ScalarFunction =>
  n((a) => {
    const whole = Number.isNaN(a) ? 0 : Math.trunc(a);
    const [least, beyond] = LIMITS[kind];
    if (whole < beyond) return wrapInteger(kind, Math.max(whole, least));
    if (kind === 'i32s' || kind === 'i32u') return (beyond - 1) | 0;
    return s64(BigInt(beyond) - 1n);
  });

/** A float operation in both precisions. */
function floats<Name extends string>(name: Name, f: ScalarFunction): Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction> {
  const rounded: ScalarFunction = (x, y, z) => Math.fround(f(x, y, z) as number); // floats are numbers (V9)
  return { [`f32.${name}`]: rounded, [`f64.${name}`]: f } as Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction>; // both keys are there
}

/** What only looks at or changes the sign, in both precisions: no NaN becomes another. */
function signs<Name extends string>(name: Name, f: ScalarFunction): Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction> {
  return { [`f32.${name}`]: f, [`f64.${name}`]: f } as Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction>; // both keys are there
}

/** A function of one float, which a NaN leaves quiet. */
const quiet = (f: (x: number) => number): ScalarFunction => n((x) => (x === x ? f(x) : quieted(x)));

/** A float comparison in both precisions. */
function comparisons<Name extends string>(name: Name, f: (x: number, y: number) => boolean): Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction> {
  const compare = nn((x, y) => bit(f(x, y)));
  return { [`f32.${name}`]: compare, [`f64.${name}`]: compare } as Record<`f32.${Name}` | `f64.${Name}`, ScalarFunction>; // both keys are there
}

const same: ScalarFunction = (a) => a;
const f64OfI64 = b((a) => {
  scratch.setBigInt64(0, a);
  return scratch.getFloat64(0);
});
const i64OfF64 = n((a) => {
  scratch.setFloat64(0, a);
  return scratch.getBigInt64(0);
});

export const SCALARS = {
  'i32.eqz': n((x) => bit(x === 0)),
  'i32.eq': nn((x, y) => bit(x === y)),
  'i32.ne': nn((x, y) => bit(x !== y)),
  'i32.lt_s': nn((x, y) => bit(x < y)),
  'i32.lt_u': nn((x, y) => bit(x >>> 0 < y >>> 0)),
  'i32.gt_s': nn((x, y) => bit(x > y)),
  'i32.gt_u': nn((x, y) => bit(x >>> 0 > y >>> 0)),
  'i32.le_s': nn((x, y) => bit(x <= y)),
  'i32.le_u': nn((x, y) => bit(x >>> 0 <= y >>> 0)),
  'i32.ge_s': nn((x, y) => bit(x >= y)),
  'i32.ge_u': nn((x, y) => bit(x >>> 0 >= y >>> 0)),
  'i32.clz': n((x) => Math.clz32(x)),
  'i32.ctz': n(ctz32),
  'i32.popcnt': n(popcnt32),
  'i32.add': nn((x, y) => (x + y) | 0),
  'i32.sub': nn((x, y) => (x - y) | 0),
  'i32.mul': nn((x, y) => Math.imul(x, y)),
  'i32.div_s': nn(divS32),
  'i32.div_u': nn((x, y) => ((x >>> 0) / (nonZero(y) >>> 0)) | 0),
  'i32.rem_s': nn((x, y) => (x % nonZero(y)) | 0),
  'i32.rem_u': nn((x, y) => ((x >>> 0) % (nonZero(y) >>> 0)) | 0),
  'i32.and': nn((x, y) => x & y),
  'i32.or': nn((x, y) => x | y),
  'i32.xor': nn((x, y) => x ^ y),
  'i32.shl': nn((x, y) => x << y),
  'i32.shr_s': nn((x, y) => x >> y),
  'i32.shr_u': nn((x, y) => (x >>> y) | 0),
  'i32.rotl': nn((x, y) => (x << y) | (x >>> -y)),
  'i32.rotr': nn((x, y) => (x >>> y) | (x << -y)),

  'i64.eqz': b((x) => bit(x === 0n)),
  'i64.eq': bb((x, y) => bit(x === y)),
  'i64.ne': bb((x, y) => bit(x !== y)),
  'i64.lt_s': bb((x, y) => bit(x < y)),
  'i64.lt_u': bb((x, y) => bit(u64(x) < u64(y))),
  'i64.gt_s': bb((x, y) => bit(x > y)),
  'i64.gt_u': bb((x, y) => bit(u64(x) > u64(y))),
  'i64.le_s': bb((x, y) => bit(x <= y)),
  'i64.le_u': bb((x, y) => bit(u64(x) <= u64(y))),
  'i64.ge_s': bb((x, y) => bit(x >= y)),
  'i64.ge_u': bb((x, y) => bit(u64(x) >= u64(y))),
  'i64.clz': b((x) => BigInt(high(x) === 0 ? 32 + Math.clz32(low(x)) : Math.clz32(high(x)))),
  'i64.ctz': b((x) => BigInt(low(x) === 0 ? 32 + ctz32(high(x)) : ctz32(low(x)))),
  'i64.popcnt': b((x) => BigInt(popcnt32(high(x)) + popcnt32(low(x)))),
  'i64.add': bb((x, y) => s64(x + y)),
  'i64.sub': bb((x, y) => s64(x - y)),
  'i64.mul': bb((x, y) => s64(x * y)),
  'i64.div_s': bb(divS64),
  'i64.div_u': bb((x, y) => s64(u64(x) / u64(nonZero64(y)))),
  'i64.rem_s': bb((x, y) => x % nonZero64(y)),
  'i64.rem_u': bb((x, y) => s64(u64(x) % u64(nonZero64(y)))),
  'i64.and': bb((x, y) => x & y),
  'i64.or': bb((x, y) => x | y),
  'i64.xor': bb((x, y) => x ^ y),
  'i64.shl': bb((x, y) => s64(x << count(y))),
  'i64.shr_s': bb((x, y) => x >> count(y)),
  'i64.shr_u': bb((x, y) => s64(u64(x) >> count(y))),
  'i64.rotl': bb(rotl64),
  'i64.rotr': bb((x, y) => rotl64(x, -y)),

  ...comparisons('eq', (x, y) => x === y),
  ...comparisons('ne', (x, y) => x !== y),
  ...comparisons('lt', (x, y) => x < y),
  ...comparisons('gt', (x, y) => x > y),
  ...comparisons('le', (x, y) => x <= y),
  ...comparisons('ge', (x, y) => x >= y),
  ...signs('abs', n((x) => (isNegative(x) ? negated(x) : x))),
  ...signs('neg', n(negated)),
  ...floats('ceil', quiet(Math.ceil)),
  ...floats('floor', quiet(Math.floor)),
  ...floats('trunc', quiet(Math.trunc)),
  ...floats('nearest', quiet(nearest)),
  ...floats('sqrt', quiet(Math.sqrt)),
  ...floats('add', nn((x, y) => x + y)),
  ...floats('sub', nn((x, y) => x - y)),
  ...floats('mul', nn((x, y) => x * y)),
  ...floats('div', nn((x, y) => x / y)),
  ...floats('min', nn((x, y) => Math.min(x, y))),
  ...floats('max', nn((x, y) => Math.max(x, y))),
  ...signs('copysign', nn(copysign)),

  'i32.wrap_i64': b(low),
  'i32.trunc_f32_s': truncate('i32s'),
  'i32.trunc_f32_u': truncate('i32u'),
  'i32.trunc_f64_s': truncate('i32s'),
  'i32.trunc_f64_u': truncate('i32u'),
  'i64.extend_i32_s': n((x) => BigInt(x)),
  'i64.extend_i32_u': n((x) => BigInt(x >>> 0)),
  'i64.trunc_f32_s': truncate('i64s'),
  'i64.trunc_f32_u': truncate('i64u'),
  'i64.trunc_f64_s': truncate('i64s'),
  'i64.trunc_f64_u': truncate('i64u'),
  'f32.convert_i32_s': n(Math.fround),
  'f32.convert_i32_u': n((x) => Math.fround(x >>> 0)),
  'f32.convert_i64_s': b(i64ToF32),
  'f32.convert_i64_u': b((x) => i64ToF32(u64(x))),
  'f32.demote_f64': quiet(Math.fround),
  'f64.convert_i32_s': same,
  'f64.convert_i32_u': n((x) => x >>> 0),
  'f64.convert_i64_s': b(Number),
  'f64.convert_i64_u': b((x) => Number(u64(x))),
  'f64.promote_f32': n(quieted),
  'i32.reinterpret_f32': n(bitsOfSingle),
  'i64.reinterpret_f64': i64OfF64,
  'f32.reinterpret_i32': n(singleOfBits),
  'f64.reinterpret_i64': f64OfI64,
  'i32.extend8_s': n((x) => (x << 24) >> 24),
  'i32.extend16_s': n((x) => (x << 16) >> 16),
  'i64.extend8_s': b((x) => BigInt.asIntN(8, x)),
  'i64.extend16_s': b((x) => BigInt.asIntN(16, x)),
  'i64.extend32_s': b((x) => BigInt.asIntN(32, x)),
  'i32.trunc_sat_f32_s': saturate('i32s'),
  'i32.trunc_sat_f32_u': saturate('i32u'),
  'i32.trunc_sat_f64_s': saturate('i32s'),
  'i32.trunc_sat_f64_u': saturate('i32u'),
  'i64.trunc_sat_f32_s': saturate('i64s'),
  'i64.trunc_sat_f32_u': saturate('i64u'),
  'i64.trunc_sat_f64_s': saturate('i64s'),
  'i64.trunc_sat_f64_u': saturate('i64u'),

  'val.from_f64': i64OfF64,
  'f64.from_val': f64OfI64,
  'val.from_i64': same,
  'i64.from_val': same,
  'ref.from_val': b(low),
  'ref.from_i32': same,
  'i32.from_ref': same,
  'ref.eq': nn((x, y) => bit(x === y)),
  'val.eq': bb((x, y) => bit(x === y)),
  select: (x, y, condition) => (condition === 0 ? y : x),
} as const satisfies Partial<Record<Opcode, ScalarFunction>>;

export type ScalarOpcode = keyof typeof SCALARS;
export const isScalarOpcode = (opcode: Opcode): opcode is ScalarOpcode => Object.hasOwn(SCALARS, opcode);
