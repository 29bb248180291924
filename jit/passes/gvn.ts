/**
 * Global value numbering over the dominator tree: an operation with the operands of one that dominates it gives way to
 * that one; a branch on a condition that a dominating branch decided becomes a jump.
 *
 * Requires: lowered functions, so that nothing is kept alive across a suspension by it. Ensures: the same results;
 * what costs nothing stays where it is. Cost: one walk over the dominator tree, without recursion.
 */
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import { blockOf, type Instruction, type IrFunction, type Target, type Terminator } from '../../ir/function.js';
import { opcodeRow } from '../../ir/opcodes.js';
import { blockId, type Block, type Value } from '../../ir/types.js';
import { STANDING_GLOBALS } from './constants.js';
import type { PassContext } from './context.js';
import { COMMUTATIVE } from './identities.js';
import { substituteInBlock, substituteInTerminator } from './substitute.js';

/** A map whose entries are taken back when the walk leaves the block that made them. */
class Scoped<Key, Held> {
  readonly #entries = new Map<Key, Held>();
  readonly #undo: Key[] = [];

  get mark(): number {
    return this.#undo.length;
  }

  get(key: Key): Held | undefined {
    return this.#entries.get(key);
  }

  /** The key must be new. */
  add(key: Key, held: Held): void {
    this.#entries.set(key, held);
    this.#undo.push(key);
  }

  backTo(mark: number): void {
    while (this.#undo.length > mark) {
      const key = this.#undo.pop();
      if (key !== undefined) this.#entries.delete(key);
    }
  }
}

interface Walk {
  readonly func: IrFunction;
  readonly flow: ControlFlow;
  /** Operations by their text, with the value that holds the result. */
  readonly known: Scoped<string, Value>;
  /** Conditions that are decided: true if not zero. */
  readonly decided: Scoped<Value, boolean>;
  readonly replacements: Map<Value, Value>;
  /** What costs nothing, by its text, so that equal ones are equal as operands. */
  readonly free: Map<Value, string>;
  changed: boolean;
}

export function numberValues(func: IrFunction, _context?: PassContext): boolean {
  const flow = controlFlow(func);
  const tree = dominatorTree(flow);
  const walk: Walk = { func, flow, known: new Scoped(), decided: new Scoped(), replacements: new Map(), free: new Map(), changed: false };
  const stack: { block: Block; next: number; known: number; decided: number }[] = [];
  const enter = (block: Block): void => {
    stack.push({ block, next: 0, known: walk.known.mark, decided: walk.decided.mark });
    visit(walk, block);
  };
  if (flow.order.length > 0) enter(blockId(0));
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = tree.children[top.block]?.[top.next++];
    if (child !== undefined) {
      enter(child);
      continue;
    }
    walk.known.backTo(top.known);
    walk.decided.backTo(top.decided);
    stack.pop();
  }
  // Arguments of back edges are seen before what they use is replaced.
  for (const block of func.blocks) if (block && walk.replacements.size > 0) substituteInBlock(block, walk.replacements);
  return walk.changed;
}

function visit(walk: Walk, id: Block): void {
  const block = blockOf(walk.func, id);
  noteDecision(walk, id);
  block.instructions = block.instructions.filter((instruction) => {
    instruction.operands = instruction.operands.map((operand) => walk.replacements.get(operand) ?? operand);
    const [result] = instruction.results;
    if (result === undefined || instruction.results.length > 1) return true;
    const text = textOf(instruction, walk.free);
    if (text === null) return true;
    if (isFree(instruction)) {
      walk.free.set(result, `(${text})`);
      return true;
    }
    const earlier = walk.known.get(text);
    if (earlier === undefined) {
      walk.known.add(text, result);
      return true;
    }
    walk.replacements.set(result, earlier);
    walk.changed = true;
    return false;
  });
  if (!block.terminator) return;
  substituteInTerminator(block.terminator, walk.replacements);
  block.terminator = decide(walk, block.terminator);
}

/** Constants, and the same bits seen with another type: better made again than kept in a local. */
const isFree = ({ opcode, operands }: Instruction): boolean => (operands.length === 0 && opcode !== 'global.get') || opcodeRow(opcode).wasm?.length === 0;

/** An operation's text: equal texts give equal results. Null for what reads or has an effect. */
function textOf({ opcode, operands, immediates }: Instruction, free: ReadonlyMap<Value, string>): string | null {
  const { effect } = opcodeRow(opcode);
  const stands = opcode === 'global.get' && STANDING_GLOBALS.has(String(immediates[0]));
  if (effect !== 'pure' && effect !== 'trap' && !stands) return null;
  const names = operands.map((operand) => free.get(operand) ?? `v${operand}`);
  if (COMMUTATIVE.has(opcode)) names.sort();
  return [opcode, ...immediates.map((immediate) => (Object.is(immediate, -0) ? '-0' : String(immediate))), ...names].join(' ');
}

/** A block that only one way of a branch leads to knows how the branch went. */
function noteDecision(walk: Walk, id: Block): void {
  const [from, ...others] = walk.flow.predecessors[id] ?? [];
  if (from === undefined || others.length > 0) return;
  const { terminator } = blockOf(walk.func, from);
  if (terminator?.kind !== 'brif' || terminator.then.block === terminator.else.block) return;
  const condition = walk.replacements.get(terminator.condition) ?? terminator.condition;
  if (walk.decided.get(condition) === undefined) walk.decided.add(condition, terminator.then.block === id);
}

function decide(walk: Walk, terminator: Terminator): Terminator {
  if (terminator.kind !== 'brif') return terminator;
  const decided = walk.decided.get(terminator.condition);
  if (decided === undefined) return terminator;
  walk.changed = true;
  const target: Target = decided ? terminator.then : terminator.else;
  return { kind: 'jump', target, location: terminator.location };
}
