/**
 * A small machine for tests of passes: runs functions on a memory of its own, calls the host for symbols it is given, and
 * runs async functions that were not lowered by answering each await at once.
 *
 * It shares no code with the passes under test nor with the product's interpreter.
 */
import { blockOf, type IrFunction, type IrModule, type Instruction, type Target } from '../../../ir/function.js';
import { blockId, type Block, type Value } from '../../../ir/types.js';

export type Word = number | bigint;
export type HostFunction = (...args: Word[]) => Word[];

export interface Outcome {
  readonly value: Word;
  readonly status: number;
}

export class GuestTrap extends Error {
  constructor(readonly code: number) {
    super(`trap ${code}`);
  }
}

const u32 = (x: Word): number => Number(x) >>> 0;
const flag = (x: boolean): number => (x ? 1 : 0);
const s64 = (x: bigint): bigint => BigInt.asIntN(64, x);
const bits = new DataView(new ArrayBuffer(8));
const toBits = (x: Word): bigint => (bits.setFloat64(0, Number(x)), bits.getBigInt64(0));
const fromBits = (x: Word): number => (bits.setBigInt64(0, BigInt(x)), bits.getFloat64(0));

type Op = (a: Word, b: Word, c: Word) => Word;
const n = (f: (a: number, b: number) => number): Op => (a, b) => f(Number(a), Number(b));
const big = (f: (a: bigint, b: bigint) => bigint): Op => (a, b) => s64(f(BigInt(a), BigInt(b)));

const OPS: Readonly<Record<string, Op>> = {
  'i32.add': n((a, b) => (a + b) | 0),
  'i32.sub': n((a, b) => (a - b) | 0),
  'i32.mul': n(Math.imul),
  'i32.and': n((a, b) => a & b),
  'i32.or': n((a, b) => a | b),
  'i32.xor': n((a, b) => a ^ b),
  'i32.shl': n((a, b) => a << b),
  'i32.shr_u': n((a, b) => (a >>> b) | 0),
  'i32.eqz': n((a) => flag(a === 0)),
  'i32.eq': n((a, b) => flag(a === b)),
  'i32.ne': n((a, b) => flag(a !== b)),
  'i32.lt_s': n((a, b) => flag(a < b)),
  'i32.gt_s': n((a, b) => flag(a > b)),
  'i32.gt_u': n((a, b) => flag(a >>> 0 > b >>> 0)),
  'i32.ge_s': n((a, b) => flag(a >= b)),
  'i32.lt_u': n((a, b) => flag(u32(a) < u32(b))),
  'i64.add': big((a, b) => a + b),
  'i64.sub': big((a, b) => a - b),
  'i64.mul': big((a, b) => a * b),
  'i64.trunc_sat_f64_s': (a) => BigInt(Math.trunc(Number(a))),
  'i64.lt_s': (a, b) => flag(a < b),
  'f32.add': n((a, b) => Math.fround(a + b)),
  'f64.add': n((a, b) => a + b),
  'f64.sub': n((a, b) => a - b),
  'f64.mul': n((a, b) => a * b),
  'f64.lt': n((a, b) => flag(a < b)),
  'f32.demote_f64': n(Math.fround),
  'f64.promote_f32': (a) => a,
  'f64.convert_i32_s': (a) => a,
  'i64.extend_i32_s': (a) => BigInt(a),
  'i32.wrap_i64': (a) => Number(BigInt.asIntN(32, BigInt(a))),
  'i32.trunc_sat_f64_s': n((a) => (Number.isNaN(a) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(a))))),
  'val.from_f64': (a) => toBits(a),
  'f64.from_val': (a) => fromBits(a),
  'val.from_i64': (a) => a,
  'i64.from_val': (a) => a,
  'ref.from_val': (a) => Number(BigInt.asIntN(32, BigInt(a))),
  'ref.from_i32': (a) => a,
  'i32.from_ref': (a) => a,
  'ref.eq': (a, b) => flag(a === b),
  'val.eq': (a, b) => flag(a === b),
  select: (a, b, c) => (c !== 0 ? a : b),
};

export class Machine {
  readonly view = new DataView(new ArrayBuffer(1 << 20));
  readonly globals = new Map<string, Word>();
  /** Blocks entered so far; running past `limit` ends a run that does not stop. */
  steps = 0;
  limit = 200_000;
  #next = 1024;
  readonly #data = new Map<string, number>();
  readonly #table: string[] = [''];

  constructor(
    readonly module: IrModule,
    readonly host: Readonly<Record<string, HostFunction>>,
    /** Answers awaits of functions that were not lowered. */
    readonly settle: (operand: Word) => Outcome = () => ({ value: 0n, status: 1 }),
  ) {}

  allocate(byteLength: number): number {
    const at = this.#next;
    this.#next += Math.ceil(byteLength / 16) * 16;
    return at;
  }

