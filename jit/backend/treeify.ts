/**
 * Treeify: decides which values become expression trees, emitted where they are read instead of through a local.
 *
 * Needs the demand of the function. A value joins a tree if it has one result, one read, in the same block, and moving
 * it there changes no order that can be observed. Constants are repeated at every read. What remains are roots, in
 * order, each a statement of its block. Forward over the block with a list of pending trees; invariants:
 *
 *   T1  pending trees are pairwise independent, so they may be emitted in any order;
 *   T2  a pending tree that conflicts with the instruction at hand becomes a root before it;
 *   T3  a tree's height is at most MAX_HEIGHT, so walking it may recurse.
 */
import type { ControlFlow } from '../../ir/cfg.js';
import { blockOf, ownUsesOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { opcodeRow, type Opcode } from '../../ir/opcodes.js';
import type { Block, Value } from '../../ir/types.js';
import { forEachArgument, isDemanded, rootOf, type Demand } from './demand.js';

/** Where a root value is found when it is read. */
export const HOME = { local: 0, tree: 1, constant: 2 } as const;

export interface Trees {
  /** A HOME for each root value. */
  readonly home: Uint8Array;
  /** The statements of each block, in order. */
  readonly roots: readonly (readonly Instruction[])[];
}

const MAX_HEIGHT = 24;
/** Bounds the work for each instruction. */
const MAX_ORDERED = 32;

/** Values that are cheaper to compute again than to keep. */
const CONSTANTS: ReadonlySet<Opcode> = new Set<Opcode>([
  'i32.const',
  'i64.const',
  'f32.const',
  'f64.const',
  'val.const',
  'ref.null',
  'func.index',
]);

/** Bits of what is read and written: memory, the task's life (traps), and one bit for each global. */
interface Effects {
  readonly reads: number;
  readonly writes: number;
}

const MEMORY = 1;
const LIFE = 2;
const EVERYTHING = ~0;
const PURE: Effects = { reads: 0, writes: 0 };
const FIRST_GLOBAL_BIT = 2;

interface Pending {
  readonly value: Value;
  readonly instruction: Instruction;
  readonly effects: Effects;
  readonly height: number;
}

export function treeify(func: IrFunction, flow: ControlFlow, demand: Demand): Trees {
  const home = new Uint8Array(func.valueTypes.length);
  const roots: Instruction[][] = func.blocks.map(() => []);
  const readers = soleReaders(func, flow, demand);
  const globalBits = new Map<string, number>();
  for (const block of flow.order) new BlockTrees(func, block, demand, readers, home, globalBits).run(roots[block] ?? []);
  return { home, roots };
}

/**
 * For each value that has one read, the block where a tree could be emitted for it; -1 elsewhere. An argument of a
 * conditional edge is no such place: it is computed before the branch.
 */
function soleReaders(func: IrFunction, flow: ControlFlow, demand: Demand): Int32Array {
  const readers = new Int32Array(func.valueTypes.length).fill(-1);
  for (const block of flow.order) {
    const read = (value: Value): void => {
      const root = rootOf(demand, value);
      if (demand.reads[root] === 1) readers[root] = block;
    };
    const { instructions, terminator } = blockOf(func, block);
    for (const instruction of instructions) if (isDemanded(demand, instruction)) instruction.operands.forEach(read);
    if (!terminator) continue;
    ownUsesOf(terminator).forEach(read);
    if (terminator.kind !== 'jump') continue;
    forEachArgument(func, terminator, (param, arg) => {
      if ((demand.reads[param] ?? 0) > 0) read(arg);
    });
  }
  return readers;
}

/** Trees of one block while its instructions are gone through. */
class BlockTrees {
  readonly #pending = new Map<Value, Pending>();
  /** Those of `#pending` that are not pure, oldest first. */
  #ordered: Pending[] = [];

  constructor(
    readonly func: IrFunction,
    readonly block: Block,
    readonly demand: Demand,
    readonly readers: Int32Array,
    readonly home: Uint8Array,
    readonly globalBits: Map<string, number>,
  ) {}

  run(roots: Instruction[]): void {
    for (const instruction of blockOf(this.func, this.block).instructions) {
      if (!isDemanded(this.demand, instruction)) continue;
      const [result] = instruction.results;
      if (result !== undefined && CONSTANTS.has(instruction.opcode)) this.home[result] = HOME.constant;
      else this.#place(instruction, result, roots);
    }
  }

  #place(instruction: Instruction, result: Value | undefined, roots: Instruction[]): void {
    const own = this.#effectsOf(instruction);
    let effects = own;
    let height = 1;
    for (const operand of instruction.operands) {
      const tree = this.#take(rootOf(this.demand, operand));
      if (!tree) continue;
      effects = join(effects, tree.effects);
      height = Math.max(height, tree.height + 1);
    }
    if (own !== PURE) this.#settle(own, roots);
    const single = instruction.results.length === 1 ? result : undefined;
    if (single !== undefined && this.readers[single] === this.block && height <= MAX_HEIGHT) {
      this.home[single] = HOME.tree;
      this.#await({ value: single, instruction, effects, height }, roots);
    } else {
      roots.push(instruction);
    }
  }

  #take(value: Value): Pending | undefined {
    const tree = this.#pending.get(value);
    if (!tree) return undefined;
    this.#pending.delete(value);
    if (!isPure(tree.effects)) this.#ordered = this.#ordered.filter((other) => other !== tree);
    return tree;
  }

  #await(tree: Pending, roots: Instruction[]): void {
    this.#pending.set(tree.value, tree);
    if (isPure(tree.effects)) return;
    this.#ordered.push(tree);
    const [oldest] = this.#ordered;
    if (oldest && this.#ordered.length > MAX_ORDERED) this.#makeRoot(oldest, roots);
  }

  /** T2: what conflicts with the instruction at hand goes before it. */
  #settle(own: Effects, roots: Instruction[]): void {
    for (const tree of this.#ordered) if (conflict(tree.effects, own)) this.#makeRoot(tree, roots);
  }

  #makeRoot(tree: Pending, roots: Instruction[]): void {
    this.#take(tree.value);
    this.home[tree.value] = HOME.local;
    roots.push(tree.instruction);
  }

  #effectsOf(instruction: Instruction): Effects {
    const { effect, wasm } = opcodeRow(instruction.opcode);
    const isAtomic = wasm?.[0] === 0xfe;
    if (effect === 'call' || isAtomic) return { reads: EVERYTHING, writes: EVERYTHING };
    if (effect === 'pure') return PURE;
    if (effect === 'trap') return { reads: LIFE, writes: 0 };
    const global = instruction.opcode === 'global.get' || instruction.opcode === 'global.set';
    const bits = global ? this.#globalBit(String(instruction.immediates[0])) : MEMORY;
    // Globals are not trusted after a trap, so only memory is ordered with traps.
    if (effect === 'read') return { reads: bits, writes: 0 };
    return { reads: 0, writes: global ? bits : bits | LIFE };
  }

  /** Beyond 30 globals bits are shared, which only makes the answer more careful. */
  #globalBit(name: string): number {
    const known = this.globalBits.get(name);
    if (known !== undefined) return known;
    const bit = 1 << (FIRST_GLOBAL_BIT + (this.globalBits.size % (32 - FIRST_GLOBAL_BIT)));
    this.globalBits.set(name, bit);
    return bit;
  }
}

const conflict = (a: Effects, b: Effects): boolean => (a.writes & (b.reads | b.writes) | (a.reads & b.writes)) !== 0;

const isPure = (effects: Effects): boolean => (effects.reads | effects.writes) === 0;

const join = (a: Effects, b: Effects): Effects => ({ reads: a.reads | b.reads, writes: a.writes | b.writes });
