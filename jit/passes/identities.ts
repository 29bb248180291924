/**
 * The rewrite table of fold.ts: operations that equal an operand, or a simpler operation.
 *
 * Each rule looks one definition deep. Floats have few rules: x + 0 is not x for -0, x * 0 not 0 for NaN.
 */
import type { Immediate, Instruction } from '../../ir/function.js';
import type { Opcode } from '../../ir/opcodes.js';
import type { Scalar } from '../../ir/scalars.js';
import type { Type, Value } from '../../ir/types.js';

export interface Definitions {
  maker(value: Value): Instruction | undefined;
  constant(value: Value): Scalar | undefined;
  type(value: Value): Type;
}

export type Simpler =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'operation'; readonly opcode: Opcode; readonly operands: readonly Value[]; readonly immediates: readonly Immediate[] };

/** `outer(inner(x))` is x. */
const INVERSES: Readonly<Partial<Record<Opcode, readonly Opcode[]>>> = {
  'f64.from_val': ['val.from_f64'],
  'val.from_f64': ['f64.from_val'],
  'i64.from_val': ['val.from_i64'],
  'val.from_i64': ['i64.from_val'],
  'ref.from_val': ['val.box'],
  'ref.from_i32': ['i32.from_ref'],
  'i64.reinterpret_f64': ['f64.reinterpret_i64'],
  'f64.reinterpret_i64': ['i64.reinterpret_f64'],
  'i32.reinterpret_f32': ['f32.reinterpret_i32'],
  'f32.reinterpret_i32': ['i32.reinterpret_f32'],
  'i32.wrap_i64': ['i64.extend_i32_s', 'i64.extend_i32_u'],
  'f64.neg': ['f64.neg'],
  'i32.trunc_sat_f64_s': ['f64.convert_i32_s'],
  'i32.trunc_f64_s': ['f64.convert_i32_s'],
  'i32.trunc_sat_f64_u': ['f64.convert_i32_u'],
  'i32.trunc_f64_u': ['f64.convert_i32_u'],
};

/** `outer(inner(x))` is `result(x)`. */
const PAIRS: readonly { readonly outer: Opcode; readonly inner: Opcode; readonly result: Opcode }[] = [
  { outer: 'i64.from_val', inner: 'val.from_f64', result: 'i64.reinterpret_f64' },
  { outer: 'f64.from_val', inner: 'val.from_i64', result: 'f64.reinterpret_i64' },
  { outer: 'val.from_i64', inner: 'i64.reinterpret_f64', result: 'val.from_f64' },
  { outer: 'i64.reinterpret_f64', inner: 'f64.from_val', result: 'i64.from_val' },
  { outer: 'val.from_f64', inner: 'f64.reinterpret_i64', result: 'val.from_i64' },
];

/** The constant on the right that leaves the left operand as it is. */
const RIGHT_NEUTRAL: Readonly<Partial<Record<Opcode, Scalar>>> = {
  'i32.add': 0, 'i32.sub': 0, 'i32.or': 0, 'i32.xor': 0, 'i32.shl': 0, 'i32.shr_s': 0, 'i32.shr_u': 0, 'i32.mul': 1, 'i32.and': -1,
  'i64.add': 0n, 'i64.sub': 0n, 'i64.or': 0n, 'i64.xor': 0n, 'i64.shl': 0n, 'i64.shr_s': 0n, 'i64.shr_u': 0n, 'i64.mul': 1n, 'i64.and': -1n,
};
/** Operations whose operands may change places. */
export const COMMUTATIVE: ReadonlySet<Opcode> = new Set<Opcode>([
  'i32.add', 'i32.or', 'i32.xor', 'i32.mul', 'i32.and', 'i64.add', 'i64.or', 'i64.xor', 'i64.mul', 'i64.and',
]);

/** The comparison that gives the opposite; floats have none, because of NaN. */
const OPPOSITES: Readonly<Partial<Record<Opcode, Opcode>>> = {
  'i32.eq': 'i32.ne', 'i32.ne': 'i32.eq', 'i32.lt_s': 'i32.ge_s', 'i32.ge_s': 'i32.lt_s', 'i32.gt_s': 'i32.le_s', 'i32.le_s': 'i32.gt_s',
  'i32.lt_u': 'i32.ge_u', 'i32.ge_u': 'i32.lt_u', 'i32.gt_u': 'i32.le_u', 'i32.le_u': 'i32.gt_u',
  'i64.eq': 'i64.ne', 'i64.ne': 'i64.eq', 'i64.lt_s': 'i64.ge_s', 'i64.ge_s': 'i64.lt_s', 'i64.gt_s': 'i64.le_s', 'i64.le_s': 'i64.gt_s',
  'i64.lt_u': 'i64.ge_u', 'i64.ge_u': 'i64.lt_u', 'i64.gt_u': 'i64.le_u', 'i64.le_u': 'i64.gt_u',
};

/** Whether a value is 0 or 1, as its maker shows. */
const isTruth = (maker: Instruction | undefined): boolean => {
  const [type, operation = ''] = maker?.opcode.split('.') ?? [];
  return type !== 'select' && /^(eqz?|ne|[lg][te](_[su])?)$/.test(operation);
};

export function simplifyOperation(instruction: Instruction, definitions: Definitions): Simpler | null {
  const { opcode, operands } = instruction;
  const [a, b, c] = operands;
  if (a === undefined) return null;
  if (opcode === 'select' && b !== undefined && c !== undefined) return simplifySelect(a, b, c, definitions);
  if (b === undefined) return simplifyUnary(opcode, definitions.maker(a));
  const neutral = RIGHT_NEUTRAL[opcode];
  if (neutral !== undefined && definitions.constant(b) === neutral) return { kind: 'value', value: a };
  if (neutral !== undefined && COMMUTATIVE.has(opcode) && definitions.constant(a) === neutral) return { kind: 'value', value: b };
  const one = definitions.constant(b);
  const isTest = (opcode === 'i32.and' && one === 1) || (opcode === 'i32.ne' && one === 0);
  if (isTest && isTruth(definitions.maker(a))) return { kind: 'value', value: a };
  return simplifyZeroTest(opcode, a, b, definitions);
}

function simplifySelect(a: Value, b: Value, c: Value, definitions: Definitions): Simpler | null {
  if (a === b) return { kind: 'value', value: a };
  const condition = definitions.constant(c);
  return condition === undefined ? null : { kind: 'value', value: condition !== 0 ? a : b };
}

function simplifyUnary(opcode: Opcode, inner: Instruction | undefined): Simpler | null {
  const [x, y] = inner?.operands ?? [];
  if (!inner || x === undefined) return null;
  if (INVERSES[opcode]?.includes(inner.opcode)) return { kind: 'value', value: x };
  const pair = PAIRS.find(({ outer, inner: from }) => outer === opcode && from === inner.opcode);
  if (pair) return { kind: 'operation', opcode: pair.result, operands: [x], immediates: [] };
  const opposite = opcode === 'i32.eqz' ? OPPOSITES[inner.opcode] : undefined;
  return opposite && y !== undefined ? { kind: 'operation', opcode: opposite, operands: [x, y], immediates: [] } : null;
}

/** x == 0 */
function simplifyZeroTest(opcode: Opcode, a: Value, b: Value, { constant }: Definitions): Simpler | null {
  if (opcode === 'i32.eq' && constant(b) === 0) return { kind: 'operation', opcode: 'i32.eqz', operands: [a], immediates: [] };
  if (opcode === 'i64.eq' && constant(b) === 0n) return { kind: 'operation', opcode: 'i64.eqz', operands: [a], immediates: [] };
  return null;
}
