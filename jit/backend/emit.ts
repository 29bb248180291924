/**
 * Emission: walks the items of a planned function and writes its code into a sink.
 *
 * Needs the plan (plan-function.ts). All decisions were made before; here is order and
 * encoding only, and one peephole: a value that is set and read at once stays on the operand stack.
 */
import { blockOf, type IrFunction } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { HEADER } from '../abi.js';
import { rootOf } from './demand.js';
import { InstructionEmitter } from './emit-instruction.js';
import { localOf } from './localify.js';
import type { FunctionPlan } from './plan-function.js';
import { BYTES, type Sink } from './sink.js';
import type { Item, Label } from './structure.js';
import { HOME } from './treeify.js';

/** `storesTrapCode`: traps leave their code in the task's header. */
export function emitFunction(plan: FunctionPlan, storesTrapCode: boolean, sink: Sink): void {
  new FunctionEmitter(plan, storesTrapCode, sink).run();
}

/** Ordering moves takes quadratic time; more of them than this are treated as one cycle. */
const MAX_ORDERED_MOVES = 64;

class FunctionEmitter {
  readonly #func: IrFunction;
  readonly #values: InstructionEmitter;
  /** Open constructs, innermost last; null for an `if`. */
  readonly #open: (Label | null)[] = [];

  constructor(
    readonly plan: FunctionPlan,
    readonly storesTrapCode: boolean,
    readonly sink: Sink,
  ) {
    this.#func = plan.func;
    this.#values = new InstructionEmitter(plan, sink);
  }

  run(): void {
    const { items } = this.plan;
    this.sink.at(this.#func.location);
    items.forEach((item, index) => this.#item(item, index === items.length - 1));
    this.#values.settle();
    // Every path has left the function, but behind an `end` the validator does not know.
    if (items.at(-1)?.kind !== 'leave') this.sink.unreachable();
    this.sink.end();
  }

  #item(item: Item, isLast: boolean): void {
    const { sink } = this;
    if (item.kind === 'code') {
      for (const instruction of this.plan.trees.roots[item.block] ?? []) this.#values.statement(instruction);
      return;
    }
    if (item.kind === 'if' || item.kind === 'br_if') return this.#conditional(item);
    if (item.kind === 'moves') return this.#moves(item.block, item.edge);
    if (item.kind === 'leave') return this.#leave(item.block, isLast);
    if (item.kind === 'br_table') {
      const { terminator } = blockOf(this.#func, item.block);
      if (terminator?.kind === 'br_table') this.#values.read(terminator.index);
      return sink.brTable(item.labels.map((label) => this.#depth(label)));
    }
    this.#values.settle();
    if (item.kind === 'open') {
      this.#open.push(item.label);
      sink.open(item.label.construct, item.label.name);
    } else if (item.kind === 'end') {
      this.#open.pop();
      sink.end();
    } else if (item.kind === 'else') {
      sink.else();
    } else {
      sink.br(this.#depth(item.label));
    }
  }

  #conditional(item: Item & { kind: 'if' | 'br_if' }): void {
    const { terminator } = blockOf(this.#func, item.block);
    if (terminator?.kind !== 'brif') throw new Error(`block${item.block} of ${this.#func.name} is not conditional`);
    this.#values.condition(terminator.condition, item.negate);
    this.sink.at(terminator.location);
    if (item.kind === 'br_if') return this.sink.brIf(this.#depth(item.label));
    this.#open.push(null);
    this.sink.open('if', `if${item.block}`);
  }

  #depth(label: Label): number {
    const at = this.#open.lastIndexOf(label);
    if (at < 0) throw new Error(`${this.#func.name}: branch to ${label.name} from outside`);
    return this.#open.length - 1 - at;
  }

  /**
   * Gives the parameters of the edge's target their arguments, as if all at once: a local is written when no move still
   * to come reads it; what is left are cycles, which are all read before any is written, so that a swap needs no
   * further local.
   */
  #moves(block: Block, edge: number): void {
    let waiting = (this.plan.edges[block]?.[edge]?.moves ?? []).map((move) => ({ ...move, reads: this.#readsOf(move.source) }));
    for (let ready = true; ready && waiting.length <= MAX_ORDERED_MOVES; ) {
      ready = false;
      for (const move of [...waiting]) {
        if (waiting.some((other) => other !== move && other.reads.has(move.local))) continue;
        this.#values.assign(move.source, move.local);
        waiting = waiting.filter((other) => other !== move);
        ready = true;
      }
    }
    for (const { source } of waiting) this.#values.read(source);
    for (const { local } of waiting.toReversed()) this.sink.local('set', local);
  }

  /** The locals that a value is computed from. */
  #readsOf(value: Value, into = new Set<number>()): ReadonlySet<number> {
    const { demand, trees } = this.plan;
    const root = rootOf(demand, value);
    if (trees.home[root] === HOME.local) into.add(localOf(this.#func, this.plan.locals, root));
    if (trees.home[root] === HOME.tree) for (const operand of demand.definition[root]?.operands ?? []) this.#readsOf(operand, into);
    return into;
  }

  #leave(block: Block, isLast: boolean): void {
    const { terminator } = blockOf(this.#func, block);
    if (terminator?.kind === 'return') {
      for (const value of terminator.values) this.#values.read(value);
      this.#values.settle();
      this.sink.at(terminator.location);
      if (!isLast) this.sink.return();
    } else if (terminator?.kind === 'trap') {
      this.#values.settle();
      this.sink.at(terminator.location);
      this.#trap(terminator.code);
    }
  }

  /** The executor finds the reason in the task's header; modules without one just trap. */
  #trap(code: number): void {
    if (this.storesTrapCode) {
      this.sink.global('get', 'header');
      this.sink.constant('i32', code);
      this.sink.access(BYTES.i32Store, 2, HEADER.trapCode, null);
    }
    this.sink.unreachable();
  }
}
