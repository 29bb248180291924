/**
 * SSA construction on the fly, after Braun et al. 2013, with block parameters in the place of phis.
 *
 * Holds the definitions of variables per block and the edges between blocks. Needs every terminator to be made through
 * `terminate`, and every block to be sealed once all its edges are made. Works with lists instead of recursion, so long
 * functions do not use up the native stack. Redundant parameters are removed afterwards, by cleanup.ts.
 */
import type { Builder } from '../../../ir/builder.js';
import { addParam, addValue } from '../../../ir/builder.js';
import { blockOf, suppliedParams, targetsOf, type Target, type Terminator } from '../../../ir/function.js';
import type { Opcode } from '../../../ir/opcodes.js';
import type { Block, Type, Value } from '../../../ir/types.js';
import { UNDEFINED } from '../../abi.js';

/** A variable of the source, or one that lowering makes; its identity is the object. */
export interface Variable {
  readonly name: string;
  readonly type: Type;
}

interface Edge {
  readonly from: Block;
  readonly target: Target;
  readonly supplied: number;
}

interface Join {
  readonly block: Block;
  readonly variable: Variable;
  readonly param: Value;
  readonly index: number;
}

export class Ssa {
  readonly #definitions = new Map<Block, Map<Variable, Value>>();
  readonly #edges = new Map<Block, Edge[]>();
  readonly #sealed = new Set<Block>();
  readonly #incomplete = new Map<Block, Join[]>();
  readonly #pending: Join[] = [];

  constructor(readonly builder: Builder) {}

  terminate(terminator: Terminator): void {
    const from = this.builder.current;
    this.builder.terminate(terminator);
    const supplied = suppliedParams(terminator);
    for (const target of targetsOf(terminator)) this.#edgesTo(target.block).push({ from, target, supplied });
  }

  edgeCount(block: Block): number {
    return this.#edges.get(block)?.length ?? 0;
  }

  write(variable: Variable, value: Value): void {
    this.#definitionsIn(this.builder.current).set(variable, value);
    if (!this.builder.func.valueNames.has(value)) this.builder.func.valueNames.set(value, variable.name);
  }

  read(variable: Variable): Value {
    const value = this.#readIn(variable, this.builder.current);
    this.#drain();
    return value;
  }

  /** Says that no more edges to the block will be made. */
  seal(block: Block): void {
    if (this.#sealed.has(block)) return;
    this.#sealed.add(block);
    this.#pending.push(...(this.#incomplete.get(block) ?? []));
    this.#incomplete.delete(block);
    this.#drain();
  }

  #readIn(variable: Variable, start: Block): Value {
    const passed: Block[] = [];
    let at = start;
    let found: Value | undefined;
    while (found === undefined) {
      found = this.#definitionsIn(at).get(variable);
      if (found !== undefined) break;
      const edges = this.#edgesTo(at);
      const [only] = edges;
      const chain = this.#sealed.has(at) && edges.length <= 1;
      if (!chain) found = this.#join(at, variable);
      else if (only === undefined || passed.length > this.builder.func.blocks.length) found = this.#undefinedIn(at, variable.type);
      else {
        passed.push(at);
        at = only.from;
      }
    }
    for (const block of passed) this.#definitionsIn(block).set(variable, found);
    return found;
  }

  /** A new parameter of the block for the variable, to be fed by all edges once they are known. */
  #join(block: Block, variable: Variable): Value {
    const func = this.builder.func;
    const param = addParam(func, block, variable.type);
    func.valueNames.set(param, variable.name);
    this.#definitionsIn(block).set(variable, param);
    const join = { block, variable, param, index: blockOf(func, block).params.length - 1 };
    if (this.#sealed.has(block)) this.#pending.push(join);
    else this.#incompleteIn(block).push(join);
    return param;
  }

  #drain(): void {
    for (let join = this.#pending.shift(); join; join = this.#pending.shift()) {
      for (const edge of this.#edgesTo(join.block)) {
        edge.target.args[join.index - edge.supplied] = this.#readIn(join.variable, edge.from);
      }
    }
  }

  /** What an unreachable or unassigned read gives: never seen by a program, but it must have the right type. */
  #undefinedIn(block: Block, type: Type): Value {
    const func = this.builder.func;
    const value = addValue(func, type);
    const { opcode, immediates } = zeroOf(type);
    blockOf(func, block).instructions.unshift({ opcode, operands: [], immediates, results: [value] });
    return value;
  }

  #definitionsIn(block: Block): Map<Variable, Value> {
    return getOrMake(this.#definitions, block, () => new Map<Variable, Value>());
  }

  #edgesTo(block: Block): Edge[] {
    return getOrMake(this.#edges, block, (): Edge[] => []);
  }

  #incompleteIn(block: Block): Join[] {
    return getOrMake(this.#incomplete, block, (): Join[] => []);
  }
}

function getOrMake<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The instruction that makes a type's neutral value. */
export function zeroOf(type: Type): { opcode: Opcode; immediates: (number | bigint)[] } {
  switch (type) {
    case 'i32':
      return { opcode: 'i32.const', immediates: [0] };
    case 'i64':
      return { opcode: 'i64.const', immediates: [0n] };
    case 'f32':
      return { opcode: 'f32.const', immediates: [0] };
    case 'f64':
      return { opcode: 'f64.const', immediates: [0] };
    case 'ref':
      return { opcode: 'ref.null', immediates: [] };
    case 'val':
      return { opcode: 'val.const', immediates: [BigInt.asIntN(64, UNDEFINED)] };
  }
}
