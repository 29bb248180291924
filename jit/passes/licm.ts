/**
 * Loop-invariant code motion: a computation whose operands come from outside of a loop moves in front of it, out of as many
 * loops as it can.
 *
 *   preheader: what moved; jump header        a block of its own where the loop has several ways in, or one that branches
 *
 * Only what has no effect and cannot trap moves, and reads of globals that stand still during a poll. Constants cost
 * nothing where they are, and come along as copies. Addresses into objects stay: living across calls makes them dear.
 *
 * Requires: lowered functions (nothing is kept alive across a suspension by it). Ensures: the same results; a reducible
 * graph stays so. Cost: linear in instructions times the depth of loops.
 */
import { addBlock, addParam } from '../../ir/builder.js';
import { controlFlow, type ControlFlow } from '../../ir/cfg.js';
import { dominatorTree } from '../../ir/domtree.js';
import { blockOf, targetsOf, typeOf, type Instruction, type IrFunction } from '../../ir/function.js';
import { findLoops, type LoopForest } from '../../ir/loops.js';
import { opcodeRow, type Opcode } from '../../ir/opcodes.js';
import type { Block, Value } from '../../ir/types.js';
import { STANDING_GLOBALS } from './constants.js';
import type { PassContext } from './context.js';
import { cloneValue } from './ssa-repair.js';

interface Motion {
  readonly func: IrFunction;
  readonly forest: LoopForest;
  /** The innermost loop that a value is computed in, -1 outside of loops. */
  readonly loopOf: Int32Array;
  /** Makers of constants. */
  readonly constants: Map<Value, Instruction>;
  /** What goes in front of each loop. */
  readonly moved: Map<number, Instruction[]>;
}

export function hoistInvariants(func: IrFunction, _context?: PassContext): boolean {
  const flow = controlFlow(func);
  const forest = findLoops(flow, dominatorTree(flow));
  if (forest.loops.length === 0 || !forest.reducible) return false;
  const motion: Motion = { func, forest, loopOf: new Int32Array(func.valueTypes.length).fill(-1), constants: new Map(), moved: new Map() };
  for (const block of flow.order) visit(motion, block);
  for (const [loop, instructions] of motion.moved) insertInFront(motion, flow, loop, instructions);
  return motion.moved.size > 0;
}

function visit(motion: Motion, id: Block): void {
  const block = blockOf(motion.func, id);
  const loop = motion.forest.loopOf[id] ?? -1;
  for (const param of block.params) motion.loopOf[param] = loop;
  block.instructions = block.instructions.filter((instruction) => {
    const home = isInvariantKind(instruction) ? homeOf(motion, instruction, loop) : loop;
    for (const result of instruction.results) motion.loopOf[result] = home;
    const [result] = instruction.results;
    if (isConstant(instruction) && result !== undefined) motion.constants.set(result, instruction);
    if (home === loop || isConstant(instruction)) return true;
    move(motion, instruction, loopInside(motion.forest, loop, home));
    return false;
  });
}

/** Addresses; and pointers that are none where the check in front of them fails, which the collector must not see. */
const UNMOVED: ReadonlySet<Opcode> = new Set<Opcode>(['elem.addr', 'ref.from_i32']);

const isConstant = ({ opcode, operands }: Instruction): boolean => operands.length === 0 && opcodeRow(opcode).effect === 'pure';

/** True for what gives the same wherever it runs. */
function isInvariantKind({ opcode, operands, immediates }: Instruction): boolean {
  if (opcode === 'global.get') return STANDING_GLOBALS.has(String(immediates[0]));
  return !UNMOVED.has(opcode) && operands.length > 0 && opcodeRow(opcode).effect === 'pure';
}

/** The innermost loop around `loop`, itself included, that an operand is computed in. */
function homeOf({ forest, loopOf, constants }: Motion, { operands }: Instruction, loop: number): number {
  let home = -1;
  for (const operand of operands) {
    if (constants.has(operand)) continue;
    const from = commonLoop(forest, loopOf[operand] ?? -1, loop);
    if (depthOf(forest, from) > depthOf(forest, home)) home = from;
  }
  return home;
}

const depthOf = (forest: LoopForest, loop: number): number => forest.loops[loop]?.depth ?? 0;

function commonLoop(forest: LoopForest, a: number, b: number): number {
  while (a !== b) {
    if (depthOf(forest, a) >= depthOf(forest, b)) a = forest.loops[a]?.parent ?? -1;
    else b = forest.loops[b]?.parent ?? -1;
  }
  return a;
}

/** The loop directly in `outer` that `loop` is or stands in. */
function loopInside(forest: LoopForest, loop: number, outer: number): number {
  let inside = loop;
  while ((forest.loops[inside]?.parent ?? -1) !== outer) inside = forest.loops[inside]?.parent ?? -1;
  return inside;
}

function move({ func, constants, moved }: Motion, instruction: Instruction, loop: number): void {
  const list = moved.get(loop) ?? [];
  moved.set(loop, list);
  instruction.operands = instruction.operands.map((operand) => {
    const constant = constants.get(operand);
    if (!constant) return operand;
    const copy = cloneValue(func, operand);
    list.push({ ...constant, immediates: [...constant.immediates], operands: [], results: [copy] });
    return copy;
  });
  list.push(instruction);
}

/** Puts instructions at the end of the one block that leads to a loop, which is made if there is none. */
function insertInFront({ func, forest }: Motion, flow: ControlFlow, loop: number, instructions: Instruction[]): void {
  const found = forest.loops[loop];
  if (!found) throw new Error(`${func.name} has no loop ${loop}`);
  const { header, latches } = found;
  const outside = (flow.predecessors[header] ?? []).filter((block) => !latches.includes(block));
  const [only] = outside;
  const before = only !== undefined && outside.length === 1 && blockOf(func, only).terminator?.kind === 'jump' ? only : addPreheader(func, header, outside);
  blockOf(func, before).instructions.push(...instructions);
}

function addPreheader(func: IrFunction, header: Block, outside: readonly Block[]): Block {
  const before = addBlock(func);
  const params = blockOf(func, header).params.map((param) => addParam(func, before, typeOf(func, param)));
  blockOf(func, before).terminator = { kind: 'jump', target: { block: header, args: params } };
  for (const block of outside) {
    const { terminator } = blockOf(func, block);
    for (const target of terminator ? targetsOf(terminator) : []) if (target.block === header) target.block = before;
  }
  return before;
}
