/**
 * Checks one instruction against its row of the opcode table and against its callee: V8 to V11, V15 to V17, V21.
 */
import type { Immediate, Instruction } from './function.js';
import { opcodeRow, type ImmediateKind, type OpcodeRow, type OperandKind } from './opcodes.js';
import type { Check } from './rules.js';
import type { Signature, Type, Value } from './types.js';

export function verifyInstruction(check: Check, instruction: Instruction): void {
  const row = opcodeRow(instruction.opcode);
  if (!immediatesFit(check, instruction, row)) return;
  switch (instruction.opcode) {
    case 'call':
      return verifyCall(check, instruction);
    case 'call_indirect':
      return verifyIndirectCall(check, instruction);
    case 'global.get':
    case 'global.set':
      return verifyGlobal(check, instruction);
    default:
      return verifyRow(check, instruction, row);
  }
}

function verifyRow(check: Check, { opcode, operands, results }: Instruction, row: OpcodeRow): void {
  if (operands.length !== row.operands.length) {
    check.report('V8', `${opcode} takes ${row.operands.length} operands, not ${operands.length}`);
    return;
  }
  const leader = operands[row.operands.indexOf('any')];
  const common = leader === undefined ? undefined : check.typeOf(leader);
  row.operands.forEach((kind, index) => {
    const value = operands[index];
    const type = value === undefined ? undefined : check.typeOf(value);
    if (type !== undefined && !accepts(kind, type, common)) check.report('V9', `v${value} is ${type}, ${opcode} takes ${describe(kind, common)}`);
  });
  const given = row.results === 'callee' ? [] : row.results;
  expectResults(check, opcode, results, given.map((kind) => (kind === 'any' || kind === 'addr' ? common : kind)));
}

const accepts = (kind: OperandKind, type: Type, common: Type | undefined): boolean =>
  kind === 'any' ? common === undefined || type === common : kind === 'addr' ? type === 'i32' || type === 'ref' : type === kind;

const describe = (kind: OperandKind, common: Type | undefined): string =>
  kind === 'addr' ? 'i32 or ref' : kind === 'any' ? `the type of its first operand, ${common ?? 'unknown'}` : kind;

function expectResults(check: Check, what: string, results: readonly Value[], wanted: readonly (Type | undefined)[]): void {
  if (results.length !== wanted.length) {
    check.report('V10', `${what} gives ${wanted.length} results, not ${results.length}`);
    return;
  }
  results.forEach((result, index) => {
    const type = check.typeOf(result);
    const expected = wanted[index];
    if (expected !== undefined && type !== expected) check.report('V10', `v${result} is ${type ?? 'unknown'}, ${what} gives ${expected}`);
  });
}

function verifyCall(check: Check, { operands, results, immediates }: Instruction): void {
  const name = String(immediates[0]);
  const callee = check.symbols.func(name);
  if (!callee) {
    check.report('V15', `there is no function ${name}`);
    return;
  }
  const lowered = callee.convention === 'async';
  const params: readonly Type[] = lowered ? ['ref', 'i32', ...callee.params] : callee.params;
  check.expectTypes(operands, params, lowered ? 'V21' : 'V8', lowered ? 'V21' : 'V9', name);
  expectResults(check, name, results, callee.results);
}

function verifyIndirectCall(check: Check, { opcode, operands, results, immediates }: Instruction): void {
  const signature = immediates[0] as Signature; // immediatesFit saw that it is one
  check.expectTypes(operands, ['i32', ...signature.params], 'V8', 'V9', opcode);
  expectResults(check, opcode, results, signature.results);
}

function verifyGlobal(check: Check, { opcode, operands, results, immediates }: Instruction): void {
  const name = String(immediates[0]);
  const global = check.symbols.global(name);
  if (!global) {
    check.report('V17', `there is no global ${name}`);
    return;
  }
  const sets = opcode === 'global.set';
  if (sets && !global.mutable) check.report('V17', `global ${name} is not mutable`);
  check.expectTypes(operands, sets ? [global.type] : [], 'V8', 'V17', `${opcode} ${name}`);
  expectResults(check, opcode, results, sets ? [] : [global.type]);
}

/** V11, and that symbols named by immediates exist (calls and globals are looked up by their own checks). */
function immediatesFit(check: Check, { opcode, immediates }: Instruction, row: OpcodeRow): boolean {
  if (immediates.length !== row.immediates.length) {
    check.report('V11', `${opcode} has ${row.immediates.length} immediates, not ${immediates.length}`);
    return false;
  }
  return row.immediates.every((kind, index) => {
    const immediate = immediates[index];
    if (immediate === undefined || !FITS[kind](immediate)) {
      check.report('V11', `${describeImmediate(immediate)} is no ${kind} immediate of ${opcode}`);
      return false;
    }
    if (kind === 'func' && opcode !== 'call' && !check.symbols.func(String(immediate))) check.report('V15', `there is no function ${String(immediate)}`);
    if (kind === 'data' && !check.symbols.hasData(String(immediate))) check.report('V16', `there is no data symbol ${String(immediate)}`);
    return true;
  });
}

const describeImmediate = (immediate: Immediate | undefined): string =>
  typeof immediate === 'object' ? 'a signature' : typeof immediate === 'bigint' ? `${immediate}n` : String(immediate);

const isName = (immediate: Immediate): boolean => typeof immediate === 'string' && immediate !== '';
const isBetween = (immediate: Immediate, least: number, most: number): boolean =>
  typeof immediate === 'number' && Number.isInteger(immediate) && immediate >= least && immediate <= most;

const FITS: Readonly<Record<ImmediateKind, (immediate: Immediate) => boolean>> = {
  i32: (immediate) => isBetween(immediate, -0x80000000, 0x7fffffff),
  i64: (immediate) => typeof immediate === 'bigint' && BigInt.asIntN(64, immediate) === immediate,
  f32: (immediate) => typeof immediate === 'number' && Object.is(Math.fround(immediate), immediate),
  f64: (immediate) => typeof immediate === 'number',
  offset: (immediate) => isBetween(immediate, 0, 0xffffffff),
  tag: (immediate) => isBetween(immediate, 0, 0xffff),
  signature: (immediate) => typeof immediate === 'object',
  func: isName,
  data: isName,
  global: isName,
};