  call(name: string, args: readonly Word[]): Word[] {
    const host = this.host[name];
    if (host) return host(...args);
    const func = this.module.functions.get(name);
    if (!func) throw new Error(`no function ${name}`);
    return this.#run(func, args);
  }

  /** The function behind a table index. */
  symbolAt(index: number): string {
    return this.#table[index] ?? '';
  }

  #run(func: IrFunction, args: readonly Word[]): Word[] {
    const values: Word[] = [];
    let at: Block = blockId(0);
    let incoming: readonly Word[] = args;
    const read = (value: Value): Word => {
      const word = values[value];
      if (word === undefined) throw new Error(`v${value} of ${func.name} is read before it is written`);
      return word;
    };
    const go = (target: Target, ...supplied: Word[]): void => {
      incoming = [...supplied, ...target.args.map(read)];
      at = target.block;
    };
    for (;;) {
      if (++this.steps > this.limit) throw new Error('too many steps');
      const block = blockOf(func, at);
      block.params.forEach((param, index) => {
        const word = incoming[index];
        if (word === undefined) throw new Error(`block${at} of ${func.name} got ${incoming.length} arguments`);
        values[param] = word;
      });
      for (const instruction of block.instructions) {
        const results = this.#execute(instruction, instruction.operands.map(read));
        instruction.results.forEach((result, index) => (values[result] = results[index] ?? 0));
      }
      const { terminator } = block;
      switch (terminator?.kind) {
        case 'jump':
          go(terminator.target);
          break;
        case 'brif':
          go(read(terminator.condition) !== 0 ? terminator.then : terminator.else);
          break;
        case 'br_table':
          go(terminator.targets[u32(read(terminator.index))] ?? terminator.otherwise);
          break;
        case 'return':
          return terminator.values.map(read);
        case 'trap':
          throw new GuestTrap(terminator.code);
        case 'await': {
          const { value, status } = this.settle(read(terminator.operand));
          go(status === 1 ? terminator.ok : terminator.error, value);
          break;
        }
        case 'await_call': {
          const [value, status] = this.call(terminator.callee, terminator.operands.map(read));
          go(status === 1 ? terminator.ok : terminator.error, value ?? 0n);
          break;
        }
        default:
          throw new Error(`block${at} of ${func.name} has no terminator`);
      }
    }
  }

  #execute({ opcode, immediates }: Instruction, operands: readonly Word[]): Word[] {
    const [a = 0, b = 0, c = 0] = operands;
    const symbol = String(immediates[0]);
    const op = OPS[opcode];
    if (op) return [op(a, b, c)];
    if (opcode.endsWith('.const')) return [immediates[0] as Word]; // constants hold numbers
    if (opcode.includes('load') || opcode.includes('store')) return this.#access(opcode, Number(a) + Number(immediates[0]), b);
    switch (opcode) {
      case 'ref.null':
        return [0];
      case 'val.box':
        return [s64((BigInt(Number(immediates[0])) << 48n) | BigInt(u32(a)))];
      case 'global.get':
        return [this.globals.get(symbol) ?? 0];
      case 'global.set':
        this.globals.set(symbol, a);
        return [];
      case 'func.index':
        if (!this.#table.includes(symbol)) this.#table.push(symbol);
        return [this.#table.indexOf(symbol)];
      case 'data.addr':
        return [this.#dataAddress(symbol)];
      case 'call':
        return this.call(symbol, operands);
      default:
        throw new Error(`the test machine has no ${opcode}`);
    }
  }

  #access(opcode: string, address: number, value: Word): Word[] {
    if (address < 1024) throw new Error(`access to address ${address}`);
    const { view } = this;
    switch (opcode) {
      case 'i32.load':
      case 'ref.load':
        return [view.getInt32(address, true)];
      case 'i32.load16_u':
        return [view.getUint16(address, true)];
      case 'i64.load':
      case 'val.load':
        return [view.getBigInt64(address, true)];
      case 'f32.load':
        return [view.getFloat32(address, true)];
      case 'f64.load':
        return [view.getFloat64(address, true)];
      case 'i32.store':
      case 'ref.store':
        view.setInt32(address, Number(value), true);
        return [];
      case 'i32.store16':
        view.setUint16(address, Number(value), true);
        return [];
      case 'i64.store':
      case 'val.store':
        view.setBigInt64(address, BigInt(value), true);
        return [];
      case 'f32.store':
        view.setFloat32(address, Number(value), true);
        return [];
      case 'f64.store':
        view.setFloat64(address, Number(value), true);
        return [];
      default:
        throw new Error(`the test machine has no ${opcode}`);
    }
  }

  #dataAddress(symbol: string): number {
    const known = this.#data.get(symbol);
    if (known !== undefined) return known;
    const data = this.module.data.get(symbol);
    if (!data) throw new Error(`no data ${symbol}`);
    const at = this.allocate(data.bytes.length);
    new Uint8Array(this.view.buffer).set(data.bytes, at);
    this.#data.set(symbol, at);
    return at;
  }
}
